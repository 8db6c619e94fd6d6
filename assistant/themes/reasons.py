"""Why themes, measures or a report cannot be shown."""

from __future__ import annotations

from typing import Final

from knowledge.refusals.reason import Wording

THEMES: Final = {
    "period-order": Wording(
        "the period ends ({last}) before it begins ({first}): give the earlier day first",
        "el periodo acaba ({last}) antes de empezar ({first}): dé primero el día anterior",
    ),
    "period-years": Wording(
        "the period lies outside the years {first} to {last}: give days within them",
        "el periodo queda fuera de los años {first} a {last}: dé días que estén dentro",
    ),
    "period-long": Wording(
        "the period has {count} days, at most {limit} are counted at once: give a shorter one",
        "el periodo tiene {count} días, y se cuentan {limit} como mucho: dé uno más corto",
    ),
    "month-form": Wording(
        "{text!r} is no month: write it as 2026-11",
        "«{text}» no es un mes: escríbalo como 2026-11",
    ),
    "month-future": Wording(
        "{text!r} has not begun: ask for a month that has",
        "«{text}» todavía no ha empezado: pida un mes que sí",
    ),
    "theme-unknown": Wording(
        "there is no theme {number} in this period, or none of yours: look at the list of themes",
        "no hay ningún tema {number} en este periodo, o no es de los suyos: mire la lista de temas",
    ),
    "theme-audience": Wording(
        "there is no audience {label!r} whose contacts you see: take one from the list",
        "no hay ningún grupo «{label}» cuyos contactos vea usted: elija uno de la lista",
    ),
    "theme-product": Wording(
        "no source that you see is about the product {product!r}: take one from the list",
        "ninguna fuente que usted vea trata del producto «{product}»: elija uno de la lista",
    ),
}
