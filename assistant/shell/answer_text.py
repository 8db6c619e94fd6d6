"""Answers and search results as styled lines for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from assistant.shell.case_lines import case_lines
from assistant.shell.missing_words import missing_text
from assistant.shell.printable import printable
from assistant.shell.texts import day_text, say

if TYPE_CHECKING:
    from assistant.models import Answer, Citation, Composed, Statement
    from assistant.voice.phrasing import Phrased
    from knowledge.models import Language, ScoredChunk
    from knowledge.search.retrieval import Found
    from knowledge.settings import Settings

_COLOURS = {"answered": "green", "partly": "yellow", "not_found": "red"}
PASSAGE_CHARS = 320


def language_of(settings: Settings, spoken: Language) -> Language:
    """The language to label in: the one set for the interface, else the question's."""
    return settings.language if "language" in settings.model_fields_set else spoken


def answer_lines(answer: Answer, language: Language, voiced: Phrased | None = None) -> list[str]:
    """Verdict and confidence, numbered statements with their citations, and the time it took.

    Args:
        answer: with its quotations.
        language: of the labels.
        voiced: the answer as it is said or written; its words come first, quotations below.
    """
    verdict = typer.style(
        say(language, f"verdict_{answer.verdict}"), fg=_COLOURS[answer.verdict], bold=True
    )
    lines = [verdict]
    if answer.verdict != "not_found":  # of no answer there is nothing to be sure of
        percent = say(language, "confidence_value", percent=round(answer.confidence * 100))
        lines = [f"{verdict} · {say(language, 'confidence').lower()} {percent}"]
    lines += _about_another_time(answer, language)
    if answer.missing:
        lines.append(typer.style(printable(missing_text(language, answer.missing)), bold=True))
    if answer.verdict == "partly":
        lines.append(say(language, "partly_why"))
    if answer.verdict == "not_found":
        lines += _not_found(answer, language)
    lines += [*_aside(voiced.greeting)] if voiced else []
    for number, statement in enumerate(_told(answer.statements, voiced), start=1):
        lines += ["", *_statement(number, statement, language)]
    lines += [*_aside(voiced.closing)] if voiced else []
    lines += case_lines(answer, language)
    total = answer.timings_ms.get("total", 0.0)
    return [*lines, "", typer.style(f"{total:.0f} ms", dim=True)]


def _told(statements: Sequence[Statement], voiced: Phrased | None) -> list[Statement]:
    """The statements in the words that they are told in; those that are not told stay."""
    said = {one.statement: one.text for one in voiced.said} if voiced else {}
    return [replace(one, text=said.get(one, one.text)) for one in statements]


def _aside(text: str | None) -> list[str]:
    return ["", typer.style(printable(text), italic=True)] if text else []


def composed_lines(answer: Answer, language: Language) -> list[str]:
    """What a chat model composed, with its citations, or why there is nothing."""
    composed = answer.composed
    if composed is None:
        return []
    if composed.why is not None:
        why = say(language, f"why_{composed.why}", model=composed.model)
        line = typer.style(printable(say(language, "composed_none", why=why)), fg="yellow")
        return ["", line, *_left_out(composed, language)]
    by = printable(say(language, "composed_by", model=composed.model))
    lines = ["", typer.style(by, fg="green")]
    for number, statement in enumerate(composed.statements, start=1):
        lines += ["", *_statement(number, statement, language)]
    total = composed.timings_ms.get("total", 0.0)
    return [*lines, "", *_left_out(composed, language), typer.style(f"{total:.0f} ms", dim=True)]


def _left_out(composed: Composed, language: Language) -> list[str]:
    count = composed.left_out.total
    return [say(language, "composed_left_out", count=count)] if count else []


def search_lines(found: Found, language: Language) -> list[str]:
    """Passages, best first, each with its place and its scores."""
    if not found.chunks:
        return [say(language, "not_found_nothing")]
    lines: list[str] = []
    for number, scored in enumerate(found.chunks, start=1):
        lines += [*([""] if lines else []), *_passage(number, scored, language)]
    return lines


def _about_another_time(answer: Answer, language: Language) -> list[str]:
    """Which day the answer is about, and what of it is different today."""
    lines: list[str] = []
    if answer.told:
        lines.append(say(language, "as_told", moment=answer.told.strftime("%Y-%m-%d %H:%M")))
    elif answer.on:
        lines.append(say(language, "as_on", day=day_text(language, answer.on)))
    for change in answer.changed:
        key = "gone_since" if change.now is None else "changed_since"
        lines.append(printable(say(language, key, **vars(change))))
    return lines


def _not_found(answer: Answer, language: Language) -> list[str]:
    if not answer.nearest:
        return [say(language, "not_found_nothing")]
    lines = [say(language, "not_found_hint")]
    for citation in answer.nearest:
        lines += ["", f"   {_place(citation, language)}", f"   {_quoted(citation.quote)}"]
    return lines


def _statement(number: int, statement: Statement, language: Language) -> list[str]:
    first, *rest = printable(statement.text).split("\n")
    lines = [typer.style(f"{number}. {first}", bold=True)]
    lines += [typer.style(f"   {line}", bold=True) for line in rest]
    for flag, key in ((statement.internal, "internal"), (statement.approved, "approved")):
        if flag:
            lines.append(typer.style(f"   {say(language, key)}", fg="magenta"))
    for citation in statement.citations:
        lines.append(f"   {_place(citation, language)}")
        if citation.quote.split() != statement.text.split():
            lines.append(f"   {_quoted(citation.quote)}")
    return lines


def _place(citation: Citation, language: Language) -> str:
    return _labelled(
        citation.title,
        citation.headings,
        page=citation.page,
        row=citation.row,
        document=citation.document,
        language=language,
        version=citation.version,
    )


def _labelled(
    title: str,
    headings: tuple[str, ...],
    *,
    page: int | None,
    row: int | None,
    document: str,
    language: Language,
    version: int,
) -> str:
    """Title, headings below it, page or row, and the document's name and version."""
    path = [title, *(h for h in headings if h != title)]
    parts = [" > ".join(path)]
    if page is not None:
        parts.append(say(language, "page", page=page))
    if row is not None:
        parts.append(say(language, "row", row=row))
    if version > 1:
        parts.append(say(language, "version", version=version))
    return typer.style(printable(" · ".join([*parts, document])).replace("\n", " "), fg="cyan")


def _quoted(quote: str) -> str:
    return typer.style(f"«{printable(quote)}»".replace("\n", "\n   "), dim=True)


def _passage(number: int, scored: ScoredChunk, language: Language) -> list[str]:
    chunk = scored.stored.chunk
    place = _labelled(
        scored.stored.title,
        chunk.headings,
        page=chunk.page,
        row=chunk.row,
        document=chunk.document,
        language=language,
        version=scored.stored.version,
    )
    text = " ".join(printable(chunk.text).split())
    if len(text) > PASSAGE_CHARS:
        text = text[:PASSAGE_CHARS].rsplit(" ", 1)[0] + " …"
    scores = f"score {scored.score:.3f}, dense {scored.dense:.3f}, lexical {scored.lexical:.1f}"
    return [f"{number}. {place}", f"   {text}", typer.style(f"   {scores}", dim=True)]
