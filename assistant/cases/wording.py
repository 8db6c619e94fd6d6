"""A fact in words, in Spanish and English: what to say, what to check, what to ask back."""

from __future__ import annotations

from datetime import date

from assistant.cases.models import CaseFact, Condition, Event, Question, Rule, Unit
from knowledge.models import Language

_MONTHS: dict[Language, list[str]] = {
    "es": (
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
    ).split(),
    "en": (
        "January February March April May June July August September October November December"
    ).split(),
}

EVENT_NAMES: dict[Language, dict[Event, str]] = {
    "es": {
        "purchased": "la compra",
        "dispatched": "el envío",
        "delivered": "la entrega",
        "installed": "la instalación",
        "invoiced": "la factura",
        "paid": "el pago",
        "notified": "el aviso",
        "claimed": "la reclamación",
        "found": "que se descubrió el problema",
        "repaired": "la reparación",
        "collected": "la recogida",
        "returned": "la devolución",
        "refunded": "la emisión del reembolso",
        "cancelled": "la cancelación",
        "started": "el inicio del contrato",
    },
    "en": {
        "purchased": "the purchase",
        "dispatched": "dispatch",
        "delivered": "delivery",
        "installed": "installation",
        "invoiced": "the invoice",
        "paid": "payment",
        "notified": "the notice",
        "claimed": "the complaint",
        "found": "when the problem was found",
        "repaired": "the repair",
        "collected": "collection",
        "returned": "the return",
        "refunded": "the issue of the refund",
        "cancelled": "the cancellation",
        "started": "the start of the contract",
    },
}
DATE_QUESTIONS: dict[Language, dict[Event, str]] = {
    "es": {
        "purchased": "¿En qué fecha lo compró?",
        "dispatched": "¿En qué fecha se le envió?",
        "delivered": "¿En qué fecha lo recibió?",
        "installed": "¿En qué fecha se instaló?",
        "invoiced": "¿De qué fecha es la factura?",
        "paid": "¿En qué fecha pagó?",
        "notified": "¿En qué fecha se avisó?",
        "claimed": "¿En qué fecha reclamó o lo solicitó?",
        "found": "¿En qué fecha descubrió el problema?",
        "repaired": "¿En qué fecha se reparó?",
        "collected": "¿En qué fecha se lo recogieron?",
        "returned": "¿En qué fecha se hizo la devolución?",
        "refunded": "¿En qué fecha se emitió el reembolso?",
        "cancelled": "¿En qué fecha canceló?",
        "started": "¿En qué fecha empezó el contrato?",
    },
    "en": {
        "purchased": "When was it bought?",
        "dispatched": "When was it dispatched?",
        "delivered": "When was it delivered?",
        "installed": "When was it installed?",
        "invoiced": "What is the date of the invoice?",
        "paid": "When was it paid?",
        "notified": "When was notice given?",
        "claimed": "When was the complaint or request made?",
        "found": "When was the problem found?",
        "repaired": "When was it repaired?",
        "collected": "When was it collected?",
        "returned": "When was it returned?",
        "refunded": "When was the refund issued?",
        "cancelled": "When was it cancelled?",
        "started": "When did the contract start?",
    },
}
_UNITS: dict[Language, dict[Unit, tuple[str, str]]] = {
    "es": {
        "hours": ("hora", "horas"),
        "days": ("día", "días"),
        "working_days": ("día laborable", "días laborables"),
        "nights": ("noche", "noches"),
        "weeks": ("semana", "semanas"),
        "months": ("mes", "meses"),
        "years": ("año", "años"),
    },
    "en": {
        "hours": ("hour", "hours"),
        "days": ("day", "days"),
        "working_days": ("working day", "working days"),
        "nights": ("night", "nights"),
        "weeks": ("week", "weeks"),
        "months": ("month", "months"),
        "years": ("year", "years"),
    },
}
_TEXTS: dict[Language, dict[str, str]] = {
    "es": {
        "within": "El plazo es de {amount} desde {event} ({day}): hasta el {last}; {left}.",
        "within_strict": "El plazo es de menos de {amount} desde {event} ({day}): hasta el {last}; "
        "{left}.",
        "at_least": "Hacen falta al menos {amount} desde {event} ({day}): desde el {first}; "
        "{left}.",
        "at_least_strict": "Tienen que pasar más de {amount} desde {event} ({day}): desde el "
        "{first}; {left}.",
        "range": "Son de {amount} desde {event} ({day}): entre el {first} y el {last}; {left}.",
        "before": "El plazo acaba {amount} antes de {event} ({day}): hasta el {last}; {left}.",
        "calendar": "naturales",
        "to": "a",
        "same_hour": " a la misma hora",
        "at": " a las {clock}",
        "left_many": "quedan {count} días",
        "left_one": "queda 1 día",
        "today": "acaba hoy",
        "over_today": "ha acabado hoy",
        "over_one": "acabó hace 1 día",
        "over_many": "acabó hace {count} días",
        "wait_many": "faltan {count} días",
        "wait_one": "falta 1 día",
        "reached": "ya han pasado",
        "holidays": "Festivos que no cuentan: {days}.",
        "not_applicable": "No se aplica a este caso, que no cumple «{why}».",
        "own_days": "esta versión vale {days}",
        "from": "desde el {day}",
        "until": "hasta el {day}",
        "check": "Compruebe: {text}.",
        "future": "La fecha de {event} ({day}) está en el futuro.",
        "old": "La fecha de {event} ({day}) no parece correcta.",
        "order": "{event} ({day}) no puede ser antes que {other} ({other_day}).",
        "hour": "¿A qué hora fue {event}?",
        "channel": "¿Lo compró por teléfono, en la web o en tienda?",
        "unknown_event": "La fuente no dice aquí desde cuándo cuentan {amount}.",
        "no_calendar": "No se conocen los festivos de {year}: quien administra puede añadirlos.",
    },
    "en": {
        "within": "The period is {amount} from {event} ({day}): until {last}; {left}.",
        "within_strict": "The period is less than {amount} from {event} ({day}): until {last}; "
        "{left}.",
        "at_least": "At least {amount} from {event} ({day}) are needed: from {first} on; {left}.",
        "at_least_strict": "More than {amount} must pass from {event} ({day}): from {first} on; "
        "{left}.",
        "range": "It is {amount} from {event} ({day}): between {first} and {last}; {left}.",
        "before": "The period ends {amount} before {event} ({day}): until {last}; {left}.",
        "calendar": "calendar",
        "to": "to",
        "same_hour": " at the same hour",
        "at": " at {clock}",
        "left_many": "{count} days left",
        "left_one": "1 day left",
        "today": "it ends today",
        "over_today": "it ended today",
        "over_one": "it ended 1 day ago",
        "over_many": "it ended {count} days ago",
        "wait_many": "{count} days to go",
        "wait_one": "1 day to go",
        "reached": "they have passed",
        "holidays": "Holidays that do not count: {days}.",
        "not_applicable": "Does not apply to this case, which does not meet “{why}”.",
        "own_days": "this version applies {days}",
        "from": "from {day}",
        "until": "until {day}",
        "check": "Check: {text}.",
        "future": "The date of {event} ({day}) lies in the future.",
        "old": "The date of {event} ({day}) does not look right.",
        "order": "{event} ({day}) cannot be before {other} ({other_day}).",
        "hour": "At what time was {event}?",
        "channel": "Was it bought by phone, on the website or in a shop?",
        "unknown_event": "The source does not say here what {amount} count from.",
        "no_calendar": "The holidays of {year} are not known: an administrator can add them.",
    },
}


