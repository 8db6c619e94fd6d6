"""Whole answers and their sources, labelled by people: does the support check agree with them?

``groundedness/begin.jsonl``, ``groundedness/faithbench.jsonl`` (for measuring only: nothing is
learned from it) and ``mtrag/human_eval.jsonl``. Beside it the lexical baseline, k-precision: the
share of an answer's words that its sources have (Adlakha et al. 2024,
https://arxiv.org/abs/2307.16877).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.support.check import SupportCheck
from assistant.support.models import Evidence
from assistant.support.whole import faithfulness
from eval.corpora.reading import rows
from eval.halves import half
from eval.statistics.means import mean
from knowledge.text import content_words, sentence_spans, stem

UNFAITHFUL_BELOW = 3.0
"""Mean of the people's ratings (1 to 4) below which an answer is unfaithful."""


@dataclass(frozen=True)
class Answer:
    """An answer that people judged.

    Attributes:
        set: ``begin``, ``faithbench`` or ``mtrag human``.
        key: decides its half.
        text: what was answered.
        evidence: what it had to rest on.
        faithful: how faithful it is: 0 or 1, or the mean rating.
    """

    set: str
    key: str
    text: str
    evidence: tuple[Evidence, ...]
    faithful: float

    @property
    def good(self) -> bool:
        """Whether it is faithful."""
        return self.faithful >= (UNFAITHFUL_BELOW if self.set == "mtrag human" else 1.0)


def answers(data: Path) -> Iterator[Answer]:
    """All judged answers below a folder, both halves."""
    for row in rows(data / "groundedness" / "begin.jsonl", "context", "response", "label"):
        evidence = (Evidence(row["context"], "en"),)
        faithful = float(row["label"] == "fully attributable")
        yield Answer("begin", row["context"], row["response"], evidence, faithful)
    for row in rows(
        data / "groundedness" / "faithbench.jsonl", "context", "response", "worst_label"
    ):
        if row["worst_label"] in ("consistent", "unwanted"):  # the others are matters of taste
            evidence = (Evidence(row["context"], "en"),)
            faithful = float(row["worst_label"] == "consistent")
            yield Answer("faithbench", row["context"], row["response"], evidence, faithful)
    passages = {p["id"]: p for p in rows(data / "mtrag" / "corpus.jsonl", "id", "text", "title")}
    for row in rows(
        data / "mtrag" / "human_eval.jsonl", "passage_ids", "ratings", "answer", "conversation_id"
    ):
        found = [passages[key] for key in row["passage_ids"] if key in passages]
        if found:
            cited = tuple(Evidence(p["text"], "en", p["title"] or "") for p in found)
            rating = mean(row["ratings"]["faithfulness"]) or 0.0
            yield Answer("mtrag human", row["conversation_id"], row["answer"], cited, rating)


def in_half(answer: Answer, which: str) -> bool:
    """Whether an answer belongs to a half; all of FaithBench is only measured."""
    return which == "all" or (answer.set == "faithbench") or half(answer.key) == which


def supported(answer: Answer, check: SupportCheck) -> float:
    """How far an answer is supported, 0 to 1; 0 if it states nothing that can be checked."""
    sentences = [answer.text[a:b] for a, b in sentence_spans(answer.text)]
    found = check.check_all(sentences, answer.evidence, "en")
    return faithfulness(sentences, found) or 0.0


def k_precision(answer: Answer) -> float:
    """Share of an answer's content words, stemmed, that its evidence has."""
    there = {
        stem(w, "en") for one in answer.evidence for w in content_words(f"{one.above} {one.text}")
    }
    own = [stem(word, "en") for word in content_words(answer.text)]
    return sum(word in there for word in own) / len(own) if own else 1.0
