"""Is something missing that the voice guide says must be said in a situation?

A situation is known by its name in the guide: what agents write when they do it, once it stands
finished in the draft. What has to be said counts as said when its figures and keys are there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.drafting.models import Finding, Setting
from assistant.voice.models import Required
from knowledge.quantities.numerals import same_length_fold
from knowledge.text import fold, stem, words


@dataclass(frozen=True)
class _Situation:
    """How a situation is recognised.

    Attributes:
        name: finds the guide's name of it, folded.
        done: finds in a folded draft that it takes place.
        said: finds in a folded draft what has to be said.
        opening: whether it is the beginning of a call.
        asked: whether asking about it is enough ("¿Envío la solicitud?").
    """

    name: re.Pattern[str]
    done: re.Pattern[str]
    said: re.Pattern[str] | None = None
    opening: bool = False


_MONEY = (
    r"\d+(?:[.,]\d+)?\s?(?:€|euros?)|[€]\s?\d|sin coste|gratis|no (?:tiene|le) c(?:oste|"
    r"uesta)|free of charge|at no cost"
)
_VISIT = r"(?:visita|tecnic[oa]|technician|engineer|visit)"
_PICKUP = r"(?:recogid\w+|recoger\w*|collection|collect(?:ed)?|pick(?:ed)?[- ]?up)"
_BOOKED = (
    r"(?:he (?:reservad|concertad|cread|fijad|agendad|programad|confirmad|pedid|abiert)\w+|"
    r"(?:le |te |queda |esta )(?:confirm(?:o|ad[oa])|fijad[oa]|reservad[oa]|concertad[oa]|"
    r"program\w+|"
    r"agend\w+|reservo|fijo)|"
    r"(?:i|we)(?:'ve| have) (?:booked|arranged|scheduled|confirmed|set up|reserved)|"
    r"(?:i|we) (?:confirm|can confirm|am confirming|are confirming)|(?:is|are) (?:booked|"
    r"confirmed|arranged|scheduled))"
)
_SITUATIONS = (
    _Situation(
        re.compile(r"\bgrabacion|\brecording"),
        re.compile(
            r"\ble atiende\b|\bthis is [a-z]+ (?:from|at)\b|\ben que (?:puedo|"
            r"podemos) ayudar|\bhow (?:can|may) i help\b"
        ),
        re.compile(r"\bgrab\w+|\brecord\w+"),
        opening=True,
    ),
    _Situation(
        re.compile(r"\bdistancia|\bdistance"),
        re.compile(
            r"\b(?:cierro|cerramos|tramito|confirmo|formalizo|finalizo|hago|paso) (?:ya |"
            r"ahora )?(?:el|su|tu) (?:pedido|compra|encargo)|"
            r"\b(?:pedido|compra) (?:ya )?(?:queda|esta|ha quedado) (?:ya )?"
            r"(?:cerrad|confirmad|hech|tramitad|formalizad)\w+|"
            r"\b(?:closing|placing|completing|confirming|close|place|complete|"
            r"finali[sz]e) (?:the|your) (?:order|purchase)|"
            r"\b(?:order|purchase) is (?:now )?(?:placed|complete|confirmed|closed)"
        ),
        re.compile(
            r"\bdesist\w+|\bwithdraw\w*|\b14 dias\b|\b14[- ](?:calendar )?days?\b|"
            r"\bcatorce dias"
        ),
    ),
    _Situation(
        re.compile(r"\bfinanciaci|\bfinancing|\bcredit"),
        re.compile(
            r"\b(?:envio|enviamos|envie|mando|mandamos|lanzo|tramito|curso|hacemos|hago|"
            r"paso)\b[^.?!]{0,20}\b(?:solicitud|financiacion)\b|"
            r"\b(?:send|sending|submit|submitting|put through|"
            r"start)\b[^.?!]{0,20}\b(?:application|request for finance)\b"
        ),
    ),
    _Situation(
        re.compile(r"\bseguro\b|\binsurance"),
        re.compile(
            r"\b(?:contrato|contratamos|activo|activamos|damos de alta|doy de alta|le hago|"
            r"tramito|queda contratad)\w*[^.?!]{0,25}\b(?:seguro|poliza)\b|"
            r"\b(?:seguro|poliza)\b[^.?!]{0,20}\b(?:contratad|activad|dad[oa] de alta)\w*|"
            r"\b(?:taking out|take out|activate|activating|set up|signing you up for|"
            r"add)\b[^.?!]{0,25}\b(?:insurance|policy)\b"
        ),
    ),
    _Situation(
        re.compile(r"\breclamacion|\bcomplaint"),
        re.compile(
            r"\b(?:he (?:abierto|registrado|creado|puesto|tramitado)|queda (?:abierta|"
            r"registrada)|registro|abro|tramito|anoto)\b[^.?!]{0,25}\breclamacion\b|"
            r"\breclamacion (?:queda |esta |ha sido )?(?:abierta|registrada|creada|anotada)|"
            r"\b(?:i|we)(?:'ve| have) (?:opened|registered|filed|logged|"
            r"recorded)\b[^.?!]{0,25}\bcomplaint\b|"
            r"\bcomplaint (?:is|has been) (?:now )?(?:opened|registered|filed|logged|recorded)"
        ),
    ),
    _Situation(
        re.compile(r"\bvisita|\bvisit"),
        re.compile(
            rf"\b{_BOOKED}\b[^.?!]{{0,45}}\b{_VISIT}|\b{_VISIT}\b[^.?!]{{0,30}}\b(?:queda|"
            rf"esta|is) (?:confirmad|reservad|fijad|booked|confirmed|arranged)\w*"
        ),
        re.compile(
            r"\b29\b|\bsi (?:el tecnico )?no (?:encuentra|hay) (?:ningun )?(?:fallo|"
            r"averia)|\bno fault"
        ),
    ),
    _Situation(
        re.compile(r"\brecogida|\bcollection"),
        re.compile(
            rf"\b{_BOOKED}\b[^.?!]{{0,45}}\b{_PICKUP}|"
            rf"\b{_PICKUP}\b[^.?!]{{0,30}}\b(?:queda|esta|is) (?:confirmad|reservad|fijad|"
            rf"booked|confirmed|arranged)\w*"
        ),
        re.compile(_MONEY),
    ),
)
_KEY = re.compile(r"\b[A-Z]{2,4}\b|\b\d+\b")
_TWIN_WORDS: Mapping[str, str] = {"tae": "apr", "tin": "nominal", "apr": "tae"}
_DENIED = re.compile(
    r"\b(?:no|nunca|sin|not|never|if|si|cuando|when|para que|once)\s+(?:\w+\s+){0,2}$"
)


def required(draft: str, setting: Setting) -> Iterator[Finding]:
    """What the guide of the draft's language says must be said, and is not."""
    guide = setting.guide
    if guide is None:
        return
    folded = same_length_fold(draft).replace("’", "'")
    for rule in guide.required:
        situation = next((s for s in _SITUATIONS if s.name.search(fold(rule.situation))), None)
        if situation is None or not _takes_place(situation, folded, setting):
            continue
        if _is_said(rule, situation, draft, folded, setting):
            continue
        values = {"situation": rule.situation, "statement": rule.statement}
        end = len(draft.rstrip())
        mend = f" {rule.statement}." if rule.verbatim else None
        yield Finding("required", end, end, "required", values, mend, rule.source)


def _takes_place(situation: _Situation, folded: str, setting: Setting) -> bool:
    found = situation.done.search(folded)
    if found is None:
        return False
    if situation.opening:
        return setting.channel == "phone" and "locucion ha sonado" not in fold(setting.about)
    return not _DENIED.search(folded[: found.start()])


def _is_said(
    rule: Required, situation: _Situation, draft: str, folded: str, setting: Setting
) -> bool:
    if situation.said is not None:
        return bool(situation.said.search(folded))
    keys = {key.lower() for key in _KEY.findall(rule.statement)}
    said = set(words(draft))
    if keys and not all(
        key in said or _TWIN_WORDS.get(key) in said or key in folded for key in keys
    ):
        return False
    stems = {stem(w, setting.language) for w in said}
    content = [w for w in words(rule.statement) if len(w) > 5 and w not in keys]
    met = sum(stem(w, setting.language) in stems for w in content)
    return not content or met >= len(content) / 3
