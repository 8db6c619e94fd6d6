"""What headings and the words before a list say about it: steps, or rights, rules and examples."""

from __future__ import annotations

import re

from knowledge.text import fold

_STEPS = re.compile(
    r"\b(?:como (?!somos\b)\w+|(?<!primeros )(?<!proximos )pasos?|procedimientos?|instrucciones|"
    r"que (?:debe|deben|debes|hay que|tiene que|tienes que) hacer|que (?:hacer|hace|hago)\b|"
    r"(?:siga|sigue|seguir) (?:estos|los|las|estas)|checklist|lista de (?:comprobacion|control)|"
    r"(?:haga|haz|hacer|intente|pruebe|realice) lo siguiente|"
    r"antes de(?:l)? \w+|al (?:empezar|terminar|abrir|cerrar|recibir|recibirlo)|"
    r"how (?:to|do (?:i|we|you)|can i)\b|(?<!next )(?<!first )steps?|procedures?|instructions|"
    r"what (?:to do|do i do|you (?:need|should|must) (?:to )?do|should i do|happens when)|"
    r"(?:follow|complete|take|perform) (?:these|the|this)|(?:do|try|take) the following|"
    r"before (?:you|the|your|each|a) \w+|to do list)\b|^(?:to|para|con|si|cuando|en caso de|with|"
    r"if|when|in case of) \w+.*:\s*$"
)
_NOT_STEPS = re.compile(
    r"\b(?:rights?|derechos?|can:|can$|may:|puede:|pueden:|podra|podran|permit\w*|enables?|allows?|"
    r"politicas?|polic(?:y|ies)|rules?|normas?|reglas?|ejemplos?|examples?|for instance|including|"
    r"incluyen?|includes?|following (?:information|details|data|categories|rights|purposes|"
    r"reasons)|"
    r"siguiente informacion|siguientes datos|prohib\w*|not allowed|choices|opciones|"
    r"responsab\w*|responsib\w*|(?:you )?(?:represent|warrant|acknowledge|agree|undertake|"
    r"acepta|declara|garantiza|se compromete)\w*|how we (?:use|share|collect|protect|handle)|"
    r"como (?:usamos|utilizamos|compartimos|recopilamos|protegemos)|definitions?|definiciones|"
    r"related articles|^(?:indice|contenido|contents|table of contents)$|otros articulos|"
    r"articulos relacionados|restrictions?|restricciones|"
    r"use of|uso de|purposes?|fines|finalidad(?:es)?|obligations?|obligaciones|terms|terminos|"
    r"condiciones|conditions|what (?:we|it) (?:does|do|means)|principles?|principios|"
    r"shall(?: not)?:?|will not|you must not|do not use|may not)\b"
)
_CALLED_STEPS = re.compile(
    r"\b(?:following steps|these steps|steps below|(?:estos|los siguientes) pasos|"
    r"pasos siguientes)\b[^.]*:\s*$"
)
_RIGHTS = re.compile(
    r"\b(?:rights?|derechos?|opciones|options|alternativas?|alternatives?|"
    r"(?:\d|dos|tres|cada|vari[ao]s|diferentes|distint[ao]s|two|three|several|each|different|"
    r"any of) "
    r"(?:metodos?|formas|maneras|vias|casos|ways?|methods?))\b"
)
_NUMBER = re.compile(r"^\s*(?:\d+(?:\.\d+)*[.)º]?|[ivxlc]+[.)]|[a-z][.)])\s+(?=\S)", re.IGNORECASE)
_STEP_LABEL = re.compile(r"^\W*(?:paso|step)\s+(?:n\.?º?\s*)?(\d{1,2})\b\s*[.:)–—-]*\s*", re.I)
_CASE = re.compile(
    r"\b(?:que falla|que ha pasado|que pasa|que ocurre|situacion|casos?|si\b|problemas?|sintomas?|"
    r"averia|codigo|error|case|problem|when|if|symptom|issue|code|situation|what (?:happened|"
    r"fails)|"
    r"el cliente dice|motivo de (?:la )?llamada|scenario)\b"
)
_ACTION = re.compile(
    r"\b(?:que (?:se )?(?:hace|hacer|dice|debe hacer|hay que hacer)|accion(?:es)?|actuacion|"
    r"what (?:to do|to say|to tell[a-z ]*|you do|the agent does|we do)|actions?|solucion|"
    r"solution|remedy|remedio|"
    r"fix|response|next step|siguiente paso|como actuar|como se resuelve)\b"
)
_STEP_COLUMN = re.compile(r"^(?:paso|pasos|step|steps|etapa|fase|orden de actuacion)(?: n\.?º?)?$")
_DEADLINE_COLUMN = re.compile(r"^(?:plazos?|tiempo|deadline|time limit|when|cuando|within)\b")


def speaks_of_steps(text: str) -> bool:
    """Whether a heading or the words before a list announce steps.

    >>> speaks_of_steps("4. Cómo se limpia el filtro (E18)"), speaks_of_steps("Qué cambia")
    (True, False)
    """
    return bool(_STEPS.search(fold(text)))


def speaks_of_other(text: str) -> bool:
    """Whether they announce something that only looks like steps: rights, rules, examples."""
    return bool(_NOT_STEPS.search(fold(text)))


def counts_on_steps(text: str) -> bool:
    """Whether the words before a list call its entries steps ("by taking the following steps:")."""
    return bool(_CALLED_STEPS.search(fold(text)))


def speaks_of_rights(text: str) -> bool:
    """Whether they announce what one may choose, whatever else they say."""
    return bool(_RIGHTS.search(fold(text)))


def without_number(heading: str) -> str:
    """A heading without what numbers it.

    >>> without_number("6. Tercera llamada por lo mismo")
    'Tercera llamada por lo mismo'
    """
    return _NUMBER.sub("", heading, count=1).strip()


def step_label(text: str) -> tuple[int, int] | None:
    """Number of a step that is called one, and the length of its name.

    >>> step_label("Paso 2: Abra la tapa")
    (2, 8)
    """
    match = _STEP_LABEL.match(text)
    return (int(match.group(1)), match.end()) if match else None


def is_case_column(name: str) -> bool:
    """Whether a column tells in which case."""
    return bool(_CASE.search(fold(name)))


def is_action_column(name: str) -> bool:
    """Whether a column tells what to do."""
    return bool(_ACTION.search(fold(name)))


def is_step_column(name: str) -> bool:
    """Whether a column names steps."""
    return bool(_STEP_COLUMN.match(fold(name).strip()))


def is_deadline_column(name: str) -> bool:
    """Whether a column tells by when."""
    return bool(_DEADLINE_COLUMN.match(fold(name).strip()))
