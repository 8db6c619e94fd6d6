"""What two statements say differently, in a line for people, in Spanish and English."""

from __future__ import annotations

from knowledge.conflicts.disagreement import Aspect
from knowledge.models import Language

REASONS: dict[Language, dict[Aspect, str]] = {
    "es": {
        "value": "{kind}: «{0}» frente a «{1}»",
        "days": "días hábiles o naturales: «{0}» frente a «{1}»",
        "anchor": "«{0}» y «{1}» se cuentan desde momentos distintos",
        "obligation": "obligación: «{0}» frente a «{1}»",
        "denial": "una lo niega («{0}») y la otra no («{1}»)",
    },
    "en": {
        "value": "{kind}: “{0}” against “{1}”",
        "days": "working or calendar days: “{0}” against “{1}”",
        "anchor": "“{0}” and “{1}” are counted from different moments",
        "obligation": "obligation: “{0}” against “{1}”",
        "denial": "one denies it (“{0}”), the other does not (“{1}”)",
    },
}
KINDS: dict[Language, dict[str, str]] = {
    "es": {
        "": "",
        "duration": "plazo",
        "date": "fecha",
        "time": "hora",
        "money": "importe",
        "percent": "porcentaje",
        "measure": "medida",
        "count": "cantidad",
        "phone": "teléfono",
    },
    "en": {
        "": "",
        "duration": "period",
        "date": "date",
        "time": "time",
        "money": "amount",
        "percent": "percentage",
        "measure": "measure",
        "count": "number",
        "phone": "telephone",
    },
}
