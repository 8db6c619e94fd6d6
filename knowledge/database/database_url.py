"""The address of a register in PostgreSQL, as it may be set and as it may be shown."""

from __future__ import annotations

import re

from pydantic import SecretStr

FORM = "postgresql://USER:PASSWORD@HOST:PORT/DATABASE"
HIDDEN = "***"

# SQLAlchemy's name for the driver is taken as well: such an address is what people have at hand.
_SCHEME = re.compile(r"(?:postgresql|postgres)(?:\+psycopg)?://")
_HOST = r"(?:\[[^]/?#@]*\]|[^][:,/?#@]*)(?::\d*)?"
_PARTS = re.compile(
    rf"(?P<credentials>[^/?#@]*@)?(?P<hosts>{_HOST}(?:,{_HOST})*)(?P<database>/[^?#@]*)?"
)
_BROKEN_ESCAPE = re.compile(r"%(?![0-9a-fA-F]{2})")
_SECRET_OPTION = re.compile(r"([^=&]*(?:pass|secret)[^=&]*=)[^&]*", re.IGNORECASE)


class DatabaseUrl(SecretStr):
    """An address in libpq's form (its manual: "Connection URIs"); shown without its password."""

    def for_libpq(self) -> str:
        """The address as libpq reads it, password and all."""
        return _SCHEME.sub("postgresql://", self.get_secret_value().strip(), count=1)

    def trouble(self) -> str | None:
        """What is wrong with it, in words that repeat nothing of it; `None` when nothing is.

        A character that ends the password too early would put the rest of it where hosts and
        databases are shown, so such an address is refused before anything shows it.
        """
        if not _SCHEME.match(self.get_secret_value().strip()):
            return f"it must look like {FORM}; unset, the register is a file in the data folder"
        if self._parts() is None or _BROKEN_ESCAPE.search(self.for_libpq()):
            return (
                f"it must look like {FORM}, with @ : / ? # and % in the user or the password "
                "written as %40 %3A %2F %3F %23 and %25"
            )
        return None

    def _parts(self) -> tuple[str, str, str, str] | None:
        """Scheme, credentials, host with database, and options; `None` when they are not plain."""
        before, separator, options = self.for_libpq().partition("?")
        scheme, _, rest = before.partition("://")
        found = _PARTS.fullmatch(rest)
        if found is None or re.search(r"[@#\s]", options):
            return None
        where = found["hosts"] + (found["database"] or "")
        return f"{scheme}://", found["credentials"] or "", where, separator + options

    def _display(self) -> str:
        parts = None if self.trouble() else self._parts()
        if parts is None:
            return HIDDEN
        scheme, credentials, where, options = parts
        user, colon, _ = credentials.removesuffix("@").partition(":")
        shown = f"{user}{colon and f':{HIDDEN}'}@" if credentials else ""
        return scheme + shown + where + _SECRET_OPTION.sub(rf"\1{HIDDEN}", options)
