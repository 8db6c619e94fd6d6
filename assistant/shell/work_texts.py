"""What the managers' work commands say, in Spanish and English.

``{name}`` marks a value put in by `tell`. A test checks that both languages have the same keys and
the same values to fill in.
"""

from __future__ import annotations

from knowledge.models import Language

_ES = {
    "no_gaps": "No hay vacíos: todo lo que se ha preguntado se ha respondido.",
    "gap": "{number}. {question}",
    "gap_numbers": "veces: {asked}; sin respuesta: {not_found}; a medias: {partly}",
    "gap_when": "la primera el {first}, la última el {last}",
    "gap_came_back": "ha vuelto",
    "gap_state_open": "abierto",
    "gap_state_in_work": "en marcha",
    "gap_state_dismissed": "descartado",
    "gap_state_closed": "cerrado",
    "gap_owner": "lo lleva {owner}",
    "gap_card": "tarjeta {card}",
    "gap_reason": "motivo: {reason}",
    "gap_for": "para {audience}",
    "gap_assigned": "El vacío {number} lo lleva {owner}.",
    "gap_dismissed": "Vacío {number} descartado; vuelve si se pregunta a menudo.",
    "gap_closed": "Vacío {number} cerrado; vuelve si sigue sin respuesta.",
    "gap_reopened": "Vacío {number} abierto de nuevo.",
    "gap_drafted": "{name}: borrador para el vacío {number}. Corríjalo, y que otra persona lo "
    "apruebe; lo que cambiaría se ve con `voz sources preview {name}`.",
    "no_feedback": "No hay avisos pendientes.",
    "kind_useful": "útil",
    "kind_wrong": "mal",
    "kind_outdated": "anticuado",
    "kind_missing": "falta algo",
    "state_open": "abierto",
    "state_in_work": "en marcha",
    "state_resolved": "resuelto",
    "state_declined": "rechazado",
    "state_noted": "anotado",
    "task_version": "{source}, versión {version}",
    "task_answer_itself": "la respuesta en sí",
    "task_by": "de {account} el {day}",
    "task_owner": "lo lleva {owner}",
    "task_question": "pregunta: {question}",
    "task_answer": "respuesta: {answer}",
    "task_fixed": "corregido en la versión {version}",
    "somebody": "alguien",
    "feedback_given": "Aviso {number} anotado.",
    "feedback_taken": "El aviso {number} lo lleva {owner}.",
    "feedback_settled": "Aviso {number} contestado a quien lo dio.",
    "no_suspects": "Ninguna fuente muy citada tiene quejas.",
    "suspect": "{source}: respuestas que la citan: {cited}; mal: {wrong}; anticuada: {outdated}; "
    "útil: {useful}",
    "no_readings": "No hay lecturas exigidas.",
    "reading": "{number}. {source}, versión {version}, en {place}: leída por {read} de {all}; "
    "hasta el {due}",
    "reading_overdue": "vencida",
    "reading_waiting": "faltan: {accounts}",
    "reading_required": "Lectura {number} exigida hasta el {due}.",
    "reading_withdrawn": "Lectura {number} retirada.",
    "no_changes": "Nada ha cambiado desde entonces.",
    "change_new": "nueva: {title} (versión {version})",
    "change_changed": "cambiada: {title} (versión {version}, antes {before})",
    "change_ended": "ya no está en vigor: {title} (versión {version})",
    "change_begins": "desde el {day}: {title} (versión {version})",
    "change_ends": "hasta el {day}: {title} (versión {version})",
    "no_stale": "Nada parece anticuado.",
    "no_duplicates": "Ninguna fuente repite otra.",
    "duplicate_source": "{source} repite {of}: el {contained} % está en la otra; "
    "iguales al {alike} %",
    "duplicate_passage": "pasaje de {source}, casi el mismo en {of}; iguales al {alike} %",
    "no_contradictions": "Ninguna frase contradice a otra.",
    "contradiction": "{reason} · certeza {score} %",
    "job_contradictions": "Contradicciones",
    "job_duplicates": "Fuentes repetidas",
    "more_found": "y {count} más: pida más con --limit",
    "no_saved": "No hay preguntas guardadas.",
    "saved": "{number}. {text} (como {audience}{expected})",
    "saved_expected": "; debe citar {source}",
    "question_saved": "Pregunta {number} guardada.",
    "question_removed": "Pregunta {number} quitada.",
    "erased": "Palabras borradas; preguntas y avisos que las tenían: {count}.",
    "no_probes": "No hay preguntas con las que probar: guarde alguna con `voz questions add`.",
    "preview_publish": "{source}, versión {version}, desde el {day}: respuestas que cambian: "
    "{changed} de {count}; a peor: {worse}",
    "preview_retire": "{source} retirada desde el {day}: respuestas que cambian: {changed} de "
    "{count}; a peor: {worse}",
    "outcome_same": "igual",
    "outcome_changed": "cambia",
    "outcome_worse": "peor",
    "outcome_times": "veces que se preguntó: {times}",
    "before": "antes",
    "after": "después",
    "expected_lost": "ya no cita {source}",
}

