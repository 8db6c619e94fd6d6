"""The strings of the monthly report and of `voz themes`, in Spanish and English.

``{name}`` marks a value put in by `tell`. A test checks that both languages have the same keys and
values.
"""

from __future__ import annotations

from assistant.shell.themes import measure_texts
from knowledge.models import Language

_ES = {
    "title": "Lo que dicen los clientes",
    "of_month": "{month} de {year}",
    "of_whom": "Contactos y preguntas de: {audiences}.",
    "made": "Hecho el {day}.",
    "until": "El mes no ha terminado: llega hasta el {day}.",
    "summary": "En breve",
    "n_contacts": "contactos atendidos",
    "n_asked": "necesidades y preguntas",
    "n_asked_before": "{before} en los {days} días anteriores",
    "n_rising": "temas en aumento",
    "n_answered": "respondido por las fuentes",
    "nothing": "Este mes no hay contactos ni preguntas que contar.",
    "nothing_hint": "Los contactos se cuentan desde que el asistente los escucha; las preguntas, "
    "desde que los agentes lo usan.",
    "most": "Qué han preguntado más los clientes",
    "most_hint": "Preguntas que significan lo mismo, juntas, también en los dos idiomas. Un "
    "contacto cuenta una vez por tema. Cada tema se llama como su pregunta más central, sin datos "
    "personales.",
    "weekly": "Contactos y preguntas por semana",
    "weekly_hint": "Semanas de lunes a domingo, por la fecha del lunes.",
    "week_partial": "La última semana llega hasta el {day}.",
    "theme": "Tema",
    "times": "Veces",
    "of_all": "Del total",
    "before": "{days} días antes",
    "trend": "{count} semanas",
    "source": "Lo que más lo responde: {title}",
    "no_name": "palabras borradas; responde «{title}»",
    "no_name_at_all": "palabras borradas",
    "rare": "Además, {count} temas con menos de {limit} casos, que no se nombran: {times} casos.",
    "without": "De {count} casos ya no se sabe el tema: pasó el tiempo de guardarlo.",
    "rising": "Qué está aumentando",
    "rising_hint": "Últimos 7 días de una semana frente a las 4 semanas anteriores, con la misma "
    "prueba para todos los temas; menos de {limit} casos nunca cuentan como aumento. La prueba "
    "está al final.",
    "rising_none": "Ningún tema ha aumentado de forma clara.",
    "rising_line": "{recent} casos en la semana hasta el {day}; antes, {before} por semana.",
    "rising_ratio": "{ratio} veces lo de antes.",
    "rising_new": "Es nuevo.",
    "wrong": "Qué ha ido mal",
    "wrong_none": "Nada de lo que se mide ha ido mal.",
    "missed": "Las fuentes no respondieron, o solo a medias, {count} de {of} necesidades y "
    "preguntas ({share}).",
    "missed_theme": "{count} de {of} sin respuesta completa",
    "wrong_repeated": "{count} de {of} contactos fueron otra vez por lo mismo ({share}).",
    "wrong_promises": "{count} de {of} promesas no se cumplieron.",
    "wrong_overdue": "{count} promesas han vencido y nadie las ha cerrado.",
    "wrong_complaints": "{count} de {of} reclamaciones se contestaron fuera de plazo.",
    "complained_of": "Temas de los contactos con reclamación, con {limit} o más:",
    "complained_theme": "{count} de {of} contactos",
    "wrong_escalated": "En {count} de {of} contactos hubo que preguntar a la empresa ({share}).",
    "measures": "Las medidas que cuentan",
    "measure": "Medida",
    "value": "Valor",
    "counted": "Contado sobre",
    "unknown": "No se sabe",
    "unknown_value": "no se sabe",
    "n_of": "{count} de {of}",
    "of_n": "{of}",
    "and_open": "{count}, de ellas {open} por decidir",
    "by_audience": "Por grupo y contrata",
    "audience": "Grupo",
    "contacts": "Contactos",
    "left_out": "Sin medidas propias, por tener menos de {limit} agentes: {audiences}. Nadie se "
    "mide a solas.",
    "gaps": "Lagunas de las fuentes y qué se ha hecho",
    "gaps_hint": "Lo que preguntaron los agentes este mes y las fuentes no respondieron del todo.",
    "gaps_none": "Ninguna pregunta de este mes quedó sin respuesta completa.",
    "gap": "Pregunta",
    "gap_missed": "Sin respuesta",
    "gap_done": "Qué se ha hecho",
    "gap_open": "nada todavía",
    "gap_in_work": "en marcha",
    "gap_card": "en marcha: tarjeta «{card}»",
    "gap_closed": "respondida",
    "gap_closed_card": "respondida: tarjeta «{card}»",
    "gap_dismissed": "descartada",
    "gap_came_back": "se dio por hecha y ha vuelto",
    "gaps_rare": "Además, {count} preguntas con menos de {limit} casos, que no se nombran.",
    "defined": "Cómo se cuenta",
    "defined_n": "n es siempre aquello sobre lo que se cuenta; lo que no se sabe no se adivina, y "
    "se dice cuánto es.",
    "defined_theme": "Tema: preguntas cuyo significado se parece en promedio más de un umbral, "
    "puestas juntas según llegan. De cada 100 parejas que comparten tema, unas 83 preguntan lo "
    "mismo; de cada 100 que preguntan lo mismo, unas 55 lo comparten, así que un mismo asunto "
    "puede aparecer en más de un tema.",
    "defined_rising": "En aumento: prueba condicional de dos tasas de Poisson (Przyborowski y "
    "Wilenski, 1940) de los 7 últimos días frente a los 28 anteriores, con la variación medida en "
    "esas 4 semanas y la tasa de falsos hallazgos limitada al 5 % (Benjamini y Hochberg, 1995); al "
    "menos {limit} casos y {ratio} veces lo de antes.",
    "defined_words": "Las palabras de los contactos se borran a los {days} días y las de las "
    "preguntas a los {question_days}; lo contado queda.",
    "themes_none": "No hay contactos ni preguntas en ese periodo.",
    "themes_head": "{first} a {last}: {total} contactos y preguntas",
    "themes_line": "{total:>5}  {mark} {name}",
    "themes_facts": "       contactos: {contacts}; preguntas: {questions}; antes: {before}; sin "
    "respuesta completa: {missed}",
    "report_made": "informe de {month} en {path}",
}

