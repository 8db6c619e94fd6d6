"""An answer and its conversation as HTML. Whatever a document or a person wrote is escaped."""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import replace
from html import escape

from assistant.models import Answer, Citation, Statement
from assistant.shell.frame import links_html
from assistant.shell.missing_words import missing_text
from assistant.shell.pages.desk import Desk, citations
from assistant.shell.pages.voice import Voiced, aside_html, switch_html, words_html
from assistant.shell.texts import day_text, decimal, place, say
from assistant.voice.phrasing import Phrased
from knowledge.models import Language
from knowledge.work.feedback_rows import KINDS

Say = Callable[..., str]
_MAX_LABEL = 70
_LONG_STATEMENT = 240
"""Characters from which a statement is set smaller, so that it is seen whole."""


def header_html(language: Language, name: str, open_to: Set[str] = frozenset()) -> str:
    """The bar on top.

    Args:
        language: of the interface.
        name: of whoever is signed in; empty until that is known.
        open_to: paths of the pages that they may open.
    """
    words = {key: escape(say(language, key)) for key in ("title", "tagline", "help", "sign_out")}
    who = ""
    if name:
        who = (
            f"{links_html(language, open_to, '/')}"
            f'<a class="who" href="/password" title="{escape(say(language, "account"))}">'
            f'{escape(name)}</a><button type="button" class="quiet" data-do="sign-out">'
            f"{words['sign_out']}</button>"
        )
    return (
        f'<div class="brand"><h1>{words["title"]}</h1><p>{words["tagline"]}</p></div>'
        f'{who}<button type="button" class="quiet" data-do="help">{words["help"]} '
        "<kbd>?</kbd></button>"
    )


def notice_html(notice: str | None) -> str:
    """A line across the page when something is degraded; nothing otherwise."""
    return f'<p class="notice" role="status">{escape(notice)}</p>' if notice else ""


def answer_html(
    desk: Desk,
    language: Language,
    *,
    empty: bool,
    statements: int = 99,
    votes: bool = False,
    model: str = "",
    voiced: Voiced | None = None,
) -> str:
    """The answer on screen, an error, or what to do first.

    Args:
        desk: the conversation.
        language: of the interface.
        empty: whether there is no document yet.
        statements: how many to show; the rest follows in the next step of the stream.
        votes: whether it can be said if the answer helps.
        model: name of the chat model that composes; empty without one.
        voiced: the answer in the company's voice; `None`: in its own words alone.
    """
    if desk.error is not None:
        body = _error(desk.error, language)
    elif desk.answer is not None:
        body = _answer(desk.answer, language, statements, _under_way(desk, model), voiced)
        body += _votes(desk, language) if votes else ""
    elif empty:
        body = _empty(language)
    else:
        body = _ready(language)
    copied = "" if desk.answer is None or desk.error else _copies(desk.answer, language, voiced)
    whole = desk.answer is None or statements >= len(desk.answer.statements)
    # The live region stays the same element while its content changes, or it is not read out.
    return (
        f'<div id="answer-body" data-turn="{desk.turn}" data-whole="{int(whole)}"{copied}>'
        f'<p id="busy" class="busy" role="status" hidden>{escape(say(language, "busy"))}</p>'
        f'<div aria-live="polite" aria-atomic="false">{body}</div></div>'
    )


def citation_label(citation: Citation, language: Language, *, short: bool = True) -> str:
    """Title and place of a citation, as plain text."""
    title = citation.title
    if short and len(title) > _MAX_LABEL:
        title = title[: _MAX_LABEL - 1].rstrip() + "…"
    where = place(language, citation.document, citation.page, citation.row, short=True)
    version = say(language, "version_short", version=citation.version)
    parts = [title, where, version if citation.version > 1 else ""]
    return " · ".join(part for part in parts if part)


def voiced_text(found: Phrased, answer: Answer, language: Language) -> str:
    """What is told, with numbers, and the sources below; internal statements are left out."""
    told = {one.statement: one.text for one in found.said}
    statements = tuple(replace(s, text=told[s]) for s in answer.statements if s in told)
    return cited_text(replace(answer, statements=statements), language)


def plain_text(answer: Answer) -> str:
    """What answers, as it is pasted into a chat or mail: of a passage its best sentence alone.

    What is not for customers is left out.
    """
    told = (s for s in _to_say(answer) if not s.internal)
    return "\n".join(statement.focus or statement.text for statement in told)


