"""What the panel of the steps says, in Spanish and English."""

from __future__ import annotations

from collections.abc import Mapping

from knowledge.models import Language

STEPS: Mapping[Language, Mapping[str, str]] = {
    "es": {
        "steps_none": "Cuando lo que pide el cliente tenga un procedimiento en las fuentes, "
        "aparecerá aquí.",
        "steps_offered": "Procedimientos que pueden servir",
        "steps_others": "Otros que pueden servir",
        "steps_offer": "{count} pasos · {source}",
        "steps_close": "Dejarlo",
        "steps_gone": "La fuente del procedimiento elegido ya no está a su alcance.",
        "steps_internal": "uso interno",
        "steps_place": "{source}, versión {version}",
        "steps_place_page": "{source}, versión {version}, página {page}",
        "steps_not_in_force": "Esta fuente ya no está en vigor.",
        "steps_newer": "Hay una versión {version} en vigor.",
        "steps_take": "Pasar a ella",
        "steps_not_so": "No procede: «{clause}»",
        "steps_heard": "Parece hecho, porque se ha dicho: «{turn}»",
        "steps_by_hand": "Marcado por {who}",
        "steps_off_by_hand": "Desmarcado por {who}",
        "steps_passage": "Fuente",
        "steps_here": "Estoy aquí",
        "steps_said": "lo ha dicho: «{turn}»",
        "steps_by_order": "según el pedido",
        "steps_yes": "Sí",
        "steps_no": "No",
    },
    "en": {
        "steps_none": "When the sources have a procedure for what the customer needs, it appears "
        "here.",
        "steps_offered": "Procedures that may help",
        "steps_others": "Others that may help",
        "steps_offer": "{count} steps · {source}",
        "steps_close": "Put away",
        "steps_gone": "The source of the chosen procedure is no longer yours to see.",
        "steps_internal": "internal",
        "steps_place": "{source}, version {version}",
        "steps_place_page": "{source}, version {version}, page {page}",
        "steps_not_in_force": "This source is no longer in force.",
        "steps_newer": "Version {version} is in force.",
        "steps_take": "Go on with it",
        "steps_not_so": "Does not apply: “{clause}”",
        "steps_heard": "Seems done, because it was said: “{turn}”",
        "steps_by_hand": "Ticked by {who}",
        "steps_off_by_hand": "Unticked by {who}",
        "steps_passage": "Source",
        "steps_here": "I am here",
        "steps_said": "they said: “{turn}”",
        "steps_by_order": "by the order",
        "steps_yes": "Yes",
        "steps_no": "No",
    },
}
