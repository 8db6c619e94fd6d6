"""What ``voz reviews`` says, in Spanish and English.

``{name}`` marks a value put in by `tell`. A test checks that both languages have the same keys and
values.
"""

from __future__ import annotations

from knowledge.models import Language

_ES = {
    "valid": "{count} preguntas en {sections} secciones, sin errores",
    "saved": "{name}, versión {number}: {items} preguntas",
    "removed": "La pauta {name} se quita de la lista.",
    "no_scorecards": "Aún no hay pautas: tráigala con `voz reviews import ARCHIVO --name NOMBRE`.",
    "scorecard": "{name}  versión {number}  {items} preguntas, para {audience}; {by}, {at}",
    "no_samples": "Aún no hay muestras: sáquela con `voz reviews draw`.",
    "drawn": "Muestra {number}: {contacts} contactos de {population}, {tasks} revisiones",
    "sample": "{number:>4}  {first} a {last}  {audience}  {scorecard} v{version}  contactos: "
    "{contacts}, revisiones: {done} de {tasks}{gone}",
    "gone": " (sin palabras ya: {count})",
    "no_tasks": "No hay contactos que revisar.",
    "task": "{number:>5}  muestra {sample}  {contact}  {channel}, {agent} ({audience}), "
    "{ended}  {state}",
    "state_open": "por revisar",
    "state_in": "revisado",
    "state_erased": "palabras borradas",
    "review": "{by}, {at}, versión {version}: {total}",
    "answer": "  {item}: {answer}{note}",
    "not_applicable": "no se aplica",
    "fails": "  Suspende por: {items}",
    "given": "Revisión de {number} guardada: {total}",
    "results": "{name}, versión {version}: {contacts} contactos, {double} revisados por dos",
    "mean": "  {what}: {mean} ({low} a {high}), n {n}",
    "mean_alone": "  {what}: {mean}, n {n}",
    "none": "  {what}: no se aplica",
    "of_all": "Total",
    "of_compliance": "Cumplimiento",
    "failed": "  Con suspenso automático: {failed} de {contacts} ({low} a {high})",
    "by_audience": "Por grupo o contrata",
    "by_tenure": "Por antigüedad",
    "tenure_under_90": "menos de 90 días",
    "tenure_under_365": "de 90 a 364 días",
    "tenure_from_365": "365 días o más",
    "tenure_unknown": "sin cuenta",
    "by_item": "Por pregunta: media; acuerdo de dos (kappa, intervalo, iguales, AC1)",
    "item": "  {item}: {mean}; {agreement}",
    "agreement": "kappa {kappa} ({low} a {high}), iguales {alike} de {n}, AC1 {ac1}",
    "why_none_judged": "nadie la revisó por duplicado",
    "why_one_answer": "sin kappa, siempre la misma respuesta; iguales {alike} de {n}, AC1 {ac1}",
}

_EN = {
    "valid": "{count} items in {sections} sections, no mistakes",
    "saved": "{name}, version {number}: {items} items",
    "removed": "Scorecard {name} is taken out of the list.",
    "no_scorecards": "No scorecards yet: bring one in with `voz reviews import FILE --name NAME`.",
    "scorecard": "{name}  version {number}  {items} items, for {audience}; {by}, {at}",
    "no_samples": "No samples yet: draw one with `voz reviews draw`.",
    "drawn": "Sample {number}: {contacts} contacts of {population}, {tasks} reviews",
    "sample": "{number:>4}  {first} to {last}  {audience}  {scorecard} v{version}  contacts: "
    "{contacts}, reviews: {done} of {tasks}{gone}",
    "gone": " (words gone: {count})",
    "no_tasks": "There are no contacts to review.",
    "task": "{number:>5}  sample {sample}  {contact}  {channel}, {agent} ({audience}), "
    "{ended}  {state}",
    "state_open": "to review",
    "state_in": "reviewed",
    "state_erased": "words erased",
    "review": "{by}, {at}, version {version}: {total}",
    "answer": "  {item}: {answer}{note}",
    "not_applicable": "not applicable",
    "fails": "  Fails by: {items}",
    "given": "Review of {number} kept: {total}",
    "results": "{name}, version {version}: {contacts} contacts, {double} reviewed by two",
    "mean": "  {what}: {mean} ({low} to {high}), n {n}",
    "mean_alone": "  {what}: {mean}, n {n}",
    "none": "  {what}: not applicable",
    "of_all": "Total",
    "of_compliance": "Compliance",
    "failed": "  With an automatic fail: {failed} of {contacts} ({low} to {high})",
    "by_audience": "By group or contractor",
    "by_tenure": "By tenure",
    "tenure_under_90": "under 90 days",
    "tenure_under_365": "90 to 364 days",
    "tenure_from_365": "365 days or more",
    "tenure_unknown": "no account",
    "by_item": "By item: mean; agreement of two (kappa, interval, alike, AC1)",
    "item": "  {item}: {mean}; {agreement}",
    "agreement": "kappa {kappa} ({low} to {high}), alike {alike} of {n}, AC1 {ac1}",
    "why_none_judged": "nobody reviewed it twice",
    "why_one_answer": "no kappa, always the same answer; alike {alike} of {n}, AC1 {ac1}",
}

CATALOGUE = {"es": _ES, "en": _EN}


def tell(language: Language, key: str, **values: object) -> str:
    """The string ``key`` in a language, its ``{name}`` places filled.

    Raises:
        KeyError: no such string, or a value it needs is missing.
    """
    return CATALOGUE[language][key].format(**values)