_EN = {
    "title": "What customers say",
    "of_month": "{month} {year}",
    "of_whom": "Contacts and questions of: {audiences}.",
    "made": "Made on {day}.",
    "until": "The month is not over: it goes up to {day}.",
    "summary": "In short",
    "n_contacts": "contacts answered",
    "n_asked": "needs and questions",
    "n_asked_before": "{before} in the {days} days before",
    "n_rising": "themes rising",
    "n_answered": "answered by the sources",
    "nothing": "There are no contacts or questions to count this month.",
    "nothing_hint": "Contacts are counted from when the assistant listens to them; questions, from "
    "when agents use it.",
    "most": "What customers asked most",
    "most_hint": "Questions that mean the same, together, in both languages too. A contact counts "
    "once for each theme. A theme is called by its most central question, without personal data.",
    "weekly": "Contacts and questions by week",
    "weekly_hint": "Weeks from Monday to Sunday, by the Monday's date.",
    "week_partial": "The last week goes up to {day}.",
    "theme": "Theme",
    "times": "Times",
    "of_all": "Of all",
    "before": "{days} days before",
    "trend": "{count} weeks",
    "source": "Answered most by: {title}",
    "no_name": "words erased; answered by “{title}”",
    "no_name_at_all": "words erased",
    "rare": "Besides, {count} themes with fewer than {limit} cases, which are not named: {times} "
    "cases.",
    "without": "Of {count} cases the theme is no longer known: the time to keep it is over.",
    "rising": "What is rising",
    "rising_hint": "The last 7 days of a week against the 4 weeks before, the same test for every "
    "theme; fewer than {limit} cases never count as rising. The test is at the end.",
    "rising_none": "No theme has clearly risen.",
    "rising_line": "{recent} cases in the week up to {day}; before, {before} a week.",
    "rising_ratio": "{ratio} times what it was.",
    "rising_new": "It is new.",
    "wrong": "What went wrong",
    "wrong_none": "Nothing that is measured went wrong.",
    "missed": "The sources did not answer, or only in part, {count} of {of} needs and questions "
    "({share}).",
    "missed_theme": "{count} of {of} without a full answer",
    "wrong_repeated": "{count} of {of} contacts were about the same once more ({share}).",
    "wrong_promises": "{count} of {of} promises were not kept.",
    "wrong_overdue": "{count} promises are overdue and nobody has closed them.",
    "wrong_complaints": "{count} of {of} complaints were answered after their deadline.",
    "complained_of": "Themes of contacts with a complaint, with {limit} or more:",
    "complained_theme": "{count} of {of} contacts",
    "wrong_escalated": "In {count} of {of} contacts the company had to be asked ({share}).",
    "measures": "The measures that count",
    "measure": "Measure",
    "value": "Value",
    "counted": "Counted over",
    "unknown": "Not known",
    "unknown_value": "not known",
    "n_of": "{count} of {of}",
    "of_n": "{of}",
    "and_open": "{count}, {open} of them to be decided",
    "by_audience": "By group and contractor",
    "audience": "Group",
    "contacts": "Contacts",
    "left_out": "Without measures of their own, having fewer than {limit} agents: {audiences}. "
    "Nobody is measured alone.",
    "gaps": "Gaps of the sources and what was done",
    "gaps_hint": "What agents asked this month and the sources did not answer in full.",
    "gaps_none": "No question of this month was left without a full answer.",
    "gap": "Question",
    "gap_missed": "Not answered",
    "gap_done": "What was done",
    "gap_open": "nothing yet",
    "gap_in_work": "in work",
    "gap_card": "in work: card “{card}”",
    "gap_closed": "answered",
    "gap_closed_card": "answered: card “{card}”",
    "gap_dismissed": "put aside",
    "gap_came_back": "was settled and came back",
    "gaps_rare": "Besides, {count} questions with fewer than {limit} cases, which are not named.",
    "defined": "How it is counted",
    "defined_n": "n is always what is counted over; what is not known is not guessed, and it is "
    "told how much it is.",
    "defined_theme": "Theme: questions whose meanings resemble each other on average more than a "
    "threshold, put together as they come. Of 100 pairs that share a theme some 83 ask the same; "
    "of 100 pairs that ask the same some 55 share one, so that a matter may be in several themes.",
    "defined_rising": "Rising: the conditional test of two Poisson rates (Przyborowski and "
    "Wilenski, 1940), the last 7 days against the 28 before, with the variation measured in those "
    "4 weeks and the false discovery rate bounded at 5 % (Benjamini and Hochberg, 1995); at least "
    "{limit} cases and {ratio} times what it was.",
    "defined_words": "The words of contacts are erased after {days} days and those of questions "
    "after {question_days}; what was counted stays.",
    "themes_none": "There are no contacts or questions in that period.",
    "themes_head": "{first} to {last}: {total} contacts and questions",
    "themes_line": "{total:>5}  {mark} {name}",
    "themes_facts": "       contacts: {contacts}; questions: {questions}; before: {before}; not "
    "answered in full: {missed}",
    "report_made": "report of {month} in {path}",
}

CATALOGUE: dict[Language, dict[str, str]] = {
    "es": _ES | measure_texts.ES,
    "en": _EN | measure_texts.EN,
}


def tell(language: Language, key: str, **values: object) -> str:
    """A string, filled in.

    Raises:
        KeyError: there is none of that key.
    """
    return CATALOGUE[language][key].format(**values)
