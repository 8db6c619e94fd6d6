"""Measures of a whole run in Spanish: the formula of each."""

from __future__ import annotations

from typing import Final

from eval.measures.whole.models import WholeMeasure
from knowledge.models import Language

_SPANISH: Final = {
    "balanced_abstention_error": "(media de hallucination + media de over_refusal) / 2",
    "AURC": "media, para n = 1, 2, … de las respuestas dadas, de la parte errónea de las n más "
    "seguras",
    "E-AURC": "AURC - AURC con todas las respuestas correctas delante",
    "coverage@risk2%": "mayor parte de las respuestas dadas, las más seguras primero, de la que "
    "como mucho un 2 % es erróneo",
    "coverage@risk5%": "mayor parte de las respuestas dadas, las más seguras primero, de la que "
    "como mucho un 5 % es erróneo",
    "risk@coverage80%": "erróneas del 80 % más seguro de las respuestas dadas / ese 80 %",
    "risk@coverage90%": "erróneas del 90 % más seguro de las respuestas dadas / ese 90 %",
    "confidence_AUROC": "probabilidad de que una respuesta correcta tenga más confianza que una "
    "errónea; los empates, la mitad",
    "ECE": "distancia media entre la confianza y la parte correcta en diez grupos de igual "
    "tamaño; desde 100 respuestas",
    "Brier": "media del cuadrado de confianza - 1 en las correctas y confianza - 0 en las erróneas",
    "follow_up_gap": "media de must_facts de las preguntas que abren conversación - media de las "
    "posteriores",
    "language_gap": "media, en las preguntas hechas en los dos idiomas, de must_facts en español - "
    "en inglés",
    "typo_drop_es": "parte de las preguntas en español hechas de las dos formas que pasan tal "
    "cual - que pasan con erratas",
    "typo_drop_en": "parte de las preguntas en inglés hechas de las dos formas que pasan tal "
    "cual - que pasan con erratas",
    "accent_drop_es": "parte de las preguntas en español hechas de las dos formas que pasan tal "
    "cual - que pasan sin tildes ni signos de apertura",
    "speech_drop_es": "parte de las preguntas en español hechas de las dos formas que pasan tal "
    "cual - que pasan como las escribe un reconocedor",
    "speech_drop_en": "parte de las preguntas en inglés hechas de las dos formas que pasan tal "
    "cual - que pasan como las escribe un reconocedor",
    "latency_p50": "milisegundos en los que estaban 50 de cada 100 respuestas",
    "latency_p95": "milisegundos en los que estaban 95 de cada 100 respuestas",
}


def whole_formula(measure: WholeMeasure, language: Language) -> str:
    """How a measure is computed, in words.

    Raises:
        KeyError: it has no Spanish wording.
    """
    return _SPANISH[measure.name] if language == "es" else measure.formula
