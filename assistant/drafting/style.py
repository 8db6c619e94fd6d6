"""Is a draft written as the guide writes? Sentences, capitals, emoji, amounts, dates, hours."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.commitments.complaints import complaint_in
from assistant.drafting.lexicon import is_right
from assistant.drafting.models import Finding, Setting
from assistant.voice.models import StyleRule
from knowledge.models import Language
from knowledge.text import fold, sentence_spans

EMOJI = re.compile(
    "[\U0001f300-\U0001faff\u2600-\u27bf\u2b50\u2b55\u2764\U0001f1e6-\U0001f1ff]"
    "[\ufe0f\U0001f3fb-\U0001f3ff]?(?:\u200d[\U0001f300-\U0001faff\u2640\u2642\u2764]\ufe0f?)*"
    r"|(?<!\w)[:;]-?[)(DP](?!\w)"
)
_RUN = re.compile(rf"(?:{EMOJI.pattern})(?:\s*(?:{EMOJI.pattern}))*")
_COMPLAINS = re.compile(
    r"\b(?:queja\w*|reclam\w+|vergüenza|verguenza|sinverguenzas?|estafa\w*|inaceptable|"
    r"hart[oa]|indignad\w+|"
    r"fatal|horrible|pesim[oa]|complain\w*|worst|terrible|awful|disgrace\w*|unacceptable|"
    r"ridiculous|"
    r"lamentamos|sentimos|disculp\w+|sorry|apolog\w+|danad\w+|rot[oa]s?|broken|damaged|scratched|"
    r"no llega|nadie contesta|nobody|esperando)\b"
)
_CAPITALS = re.compile(r"(?<![\w-])[A-ZÁÉÍÓÚÑÜ]{2,}(?:[ ,]+[A-ZÁÉÍÓÚÑÜ]{1,})*(?![\w-])")
_INITIALS = frozenset("ASAP IBAN BIZUM".split())
_SALUTATION = re.compile(
    r"(?:(?i:muy )?(?i:estimad\w+|apreciad\w+|querid\w+|hola|buen[oa]s (?:d[ií]as|tardes|noches)|"
    r"dear|hello|hi|good (?:morning|afternoon|evening|day)))\b"
    r"(?:,? ?(?i:señor(?:it)?as?|señores|don|doña|(?:sra?|srta|dra?|mrs?|ms|mx|d|dña)\b\.?)"
    r"|,? [A-ZÁÉÍÓÚÑ][\w'’-]*)*[:,]\s+"
)
"""On the line of the sentence behind it, it is no part of it."""
_MONTHS: dict[Language, list[str]] = {
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre".split(),
    "en": "January February March April May June July August September October November "
    "December".split(),
}
_DATE = re.compile(
    r"(?<![\w/.-])(?P<day>\d{1,2})(?P<sign>[/-])(?P<month>\d{1,2})(?:(?P=sign)(?P<year>\d{4}|\d\d))?(?![\w/-])"
)
_HOUR = re.compile(
    r"(?<![\w:.,])(?P<hour>[01]?\d|2[0-4])(?:[.:h](?P<minute>[0-5]\d))?\s?"
    r"(?P<unit>h(?:oras|rs|s)?\b\.?|[ap]\.?m\b\.?|o'clock)",
    re.IGNORECASE,
)
_AT = re.compile(
    r"\b(?:a las|las|de|desde las|hasta las|antes de las|at|by|from|to|until|before|"
    r"between|and|y|a)\s*$",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"(?P<before>€|EUR )?\s?(?<![\w.,])(?P<whole>\d{1,3}(?:[.,]\d{3})+|"
    r"\d+)(?P<cents>[.,]\d{2})?(?![\d])"
    r"(?P<after>\s?(?:€|euros?\b|EUR\b|eur\b))?"
)


def style(draft: str, setting: Setting) -> list[Finding]:
    """What is written otherwise than the guide of the draft's language writes."""
    guide = setting.guide
    if guide is None:
        return []
    rules = guide.style if setting.channel is None else guide.style_on(setting.channel)
    if setting.channel == "whatsapp":  # a chat, where the guide has nothing of its own for it
        kinds = {rule.kind for rule in rules}
        rules = (*rules, *(r for r in guide.style_on("chat") if r.kind not in kinds))
    found: list[Finding] = []
    for rule in rules:
        if setting.channel is None and rule.channels:
            continue
        if setting.channel == "phone" and rule.kind not in ("longest_sentence",):
            continue
        found += _BY_KIND[rule.kind](draft, setting, rule)
    return found


def _long(draft: str, setting: Setting, rule: StyleRule) -> Iterator[Finding]:
    if rule.limit is None or setting.channel == "phone":
        return
    for begin, end in sentence_spans(draft):
        greeted = _SALUTATION.match(draft, begin, end)
        start = greeted.end() if greeted else begin
        count = len(re.findall(r"[^\W_]+(?:[.,:'’/-][^\W_]+)*", draft[start:end]))
        if count > rule.limit:
            values = {"said": str(count), "limit": str(rule.limit)}
            yield Finding("style", start, end, "long_sentence", values, None, rule.source)


