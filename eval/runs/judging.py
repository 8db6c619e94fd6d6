"""How well the citations of an outcome support what it says; the same for every system."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.support.check import SupportCheck
from assistant.support.models import Evidence, Support, Verdict
from eval.outcome import Cited, Outcome, Said
from knowledge.language import detect_language
from knowledge.text import sentence_spans

_QUOTED = Support("supported", 1.0, None)
_WORST_FIRST: tuple[Verdict, ...] = ("contradicted", "unsupported", "supported")


def judged(outcome: Outcome, check: SupportCheck) -> Outcome:
    """The outcome with a verdict for each statement and each of its citations."""
    return replace(outcome, said=tuple(_judged(said, check) for said in outcome.said))


def _judged(said: Said, check: SupportCheck) -> Said:
    """A statement that is a quotation rests on its place alone; any other is checked."""
    if len(said.citations) == 1 and said.text == said.citations[0].quote:
        (only,) = said.citations
        return replace(said, support="supported" if only.exact else "unsupported", reasons=())
    whole = _verdicts(said.text, said.citations, check)
    citations = tuple(_weighed(said, at, check) for at in range(len(said.citations)))
    return replace(said, citations=citations, support=_verdict(whole), reasons=_reasons(whole))


def _weighed(said: Said, at: int, check: SupportCheck) -> Cited:
    """One citation: is it enough, and is it needed?"""
    one = said.citations[at]
    others = said.citations[:at] + said.citations[at + 1 :]
    alone = _supported(said.text, (one,), check)
    return replace(one, alone=alone, needed=not (others and _supported(said.text, others, check)))


def _supported(text: str, citations: Sequence[Cited], check: SupportCheck) -> bool:
    return _verdict(_verdicts(text, citations, check)) == "supported"


def _verdicts(text: str, citations: Sequence[Cited], check: SupportCheck) -> list[Support]:
    """Of every sentence of a statement; one that stands in a quote as it is needs no check."""
    quoted = [_plain(citation.quote) for citation in citations]
    sentences = [text[start:end] for start, end in sentence_spans(text)]
    others = [one for one in sentences if not any(_plain(one) in quote for quote in quoted)]
    found: Sequence[Support] = ()
    if others:
        evidence = [Evidence(c.quote, detect_language(c.quote)) for c in citations]
        found = check.check_all(others, evidence)
    return [*found, *[_QUOTED] * (len(sentences) - len(others))]


def _plain(text: str) -> str:
    return " ".join(text.split())


def _verdict(found: Sequence[Support]) -> Verdict:
    """The worst of the sentences; ``uncheckable`` where none states anything."""
    verdicts = {one.verdict for one in found}
    return next((verdict for verdict in _WORST_FIRST if verdict in verdicts), "uncheckable")


def _reasons(found: Sequence[Support]) -> tuple[str, ...]:
    return tuple(
        f"{reason.cause}: {reason.said or '∅'} / {reason.found or '∅'}"
        for support in found
        if support.verdict in ("contradicted", "unsupported")
        for reason in support.reasons
    )
