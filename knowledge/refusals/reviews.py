"""Why a scorecard, a sample or a review is refused."""

from __future__ import annotations

from typing import Final

from knowledge.refusals.reason import Wording

REVIEWS: Final = {
    "scorecard-name": Wording(
        "a scorecard cannot be called {name!r}: use up to {limit} lower-case letters and digits, "
        "with hyphens or dots between",
        "una pauta de revisión no puede llamarse «{name}»: use hasta {limit} letras minúsculas y "
        "cifras, con guiones o puntos en medio",
    ),
    "scorecard-unknown": Wording(
        "there is no scorecard {name!r}: there are {known}",
        "no hay ninguna pauta de revisión «{name}»: hay {known}",
    ),
    "scorecard-other": Wording(
        "the scorecard {name!r} is for audience {audience!r}: take another name",
        "la pauta de revisión «{name}» es del público «{audience}»: elija otro nombre",
    ),
    "review-reach": Wording(
        "{name} does not review contacts of audience {audience!r}: it takes the role qa there",
        "{name} no revisa contactos del público «{audience}»: hace falta el rol qa en él",
    ),
    "sample-days": Wording(
        "the first day {first} comes after the last, {last}: write the earlier one first",
        "el primer día, {first}, es posterior al último, {last}: escriba antes el anterior",
    ),
    "sample-reviewer": Wording(
        "{reviewer!r} cannot review contacts of audience {audience!r}: name accounts with the role "
        "qa there ({known})",
        "«{reviewer}» no puede revisar contactos del público «{audience}»: nombre cuentas con el "
        "rol qa en él ({known})",
    ),
    "sample-no-reviewers": Wording(
        "nobody is named to review: name one account at least",
        "no se nombra a nadie que revise: nombre una cuenta como mínimo",
    ),
    "review-task-unknown": Wording(
        "there is no contact to review of number {number} that you may see",
        "no hay ningún contacto que revisar con el número {number} que usted pueda ver",
    ),
    "review-not-yours": Wording(
        "contact {number} is reviewed by {reviewer}: nobody else gives that review",
        "el contacto {number} lo revisa {reviewer}: nadie más hace esa revisión",
    ),
    "review-erased": Wording(
        "the words of that contact are gone: it can no longer be reviewed",
        "las palabras de ese contacto ya no están: no se puede revisar",
    ),
    "review-given": Wording(
        "that contact has been reviewed: say in 3 to {limit} characters why that is corrected",
        "ese contacto ya está revisado: diga en 3 a {limit} caracteres por qué se corrige",
    ),
    "review-note": Wording(
        "a note has {count} characters: write at most {limit}",
        "una nota tiene {count} caracteres: escriba {limit} como máximo",
    ),
    "review-note-item": Wording(
        "there is a note on {item!r}, which has no answer: write notes on what is answered",
        "hay una nota sobre «{item}», que no tiene respuesta: escriba notas de lo que se responde",
    ),
    "reviews-none": Wording(
        "no contact that you may see has been reviewed by everybody who is to: results come then",
        "ningún contacto que usted pueda ver está revisado por todos los que deben: hasta entonces "
        "no hay resultados",
    ),
}