def _emoji(draft: str, setting: Setting, rule: StyleRule) -> Iterator[Finding]:
    every = list(EMOJI.finditer(draft))
    limit = rule.limit or 0
    if len(every) <= limit:
        return
    values = {"said": str(len(every)), "limit": str(limit)}
    first = (
        every[limit].start()
        if limit and not _RUN.match(draft, every[0].start())
        else every[0].start()
    )
    for run in _RUN.finditer(draft, first):
        kept = "" if not limit else EMOJI.match(run.group()).group()  # type: ignore[union-attr]
        start = run.start() - (draft[: run.start()].endswith(" ") and not kept)
        yield Finding("style", start, run.end(), "emoji", values, kept, rule.source)


def _emoji_in_complaints(draft: str, setting: Setting, rule: StyleRule) -> Iterator[Finding]:
    talk = f"{setting.about}\n{draft}"
    if not (_COMPLAINS.search(fold(talk)) or complaint_in(setting.about)):
        return
    for run in _RUN.finditer(draft):
        start = run.start() - draft[: run.start()].endswith(" ")
        yield Finding("style", start, run.end(), "emoji_complaint", {}, "", rule.source)


def _capitals(draft: str, setting: Setting, rule: StyleRule) -> Iterator[Finding]:
    for found in _CAPITALS.finditer(draft):
        words = re.findall(r"\w+", found.group())
        real = [w for w in words if w not in _INITIALS] and [
            w for w in words if len(w) >= 4 and is_right(w.lower(), setting.language)
        ]
        if real and (len(words) >= 2 or len(real[0]) >= 4):
            said = found.group().lower()
            begins = (
                not draft[: found.start()].strip()
                or draft[: found.start()].rstrip()[-1] in ".!?:\n"
            )
            mend = said[0].upper() + said[1:] if begins else said
            yield Finding("style", *found.span(), "capitals", {}, mend, rule.source)


def _amounts(draft: str, setting: Setting, rule: StyleRule) -> Iterator[Finding]:
    example = rule.example
    if not example:
        return
    for found in _AMOUNT.finditer(draft):
        if not (found["before"] or found["after"]):
            continue
        said = found.group().strip()
        start = found.start() + (len(found.group()) - len(found.group().lstrip()))
        mend = _amount(found["whole"], found["cents"], example)
        if mend != said.replace("\u00a0", " "):
            values = {"example": example}
            yield Finding("style", start, start + len(said), "amount", values, mend, rule.source)


def _amount(whole: str, cents: str | None, example: str) -> str:
    """An amount as the example is written: its decimal sign, the place of the euro sign."""
    comma = "," in example
    digits = re.sub(r"\D", "", whole)
    grouped = f"{int(digits):,}" if len(digits) > 3 else digits
    if comma:
        grouped = grouped.replace(",", ".")
    decimals = f"{',' if comma else '.'}{cents[1:]}" if cents else ""
    if example.strip().startswith("€"):
        return f"€{grouped}{decimals}"
    space = " " if re.search(r"\s€", example) else ""
    return f"{grouped}{decimals}{space}€"


def _dates(draft: str, setting: Setting, rule: StyleRule) -> Iterator[Finding]:
    for found in _DATE.finditer(draft):
        day, month = int(found["day"]), int(found["month"])
        if not (1 <= day <= 31 and 1 <= month <= 12) or (
            not found["year"] and found["sign"] == "-"
        ):
            continue
        if not found["year"] and re.match(r"\s*(?:h\b|horas|hours)", draft[found.end() :]):
            continue
        if not found["year"] and re.match(
            r"\s*(?:de )?(?:pulgadas?|inch|litros?|taza)", draft[found.end() :]
        ):
            continue
        name = _MONTHS[setting.language][month - 1]
        mend = f"{day} de {name}" if setting.language == "es" else f"{day} {name}"
        if found["year"]:
            year = found["year"] if len(found["year"]) == 4 else f"20{found['year']}"
            mend += f" de {year}" if setting.language == "es" else f" {year}"
        values = {"example": rule.example}
        yield Finding("style", *found.span(), "date", values, mend, rule.source)


def _hours(draft: str, setting: Setting, rule: StyleRule) -> Iterator[Finding]:
    for found in _HOUR.finditer(draft):
        unit = found["unit"].lower()
        if unit.startswith("h") and not found["minute"] and not _AT.search(draft[: found.start()]):
            continue  # "en 48 h" is how long
        if not found["minute"] and re.search(
            r"\ben las\s*$|\b(?:las )?(?:pr[oó]ximas|siguientes)\s*$|\b(?:es|son) de\s*$",
            draft[: found.start()],
        ):
            continue
        hour = int(found["hour"])
        if unit.startswith("p") and hour < 12:
            hour += 12
        mend = f"{hour}:{found['minute'] or '00'}"
        values = {"example": rule.example}
        yield Finding("style", *found.span(), "hour", values, mend, rule.source)


_BY_KIND = {
    "longest_sentence": _long,
    "emoji": _emoji,
    "emoji_in_complaints": _emoji_in_complaints,
    "capitals": _capitals,
    "amounts": _amounts,
    "dates": _dates,
    "hours": _hours,
}
