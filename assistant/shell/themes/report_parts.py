"""Says things of the monthly report in one language."""

from __future__ import annotations

from assistant.report import parts
from assistant.shell.themes.report_texts import CATALOGUE


class Writer(parts.Writer):
    """See `assistant.report.parts.Writer`."""

    texts = CATALOGUE
