"""Whether the indexes should be built anew, after the register has changed.

A change is found at once without that: it is searched beside the generation that is served. So a
large collection is not indexed again for every small change.
"""

from __future__ import annotations

from knowledge.errors import IndexDamaged
from knowledge.register import Register
from knowledge.search import generations
from knowledge.search.indexes import should_rebuild
from knowledge.settings import Settings


def needs_build(register: Register, settings: Settings) -> bool:
    """Whether the published generation is missing, damaged, of another model or far behind."""
    try:
        generation = generations.current(settings.index_dir)
    except IndexDamaged:
        return True
    if generation is None:
        return register.revision() > 0
    if generation.manifest.fingerprint != register.fingerprint():
        return True
    changed = register.count_changes(generation.manifest.revision)
    return should_rebuild(generation.manifest.chunks, changed)
