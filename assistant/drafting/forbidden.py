"""Words and promises that the voice guide rules out, and being sent to somebody else.

A guide's wordings are looked for inflected (`phrases`) and, where it is surely the same, in other
words (`families`, `third_parties`, and what a model tells of clauses). Every finding cites the
sentence of the guide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.drafting.clause_model import Worded
from assistant.drafting.families import BY_NAME, FAMILIES, SENT_AWAY, Family
from assistant.drafting.models import Finding, Kind, Setting
from assistant.drafting.phrases import QUOTED, places
from assistant.drafting.third_parties import own_business, sent_away
from assistant.voice.models import Forbidden, Rule, ThirdParties, VoiceGuide, WordRule
from knowledge.quantities.numerals import same_length_fold
from knowledge.text import fold, sentence_spans, stem, words

_SPOKEN_OF = re.compile(
    r"\b(?:sus?|nuestr[oa]s?|el|l[ao]s?|un[ao]?s?|al|del|otr[oa]s?|our|his|her|their|the|an?|"
    r"(?:mis?|my)(?=\s+(?:jef\w+|boss)))\s+(?=\w+$)"
)
"""Before "jefa" or "dear": somebody is spoken of, not addressed, but in "mi corazón"."""
_TO_ADDRESS = re.compile(r"\b(?:tratamiento|trato|address)\b")
_DAY = re.compile(
    r"\b(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo|hoy|manana|monday|tuesday|"
    r"wednesday|thursday|friday|saturday|sunday|today|tomorrow|antes de(?:l)? \d|\d{1,2}:\d{2}|"
    r"\d{1,2} de \w+|(?:dentro de|en|within|in) (?:las |los |the )?(?:proximas |next )?"
    r"(?:\d+|un[oa]?|dos|tres|one|two|three|an?) (?:\w+ )?(?:minutos?|horas?|dias?|semanas?|"
    r"minutes?|hours?|days?|weeks?)|"
    r"(?:unos |about )?\d+ (?:minutos|horas|dias|minutes|hours|days) (?:antes|before))\b"
)
_REPORTED = re.compile(
    r"\b(?:(?:were|was|been) (?:told|asked|advised)(?: to)?|(?:told|asked|advised) you(?: to)?|"
    r"(?:le|les|te|os) (?:dijer\w+|dijo|hayan? dicho|han? dicho|contest\w+|mandar\w+)(?: que)?)"
    r"\b[^.;!?]{0,25}$"
)
REPORTED_CHARS = 60
_TOPICS = (
    r"financ\w*|credit\w*|prestamo|loan|cuotas?|instal?lments?|plazos|intereses|interest|tin|tae|"
    r"apr|aprueb\w*|aprob\w*|approv\w*|(?:en|a|in|over) \d+ (?:meses|months|pagos|payments)",
    r"segur\w*|insur\w*|poliza|policy|cobertur\w*|cover\w*|siniestro\w*|franquicia|excess",
)
"""Words of one subject, for rules that hold for it alone."""
MARKED_FROM = 0.9
"""Probability from which what a model tells of a clause is marked (docs/measurements.md)."""
LEAST_WORDS = 4
"""Of a clause that is marked for what a model tells: fewer say little by themselves."""
NEEDS_MORE = frozenset(("unknown",))
"""Kinds of which a clause tells too little: not to know is fine where help follows."""
HALF = 0.5
MOST_OF_IT = 0.6
TELLING_WORDS = 4
"""A wording of so many words says itself what it is about."""


def forbidden(draft: str, setting: Setting) -> list[Finding]:
    """What the guide of the draft's language rules out; one finding for a place."""
    guide = setting.guide
    if guide is None:
        return []
    found = [*_by_wording(draft, setting, guide), *_in_other_words(draft, setting, guide)]
    quoted = [match.span() for match in QUOTED.finditer(draft)]
    return apart([f for f in found if not any(a <= f.start and f.end <= b for a, b in quoted)])


