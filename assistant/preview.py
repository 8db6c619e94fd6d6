"""What a change of the sources would make of answers: the old one beside the new one, unpublished.

Questions are those that managers saved and those asked most. Each is answered twice for the same
day and the same readers: by the register as it is, and as it would be (`knowledge.hypothetical`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from assistant.models import Answer
from assistant.pipeline import Assistant
from knowledge import hypothetical
from knowledge.audience import AudienceTree
from knowledge.hypothetical import Effect, HypotheticalIndexes, HypotheticalRegister
from knowledge.models import Chunk, Embedded, Vector, Viewer
from knowledge.ports import Embedder, ReadableRegister, SearchedIndexes
from knowledge.text import fold
from knowledge.validity import Validity
from knowledge.work.questions import MostAsked
from knowledge.work.saved_questions import SavedQuestion
from knowledge.work.work_store import WorkStore

_WORTH = {"not_found": 0, "partly": 1, "answered": 2}

Wire: TypeAlias = Callable[[ReadableRegister, SearchedIndexes, Embedder], Assistant]
"""Makes an assistant of its parts."""
Progress: TypeAlias = Callable[[int, int], None]
"""Told how many of how many questions are done."""


@dataclass(frozen=True)
class Probe:
    """A question to try.

    Attributes:
        text: as asked.
        audience: label to ask as.
        expected: name of the source that should be cited; `None`: any.
        saved: number of the saved question; `None`: it is one of those asked most.
        times: how often it was asked, where that is known.
    """

    text: str
    audience: str
    expected: str | None = None
    saved: int | None = None
    times: int = 0


@dataclass(frozen=True)
class Outcome:
    """A question's answers before and after the change."""

    probe: Probe
    before: Answer
    after: Answer

    @property
    def changed(self) -> bool:
        """Whether another verdict is given or other words are shown."""
        return self.verdict_changed or _shown(self.before) != _shown(self.after)

    @property
    def verdict_changed(self) -> bool:
        """Whether the sources answer more or less than before."""
        return self.before.verdict != self.after.verdict

    @property
    def worse(self) -> bool:
        """Whether they answer less, or no longer cite the source that should be."""
        less = _WORTH[self.after.verdict] < _WORTH[self.before.verdict]
        lost = self.cites_expected(self.before) and self.cites_expected(self.after) is False
        return less or bool(lost)

    def cites_expected(self, answer: Answer) -> bool | None:
        """Whether an answer cites the source that should be; `None` where none is named."""
        if self.probe.expected is None:
            return None
        return any(
            c.document == self.probe.expected for s in answer.statements for c in s.citations
        )


@dataclass(frozen=True)
class Preview:
    """What a change would do.

    Attributes:
        source: name of the source.
        version: number of the version that would be published; `None`: the source is retired.
        day: the day asked about, the first on which the change counts.
        outcomes: what becomes worse first, then what changes, then the rest.
    """

    source: str
    version: int | None
    day: date
    outcomes: tuple[Outcome, ...]

    @property
    def changed(self) -> tuple[Outcome, ...]:
        """Those that change."""
        return tuple(outcome for outcome in self.outcomes if outcome.changed)


@dataclass(frozen=True)
class Trial:
    """The register as it is and as it would be, on the first day on which a change counts.

    Attributes:
        source: name of the source that changes.
        day: that day.
        before: answers from the register as it is.
        after: answers from it as it would be.
    """

    source: str
    day: date
    before: Assistant
    after: Assistant


