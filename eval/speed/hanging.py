"""Does anybody wait for a chat model that says nothing? The page with one, and without any.

Two real servers over the example company, asked by turns over what the page's script talks; the
chat model of the one takes every request and never answers.
"""

from __future__ import annotations

import secrets
from contextlib import closing
from typing import Any

from eval.clients.page import Page, browser
from eval.components.injections.endpoint import obedient_endpoint
from eval.corpora.desks import DOCUMENTS
from eval.provenance import load_average
from eval.speed import questions as bench_questions
from eval.speed.corpus import Progress, ignore
from eval.speed.startup import example_company, serving
from eval.speed.timing import summary
from knowledge.errors import KnowledgeBaseError
from knowledge.identity.access import Grant
from knowledge.identity.accounts import Accounts
from knowledge.identity.sign_in import SignIn
from knowledge.register import Register
from knowledge.settings import Settings

QUESTIONS = 60
_WARM_UP = 5
"""Asked before the time is taken."""
_PATIENCE = {"VOZ_CHAT_FIRST_WORD_S": "60", "VOZ_CHAT_TIMEOUT_S": "60"}
"""So that the model is waited for all the time, and not left alone for having failed."""


def bench_hanging(
    settings: Settings, *, questions: int = QUESTIONS, progress: Progress | None = None
) -> dict[str, Any]:
    """Milliseconds from a question to its first quotation on the page.

    Args:
        settings: the data folder's; the example company is kept in ``bench/startup`` below it.
        questions: to each of the two pages.
        progress: told, in one line, of work that takes seconds.

    Returns:
        ``without``: no model, ``hanging``: one that hangs, each a `summary`; the ``ratio`` of the
        medians; ``asked_model``: how many requests hung.

    Raises:
        KnowledgeBaseError: a server does not come up, or a page quotes nothing.
    """
    tell = progress or ignore
    own = example_company(settings, DOCUMENTS, tell)
    session = _session(own)
    with obedient_endpoint() as endpoint:
        endpoint.hangs.set()
        model = {"VOZ_CHAT_URL": endpoint.url, "VOZ_CHAT_MODEL": "hangs", **_PATIENCE}
        with (
            serving(own, {"VOZ_CHAT_URL": "", "VOZ_CHAT_MODEL": ""}) as plain,
            serving(own, model) as hanging,
            closing(browser(plain, session)) as one,
            closing(browser(hanging, session)) as other,
        ):
            tell(f"{questions} questions to each page")
            took = _asked(Page(one), Page(other), questions)
            asked = len(endpoint.got)
    without, hung = summary(took[0]), summary(took[1])
    return {
        "questions": len(took[0]),
        "without": without,
        "hanging": hung,
        "ratio": round(hung["p50"] / without["p50"], 3),
        "asked_model": asked,
        "load_average": load_average(),
    }


def _asked(plain: Page, hanging: Page, count: int) -> tuple[list[float], list[float]]:
    """Milliseconds of both for the questions that the example company answers, by turns."""
    took: tuple[list[float], list[float]] = ([], [])
    asked = iter(one.text for one in bench_questions.bundled() if not one.history)
    for question in asked:
        try:
            times = [page.quoted_ms(question) for page in (plain, hanging)]
        except KnowledgeBaseError:  # that question finds nothing there
            continue
        for of_page, ms in zip(took, times, strict=True):
            of_page.append(ms)
        if len(took[0]) == count + _WARM_UP:
            break
    if len(took[0]) <= _WARM_UP:
        raise KnowledgeBaseError("the page answered no question: is the example company there?")
    return took[0][_WARM_UP:], took[1][_WARM_UP:]


def _session(settings: Settings) -> str:
    """Of an agent made for it."""
    name, password = f"bench-{secrets.token_hex(4)}", secrets.token_urlsafe(16)
    with closing(Accounts.open(settings)) as accounts, Register.open(settings) as register:
        accounts.add(name, password, language="es")
        accounts.grant(name, Grant("agent", "staff"), register.audiences())
    with closing(SignIn.open(settings)) as doors:
        return doors.sign_in(name, password, "bench")