def cited_text(answer: Answer, language: Language) -> str:
    """The statements with numbers, and the sources below."""
    numbers = {citation: i for i, citation in enumerate(citations(answer), start=1)}
    lines = [
        _flagged(statement, language) + "".join(f" [{numbers[c]}]" for c in statement.citations)
        for statement in _to_say(answer)
    ]
    lines.append("")
    used = {citation for statement in _to_say(answer) for citation in statement.citations}
    for citation, number in numbers.items():
        if citation not in used:
            continue
        headings = " › ".join(citation.headings)
        label = citation_label(citation, language, short=False)
        lines.append(f"[{number}] {label}{', ' + headings if headings else ''}")
    return "\n".join(lines)


def _flagged(statement: Statement, language: Language) -> str:
    """The text, with a warning in front where it is not for customers."""
    warning = f"({say(language, 'internal')}) " if statement.internal else ""
    return f"{warning}{statement.text}"


def conversation_html(desk: Desk, language: Language) -> str:
    """The questions of this conversation, newest first."""
    heading = f"<h2>{escape(say(language, 'conversation'))}</h2>"
    aside = ""
    if desk.set_aside:
        line = escape(say(language, "set_aside", count=len(desk.set_aside)))
        undo = escape(say(language, "undo"))
        aside = (
            f'<p class="aside" role="status">{line} '
            f'<button type="button" class="link" data-undo="1">{undo}</button></p>'
        )
    if not desk.answers:
        hint = escape(say(language, "conversation_empty"))
        return f'<div class="card">{heading}{aside}<p class="muted">{hint}</p></div>'
    rows = [_exchange(desk, i, language) for i in reversed(range(len(desk.answers)))]
    exchanges = f'<ol class="exchanges" reversed>{"".join(rows)}</ol>'
    return f'<div class="card">{heading}{aside}{exchanges}</div>'


def _exchange(desk: Desk, position: int, language: Language) -> str:
    answer = desk.answers[position]
    verdict = escape(say(language, f"verdict_{answer.verdict}"))
    current = ' aria-current="true"' if position == desk.shown and desk.error is None else ""
    first = f"<span>{escape(answer.statements[0].text)}</span>" if answer.statements else ""
    return (
        f'<li><button type="button" data-show="{position}"{current}>'
        f'<strong data-question="{escape(answer.question)}" lang="{answer.language}">'
        f"{escape(answer.question)}</strong>{first}"
        f'<em class="{answer.verdict}">{verdict}</em></button></li>'
    )


def _to_say(answer: Answer) -> tuple[Statement, ...]:
    """What is to be said: what was composed, once there is any, else the quotations."""
    composed = answer.composed
    return composed.statements if composed and composed.statements else answer.statements


def _under_way(desk: Desk, model: str) -> str:
    """The model that is composing from the answer on screen; empty when none is."""
    is_last = desk.shown == len(desk.answers) - 1
    return model if desk.composing is not None and is_last else ""


def _answer(
    answer: Answer, language: Language, statements: int, under_way: str, voiced: Voiced | None
) -> str:
    numbers = {citation: i for i, citation in enumerate(citations(answer), start=1)}
    asked = f'<p class="asked" lang="{answer.language}">{escape(answer.question)}</p>'
    asked += _another_day(answer, language)
    if answer.verdict == "not_found" or not answer.statements:
        return f"{asked}{_verdict(answer, language)}{_nearest(answer, numbers, language)}"
    why = ""
    if answer.verdict == "partly":
        why = (
            f'<p class="why">{_missing(answer, language)}{escape(say(language, "partly_why"))}</p>'
        )
    rows = [
        _statement(statement, i, numbers, language, voiced=voiced)
        for i, statement in enumerate(answer.statements[:statements])
    ]
    said = f'<ol class="statements">{"".join(rows)}</ol>'
    if voiced is not None:
        ends = (aside_html(voiced, "greeting"), aside_html(voiced, "closing"))
        said = f"{switch_html(language)}{ends[0]}{said}{ends[1]}"
    if answer.composed is not None:
        said = _composed(answer, said, numbers, language)
    elif under_way:
        line = escape(say(language, "composing", model=under_way))
        said = f'<p class="composing" role="status">{line}</p>{said}'
    return f"{asked}{_verdict(answer, language)}{why}{said}{_actions(language)}"


