"""Statements of an answer -> what is said or written to the customer, in the company's voice.

After composing. Nothing is added but forms: each sentence that was changed is checked against its
statement and goes back to the quotation where that does not support it.
"""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from assistant.models import Statement
from assistant.steps.instructions import forbids, instructs
from assistant.support.check import SupportCheck
from assistant.support.models import Evidence
from assistant.voice import english, spanish
from assistant.voice.greetings import closing_of, greeting_of
from assistant.voice.models import WRITTEN, Channel, VoiceGuide
from knowledge.models import Language
from knowledge.text import sentence_spans, words

How = Literal["kept", "rephrased", "fell_back"]

_ALSO: Mapping[Language, str] = {"es": "Además, ", "en": "Also, "}
_MARKER = re.compile(r"^(?:[-•*·▪–—]\s+|\(?\d{1,2}(?:\.?[ºª°]|[.)])\s+)")
_TO_TELL = re.compile(
    r"(?:^|; )(?:Qu[eé] se (?:le )?dice al cliente|Qu[eé] decir(?: al cliente)?|Respuesta|"
    r"What to (?:tell|say to) the customer|What to say|Answer): (?P<told>[^;].*?)"
    r"(?=; [A-ZÁÉÍÓÚÑ][^:;]{1,40}: |$)",
    re.DOTALL,
)
"""The cell of a row that says what to tell."""
_ROW = re.compile(r"^[^:;\n]{1,60}: [^;\n]*; [^:;\n]{1,60}: ")
_BEGINS = re.compile(
    r"(?:El|La|Los|Las|Un|Una|Si|Se|Usted|Puede|Tiene|Desde|Hasta|Para|En|Cada|Cuando|"
    r"The|An?|If|You|We|It|For|After|Within|Until|When|Each)\s"
)
"""Words that may stand behind "Además" and "Also", where no name begins a sentence."""
_FOR_STAFF = re.compile(
    r"\b(?:extensi[oó]n(?:es)? \d+|(?:código|motivo|reason|code) [A-Z]\d+|uso interno|internal use|"
    r"coordinador|CRM|panel)\b",
    re.IGNORECASE,
)
"""Sentences that tell agents what to do, in a source that nobody marked as theirs."""


@dataclass(frozen=True)
class Sentence:
    """One sentence as it is said.

    Attributes:
        text: its words.
        literal: the words of the source.
        how: whether they differ, and whether they were to.
    """

    text: str
    literal: str
    how: How


@dataclass(frozen=True)
class Said:
    """A statement as it is said or written.

    Attributes:
        statement: what it rests on.
        sentences: in order; between two of them stands what stands between in the source.
        text: all of it.
    """

    statement: Statement
    sentences: tuple[Sentence, ...]
    text: str

    @property
    def changed(self) -> bool:
        """Whether it says it in other words than the source."""
        return any(sentence.how == "rephrased" for sentence in self.sentences)


@dataclass(frozen=True)
class Phrased:
    """An answer in the company's voice.

    Attributes:
        channel: for which it is.
        said: what is told the customer, in order; not what is for staff, nor what is in another
            language than the answer where anything is in that.
        greeting: what a text begins with; `None` where nothing is greeted.
        closing: what it ends with.
        ms: milliseconds that phrasing took.
    """

    channel: Channel
    said: tuple[Said, ...]
    greeting: str | None = None
    closing: str | None = None
    ms: float = field(default=0.0, compare=False)

    @property
    def text(self) -> str:
        """All of it, ready to be said or pasted."""
        between = "\n\n" if self.channel == "email" else "\n"
        parts = (self.greeting, between.join(one.text for one in self.said), self.closing)
        return ("\n\n" if self.channel == "email" else "\n").join(filter(None, parts))


def phrased(
    statements: Sequence[Statement],
    guides: Mapping[Language, VoiceGuide],
    channel: Channel,
    check: SupportCheck,
    *,
    language: Language,
    connected: bool = True,
    opening: bool = False,
    minute: int | None = None,
) -> Phrased:
    """What to say or write of an answer.

    Args:
        statements: the one to say first in front.
        guides: by language; a statement in a language without one is said in its own words.
        channel: on which the customer is.
        check: tells whether a statement supports what was made of it.
        language: of the answer.
        connected: whether the statements are about one thing, so that they may be joined.
        opening: whether this is the first that the customer reads. On the telephone they have been
            greeted before they ask; a mail is always greeted.
        minute: of the day it is at the company, for greetings by the hour; `None`: as in the guide.
    """
    began = time.perf_counter()
    own = {name for guide in guides.values() for name, _ in guide.documents}
    told = _for_customers(statements, language)
    said = [_said(one, guides, channel, check, own) for one in told]
    if connected:
        said = _connected(said, check)
    guide = guides.get(language)
    return Phrased(
        channel,
        tuple(said),
        greeting_of(guide, channel, minute, opening=opening),
        closing_of(guide, channel),
        round((time.perf_counter() - began) * 1000, 2),
    )


def _for_customers(statements: Sequence[Statement], language: Language) -> list[Statement]:
    open_ones = [
        one
        for one in statements
        if not one.internal and not _FOR_STAFF.search(one.focus or one.text)
    ]
    own = [one for one in open_ones if any(c.language == language for c in one.citations)]
    return own or open_ones


