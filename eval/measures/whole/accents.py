"""accent_drop: how much is lost where Spanish is typed without its accents?"""

from __future__ import annotations

from eval.measures.whole.respelling import drop

ACCENT_DROP = drop("accent_drop", "accents", "es", "without accents and opening marks", "own")
