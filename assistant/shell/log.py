"""Where the log goes: ``voz.log`` in the data folder, or stderr in full with ``VOZ_DEBUG=1``."""

from __future__ import annotations

import logging
import logging.handlers
import os
from pathlib import Path

FILE = "voz.log"
MAX_BYTES = 5_000_000
KEPT = 2
"""Older files kept beside the current one."""

OWN = ("assistant", "eval", "ingest", "knowledge")
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class DataFolderHandler(logging.handlers.RotatingFileHandler):
    """Writes once there is a data folder; a log that cannot be written stops nobody."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=MAX_BYTES, backupCount=KEPT, encoding="utf-8", delay=True)
        self.path = path
        self.written = False

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record if the folder exists: a failed command makes none."""
        if self.path.parent.is_dir():
            self.written = True
            super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Remember that it was not written, instead of printing a traceback."""
        self.written = False


def start() -> None:
    """Set up logging for one run of the command; what was set up before is replaced.

    Only names are read from the environment here: a setting with a wrong value must still be
    told by the command that reads it.
    """
    for handler in list(logging.root.handlers):
        if isinstance(handler, DataFolderHandler):
            logging.root.removeHandler(handler)
            handler.close()
    debug = is_debug()
    handler = logging.StreamHandler() if debug else DataFolderHandler(_path())
    handler.setFormatter(logging.Formatter(_FORMAT))
    logging.root.addHandler(handler)
    logging.root.setLevel(logging.WARNING)
    for name in OWN:
        logging.getLogger(name).setLevel(logging.DEBUG if debug else logging.INFO)


def is_debug() -> bool:
    """Whether ``VOZ_DEBUG`` asks for everything on stderr."""
    return os.environ.get("VOZ_DEBUG", "").lower() in {"1", "true", "yes", "on", "y", "t"}


def whereabouts() -> str:
    """Where the details of what was just logged are, for a person."""
    if is_debug():
        return "the details are above"
    for handler in logging.root.handlers:
        if isinstance(handler, DataFolderHandler) and handler.written:
            return f"the details are in {handler.path}"
    return "set VOZ_DEBUG=1 and run it again to see the details"


def _path() -> Path:
    return Path(os.environ.get("VOZ_DATA_DIR") or "data") / FILE
