"""What the support check takes and gives: passages, verdicts and reasons, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from knowledge.models import Chunk, Language, StoredChunk
from knowledge.text import sentence_spans

Verdict = Literal["supported", "contradicted", "unsupported", "uncheckable"]
"""``contradicted``: the evidence says otherwise. ``unsupported``: it does not say so.
``uncheckable``: nothing is stated, as in a greeting or a question, or there is no evidence."""

Cause = Literal[
    "other_number",
    "missing_number",
    "other_unit",
    "other_date",
    "missing_date",
    "other_event",
    "negation",
    "obligation",
    "condition",
    "rearranged",
    "other_name",
    "missing_name",
    "little_in_common",
    "no_statement",
    "fragment",
    "no_evidence",
]
"""Why a statement is not supported, or not checked; for machines. Of ``other_…`` the evidence says
another value in the same place, of ``missing_…`` none."""

Span = tuple[int, int]


@dataclass(frozen=True)
class Evidence:
    """A passage that a statement cites.

    Attributes:
        text: the passage.
        language: of it.
        above: title and headings, one a line: what they name is not said again below them.
        sentences: ``(start, end)`` of each sentence in the text, in order.
        vectors: ``(n_sentences, dimension)`` unit length, as the register keeps them; `None` where
            there are none yet.
    """

    text: str
    language: Language
    above: str = ""
    sentences: tuple[Span, ...] = ()
    vectors: NDArray[np.float16] | None = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Find the sentences if they are not given, and refuse vectors of others.

        Raises:
            ValueError: there is not one vector for each sentence.
        """
        if not self.sentences:
            object.__setattr__(self, "sentences", tuple(sentence_spans(self.text)))
        if self.vectors is not None and len(self.vectors) != len(self.sentences):
            raise ValueError(
                f"{len(self.vectors)} vectors for {len(self.sentences)} sentences: give one for "
                "each, or none"
            )

    def chunk(self) -> Chunk:
        """The passage as it is embedded."""
        above = self.above.replace("\n", " > ")
        return Chunk(
            "",
            0,
            self.text,
            0,
            len(self.text),
            (),
            above,
            None,
            None,
            self.language,
            self.sentences,
        )

    @classmethod
    def of(cls, stored: StoredChunk) -> Evidence:
        """A passage of the register with its vectors."""
        chunk = stored.chunk
        above = "\n".join(dict.fromkeys((stored.title, *chunk.headings)))
        return cls(chunk.text, chunk.language, above, chunk.sentences, stored.sentence_vectors)


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence of the evidence.

    Attributes:
        passage: which of the passages, from 0.
        sentence: which of its sentences, from 0.
        start: offset in the passage's text.
        end: offset after it.
    """

    passage: int
    sentence: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that a statement says and the evidence does not.

    Attributes:
        cause: what is wrong.
        said: words of the statement; empty where it leaves something out.
        found: words of the evidence; empty where it has none.
        said_span: where ``said`` is in the statement; ``(0, 0)`` for nowhere.
        found_span: where ``found`` is in the passage of the evidence sentence.
    """

    cause: Cause
    said: str = ""
    found: str = ""
    said_span: Span = (0, 0)
    found_span: Span = (0, 0)


@dataclass(frozen=True, slots=True)
class Support:
    """How far the evidence supports a statement.

    Attributes:
        verdict: see `Verdict`.
        probability: that it is supported, 0 to 1, a fragment as far as it goes; `None` for what is
            not compared.
        evidence: the sentence that comes nearest; `None` where nothing was compared.
        reasons: why it is not supported; empty for what is.
        across: whether the statement and that sentence are of two languages.
        doubts: what differs all the same from evidence that supports it.
        broken: share of its neighbouring words that the evidence has in other places, 0 to 1.
        common: share of its content words that the evidence has, 0 to 1; 0 for what is not checked.
        scattered: whether it has several figures, of which no sentence of the evidence has all.
    """

    verdict: Verdict
    probability: float | None
    evidence: Place | None
    reasons: tuple[Reason, ...] = ()
    across: bool = False
    common: float = 0.0
    doubts: tuple[Reason, ...] = ()
    broken: float = 0.0
    scattered: bool = False