def told(fact: CaseFact, language: Language) -> str:
    """What to say of a fact, or the question to ask back where nothing could be computed."""
    texts = _TEXTS[language]
    if fact.status == "not_applicable":
        failed = [d.condition for d in fact.conditions if d.state == "failed"]
        why = ", ".join(_condition(c, language) for c in failed)
        return texts["not_applicable"].format(why=why)
    rule, span, event = fact.rule, fact.span, fact.rule.event
    if fact.status == "question" or fact.when is None or event is None:
        return asked(fact.questions[0], fact, language)
    key = rule.direction + ("_strict" if rule.strict and rule.direction != "before" else "")
    said = texts[key].format(
        amount=amount(rule, language),
        event=EVENT_NAMES[language][event],
        day=_short(fact.when.day, language),
        first=_long(span.first, fact, language) if span.first else "",
        last=_long(span.last, fact, language) if span.last else "",
        left=_left(fact, language),
    )
    if not span.skipped:
        return said
    days = ", ".join(f"{_day(h.day, fact.today, language)} ({h.name})" for h in span.skipped)
    return f"{said} {texts['holidays'].format(days=days)}"


def further(fact: CaseFact, language: Language) -> list[str]:
    """What else to check and to ask, beside what `told` says."""
    texts = _TEXTS[language]
    if fact.status == "not_applicable":
        return []
    first = 1 if fact.status == "question" else 0
    lines = [asked(question, fact, language) for question in fact.questions[first:]]
    lines += [
        texts["check"].format(text=_condition(one.condition, language))
        for one in fact.conditions
        if one.state == "open"
    ]
    return lines