_EN = {
    "no_gaps": "There are no gaps: everything that was asked was answered.",
    "gap": "{number}. {question}",
    "gap_numbers": "times: {asked}; without an answer: {not_found}; in part: {partly}",
    "gap_when": "first on {first}, last on {last}",
    "gap_came_back": "came back",
    "gap_state_open": "open",
    "gap_state_in_work": "in work",
    "gap_state_dismissed": "dismissed",
    "gap_state_closed": "closed",
    "gap_owner": "owner {owner}",
    "gap_card": "card {card}",
    "gap_reason": "reason: {reason}",
    "gap_for": "for {audience}",
    "gap_assigned": "Gap {number} is {owner}'s.",
    "gap_dismissed": "Gap {number} dismissed; it comes back if it is asked often.",
    "gap_closed": "Gap {number} closed; it comes back if it is still not answered.",
    "gap_reopened": "Gap {number} open again.",
    "gap_drafted": "{name}: a draft for gap {number}. Mend it, and have somebody else approve it; "
    "what it would change is shown by `voz sources preview {name}`.",
    "no_feedback": "There is no feedback left to handle.",
    "kind_useful": "useful",
    "kind_wrong": "wrong",
    "kind_outdated": "outdated",
    "kind_missing": "something missing",
    "state_open": "open",
    "state_in_work": "in work",
    "state_resolved": "resolved",
    "state_declined": "declined",
    "state_noted": "noted",
    "task_version": "{source}, version {version}",
    "task_answer_itself": "the answer as such",
    "task_by": "by {account} on {day}",
    "task_owner": "owner {owner}",
    "task_question": "question: {question}",
    "task_answer": "answer: {answer}",
    "task_fixed": "right in version {version}",
    "somebody": "somebody",
    "feedback_given": "Feedback {number} noted.",
    "feedback_taken": "Feedback {number} is {owner}'s.",
    "feedback_settled": "Feedback {number} answered to who gave it.",
    "no_suspects": "No source that is cited often has complaints.",
    "suspect": "{source}: answers that cite it: {cited}; wrong: {wrong}; outdated: {outdated}; "
    "useful: {useful}",
    "no_readings": "No reading is required.",
    "reading": "{number}. {source}, version {version}, at {place}: read by {read} of {all}; "
    "until {due}",
    "reading_overdue": "overdue",
    "reading_waiting": "missing: {accounts}",
    "reading_required": "Reading {number} required until {due}.",
    "reading_withdrawn": "Reading {number} withdrawn.",
    "no_changes": "Nothing has changed since.",
    "change_new": "new: {title} (version {version})",
    "change_changed": "changed: {title} (version {version}, before {before})",
    "change_ended": "no longer in force: {title} (version {version})",
    "change_begins": "from {day}: {title} (version {version})",
    "change_ends": "until {day}: {title} (version {version})",
    "no_stale": "Nothing seems stale.",
    "no_duplicates": "No source repeats another.",
    "duplicate_source": "{source} repeats {of}: {contained} % of it is in the other; "
    "{alike} % alike",
    "duplicate_passage": "passage of {source}, nearly the same in {of}; {alike} % alike",
    "no_contradictions": "No sentence contradicts another.",
    "contradiction": "{reason} · {score} % sure",
    "job_contradictions": "Contradictions",
    "job_duplicates": "Repeated sources",
    "more_found": "and {count} more: ask for more with --limit",
    "no_saved": "There are no saved questions.",
    "saved": "{number}. {text} (as {audience}{expected})",
    "saved_expected": "; should cite {source}",
    "question_saved": "Question {number} saved.",
    "question_removed": "Question {number} removed.",
    "erased": "Words erased; questions and remarks that had them: {count}.",
    "no_probes": "There are no questions to try: save some with `voz questions add`.",
    "preview_publish": "{source}, version {version}, from {day}: answers that change: {changed} of "
    "{count}; for the worse: {worse}",
    "preview_retire": "{source} retired from {day}: answers that change: {changed} of {count}; "
    "for the worse: {worse}",
    "outcome_same": "same",
    "outcome_changed": "changes",
    "outcome_worse": "worse",
    "outcome_times": "times asked: {times}",
    "before": "before",
    "after": "after",
    "expected_lost": "no longer cites {source}",
}

CATALOGUE: dict[Language, dict[str, str]] = {"es": _ES, "en": _EN}


def tell(language: Language, key: str, **values: object) -> str:
    """The string ``key`` in a language, its ``{name}`` places filled.

    Raises:
        KeyError: no such string, or a value it needs is missing.
    """
    return CATALOGUE[language][key].format(**values)
