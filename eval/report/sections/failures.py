"""Failing cases as cards: what was expected, what was answered, on what, and why that fails."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from assistant.report.parts import paragraph, section
from assistant.support.phrases import VERDICTS
from eval.measures.facts import facts_said
from eval.measures.matching import says_any
from eval.measures.models import Asked
from eval.measures.relevance import relevant
from eval.measures.wordings import forbidden_said, required_missing
from eval.report.diffs import excerpt, lines, word_diff
from eval.report.models import Failure, Report
from eval.report.why import source, support_reasons, why
from eval.report.words import Words, upper
from knowledge.models import Language

MOST_FOUND = 6
"""Passages of a search that a card shows."""
OPENED = 3
"""Cards of critical or newly broken cases that are open from the start."""
_YES, _NO = "✓", "✕"


def failures(w: Words, report: Report) -> str:
    """The section."""
    heading = w.say("failures")
    if not report.failures:
        return section(heading, paragraph(w.say("failures_none")), w.anchor("failures"))
    worst = [f.asked.case.id for f in report.failures if f.asked.case.critical or f.newly]
    opened = set(worst[:OPENED])
    cards = "".join(_card(w, f, opened=f.asked.case.id in opened) for f in report.failures)
    hint = paragraph(w.say("failures_hint"), "hint")
    return section(f"{heading} ({w.n(len(report.failures))})", hint + cards, w.anchor("failures"))


def card(w: Words, one: Failure) -> str:
    """One case alone, open; it may pass."""
    return _card(w, one, opened=True)


def _card(w: Words, one: Failure, *, opened: bool) -> str:
    case, outcome = one.asked.case, one.asked.outcome
    badges = [f'<span class="badge">{escape(w.say(one.stage))}</span>'] if one.measures else []
    if one.newly:
        badges.insert(0, f'<span class="badge block">{escape(w.say("newly"))}</span>')
    if case.critical:
        badges.insert(0, f'<span class="badge critical">{escape(w.say("critical"))}</span>')
    cited = _cited(w, one.asked) if outcome.said else paragraph(w.say("cites_nothing"), "hint")
    return (
        f'<details class="card"{" open" if opened else ""}>'
        f'<summary><b lang="{case.lang}">{escape(case.question)}</b>'
        f'<span class="badges">{"".join(badges)}</span>'
        f"<small>{escape(case.id)}</small></summary>"
        f'<div id="{escape(w.anchor(f"case-{case.id}"))}">{_why(w, one)}</div>'
        f'<div class="two"><div>{_block(w, "expected", _expected(w, one.asked))}</div>'
        f"<div>{_conversation(w, one.asked)}{_answers(w, one)}</div></div>"
        f'<div class="two"><div>{_block(w, "cited", cited)}</div>'
        f"<div>{_block(w, 'found', _found(w, one.asked))}</div></div>"
        f"{_tags(w, one.asked)}</details>"
    )


def _why(w: Words, one: Failure) -> str:
    if not one.measures:
        return ""
    items = []
    for measure in one.measures:
        told = "".join(f"<li>{lines(line)}</li>" for line in why(one.asked, measure, w.language))
        inner = f"<ul>{told}</ul>" if told else ""
        items.append(f"<li><b>{escape(w.title(measure))}</b>{inner}</li>")
    return _block(w, "why", f"<ul>{''.join(items)}</ul>")


def _conversation(w: Words, asked: Asked) -> str:
    """The turns; the question alone stands in the summary."""
    if len(asked.case.turns) < 2:
        return ""
    told = "".join(
        f'<li><b>{escape(w.value(turn.role))}</b> <span lang="{asked.case.lang}">'
        f"{lines(turn.text)}</span></li>"
        for turn in asked.case.turns
    )
    return _block(w, "conversation", f'<ul class="turns">{told}</ul>')


def _answers(w: Words, one: Failure) -> str:
    now = _answer(w, one.asked)
    if one.before is None:
        return _block(w, "answer", now)
    old, new = one.before.outcome, one.asked.outcome
    if (old.did, old.text) == (new.did, new.text):
        return _block(w, "answer", now + paragraph(w.say("answer_same"), "hint"))
    if not (old.text and new.text):
        before = _answer(w, one.before)
        return _block(w, "answer_before", before) + _block(w, "answer_after", now)
    lang = one.asked.case.lang
    gone, come = word_diff(old.text, new.text, lang)
    return (
        _block(w, "answer_before", _text(w, gone, lang, "answer_before"))
        + _block(w, "answer_after", _text(w, come, lang, "answer_after"))
        + paragraph(w.say("diff_hint"), "hint")
    )


def _answer(w: Words, asked: Asked) -> str:
    outcome = asked.outcome
    sure = paragraph(upper(w.say("confidence", value=w.n(outcome.confidence, 2))), "hint")
    if outcome.error is not None:
        return paragraph(w.say("no_outcome"))
    if outcome.did == "abstain":
        return paragraph(w.say("abstained")) + sure
    return _text(w, lines(outcome.text), asked.case.lang, "answer") + sure


def _text(w: Words, content: str, language: Language, key: str) -> str:
    """A text that may be long: it scrolls, from the keyboard too."""
    name = escape(w.say(key))
    return (
        f'<div class="answer" lang="{language}" tabindex="0" role="group" aria-label="{name}">'
        f"{content}</div>"
    )


def _expected(w: Words, asked: Asked) -> str:
    case, text = asked.case, asked.outcome.text
    said = facts_said(asked)
    behaviour = w.say("expected_behaviour", behaviour=w.value(case.expected_behaviour))
    parts = [paragraph(behaviour)]
    facts = [
        _checked(w, one.id in said, one.aliases[0], w.say("must") if one.must else "")
        for one in case.facts
    ]
    parts += _list(w, "expected_facts", facts)
    steps = [_checked(w, says_any(text, one.aliases), one.aliases[0]) for one in case.steps]
    parts += _list(w, "expected_steps", steps)
    missing = {one.id for one in required_missing(asked)}
    required = [_checked(w, r.id not in missing, r.aliases[0]) for r in case.required_statements]
    parts += _list(w, "expected_required", required)
    spoken = {one.id for one in forbidden_said(asked)}
    forbidden = [
        _checked(w, one.id in spoken, one.phrase or one.pattern or one.id, bad=True)
        for one in case.forbidden
    ]
    parts += _list(w, "expected_forbidden", forbidden)
    parts += _list(w, "expected_gold", list(_gold(w, asked)))
    if case.reference_answer:
        parts.append(f"<h4>{escape(w.say('expected_reference'))}</h4>")
        told = lines(case.reference_answer)
        parts.append(_text(w, told, case.lang, "expected_reference"))
    return "".join(parts)


def _gold(w: Words, asked: Asked) -> Iterator[str]:
    found = asked.outcome.documents
    for gold in asked.case.gold:
        there = gold.document in found
        place = w.say("source_not_found")
        if there:
            place = w.say("source_found", rank=w.n(found.index(gold.document) + 1))
        notes = [place, w.say("source_required")] if gold.required else [place]
        quote = f"<br><q>{escape(gold.quote)}</q>" if gold.quote else ""
        yield (
            f"<li>{_sign(w, there)} {escape(gold.document)} "
            f"<small>{escape(', '.join(notes))}</small>{quote}</li>"
        )


def _checked(w: Words, there: bool, text: str, note: str = "", *, bad: bool = False) -> str:
    told = f" <small>{escape(note)}</small>" if note else ""
    return f"<li>{_sign(w, there, bad=bad)} {escape(text)}{told}</li>"


def _sign(w: Words, there: bool, *, bad: bool = False) -> str:
    """A sign with its meaning for a screen reader."""
    kind = "yes" if there != bad else "no"
    word = w.say("there" if there else "not_there")
    sign = _YES if kind == "yes" else _NO
    return f'<span class="{kind}" role="img" aria-label="{escape(word)}">{sign}</span>'


def _cited(w: Words, asked: Asked) -> str:
    items = []
    for said in asked.outcome.said:
        quotes = "".join(
            f"<li>{escape(source(one, w.language))}<br><q>{lines(one.quote)}</q></li>"
            for one in said.citations
        )
        # A statement that is its quote is shown once.
        alone = [said.text] == [one.quote for one in said.citations]
        text = "" if alone else f"{lines(said.text)}<br>"
        told = "; ".join(support_reasons(said.reasons, w.language))
        verdict = upper(VERDICTS[w.language][said.support] + (f": {told}" if told else ""))
        items.append(
            f'<li><span lang="{asked.case.lang}">{text}</span>'
            f'<span class="hint {said.support}">{escape(verdict)}</span>'
            f"{f'<ul>{quotes}</ul>' if quotes else ''}</li>"
        )
    return f'<ul class="cited">{"".join(items)}</ul>'


def _found(w: Words, asked: Asked) -> str:
    passages = asked.outcome.retrieved[:MOST_FOUND]
    if not passages:
        return paragraph(w.say("found_nothing"), "hint")
    quotes: dict[str, list[str]] = {}
    for one in (c for said in asked.outcome.said for c in said.citations):
        quotes.setdefault(one.document, []).append(one.quote)
    items = []
    for passage in passages:
        answers = f'<span class="badge ok">{escape(w.say("found_answers"))}</span>'
        shown = excerpt(passage.text, tuple(quotes.get(passage.document, ())))
        items.append(
            f"<li>{escape(passage.document)} <small>{escape(w.n(passage.score, 3))}</small> "
            f"{answers if relevant(asked, passage) else ''}"
            f'<br><span class="passage" lang="{passage.language}">{shown}</span></li>'
        )
    hint = paragraph(w.say("found_hint", n=w.n(len(passages))), "hint")
    return f'{hint}<ol class="found">{"".join(items)}</ol>'


def _tags(w: Words, asked: Asked) -> str:
    case = asked.case
    told = [
        w.say("case_language", language=w.value(case.lang)),
        w.value(case.answerability),
        *(w.say("tag", name=name, value=value) for name, value in sorted(case.tags.items())),
    ]
    if case.audience:
        told.append(w.say("tag", name=w.say("dimension_audience"), value=case.audience))
    shown = "".join(f'<span class="badge">{escape(one)}</span>' for one in told)
    return f'<p class="tags">{shown}</p>'


def _list(w: Words, key: str, items: list[str]) -> list[str]:
    if not items:
        return []
    return [f'<h4>{escape(w.say(key))}</h4><ul class="checks">{"".join(items)}</ul>']


def _block(w: Words, key: str, content: str) -> str:
    return f"<h3>{escape(w.say(key))}</h3>{content}"
