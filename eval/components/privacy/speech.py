"""Numbers, letters and addresses as people say them and a speech recogniser writes them down.

Written apart from the rules of `knowledge.privacy`, which are measured with it: nothing is shared.
"""

from __future__ import annotations

from random import Random

from assistant.cases.phrases import MONTHS
from knowledge.models import Language

_ONES = {
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve".split(),
    "en": "zero one two three four five six seven eight nine".split(),
}
_TEENS = {
    "es": (
        "diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte "
        "veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete "
        "veintiocho veintinueve"
    ).split(),
    "en": (
        "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
    ).split(),
}
_TENS = {
    "es": "treinta cuarenta cincuenta sesenta setenta ochenta noventa".split(),
    "en": "twenty thirty forty fifty sixty seventy eighty ninety".split(),
}
_HUNDREDS = (
    "ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos "
    "novecientos"
).split()
_LETTERS = {
    "A": "a", "B": "be", "C": "ce", "D": "de", "E": "e", "F": "efe", "G": "ge", "H": "hache",
    "I": "i", "J": "jota", "K": "ka", "L": "ele", "M": "eme", "N": "ene", "P": "pe", "Q": "cu",
    "R": "erre", "S": "ese", "T": "te", "U": "u", "V": "uve", "W": "uve doble", "X": "equis",
    "Y": "i griega", "Z": "zeta",
}  # fmt: skip
_SIGNS = {
    "es": {".": "punto", "_": "guion bajo", "-": "guion", "@": "arroba"},
    "en": {".": "dot", "_": "underscore", "-": "dash", "@": "at"},
}
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()


def number(value: int, language: Language) -> str:
    """A whole number below a thousand in words."""
    if value < 10:
        return _ONES[language][value]
    teens = _TEENS[language]
    if value - 10 < len(teens):
        return teens[value - 10]
    if value < 100:
        tens, ones = divmod(value, 10)
        word = _TENS[language][tens - (3 if language == "es" else 2)]
        tie = " y " if language == "es" else " "
        return word + (tie + _ONES[language][ones] if ones else "")
    hundreds, rest = divmod(value, 100)
    if language == "es":
        word = "cien" if value == 100 else _HUNDREDS[hundreds - 1]
    else:
        word = f"{_ONES['en'][hundreds]} hundred"
    return word + (f" {number(rest, language)}" if rest else "")


def digits(said: str, language: Language, random: Random) -> str:
    """Digits as one of the ways that people say them, or as recognisers put them together."""
    style = random.choice(("one", "one", "one", "groups", "groups", "mixed", "spaced", "doubled"))
    if style == "spaced":
        return " ".join(said)
    if style in ("one", "doubled"):
        words = _one_by_one(said, language, random, doubled=style == "doubled")
        tie = ", " if random.random() < 0.2 else " "
        return tie.join(" ".join(words[at : at + 3]) for at in range(0, len(words), 3))
    groups = _groups(said)
    words = [_group(one, language) for one in groups]
    if style == "mixed":
        words = [w if random.random() < 0.5 else g for w, g in zip(words, groups, strict=True)]
    return (", " if random.random() < 0.2 else " ").join(words)


def letter(said: str, language: Language, random: Random) -> str:
    """A letter by its name, or as it is."""
    if language == "en":
        return {"Z": random.choice(("z", "zed"))}.get(said, said.lower())
    return random.choice((_LETTERS[said], said.lower()))


def code(said: str, language: Language, random: Random) -> str:
    """Letters and digits in their order, signs left out."""
    parts: list[str] = []
    run = ""
    for char in said.upper() + " ":
        if char.isdigit():
            run += char
            continue
        if run:
            parts.append(digits(run, language, random))
            run = ""
        if char.isalpha():
            parts.append(letter(char, language, random))
    return " ".join(parts)


def mail(said: str, language: Language, random: Random) -> str:
    """A mail address: signs by their names, digits in words."""
    out, run = "", ""
    for char in f"{said} ":
        if char.isdigit():
            run += char
            continue
        if run:
            spoken = " ".join(_group(one, language) for one in _groups(run))
            out += f" {spoken if random.random() < 0.7 else run} "
            run = ""
        sign = _SIGNS[language].get(char)
        out += f" {sign} " if sign else char
    return " ".join(out.split())


def date(day: int, month: int, year: int, language: Language, random: Random) -> str:
    """A day with its year."""
    name = MONTHS[language][month - 1].lower()
    if language == "es":
        style = random.choice(("words", "words", "digits"))
        said = number(day, "es") if style == "words" else str(day)
        return f"{said} de {name} {random.choice(('de', 'del'))} {_year_es(year, style)}"
    said = _ordinal(day)
    spoken = f"{number(year // 100, 'en')} {_group(f'{year % 100:02}', 'en')}"
    when = spoken if year < 2000 and random.random() < 0.6 else str(year)
    return random.choice((f"{said} of {name} {when}", f"{name} {said} {when}"))


def _year_es(year: int, style: str) -> str:
    if style == "digits":
        return str(year)
    rest = year % 1000
    thousands = "mil" if year < 2000 else "dos mil"
    return f"{thousands} {number(rest, 'es')}" if rest else thousands


def _ordinal(day: int) -> str:
    if day <= 20:
        return _ORDINALS[day - 1]
    if day == 30:
        return "thirtieth"
    tens = "twenty" if day < 30 else "thirty"
    return f"{tens} {_ORDINALS[day % 10 - 1]}"


def _one_by_one(said: str, language: Language, random: Random, *, doubled: bool) -> list[str]:
    oh = language == "en" and random.random() < 0.4
    words: list[str] = []
    at = 0
    while at < len(said):
        word = "oh" if oh and said[at] == "0" else _ONES[language][int(said[at])]
        twice = doubled and said[at : at + 2] == said[at] * 2
        words.append(f"{'doble' if language == 'es' else 'double'} {word}" if twice else word)
        at += 2 if twice else 1
    return words


def _groups(said: str) -> list[str]:
    """Two and two; three first where the count is odd."""
    start = 3 if len(said) % 2 and len(said) > 1 else min(2, len(said))
    return [said[:start], *(said[at : at + 2] for at in range(start, len(said), 2))]


def _group(said: str, language: Language) -> str:
    zeros = len(said) - len(said.lstrip("0"))
    if zeros == len(said):
        return " ".join(_ONES[language][0] for _ in said)
    return " ".join([_ONES[language][0]] * zeros + [number(int(said), language)])
