"""Why a statement is not supported, in a line for people, in Spanish and English."""

from __future__ import annotations

from assistant.support.models import Cause, Reason, Verdict
from knowledge.models import Language

VERDICTS: dict[Language, dict[Verdict, str]] = {
    "es": {
        "supported": "respaldada por la fuente",
        "contradicted": "la fuente dice otra cosa",
        "unsupported": "la fuente no lo dice",
        "uncheckable": "no se puede comprobar",
    },
    "en": {
        "supported": "supported by the source",
        "contradicted": "the source says otherwise",
        "unsupported": "the source does not say so",
        "uncheckable": "cannot be checked",
    },
}
REASONS: dict[Language, dict[Cause, str]] = {
    "es": {
        "other_number": "dice «{said}» y la fuente «{found}»",
        "missing_number": "la fuente no dice «{said}»",
        "other_unit": "otra unidad: dice «{said}» y la fuente «{found}»",
        "other_date": "otra fecha: dice «{said}» y la fuente «{found}»",
        "missing_date": "la fuente no da la fecha «{said}»",
        "other_event": "el plazo cuenta desde otro momento: «{said}» y la fuente «{found}»",
        "negation": "una lo niega y la otra no: «{said}» frente a «{found}»",
        "obligation": "otra obligación: «{said}» frente a «{found}»",
        "condition": "la fuente lo hace depender de «{found}»",
        "rearranged": "con las mismas palabras dice otra cosa: «{said}» donde la fuente «{found}»",
        "other_name": "otro nombre: dice «{said}» y la fuente «{found}»",
        "missing_name": "la fuente no nombra «{said}»",
        "little_in_common": "ninguna frase de la fuente dice lo mismo",
        "no_statement": "no afirma nada que se pueda comprobar",
        "fragment": "es una frase sin terminar o sin verbo",
        "no_evidence": "no cita ninguna fuente",
    },
    "en": {
        "other_number": "it says “{said}”, the source “{found}”",
        "missing_number": "the source does not say “{said}”",
        "other_unit": "another unit: it says “{said}”, the source “{found}”",
        "other_date": "another date: it says “{said}”, the source “{found}”",
        "missing_date": "the source does not give the date “{said}”",
        "other_event": "the period counts from another moment: “{said}”, the source “{found}”",
        "negation": "one denies it, the other does not: “{said}” against “{found}”",
        "obligation": "another obligation: “{said}” against “{found}”",
        "condition": "the source makes it depend on “{found}”",
        "rearranged": "the same words to another sense: “{said}” where the source has “{found}”",
        "other_name": "another name: it says “{said}”, the source “{found}”",
        "missing_name": "the source does not name “{said}”",
        "little_in_common": "no sentence of the source says the same",
        "no_statement": "it states nothing that can be checked",
        "fragment": "it is unfinished or has no verb",
        "no_evidence": "it cites no source",
    },
}


def reason_text(reason: Reason, language: Language) -> str:
    """A reason in one line."""
    return REASONS[language][reason.cause].format(said=reason.said, found=reason.found)
