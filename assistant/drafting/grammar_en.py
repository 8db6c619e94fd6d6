"""Sure slips of English grammar: words that sound alike, and forms of verbs."""

from __future__ import annotations

import re

from assistant.drafting.grammar_rules import rule


def _is_acronym(found: re.Match[str]) -> bool:
    """Whether a word in capitals follows, which is read letter by letter: "an SMS"."""
    return found.string[found.end() : found.end() + 2].isupper()


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
RULES = (
    rule(
        r"\bthere is (?=(?:two|three|four|five|six|several|many|some \w+s|\d+ \w+s)\b)",
        "there are ",
    ),
    rule(
        r"\b(have|has|had|['’]ve) (wrote|went|took|broke|gave|saw|spoke|"
        r"chose|began|did|drove|came)\b"
        r"(?! (?:in|out) )",
        lambda m: f"{m[1]} {_PARTICIPLE[m[2].lower()]}",
    ),
    rule(r"\bthem (?=(?:parts|chairs|items|boxes|legs|screws|pieces|photos|things)\b)", "those "),
    rule(
        r"\b(technician|driver|customer|company|system|fridge|sofa|order|parcel|team) (don['’]t|"
        r"do not|haven['’]t)\b",
        lambda m: f"{m[1]} {_SINGULAR[m[2].replace('’', chr(39)).lower()]}",
    ),
    rule(
        r"(?:^|(?<=[.!?] ))(he|she|it) (call|come|need|want|wait|bring|take|arrive|cost)\b",
        lambda m: f"{m[1]} {m[2]}s",
    ),
    rule(r"(?<!deliver )(?<!send )(?<!sent )\bto many (?!of\b)", "too many "),
    rule(
        r"\bits (?=a\b|an\b|not\b|been\b|going\b|too\b|very\b|possible\b|fine\b|ok\b|"
        r"on its\b|out of\b|because\b|already\b|still\b|covered\b|free\b|ready\b|"
        r"important\b|the same\b|available\b|likely\b|no\b|in stock\b|our\b|your\b|only\b)",
        "it's ",
    ),
    rule(
        r"\bit's (?=own\b|price\b|warranty\b|guarantee\b|packaging\b|box\b|original\b|"
        r"condition\b|colour\b|size\b|legs\b|parts\b|compressor\b|door\b)",
        "its ",
    ),
    rule(
        r"\byour (?=welcome\b|going\b|able\b|not\b|entitled\b|being\b|eligible\b|correct\b|"
        r"covered\b|right that\b|right,|"
        r"right to (?:be (?:angry|annoyed|cautious|concerned|cross|upset|worried)|think|worry|say|"
        r"feel|expect)\b)",
        "you're ",
    ),
    rule(rf"\byou(?:'|’)?re (?={_GOODS}\b)", "your "),
    rule(r"\btheir (?=is\b|are\b|was\b|were\b|will be\b)", "there "),
    rule(rf"\bthere (?={_GOODS}\b)", "their "),
    rule(rf"\bthey(?:'|’)re (?={_GOODS}\b)", "their "),
    rule(
        r"\ba (?=(?:[ai]|e(?!u)|o(?!ne\b|nce\b|ne-)|u(?!n[iy]|s[aeiu]|t[ei]|eu|k\b|r[ieo]|"
        r"b[ei]))[a-z]{2,}|hour\b|honest|half-hour-a)",
        lambda m: "an " if not _is_acronym(m) else m[0],
    ),
    rule(
        r"\ban (?=(?:[bcdfgjklmnpqrstvwyz]|h(?!our|onest|onou?r|eir))[a-z]{2,}|uni[a-z]+|"
        r"use[a-z]*\b|one\b|europ)",
        lambda m: "a " if not _is_acronym(m) else m[0],
    ),
    rule(
        r"\b(more|less|better|later|earlier|longer|rather|other|sooner|fewer|higher|lower|"
        r"cheaper) then\b",
        lambda m: f"{m[1]} than",
    ),
    rule(r"\b(could|should|would|must|might) of\b", lambda m: f"{m[1]} have"),
    rule(r"\bto (?=late\b|much\b(?! of)|big\b|small\b|long ago|heavy\b|soon\b)", "too "),
    rule(r"\bloose (?=your\b|the\b|any\b|money\b|it\b)", "lose "),
    rule(
        r"(?<![\w.@'])i(?=['’](?:m|ll|ve|d)\b| (?:am|will|have|can|would|do|did|was|think|"
        r"understand|see|am)\b)",
        "I",
    ),
    rule(
        r"\b(did(?:n['’]t| not)|does(?:n['’]t| not)|do(?:n['’]t| not)) (received|sent|"
        r"arrived|paid|ordered|asked|came|went|said)\b",
        lambda m: f"{m[1]} {_BASE[m[2].lower()]}",
    ),
    rule(
        r"\b(he|she|it) (don['’]t|do not|have not|haven['’]t)\b",
        lambda m: f"{m[1]} {_SINGULAR[m[2].replace('’', chr(39)).lower()]}",
    ),
    rule(r"\b(we|you|they) was\b", lambda m: f"{m[1]} were"),
    rule(r"\bwich\b", "which"),
)
