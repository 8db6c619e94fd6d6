"""Why something cannot be done with the steps of a contact."""

from __future__ import annotations

from typing import Final

from knowledge.refusals.reason import Wording

STEPS: Final = {
    "steps-none-chosen": Wording(
        "no procedure is chosen in contact {key}: choose one first",
        "en el contacto {key} no hay ningún procedimiento elegido: elija antes uno",
    ),
    "steps-procedure-unknown": Wording(
        "{source!r} has no procedure {procedure!r} in the version in force: choose one of those "
        "that `voz steps` lists",
        "«{source}» no tiene ningún procedimiento «{procedure}» en la versión en vigor: elija uno "
        "de los que se ofrecen",
    ),
    "steps-step-unknown": Wording(
        "the procedure has no step {step!r}: use one of {known}",
        "el procedimiento no tiene ningún paso «{step}»: use uno de {known}",
    ),
    "steps-condition-unknown": Wording(
        "the procedure has no condition {condition!r}: use one of {known}",
        "el procedimiento no tiene ninguna condición «{condition}»: use una de {known}",
    ),
    "steps-gone": Wording(
        "the source of the chosen procedure is not yours to see any more: close it and choose "
        "another one",
        "la fuente del procedimiento elegido ya no está a su alcance: ciérrelo y elija otro",
    ),
    "steps-source-not-in-force": Wording(
        "there is no source {source!r} in force that you may see: look at the list of sources",
        "no hay ninguna fuente «{source}» en vigor que usted pueda ver: mire la lista de fuentes",
    ),
}
