"""How promises are said in Spanish: patterns of folded text, which `recognise` looks for.

Present and future, with the pronoun of whoever is promised something: without one, "reembolsamos en
14 días" is what the company does in general.
"""

from __future__ import annotations

import re

from assistant.commitments.forms import Form
from knowledge.commitments.models import What

_TO = r"(?:(?:se|me|te|le|les|os|nos) )?(?:lo|la|los|las|le|les|te|os) "
_YOU = r"(?:usted(?:es)?|ti|vosotros|vosotras)"
_GOING = (
    r"(?:(?:voy|vamos|va|van) a (?:volver a )?|"
    r"(?:vuelvo|volvemos|volvere|volveremos|vuelven?|volveran?) a )"
)
_ENCLITIC = r"(?:se|te|le|os)?(?:lo|la|los|las|le|les|te|os)"
FITTER = r"(?:tecnic[oa]|montador|instalador|operari[oa]|perit[oa]|transportista|repartidor)"
"""People who come to a customer, without their article and plural."""
_THEIRS = r"(?= (?:\w+ ){0,6}?(?:su|sus|tu|tus|usted|ustedes)\b)"


def _ar(stems: str) -> str:
    return rf"(?:{stems})(?:o|amos|an?|are|aremos|aran?)"


_DEVOLVER = r"(?:devuelv(?:o|en?)|devolv(?:emos|ere|eremos|eran?))"
_VERBS: tuple[tuple[What | None, str, str], ...] = (
    ("call_back", rf"{_ar('llam|telefone')}|{_DEVOLVER} la llamada", "llamar|telefonear"),
    (
        "refund",
        rf"{_ar('reembols|abon|ingres|reintegr')}|{_DEVOLVER}|"
        r"(?:hago|hacemos|hare|haremos|haran?) (?:el|la|un|una) (?:reembolso|abono|devolucion|"
        r"transferencia|ingreso)",
        "reembolsar|abonar|ingresar|reintegrar|devolver",
    ),
    (
        "replace",
        rf"{_ar('cambi|reemplaz')}|sustitu(?:yo|imos|yen?|ire|iremos|iran?)|"
        r"repon(?:go|emos|en?|dre|dremos|dran?)",
        "cambiar|reemplazar|sustituir|reponer",
    ),
    ("repair", _ar("repar|arregl"), "reparar|arreglar"),
    ("deliver", rf"{_ar('entreg|llev')}|trae(?:mos|remos|ran?)?|traigo", "entregar|llevar|traer"),
    ("deliver", r"lleg(?:an?|aran?)", "llegar"),
    (
        None,
        rf"{_ar('envi|mand')}|remit(?:o|imos|en?|ire|iremos|iran?)|"
        r"(?:hago|hacemos|hare|haremos|haran?) llegar",
        "enviar|mandar|remitir|hacer llegar",
    ),
    (
        "answer",
        rf"{_ar('contest')}|respond(?:o|emos|en?|ere|eremos|eran?)|"
        r"escrib(?:o|imos|en?|ire|iremos|iran?)|"
        r"(?:digo|decimos|dire|diremos) (?:algo|lo que|que han?)|"
        r"(?:doy|damos|dare|daremos|dan?|daran?) (?:una |la |su )?(?:respuesta|contestacion|"
        r"noticias)",
        "contestar|responder|escribir|dar (?:una )?respuesta|decir algo",
    ),
    (
        "other",
        rf"{_ar('anul|cancel|aplic|tramit|solucion|revis|gestion|compens|regal|activ|reserv')}|"
        r"(?:descuento|descontamos|descontaremos)|(?:resuelv(?:o|en?)|resolv(?:emos|eremos))|"
        r"(?:recoj(?:o)|recog(?:emos|en?|ere|eremos|eran?))|"
        r"(?:doy|damos|dare|daremos) (?:de (?:alta|baja))",
        "anular|cancelar|aplicar|tramitar|solucionar|revisar|gestionar|compensar|regalar|activar|"
        "reservar|descontar|resolver|recoger",
    ),
)


