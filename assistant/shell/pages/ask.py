"""The agent's page: ask, read what to say, open where it stands.

Layout and wiring only: what is shown is made in `markup`, `source` and `help`, what happens to the
conversation in `desk`. Every event asks `Access` anew who it is from, and every answer comes from
the `Assistant` with the viewer that gives. Imported only where the page is served: Gradio takes
seconds to load.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.shell import telling
from assistant.shell.access import Access
from assistant.shell.composing import Compositions, ask_composing
from assistant.shell.frame import pages_open_to
from assistant.shell.pages import desk as desks
from assistant.shell.pages.asked import asked_day, asked_moment, refused_line
from assistant.shell.pages.desk import Desk
from assistant.shell.pages.help import help_html, words_html
from assistant.shell.pages.inbox import Inbox, inbox_html
from assistant.shell.pages.markup import answer_html, conversation_html, header_html, notice_html
from assistant.shell.pages.source import Source, source_html, whole
from assistant.shell.pages.voice import Voiced, voiced
from assistant.shell.pages.work import PRESSES, DeskWork
from assistant.shell.texts import preferred_language, say
from knowledge.audit.views import View, ViewLog
from knowledge.differences.compare import Differences, compare
from knowledge.errors import KnowledgeBaseError
from knowledge.identity.accounts import Account
from knowledge.models import Document, Language, Viewer

if TYPE_CHECKING:
    from assistant.chat.composer import ChatComposer
    from assistant.pipeline import Assistant
    from assistant.shell.voicing import Voice

logger = logging.getLogger(__name__)

SCREEN_PARTS = 7
"""State, notice, answer, source, conversation, inbox, remark: what `AskPage.screen` gives."""
_PARALLEL = 8

# The components re-emit a click on one of their buttons as an event with what the button says.
_CLICKS = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-cite],[data-show],[data-undo],[data-close],'
    + '[data-vote],[data-source],[data-ack],[data-seen]');
  if (button) trigger('click', {...button.dataset});
});
"""
_STATIC: dict[str, Any] = {"js_on_load": None, "apply_default_css": False}


