"""Random histories: the same is done to a real register and noted as plain facts.

Each step is one that managers and ingest make, in any order and also where it must be refused. What
is refused is foretold from the facts alone.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from knowledge.curation import Curation, Details
from knowledge.errors import NotAllowed, SettingsError
from knowledge.models import Filing, Viewer
from knowledge.register import Register
from knowledge.search import generations
from knowledge.search.indexes import EXACT_UP_TO, Indexes
from knowledge.search.lexical import chunk_tokens
from knowledge.settings import Settings, load
from knowledge.validity import Validity
from tests.fakes import HashingEmbedder
from tests.integration.isolation.facts import (
    FIRST,
    LAST,
    ROOT,
    Days,
    Facts,
    Line,
    Source,
    Version,
    plain,
)
from tests.integration.isolation.texts import Texts, as_document

NAMES = ("devoluciones.md", "envios.md", "garantia.md", "bonos/navidad.md")
PEOPLE = ("rosa", "hugo", "ines")
LABELS = ("company", "contractor-a", "contractor-b", "night", "shop", "vip", "web")
EMBEDDER = HashingEmbedder(32)


@dataclass
class History:
    """One register, its indexes and the facts, driven by dice.

    Attributes:
        dice: decide everything; the same seed gives the same history.
        moments: ``moments[n]`` is after step *n* and before the next.
        told: one line for each step, to read when something differs.
        tokens: of every paragraph ever brought.
    """

    dice: random.Random
    settings: Settings
    register: Register
    indexes: Indexes
    exact_up_to: int
    texts: Texts
    facts: Facts = field(default_factory=Facts)
    moments: list[datetime] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    tokens: dict[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def begin(
        cls, seed: int, template: Path, folder: Path, *, exact_up_to: int = EXACT_UP_TO
    ) -> History:
        """A history in a copy of an empty data folder."""
        shutil.copytree(template, folder)
        settings, dice = load(data_dir=folder), random.Random(seed)
        register = Register.open(settings, write=True)
        indexes = Indexes(register, settings, exact_up_to=exact_up_to)
        made = cls(dice, settings, register, indexes, exact_up_to, Texts(dice))
        made.moments.append(datetime.now(UTC))
        for label in LABELS[:3]:
            made._add_audience(label, ROOT)
        return made

    def close(self) -> None:
        self.indexes.close()
        self.register.close()

    def __str__(self) -> str:
        return "\n".join(self.told)

    @property
    def tick(self) -> int:
        """Number of the step that is being made."""
        return len(self.moments)

    @property
    def _curation(self) -> Curation:
        return self.register.curation

    @property
    def _manager(self) -> Viewer:
        return Viewer("jefa", self.register.audiences().managed(ROOT))

    def date(self, offset: int | None) -> date | None:
        """A day so many days from today."""
        return None if offset is None else self.register.today() + timedelta(days=offset)

    def step(self) -> None:
        """Make one step, chosen by the dice; the first ones bring something."""
        steps: dict[Callable[[], None], int] = {
            self._bring: 9,
            self._bring_again: 1,
            self._submit: 5,
            self._send_back: 1,
            self._publish: 8,
            self._retire: 2,
            self._erase: 1,
            self._set_audience: 4,
            self._restrict: 5,
            self._describe: 1,
            self._grow_tree: 2,
            self._remove_audience: 1,
            self.build: 2,
            self._restart: 1,
        }
        chosen = self.dice.choices(list(steps), list(steps.values()))[0]
        (chosen if self.tick > len(NAMES) else self._bring)()
        self.indexes.refresh()
        self.moments.append(datetime.now(UTC))

    # Steps

    def _bring(self) -> None:
        """A new version of a source, in force at once or as a draft."""
        name, dice = self.dice.choice(NAMES), self.dice
        source = self.facts.sources.get(name)
        audience = source.audience if source and dice.random() < 0.8 else self._labels()
        days = dice.choice([(None, None)] * 4 + [self._span()])
        filing = Filing(
            author=dice.choice(PEOPLE),
            draft=dice.random() < 0.4,
            valid_from=self.date(days[0]),
            valid_to=self.date(days[1]),
        )
        before = source.versions[-1].lines if source else []
        self._put(name, self.texts.lines(before), audience, filing, days)

    def _bring_again(self) -> None:
        """The newest text of a source once more, perhaps for others."""
        name, source = self._source()
        live = [v for v in source.versions if v.state == "approved"] if source else []
        if source and live:
            audience = self.dice.choice([source.audience, self._labels()])
            self._put(name, live[-1].lines, audience, Filing(author="ines"), (None, None))

    def _submit(self) -> None:
        name, number, version = self._version("draft")
        with self._foretold(version is None or version.state != "draft", f"submit {name} {number}"):
            self._curation.submit(name, number, self._manager)
            if version:
                version.state = "in_review"

    def _send_back(self) -> None:
        name, number, version = self._version("in_review")
        wrong = version is None or version.state != "in_review"
        with self._foretold(wrong, f"send back {name} {number}"):
            self._curation.send_back(name, number, self._manager)
            if version:
                version.state = "draft"

    def _publish(self) -> None:
        """Publish, replace, or restore; now, for the past, for later, or for some days."""
        name, number, version = self._version("in_review", "approved")
        source, who = self.facts.sources.get(name), self.dice.choice(PEOPLE)
        days = self.dice.choice([None, None, self._span()])
        gone = [h for h in (source.parts if source else ()) if self.dice.random() < 0.5]
        asked = self._asked(source, version) if source and version else (None, None)
        wrong = (
            source is None
            or version is None
            or version.state == "draft"
            or (days is None and _is_empty(asked))
            or version.author == who
            or bool(source.lacking(version.lines) - set(gone))
            or (days is not None and _is_empty(days))
        )
        with self._foretold(wrong, f"publish {name} {number} {days} by {who}, gone {gone}"):
            first, end = (self.date(day) for day in days or (None, None))
            validity = Validity(first or date.min, end or date.max) if days else None
            viewer = replace(self._manager, name=who)
            self._curation.publish(name, number, viewer, validity=validity, gone=gone)
            if source and version:
                source.in_force(self.tick, number, days or asked)
                version.state = "approved"

    def _asked(self, source: Source, version: Version) -> Days:
        """The days a version is published for where the approver names none."""
        first, end = version.days
        if version.state == "approved":
            return (max(first or 0, 0), None)
        return (0 if first is None and source.at(None).calendar else first, end)

    def _retire(self) -> None:
        name, source = self._source()
        first = self.dice.choice([None, -3, -1, 0, 1, 3])
        last = max(source.at(None).calendar, default=FIRST - 1) if source else FIRST - 1
        with self._foretold(last < (first or 0), f"retire {name} from {first}"):
            self._curation.retire(name, self._manager, from_day=self.date(first))
            if source:
                source.in_force(self.tick, None, (first or 0, None))

    def _erase(self) -> None:
        name, source = self._source()
        with self._foretold(source is None, f"erase {name}"):
            self._curation.erase(name, self._manager)
            del self.facts.sources[name]

    def _set_audience(self) -> None:
        name, source = self._source()
        labels = self._labels()
        with self._foretold(source is None, f"set audience of {name} to {sorted(labels)}"):
            self._curation.set_audience(name, labels, self._manager)
            if source:
                source.moved(self.tick, self.facts.reduced(labels))

    def _restrict(self) -> None:
        """Keep a part to fewer or within the staff, or lift what was before."""
        name, source = self._source()
        known = source.headings if source else []
        parts = source.parts if source else {}
        heading = self.dice.choice([*known[-4:], *map(str.upper, known[-4:]), *parts, "Nada"])
        audience = self.dice.choice([None, None, self._labels(), self._labels(), self._labels()])
        internal = self.dice.random() < 0.3
        wrong = plain(heading) not in map(plain, known) and heading not in parts
        shown = "whom it is for" if audience is None else sorted(audience)
        with self._foretold(wrong, f"restrict {name} {heading} to {shown}, internal {internal}"):
            self._curation.restrict(
                name, heading, self._manager, audience=audience, internal=internal
            )
            parts.pop(heading, None)
            if audience is not None or internal:
                parts[heading] = None if audience is None else self.facts.reduced(audience)

    def _describe(self) -> None:
        name, source = self._source()
        details = Details(internal=self.dice.random() < 0.5, title=self.dice.choice([None, "Otro"]))
        with self._foretold(source is None, f"describe {name}"):
            self._curation.describe(name, details, self._manager)

    def _grow_tree(self) -> None:
        label = self.dice.choice(LABELS)
        if label not in self.facts.parents:
            with suppress(SettingsError):  # Refused where old answers still carry the label.
                self._add_audience(label, self.dice.choice(list(self.facts.parents)))

    def _add_audience(self, label: str, parent: str) -> None:
        self._curation.add_audience(label, label.title(), self._manager, parent=parent)
        self.told.append(f"{self.tick}: add audience {label} below {parent}")
        self.facts.parents[label] = parent

    def _remove_audience(self) -> None:
        label = self.dice.choice(LABELS)
        wrong = label not in self.facts.parents or label in self.facts.parents.values()
        for source in self.facts.sources.values():
            wrong |= any(label in (c or ()) for c in [source.audience, *source.parts.values()])
        with self._foretold(wrong, f"remove audience {label}"):
            self._curation.remove_audience(label, self._manager)
            del self.facts.parents[label]

    def build(self) -> None:
        self.told.append(f"{self.tick}: build a generation")
        generations.build(self.register, self.settings)

    def _restart(self) -> None:
        self.told.append(f"{self.tick}: open the indexes anew")
        self.indexes.close()
        self.indexes = Indexes(self.register, self.settings, exact_up_to=self.exact_up_to)

    # What they are made of

    @contextmanager
    def _foretold(self, wrong: bool, line: str) -> Iterator[None]:
        """A step that is refused exactly if it was foretold to be."""
        self.told.append(f"{self.tick}: {line}{' (refused)' if wrong else ''}")
        try:
            yield
        except (SettingsError, NotAllowed) as error:
            if not wrong:
                raise AssertionError(f"refused: {error}\n{self}") from error
        else:
            if wrong:
                raise AssertionError(f"not refused\n{self}")

    def _put(
        self, name: str, lines: list[Line], audience: frozenset[str], filing: Filing, days: Days
    ) -> None:
        source = self.facts.sources.get(name)
        labels = self.facts.reduced(audience)
        versions = source.versions if source else []
        waits = filing.draft or bool(source and source.lacking(lines))
        compared = versions if waits else [v for v in versions if v.state == "approved"]
        same = bool(compared) and compared[-1].lines == lines
        elsewhere = source is not None and labels != source.audience
        begins_now = days[0] is None and compared and not waits
        asked = (0 if begins_now else days[0], days[1])
        wrong = (waits and elsewhere) or (not same and _is_empty(asked))
        what = "draft" if waits else "version"
        line = f"bring a {what} of {name} for {sorted(audience)}, {days}, by {filing.author}"
        with self._foretold(wrong, line):
            self._store(name, lines, audience, filing)
            source = self.facts.sources.setdefault(name, Source(labels))
            if elsewhere and not waits:
                source.moved(self.tick, labels)
            if not same:
                state = "draft" if waits else "approved"
                source.versions.append(Version(lines, filing.author, state, asked))
                if not waits:
                    source.in_force(self.tick, len(source.versions), asked)

    def _store(
        self, name: str, lines: list[Line], audience: frozenset[str], filing: Filing
    ) -> None:
        key = " ".join(sorted(audience)) or "*managers"
        document, chunks = as_document(name, lines, key)
        self.tokens |= {chunk.text: frozenset(chunk_tokens(chunk)) for chunk in chunks}
        self.register.bind_model(EMBEDDER.fingerprint)
        hashes = [chunk.content_hash for chunk in chunks]
        vectors = EMBEDDER.embed_chunks(chunks)
        self.register.store_embeddings(dict(zip(hashes, vectors, strict=True)))
        self.register.put_document(document, chunks, document.text.encode(), filing=filing)

    # Throwing dice

    def _source(self) -> tuple[str, Source | None]:
        name = self.dice.choice([*self.facts.sources] * 4 + [*NAMES, "nada.md"])
        return name, self.facts.sources.get(name)

    def _version(self, *states: str) -> tuple[str, int, Version | None]:
        """Mostly a version in one of these states, if there is one; else any, or none."""
        fitting = [
            (name, number)
            for name, source in self.facts.sources.items()
            for number, version in enumerate(source.versions, 1)
            if version.state in states
        ]
        name, source = self._source()
        number = self.dice.randint(1, len(source.versions) + 1 if source else 1)
        if fitting and self.dice.random() < 0.85:
            name, number = self.dice.choice(fitting)
            source = self.facts.sources[name]
        known = source.versions if source else []
        return name, number, known[number - 1] if number <= len(known) else None

    def _labels(self) -> frozenset[str]:
        labels = list(self.facts.parents)
        return frozenset(self.dice.sample(labels, self.dice.choice([0, 1, 1, 1, 2, 2, 3])))

    def _span(self) -> Days:
        first, last = sorted(self.dice.sample(range(FIRST + 1, LAST + 1), 2))
        spans: list[Days] = [(first, last), (None, last), (first, None), (last, first)]
        return self.dice.choice(spans)


def _is_empty(days: Days) -> bool:
    """Whether they are not a single day."""
    first, end = days
    return first is not None and end is not None and first >= end