def asked(question: Question, fact: CaseFact, language: Language) -> str:
    """A question to ask back, or what cannot be right, with the question that settles it."""
    texts, names = _TEXTS[language], EVENT_NAMES[language]
    event, other = question.event, question.other
    if event is None:
        return texts[question.code].format(amount=amount(fact.rule, language), year=question.year)
    line = DATE_QUESTIONS[language][event]
    if question.code == "date":
        return line
    if question.code == "hour":
        return texts["hour"].format(event=names[event])
    wrong = texts[question.code].format(
        event=names[event],
        day=_short(question.day, language) if question.day else "",
        other=names[other] if other else "",
        other_day=_short(question.other_day, language) if question.other_day else "",
    )
    return f"{wrong[0].upper()}{wrong[1:]} {line}"


def amount(rule: Rule, language: Language) -> str:
    """``45 días naturales``, ``3 to 5 working days``."""
    texts = _TEXTS[language]
    one, many = _UNITS[language][rule.unit]
    unit = one if rule.high == 1 else many
    if rule.said_calendar and rule.unit == "days":
        adjective = texts["calendar"] if rule.high != 1 or language == "en" else "natural"
        unit = f"{unit} {adjective}" if language == "es" else f"{adjective} {unit}"
    count = f"{rule.high}" if rule.low == rule.high else f"{rule.low} {texts['to']} {rule.high}"
    return f"{count} {unit}"


def _condition(condition: Condition, language: Language) -> str:
    if condition.text:
        return " ".join(condition.text.split())
    texts = _TEXTS[language]
    days = [
        texts[key].format(day=_short(day, language))
        for key, day in (("from", condition.first), ("until", condition.last))
        if day
    ]
    return texts["own_days"].format(days=" ".join(days))


def _left(fact: CaseFact, language: Language) -> str:
    texts, count = _TEXTS[language], fact.days_left or 0
    if fact.span.last is None:
        key = "reached" if count <= 0 else "wait_one" if count == 1 else "wait_many"
    elif fact.over:
        key = "over_today" if count == 0 else "over_one" if count == -1 else "over_many"
    else:
        key = "today" if count == 0 else "left_one" if count == 1 else "left_many"
    return texts[key].format(count=abs(count))


def _long(day: date, fact: CaseFact, language: Language) -> str:
    """The day in words, with the time of day where hours are counted."""
    texts, said = _TEXTS[language], _day(day, fact.today, language)
    if fact.rule.unit != "hours":
        return said
    due = fact.span.due
    if due is None:
        return said + texts["same_hour"]
    return said + (texts["at"].format(clock=f"{due:%H:%M}") if due.date() == day else "")


def _day(day: date, today: date, language: Language) -> str:
    """``31 de diciembre``, ``31 December``; with the year where it is not this one."""
    month = _MONTHS[language][day.month - 1]
    link = " de " if language == "es" else " "
    year = "" if day.year == today.year else f"{link}{day.year}"
    return f"{day.day}{link}{month}{year}"


def _short(day: date, language: Language) -> str:
    """``16/11/2026``, ``16 November 2026``."""
    if language == "es":
        return f"{day.day}/{day.month}/{day.year}"
    return f"{day.day} {_MONTHS['en'][day.month - 1]} {day.year}"
