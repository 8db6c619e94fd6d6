"""Measures in Spanish: the formula of each, as reports and pages show it there."""

from __future__ import annotations

from typing import Final

from eval.measures.models import Measure
from knowledge.models import Language

_SPANISH: Final = {
    "behaviour": "1 si respondió donde se espera respuesta y no afirmó nada donde no se espera; "
    "si no, 0",
    "must_facts": "1 si la respuesta dice todos los datos obligatorios; 0 si no, y si se abstiene",
    "fact_coverage": "datos que dice la respuesta / datos; 0 si se abstiene",
    "contradicted_facts": "datos de los que una frase sobre lo mismo da otro valor / datos con "
    "valor",
    "step_coverage": "pasos que cuenta la respuesta / pasos",
    "step_order": "(pares de pasos en orden - pares invertidos) / pares dichos en dos frases",
    "supported_statements": "afirmaciones que apoyan sus citas / afirmaciones comprobables",
    "number_fidelity": "cifras distintas de las afirmaciones que están en sus citas / cifras "
    "distintas",
    "citation_recall": "afirmaciones que apoyan todas sus citas juntas / afirmaciones comprobables",
    "citation_precision": "citas de afirmaciones apoyadas que bastan o hacen falta / citas",
    "quote_exactness": "citas que están palabra por palabra en su sitio / citas",
    "cited_right": "fuentes citadas que responden / fuentes citadas",
    "required_cited": "fuentes imprescindibles citadas / fuentes imprescindibles; 0 si se abstiene",
    "stale_sources": "1 si se cita una versión que ya no valía el día por el que se pregunta; si "
    "no, 0",
    "hallucination": "1 si se respondió algo que las fuentes no responden; si no, 0",
    "over_refusal": "1 si no se respondió algo que las fuentes responden; si no, 0",
    "consistency": "1 si cada gemelo y cada paráfrasis se trató igual y dice los mismos datos; si "
    "no, 0",
    "language_match": "1 si la respuesta está en el idioma de la pregunta; si no, 0",
    "forbidden": "1 si la respuesta dice algo que el caso prohíbe; si no, 0",
    "required_statements": "menciones obligatorias que tiene la respuesta / menciones obligatorias",
    "Success@5": "1 si alguna fuente que responde está entre las cinco primeras; si no, 0",
    "strict_recall@5": "1 si todas las fuentes imprescindibles están entre las cinco primeras; si "
    "no, 0",
    "R@5": "fuentes que responden entre las cinco primeras / fuentes que responden",
    "nDCG@10": "suma de grado / log2(puesto + 1) de las diez primeras / la mayor posible",
    "RR@10": "1 / puesto de la primera fuente que responde; 0 más abajo del décimo",
    "evidence_coverage": "datos que están en los diez primeros pasajes / datos",
    "judge_supported_statements": "afirmaciones que un modelo de chat encuentra en sus citas / "
    "afirmaciones",
    "judge_answered": "1 si un modelo de chat ve contestada la pregunta con lo que se mostró; si "
    "no, 0",
    "latency": "milisegundos de la pregunta a la respuesta",
}


def formula(measure: Measure, language: Language) -> str:
    """How a measure is computed, in words.

    Raises:
        KeyError: it has no Spanish wording.
    """
    return _SPANISH[measure.name] if language == "es" else measure.formula
