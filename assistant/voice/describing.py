"""Rules of a voice guide, and what gave none, in one line each for people. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from assistant.voice.models import (
    AddressRule,
    AnyRule,
    Closing,
    DayPart,
    Forbidden,
    Greeting,
    Regional,
    Required,
    StyleRule,
    ThirdParties,
    Unread,
    WordRule,
)
from knowledge.models import Language

RuleKind = Literal[
    "address",
    "greeting",
    "closing",
    "day_part",
    "words",
    "forbidden",
    "third_parties",
    "required",
    "style",
    "regional",
]
_KINDS: tuple[tuple[type, RuleKind], ...] = (
    (AddressRule, "address"),
    (Greeting, "greeting"),
    (Closing, "closing"),
    (DayPart, "day_part"),
    (WordRule, "words"),
    (Forbidden, "forbidden"),
    (ThirdParties, "third_parties"),
    (Required, "required"),
    (StyleRule, "style"),
    (Regional, "regional"),
)

WORDS: Final[dict[Language, dict[str, str]]] = {
    "es": {
        "kind_address": "Tratamiento",
        "kind_greeting": "Saludos",
        "kind_closing": "Despedidas",
        "kind_day_part": "Saludo según la hora",
        "kind_words": "Palabras",
        "kind_forbidden": "Promesas y frases prohibidas",
        "kind_third_parties": "Nunca a terceros",
        "kind_required": "Hay que decirlo",
        "kind_style": "Cómo se escribe",
        "kind_regional": "Español de cada zona",
        "phone": "teléfono",
        "chat": "chat",
        "whatsapp": "WhatsApp",
        "email": "correo",
        "social": "redes",
        "everywhere": "en todos los canales",
        "usted": "de usted",
        "tu": "de tú",
        "vos": "de vos",
        "say": "decimos {words}",
        "avoid": "no decimos {words}",
        "only_if": "salvo que se diga {words}",
        "about": "({words})",
        "not_to": "no se envía al cliente a: {words}",
        "instead": "en su lugar: {words}",
        "longest_sentence": "frases de {limit} palabras como mucho",
        "emoji": "emoticonos: {limit} como mucho",
        "emoji_in_complaints": "en una queja, ningún emoticono",
        "capitals": "ninguna palabra en mayúsculas",
        "amounts": "importes: {example}",
        "dates": "fechas: {example}",
        "hours": "horas: {example}",
        "verbatim": "con estas palabras",
        "understood": "entendemos {words}",
        "why_for_people": "para las personas: aquí no se buscan reglas",
        "why_not_understood": "no se ha entendido como regla",
        "why_two_addresses": "hay dos tratamientos ({detail}): no se aplica ninguno",
        "why_twice": "el canal ya tiene saludo o despedida: esto no se usa ({detail})",
        "why_unknown_channel": "no es un canal («{detail}»): use teléfono, chat, WhatsApp, correo "
        "o redes sociales",
        "why_unknown_columns": "no se conocen estas columnas: use «Canal», «Saludo» y «Despedida», "
        "o «Decimos» y «No decimos»",
        "why_empty_cell": "falta texto en una celda",
    },
    "en": {
        "kind_address": "Form of address",
        "kind_greeting": "Greetings",
        "kind_closing": "Closings",
        "kind_day_part": "Greeting by the hour",
        "kind_words": "Words",
        "kind_forbidden": "Forbidden promises and wordings",
        "kind_third_parties": "Never to third parties",
        "kind_required": "To be said",
        "kind_style": "How it is written",
        "kind_regional": "Words by region",
        "phone": "phone",
        "chat": "chat",
        "whatsapp": "WhatsApp",
        "email": "e-mail",
        "social": "social media",
        "everywhere": "on all channels",
        "usted": "usted",
        "tu": "tú",
        "vos": "vos",
        "say": "we say {words}",
        "avoid": "we do not say {words}",
        "only_if": "unless {words} is said",
        "about": "({words})",
        "not_to": "customers are not sent to: {words}",
        "instead": "instead: {words}",
        "longest_sentence": "sentences of at most {limit} words",
        "emoji": "emojis: at most {limit}",
        "emoji_in_complaints": "no emoji in a complaint",
        "capitals": "no word in capitals",
        "amounts": "amounts: {example}",
        "dates": "dates: {example}",
        "hours": "times: {example}",
        "verbatim": "in these words",
        "understood": "we understand {words}",
        "why_for_people": "for people: no rules are looked for here",
        "why_not_understood": "not understood as a rule",
        "why_two_addresses": "there are two forms of address ({detail}): neither is used",
        "why_twice": "the channel has a greeting or closing already: this is not used ({detail})",
        "why_unknown_channel": "no channel (“{detail}”): use phone, chat, WhatsApp, e-mail or "
        "social media",
        "why_unknown_columns": "these columns are not known: use “Channel”, “Greeting” and "
        "“Closing”, or “We say” and “We do not say”",
        "why_empty_cell": "a cell has no text",
    },
}


def kind_of(rule: AnyRule) -> RuleKind:
    """What kind of rule it is."""
    return next(kind for rule_type, kind in _KINDS if isinstance(rule, rule_type))


def kind_text(kind: RuleKind, language: Language) -> str:
    """The kind as people call it."""
    return WORDS[language][f"kind_{kind}"]


def described(rule: AnyRule, language: Language) -> str:
    """What a rule says, in one line.

    Args:
        rule: of a guide.
        language: of the interface; the guide's own words stay in theirs.
    """
    return _DESCRIBERS[kind_of(rule)](rule, WORDS[language])


def why_unread(one: Unread, language: Language) -> str:
    """Why something gave no rule, and what to write instead."""
    return WORDS[language][f"why_{one.why}"].format(detail=one.detail)


@cache
def example(language: Language) -> str:
    """A guide to start from, with every kind of rule, as Markdown."""
    return (files(__package__) / "examples" / f"guide.{language}.md").read_text("utf-8")


def _marked(texts: tuple[str, ...]) -> str:
    return ", ".join(f"«{text}»" for text in texts)


def _where(channels: tuple[str, ...], words: Mapping[str, str]) -> str:
    return ", ".join(words[channel] for channel in channels) or words["everywhere"]


def _address(rule: AddressRule, words: Mapping[str, str]) -> str:
    return f"{words[rule.form]} ({_where(rule.channels, words)})"


def _phrase(rule: Greeting | Closing, words: Mapping[str, str]) -> str:
    return f"{words[rule.channel]}: {rule.text}"


def _day_part(rule: DayPart, words: Mapping[str, str]) -> str:
    clock = [f"{minute // 60:02}:{minute % 60:02}" for minute in (rule.starts, rule.ends)]
    return f"{clock[0]}-{clock[1]}: {rule.words}"


def _words(rule: WordRule, words: Mapping[str, str]) -> str:
    parts = (("say", rule.say), ("avoid", rule.avoid))
    return "; ".join(words[key].format(words=_marked(texts)) for key, texts in parts if texts)


def _forbidden(rule: Forbidden, words: Mapping[str, str]) -> str:
    parts = [_marked(rule.wordings) or rule.described]
    if rule.about:
        parts.append(words["about"].format(words=rule.about))
    if rule.unless:
        parts.append(words["only_if"].format(words=", ".join(rule.unless)))
    return "; ".join(parts)


def _third_parties(rule: ThirdParties, words: Mapping[str, str]) -> str:
    parts = [words["not_to"].format(words=", ".join(rule.parties))] if rule.parties else []
    if rule.wordings:
        parts.append(words["avoid"].format(words=_marked(rule.wordings)))
    if rule.instead:
        parts.append(words["instead"].format(words=_marked((rule.instead,))))
    return "; ".join(parts)


def _required(rule: Required, words: Mapping[str, str]) -> str:
    statement = f"«{rule.statement}» ({words['verbatim']})" if rule.verbatim else rule.statement
    return f"{rule.situation}: {statement}" + (f". {rule.when}" if rule.when else "")


def _style(rule: StyleRule, words: Mapping[str, str]) -> str:
    text = words[rule.kind].format(limit=rule.limit, example=rule.example)
    return f"{text} ({_where(rule.channels, words)})" if rule.channels else text


def _regional(rule: Regional, words: Mapping[str, str]) -> str:
    told = words["say"].format(words=_marked(rule.say))
    return f"{told}; {words['understood'].format(words=_marked(rule.understood))}"


_DESCRIBERS: Mapping[RuleKind, Callable[..., str]] = {
    "address": _address,
    "greeting": _phrase,
    "closing": _phrase,
    "day_part": _day_part,
    "words": _words,
    "forbidden": _forbidden,
    "third_parties": _third_parties,
    "required": _required,
    "style": _style,
    "regional": _regional,
}
