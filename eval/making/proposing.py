"""Sources of a register -> draft cases of what they say, for whoever may see them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress

from eval.golden.drafts import Draft
from eval.making.documents import propose, spread
from eval.making.models import Left, Made, gathered
from knowledge.audience import AudienceTree, labels_of
from knowledge.errors import NotFound
from knowledge.models import EVERYONE, Document, Viewer
from knowledge.refusals import because
from knowledge.register import Register

MOST = 20
"""Drafts of one source, from all over it: a person reads every one."""


def propose_from(
    register: Register,
    names: Iterable[str],
    viewer: Viewer,
    *,
    most: int = MOST,
    known: Iterable[str] = (),
) -> Made:
    """Draft cases of what the versions in force say.

    Args:
        register: where the sources are.
        names: of them.
        viewer: who proposes; what they may not see is not proposed.
        most: of each source.
        known: ids of cases that are there already.

    Raises:
        NotFound: a source is not there, not in force, or not for the viewer.
    """
    tree = register.audiences()
    found: list[Draft | Left] = []
    for name in dict.fromkeys(names):
        document = register.document(name, viewer)
        if document is None:
            raise NotFound(because("source-unknown", name=name))
        before = next(_before(register, document, viewer), None)
        audience = _asks(document, tree)
        drafts = propose(document, audience, register.today(), before=before)
        found += spread(list(drafts), most)
    return gathered(found, known)


def _before(register: Register, document: Document, viewer: Viewer) -> Iterator[Document]:
    """Earlier versions that were published, the newest first."""
    with suppress(NotFound):  # a source that the viewer reads and does not keep
        for one in register.curation.versions(document.name, viewer):
            if one.number < document.version:
                earlier = register.document(document.name, viewer, one.number)
                if earlier is not None:
                    yield earlier


def _asks(document: Document, tree: AudienceTree) -> str:
    """Label of agents who see it; the first where several do."""
    labels = labels_of(document.audience) & tree.audiences.keys()
    return EVERYONE if EVERYONE in labels or not labels else min(labels)
