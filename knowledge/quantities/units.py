"""Words by which units and bounds are known, folded, in both languages."""

from __future__ import annotations

import re

DAY = 1.0
_HOUR = DAY / 24
_MINUTE = _HOUR / 60

DURATIONS: dict[str, tuple[str, float]] = {}
"""Unit word -> (``days`` or ``months``, how many of them)."""
for _unit, _size, _words in (
    ("days", _MINUTE / 60, "segundo segundos seg second seconds sec secs"),
    ("days", _MINUTE, "minuto minutos min mins minute minutes"),
    ("days", _HOUR, "hora horas h hs hr hrs hour hours"),
    ("days", DAY, "dia dias d day days"),
    ("days", 7.0, "semana semanas week weeks"),
    ("days", 14.0, "fortnight fortnights"),
    ("days", 15.0, "quincena quincenas"),
    ("months", 1.0, "mes meses month months"),
    ("months", 3.0, "trimestre trimestres"),
    ("months", 6.0, "semestre semestres"),
    ("months", 12.0, "ano anos year years"),
    ("months", 120.0, "decada decadas decade decades"),
):
    DURATIONS |= dict.fromkeys(_words.split(), (_unit, _size))

WORKING = frozenset(
    "habil habiles laborable laborables laboral laborales working business work".split()
)
NATURAL = frozenset("natural naturales corrido corridos calendar consecutivos consecutive".split())
DAY_ADJECTIVES = (
    WORKING
    | NATURAL
    | {"full", "completo", "completos", "additional", "consecutive", "more", "mas"}
)
PLACED = frozenset(
    "primeros primeras ultimos ultimas siguientes proximos proximas first last next".split()
)
"""Which of a row of units, said between a number and its unit: "los 2 primeros años"."""
REPEATED = {"twice": 2.0, "thrice": 3.0}
QUARTERS = frozenset("cuarto cuartos quarter quarters".split())
HALF_BEFORE = frozenset("media medio half".split())
HALF_AFTER = {"es": ("y", ("media", "medio")), "en": ("and", ("half",))}

CURRENCIES: dict[str, str] = {
    **dict.fromkeys("€ euro euros eur".split(), "EUR"),
    **dict.fromkeys("$ usd us$ dolar dolares dollar dollars".split(), "$"),
    **dict.fromkeys("£ gbp libra libras pound pounds".split(), "£"),
    **dict.fromkeys("peso pesos mxn".split(), "pesos"),
}
RANGE_WORDS = frozenset("- – — a to o or".split())
LINKS = RANGE_WORDS | {",", "y", "and"}
TIMES_WORDS = frozenset("once twice times time per each every".split())
BEFORE_YEAR = frozenset("en de del desde hasta in of since from until by year ano © ,".split())
HALF_OF_DAY = re.compile(
    r"\s*(?:(a|p)\.?\s?m\b\.?|de la (manana|tarde|noche)|in the (morning|afternoon|evening))"
)
LATE_HALF = frozenset("p tarde noche afternoon evening".split())
PERCENT = frozenset(("%", "percent", "pct"))
PER_CENT = frozenset((("por", "ciento"), ("per", "cent")))
CURRENCIES_BEFORE = frozenset("€ $ £ usd us$ eur gbp".split())

MEASURES: dict[str, tuple[str, float]] = {}
"""Unit word -> (base unit, how many of them)."""
for _base, _factor, _names in (
    ("bytes", 1e3, "kb kilobyte kilobytes kilobits"),
    ("bytes", 1e6, "mb megabyte megabytes"),
    ("bytes", 1e9, "gb gigabyte gigabytes"),
    ("bytes", 1e12, "tb terabyte terabytes"),
    ("mm", 1.0, "mm milimetro milimetros millimeter millimeters millimetres"),
    ("mm", 10.0, "cm centimetro centimetros centimeter centimeters centimetres"),
    ("mm", 1e3, "m metro metros meter meters metre metres"),
    ("mm", 1e6, "km kilometro kilometros kilometer kilometers kilometres"),
    ("mm", 25.4, "pulgada pulgadas inch inches"),
    ("mm", 304.8, "foot feet ft pie pies"),
    ("mm", 1609344.0, "mile miles milla millas"),
    ("g", 1.0, "g gr gramo gramos gram grams"),
    ("g", 1e3, "kg kilo kilos kilogramo kilogramos kilogram kilograms"),
    ("g", 453.59237, "lb lbs"),
    ("l", 1.0, "l litro litros liter liters litre litres"),
    ("l", 1e-3, "ml"),
    ("degrees", 1.0, "° grado grados degree degrees"),
    ("W", 1.0, "w vatio vatios watt watts"),
    ("W", 1e3, "kw"),
    ("kWh", 1.0, "kwh"),
    ("V", 1.0, "v voltio voltios volt volts"),
    ("px", 1.0, "px pixel pixels pixeles"),
):
    MEASURES |= dict.fromkeys(_names.split(), (_base, _factor))

# What a number behind it only names: a section, a version, a street.
REFERENCES = frozenset(
    "section sections seccion secciones sec article articles articulo articulos art arts clause "
    "clauses clausula clausulas apartado apartados paragraph paragraphs parrafo parrafos exhibit "
    "exhibits anexo annex appendix apendice schedule step paso chapter capitulo page pages pagina "
    "paginas p pp pag version versiones versions v rfc n no num numero number ley law act "
    "regulation reglamento directiva directive iso port puerto title titulo form formulario "
    "figure figura table tabla row fila level nivel tier floor planta suite street st calle ave "
    "avenue windows android ios python ubuntu debian release rule regla part parte module modulo "
    "phase fase line linea item punto question pregunta note nota category categoria class clase "
    "option opcion §".split()
)