def told_forbidden(draft: str, setting: Setting, told: Sequence[Worded]) -> list[Finding]:
    """What a model takes for what the guide rules out, where the guide has a rule of its kind.

    Args:
        draft: what is checked.
        setting: beside which.
        told: what the model tells of its clauses.
    """
    guide = setting.guide
    if guide is None:
        return []
    quoted = [match.span() for match in QUOTED.finditer(draft)]
    sure = [
        one
        for one in told
        if one.probability >= MARKED_FROM
        and one.kind not in NEEDS_MORE
        and len(words(draft[one.start : one.end])) >= LEAST_WORDS
        and not any(_mostly_in(one, a, b) for a, b in quoted)
    ]
    return apart([*_told(draft, setting, guide, sure)])


def _told(
    draft: str, setting: Setting, guide: VoiceGuide, told: Sequence[Worded]
) -> Iterator[Finding]:
    folded = same_length_fold(draft).replace("’", "'")
    for one in told:
        if _reported(folded, one.start):
            continue
        if one.kind == SENT_AWAY:
            third = next(iter(guide.third_parties), None)
            if third is not None and not own_business(folded, one.start, one.end):
                yield _sent(draft, third, one.start, one.end)
            continue
        family = BY_NAME[one.kind]
        rule = _rule_of(family, guide)
        if rule is None or (family.dated and _dated(draft, folded, one.start)):
            continue
        if isinstance(rule, WordRule):
            yield _avoided(draft, rule, one.start, one.end)
        elif _applies(rule, draft, setting, whole=family.telling):
            yield _banned(rule, one.start, one.end)


def _mostly_in(one: Worded, start: int, end: int) -> bool:
    return min(one.end, end) - max(one.start, start) >= HALF * (one.end - one.start)


def apart(found: Sequence[Finding]) -> list[Finding]:
    """The longest of those that overlap, in order."""
    kept: list[Finding] = []
    for one in sorted(found, key=lambda f: (f.start - f.end, f.start)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda f: f.start)


def _by_wording(draft: str, setting: Setting, guide: VoiceGuide) -> Iterator[Finding]:
    folded = same_length_fold(draft).replace("’", "'")
    for rule in guide.words:
        for wording in rule.avoid:
            for start, end in places(draft, wording, setting.language):
                if not _greets(draft, start, end, guide) and not (
                    _is_of_address(rule) and _SPOKEN_OF.search(folded, 0, end)
                ):
                    yield _avoided(draft, rule, start, end)
    for banned in guide.forbidden:
        for wording in banned.wordings:
            if not _applies(banned, draft, setting, whole=len(words(wording)) >= TELLING_WORDS):
                continue
            for start, end in places(draft, wording, setting.language):
                if not _denied(folded, start):
                    yield _banned(banned, start, end)
    for third in guide.third_parties:
        for wording in third.wordings:
            for start, end in places(draft, wording, setting.language):
                if not _denied(folded, start) and not own_business(folded, start, end):
                    yield _sent(draft, third, start, end)


def _in_other_words(draft: str, setting: Setting, guide: VoiceGuide) -> Iterator[Finding]:
    folded = same_length_fold(draft).replace("’", "'")
    for family in FAMILIES:
        rule = _rule_of(family, guide)
        if rule is None or (
            isinstance(rule, Forbidden) and not _applies(rule, draft, setting, whole=family.telling)
        ):
            continue
        for match in family.wordings[setting.language].finditer(folded):
            start, end = match.span()
            if _denied(folded, start) or (family.dated and _dated(draft, folded, start)):
                continue
            if isinstance(rule, WordRule):
                yield _avoided(draft, rule, start, end)
            else:
                yield _banned(rule, start, end)
    for third in guide.third_parties:
        for start, end in sent_away(folded, setting.language):
            if not _reported(folded, start):
                yield _sent(draft, third, start, end)


def _rule_of(family: Family, guide: VoiceGuide) -> WordRule | Forbidden | None:
    rules: tuple[tuple[WordRule | Forbidden, tuple[str, ...]], ...] = (
        *((rule, rule.wordings) for rule in guide.forbidden),
        *((rule, rule.avoid) for rule in guide.words),
    )
    for rule, worded in rules:
        if any(family.rule.search(fold(one).replace("’", "'")) for one in worded):
            return rule
    return None


def _denied(folded: str, start: int) -> bool:
    """Whether a wording is taken back: "no puedo garantizarle"."""
    return bool(
        re.search(
            r"\b(?:no|nunca|not|never|cannot|can't|don't|sin)\s(?:\w+\s){0,2}$", folded[:start]
        )
    )


