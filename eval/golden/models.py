"""One golden case: a question with what is expected of its answer. Frozen, checked when read.

Every field is what a person of quality writes by hand or in a table, so mistakes are expected:
`eval.golden.reading` tells them with their line and field. Unknown fields are mistakes too.
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from knowledge.models import Language

SCHEMA = "golden/1"
MAX_TURNS = 40
MAX_ANSWER_CHARS = 4_000

Behaviour = Literal["answer", "abstain", "clarify", "escalate"]
"""What the assistant has to do; exactly one, so that a gate can fail."""
Answerability = Literal[
    "answerable", "partial", "unanswerable", "underspecified", "out_of_scope", "conversational"
]
FactKind = Literal["text", "number", "money", "date", "duration", "entity", "condition", "negative"]
Split = Literal["dev", "gate", "holdout"]
Severity = Literal["low", "high"]

BEHAVIOURS: dict[str, tuple[Behaviour, ...]] = {
    "answerable": ("answer",),
    "partial": ("answer", "escalate"),
    "unanswerable": ("abstain", "escalate"),
    "underspecified": ("clarify",),
    "out_of_scope": ("abstain",),
    "conversational": ("answer", "abstain"),
}
"""What may be expected of a question, by whether it can be answered."""
MEASURED: tuple[FactKind, ...] = ("number", "money", "duration")

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000)]
Id = Annotated[str, StringConstraints(pattern=r"^[\w.:/-]{1,100}$")]


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise PydanticCustomError(
            "golden-pattern", "no regular expression", {"why": str(error)}
        ) from error
    return pattern


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class GoldenTurn(_Frozen):
    """Something said; the last one is the question.

    Attributes:
        role: who said it; ``assistant`` for an answer of this system.
        text: the words.
    """

    role: Literal["customer", "agent", "assistant"]
    text: Text


class Gold(_Frozen):
    """A passage that answers.

    Attributes:
        document: name of the source in the register.
        quote: words of it, which survive another way of cutting it; `None`: anywhere in it.
        grade: 2 answers, 1 helps.
        required: whether the question cannot be answered without it.
    """

    document: Text
    quote: Text | None = None
    grade: Literal[1, 2] = 2
    required: bool = True


class Fact(_Frozen):
    """Something that an answer has to say.

    Attributes:
        id: unique in the case.
        kind: what it is.
        must: whether an answer without it is wrong, and not only poorer.
        aliases: ways of saying it, of which any will do.
        value: of a number, an amount of money or a duration.
        unit: of the value: ``EUR``, ``days``, ``percent`` and so on.
        tolerance: by how much the value may differ.
        note: for whoever reads the set.
    """

    id: Id
    kind: FactKind = "text"
    must: bool = False
    aliases: tuple[Text, ...] = Field(min_length=1)
    value: float | None = None
    unit: str | None = None
    tolerance: float = Field(default=0.0, ge=0)
    note: str = ""

    @model_validator(mode="after")
    def _value_with_its_unit(self) -> Self:
        if self.value is not None and self.kind not in MEASURED:
            raise PydanticCustomError("golden-value-kind", "a value", {"kind": self.kind})
        if self.value is not None and self.kind != "number" and not self.unit:
            raise PydanticCustomError("golden-unit", "no unit", {"kind": self.kind})
        return self


class Step(_Frozen):
    """A step of a procedure; steps stand in their order.

    Attributes:
        id: unique in the case.
        aliases: ways of saying it, of which any will do.
    """

    id: Id
    aliases: tuple[Text, ...] = Field(min_length=1)


class Forbidden(_Frozen):
    """Something that no answer may say: a phrase, or a pattern.

    Attributes:
        id: unique in the case.
        phrase: words; case and accents do not count.
        pattern: a regular expression of Python, over the folded text.
        severity: ``high`` blocks a publication.
        why: for whoever reads the failure.
    """

    id: Id
    phrase: Text | None = None
    pattern: Annotated[str, AfterValidator(_compiles)] | None = None
    severity: Severity = "high"
    why: str = ""

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.phrase is None) == (self.pattern is None):
            raise PydanticCustomError("golden-phrase-or-pattern", "one of both")
        return self


class RequiredStatement(_Frozen):
    """Something that has to be said to the customer, such as a disclosure.

    Attributes:
        id: unique in the case.
        aliases: ways of saying it, of which any will do.
        severity: ``high`` blocks a publication.
    """

    id: Id
    aliases: tuple[Text, ...] = Field(min_length=1)
    severity: Severity = "high"


class Provenance(_Frozen):
    """Where a case comes from.

    Attributes:
        source: a saved question, feedback, a question to the company, a file, a person.
        author: who wrote it.
        reviewer: who looked it over; `None` while it is a draft.
        created: on which day.
        updated: on which day it was last changed.
        pii_checked: whether somebody made sure that it has no personal data.
    """

    source: str = ""
    author: str = ""
    reviewer: str | None = None
    created: date | None = None
    updated: date | None = None
    pii_checked: bool = False


class GoldenCase(_Frozen):
    """A question with what is expected of its answer.

    Attributes:
        id: stable, never used again for another case.
        schema_version: of this format.
        lang: of the question.
        turns: the conversation; the last is the question.
        standalone_question: the question as a person would ask it without the conversation.
        answerability: whether the sources answer it.
        expected_behaviour: what the assistant has to do.
        gold: passages that answer.
        reference_answer: an answer as a person wrote it.
        facts: what an answer has to say.
        steps: of a procedure, in order.
        forbidden: what it may not say.
        required_statements: what has to be said to the customer.
        critical: whether a failure blocks a publication whatever the rest does.
        twin_id: equal for one question in two languages.
        group_id: equal for paraphrases, and for questions of one conversation.
        audience: who asks; `None`: all staff.
        on: day that is asked about; `None`: the day of the run.
        kb_valid_from: first day on which the expectations hold.
        kb_valid_to: first day on which they no longer do.
        split: thresholds may be learned on ``dev`` alone.
        tags: slices: topic, product, channel, contractor and so on.
        provenance: where it comes from.
        weight: how often it is asked, relative to the others.
        notes: for people.
    """

    id: Id
    schema_version: Literal["golden/1"]
    lang: Language
    turns: tuple[GoldenTurn, ...] = Field(min_length=1, max_length=MAX_TURNS)
    standalone_question: Text | None = None
    answerability: Answerability
    expected_behaviour: Behaviour
    gold: tuple[Gold, ...] = ()
    reference_answer: Annotated[str, StringConstraints(max_length=MAX_ANSWER_CHARS)] | None = None
    facts: tuple[Fact, ...] = ()
    steps: tuple[Step, ...] = ()
    forbidden: tuple[Forbidden, ...] = ()
    required_statements: tuple[RequiredStatement, ...] = ()
    critical: bool = False
    twin_id: Id | None = None
    group_id: Id | None = None
    audience: str | None = None
    on: date | None = None
    kb_valid_from: date | None = None
    kb_valid_to: date | None = None
    split: Split = "gate"
    tags: dict[str, str] = {}
    provenance: Provenance = Provenance()
    weight: float = Field(default=1.0, gt=0)
    notes: str = ""

    @field_validator("turns")
    @classmethod
    def _ends_with_a_question(cls, turns: tuple[GoldenTurn, ...]) -> tuple[GoldenTurn, ...]:
        if turns[-1].role == "assistant":
            raise PydanticCustomError("golden-last-turn", "the last turn")
        return turns

    @field_validator("facts", "steps", "forbidden", "required_statements")
    @classmethod
    def _named_once(cls, parts: tuple[Fact, ...]) -> tuple[Fact, ...]:
        ids = [part.id for part in parts]
        twice = next((one for one in ids if ids.count(one) > 1), None)
        if twice is not None:
            raise PydanticCustomError("golden-twice", "twice", {"id": twice})
        return parts

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        may = BEHAVIOURS[self.answerability]
        if self.expected_behaviour not in may:
            raise PydanticCustomError(
                "golden-behaviour",
                "not expected",
                {
                    "behaviour": self.expected_behaviour,
                    "answerability": self.answerability,
                    "expected": ", ".join(may),
                },
            )
        if self.answerability == "answerable" and not (self.gold or self.facts or self.steps):
            raise PydanticCustomError("golden-nothing-expected", "nothing expected")
        if self.answerability in ("unanswerable", "out_of_scope") and (self.facts or self.steps):
            raise PydanticCustomError("golden-no-answer", "no answer", {"is": self.answerability})
        if self.kb_valid_from and self.kb_valid_to and self.kb_valid_to <= self.kb_valid_from:
            raise PydanticCustomError(
                "golden-days",
                "days",
                {"start": str(self.kb_valid_from), "end": str(self.kb_valid_to)},
            )
        return self

    @property
    def question(self) -> str:
        """The last turn."""
        return self.turns[-1].text

    @property
    def cluster(self) -> str:
        """What it is one draw with: paraphrases, one conversation, twins in two languages."""
        return self.group_id or self.twin_id or self.id

    @property
    def sha256(self) -> str:
        """Of all that is expected: runs are compared over cases with equal ones."""
        content = json.dumps(self.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()

    def expired(self, day: date) -> bool:
        """Whether the expectations do not hold on a day."""
        late = self.kb_valid_to is not None and day >= self.kb_valid_to
        return late or (self.kb_valid_from is not None and day < self.kb_valid_from)
