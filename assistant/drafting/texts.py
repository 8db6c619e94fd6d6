"""What kinds of findings are called, in Spanish and English."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.drafting.models import Kind
from knowledge.models import Language

KIND_NAMES: Mapping[Language, Mapping[Kind, str]] = {
    "es": {
        "spelling": "ortografía",
        "address": "tratamiento",
        "forbidden": "no se dice",
        "promise": "promesa sin regla",
        "fact": "dato",
        "internal": "interno",
        "personal": "datos personales",
        "style": "estilo",
        "required": "falta",
    },
    "en": {
        "spelling": "spelling",
        "address": "form of address",
        "forbidden": "not to be said",
        "promise": "promise without a rule",
        "fact": "fact",
        "internal": "internal",
        "personal": "personal data",
        "style": "style",
        "required": "missing",
    },
}
