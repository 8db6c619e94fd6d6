"""A draft -> what to look at before it is sent. The rooms' parts in order, each one function.

What needs the sources (facts, promises, internal content) is kept by sentence, and what a model
tells by clause: while somebody types, one sentence changes. The rest takes a few milliseconds and
is done anew.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Lock
from typing import NamedTuple

from assistant.citing import citation_of
from assistant.drafting.address import address
from assistant.drafting.claims import claims_apart
from assistant.drafting.clause_model import Worded, commit_odds, worded
from assistant.drafting.facts import Look
from assistant.drafting.forbidden import apart, forbidden, told_forbidden
from assistant.drafting.internal import internal_names, internal_words, split
from assistant.drafting.kinds import widened
from assistant.drafting.laps import Laps
from assistant.drafting.lines import PREVAILS, Apart, Line, Talk, lines_of, of_named
from assistant.drafting.models import DraftCheck, Finding, Setting
from assistant.drafting.periods import periods_apart
from assistant.drafting.personal import personal
from assistant.drafting.promises import Unbacked
from assistant.drafting.promising import suspected
from assistant.drafting.reading import stated
from assistant.drafting.required import required
from assistant.drafting.settling import settled, spelling
from assistant.drafting.sources import Sources
from assistant.drafting.style import style
from assistant.drafting.unallowed import unallowed
from assistant.drafting.unsaid import Unsayable, speaking_of_answers, unsaid, unsayable
from assistant.models import Citation
from assistant.support.reading import Read
from knowledge.conflicts.wording import Words
from knowledge.models import Language, StoredChunk
from knowledge.ports import FigureEncoder, TextClassifier
from knowledge.text import sentence_spans

MOST_SENTENCES = 2_000
"""Whose findings are remembered."""
LEAST_WORDS = 2
TOPIC_SENTENCES = 2
"""Of a draft that tell what it is about."""


@dataclass(frozen=True)
class _Said:
    """A sentence in its draft.

    Attributes:
        text: of it.
        start: offset in the draft.
        before: the sentence before it; empty for the first.
    """

    text: str
    start: int
    before: str


class Held(NamedTuple):
    """A sentence beside the sources.

    Attributes:
        said: what it says.
        told: sentences that may speak of the same and customers may hear, without voice guides'.
        named: those of them that are not of another product than is named.
        hidden: those that are for the staff.
        talk: what it is said in.
        look: finds passages with a figure.
    """

    said: Read
    told: Sequence[Line]
    named: Sequence[Line]
    hidden: Sequence[Line]
    talk: Talk
    look: Look


class DraftChecker:
    """Checks drafts over one state of the sources; threads may share it.

    Attributes:
        figures: as given.

    Args:
        sources: the documents in force for one viewer.
        country: whose telephone numbers need no prefix.
        classifier: tells what clauses say in other words than rules know; `None`: rules alone.
        figures: tells what figures are said of; `None`: their words alone do.
    """

    def __init__(
        self,
        sources: Sources,
        country: str = "ES",
        classifier: TextClassifier | None = None,
        figures: FigureEncoder | None = None,
    ) -> None:
        self._sources = sources
        self._classifier = classifier
        self.figures = figures
        self._country = country
        self._kept: OrderedDict[tuple[str, ...], tuple[Finding, ...]] = OrderedDict()
        self._lock = Lock()
        self._unsayable: list[Unsayable] | None = None

    def check(self, draft: str, setting: Setting) -> DraftCheck:
        """What to look at in a draft before it is sent; nothing of it is stored."""
        laps = Laps()
        with ThreadPoolExecutor(1, thread_name_prefix="draft-clauses") as aside:
            # Of the whole draft, as many clauses together take little longer than one, while
            # passages are looked for
            clauses = aside.submit(self._worded, draft)

            def read() -> Sequence[Worded]:
                """Waits, once, for what the model then remembers of each clause."""
                return laps.of("clauses", clauses.result)

            found = [
                *laps.of("spelling", lambda: spelling(draft, setting, self._sources)),
                *laps.of("address", lambda: address(draft, setting)),
                *laps.of("forbidden", lambda: forbidden(draft, setting)),
                *laps.of("sources", lambda: self._by_sentence(draft, setting, read)),
                *laps.of(
                    "internal",
                    lambda: apart([*internal_names(draft, setting.language, self._sources)]),
                ),
                *laps.of(
                    "personal", lambda: personal(draft, setting, self._sources, self._country)
                ),
                *laps.of("style", lambda: style(draft, setting)),
                *laps.of("required", lambda: [*required(draft, setting)]),
            ]
            told = laps.of("told", lambda: told_forbidden(draft, setting, clauses.result()))
        return DraftCheck(setting.language, tuple(settled(found, told)), laps.done())

    def _worded(self, draft: str) -> Sequence[Worded]:
        return worded(draft, self._classifier) if self._classifier else ()

    def _by_sentence(
        self, draft: str, setting: Setting, read: Callable[[], object]
    ) -> list[Finding]:
        said = list(_sentences(draft))
        keys = [
            (one.text, one.before, setting.about, setting.language, *setting.facts) for one in said
        ]
        with self._lock:
            known = {key: self._kept[key] for key in keys if key in self._kept}
        new = [(one, key) for one, key in zip(said, keys, strict=True) if key not in known]
        if new:
            topic = _topic(said, setting)
            made = self._look_at([one for one, _ in new], topic, setting, read)
            known |= {key: found for (_, key), found in zip(new, made, strict=True)}
            with self._lock:
                for _, key in new:
                    self._kept[key] = known[key]
                while len(self._kept) > MOST_SENTENCES:
                    self._kept.popitem(last=False)
        return [
            replace(f, start=f.start + one.start, end=f.end + one.start)
            for one, key in zip(said, keys, strict=True)
            for f in known[key]
        ]

    def held(self, draft: str, setting: Setting) -> Iterator[tuple[int, Held]]:
        """The sentences that tell something, each with its start in the draft.

        What `assistant.drafting.claims` and `assistant.drafting.promising` are learned from.
        """
        said = list(_sentences(draft))
        known: dict[int, list[Line]] = {}
        for one, passages in self._passages(said, _topic(said, setting), setting).items():
            yield one.start, self._held(one, passages, setting, known)

    def _look_at(
        self,
        said: Sequence[_Said],
        topic: str,
        setting: Setting,
        read: Callable[[], object],
    ) -> list[tuple[Finding, ...]]:
        """Findings of sentences that rest on the sources, places in the sentence."""
        passages = self._passages(said, topic, setting)
        read()
        known: dict[int, list[Line]] = {}
        return [
            tuple(self._of_sentence(one, passages[one], setting, known)) if one in passages else ()
            for one in said
        ]

    def _passages(
        self, said: Sequence[_Said], topic: str, setting: Setting
    ) -> dict[_Said, tuple[StoredChunk, ...]]:
        """For each sentence that tells something, what may speak of the same."""
        language = setting.language
        telling = [one for one in said if _tells(one.text, setting)]
        asked = [f"{one.text} {setting.about}".strip() for one in telling]
        shared = self._sources.on_topic(topic, language) if telling else ()
        found = self._sources.about(asked, language)
        return {
            one: (*own, *(p for p in shared if p.key not in {o.key for o in own}))
            for one, own in zip(telling, found, strict=True)
        }

    def _held(
        self,
        one: _Said,
        passages: Sequence[StoredChunk],
        setting: Setting,
        known: dict[int, list[Line]],
    ) -> Held:
        guides = {name for guide in setting.guides for name, _ in guide.documents}
        facts = [p for p in passages if p.chunk.document not in guides]
        told, hidden = split(facts, self._sources, known)

        def look(figure: str, around: str) -> Sequence[StoredChunk]:
            return self._sources.with_figure(figure, around, setting.language)

        documents = {p.chunk.document for p in facts}
        behind = {d for d in documents if PREVAILS.search(self._sources.opening(d))}
        talk = _talk(one, setting)._replace(titles=self._sources.titles(), behind=frozenset(behind))
        said = widened(stated(one.text, setting.language))
        return Held(said, told, of_named(told, said, talk), hidden, talk, look)

    def _not_said(self, setting: Setting) -> list[Unsayable]:
        """What documents rule out that are no voice guides, whose rules are looked for apart."""
        if self._unsayable is None:
            self._unsayable = unsayable(lines_of(speaking_of_answers(self._sources)))
        guides = {name for guide in setting.guides for name, _ in guide.documents}
        return [r for r in self._unsayable if r.line.passage.chunk.document not in guides]

    def _of_sentence(
        self,
        one: _Said,
        passages: Sequence[StoredChunk],
        setting: Setting,
        known: dict[int, list[Line]],
    ) -> Iterator[Finding]:
        said, told, named, hidden, talk, look = self._held(one, passages, setting, known)
        about = widened(stated(setting.about, setting.language))
        kept_back = internal_words(said, hidden, told)
        if kept_back is not None:
            source = citation_of(kept_back.passage, *kept_back.span)
            yield Finding("internal", 0, len(one.text), "internal_words", {}, None, source)
        for told_not in unsaid(said, about, self._not_said(setting)):
            rule = {"rule": told_not.found}
            where = _source_of(told_not)
            yield Finding("forbidden", told_not.start, told_not.end, "forbidden", rule, None, where)
        odds = commit_odds(one.text, self._classifier) if self._classifier else None
        promised = list(unallowed(said, told, odds))
        marked: list[Unbacked | Apart] = [*promised]
        for promise in promised:
            yield Finding("promise", promise.start, promise.end, "promise")
        wrong = (
            *claims_apart(said, named, talk, look, self.figures),
            *periods_apart(said, named),
        )
        for differs in wrong:
            if not any(p.start < differs.end and differs.start < p.end for p in marked):
                marked.append(differs)
                yield _fact(one.text, differs, setting.language)


def _sentences(draft: str) -> Iterator[_Said]:
    before = ""
    for start, end in sentence_spans(draft):
        yield _Said(draft[start:end], start, before)
        before = draft[start:end]


def _topic(said: Sequence[_Said], setting: Setting) -> str:
    """What the customer asked and the draft begins with."""
    told = [one.text for one in said if _tells(one.text, setting)]
    return " ".join((setting.about, *told[:TOPIC_SENTENCES])).strip()


def _tells(sentence: str, setting: Setting) -> bool:
    """Whether a sentence says enough to be held against the sources."""
    said = stated(sentence, setting.language)
    return len(said.words) + len(said.figures) >= LEAST_WORDS or suspected(sentence)


def _talk(one: _Said, setting: Setting) -> Talk:
    about = widened(stated(setting.about, setting.language))
    given = (about, *(stated(fact, setting.language) for fact in setting.facts))
    before = widened(stated(one.before, setting.language))
    return Talk(
        Words((*about.words, *before.words)),
        (*given, before),
        f"{setting.about} {one.before} {one.text}",
        setting.about,
    )


def _source_of(differs: Apart) -> Citation | None:
    return citation_of(differs.passage, *differs.span) if differs.passage else None


def _fact(sentence: str, differs: Apart, language: Language) -> Finding:
    said = sentence[differs.start : differs.end]
    if differs.passage is None:
        return Finding("fact", differs.start, differs.end, "fact_missing", {"said": said})
    source = citation_of(differs.passage, *differs.span)
    if not differs.swap:
        values = {"found": differs.found}
        return Finding("fact", differs.start, differs.end, "fact_denied", values, None, source)
    values = {"said": said, "found": differs.found}
    fits = differs.passage.chunk.language == language
    mend = differs.found if fits else None  # words of another language mend nothing
    return Finding("fact", differs.start, differs.end, "fact", values, mend, source)
