"""``/v1/voice``: voice guides for those who manage them, and trying one out."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from assistant.drafting.trying import noticed
from assistant.models import Citation, Statement
from assistant.refusals import because
from assistant.shell.guide_files import read_text
from assistant.shell.guide_json import guide_json, rule_json
from assistant.shell.manage import shown
from assistant.shell.manage.office import Caller, Office
from assistant.shell.telling import language_asked
from assistant.shell.voice import bodies
from assistant.support.check import SupportCheck
from assistant.voice.describing import example
from assistant.voice.in_force import guides_in_force, may_be_guide
from assistant.voice.models import VoiceGuide
from assistant.voice.phrasing import phrased
from assistant.voice.reading import is_voice_guide, read_guide
from knowledge.curation_rows import SourceInfo
from knowledge.errors import SettingsError
from knowledge.language import question_language
from knowledge.models import LANGUAGES, Document, Language

EDITABLE = frozenset(("md", "markdown", "txt"))
OPENING_MINUTE = 9 * 60
"""Of the greeting that is shown while a guide is tried."""


def add_voice_routes(router: APIRouter, office: Office) -> None:
    """Add the routes."""
    check = SupportCheck()

    @router.get("/voice", response_model=bodies.GuideList)
    def list_guides(request: Request) -> Any:
        """The voice guides that whoever asks is responsible for, each in its newest version."""
        caller = office.caller(request, "see_drafts")
        language = language_asked(request)
        guides = [
            found
            for source in caller.sources()
            if may_be_guide(source.title, source.name)
            and (found := _managed(source, caller, language)) is not None
        ]
        return _answer({"guides": guides, "examples": {one: example(one) for one in LANGUAGES}})

    @router.post("/voice/read", response_model=bodies.GuideOut)
    def read(request: Request, given: bodies.TextIn) -> Any:
        """What is read of a guide while it is written; nothing is stored."""
        office.caller(request, "see_drafts")
        return _answer(guide_json(read_text(given.text), language_asked(request)))

    @router.post("/voice/try", response_model=bodies.Tried)
    def try_out(request: Request, given: bodies.TryIn) -> Any:
        """A text in the company's voice, and what the rules say of it; nothing is stored."""
        caller = office.caller(request, "see_drafts")
        guide = _guide_for(given, caller, language_asked(request))
        return _answer(_tried(given, guide, check, language_asked(request)))


def _managed(source: SourceInfo, caller: Caller, language: Language) -> dict[str, Any] | None:
    curation = caller.office.curation
    newest = curation.versions(source.name, caller.viewer)[0]
    document = curation.text(source.name, newest.number, caller.viewer)
    if not is_voice_guide(document):
        return None
    caller.reads(source.name, newest.number)
    return {
        "source": shown.source(source, caller),
        "version": newest.number,
        "state": newest.state,
        "guide": guide_json(read_guide(document), language),
        "text": _original(document, caller),
    }


def _original(document: Document, caller: Caller) -> str | None:
    if document.media_type not in EDITABLE or document.withheld:
        return None
    try:
        return caller.office.register.original_path(document.sha256).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return None  # another machine keeps it, or it is in an older encoding


def _guide_for(given: bodies.TryIn, caller: Caller, language: Language) -> VoiceGuide:
    """The guide that is written, or the one in force in the language of the sentence.

    Raises:
        SettingsError: what is written is none, or none is in force.
    """
    if given.text is not None:
        return read_text(given.text)
    spoken = given.language or question_language(given.sentence)
    for guide in guides_in_force(caller.office.register, caller.viewer):
        if guide.language == spoken:
            return guide
    raise SettingsError(because("voice-none", language=because(f"voice-language-{spoken}")))


def _tried(
    given: bodies.TryIn, guide: VoiceGuide, check: SupportCheck, language: Language
) -> dict[str, Any]:
    text = given.sentence.strip()
    cited = Citation("", "", None, None, (), text, 0, len(text), guide.language)
    found = phrased(
        [Statement(text, (cited,))],
        {guide.language: guide},
        given.channel,
        check,
        language=guide.language,
        opening=True,
        minute=OPENING_MINUTE,
    )
    said = found.said[0] if found.said else None
    told = said.text if said else text
    return {
        "text": told,
        "changed": bool(said and said.changed),
        "fell_back": bool(said and any(one.how == "fell_back" for one in said.sentences)),
        "greeting": found.greeting,
        "closing": found.closing,
        "noticed": [
            {
                "start": one.start,
                "end": one.end,
                "words": told[one.start : one.end],
                "rule": rule_json(one.rule, language),
                "instead": list(one.instead),
            }
            for one in noticed(told, guide, given.channel)
        ],
    }


def _answer(content: Any) -> JSONResponse:
    return JSONResponse(content, headers={"cache-control": "no-store"})
