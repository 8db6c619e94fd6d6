"""Statements with their evidence, faithful and changed, made from the sets by seeded rules.

Faithful: a sentence as it stands, figures and dates written otherwise, reordered, translated
(parallel texts), paraphrased by hand (``eval/sets/support.jsonl`` and ``support_reworded.jsonl``
over the example company, ``contradictions.jsonl`` over the policies). Changed: `changes`; sentences
of other passages; and by hand (``support_twisted.jsonl``), the words of a source put together to
another sense, without what they depend on, denied, or broken off; rules of many trades with a
period, said as they are and counted from another moment (``periods.jsonl``). All pairs of one
document, in whatever language, belong to the same half.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.support.models import Evidence
from eval.components.contradictions.measuring import Bench
from eval.components.support.changes import CHANGES, Names, names_in, rewritten
from eval.components.support.passages import (
    Passage,
    example_chunks,
    of_example,
    parallel,
    plain,
    policies,
)
from eval.corpora.reading import by_hand
from eval.halves import half
from eval.planting.planted import family, slotted
from eval.work import Work
from knowledge.errors import SettingsError
from knowledge.models import Language, StoredChunk
from knowledge.ports import Embedder
from knowledge.text import content_words, sentence_spans

SEED = 3
PER_CHANGE = 40
"""Pairs of each kind for each set, pair of languages and half."""
PER_FAITHFUL = 60
MIN_WORDS = 5
"""Content words of a sentence that is taken: fewer say little by themselves."""
SENTENCE_CHARS = (40, 350)
SMALL = 3
"""A word that a set writes small so often is no name."""


@dataclass(frozen=True)
class Pair:
    """A statement and the passages that it cites.

    Attributes:
        id: unique.
        set: name of what it was made from.
        key: of the document, the same in all languages.
        kind: how it was made.
        faithful: whether the evidence supports it.
        statement: one sentence.
        language: of it.
        evidence: what it cites.
    """

    id: str
    set: str
    key: str
    kind: str
    faithful: bool
    statement: str
    language: Language
    evidence: tuple[Evidence, ...]

    @property
    def half(self) -> str:
        """``fit`` or ``report``."""
        return half(self.key)

    @property
    def languages(self) -> str:
        """Of the statement and of the evidence (``es-en``)."""
        return f"{self.language}-{self.evidence[0].language}"

    @property
    def across(self) -> bool:
        """Whether they differ."""
        return self.evidence[0].language != self.language


def pairs(work: Work) -> list[Pair]:
    """All pairs, the same each time; both halves."""
    data, embedder, progress = work.data, work.embedder, work.progress
    progress("policies: reading the documents (minutes the first time)")
    bench = Bench.open(work)
    example = example_chunks(embedder)
    found: list[Pair] = [*_by_hand(example), *_reworded(bench), *_counted()]
    sources = [
        list(policies(bench)),
        list(parallel(data, "xquad", embedder)),
        list(parallel(data, "faq_tax", embedder)),
        list(plain(data, "squad_es", "es")),
        list(plain(data, "clapnq", "en")),
        list(plain(data, "mtrag", "en")),
        list(of_example(example)),
    ]
    for passages in sources:
        if passages:
            progress(f"{passages[0].set}: {len(passages)} passages")
            found += _made(passages)
    return found


def _made(passages: Sequence[Passage]) -> Iterator[Pair]:
    """Changed and faithful pairs of one set, so many of each kind, languages and half."""
    chance = random.Random(f"{SEED} {passages[0].set}")
    order = sorted(passages, key=lambda p: _digest(p.key, p.text, p.language))
    names = _names(order)
    done: Counter[tuple[str, str, str]] = Counter()
    for number, passage in enumerate(order):
        slot = (f"{passage.language}-{passage.evidence[0].language}", half(passage.key))
        sentences = list(_sentences(passage))
        if not sentences:
            continue
        own = random.Random(f"{SEED} {passage.key} {number}")
        every = names[passage.language]
        known = Names(frozenset(every), tuple(chance.sample(every, min(6, len(every)))))
        made: list[tuple[str, bool, str]] = []
        for kind, change in CHANGES.items():
            own.shuffle(sentences)
            for sentence in sentences:
                other = change(sentence, passage.language, own, passage.text, known)
                if other is None or other == sentence or not _known(sentence, kind, passage):
                    continue
                made.append((kind, False, other))
                break
        sentence = own.choice(sentences)
        made.append(("translated" if passage.across else "itself", True, sentence))
        if not passage.across:
            for kind, other in rewritten(sentence, passage.language, own).items():
                made.append((kind, True, other))
        other_passage = order[(number + len(order) // 2) % len(order)]
        if other_passage.key != passage.key and other_passage.language == passage.language:
            far = next(_sentences(other_passage), "")
            if far:
                made.append(("other passage", False, far))
        for kind, faithful, statement in made:
            if done[(kind, *slot)] >= (PER_FAITHFUL if faithful else PER_CHANGE):
                continue
            done[(kind, *slot)] += 1
            yield Pair(
                f"{passage.set}-{number}-{kind}-{slot[0]}",
                passage.set,
                passage.key,
                kind,
                faithful,
                statement,
                passage.language,
                passage.evidence,
            )


def _names(passages: Sequence[Passage]) -> dict[str, list[str]]:
    """By language, what is hardly ever written small in the set: names, not words of headings."""
    found: dict[str, list[str]] = {}
    for language in sorted({p.language for p in passages}):
        texts = list({p.text for p in passages if p.language == language})
        small = Counter(w for text in texts for w in re.findall(r"\b[a-záéíóúñ]{2,}", text))
        found[language] = [
            name
            for text in sorted(texts)
            for name in names_in(text)
            if not any(small[w.lower()] >= SMALL for w in name.split())
        ]
    return found


def _known(sentence: str, kind: str, passage: Passage) -> bool:
    """Whether a changed name is one that the evidence writes alike, in whatever language."""
    if not (kind.startswith("name") and passage.across):
        return True
    texts = " ".join(one.text for one in passage.evidence)
    return all(name in texts for name in names_in(sentence))


def _sentences(passage: Passage) -> Iterator[str]:
    found = passage.sentences or tuple(passage.text[a:b] for a, b in sentence_spans(passage.text))
    times = Counter(found)
    for sentence in found:
        whole = sentence.rstrip().endswith(".") and sentence[0].isupper()
        whole = whole and sum(c.isupper() for c in sentence) < len(sentence) / 4
        sized = SENTENCE_CHARS[0] <= len(sentence) <= SENTENCE_CHARS[1]
        worded = len(set(content_words(sentence))) >= MIN_WORDS
        if whole and sized and worded and times[sentence] == 1:
            yield sentence


BY_HAND = ("support.jsonl", "support_reworded.jsonl", "support_twisted.jsonl")


def _by_hand(example: Mapping[str, Sequence[StoredChunk]]) -> Iterator[Pair]:
    """What people wrote for the example company's sentences, in both languages."""
    for row in (row for name in BY_HAND for row in by_hand(name)):
        cited = [s for s in example[row["document"]] if _quoted(row["quote"], s.chunk.text)]
        if not cited:
            raise SettingsError(f"{row['document']!r} has no passage with {row['quote']!r}")
        key = f"example/{row['document']}"
        evidence = tuple(Evidence.of(stored) for stored in cited[:1])
        yield Pair(
            row["id"],
            "example",
            key,
            row.get("kind", "paraphrased"),
            "kind" not in row,
            row["statement"],
            row["lang"],
            evidence,
        )


