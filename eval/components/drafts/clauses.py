"""Clauses of sentences with what they say: what a model of clauses is learned from.

Sentences of many trades (``commitments.jsonl``, ``wordings.jsonl``), each with at most one fault,
and, since most of what agents say has none, what they say of rules (``rules.jsonl``) and in
labelled drafts (``drafts.jsonl``).
A clause is held beside its sentence: what commits, and what a voice guide rules out, may stand in
part of one.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.drafting.families import FAMILIES, SENT_AWAY
from assistant.drafting.spoken_clauses import clauses
from eval.components.drafts.cases import Case, cases
from eval.corpora.reading import by_hand
from knowledge.models import Language
from knowledge.text import sentence_spans

NONE, COMMITMENT = "none", "commitment"
KINDS = (*(family.name for family in FAMILIES), SENT_AWAY)
"""Of what voice guides rule out."""
COMMITMENTS, WORDINGS, RULES = "commitments.jsonl", "wordings.jsonl", "rules.jsonl"
SEED = 7
LATER = ("-5", "-6", "-7", "-8", "-9", "-10")
"""Ends of scenarios that were written apart from the code when forms of promises were there."""
UNSEEN = ("-9", "-10")
"""Ends of those of half ``fit`` of which the model learns nothing: they teach how it is weighed."""
CHOSEN_BY = "p"
"""Writer, in each of the sets, of whom nothing is learned: by what is told of their sentences bars
are chosen."""
HALF = 0.5
"""Share of a clause or label that has to be in the other."""
Span = tuple[int, int]


@dataclass(frozen=True)
class SaidClause:
    """A clause that was labelled.

    Attributes:
        text: of which it is.
        writer: who wrote and labelled it; empty for the first of the commitments and for drafts.
        trade: that it is of; of a draft, its scenario.
        half: ``fit``, which is learned from, or ``report``.
        language: of it.
        sentence: that it stands in.
        start: offset in that.
        end: offset in that.
        label: what it says; `NONE` for nothing that matters.
    """

    text: str
    writer: str
    trade: str
    half: str
    language: Language
    sentence: str
    start: int
    end: int
    label: str

    @property
    def pair(self) -> tuple[str, str]:
        """The sentence, and the clause."""
        return self.sentence, self.sentence[self.start : self.end]


def commitment_clauses() -> Iterator[SaidClause]:
    """Clauses of sentences that commit the company (``commitment``) or do not."""
    for row in by_hand(COMMITMENTS):
        # Of the first writer's one commitment is marked, and what is beside it may be one too
        yield from _of_text(row, row["label"], certain=bool(row.get("writer")))


def draft_clauses() -> Iterator[SaidClause]:
    """Clauses of the labelled drafts that commit the company or do not.

    Those beside a commitment and those that are ruled out anyway are left out: they may be both.
    """
    for case in cases("fit"):
        if not case.scenario.endswith(UNSEEN):
            yield from _of_draft(case)


def _of_draft(case: Case) -> Iterator[SaidClause]:
    for begin, end in sentence_spans(case.draft):
        sentence = case.draft[begin:end]
        spans = clauses(sentence)
        for (start, stop), label in zip(spans, labels_of(case, begin, spans), strict=True):
            if label is not None:
                yield SaidClause(
                    case.draft, "", case.scenario, "fit", case.language,
                    sentence, start, stop, label,
                )  # fmt: skip


def labels_of(case: Case, begin: int, spans: Sequence[Span]) -> list[str | None]:
    """Whether clauses of a sentence that begins there commit; `None` where it cannot be told."""
    places = [(begin + start, begin + stop) for start, stop in spans]
    promised = [one for one in case.labels if "promise" in (one.kind, *one.also)]
    banned = [one for one in case.labels if one.kind == "forbidden"]
    hits = [any(meets(place, (p.start, p.end)) for p in promised) for place in places]
    found: list[str | None] = []
    for number, (place, hit) in enumerate(zip(places, hits, strict=True)):
        beside = any(hits[max(0, number - 1) : number + 2])
        apart = not any(overlap(place, (one.start, one.end)) > 0 for one in banned)
        found.append(COMMITMENT if hit else NONE if apart and not beside else None)
    return found


def wording_clauses() -> Iterator[SaidClause]:
    """Clauses of sentences that a voice guide rules out, by kind, and of those that it does not."""
    for row in by_hand(WORDINGS):
        yield from _of_text(row, row["kind"] or NONE, certain=True)


def rule_clauses(count: int) -> Iterator[SaidClause]:
    """Clauses of so many sentences that say what rules are, as most of what agents say does.

    Of half ``fit`` of ``rules.jsonl``, all of them `NONE`; the same ones each time.
    """
    said = [
        (row["id"], language, text)
        for row in by_hand(RULES)
        if row["half"] == "fit"
        for language, text, *_ in row["said"]
    ]
    for group, language, text in random.Random(SEED).sample(said, count):
        row = {"text": text, "language": language, "sector": group}
        yield from _of_text(row, NONE, certain=True)


def _of_text(row: dict[str, str], label: str, *, certain: bool) -> Iterator[SaidClause]:
    text, span = row["text"], row.get("span", "")
    at = text.index(span)
    for begin, end in sentence_spans(text):
        sentence = text[begin:end]
        for start, stop in clauses(sentence):
            hit = bool(span) and meets((begin + start, begin + stop), (at, at + len(span)))
            if hit or not span or certain:
                yield SaidClause(
                    text,
                    row.get("writer", ""),
                    row["sector"],
                    row.get("half", "fit"),
                    "es" if row["language"] == "es" else "en",
                    sentence,
                    start,
                    stop,
                    label if hit else NONE,
                )


def meets(one: Span, other: Span) -> bool:
    """Whether half of a clause, or of what is labelled, is in the other."""
    return overlap(one, other) >= HALF * min(one[1] - one[0], other[1] - other[0])


def overlap(one: Span, other: Span) -> int:
    """Characters that two places share; negative for those between them."""
    return min(one[1], other[1]) - max(one[0], other[0])


def learned_from(rows: Iterable[SaidClause]) -> list[SaidClause]:
    """Those of half ``fit`` but of the writer by whom bars are chosen."""
    return [one for one in rows if one.half == "fit" and one.writer != CHOSEN_BY]


def not_learned_from(rows: Iterable[SaidClause], half: str) -> list[SaidClause]:
    """Of half ``report`` all, of half ``fit`` what bars are chosen by; both for ``all``."""
    return [
        one
        for one in rows
        if half in (one.half, "all") and (one.half == "report" or one.writer == CHOSEN_BY)
    ]