class Previewer:
    """Tries changes on one register.

    Args:
        store: its work.
        register: it, for reading.
        indexes: its indexes.
        embedder: the collection's model.
        wire: makes an assistant of its parts.
    """

    def __init__(
        self,
        store: WorkStore,
        register: ReadableRegister,
        indexes: SearchedIndexes,
        embedder: Embedder,
        wire: Wire,
    ) -> None:
        self._store = store
        self._register = register
        self._indexes = indexes
        self._embedder = RememberingEmbedder(embedder)
        self._wire = wire

    def today(self) -> date:
        """The day it is at the company."""
        return self._store.today()

    def publishing(
        self,
        name: str,
        number: int,
        viewer: Viewer,
        probes: Sequence[Probe],
        *,
        validity: Validity | None = None,
        on_progress: Progress = lambda done, of: None,
    ) -> Preview:
        """What would be answered if a version were published, on its first day in force.

        Args:
            name: of the source.
            number: of the version, whatever its state.
            viewer: who asks; probes of audiences that they do not see are left out.
            probes: questions to try.
            validity: from which day to which; `None`: as its author asked.
            on_progress: called after each question.

        Raises:
            SettingsError: there is no such version that the viewer may see.
        """
        own, circles = self._for(viewer, probes)
        effect = hypothetical.of_publishing(
            self._store, name, number, viewer, circles, validity=validity
        )
        return Preview(name, number, effect.day, self._try(effect, viewer, own, on_progress))

    def retiring(
        self,
        name: str,
        viewer: Viewer,
        probes: Sequence[Probe],
        *,
        from_day: date | None = None,
        on_progress: Progress = lambda done, of: None,
    ) -> Preview:
        """What would be answered if a source were retired, on the first day without it.

        Raises:
            SettingsError: there is no such source that the viewer may see.
        """
        own, circles = self._for(viewer, probes)
        effect = hypothetical.of_retiring(self._store, name, viewer, circles, from_day=from_day)
        return Preview(name, None, effect.day, self._try(effect, viewer, own, on_progress))

    def trial(
        self,
        name: str,
        number: int,
        viewer: Viewer,
        circles: Collection[frozenset[str]],
        *,
        validity: Validity | None = None,
    ) -> Trial:
        """Whom to ask before and after a version is published.

        Args:
            name: of the source.
            number: of the version, whatever its state.
            viewer: who asks.
            circles: labels that each of those see on whose behalf it is asked.
            validity: from which day to which; `None`: as its author asked.

        Raises:
            SettingsError: there is no such version that the viewer may see.
        """
        effect = hypothetical.of_publishing(
            self._store, name, number, viewer, circles, validity=validity
        )
        return self._trial(effect)

    def _for(
        self, viewer: Viewer, probes: Sequence[Probe]
    ) -> tuple[list[tuple[Probe, frozenset[str]]], set[frozenset[str]]]:
        """Probes with what their askers see; those of one circle together, for one speller each."""
        tree: AudienceTree = self._store.tree()
        own = [
            (probe, tree.above(probe.audience))
            for probe in probes
            if probe.audience in viewer.audiences and probe.audience in tree.audiences
        ]
        own.sort(key=lambda pair: pair[0].audience)
        return own, {circle for _, circle in own}

    def _try(
        self,
        effect: Effect,
        viewer: Viewer,
        probes: Sequence[tuple[Probe, frozenset[str]]],
        on_progress: Progress,
    ) -> tuple[Outcome, ...]:
        trial = self._trial(effect)
        outcomes: list[Outcome] = []
        for done, (probe, circle) in enumerate(probes, start=1):
            asker = Viewer(viewer.name, circle, on=effect.day)
            outcomes.append(
                Outcome(
                    probe, trial.before.ask(probe.text, asker), trial.after.ask(probe.text, asker)
                )
            )
            on_progress(done, len(probes))
        return tuple(sorted(outcomes, key=_order))

    def _trial(self, effect: Effect) -> Trial:
        self._indexes.refresh()
        now = HypotheticalIndexes(self._indexes, effect.undone())  # of one moment, as the other
        return Trial(
            effect.source,
            effect.day,
            self._wire(self._register, now, self._embedder),
            self._wire(
                HypotheticalRegister(self._register, effect),
                HypotheticalIndexes(self._indexes, effect),
                self._embedder,
            ),
        )


class RememberingEmbedder:
    """An embedder that embeds no question twice; implements `knowledge.ports.Embedder`."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._queries: dict[str, Vector] = {}

    @property
    def fingerprint(self) -> str:
        """Of the model."""
        return self._embedder.fingerprint

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._embedder.dimension

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Number of model tokens of each text."""
        return self._embedder.count_tokens(texts)

    def embed_query(self, query: str) -> Vector:
        """``(dimension,)`` vector of a question."""
        return self.embed_queries([query])[0]

    def embed_queries(self, queries: Sequence[str]) -> list[Vector]:
        """Vectors of several questions, in order."""
        new = [query for query in dict.fromkeys(queries) if query not in self._queries]
        if new:
            self._queries |= zip(new, self._embedder.embed_queries(new), strict=True)
        return [self._queries[query] for query in queries]

    def embed_chunks(self, chunks: Sequence[Chunk]) -> list[Embedded]:
        """Vectors of each chunk and of its sentences, in order."""
        return self._embedder.embed_chunks(chunks)


def probes_of(saved: Iterable[SavedQuestion], asked: Iterable[MostAsked]) -> list[Probe]:
    """Saved questions and those asked most; what is both is one, with how often it was asked."""
    probes = {
        (fold(q.text), q.audience): Probe(q.text, q.audience, q.expected, q.number) for q in saved
    }
    for one in asked:
        key = fold(one.text), one.audience
        known = probes.get(key, Probe(one.text, one.audience))
        probes[key] = replace(known, times=known.times + one.times)
    return list(probes.values())


def _shown(answer: Answer) -> list[tuple[str, str]]:
    """What an agent reads: of each citation its source and words."""
    cited = [c for statement in answer.statements for c in statement.citations]
    return [(c.document, c.quote) for c in cited or answer.nearest]


def _order(outcome: Outcome) -> tuple[bool, bool, int]:
    return not outcome.worse, not outcome.changed, -outcome.probe.times
