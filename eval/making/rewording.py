"""A chat model words the question of a draft; what it says otherwise is not taken.

A question is taken that is one, is in the draft's language, and gives away no figure. Everything
else of the draft stays as it was read from the source, and so does a question that is not worded.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from importlib.resources import files

from assistant.chat.prompts import Prompt, Request, plain, read_prompt
from eval.golden.drafts import Draft
from eval.measures.facts import stated
from eval.measures.matching import figures
from knowledge.language import question_language
from knowledge.models import Language

MAX_QUESTION_CHARS = 200
_PLACE = re.compile(r"\{(mark|quote|question)\}")
_MARK_CHARS = 16


def reworded(draft: Draft, said: Callable[[Request], str | None]) -> Draft:
    """The draft with a question that a model worded, or as it is.

    Args:
        draft: of a source.
        said: what the model writes to a request; `None` for nothing.
    """
    words = said(request(draft))
    question = " ".join((words or "").split()).strip('"“”«» ')
    if not _usable(question, draft):
        return draft
    tags = (*(tag for tag in draft.tags if tag[0] != "style"), ("style", "worded"))
    return replace(draft, question=question, tags=tags, notes=draft.question)


def request(draft: Draft) -> Request:
    """What to ask of the model: the same for the same draft."""
    chosen = prompt(draft.language)
    quote = "\n".join(gold.quote or "" for gold in draft.gold)
    mark = hashlib.sha256(f"{draft.question}\n{quote}".encode()).hexdigest()[:_MARK_CHARS]
    filled = {"mark": mark, "quote": plain(quote), "question": plain(draft.question)}

    def fill(template: str) -> str:
        # In one pass: what is filled in is not looked at again.
        return _PLACE.sub(lambda place: filled[place[1]], template)

    return Request(chosen.name, fill(chosen.rules), fill(chosen.request), mark)


@cache
def prompt(language: Language) -> Prompt:
    """The prompt in a language."""
    file = files(__package__) / "prompts" / f"word.{language}.md"
    return read_prompt(file.read_text("utf-8"), "word")


def _usable(question: str, draft: Draft) -> bool:
    if not question.endswith("?") or len(question) > MAX_QUESTION_CHARS:
        return False
    if question.count("?") > 1 or question_language(question) != draft.language:
        return False
    known = {draft.question[one.start : one.end] for one in figures(draft.question)}
    new = {question[one.start : one.end] for one in figures(question)} - known
    return not new and not any(stated(fact, question) for fact in draft.facts)