def _composed(
    answer: Answer, literal: str, numbers: dict[Citation, int], language: Language
) -> str:
    """What was composed, with the quotations folded below it; or these, and why there is nothing.

    Args:
        answer: with what was composed.
        literal: the quotations as they are shown without it.
        numbers: of the citations on screen.
        language: of the interface.
    """
    composed = answer.composed
    if composed is None:
        return literal
    count = composed.left_out.total
    left_out = f" {say(language, 'composed_left_out', count=count)}" if count else ""
    if not composed.statements:
        why = say(language, f"why_{composed.why}", model=composed.model)
        line = escape(say(language, "composed_none", why=why) + left_out)
        return f'<p class="composing none" role="status">{line}</p>{literal}'
    rows = "".join(
        _statement(statement, i, numbers, language, composed_in=answer.language)
        for i, statement in enumerate(composed.statements)
    )
    by = escape(say(language, "composed_by", model=composed.model) + left_out)
    folded = escape(say(language, "composed_literal", count=len(answer.statements)))
    return (
        f'<ol class="statements composed">{rows}</ol><p class="composing by">{by}</p>'
        f'<details class="literal"><summary>{folded}</summary>{literal}</details>'
    )


def _another_day(answer: Answer, language: Language) -> str:
    """Which day or moment the answer is about, and what of it is different today."""
    lines = []
    if answer.told is not None:
        moment = f"{day_text(language, answer.told.date())} {answer.told:%H:%M}"
        lines.append(say(language, "as_told", moment=moment))
    if answer.on is not None and (answer.told is None or answer.on != answer.told.date()):
        lines.append(say(language, "as_on", day=day_text(language, answer.on)))
    if not lines:
        return ""
    for change in answer.changed:
        key = "gone_since" if change.now is None else "changed_since"
        lines.append(say(language, key, **vars(change)))
    first, *rest = (f"<p>{escape(line)}</p>" for line in lines)
    return f'<div class="as-on" role="note"><strong>{first}</strong>{"".join(rest)}</div>'


def _verdict(answer: Answer, language: Language) -> str:
    seconds = decimal(language, answer.timings_ms.get("total", 0.0) / 1000, 2)
    return (
        f'<p class="verdict {answer.verdict}">'
        f"<strong>{escape(say(language, f'verdict_{answer.verdict}'))}</strong>"
        f"{_meter(answer, language)}"
        f'<span class="timer">{escape(say(language, "seconds", seconds=seconds))}</span></p>'
    )


def _meter(answer: Answer, language: Language) -> str:
    """How sure the answer is; none where there is no answer to be sure of."""
    if answer.verdict == "not_found":
        return ""
    percent = round(100 * answer.confidence)
    value = say(language, "confidence_value", percent=percent)
    return (
        f'<span class="meter" role="meter" aria-valuemin="0" aria-valuemax="100" '
        f'aria-valuenow="{percent}" aria-label="{escape(say(language, "confidence"))}">'
        f'<span style="width:{percent}%"></span></span>'
        f'<span class="figure">{escape(value)}</span>'
    )


def _focused(statement: Statement) -> str:
    """The text, escaped, with the sentence that answers best in bold where there are others."""
    before, focus, after = statement.text.partition(statement.focus or statement.text)
    if not focus or not (before.strip() or after.strip()):
        return escape(statement.text)
    return f"{escape(before)}<b>{escape(focus)}</b>{escape(after)}"


def _statement(
    statement: Statement,
    position: int,
    numbers: dict[Citation, int],
    language: Language,
    composed_in: Language | None = None,
    voiced: Voiced | None = None,
) -> str:
    cited = statement.citations[0].language if statement.citations else language
    tongue = composed_in or cited
    original = ""
    if tongue != cited:  # the words of the source beside those of another language
        quote = escape(statement.citations[0].quote)
        original = f'<q class="original" lang="{cited}">{quote}</q>'
    chips = [_chip(citation, numbers[citation], language) for citation in statement.citations]
    role = "first" if position == 0 else "more"
    if len(statement.text) > _LONG_STATEMENT:
        role += " long"
    return (
        f'<li class="{role}">{_flags(statement, language)}'
        f"{words_html(statement, voiced, _focused(statement), tongue)}{original}"
        f'<div class="cites">{"".join(chips)}</div></li>'
    )


