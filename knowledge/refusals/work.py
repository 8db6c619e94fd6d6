"""What comes back from agents: feedback, gaps, questions kept, and what must be read."""

from __future__ import annotations

from typing import Final

from knowledge.refusals.reason import Wording

WORK: Final = {
    "written-answer": Wording("answer", "respuesta"),
    "written-comment": Wording("comment", "comentario"),
    "written-question": Wording("question", "pregunta"),
    "written-reason": Wording("reason", "motivo"),
    "text-empty": Wording(
        "the {what} is empty: write a few words, others will read them",
        "falta escribir: {what}. Bastan unas palabras; otras personas las leerán",
    ),
    "text-long": Wording(
        "the {what} has {count:,} characters, at most {limit:,} are kept: shorten it",
        "demasiado largo: {what}. Tiene {count} caracteres y caben {limit}; acórtelo",
    ),
    "account-spaces": Wording(
        "{name!r} is no name of an account: names have no spaces; choose one from the list",
        "«{name}» no es el nombre de una cuenta: los nombres no llevan espacios; elija uno de la "
        "lista",
    ),
    # Feedback
    "feedback-kind": Wording(
        "kind {kind!r} is none of {known}: choose one of those",
        "«{kind}» no es ninguna clase de aviso: elija entre {known}",
    ),
    "feedback-no-source": Wording(
        "a version or a place in it needs the name of its source: name it",
        "para señalar una versión o un lugar hace falta su fuente: nómbrela",
    ),
    "feedback-span": Wording(
        "from {start} to {end} is no part of a text: mark some of it",
        "de {start} a {end} no es ninguna parte de un texto: marque alguna",
    ),
    "feedback-settled": Wording(
        "feedback {number} is {state}: nothing is left to do",
        "el aviso {number} ya figura como «{state}»: no queda nada que hacer",
    ),
    "feedback-state-open": Wording("open", "abierto"),
    "feedback-state-in_work": Wording("in work", "en curso"),
    "feedback-state-resolved": Wording("resolved", "resuelto"),
    "feedback-state-declined": Wording("declined", "rechazado"),
    "feedback-state-noted": Wording("noted", "anotado"),
    "feedback-unknown-source": Wording(
        "there is no source {name!r} to say something of: open it from an answer",
        "no hay ninguna fuente «{name}» de la que avisar: ábrala desde una respuesta",
    ),
    "feedback-unknown-version": Wording(
        "{name!r} had no version {version} in force to say something of: open it from an answer",
        "«{name}» no ha tenido en vigor ninguna versión {version} de la que avisar: ábrala desde "
        "una respuesta",
    ),
    "feedback-fixed-nowhere": Wording(
        "feedback on an answer without a source is fixed in no version: leave the version out",
        "un aviso sobre una respuesta sin fuente no se corrige en ninguna versión: déjela en "
        "blanco",
    ),
    "feedback-unknown": Wording(
        "there is no feedback {number}: `voz feedback` lists what there is",
        "no hay ningún aviso {number}, o no es para usted: mire la lista de avisos",
    ),
    # Gaps
    "gap-unknown": Wording(
        "there is no gap {number}: `voz gaps` lists those there are",
        "no hay ninguna pregunta sin respuesta {number}, o no es de los suyos: mire la lista",
    ),
    "gap-of-others": Wording(
        "gap {number} was asked by others as well, whom {name!r} does not answer for: somebody "
        "who answers for all of them must decide",
        "la pregunta sin respuesta {number} también la hizo gente de la que {name} no responde: "
        "decide quien responde de todos",
    ),
    # What must be read
    "reading-for-nobody": Wording(
        "say who must read it: at least one audience",
        "diga quién ha de leerlo: al menos un grupo",
    ),
    "reading-unseen": Wording(
        "the audience {label!r} may not see the source: nobody can read what is not theirs",
        "el grupo «{label}» no puede ver la fuente, y nadie lee lo que no es suyo: elija otro, o "
        "añádalo a los destinatarios de la fuente",
    ),
    "reading-not-yours": Wording(
        "{name!r} does not answer for the audience {label!r}: choose one of your own",
        "{name} no responde del grupo «{label}»: elija entre los suyos",
    ),
    "reading-past": Wording(
        "{day} is past: give a day that is still to come",
        "el {day} ya ha pasado: dé un día que esté por venir",
    ),
    "reading-unknown": Wording(
        "there is no reading {number}: `voz receipts` lists what is required",
        "no hay ninguna lectura {number}: mire la lista de lecturas",
    ),
    "reading-of-others": Wording(
        "reading {number} is required of people that {name!r} does not answer for: ask somebody "
        "who does",
        "la lectura {number} se exige a gente de la que {name} no responde: pídalo a quien "
        "responda de ella",
    ),
    "reading-no-version": Wording(
        "there is no version {number} of {name!r} to be read: look at what waits for you again",
        "no hay versión {number} de «{name}» que leer: mire otra vez lo que le espera",
    ),
}
