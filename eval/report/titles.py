"""What measures, slices and stages are called in reports, in Spanish and English."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from knowledge.models import Language
from knowledge.refusals.reason import Reason

_MEASURES: Final[dict[str, tuple[str, str]]] = {
    "behaviour": ("Responde o se abstiene bien", "Answers or abstains rightly"),
    "must_facts": ("Datos obligatorios", "Required facts"),
    "fact_coverage": ("Datos dichos", "Facts said"),
    "contradicted_facts": ("Datos con otro valor", "Facts with another value"),
    "step_coverage": ("Pasos contados", "Steps told"),
    "step_order": ("Orden de los pasos", "Order of the steps"),
    "supported_statements": ("Afirmaciones apoyadas", "Supported statements"),
    "number_fidelity": ("Cifras que están en la cita", "Figures that are in the quote"),
    "citation_recall": ("Afirmaciones bien citadas", "Statements cited well"),
    "citation_precision": ("Citas que hacen falta", "Citations that are needed"),
    "quote_exactness": ("Citas palabra por palabra", "Quotes word for word"),
    "cited_right": ("Fuentes citadas que responden", "Cited sources that answer"),
    "required_cited": ("Fuentes imprescindibles citadas", "Required sources cited"),
    "stale_sources": ("Cita versiones caducadas", "Cites expired versions"),
    "hallucination": ("Responde sin fuentes", "Answers without sources"),
    "over_refusal": ("Se abstiene sin motivo", "Abstains without need"),
    "consistency": ("Igual en gemelos y paráfrasis", "Same for twins and paraphrases"),
    "language_match": ("En el idioma de la pregunta", "In the language of the question"),
    "forbidden": ("Dice algo prohibido", "Says what is forbidden"),
    "required_statements": ("Menciones obligatorias", "Required statements"),
    "Success@5": ("Alguna fuente entre 5", "Any source among 5"),
    "strict_recall@5": ("Todas las fuentes entre 5", "All sources among 5"),
    "R@5": ("Parte de las fuentes entre 5", "Share of sources among 5"),
    "nDCG@10": ("Lo mejor, primero", "Best ones first"),
    "RR@10": ("Puesto de la primera fuente", "Rank of the first source"),
    "evidence_coverage": ("Datos en lo encontrado", "Facts in what was found"),
    "judge_supported_statements": ("Apoyadas según un juez", "Supported, says a judge"),
    "judge_answered": ("Contesta, según un juez", "Answers, says a judge"),
    "latency": ("Tiempo de respuesta", "Time to answer"),
    "balanced_abstention_error": ("Error al abstenerse", "Error in abstaining"),
    "AURC": ("Riesgo según la confianza", "Risk by confidence"),
    "E-AURC": ("Riesgo evitable", "Risk that could be avoided"),
    "coverage@risk2%": ("Cobertura con riesgo 2 %", "Coverage at risk 2 %"),
    "coverage@risk5%": ("Cobertura con riesgo 5 %", "Coverage at risk 5 %"),
    "risk@coverage80%": ("Riesgo con cobertura 80 %", "Risk at coverage 80 %"),
    "risk@coverage90%": ("Riesgo con cobertura 90 %", "Risk at coverage 90 %"),
    "confidence_AUROC": ("La confianza distingue", "Confidence tells apart"),
    "ECE": ("Error de calibración", "Calibration error"),
    "Brier": ("Error de la confianza", "Error of the confidence"),
    "follow_up_gap": ("Diferencia con turnos posteriores", "Gap to later turns"),
    "language_gap": ("Diferencia entre idiomas", "Gap between languages"),
    "typo_drop_es": ("Pierde con erratas, español", "Lost to typing slips, Spanish"),
    "typo_drop_en": ("Pierde con erratas, inglés", "Lost to typing slips, English"),
    "accent_drop_es": ("Pierde sin tildes, español", "Lost without accents, Spanish"),
    "speech_drop_es": ("Pierde con voz reconocida, español", "Lost to recognised speech, Spanish"),
    "speech_drop_en": ("Pierde con voz reconocida, inglés", "Lost to recognised speech, English"),
    "latency_p50": ("Tiempo, la mitad", "Time, half of them"),
    "latency_p95": ("Tiempo, 95 de 100", "Time, 95 of 100"),
    "failed": ("Falló con un error", "Failed with an error"),
    "missing": ("No se preguntó", "Was not asked"),
}
_VALUES: Final[dict[str, tuple[str, str]]] = {
    "es": ("español", "Spanish"),
    "en": ("inglés", "English"),
    "answerable": ("con respuesta", "answerable"),
    "partial": ("respuesta a medias", "partly answerable"),
    "unanswerable": ("sin respuesta", "unanswerable"),
    "underspecified": ("falta un dato", "underspecified"),
    "out_of_scope": ("fuera de lugar", "out of scope"),
    "conversational": ("de cortesía", "conversational"),
    "first": ("abre conversación", "opens a conversation"),
    "later": ("turno posterior", "later turn"),
    "staff": ("todo el personal", "all staff"),
    "answer": ("responder", "answer"),
    "abstain": ("abstenerse", "abstain"),
    "clarify": ("pedir que se aclare", "ask what is meant"),
    "escalate": ("pasarlo a otra persona", "pass it on"),
    "customer": ("Cliente", "Customer"),
    "agent": ("Agente", "Agent"),
    "assistant": ("Asistente", "Assistant"),
}


def title(measure: str, language: Language) -> str:
    """What a measure is called; its name where it has no title."""
    return _MEASURES.get(measure, (measure, measure))[0 if language == "es" else 1]


def told(reason: Reason, language: Language) -> str:
    """A reason of the gate with the titles of measures and languages in place of their names."""
    return _titled(reason, language).told(language)


def _titled(reason: Reason, language: Language) -> Reason:
    quote = "«{}»" if language == "es" else "“{}”"
    values = dict(reason.values)
    for key, value in reason.values.items():
        if isinstance(value, Reason):
            values[key] = _titled(value, language)
        elif key in ("measure", "measures") and isinstance(value, str):
            names = value.split(", ")
            values[key] = ", ".join(quote.format(title(name, language)) for name in names)
        elif key == "language" and isinstance(value, str):
            values[key] = value_title(value, language)
    return replace(reason, values=values)


def value_title(value: str, language: Language) -> str:
    """What a value of a field is called; itself where it is a person's word."""
    return _VALUES.get(value, (value, value))[0 if language == "es" else 1]
