"""What takes a promise back: questions, conditions, negations, the past, what others said.

And what holds for everybody. Patterns of folded text; `recognise` asks.
"""

from __future__ import annotations

import re

_NOT_BEFORE = re.compile(
    r"\b(?:no|nunca|tampoco|ni|jamas|never|not)"
    r"(?: (?:me|te|se|le|les|nos|os|lo|la|los|las|yo|nosotros|usted))*\s*$"
)
_NO_WORD_GIVEN = re.compile(
    r"\b(?:no|tampoco|nunca|ni|not|cannot|can't|cant|couldn't|don't|dont|won't|never)\b"
    r"[^.,;:!]{0,30}?\b(?:promet\w+|garanti\w+|asegur\w+|comprom\w+|creo|pienso|promise|guarantee|"
    r"assure|think|believe|expect)\b[^.,;:!]*$"
)
_ASKED = re.compile(
    r"(?:\b(?:cuando|donde|adonde|como|por que|cuanto|cuantos|quien|cual|"
    r"(?:a|en|de|por|con) que \w+|que (?:dia|hora|fecha)|"
    r"when|where|how|why|what time|what day|which \w+|who|whether)"
    r"(?: (?:exactamente|mas o menos|exactly))?\s*$)|"
    r"\b(?:quiere|quieres|prefiere|desea|gustaria|le va bien|le parece(?: bien)?|le viene bien|"
    r"would you|do you want|do you prefer|shall|should|can|could)\b[^.,;:!]*$"
)
_MAYBE = re.compile(
    r"\b(?:quizas?|tal vez|a lo mejor|puede (?:ser )?que|es posible que|posiblemente|probablemente|"
    r"seguramente|podria\w*|intent\w+|tratar\w* de|procur\w+|creo que|supongo|imagino|calculo que|"
    r"parece que|espero que|maybe|perhaps|probably|possibly|might|may|could|try|trying|tries|"
    r"i think|i believe|i guess|i hope|hopefully|i suppose)\b[^.;:!]*$"
)
_TOLD = re.compile(
    r"\b(?:dij\w+|dicho|dicen?|comenta\w*|coment\w+|promet(?:i|imos|io|ieron|ido)|asegur(?:aron|o)|"
    r"inform(?:aron|o|ado)|told|said|says?|promised|mentioned|claims?|assured)\b[^.;:!]*$"
)
_GENERAL = re.compile(
    r"\b(?:por ley|la ley|segun (?:la|nuestra|el|las|los) (?:politica|ley|norma\w*|condiciones)|"
    r"nuestra politica|la politica|la garantia cubre|normalmente|por norma|en general|"
    r"por lo general|generalmente|lo normal|lo habitual|habitualmente|suel\w+|el plazo (?:para|de)|"
    r"a los clientes|by law|the law|(?:our|the) policy|policies|normally|usually|typically|"
    r"in general|generally|as a rule|customers|sellers|always)\b"
)
_IF = re.compile(
    r"\b(?:si|en (?:el )?caso de(?: que)?|siempre (?:que|y cuando)|a condicion de|salvo que|"
    r"a no ser que|a menos que|con tal de|if|unless|provided|providing|as long as|in case|"
    r"on condition)\b"
)
_NO_CONDITION_BEFORE = re.compile(
    r"\b(?:ver|saber|sabe|confirmar\w*|comprobar|mirar|decir\w*|por|como|preguntar\w*|"
    r"see|check|know|wonder|tell you|as|ask|find out|confirm|even)\s*$"
)
_YES = re.compile(r"^\W*(?:(?:claro|que|si|por supuesto|vale)\W+)*si\W*$")
_TAG = re.compile(
    r"[,.]?\s*(?:de acuerdo|vale|ok|okay|le parece(?: bien)?|esta bien|all right|alright|right|"
    r"is that (?:ok|okay|all right|alright)|si|yes)\s*$"
)
PAST = re.compile(
    r"\b(?:ayer|anteayer|anoche|antes de ayer|el otro dia|hace (?:\w+ ){1,3}|ya (?:le|les|se|te)|"
    r"en su dia|en su momento|pasad[oa](?! manana)|esta manana|yesterday|ago)\b"
)


def is_asked(folded: str, start: int, end: int) -> bool:
    """Whether ``folded[start:end]`` lies in a question; agreement asked for after it is none."""
    close = folded.find("?", start)
    opened = folded.rfind("¿", 0, start)
    if opened >= 0 and folded.find("?", opened) in (-1, close) and close != -1:
        return True
    if close == -1 or re.search(r"[.!;]\s", folded[end:close]):
        return False
    if "¿" in folded[end:close]:
        return False
    tag = _TAG.search(folded[end:close])
    return tag is None


def taken_back(head: str) -> bool:
    """Whether what stands before a form in its sentence makes it no promise."""
    return any(
        pattern.search(head) for pattern in (_NOT_BEFORE, _NO_WORD_GIVEN, _ASKED, _MAYBE, _TOLD)
    )


def in_general(folded: str) -> bool:
    """Whether a sentence says what holds for everybody."""
    return bool(_GENERAL.search(folded))


def conditional(head: str, tail: str) -> bool:
    """Whether a promise holds only if something else does.

    Args:
        head: what stands before it in its sentence, folded.
        tail: what follows up to the next promise, folded.
    """
    before = "" if _YES.match(head) else head  # "sí, le llamamos", as recognisers write it
    return any(
        not _NO_CONDITION_BEFORE.search(part[: found.start()])
        for part in (before, tail)
        for found in _IF.finditer(part)
    )