def _flags(statement: Statement, language: Language) -> str:
    """Whether it is approved wording, and whether it must not be told."""
    shown = ((statement.approved, "approved"), (statement.internal, "internal"))
    return "".join(
        f'<p class="flag {key}">{escape(say(language, key))}</p>' for is_so, key in shown if is_so
    )


def _chip(citation: Citation, number: int, language: Language) -> str:
    label = citation_label(citation, language)
    title = escape(say(language, "source_open", number=number, label=label))
    badge = ""
    if citation.language != language:
        badge = f'<span class="tongue">{citation.language.upper()}</span>'
    return (
        f'<button type="button" class="cite" data-cite="{number}" aria-label="{title}">'
        f"<b>{number}</b> <span>{escape(label)}</span>{badge}</button>"
    )


def _nearest(answer: Answer, numbers: dict[Citation, int], language: Language) -> str:
    hint = "not_found_hint" if answer.nearest else "not_found_nothing"
    nothing = (
        f'<div class="nothing"><h2>{escape(say(language, "not_found"))}</h2>'
        f"<p>{_missing(answer, language)}{escape(say(language, hint))}</p>"
        f'<p><a href="/contact">{escape(say(language, "not_found_ask"))}</a></p></div>'
    )
    rows = [
        f'<li><q lang="{citation.language}">{escape(citation.quote)}</q>'
        f'<div class="cites">{_chip(citation, numbers[citation], language)}</div></li>'
        for citation in numbers
    ]
    return f'{nothing}<ol class="nearest">{"".join(rows)}</ol>' if rows else nothing


def _missing(answer: Answer, language: Language) -> str:
    """What of the question the sources do not have, in front of another sentence."""
    line = missing_text(language, answer.missing)
    return f"<strong>{escape(line)}</strong> " if line else ""


def _actions(language: Language) -> str:
    plain, cited = escape(say(language, "copy")), escape(say(language, "copy_cited"))
    shift = escape(say(language, "key_shift"))
    return (
        '<div class="actions">'
        f'<button type="button" data-do="copy">{plain} <kbd>Alt C</kbd></button>'
        f'<button type="button" data-do="copy-cited">{cited} <kbd>Alt {shift} C</kbd></button>'
        "</div>"
    )


def _votes(desk: Desk, language: Language) -> str:
    """Whether the answer helps: four buttons, or what was said."""
    said = desk.voted.get(desk.shown) if desk.shown is not None else None
    if said is not None:
        line = escape(say(language, "voted_useful" if said == "useful" else "voted"))
        return f'<p class="voted" role="status">{line}</p>'
    buttons = "".join(
        f'<button type="button" data-vote="{kind}" aria-pressed="{_pressed(desk, kind)}">'
        f"{escape(say(language, f'vote_{kind}'))}</button>"
        for kind in KINDS
    )
    return f'<div class="votes"><span>{escape(say(language, "vote"))}</span>{buttons}</div>'


def _pressed(desk: Desk, kind: str) -> str:
    return "true" if desk.voting == kind else "false"


def _copies(answer: Answer, language: Language, voiced: Voiced | None) -> str:
    """What the copy keys put on the clipboard, and the question that was answered."""
    modes = "".join(
        f' data-plain-{mode}="{escape(found.text)}"'
        f' data-cited-{mode}="{escape(voiced_text(found, answer, language))}"'
        for mode, found in (voiced.modes if voiced else ())
    )
    plain = escape(plain_text(answer))
    cited = escape(cited_text(answer, language)) if answer.statements else ""
    asked = escape(answer.question)
    inside = ' data-internal="1"' if any(s.internal for s in answer.statements) else ""
    return f' data-plain="{plain}" data-cited="{cited}" data-asked="{asked}"{inside}{modes}'


def _error(line: str, language: Language) -> str:
    heading = escape(say(language, "error"))
    return f'<div class="error" role="alert"><h2>{heading}</h2><p>{escape(line)}</p></div>'


def _empty(language: Language) -> str:
    heading, hint, command = (
        escape(say(language, key)) for key in ("empty", "empty_hint", "empty_command")
    )
    return (
        f'<div class="ready"><h2>{heading}</h2><p>{hint}</p><pre><code>{command}</code></pre></div>'
    )


def _ready(language: Language) -> str:
    heading = escape(say(language, "ready"))
    hints = "".join(f"<li>{escape(say(language, f'ready_hint_{i}'))}</li>" for i in (1, 2, 3))
    return f'<div class="ready"><h2>{heading}</h2><ul>{hints}</ul></div>'
