"""What kind of thing is named: a sofa is furniture, a washing machine a large appliance.

Rules speak of kinds, customers and agents of things; a thing's word may be met by its kind's.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from assistant.support.reading import Read
from knowledge.conflicts.wording import Word, Words
from knowledge.text import stem

_KINDS: tuple[tuple[str, str], ...] = (
    (
        "mueble furniture",
        "sofa mesa silla armario cama somier estanteria comoda butaca canape aparador escritorio "
        "chaiselongue sillon table chair wardrobe bed couch armchair shelf desk sideboard",
    ),
    (
        "grande electrodomestico large appliance",
        "lavadora secadora frigorifico nevera heladera refri congelador lavavajillas horno placa "
        "lavarropas combi washer washing fridge freezer dryer dishwasher oven hob fridge-freezer",
    ),
    (
        "pequeno electrodomestico small appliance",
        "microondas tostadora batidora aspiradora cafetera plancha robot microwave toaster kettle "
        "blender vacuum",
    ),
)


@lru_cache(maxsize=1)
def _by_stem() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for kind, things in _KINDS:
        keys = frozenset(stem(word, tongue) for word in kind.split() for tongue in ("es", "en"))
        for thing in things.split():
            for tongue in ("es", "en"):
                found[stem(thing, tongue)] = keys
    return found


def widened(said: Read) -> Read:
    """A sentence of a draft whose things may be met by their kinds."""
    kinds = _by_stem()

    def wider(word: Word) -> Word:
        keys = [kinds[key] for key in word.keys if key in kinds]
        return word._replace(keys=word.keys.union(*keys)) if keys else word

    return replace(said, words=Words(map(wider, said.words)))
