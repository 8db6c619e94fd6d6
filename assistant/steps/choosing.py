"""Which procedure belongs to what the customer needs: that of the passage which answers it.

After the search: its passages say which sources are about the need. Of those, procedures of the
cited section come first, then those of a cited source that share words with the need.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.models import Answer, Citation
from assistant.steps.library import Library
from assistant.steps.models import Procedure
from knowledge.models import Language, Viewer
from knowledge.text import content_words, stem

MAX_OFFERED = 3
SOURCES_LOOKED_AT = 4
LEAST_SHARED = 2
"""Words of the need that must stand in a procedure outside the cited section."""

Because = Literal["section", "source"]


@dataclass(frozen=True)
class Offer:
    """A procedure that may help now.

    Attributes:
        procedure: in the version in force that the viewer sees.
        because: it stands in the section that answers, or elsewhere in a source that does.
        score: the higher, the nearer.
    """

    procedure: Procedure
    because: Because
    score: float


def offers(
    cited: Sequence[Citation],
    asked: str,
    language: Language,
    library: Library,
    viewer: Viewer,
) -> list[Offer]:
    """The procedures that belong to a need, best first; at most `MAX_OFFERED`.

    Args:
        cited: passages that answer, best first.
        asked: the need in words.
        language: of the need.
        library: where procedures are.
        viewer: who is helped; nothing is offered that they may not see or that is not in force.
    """
    wanted = _stems(asked, language)
    found: dict[str, Offer] = {}
    for rank, citation in enumerate(_first_of_each(cited)):
        shelf = library.of(citation.document, viewer)
        if shelf is None or shelf.document.version != citation.version:
            continue
        for procedure in shelf.procedures:
            offer = _offer(procedure, citation, rank, wanted)
            if offer is not None and _better(offer, found.get(procedure.key)):
                found[procedure.key] = offer
    return sorted(found.values(), key=lambda offer: -offer.score)[:MAX_OFFERED]


def cited_in(answer: Answer | None) -> list[Citation]:
    """The passages of an answer, best first."""
    if answer is None:
        return []
    return [c for statement in answer.statements for c in statement.citations]


def _offer(
    procedure: Procedure, citation: Citation, rank: int, wanted: frozenset[str]
) -> Offer | None:
    said = _stems(
        " ".join((procedure.title, *(step.quote.text for step in procedure.steps))),
        procedure.language,
    )
    title = _stems(procedure.title, procedure.language)
    shared = len(wanted & said) + len(wanted & title)
    nearness = shared / (len(wanted) + 1) - rank / 10
    inside = procedure.start < citation.end and citation.start < procedure.end
    if inside or (citation.headings and citation.headings == procedure.headings):
        return Offer(procedure, "section", 2 + nearness)
    return Offer(procedure, "source", nearness) if shared >= LEAST_SHARED else None


def _first_of_each(cited: Iterable[Citation]) -> list[Citation]:
    """Passages of the first sources that are cited, each passage once."""
    sources: list[str] = []
    kept: list[Citation] = []
    for citation in cited:
        if citation.document not in sources:
            sources.append(citation.document)
        if len(sources) <= SOURCES_LOOKED_AT and citation not in kept:
            kept.append(citation)
    return kept


def _better(offer: Offer, than: Offer | None) -> bool:
    return than is None or offer.score > than.score


def _stems(text: str, language: Language) -> frozenset[str]:
    return frozenset(stem(word, language) for word in content_words(text))
