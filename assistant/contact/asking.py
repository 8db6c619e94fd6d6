"""The question to ask back: what the answer depends on and nobody has said yet."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.contact.heard import AskBack
from assistant.contact.names import Named
from assistant.models import Answer, Turn
from knowledge.models import Language
from knowledge.text import fold

_PERIOD = (
    r"\d+ (?:[a-z]+ )?(?:dias?|noches?|semanas?|meses|mes|anos?|horas?|"
    r"(?:calendar |working |business )?(?:days?|nights?|weeks?|months?|years?|hours?))"
)
_SINCE = r"(?:desde|a partir de|a contar desde|tras|despues de|siguientes a|from|of|after|since)"
_EVENTS: Mapping[str, str] = {
    "delivery_date": r"entreg\w*|recepcion|recib\w*|recog\w*|deliver\w*|receipt|receiv\w*",
    "purchase_date": r"compr\w*|pedido|purchas\w*|order\w*|bought",
    "contract_date": r"contrat\w*|firma\w*|sign\w*|contract\w*",
    "notice_date": r"aviso|avis\w*|report\w*",
}
"""What periods are counted from -> how sources say it, folded."""
_COUNTED = {
    missing: re.compile(rf"\b{_PERIOD}\b[^.;]{{0,40}}?\b{_SINCE} (?:\w+ ){{0,3}}?(?:{event})\b")
    for missing, event in _EVENTS.items()
}
_DEPENDS = {
    "purchase_date": re.compile(
        r"\b(?:si (?:lo |la )?compr\w+|compras?|purchases?|bought|ordered) "
        r"(?:\w+ )?(?:desde|antes|a partir|hasta|from|before|after|since|until)\b"
    ),
}
"""Rules that differ by when something happened."""
_TOLD_WHEN = re.compile(
    r"\b(?:ayer|anteayer|antier|anoche|hoy|esta (?:manana|tarde|semana)|el (?:lunes|martes|"
    r"miercoles|jueves|viernes|sabado|domingo)|(?:la semana|el mes|el ano) pasad[oa]|"
    r"hace (?:\w+ ){1,3}(?:dias?|semanas?|mes(?:es)?|anos?|horas?)|"
    r"(?:el |dia )?(?:\d{1,2}|uno|primero|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|"
    r"doce|trece|catorce|quince|\w+) de (?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|"
    r"septiembre|octubre|noviembre|diciembre)|\d{1,2}[/.-]\d{1,2}|"
    r"yesterday|today|this (?:morning|week)|last (?:night|week|month|year|\w+day)|"
    r"on (?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:\w+ ){1,2}(?:days?|weeks?|months?|years?|"
    r"hours?) ago|(?:january|february|march|april|may|june|july|august|september|october|november|"
    r"december) (?:the )?\w+|\w+ of (?:january|february|march|april|may|june|july|august|september|"
    r"october|november|december))\b"
)
_QUESTIONS: Mapping[str, Mapping[Language, str]] = {
    "delivery_date": {
        "es": "¿En qué fecha lo recibió?",
        "en": "On what date did you receive it?",
    },
    "purchase_date": {"es": "¿En qué fecha lo compró?", "en": "On what date did you buy it?"},
    "contract_date": {"es": "¿En qué fecha lo contrató?", "en": "On what date did you sign up?"},
    "notice_date": {"es": "¿En qué fecha avisó?", "en": "On what date did you report it?"},
}
_WHICH: Mapping[Language, str] = {
    "es": "¿Se refiere a {first} o a {second}?",
    "en": "Do you mean {first} or {second}?",
}
AS_NEAR = 0.95
"""Share of the strongest name's score from which another one may be meant as well."""


def ask_back(
    answer: Answer, names: Sequence[Named], turns: Sequence[Turn], language: Language
) -> AskBack | None:
    """What to ask the customer before the answer holds; `None` when nothing is missing.

    Args:
        answer: what the sources say.
        names: what the conversation is about, strongest first.
        turns: the conversation, the need last.
        language: of the customer.
    """
    return _which(answer, names, language) or _when(answer, turns, language)


def _which(answer: Answer, names: Sequence[Named], language: Language) -> AskBack | None:
    """Two names that the same words may mean, and of both of which something was found."""
    if len(names) < 2:
        return None
    first, second = names[:2]
    cited = {c.title for s in answer.statements for c in s.citations}
    one_mention = first.turn == second.turn and first.said == second.said
    if not one_mention or second.score < AS_NEAR * first.score:
        return None
    if not {first.title, second.title} <= cited:
        return None
    question = _WHICH[language].format(first=first.title, second=second.title)
    return AskBack("which", question)


def _when(answer: Answer, turns: Sequence[Turn], language: Language) -> AskBack | None:
    """A period in what is said first, whose beginning nobody has told."""
    if not answer.statements:
        return None
    if any(_TOLD_WHEN.search(fold(turn.text)) for turn in turns):
        return None
    text = fold(answer.statements[0].focus or answer.statements[0].text)
    for missing, question in _QUESTIONS.items():
        counted, depends = _COUNTED[missing], _DEPENDS.get(missing)
        if counted.search(text) or (depends and depends.search(text)):
            return AskBack(missing, question[language])
    return None