@dataclass(frozen=True)
class AskPage:
    """The handlers of the page, each a few lines around one call of the service.

    Attributes:
        assistant: answers.
        access: finds out who asks; nothing that the page sends decides that.
        language: of the interface when the browser asks for neither Spanish nor English.
        work: where remarks, notices and readings are kept; `None` leaves them out.
        has_manage: whether the managers' page is served too.
        views: enters in the audit trail who opens a source; `None` enters nothing.
        time_zone: where the company's days begin.
        composer: composes with a chat model, beside the answer; `None` without one.
        compositions: what it is composing, by tab.
        voice: says answers in the company's voice; `None` leaves them in their own words.
    """

    assistant: Assistant
    access: Access
    language: Language
    work: DeskWork | None = None
    has_manage: bool = False
    views: ViewLog | None = None
    time_zone: str = "UTC"
    composer: ChatComposer | None = None
    compositions: Compositions = field(default_factory=Compositions)
    voice: Voice | None = None

    def open(self, request: gr.Request) -> tuple[Any, ...]:
        """A new tab: everything in the account's language, or the browser's."""
        account = self._account(request)
        language = preferred_language(
            request.query_params.get("lang") or account.language,
            request.headers.get("accept-language", ""),
            self.language,
        )
        screen = self._shown(Desk(), language, request)
        return (language, *self._words(language, request), *screen)

    def switch(self, desk: Desk, language: Language, request: gr.Request) -> tuple[Any, ...]:
        """The same conversation in the other language of the interface."""
        screen = self._shown(desk, language, request)
        return (*self._words(language, request), *screen)

    def ask(
        self,
        question: str,
        day: str | None,
        told: str | None,
        desk: Desk,
        language: Language,
        request: gr.Request,
    ) -> Iterator[tuple[Any, ...]]:
        """The answer: what to say first at once, then the rest with its conversation.

        About the day and the moment that stand in their fields, which may just have been written.
        """
        self.leave(request)
        desk, viewer = self._seen(desk, request)
        time, line = self._asked_time(day, told, language, request)
        if line is None and time != (desk.on, desk.told):
            desk = desks.about(desk, *time)
            viewer = desks.at_its_time(viewer, desk)
        line = refused_line(question, language) or line
        if line is not None:
            yield self.screen(desks.failed(desk, line), language, viewer)
            return
        try:
            answer, composition = ask_composing(
                self.assistant,
                self.composer,
                question.strip(),
                viewer,
                desks.history(desk),
                self.voice,
            )
        except KnowledgeBaseError as error:
            yield self.screen(desks.failed(desk, telling.told(error, language)), language, viewer)
            return
        except Exception:
            logger.exception("a question could not be answered")
            failed = desks.failed(desk, say(language, "error_unknown"))
            yield self.screen(failed, language, viewer)
            return
        desk = desks.answered(desk, answer, viewer.audiences)
        if composition is not None:
            desk = desks.composing(desk, self.compositions.begin(_tab(request), composition))
        yield from self._stream(desk, language, viewer)

    async def wait(self, request: gr.Request) -> None:
        """Until what is being composed for the tab is there; waits in the loop, in no thread."""
        await self.compositions.wait(_tab(request))

    def composed(self, desk: Desk, language: Language, request: gr.Request) -> tuple[Any, ...]:
        """What was composed, in the place of the quotations; or why there is nothing."""
        if desk.composing is not None:
            found = self.compositions.take(_tab(request), desk.composing)
            if found is not None:
                return self._shown(desks.composed(desk, found), language, request)
        return (gr.skip(),) * SCREEN_PARTS

    def leave(self, request: gr.Request) -> None:
        """Give up what is being composed for the tab: it asks something else, or was closed."""
        if self.composer is not None:
            self.compositions.end(_tab(request))

    def about(
        self, day: str | None, told: str | None, desk: Desk, language: Language, request: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        """Another day or moment, or now where empty: what is on screen is asked again about it."""
        time, line = self._asked_time(day, told, language, request)
        if line is not None:
            yield self._shown(desks.failed(desk, line), language, request)
        elif desk.answer is not None and time != (desk.on, desk.told):
            yield from self.ask(desk.answer.question, day, told, desk, language, request)
        elif desk.error is not None:
            yield self._shown(desks.about(desk, *time), language, request)
        else:  # the question that comes reads the day itself, and may be on its way already
            yield (gr.skip(),) * SCREEN_PARTS

    def click(
        self, desk: Desk, language: Language, event: gr.EventData, request: gr.Request
    ) -> tuple[Any, ...]:
        """A button inside the answer, the source or the conversation."""
        pressed: dict[str, str] = event._data or {}
        number = desks.pressed_number(pressed.get("cite") or pressed.get("show"))
        if "cite" in pressed and number is not None:
            return self._opened(desks.opened(desk, number), language, request)
        if "show" in pressed and number is not None:
            return self._shown(desks.shown(desk, number), language, request)
        if "undo" in pressed:
            return self._shown(desks.restored(desk), language, request)
        if self.work is not None and pressed.keys() & PRESSES:
            desk, viewer = self._seen(desk, request)
            desk = self.work.pressed(pressed, desk, language, viewer)
            show = self._opened if "source" in pressed else self._shown
            return show(desk, language, request)
        return self._shown(desks.closed(desk), language, request)

    def remark(
        self, comment: str, desk: Desk, language: Language, request: gr.Request
    ) -> tuple[Any, ...]:
        """What is wrong with the answer on screen, in the agent's words or in none."""
        if self.work is not None:
            desk, viewer = self._seen(desk, request)
            desk = self.work.remarked(comment, desk, language, viewer)
        return self._shown(desk, language, request)

    def renew(self, desk: Desk, language: Language, request: gr.Request) -> tuple[Any, ...]:
        """A new conversation; the earlier one can be brought back."""
        return self._shown(desks.renewed(desk), language, request)

    def _words(self, language: Language, request: gr.Request) -> tuple[Any, ...]:
        """What stays the same while one asks: header with one's name, labels, help."""
        name = self._account(request).display_name
        may = partial(self.access.may_of_page, request.request)
        open_to = pages_open_to(may) if self.has_manage else frozenset()
        return (
            header_html(language, name, open_to),
            gr.update(placeholder=say(language, "question_hint"), label=say(language, "question")),
            gr.update(value=say(language, "ask")),
            gr.update(value=say(language, "new")),
            gr.update(
                label=say(language, "day"),
                placeholder=say(language, "day_hint"),
                info=say(language, "day_help"),
            ),
            gr.update(
                label=say(language, "told"),
                placeholder=say(language, "told_hint"),
                info=say(language, "told_help"),
                visible=self.access.may_of_page(request.request, "ask_as_told"),
            ),
            gr.update(label=say(language, "remark"), placeholder=say(language, "remark_hint")),
            help_html(language),
            words_html(language),
        )

    def screen(
        self,
        desk: Desk,
        language: Language,
        viewer: Viewer,
        statements: int = 99,
        source: Source | None = None,
    ) -> tuple[Any, ...]:
        """State, notice, answer, source and conversation as they are now.

        Args:
            desk: the conversation.
            language: of the interface.
            viewer: who looks at it.
            statements: how many of the answer are shown.
            source: the open one, where it was read already.
        """
        empty = desk.answer is None and self.assistant.is_empty(viewer)
        answered = desk.answer
        notice = (answered.notice if answered else None) or self.assistant.notice
        begun = answered is not None and statements < len(answered.statements)
        return (
            desk,
            notice_html(notice),
            answer_html(
                desk,
                language,
                empty=empty,
                statements=statements,
                votes=self.work is not None,
                model=self.composer.name if self.composer else "",
                voiced=self._voiced(desk, viewer),
            ),
            source_html(source or self._source(desk, viewer), language),
            conversation_html(desk, language),
            gr.skip() if begun else self._inbox(viewer, language),  # what to say first comes first
            # What is being written stays, whatever else is pressed meanwhile.
            gr.update(visible=True) if desk.voting else gr.update(visible=False, value=""),
        )

    def _voiced(self, desk: Desk, viewer: Viewer) -> Voiced | None:
        """The answer on screen as it is said and as it is written; `None` without a guide."""
        if self.voice is None or desk.answer is None:
            return None
        return voiced(self.voice, desk.answer, viewer, opening=desk.shown == 0)

    def _inbox(self, viewer: Viewer, language: Language) -> str:
        return inbox_html(self.work.inbox(viewer) if self.work else Inbox(), language)

    def _shown(self, desk: Desk, language: Language, request: gr.Request) -> tuple[Any, ...]:
        desk, viewer = self._seen(desk, request)
        return self.screen(desk, language, viewer)

    def _opened(self, desk: Desk, language: Language, request: gr.Request) -> tuple[Any, ...]:
        """As `_shown`, after a source was opened: who did is entered in the audit trail."""
        desk, viewer = self._seen(desk, request)
        source = self._source(desk, viewer)
        if self.views and source and source.document and source.readable:
            differences = source.differences
            compared = differences.old if differences else None
            version = source.document.version
            self.views.seen(View(viewer.name, source.document.name, version, compared))
        return self.screen(desk, language, viewer, source=source)

    def _stream(self, desk: Desk, language: Language, viewer: Viewer) -> Iterator[tuple[Any, ...]]:
        if desk.answer and len(desk.answer.statements) > 1:
            yield self.screen(desk, language, viewer, statements=1)
        yield self.screen(desk, language, viewer)

    def _seen(self, desk: Desk, request: gr.Request) -> tuple[Desk, Viewer]:
        """What may still be seen of a conversation, and who looks at it, about which time."""
        viewer = self.access.viewer_of_page(request.request, "ask")
        desk = desks.readable(desk, viewer.audiences)
        if desks.tells(desk) and not self.access.may_of_page(request.request, "ask_as_told"):
            desk = Desk(turn=desk.turn + 1)
        return desk, desks.at_its_time(viewer, desk)

    def _asked_time(
        self, day: str | None, told: str | None, language: Language, request: gr.Request
    ) -> tuple[tuple[date | None, datetime | None], str | None]:
        """The day and the moment asked about, `None` for now; or why there are none, in one line.

        A field that they do not have counts for nothing; the browser sends `None` for it.
        """
        on, line = asked_day(day, language)
        may_tell = bool(told) and self.access.may_of_page(request.request, "ask_as_told")
        moment, wrong = asked_moment(told if may_tell else None, self.time_zone, language)
        return (on, moment), line or wrong

    def _account(self, request: gr.Request) -> Account:
        return self.access.account_of_page(request.request)

    def _source(self, desk: Desk, viewer: Viewer) -> Source | None:
        if desk.reading is not None:
            name, version = desk.reading
            read = self.assistant.document(name, viewer, version)
            return whole(read, self._compared(desk, read, viewer)) if read is not None else None
        citation = desk.citation
        if citation is None or desk.opened is None:
            return None
        document = self.assistant.document(citation.document, viewer, citation.version)
        return Source(desk.opened, citation, document)

    def _compared(self, desk: Desk, read: Document, viewer: Viewer) -> Differences | None:
        if desk.compared is None:
            return None
        before = self.assistant.document(read.name, viewer, desk.compared)
        try:
            if before is not None:
                return _compared(before, read, before.version, read.version)
        except KnowledgeBaseError as error:
            logger.warning("what changed is not shown: %s", error)
        return None


def _tab(request: gr.Request) -> str:
    return str(request.session_hash)


@lru_cache(maxsize=16)
def _compared(old: Document, new: Document, *numbers: int) -> Differences:
    """Remembered: an open source is shown anew after every click.

    Documents are what their viewer may see of them; their numbers do not make them unequal.
    """
    return compare(old, new)


def build(page: AskPage) -> gr.Blocks:
    """The page as Gradio blocks."""
    language = page.language
    blocks: gr.Blocks
    with gr.Blocks(
        title="Voz Propia", analytics_enabled=False, delete_cache=(600, 3600), fill_width=True
    ) as blocks:
        state = gr.State(Desk(), time_to_live=12 * 3600)
        with gr.Row(elem_id="top"):
            header = gr.HTML(header_html(language, ""), elem_id="header", **_STATIC)
            tongue = gr.Radio(
                [("ES", "es"), ("EN", "en")],
                value=language,
                label=say(language, "language"),
                show_label=False,
                container=False,
                elem_id="language",
            )
        notice = gr.HTML("", elem_id="notice", **_STATIC)
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="main"):
                with gr.Row(elem_id="asking"):
                    question = gr.Textbox(
                        label=say(language, "question"),
                        placeholder=say(language, "question_hint"),
                        lines=1,
                        max_lines=6,
                        autofocus=True,
                        container=False,
                        elem_id="question",
                    )
                    ask = gr.Button(say(language, "ask"), variant="primary", elem_id="ask")
                answer = _clickable("answer")
                remark = gr.Textbox(
                    label=say(language, "remark"),
                    placeholder=say(language, "remark_hint"),
                    max_lines=1,
                    visible=False,
                    elem_id="remark",
                )
                gr.HTML('<section id="draft-box"></section>', elem_id="draft", **_STATIC)
            with gr.Column(elem_id="side"):
                source = _clickable("source")
                inbox = _clickable("inbox")
                conversation = _clickable("conversation")
                day = gr.Textbox(
                    label=say(language, "day"),
                    placeholder=say(language, "day_hint"),
                    info=say(language, "day_help"),
                    max_lines=1,
                    elem_id="day",
                )
                # Shown to those who may use it, see `AskPage._words`.
                told = gr.Textbox(max_lines=1, visible=False, elem_id="told")
                new = gr.Button(say(language, "new"), elem_id="new", size="sm")
        keys = gr.HTML(help_html(language), elem_id="keys", **_STATIC)
        words = gr.HTML(words_html(language), elem_id="wordlist", **_STATIC)
        labels = [header, question, ask, new, day, told, remark, keys, words]
        screen = [state, notice, answer, source, conversation, inbox, remark]
        _wire(page, blocks, (question, ask, new, tongue, day, told), labels, screen)
    blocks.queue(default_concurrency_limit=_PARALLEL, max_size=64, api_open=False)
    return blocks


