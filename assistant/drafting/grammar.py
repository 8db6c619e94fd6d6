"""Sure slips of grammar and typing: few rules, each of which is hardly ever wrong.

A rule is a pattern of the text as it is written, with what takes the place of what it finds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from assistant.drafting.lexicon import frequent, is_listed
from assistant.drafting.reasons import Cause
from knowledge.models import Language


class Slip(NamedTuple):
    """Something that is surely wrong.

    Attributes:
        start: offset in the text.
        end: offset after it.
        cause: why.
        mend: what takes its place.
    """

    start: int
    end: int
    cause: Cause
    mend: str


@dataclass(frozen=True)
class _Rule:
    pattern: re.Pattern[str]
    mend: str | Callable[[re.Match[str]], str]
    cause: Cause = "confused"


def _rule(
    pattern: str, mend: str | Callable[[re.Match[str]], str], cause: Cause = "confused"
) -> _Rule:
    return _Rule(re.compile(pattern, re.IGNORECASE), mend, cause)


def _is_acronym(found: re.Match[str]) -> bool:
    """Whether a word in capitals follows, which is read letter by letter: "an SMS"."""
    return found.string[found.end() : found.end() + 2].isupper()


_DONE = (
    r"\w{2,}(?:ado|ido|ada|ida)|ido|sido|hecho|dicho|visto|puesto|escrito|abierto|roto|"
    r"vuelto|resuelto|muerto|cubierto|impreso"
)
_DO = r"\w{2,}(?:ar|er|ir)(?:l[aoe]s?|se|me|nos|te)?"
_ASKING = {
    "que": "qué", "como": "cómo", "cuando": "cuándo", "cuanto": "cuánto", "cuanta": "cuánta",
    "cuantos": "cuántos", "cuantas": "cuántas", "donde": "dónde", "cual": "cuál",
    "cuales": "cuáles", "quien": "quién", "quienes": "quiénes", "adonde": "adónde",
}  # fmt: skip

_TYPING = (
    _rule(
        r"\b(?!(?:no|ja|je|ha|muy|very|had|that|nos|se|sí|si|bye|ya|is|"
        r"so)\b)([^\W\d_]+)[ \t]+\1\b",
        lambda m: m[1],
        "twice",
    ),
    _rule(r"(?<=\w)[ \t]+([,;.!?])(?![\w.)(\-])", lambda m: m[1], "space"),
    _rule(r"(?<=[^\W\d_])([,;])(?=[^\W\d_])", lambda m: f"{m[1]} ", "space"),
)
_SPANISH = (
    _rule(r"\bhaber (?=si\b|qué\b|que\b|cuándo|cómo|cuánto)", "a ver "),
    _rule(
        r"\b(?:puede|podría|debe|debería|tiene que|va a|suele) a ver\b",
        lambda m: f"{m[0][:-5]}haber",
    ),
    _rule(r"\b(va|van|iba|iban) haber\b", lambda m: f"{m[1]} a haber"),
    _rule(
        rf"\b(?P<who>se l[aoe]s?|se|lo|la|le|les|me|nos|no|ya|técnico|pedido|paquete|"
        rf"conductor|usted) a (?=(?:{_DONE})\b)",
        lambda m: f"{m['who']} ha ",
    ),
    _rule(rf"\b(?P<who>ya|se|lo|la|le|nos) an (?=(?:{_DONE})\b)", lambda m: f"{m['who']} han "),
    _rule(
        rf"\b(voy|va|vamos|van|vuelvo|vuelve|empieza|ayudar|ayudarle) ha (?={_DO}\b)",
        lambda m: f"{m[1]} a ",
    ),
    _rule(r"\b(ha|he|han|hemos|había|haber|has) echo\b", lambda m: f"{m[1]} hecho"),
    _rule(r"\b(le|lo|la|les) hecho de menos\b", lambda m: f"{m[1]} echo de menos"),
    _rule(
        r"\bha (?=que (?:ver|partir)\b)|\bha través\b",
        lambda m: "a través" if "trav" in m[0] else "a ",
    ),
    _rule(r"\bvalla (?=a\b|usted\b|con\b|por\b)", "vaya "),
    _rule(
        r"\b(?:al|el) haya\b|\bhalla (?=sido|estado|recibido|llegado|hecho|podido|un[oa]?\b)",
        lambda m: "haya " if m[0].lower().startswith("halla") else m[0],
    ),
    _rule(
        r"\bay (?=que|un[oa]?s?\b|alg[uú]n|otr[oa]|más|\w+os\b|\w+as\b|dos|tres|ascensor)", "hay "
    ),
    _rule(
        r"\b((?:su|el|la|tu|mi) \w+) esta (?=\w+(?:ad|id|iert|uest|rit|ech)[oa]\b)",
        lambda m: f"{m[1]} está ",
    ),
    _rule(
        r"\b(lo|la|le|les|no|ya|se lo) e (?=\w{2,}(?:ado|ido)\b|hecho|visto|dicho)",
        lambda m: f"{m[1]} he ",
    ),
    _rule(r"\bpor hay\b", "por ahí"),
    _rule(
        r"\bahí (?=que \w+[aei]r\b|un (?:problema|error|retraso|plazo|cargo|coste)|"
        r"una (?:avería|incidencia|demora))",
        "hay ",
    ),
    _rule(r"\bno ahí (?!está|est)", "no hay "),
    _rule(
        r"(?:^|(?<=[.!?,;] ))sino (?=puede|quiere|recibe|le |lo |la |se |está|tiene|ha |"
        r"hay|llega|es posible|contesta|encuentra|funciona|nos|me )",
        "si no ",
    ),
    _rule(
        r"\b(no (?:es|son|era|fue|está|cuesta) [^.;,?!]{2,40},? )si no (?=de |por |en |a |"
        r"el |la |los |las |un |una |\d)",
        lambda m: f"{m[1]}sino ",
    ),
    _rule(r"(?:^|(?<=[.!?¡¿] ))si(?=, )", "sí"),
    _rule(
        r"\b(no|ya|tampoco) se (?=si\b|qué|que le|que pas|cuándo|cómo|dónde)",
        lambda m: f"{m[1]} sé ",
    ),
    _rule(r"\bpara mi(?=[.,;!?]|$)", "para mí"),
    _rule(r"\b(para|por|con|de) el(?=[.,;!?]|$)", lambda m: f"{m[1]} él"),
    _rule(
        r"\b(?<!, )mas (?=de\b|que\b|tarde|pronto|tiempo|información|datos|adelante|"
        r"detalles?|rápido|barato|caro|cerca|días?|\d)",
        "más ",
    ),
    _rule(
        r"\b(algo|nada|una vez|cada vez|nunca|lo|aún|mucho|dos|tres|día|días|no|cuánto|"
        r"un poco) mas\b",
        lambda m: f"{m[1]} más",
    ),
    _rule(
        r"\b(?P<a>esta|estan) (?=en\b|a su\b|siendo\b|pendientes?\b|disponibles?\b|"
        r"incluid[oa]s?\b|previst[oa]s?\b|cerrad[oa]s?\b|confirmad[oa]s?\b|"
        r"todo\b|bien\b|mal\b|de camino\b|por llegar|roto|completo|montado|pagado|"
        r"\w+ando\b|\w+iendo\b)",
        lambda m: "está " if m["a"].lower() == "esta" else "están ",
    ),
    _rule(
        r"(?<!^)(?<![.!?:;] )(?<!\ben )(?<!\bde )(?<!\bcon )(?<!\bpor )(?<!\bpara )(?<!\by )"
        r"\b(?P<a>esta|estan) (?=list[oa]s?\b)",
        lambda m: "está " if m["a"].lower() == "esta" else "están ",
    ),
    _rule(r"\bel mismo (?=me|le) (?=dij)", "él mismo "),
    _rule(r"¿por ?que\b", "¿por qué"),
    _rule(r"¿porqué (?=\w)", "¿por qué "),
    _rule(
        r"¿(?P<prep>(?:(?:a|de|en|con|por|para|desde|hasta|y) )?)"
        rf"(?P<word>{'|'.join(_ASKING)})\b(?! si\b)",
        lambda m: f"¿{m['prep']}{_ASKING[m['word'].lower()]}",
    ),
    _rule(
        r"\b(hubieron|habían) (?=\w+ (?:problemas|retrasos|errores)|problemas|retrasos|errores)",
        lambda m: "hubo " if m[1].lower() == "hubieron" else "había ",
    ),
    _rule(r"\bdetras\b", "detrás"),
    _rule(r"\bcontra mas\b|\bcontra más\b", "cuanto más"),
    _rule(r"\b(?:a|en) grosso modo\b", "grosso modo"),
)
_GOODS = (
    r"(?:order|refund|account|delivery|parcel|item|warranty|guarantee|sofa|name|e-?mail|"
    r"address|phone|payment|card|invoice|return|request|case|message|mattress|fridge|"
    r"washing|bank|money|complaint|appointment)"
)
_BASE: dict[str, str] = {
    "received": "receive", "sent": "send", "arrived": "arrive", "paid": "pay",
    "ordered": "order", "asked": "ask", "came": "come", "went": "go", "said": "say",
}  # fmt: skip
_PARTICIPLE: dict[str, str] = {
    "wrote": "written", "went": "gone", "took": "taken", "broke": "broken", "gave": "given",
    "saw": "seen", "spoke": "spoken", "chose": "chosen", "began": "begun", "did": "done",
    "drove": "driven", "came": "come",
}  # fmt: skip
_SINGULAR: dict[str, str] = {
    "don't": "doesn't", "do not": "does not", "have not": "has not", "haven't": "hasn't",
}  # fmt: skip
_ENGLISH = (
    _rule(
        r"\bthere is (?=(?:two|three|four|five|six|several|many|some \w+s|\d+ \w+s)\b)",
        "there are ",
    ),
    _rule(
        r"\b(have|has|had|['’]ve) (wrote|went|took|broke|gave|saw|spoke|"
        r"chose|began|did|drove|came)\b"
        r"(?! (?:in|out) )",
        lambda m: f"{m[1]} {_PARTICIPLE[m[2].lower()]}",
    ),
    _rule(r"\bthem (?=(?:parts|chairs|items|boxes|legs|screws|pieces|photos|things)\b)", "those "),
    _rule(
        r"\b(technician|driver|customer|company|system|fridge|sofa|order|parcel|team) (don['’]t|"
        r"do not|haven['’]t)\b",
        lambda m: f"{m[1]} {_SINGULAR[m[2].replace('’', chr(39)).lower()]}",
    ),
    _rule(
        r"(?:^|(?<=[.!?] ))(he|she|it) (call|come|need|want|wait|bring|take|arrive|cost)\b",
        lambda m: f"{m[1]} {m[2]}s",
    ),
    _rule(r"(?<!deliver )(?<!send )(?<!sent )\bto many (?!of\b)", "too many "),
    _rule(
        r"\bits (?=a\b|an\b|not\b|been\b|going\b|too\b|very\b|possible\b|fine\b|ok\b|"
        r"on its\b|out of\b|because\b|already\b|still\b|covered\b|free\b|ready\b|"
        r"important\b|the same\b|available\b|likely\b|no\b|in stock\b|our\b|your\b|only\b)",
        "it's ",
    ),
    _rule(
        r"\bit's (?=own\b|price\b|warranty\b|guarantee\b|packaging\b|box\b|original\b|"
        r"condition\b|colour\b|size\b|legs\b|parts\b|compressor\b|door\b)",
        "its ",
    ),
    _rule(
        r"\byour (?=welcome\b|going\b|able\b|not\b|entitled\b|being\b|eligible\b|correct\b|"
        r"covered\b|right (?:that|to)\b|right,)",
        "you're ",
    ),
    _rule(rf"\byou(?:'|’)?re (?={_GOODS}\b)", "your "),
    _rule(r"\btheir (?=is\b|are\b|was\b|were\b|will be\b)", "there "),
    _rule(rf"\bthere (?={_GOODS}\b)", "their "),
    _rule(rf"\bthey(?:'|’)re (?={_GOODS}\b)", "their "),
    _rule(
        r"\ba (?=(?:[ai]|e(?!u)|o(?!ne\b|nce\b|ne-)|u(?!n[iy]|s[aeiu]|t[ei]|eu|k\b|r[ieo]|"
        r"b[ei]))[a-z]{2,}|hour\b|honest|half-hour-a)",
        lambda m: "an " if not _is_acronym(m) else m[0],
    ),
    _rule(
        r"\ban (?=(?:[bcdfgjklmnpqrstvwyz]|h(?!our|onest|onou?r|eir))[a-z]{2,}|uni[a-z]+|"
        r"use[a-z]*\b|one\b|europ)",
        lambda m: "a " if not _is_acronym(m) else m[0],
    ),
    _rule(
        r"\b(more|less|better|later|earlier|longer|rather|other|sooner|fewer|higher|lower|"
        r"cheaper) then\b",
        lambda m: f"{m[1]} than",
    ),
    _rule(r"\b(could|should|would|must|might) of\b", lambda m: f"{m[1]} have"),
    _rule(r"\bto (?=late\b|much\b(?! of)|big\b|small\b|long ago|heavy\b|soon\b)", "too "),
    _rule(r"\bloose (?=your\b|the\b|any\b|money\b|it\b)", "lose "),
    _rule(
        r"(?<![\w.@'])i(?=['’](?:m|ll|ve|d)\b| (?:am|will|have|can|would|do|did|was|think|"
        r"understand|see|am)\b)",
        "I",
    ),
    _rule(
        r"\b(did(?:n['’]t| not)|does(?:n['’]t| not)|do(?:n['’]t| not)) (received|sent|"
        r"arrived|paid|ordered|asked|came|went|said)\b",
        lambda m: f"{m[1]} {_BASE[m[2].lower()]}",
    ),
    _rule(
        r"\b(he|she|it) (don['’]t|do not|have not|haven['’]t)\b",
        lambda m: f"{m[1]} {_SINGULAR[m[2].replace('’', chr(39)).lower()]}",
    ),
    _rule(r"\b(we|you|they) was\b", lambda m: f"{m[1]} were"),
    _rule(r"\bwich\b", "which"),
)
_RULES: dict[Language, tuple[_Rule, ...]] = {
    "es": (*_TYPING, *_SPANISH),
    "en": (*_TYPING, *_ENGLISH),
}
_SENTENCE = re.compile(r"[^.!?…\n]*[.!?…]+")
_QUESTION_STARTS = re.compile(
    r"(?:(?:^|, )(?:y |pero )?)((?:en |a |de |por |para |con |desde |hasta )?(?:qué|cómo|"
    r"cuándo|cuánt[oa]s?|dónde|cuál(?:es)?|quién(?:es)?)\b|"
    r"(?<=, )(?:verdad|no|de acuerdo|vale|le parece|le viene|quiere|puede)\b)",
    re.IGNORECASE,
)


def slips(text: str, language: Language) -> Iterator[Slip]:
    """The sure slips of a text, in order of the rules."""
    for rule in _RULES[language]:
        for found in rule.pattern.finditer(text):
            mend = rule.mend if isinstance(rule.mend, str) else rule.mend(found)
            said = found.group()
            at = len(said) - len(said.lstrip("¿"))
            if said[at : at + 1].isupper() and mend[at : at + 1].islower():
                mend = mend[:at] + mend[at].upper() + mend[at + 1 :]
            if mend != said:
                start, end, mend = _trimmed(found.start(), said, mend, rule.cause)
                yield Slip(start, end, rule.cause, mend)
    if language == "es":
        yield from _unopened(text)
        yield from _futures(text)


_WISHED = re.compile(
    r"\b(?:si|que|como|ojala|ojalá|aunque|cuando|donde|quien|para|antes|quisiera|tal vez|"
    r"quizás?)\b",
    re.IGNORECASE,
)
_FUTURE = re.compile(r"\b(\w+[aei]r)(a|an)\b")


def _futures(text: str) -> Iterator[Slip]:
    """What will be, without its accent: "el técnico le llamara"."""
    for sentence in re.finditer(r"[^.!?\n]+", text):
        for found in _FUTURE.finditer(sentence.group()):
            if _WISHED.search(sentence.group(), 0, found.start()) or not is_listed(found[1], "es"):
                continue
            if found.group().lower() in frequent("es"):
                continue
            mend = f"{found[1]}{'á' if found[2] == 'a' else 'án'}"
            if is_listed(mend, "es"):
                start = sentence.start() + found.start()
                yield Slip(start, start + len(found.group()), "accent", mend)


def _trimmed(start: int, said: str, mend: str, cause: Cause) -> tuple[int, int, str]:
    """Without the space that both end in."""
    if cause != "space" and said.endswith(" ") and mend.endswith(" "):
        said, mend = said[:-1], mend[:-1]
    return start, start + len(said), mend


def _unopened(text: str) -> Iterator[Slip]:
    """Questions and exclamations that end and do not begin."""
    for found in _SENTENCE.finditer(text):
        sentence = found.group()
        for close, opening in (("?", "¿"), ("!", "¡")):
            at = sentence.find(close)
            tied = re.match(r"[\w=&]", text[found.end() :])  # within an address of the web
            if at < 0 or tied or opening in sentence or not re.search(r"\w{2}", sentence[:at]):
                continue
            lead = len(sentence) - len(sentence.lstrip(" \t\"'«“(-¡¿"))
            asked = _QUESTION_STARTS.search(sentence[lead:]) if close == "?" else None
            start = found.start() + lead + (asked.start(1) if asked else 0)
            word = re.match(r"\w+", text[start:])
            if word:
                yield Slip(
                    start,
                    found.start() + at + 1,
                    "opening_mark",
                    opening + text[start : found.start() + at + 1],
                )
