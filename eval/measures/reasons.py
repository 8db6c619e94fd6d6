"""Why a measure does not apply, in words."""

from __future__ import annotations

from typing import Final

from eval.measures.models import Why
from knowledge.models import Language

_WORDS: Final[dict[Why, tuple[str, str]]] = {
    "abstained": ("se abstuvo", "it abstained"),
    "no_gold": ("el caso no nombra fuentes", "the case names no sources"),
    "no_facts": ("el caso no pide datos", "the case asks for no facts"),
    "no_values": ("ningún dato tiene valor", "no fact has a value"),
    "no_steps": ("el caso no tiene pasos", "the case has no steps"),
    "few_steps": ("se cuentan menos de dos pasos", "fewer than two steps are told"),
    "no_forbidden": ("el caso no prohíbe nada", "the case forbids nothing"),
    "no_required": ("el caso no exige menciones", "the case requires no statements"),
    "no_citations": ("la respuesta no cita nada", "the answer cites nothing"),
    "no_figures": ("la respuesta no tiene cifras", "the answer has no figures"),
    "nothing_checkable": (
        "la respuesta no afirma nada comprobable",
        "the answer states nothing that can be checked",
    ),
    "not_answerable": ("las fuentes no lo responden", "the sources do not answer it"),
    "answerable": ("las fuentes lo responden", "the sources answer it"),
    "no_twin": ("no tiene gemelo ni paráfrasis", "it has no twin and no paraphrase"),
    "failed": ("la pregunta falló con un error", "the question failed with an error"),
    "nothing_counts": ("ningún caso cuenta", "no case counts"),
    "few_answers": ("menos de 100 respuestas", "fewer than 100 answers"),
    "one_kind": (
        "todas las respuestas son correctas, o ninguna",
        "all answers are right, or none is",
    ),
    "no_unanswerable": ("ninguna pregunta sin respuesta", "no question without an answer"),
    "no_answerable": ("ninguna pregunta con respuesta", "no question with an answer"),
    "one_kind_of_turn": (
        "todas abren una conversación, o ninguna",
        "all open a conversation, or none does",
    ),
    "not_judged": ("no se preguntó a ningún juez", "no judge was asked"),
    "judge_failed": ("el juez no dio veredicto", "the judge gave no verdict"),
}


def in_words(why: Why, language: Language) -> str:
    """Why there is no number.

    Raises:
        KeyError: it has no words.
    """
    return _WORDS[why][0 if language == "es" else 1]
