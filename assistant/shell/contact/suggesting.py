"""What the agent does with suggestions, and what else is shown of each: deadlines, next steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.cases.given import case_of
from assistant.contact.suggestions import Shown, dismiss, pin, switch, unpin
from assistant.refusals import because
from assistant.shell.answer_json import statement_json
from assistant.shell.case_answers import CaseAnswers
from assistant.shell.case_lines import facts_json
from assistant.shell.contact.following import following
from assistant.shell.contact.keeping import body_of, needs_of, shown_of
from assistant.shell.voicing import channel_of
from knowledge.contacts.models import AUDIENCES, Act
from knowledge.contacts.models import Channel as ContactChannel
from knowledge.contacts.suggested import Body, Change, Suggested
from knowledge.errors import NotFound
from knowledge.identity.access import ContactReach
from knowledge.models import Language, Viewer
from knowledge.work.feedback import Kind, Remark

if TYPE_CHECKING:
    from assistant.cases.models import Case
    from assistant.contact.heard import Suggestion
    from assistant.models import Statement
    from assistant.pipeline import Assistant
    from assistant.shell.voicing import Voice

Json = dict[str, Any]


class Suggesting:
    """Pins, dismisses and switches for one who holds a contact.

    Args:
        suggested: where what is suggested is kept.
    """

    def __init__(self, suggested: Suggested) -> None:
        self._suggested = suggested

    def pin(self, key: str, suggestion: str, reach: ContactReach, *, pinned: bool) -> None:
        """Keep a suggestion where it is, or let it be replaced again.

        Raises:
            NotFound: there is no such contact or suggestion for them.
            AccessRefused: the contact is not theirs.
            WrongState: it has ended.
        """
        act = Act("pinned" if pinned else "unpinned", suggestion)
        done: Callable[[Shown, str], Shown] = pin if pinned else unpin
        self._do(key, reach, act, lambda shown: done(shown, suggestion))

    def dismiss(self, key: str, suggestion: str, reach: ContactReach) -> None:
        """Take a suggestion away; raises as `pin`."""
        self._do(key, reach, Act("dismissed", suggestion), lambda shown: dismiss(shown, suggestion))

    def switch(self, key: str, reach: ContactReach, *, listening: bool) -> None:
        """Listen, or stop; raises as `pin`."""
        act = Act("on" if listening else "off")
        self._do(key, reach, act, lambda shown: switch(shown, listening=listening))

    def _do(
        self, key: str, reach: ContactReach, act: Act, change: Callable[[Shown], Shown]
    ) -> None:
        def decide(body: Body) -> Change | None:
            before = shown_of(body)
            if act.suggestion and all(one.key != act.suggestion for one in before.suggestions):
                raise NotFound(because("suggestion-unknown", key=key))
            after = change(before)
            if after == before:
                return None
            audiences = frozenset(body.get(AUDIENCES, reach.told))
            return Change(body_of(after, audiences, body.get("ms", 0.0), needs_of(body)))

        self._suggested.change(key, reach, decide, act)


@dataclass(frozen=True)
class Details:
    """What belongs to suggestions beside their words.

    Attributes:
        assistant: has the documents.
        cases: computes deadlines.
        voice: says it in the company's voice; `None`: nothing does.
    """

    assistant: Assistant
    cases: CaseAnswers
    voice: Voice | None = None

    def of(
        self,
        body: Body,
        given: Mapping[str, str],
        viewer: Viewer,
        language: Language,
        channel: ContactChannel,
    ) -> list[Json]:
        """Next steps, deadlines and the company's wording of each suggestion, in their order.

        Args:
            body: of the event that tells of the suggestions.
            given: what is known of the customer's case, see `case_of`; empty: nothing.
            viewer: who reads them.
            language: of the texts of deadlines.
            channel: of the contact, for what is written to the customer.

        Raises:
            SettingsError: the case cannot be used.
        """
        case = case_of(given) if given else None
        shown = shown_of(body).suggestions
        said = [one.statement.text for one in shown]
        return [
            {
                "suggestion": one.key,
                "follow_ups": self._follow_ups(one, viewer, said),
                "voice": self._voiced(one.statement, viewer, channel),
                **self._of_case(one, viewer, case, language),
            }
            for one in shown
        ]

    def _voiced(
        self, statement: Statement, viewer: Viewer, channel: ContactChannel
    ) -> dict[str, str | None] | None:
        """How it is said and how written; `None` without a voice guide."""
        if self.voice is None or not self.voice.of(viewer):
            return None
        written = channel_of(channel)
        return {
            "say": self.voice.phrase_one(statement, viewer, "phone"),
            "write": self.voice.phrase_one(
                statement, viewer, "chat" if written == "phone" else written
            ),
        }

    def _follow_ups(self, one: Suggestion, viewer: Viewer, said: list[str]) -> list[Json]:
        cited = one.statement.citations[0]
        document = self.assistant.document(cited.document, viewer, cited.version)
        found = following(cited, document, said) if document else []
        return [vars(each) for each in found]

    def _of_case(
        self, one: Suggestion, viewer: Viewer, case: Case | None, language: Language
    ) -> Json:
        """The deadlines, under the version in force on the day that counts for the case."""
        if case is None:
            return {"facts": [], "then": None}
        asking = self.cases.that_counts(viewer, case)
        cited = one.statement.citations[0]
        then = self.assistant.document(cited.document, asking) if asking.on else None
        if not asking.on or (then is not None and then.version == cited.version):
            return {"facts": self._facts(one.statement, asking, case, language), "then": None}
        statement = self._said_then(one, asking)
        if statement is None:
            return {"facts": [], "then": None, "another_day": asking.on.isoformat()}
        told = {
            "on": asking.on.isoformat(),
            "statement": statement_json(statement),
            "facts": self._facts(statement, asking, case, language),
        }
        return {"facts": [], "then": told}

    def _said_then(self, one: Suggestion, asking: Viewer) -> Statement | None:
        """What the same source, or another, said to the same need on another day."""
        if not one.asked:
            return None
        answer = self.assistant.answer(self.assistant.look(one.asked, asking), asking)
        document = one.statement.citations[0].document
        of_it = [s for s in answer.statements if s.citations[0].document == document]
        return next(iter([*of_it, *answer.statements]), None)

    def _facts(
        self, statement: Statement, viewer: Viewer, case: Case, language: Language
    ) -> list[Json]:
        return facts_json(self.cases.facts(self.assistant, [statement], viewer, case), language)


def remark_on(body: Body, suggestion: str, kind: Kind, comment: str, key: str) -> Remark:
    """What the agent says of a suggestion, as a remark on the source that it rests on.

    Raises:
        NotFound: it is not shown any more.
    """
    for one in shown_of(body).suggestions:
        if one.key == suggestion:
            cited = one.statement.citations[0]
            span = (cited.start, cited.end)
            return Remark(kind, comment.strip(), one.asked, cited.document, cited.version, span)
    raise NotFound(because("suggestion-unknown", key=key))