def _reported(folded: str, start: int) -> bool:
    """Whether a wording is what somebody else said: "I am sorry you were told to …"."""
    return bool(_REPORTED.search(folded, max(0, start - REPORTED_CHARS), start))


def _dated(draft: str, folded: str, start: int) -> bool:
    """Whether the sentence says when, in the same clause or right after."""
    for first, last in sentence_spans(draft):  # without capitals no sentence seems to end
        if first <= start < last:
            before = max(folded.rfind(sign, first, start) for sign in ",;:")
            return bool(_DAY.search(folded, max(first, before), last))
    return False


def _applies(rule: Forbidden, draft: str, setting: Setting, *, whole: bool) -> bool:
    """Whether a draft is about what a rule is limited to, and does not say what allows it.

    Args:
        rule: of the guide.
        draft: what is checked.
        setting: beside which.
        whole: whether the wording itself says what it is about.
    """
    said = fold(draft)
    if rule.unless and all(_says(said, one, setting) for one in rule.unless):
        return False
    if not rule.about or whole:
        return True
    context = fold(f"{draft} {setting.about}")
    topics = [t for t in _TOPICS if re.search(rf"\b(?:{t})\b", fold(rule.about))]
    if topics:
        return any(re.search(rf"\b(?:{t})\b", context) for t in topics)
    stems = {stem(w, setting.language) for w in words(context)}
    return any(stem(w, setting.language) in stems for w in words(rule.about) if len(w) > 3)


def _says(said: str, term: str, setting: Setting) -> bool:
    alike = {"tin": "nominal", "tae": "apr", "fees": "fee", "gastos": "gasto"}
    folded = fold(term)
    return folded in said or alike.get(folded, folded) in said


def _greets(draft: str, start: int, end: int, guide: VoiceGuide) -> bool:
    """Whether a word stands in a greeting as the guide itself has it: "Dear Ms Vidal"."""
    if draft[:start].strip():
        return False
    word = fold(draft[start:end])
    return any(word in words(one.text) for one in guide.greetings)


def _is_of_address(rule: WordRule) -> bool:
    """Whether a rule is about how people are addressed."""
    return not rule.say and any(_TO_ADDRESS.search(fold(h)) for h in rule.source.headings)


def _avoided(draft: str, rule: WordRule, start: int, end: int) -> Finding:
    kind: Kind = "address" if _is_of_address(rule) else "forbidden"
    if not rule.say:
        return Finding(kind, start, end, "avoid", {}, None, rule.source)
    return Finding(
        kind, start, end, "avoid_say", {"say": rule.say[0]}, _in_place(draft, rule, start, end),
        rule.source,
    )  # fmt: skip


def _in_place(draft: str, rule: WordRule, start: int, end: int) -> str | None:
    """The guide's own word, where it is one and takes the place as it is."""
    say, said = rule.say[0], draft[start:end]
    if " " in say or " " in said:
        return None
    if fold(said).endswith("s") and not any(fold(one).endswith("s") for one in rule.avoid):
        say += "s" if say[-1] in "aeioué" else "es"
    return say[0].upper() + say[1:] if said[0].isupper() else say


def _banned(rule: Rule, start: int, end: int) -> Finding:
    described = rule.described if isinstance(rule, Forbidden) else rule.source.quote
    return Finding("forbidden", start, end, "forbidden", {"rule": described}, None, rule.source)


def _sent(draft: str, rule: ThirdParties, start: int, end: int) -> Finding:
    """The whole sentence where it says little else: what the guide says takes its place."""
    a, b = next(((a, b) for a, b in sentence_spans(draft) if a <= start < b), (start, end))
    mend = None
    if rule.instead and (end - start) >= MOST_OF_IT * (b - a):
        start, end = a, b
        mend = rule.instead if rule.instead[-1] in ".!?" else f"{rule.instead}."
    if rule.instead:
        values = {"say": rule.instead}
        return Finding("forbidden", start, end, "third_party_say", values, mend, rule.source)
    values = {"rule": rule.source.quote}
    return Finding("forbidden", start, end, "third_party", values, None, rule.source)