_AT_LEAST = (
    r"al menos|como minimo|por lo menos|un minimo de|minimo de|minimo|mas de|superior(?:es)? a|"
    r"mayor(?:es)? de|no menos de|no inferior a|at least|a minimum of|minimum of|minimum|"
    r"no less than|no fewer than|not less than|more than|over|longer than|greater than|exceeding"
)
_AT_MOST = (
    r"hasta|como maximo|un maximo de|maximo de|maximo|no mas de|no superior a|menos de|"
    r"inferior(?:es)? a|menor(?:es)? de|dentro de(?: los?)?|antes de(?: los?)?|"
    r"no supere (?:los|las)?|up to|at most|a maximum of|maximum of|maximum|no more than|"
    r"not more than|no later than|less than|fewer than|under|within(?: the)?(?: first| next)?|"
    r"not exceed(?:ing)?|no longer than"
)
AT_LEAST_BEFORE = re.compile(rf"\b(?:{_AT_LEAST})\W*$")
AT_MOST_BEFORE = re.compile(rf"\b(?:{_AT_MOST})\W*$")
AT_LEAST_AFTER = re.compile(
    r"[\s,(]*(?:como minimo|o mas|por lo menos|minimo|or more|or older|or longer|at least)\b"
)
AT_MOST_AFTER = re.compile(
    r"[\s,(]*(?:como maximo|o menos|maximo|or less|or fewer|at most|maximum)\b"
)
BOUND_CHARS = 32
"""Longest of the phrases before, with room for a space or bracket."""

FREE = re.compile(
    r"\b(?:gratis|gratuit[oa]s?|gratuitamente|sin (?:coste|costo|cargo)(?: alguno| adicional)?|"
    r"free of charge|at no (?:additional |extra )?(?:cost|charge)|for free|"
    r"(?:is|are|be) free(?! (?:to|of|from|software)))\b"
)

ANCHOR_LINK = re.compile(
    r"[\s,]*\b(?:desde|a partir de|a contar de|contad[oa]s? (?:desde|a partir de)|tras|despues de|"
    r"siguientes? a|posterior(?:es)? a|antes de|de (?:la|su)\b|del|from|after|of|following|since|"
    r"before|prior to)"
)
"""What links a duration with what it is counted from."""
ANCHOR_CHARS = 60
"""How far behind that the event is looked for."""

EVENTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"\b(?:{pattern})\b"))
    for name, pattern in (
        ("delivery", r"entregas?|entregad[oa]s?|recepcion|recib\w+|deliver\w*|receipts?|receiv\w+"),
        ("purchase", r"compras?|comprad[oa]|comprar|purchas\w+|orders?|ordering|bought"),
        ("dispatch", r"envio|despacho|expedicion|shipments?|shipping|dispatch\w*"),
        ("invoice", r"facturas?|facturacion|invoices?|billing"),
        ("payment", r"pagos?|cobros?|abonos?|payments?|charges?"),
        (
            "end",
            r"cancelacion|cancelar|baja|terminacion|rescision|resolucion|vencimiento|"
            r"caducidad|finalizacion|fin|cierre|cancel\w*|terminat\w+|expir\w+|end|closure",
        ),
        ("notice", r"avisos?|notificacion\w*|comunicacion|notices?|notif\w+"),
        ("request", r"solicitud\w*|peticion|reclamacion\w*|requests?|claims?|complaints?"),
        (
            "start",
            r"contrato|contratacion|firma|inicio|comienzo|alta|activacion|suscripcion|"
            r"registro|agreement|contract|signature|signing|start|beginning|activation|"
            r"registration|sign-?up",
        ),
        ("publication", r"publicacion|publi\w+|posted|posting|publish\w*"),
        ("incident", r"incidente|incidencia|siniestro|averia|dano|incident|damage|breach|loss"),
    )
)

_PERIOD_WORDS = {
    "per hour": "hora hour hourly",
    "per day": "dia day diario diaria diarios diarias daily",
    "per week": "semana week semanal semanales weekly",
    "per month": "mes month mensual mensuales monthly",
    "per year": "ano year anual anuales annual annually yearly",
}
PERIOD_OF = {word: name for name, words in _PERIOD_WORDS.items() for word in words.split()}
"""Word -> the period that an amount is for: "10 € al mes", "$10 monthly"."""
PERIOD = re.compile(
    r"[\s,]*(?:(?:al|por|cada|a la|per|a|an|each|every)\s+|/\s*|"
    r"(?=mens|anu|ann|sema|diar|dai|yea|wee|month))("
    + "|".join(sorted(PERIOD_OF, key=len, reverse=True))
    + r")\b"
)

MAY_MEASURE = re.compile(
    r"[\d%]|\b(?:dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|"
    r"dieci\w+|veint\w+|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa|cien\w*|"
    r"\w+cient[oa]s|quinient[oa]s|mil|medi[oa]|docena|gratis|gratuit\w+|sin c\w+|one|two|three|"
    r"four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|"
    r"eighty|ninety|hundred|thousand|million|half|twice|thrice|quarters?|cuartos?|dozen|free|at no|"
    r"(?:una?|an?) (?:hora|d[ií]a|semana|quincena|mes|trimestre|semestre|año|década|minuto|hour|"
    r"day|week|fortnight|month|year|decade|minute))\b",
    re.IGNORECASE,
)
"""A text without any of these measures nothing."""