def _finite(what: What | None, finite: str, infinitive: str) -> tuple[Form, ...]:
    """With a pronoun before it, or behind the infinitive; or for somebody's own thing."""
    future = r"(?=\w*(?:re|remos|ra|ran)\b)"
    return (
        Form.of("es", what, rf"{_TO}(?:{finite})"),
        Form.of("es", what, rf"{_TO}{_GOING}(?:{infinitive})"),
        Form.of("es", what, rf"{_GOING}(?:{infinitive}){_ENCLITIC}"),
        Form.of("es", what, rf"{future}(?:{finite})\b{_THEIRS}", alone=True),
    )


_TELLS = _ar("confirm|inform|avis")
"""Said of what is read out as well ("le confirmo que ha salido"): only a day makes it a promise."""
_WHOEVER = (
    Form.of("es", "answer", rf"{_TO}(?:{_TELLS})(?! (?:de )?que\b)", dated=True),
    Form.of("es", "answer", rf"{_TO}{_GOING}(?:confirmar|informar|avisar)"),
    Form.of("es", "answer", rf"{_GOING}(?:confirmar|informar|avisar){_ENCLITIC}"),
    Form.of("es", "answer", rf"{_TO}(?=\w+(?:re|remos|ra|ran)\b)(?:{_TELLS})"),
    Form.of(
        "es",
        "call_back",
        r"(?:nos (?:ponemos|pondremos)|me (?:pongo|pondre)|se (?:ponen?|pondran?)|"
        rf"(?:se )?(?:van?|vamos|voy) a poner(?:nos|me|se)?) en contacto con {_YOU}|"
        rf"{_ar('contact|habl')} con {_YOU}",
    ),
    Form.of("es", None, r"recib(?:iran?|iras|ireis)(?: usted(?:es)?)?"),
    Form.of("es", None, r"recib(?:en?|es)(?: usted(?:es)?)?", dated=True),
    Form.of("es", None, r"tendr(?:an?|as|eis)(?: usted(?:es)?)?", named=True),
    Form.of("es", None, r"tienen?(?: usted(?:es)?)?", named=True, dated=True),
    Form.of(
        "es",
        "deliver",
        r"(?:lo|la|los|las) (?:tiene[ns]?|tendr(?:an?|as))(?: usted(?:es)?)? (?:ya )?en "
        r"(?:su |tu )?(?:casa|domicilio|tienda)",
    ),
    Form.of("es", "deliver", r"(?:su|sus|tu) (?:\w+ ){1,3}?"
            r"(?:lleg(?:an?|aran?)|se entreg(?:an?|aran?))"),
    Form.of("es", "repair", rf"{FITTER}e?s? (?:le )?(?:pas(?:an?|aran?)|iran?|van?|acuden?|"
            r"acudiran?|visit(?:an?|aran?)|est(?:an?|aran?)|vendran?)"),
    Form.of("es", "repair", rf"(?:le )?(?:pasan?|pasaran?|iran?|acudiran?) (?:a verle )?"
            rf"(?:el|la|un|una|nuestro|nuestra) {FITTER}"),
    Form.of("es", "other", r"pas(?:o|amos|an?|are|aremos|aran?) (?:nosotros )?(?:a recoger\w*|"
            r"a por (?:el|la|los|las|ella?))"),
    Form.of("es", "other", r"nos (?:lo |la |los |las )?llevamos", dated=True),
)  # fmt: skip
_GIVEN_WORD = (
    Form.of("es", "other", r"(?:me comprometo|nos comprometemos) a(?: que)?", word=True),
    Form.of(
        "es",
        "other",
        r"(?:se (?:lo|la) |le |les |te |os )(?:promet(?:o|emos)|garantiz(?:o|amos)|"
        r"asegur(?:o|amos))(?: que)?",
        word=True,
    ),
    Form.of(
        "es", "other", r"(?:doy|damos|tiene) (?:mi|nuestra) palabra(?: de)?(?: que)?", word=True
    ),
    Form.of("es", "other", r"(?:me encargo|nos encargamos)(?: \w+)? de(?: que)?", word=True),
)
FORMS: tuple[Form, ...] = (
    *(form for verb in _VERBS for form in _finite(*verb)),
    *_WHOEVER,
    *_GIVEN_WORD,
)
PAST_ALIKE = re.compile(r"\w*[ai]mos\b")
"""Present and past are the same word: "le llamamos"."""