def _quoted(quote: str, text: str) -> bool:
    return " ".join(quote.split()) in " ".join(text.split())


def _reworded(bench: Bench) -> Iterator[Pair]:
    """What people wrote for sentences of the policies: the same, the contrary, something else."""
    for row in by_hand("contradictions.jsonl"):
        stored = _holding(bench, row["document"], row["quote"])
        key = family(row["document"])
        for column, kind, faithful in (
            ("same", "paraphrased", True),
            ("contrary", "contrary by hand", False),
            ("other", "other by hand", False),
        ):
            if row.get(column):
                statement = slotted(row[column], row["lang"])[0]
                yield Pair(
                    f"{row['id']}-{column}",
                    "policies",
                    key,
                    kind,
                    faithful,
                    statement,
                    row["lang"],
                    (Evidence.of(stored),),
                )


def _counted() -> Iterator[Pair]:
    """Agents' words for rules with a period, which count it from the same moment or another."""
    for number, row in enumerate(by_hand("periods.jsonl")):
        yield Pair(
            f"periods-{number}",
            "periods",
            f"periods/{row['rule']}",
            "counted alike" if row["same"] else "counted otherwise",
            row["same"],
            row["said"],
            row["language"],
            (Evidence(row["rule"], row["rule_language"]),),
        )


def _holding(bench: Bench, document: str, quote: str) -> StoredChunk:
    for stored in bench.corpus.chunks[document]:
        if quote in stored.chunk.text:
            return stored
    raise SettingsError(
        f"{document!r} below --data has no passage with {quote!r}: is it another version?"
    )


def with_vectors(chosen: Sequence[Pair], embedder: Embedder) -> list[Pair]:
    """Pairs with the vectors that a register keeps of every passage."""
    missing = list({e: None for pair in chosen for e in pair.evidence if e.vectors is None})
    vectors = embedder.embed_chunks([one.chunk() for one in missing])
    made = [replace(e, vectors=v.sentences) for e, v in zip(missing, vectors, strict=True)]
    filled = dict(zip(missing, made, strict=True))
    return [
        replace(pair, evidence=tuple(filled.get(one, one) for one in pair.evidence))
        for pair in chosen
    ]


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
