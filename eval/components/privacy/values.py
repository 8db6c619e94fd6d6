"""Invented values of each kind of personal data, valid where the kind has control characters.

The control characters are counted here once more, so that what is measured is not its own measure.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from assistant.cases.phrases import MONTHS
from eval.components.privacy import speech
from knowledge.models import Language

_DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
_PLATE_LETTERS = "BCDFGHJKLMNPRSTVWXYZ"
_OLD_PROVINCES = "M B V SE BI A AL GR Z MU VA CA CO TO".split()
_NAMES = "ana luis marta javier lucia pedro sofia john emma oliver grace".split()
_SURNAMES = "perez garcia ruiz ibarra molina soler smith baker turner clarke".split()
_DOMAINS = "gmail.com hotmail.com yahoo.es outlook.com example.es empresa.example.com".split()
_STREETS_ES = (
    "calle Mayor|C/ Alcalá|calle del Pez|Avenida de la Constitución|Avda. Meridiana|"
    "Plaza de España|Paseo de Gracia|Pza. del Carmen|Camino de los Olmos|Carretera de Burgos|"
    "calle Doctor Fleming|Ronda de Segovia|Rambla Nova|calle San Juan de la Cruz"
).split("|")
_STREETS_EN = (
    "Baker Street|King's Road|Elm Avenue|Station Rd|Church Lane|Park Drive|Oxford St|Mill Close|"
    "Queen Victoria Street|Maple Court|Sunset Blvd|Long Lane"
).split("|")
_TOWNS_ES = "Madrid Valencia Sevilla Zaragoza Burgos".split()
_TOWNS_EN = "London Leeds Bristol York".split()


def written(kind: str, language: Language, random: Random) -> str:
    """A value as people type it."""
    return _WRITTEN[kind](language, random)


def spoken(kind: str, language: Language, random: Random) -> str:
    """A value as a recogniser writes down what is said: no punctuation, or hardly any."""
    if kind == "email":
        return speech.mail(_email(language, random).lower(), language, random)
    if kind == "birth_date":
        return speech.date(*_birthday(random), language, random)
    if kind == "address":
        return _spoken_address(language, random)
    abroad = kind == "phone" and language == "en" and random.random() < 0.5
    value = _foreign(random) if abroad else _PLAIN[kind](random)
    plain = "".join(c for c in value if c.isalnum() or c == "+")
    plus = "más " if language == "es" else "plus "
    said = speech.code(plain.lstrip("+"), language, random)
    return f"{plus}{said}" if plain.startswith("+") else said


def dni(random: Random) -> str:
    """Eight digits and their letter."""
    value = random.randrange(1_000_000, 99_999_999)
    return f"{value:08}{_DNI_LETTERS[value % 23]}"


def nie(random: Random) -> str:
    """X, Y or Z, seven digits and their letter."""
    first, value = random.randrange(3), random.randrange(10_000_000)
    return f"{'XYZ'[first]}{value:07}{_DNI_LETTERS[(first * 10_000_000 + value) % 23]}"


def cif(random: Random) -> str:
    """A letter, seven digits and what controls them."""
    first = random.choice("ABCDEFGHJNPQRSUVW")
    said = f"{random.randrange(50):02}{random.randrange(100_000):05}"
    doubled = sum(sum(divmod(2 * int(c), 10)) for c in said[::2])
    control = -(doubled + sum(map(int, said[1::2]))) % 10
    letters = first in "NPQRSW" or said.startswith("00")
    return f"{first}{said}{'JABCDEFGHI'[control] if letters else control}"


def iban(random: Random) -> str:
    """Of a Spanish account, or, one in five, of a British or German one."""
    style = random.random()
    if style < 0.8:
        country, account = "ES", _digits(random, 20)
    elif style < 0.9:
        country, account = "GB", f"NWBK{_digits(random, 14)}"
    else:
        country, account = "DE", _digits(random, 18)
    value = int("".join(str(int(c, 36)) for c in f"{account}{country}00"))
    return f"{country}{98 - value % 97:02}{account}"


def card(random: Random) -> str:
    """Of sixteen digits, or fifteen."""
    first = random.choice(("4", "4", "51", "53", "55", "2221", "37"))
    said = first + _digits(random, (14 if first == "37" else 15) - len(first))
    total = sum(sum(divmod(2 * int(c), 10)) for c in said[::-2]) + sum(map(int, said[-2::-2]))
    return f"{said}{-total % 10}"


def nss(random: Random) -> str:
    """Province, number and two that control them."""
    province, value = random.randrange(1, 53), random.randrange(100_000, 99_999_999)
    joined = province * 10_000_000 + value if value < 10_000_000 else int(f"{province}{value:08}")
    return f"{province:02}{value:08}{joined % 97:02}"


def cups(random: Random) -> str:
    """Of electricity: two letters control sixteen digits."""
    said = f"00{random.choice(('21', '31'))}{_digits(random, 12)}"
    first, second = divmod(int(said) % 529, 23)
    end = random.choice(("", "", "0F", "1P"))
    return f"ES{said}{_DNI_LETTERS[first]}{_DNI_LETTERS[second]}{end}"


def phone(random: Random) -> str:
    """Spanish, nine digits."""
    first = random.choice(("6", "6", "6", "71", "72", "91", "93", "96", "95", "81", "902", "900"))
    return first + (_digits(random, 9 - len(first)) if first != "95" else f"4{_digits(random, 6)}")


def _digits(random: Random, count: int) -> str:
    return "".join(random.choice("0123456789") for _ in range(count))


def _grouped(said: str, sizes: tuple[int, ...], gap: str) -> str:
    parts, at = [], 0
    for size in sizes:
        parts.append(said[at : at + size])
        at += size
    return gap.join(part for part in [*parts, said[at:]] if part)


def _dni(_: Language, random: Random) -> str:
    value = dni(random)
    number, end = value[:8], value[8]
    dots = f"{number[:2]}.{number[2:5]}.{number[5:]}"
    forms = (
        value, value.lower(), f"{number}-{end}", f"{number} {end}", f"{dots}-{end}", f"{dots}{end}",
        f"{dots} {end}", f"{dots.replace('.', ' ')} {end}", f"{dots.replace('.', '-')}-{end}",
        f"{number[:4]} {number[4:]} {end}",
    )  # fmt: skip
    return random.choice(forms)


def _nie(_: Language, random: Random) -> str:
    value = nie(random)
    first, number, end = value[0], value[1:8], value[8]
    dots = f"{number[0]}.{number[1:4]}.{number[4:]}"
    forms = (
        value, value.lower(), f"{first}-{number}-{end}", f"{first} {number} {end}",
        f"{first}{number}-{end}", f"{first}-{dots}-{end}", f"{first}.{dots}.{end}",
        f"{first} {dots.replace('.', ' ')} {end}",
    )  # fmt: skip
    return random.choice(forms)


def _cif(_: Language, random: Random) -> str:
    value = cif(random)
    forms = (
        value, value, f"{value[0]}-{value[1:]}", f"{value[0]}-{value[1:8]}-{value[8]}",
        f"{value[0]} {value[1:]}", f"{value[0]}{value[1:3]}.{value[3:6]}.{value[6:]}",
        value.lower(),
    )  # fmt: skip
    return random.choice(forms)


def _passport(language: Language, random: Random) -> str:
    return (
        _plain_passport(random)
        if language == "es"
        else random.choice((_digits(random, 9), _plain_passport(random)))
    )


def _plain_passport(random: Random) -> str:
    letters = "".join(random.choice("ABCDEFGHJKLMNPRSTVXYZ") for _ in range(3))
    return f"{letters}{_digits(random, 6)}"


def _phone(language: Language, random: Random) -> str:
    said = phone(random)
    if (language == "en" and random.random() < 0.5) or random.random() < 0.1:
        return _foreign(random)
    sizes = random.choice(((9,), (3, 3, 3), (3, 2, 2, 2), (2, 3, 2, 2), (3, 6), (5, 4), (2, 7)))
    gap = random.choice((" ", " ", " ", "-", "."))
    prefix = random.choice(("", "", "", "+34 ", "+34", "0034 ", "(+34) ", "34 ", "+34-"))
    return prefix + _grouped(said, sizes, gap)


def _foreign(random: Random) -> str:
    area, first = random.choice(("212", "415", "312", "617")), random.randrange(200, 999)
    last = _digits(random, 4)
    mobile, city = f"7{random.choice('459')}{_digits(random, 8)}", _digits(random, 4)
    return random.choice(
        (
            f"({area}) {first}-{last}", f"{area}-{first}-{last}", f"+1 {area} {first} {last}",
            f"{area}.{first}.{last}", f"0{mobile[:4]} {mobile[4:]}",
            f"+44 {mobile[:4]} {mobile[4:7]} {mobile[7:]}", f"+44{mobile}",
            f"020 7{random.randrange(100, 999)} {city}",
            f"+33 6 {_grouped(last + last, (2, 2, 2), ' ')}", f"+49 151 2345{city}",
        )
    )  # fmt: skip


def _iban(_: Language, random: Random) -> str:
    said = iban(random)
    fours = _grouped(said, (4,) * 8, random.choice((" ", " ", "-")))
    return random.choice((said, fours, fours, said.lower(), f"{said[:4]} {said[4:]}"))


def _card(_: Language, random: Random) -> str:
    said = card(random)
    sizes = (4, 4, 4, 4) if len(said) == 16 else (4, 6, 5)
    return random.choice((said, _grouped(said, sizes, " "), _grouped(said, sizes, "-")))


def _nss(_: Language, random: Random) -> str:
    said = nss(random)
    sizes = random.choice(((12,), (2, 8, 2), (2, 10), (4, 4, 4)))
    return _grouped(said, sizes, random.choice((" ", "/", "-")))


def _plate(language: Language, random: Random) -> str:
    said = _plain_plate(random)
    if language == "en" and random.random() < 0.3:
        pick = "ABCDEFGHJKLMNOPRSTUVWXY"
        two, three = ("".join(random.choice(pick) for _ in range(n)) for n in (2, 3))
        return f"{two}{random.randrange(2, 75):02} {three}"
    if random.random() < 0.3:
        gap = random.choice(("-", " ", "-"))
        province = random.choice(_OLD_PROVINCES)
        return gap.join(
            (province, _digits(random, 4), "".join(random.choices(_PLATE_LETTERS, k=2)))
        )
    gap = random.choice(("", " ", "-", " "))
    end = said[4:]
    return f"{said[:4]}{gap}{end}"


def _plain_plate(random: Random) -> str:
    return _digits(random, 4) + "".join(random.choices(_PLATE_LETTERS, k=3))


def _cups(_: Language, random: Random) -> str:
    said = cups(random)
    return random.choice((said, said, said.lower(), _grouped(said, (4, 4, 4, 4, 4), " ")))


def _email(_: Language, random: Random) -> str:
    name, surname = random.choice(_NAMES), random.choice(_SURNAMES)
    local = random.choice(
        (
            f"{name}.{surname}", f"{name}{surname}", f"{name}_{surname}", f"{name}-{surname}",
            f"{name}{random.randrange(10, 99)}", f"{name}.{surname}{random.randrange(1960, 2005)}",
            name, f"{name[0]}{surname}",
        )
    )  # fmt: skip
    said = f"{local}@{random.choice(_DOMAINS)}"
    return random.choice((said, said, said.capitalize(), said.upper()))


def _address(language: Language, random: Random) -> str:
    number = random.randrange(1, 240)
    if language == "en":
        street = random.choice(_STREETS_EN)
        flat = random.choice(("", "", f"Flat {random.randrange(1, 30)}, "))
        code = random.choice(("SW1A 1AA", "LS1 4DY", "BS8 2QF", "M1 1AE", "10014", "94107"))
        town = random.choice(_TOWNS_EN)
        return f"{flat}{number} {street}" + random.choice(("", f", {code}", f", {town} {code}"))
    street = random.choice(_STREETS_ES)
    tie = random.choice((" ", ", ", ", nº ", " número "))
    floor = random.choice(("", "", ", 3º B", ", 2º izquierda", " 4-A", ", bajo C", ", piso 1"))
    end = random.choice(
        ("", f", {_postcode(random)}", f", {_postcode(random)}", f" {_postcode(random)}")
    )
    return f"{street}{tie}{number}{floor}{end}"


def _spoken_address(language: Language, random: Random) -> str:
    number = random.randrange(1, 240)
    if language == "en":
        return f"{speech.number(number, 'en')} {random.choice(_STREETS_EN[:8]).lower()}"
    streets = [s for s in _STREETS_ES if "." not in s and "/" not in s]
    floor = random.choice(("", " tercero b", " segundo izquierda", " bajo c"))
    code = speech.digits(_postcode(random), "es", random)
    end = random.choice(("", f" codigo postal {code}", f" {code}"))
    return f"{random.choice(streets).lower()} {speech.number(number, 'es')}{floor}{end}"


def _postcode(random: Random) -> str:
    return f"{random.randrange(1, 53):02}{random.randrange(1, 999):03}"


def _birthday(random: Random) -> tuple[int, int, int]:
    return random.randrange(1, 29), random.randrange(1, 13), random.randrange(1940, 2012)


def _birth_date(language: Language, random: Random) -> str:
    day, month, year = _birthday(random)
    name = MONTHS[language][month - 1]
    if language == "en":
        forms = [f"{month:02}/{day:02}/{year}", f"{day} {name} {year}", f"{name} {day}, {year}"]
        forms.append(f"{day}th of {name} {year}")
    else:
        forms = [f"{day:02}/{month:02}/{year}", f"{day} de {name} de {year}"]
        forms += [f"{day}-{month}-{year}", f"{day}/{month}/{year % 100:02}"]
    return random.choice([*forms, f"{year}-{month:02}-{day:02}", f"{day:02}.{month:02}.{year}"])


def _ssn(_: Language, random: Random) -> str:
    said = _plain_ssn(random)
    return random.choice((_grouped(said, (3, 2, 4), "-"), _grouped(said, (3, 2, 4), " "), said))


def _plain_ssn(random: Random) -> str:
    area = random.choice([n for n in range(1, 800) if n != 666])
    return f"{area:03}{random.randrange(1, 99):02}{random.randrange(1, 9999):04}"


def _nino(_: Language, random: Random) -> str:
    said = _plain_nino(random)
    return random.choice((said, _grouped(said, (2, 2, 2, 2, 1), " "), said.lower()))


def _plain_nino(random: Random) -> str:
    two = random.choice(("AB", "CE", "JK", "PR", "SX", "TW", "YZ", "HM"))
    return f"{two}{_digits(random, 6)}{random.choice('ABCD')}"


_WRITTEN: dict[str, Callable[[Language, Random], str]] = {
    "dni": _dni, "nie": _nie, "cif": _cif, "passport": _passport, "phone": _phone, "iban": _iban,
    "card": _card, "nss": _nss, "plate": _plate, "cups": _cups, "email": _email,
    "address": _address, "birth_date": _birth_date, "ssn": _ssn, "nino": _nino,
}  # fmt: skip
_PLAIN: dict[str, Callable[[Random], str]] = {
    "dni": dni, "nie": nie, "cif": cif, "passport": _plain_passport, "phone": phone, "iban": iban,
    "card": card, "nss": nss, "plate": _plain_plate, "cups": cups, "ssn": _plain_ssn,
    "nino": _plain_nino,
}  # fmt: skip