def _clickable(name: str) -> gr.HTML:
    return gr.HTML("", elem_id=name, js_on_load=_CLICKS, apply_default_css=False)


def _wire(
    page: AskPage,
    blocks: gr.Blocks,
    controls: tuple[gr.Textbox, gr.Button, gr.Button, gr.Radio, gr.Textbox, gr.Textbox],
    labels: list[Any],
    screen: list[Any],
) -> None:
    """Which event calls which handler."""
    question, ask, new, tongue, day, told = controls
    state, _, answer, source, conversation, inbox, remark = screen
    common: dict[str, Any] = {
        "show_progress": "hidden",
        "api_visibility": "private",
        "concurrency_limit": _PARALLEL,
    }
    blocks.load(page.open, None, [tongue, *labels, *screen], **common)
    asked = [question, day, told, state, tongue]
    # What is asked while an answer is on its way is asked after it, and not left out.
    after = {**common, "trigger_mode": "always_last"}
    answering = [gr.on([question.submit, ask.click], page.ask, asked, screen, **after)]
    # A click may come while the one before is on its way ("multiple"); one at a time, in order,
    # so that what was pressed last is what stays. Each takes milliseconds.
    in_order = {**common, "concurrency_id": "click", "concurrency_limit": 1}
    for part in (answer, source, conversation, inbox):
        part.click(page.click, [state, tongue], screen, trigger_mode="multiple", **in_order)
    times = [day.submit, day.blur, told.submit, told.blur]
    about = [day, told, state, tongue]
    answering.append(gr.on(times, page.about, about, screen, **common))
    if page.composer is not None:
        # Others wait as long as a model takes; they must not keep whoever asks from asking.
        waiting = {**common, "concurrency_limit": None, "trigger_mode": "multiple"}
        for answered in answering:
            waited = answered.then(page.wait, None, None, **waiting)
            waited.then(page.composed, [state, tongue], screen, trigger_mode="multiple", **in_order)
        blocks.unload(page.leave)
    remark.submit(page.remark, [remark, state, tongue], screen, **common)
    new.click(page.renew, [state, tongue], screen, **common)
    tongue.input(page.switch, [state, tongue], [*labels, *screen], **common)