def phrased_sentence(sentence: str, guide: VoiceGuide, channel: Channel) -> str | None:
    """A sentence in the form of address of a channel; `None` where it stays as it is."""
    if guide.language == "en":
        turned = english.addressed(sentence)
    else:
        form = guide.address_on(channel)
        turned = spanish.addressed(sentence, form) if form else None
    return None if turned == sentence else turned


def _said(
    statement: Statement,
    guides: Mapping[Language, VoiceGuide],
    channel: Channel,
    check: SupportCheck,
    own: Collection[str],
) -> Said:
    """One statement in the voice; approved wording and the guide's own words stay as they are."""
    literal = statement.focus or statement.text
    cited = statement.citations[0] if statement.citations else None
    guide = guides.get(cited.language) if cited else None
    kept = Said(statement, (Sentence(literal, literal, "kept"),), literal)
    if cited is None or guide is None or statement.approved or cited.document in own:
        return kept
    part = to_tell(literal)
    if part == literal and _ROW.match(literal):
        return kept
    above = "\n".join(dict.fromkeys((cited.title, *cited.headings)))
    sentences: list[Sentence] = []
    text, at = "", 0
    for a, b in sentence_spans(part):
        source = Evidence(part[a:b], cited.language, above)
        one = _sentence(source, _turned(part[a:b], guide, channel), check)
        sentences.append(one)
        text += part[at:a] + one.text
        at = b
    text += part[at:]
    return Said(statement, tuple(sentences), text if part == literal else _ended(text))


def to_tell(literal: str) -> str:
    """What of a quotation is for the customer: without its number, its question, its other cells.

    >>> to_tell("¿Puedo pagar a plazos?\\nSí, desde 150 €.")
    'Sí, desde 150 €.'
    >>> to_tell("Código: E31; Qué se dice al cliente: Enviamos técnico")
    'Enviamos técnico'
    """
    cell = _TO_TELL.search(literal)
    if cell is not None:
        return cell["told"].strip()
    lines = literal.split("\n")
    if len(lines) == 2 and lines[0].rstrip().endswith("?"):
        return lines[1].strip()
    return _MARKER.sub("", literal) if len(lines) == 1 else literal


def _turned(sentence: str, guide: VoiceGuide, channel: Channel) -> str | None:
    if _FOR_STAFF.search(sentence) or forbids(sentence) or instructs(sentence, guide.language):
        turned = None
    else:
        turned = phrased_sentence(sentence, guide, channel)
    return _shortened(turned or sentence, guide, channel) if channel in WRITTEN else turned


def _shortened(sentence: str, guide: VoiceGuide, channel: Channel) -> str | None:
    """A sentence that is too long to be written, in two where a semicolon parts it."""
    limit = next((r.limit for r in guide.style_on(channel) if r.kind == "longest_sentence"), None)
    if limit is None or len(sentence.split()) <= limit or "; " not in sentence:
        return sentence
    first, _, second = sentence.partition("; ")
    return f"{first}. {second[:1].upper()}{second[1:]}"


def _sentence(source: Evidence, turned: str | None, check: SupportCheck) -> Sentence:
    literal = source.text
    if turned is None or turned == literal:
        return Sentence(literal, literal, "kept")
    if _supports(source, turned, check):
        return Sentence(turned, literal, "rephrased")
    return Sentence(literal, literal, "fell_back")


def _supports(source: Evidence, text: str, check: SupportCheck) -> bool:
    """Whether a sentence of a source supports all that was made of it."""
    parts = [text[a:b] for a, b in sentence_spans(text)]
    verdicts = check.check_all(parts, [source], source.language)
    return bool(parts) and all(one.verdict == "supported" for one in verdicts)


def _connected(said: Sequence[Said], check: SupportCheck) -> list[Said]:
    """The statements with what links them, where they are whole sentences of one section."""
    joined = list(said[:1])
    for before, one in itertools.pairwise(said):
        joined.append(_linked(one, check) if _may_be_linked(before, one) else one)
    return joined


def _may_be_linked(before: Said, one: Said) -> bool:
    first, second = (s.statement.citations[0] for s in (before, one))
    if (first.document, first.headings) != (second.document, second.headings):
        return False
    whole = one.text.endswith(".") and "\n" not in one.text and second.row is None
    return whole and not _FOR_STAFF.search(one.text) and bool(_BEGINS.match(one.text))


def _linked(one: Said, check: SupportCheck) -> Said:
    cited = one.statement.citations[0]
    first = one.sentences[0]
    text = _ALSO[cited.language] + first.text[:1].lower() + first.text[1:]
    if first.text not in one.text or not _supports(
        Evidence(first.literal, cited.language), text, check
    ):
        return one
    sentences = (Sentence(text, first.literal, "rephrased"), *one.sentences[1:])
    return Said(one.statement, sentences, text + one.text[len(first.text) :])


def _ended(text: str) -> str:
    """With a capital in front and a full stop behind, where it is one line."""
    if "\n" in text or not text or not words(text):
        return text
    text = text[:1].upper() + text[1:]
    return text if text[-1] in '.!?…:»”)"' else f"{text}."
