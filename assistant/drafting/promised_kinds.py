"""What is unusual in a commitment, and what says so in either language."""

from __future__ import annotations

from typing import Literal

How = Literal["gift", "quick", "despite", "work", "plain"]
"""``gift``: something is given, waived, doubled, paid whole. ``quick``: by a day or hour that is
no appointment. ``despite``: although a condition is not met. ``work``: what people on the spot do
beside their work. ``plain``: money, goods or an exception without any of these."""
KINDS: tuple[How, ...] = ("gift", "despite", "quick", "work", "plain")
"""As they are looked for: the first one tells."""

DESPITE = (
    r"(?:aunque|a pesar de|pese a|sea (?:lo que|cual|quien|como) sea|(?:haya|diga|encuentre|pase|"
    r"este) lo que \w+|(?:tenga|pague|cueste) l[oa]s? (?:\w+ )?"
    r"que (?:tenga|pague|cueste)|en ningun caso|da igual|no importa|igualmente|"
    r"de todas (?:formas|maneras)|de todos modos|"
    r"although|even (?:though|if)|despite|in spite of|anyway|regardless|no matter|whatever|"
    r"never mind|all the same|nevertheless|just the same|any ?how)\b"
)
