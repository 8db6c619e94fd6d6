"""Is the customer addressed as the voice guide says? Spanish: usted, tú or vos.

Forms that only one of them has: pronouns, and verbs with an ending that nothing else has or of a
list of those that agents use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.drafting.lexicon import frequent, is_listed
from assistant.drafting.models import Finding, Setting
from assistant.drafting.phrases import QUOTED
from assistant.voice.models import Address, AddressRule
from knowledge.text import fold

FORMS: dict[Address, str] = {"usted": "usted", "tu": "tú", "vos": "vos"}

_WORD = re.compile(r"[^\W\d_]+")
_TU_PRONOUNS = {
    "tú": "usted", "te": "le", "ti": "usted", "contigo": "con usted", "tu": "su", "tus": "sus",
    "tuyo": "suyo", "tuya": "suya", "tuyos": "suyos", "tuyas": "suyas", "vosotros": "ustedes",
    "vosotras": "ustedes", "vuestro": "su", "vuestra": "su", "vuestros": "sus",
    "vuestras": "sus", "os": "les",
}  # fmt: skip
_TU_VERBS = {
    "eres": "es", "has": "ha", "vas": "va", "estás": "está", "das": "da", "ves": "ve",
    "sabes": "sabe", "dices": "dice", "haces": "hace", "tienes": "tiene", "vienes": "viene",
    "puedes": "puede", "quieres": "quiere", "debes": "debe", "pides": "pide", "sigues": "sigue",
    "prefieres": "prefiere", "cuentas": "cuenta", "necesitas": "necesita", "llamas": "llama",
    "llegas": "llega", "pagas": "paga", "recibes": "recibe", "eliges": "elige",
    "devuelves": "devuelve", "envías": "envía", "mandas": "manda", "escribes": "escribe",
    "confirmas": "confirma", "indicas": "indica", "esperas": "espera", "deseas": "desea",
    "compras": None, "dejas": "deja", "encuentras": "encuentra", "quedas": "queda",
    "llevas": "lleva", "vives": "vive", "entiendes": "entiende", "crees": "cree",
    "facilitas": "facilita", "avisas": "avisa", "disfrutes": "disfrute", "tengas": "tenga",
    "puedas": "pueda", "quieras": "quiera", "necesites": "necesite", "hagas": "haga",
    "digas": "diga", "vayas": "vaya", "estés": "esté", "seas": "sea", "hayas": "haya",
    "recibas": "reciba", "prefieras": "prefiera", "llames": "llame", "envíes": "envíe",
    "veas": "vea", "sepas": "sepa", "esperes": "espere", "preocupes": "preocupe",
    "olvides": "olvide", "dudes": "dude", "dime": "dígame", "dinos": "díganos", "mira": "mire",
    "oye": "oiga", "escucha": None, "perdona": "perdone", "disculpa": "disculpe",
    "espera": "espere", "envíame": "envíeme", "envíanos": "envíenos", "mándame": "mándeme",
    "mándanos": "mándenos", "escríbenos": "escríbanos", "escríbeme": "escríbame",
    "llámanos": "llámenos", "llámame": "llámeme", "avísanos": "avísenos", "avísame": "avíseme",
    "cuéntanos": "cuéntenos", "cuéntame": "cuénteme", "indícame": "indíqueme",
    "indícanos": "indíquenos", "confírmame": "confírmeme", "déjame": "déjeme",
    "pásame": "páseme", "ten": "tenga", "tranquilo": None, "fíjate": "fíjese",
    "imagínate": "imagínese", "respóndenos": "respóndanos", "consulta": None,
    "ponte": "póngase", "quédate": "quédese", "haz": "haga", "ven": None, "pon": "ponga",
    "sal": None, "elige": None, "danos": "denos", "dame": "deme", "vuelve": None,
    "guarda": None, "desenchufa": "desenchufe",
}  # fmt: skip
"""Form -> what usted says; `None`: may be another word, so it does not tell."""
_ALSO_THIRD = frozenset("mira oye perdona disculpa espera haz pon ten desenchufa danos".split())
"""Told to somebody where a clause begins; elsewhere it may be what somebody does."""
_ALSO_NOUNS = frozenset("cuentas llamas pagas".split())
_VERB_FOLLOWS = re.compile(
    r"\b(?:me|nos|lo|la|los|las|se|que|si|no|cuando|ya|como|mientras|tú|qué|cómo)\s+$",
    re.IGNORECASE,
)
"""Before what may be a noun as well: "nos cuentas", but "humo o llamas"."""
_LEADS = re.compile(r"(?:^|[.!?¡¿,;:\n]|\bpor favor)\s*$", re.IGNORECASE)
_FUTURE = re.compile(r"\w{2,}(?:ar|er|ir|dr|br|rr)ás")
_NOT_FUTURE = frozenset("atrás detrás además jamás quizás tras demás compás".split())
_PAST = re.compile(r"(\w{2,})(?:aste|iste)")
_CONDITIONAL = re.compile(r"(\w{2,}(?:ar|er|ir|dr|br|har))ías")
_IRREGULAR = frozenset(
    "podr tendr pondr vendr saldr valdr querr sabr habr cabr har dir deber".split()
)
"""What "podrías" and the like begin with, in place of the infinitive."""
_IMPERFECT = re.compile(r"\w{2,}(?:aras|ieras|abas)")
_VOS = re.compile(r"vos|sos|\w+(?:ás|és|ís)|\w*(?:á|é|í)(?:me|nos|lo|la)")
_VOS_WORDS = frozenset("vos sos".split())
_USTED = re.compile(r"\b(?:usted(?:es)?)\b", re.IGNORECASE)
_OF_US = re.compile(r"\b(?:me|nos)\s+$", re.IGNORECASE)


def address(draft: str, setting: Setting) -> list[Finding]:
    """Where a Spanish draft addresses the customer otherwise than the guide says."""
    if setting.language != "es":
        return []
    rule = setting.guide.address_rule(setting.channel) if setting.guide else None
    quoted = [match.span() for match in QUOTED.finditer(draft)]
    return [
        one
        for one in _against(draft, rule)
        if not any(a <= one.start and one.end <= b for a, b in quoted)
    ]


def _against(draft: str, rule: AddressRule | None) -> Iterator[Finding]:
    if rule is None:
        yield from _mixed(draft)
    elif rule.form == "usted":
        yield from _of_tu(draft, rule)
        yield from _of_vos(draft, rule)
    else:
        yield from _of_usted(draft, rule)
        if rule.form == "tu":
            yield from _of_vos(draft, rule)


def _mixed(draft: str) -> Iterator[Finding]:
    """Without a guide: who says usted stays with it."""
    if _USTED.search(draft):
        for match, mend in _tu_forms(draft):
            yield Finding("address", *match.span(), "mixed_address", {}, mend)


def _of_tu(draft: str, rule: AddressRule) -> Iterator[Finding]:
    for match, mend in _tu_forms(draft):
        values = {"form": FORMS[rule.form]}
        yield Finding("address", *match.span(), "tu", values, mend, rule.source)


def _of_usted(draft: str, rule: AddressRule) -> Iterator[Finding]:
    for match in _USTED.finditer(draft):
        form = FORMS[rule.form]
        mend = form if match.group().lower() == "usted" else None
        yield Finding("address", *match.span(), "usted", {"form": form}, mend, rule.source)


def _of_vos(draft: str, rule: AddressRule) -> Iterator[Finding]:
    for match in _WORD.finditer(draft):
        word = match.group().lower()
        if word in _VOS_WORDS or (_is_of_vos(word) and not _is_within(draft, match)):
            values = {"form": FORMS[rule.form]}
            yield Finding("address", *match.span(), "vos", values, None, rule.source)


def _is_within(draft: str, match: re.Match[str]) -> bool:
    """Whether an enclitic without an accent stands where nobody is told to do anything."""
    word = match.group().lower()
    return word.endswith(("me", "nos")) and not _LEADS.search(draft[: match.start()])


@lru_cache(maxsize=20_000)
def _is_of_vos(word: str) -> bool:
    told = re.fullmatch(r"(\w+)á", word) or re.fullmatch(r"(\w+[aei])(?:me|nos)", word)
    if told and not is_listed(word, "es") and word not in frequent("es"):
        verb = f"{told[1]}ar" if word.endswith("á") else f"{told[1]}r"
        return is_listed(verb, "es")
    stressed = re.fullmatch(r"(\w+)([áéí])s", word)
    if not stressed or word in frequent("es") or _FUTURE.fullmatch(word):
        return False
    return is_listed(f"{stressed[1]}{fold(stressed[2])}r", "es") and not is_listed(word, "es")


def _tu_forms(draft: str) -> Iterator[tuple[re.Match[str], str | None]]:
    for match in _WORD.finditer(draft):
        word = match.group().lower()
        mend: str | None
        if word in _TU_PRONOUNS:
            if word == "os" and not re.match(r"\s+\w+", draft[match.end() :]):
                continue
            mend = _TU_PRONOUNS[word]
        elif word in _TU_VERBS:
            mend = _TU_VERBS[word]
            if mend is None or _is_noun(draft, match):
                continue
            if word in _ALSO_NOUNS and not _VERB_FOLLOWS.search(draft[: match.start()]):
                continue
            if word in _ALSO_THIRD and not _LEADS.search(draft[: match.start()]):
                continue
        else:
            found, mend = _ending(word)
            if not found:
                continue
        capital = match.group()[0].isupper() and mend
        yield match, (mend[0].upper() + mend[1:] if capital and mend else mend)


def _is_noun(draft: str, match: re.Match[str]) -> bool:
    """Whether an article or preposition makes another word of a form: "las cuentas"."""
    before = re.search(r"(\w+)\s+$", draft[: match.start()])
    word = fold(before.group(1)) if before else ""
    return word in frozenset(
        "la las los el una unas unos sus mis nuestras en de por a con sin las dos tres esta su "
        "otras muchas varias nos".split()
    ) - ({"nos"} if match.group().lower().endswith("s") else set())


@lru_cache(maxsize=20_000)
def _ending(word: str) -> tuple[bool, str | None]:
    """Whether the ending of a word says that it is tú, and the form of usted."""
    if _FUTURE.fullmatch(word) and word not in _NOT_FUTURE:
        return True, word[:-1]
    told = re.fullmatch(r"(\w*[áéíóú]\w*[ae])te", word)  # "espérate"
    if told and is_listed(f"{fold(told[1])}r", "es"):
        return True, None
    conditional = _CONDITIONAL.fullmatch(word)
    if conditional and (conditional[1] in _IRREGULAR or is_listed(conditional[1], "es")):
        return True, word[:-1]
    past = _PAST.fullmatch(word)
    if past and word not in frozenset(
        ("existe", "insiste", "triste", "asiste", "resiste", "consiste")
    ):
        verb = past[1] + ("ar" if word.endswith("aste") else "er")
        other = past[1] + "ir"
        if is_listed(verb, "es") or (word.endswith("iste") and is_listed(other, "es")):
            return True, past[1] + ("ó" if word.endswith("aste") else "ió")
        if fold(word) in _IRREGULAR_PAST:
            return True, _IRREGULAR_PAST[fold(word)]
    return False, None


_IRREGULAR_PAST = {
    "hiciste": "hizo", "dijiste": "dijo", "viniste": "vino", "tuviste": "tuvo",
    "pusiste": "puso", "pudiste": "pudo", "quisiste": "quiso", "fuiste": "fue",
    "estuviste": "estuvo", "trajiste": "trajo", "pediste": "pidió", "elegiste": "eligió",
    "diste": "dio",
}  # fmt: skip
