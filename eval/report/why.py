"""Why a case fails a measure, in a line for people each."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import shorten

from assistant.report.written import day
from assistant.support.phrases import REASONS
from eval.golden.models import Fact
from eval.measures.facts import denied, facts_said
from eval.measures.models import Asked
from eval.measures.numbers import unquoted
from eval.measures.wordings import forbidden_said, required_missing
from eval.outcome import Cited
from eval.report.titles import value_title
from knowledge.models import Language

MOST_CHARS = 160
"""Of a statement whose support is told; all of it stands in the answer."""
_TEXTS: dict[Language, dict[str, str]] = {
    "es": {
        "behaviour": "Se esperaba {expected}, y respondió.",
        "behaviour_abstained": "Se esperaba una respuesta, y se abstuvo.",
        "must": "No dice «{fact}».",
        "contradicted": "Da otro valor que «{fact}».",
        "figure": "La cifra {figure} no está en lo que cita.",
        "inexact": "La cita de {source} no está palabra por palabra en su sitio: «{quote}»",
        "stale": "Cita {source}, que dejó de valer el {day}.",
        "forbidden": "Dice lo que no se puede decir: «{what}». {why}",
        "required": "Falta decir «{what}».",
        "missing": "No hay resultado de este caso.",
        "version": "{name}, versión {version}",
    },
    "en": {
        "behaviour": "It was expected to {expected}, and it answered.",
        "behaviour_abstained": "An answer was expected, and it abstained.",
        "must": "It does not say “{fact}”.",
        "contradicted": "It has another value than “{fact}”.",
        "figure": "The figure {figure} is not in what it cites.",
        "inexact": "The quote of {source} is not word for word in its place: “{quote}”",
        "stale": "It cites {source}, which no longer applied from {day} on.",
        "forbidden": "It says what may not be said: “{what}”. {why}",
        "required": "It has to say “{what}”.",
        "missing": "There is no outcome of this case.",
        "version": "{name}, version {version}",
    },
}


def why(asked: Asked, measure: str, language: Language) -> list[str]:
    """Lines that say what made a measure less than its best; empty for one that none explains.

    Args:
        asked: the case with its outcome.
        measure: name of it, or ``failed`` or ``missing``.
        language: of the lines.
    """
    return list(_lines(asked, measure, language))


def support_reasons(reasons: tuple[str, ...], language: Language) -> list[str]:
    """Reasons of the support check as a run keeps them (``cause: said / found``), in words."""
    return [_in_words(reason, language) for reason in reasons]


def cause_of(reason: str) -> str:
    """What a kept reason is of."""
    return reason.partition(": ")[0]


def source(cited: Cited, language: Language) -> str:
    """What is cited."""
    return _TEXTS[language]["version"].format(name=cited.document, version=cited.version)


def _lines(asked: Asked, measure: str, language: Language) -> Iterator[str]:
    texts, outcome = _TEXTS[language], asked.outcome
    if measure == "failed":
        yield outcome.error or ""
    elif measure == "missing":
        yield texts["missing"]
    elif measure == "behaviour" and outcome.did == "abstain":
        yield texts["behaviour_abstained"]
    elif measure == "behaviour":
        expected = value_title(asked.case.expected_behaviour, language)
        yield texts["behaviour"].format(expected=expected)
    elif measure == "must_facts":
        said = facts_said(asked)
        missing = (fact for fact in asked.case.facts if fact.must and fact.id not in said)
        yield from (texts["must"].format(fact=_named(fact)) for fact in missing)
    elif measure == "contradicted_facts":
        other = (fact for fact in asked.case.facts if denied(fact, asked))
        yield from (texts["contradicted"].format(fact=_named(fact)) for fact in other)
    elif measure == "supported_statements":
        for one in outcome.said:
            if one.support in ("unsupported", "contradicted"):
                told = "; ".join(support_reasons(one.reasons, language))
                start = shorten(one.text, MOST_CHARS, placeholder=" …")
                yield f"{start} — {told}" if told else start
    elif measure == "number_fidelity":
        figures = dict.fromkeys(f for one in outcome.said for f in unquoted(one))
        yield from (texts["figure"].format(figure=figure) for figure in figures)
    elif measure in ("quote_exactness", "stale_sources"):
        yield from _of_citations(asked, measure, language)
    elif measure == "forbidden":
        for no in forbidden_said(asked):
            what = no.phrase or no.pattern or no.id
            yield texts["forbidden"].format(what=what, why=no.why).rstrip()
    elif measure == "required_statements":
        yield from (texts["required"].format(what=r.aliases[0]) for r in required_missing(asked))


def _of_citations(asked: Asked, measure: str, language: Language) -> Iterator[str]:
    texts, on = _TEXTS[language], asked.outcome.asked_on
    for cited in (c for said in asked.outcome.said for c in said.citations):
        named = source(cited, language)
        if measure == "quote_exactness" and not cited.exact:
            yield texts["inexact"].format(source=named, quote=cited.quote)
        if measure == "stale_sources" and cited.valid_to and on and cited.valid_to <= on:
            yield texts["stale"].format(source=named, day=day(cited.valid_to, language))


def _named(fact: Fact) -> str:
    return fact.aliases[0]


def _in_words(kept: str, language: Language) -> str:
    """Back from ``cause: said / found``; as it is where this program has no such cause."""
    cause, _, rest = kept.partition(": ")
    if cause not in REASONS[language]:
        return kept
    said, _, found = rest.partition(" / ")
    return REASONS[language][cause].format(said=said, found=found)
