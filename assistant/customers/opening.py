"""Settings -> `Customers`: where a directory is chosen."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from assistant.breaker import Breaker
from assistant.customers.mapping import MappingFile, SqlMapping, load_mapping
from assistant.customers.ports import CustomerDirectory
from assistant.customers.records import Words
from assistant.customers.service import Customers
from knowledge.settings import Settings


def open_customers(settings: Settings, breaker: Breaker | None = None) -> Customers:
    """The customers of the mapping that `VOZ_CUSTOMERS` names; without one, nobody.

    Nothing is connected to yet: a system that is down now may come later.

    Args:
        settings: name the mapping, the time limit and the company's time zone.
        breaker: when a failing system is left alone; `None`: as usual.

    Raises:
        SettingsError: the mapping cannot be read or used.
    """
    if settings.customers is None:
        return Customers()
    read = load_mapping(settings.customers)
    return Customers(
        directory_of(read, settings),
        read.mapping.searchable(),
        read.mapping.country,
        timeout_s=settings.customers_timeout_s,
        breaker=breaker,
    )


def directory_of(read: MappingFile, settings: Settings) -> CustomerDirectory:
    """The directory that a mapping describes.

    Raises:
        SettingsError: its address cannot be used, or its driver is not installed.
    """
    mapping, timeout_s = read.mapping, settings.customers_timeout_s
    words = Words(
        ZoneInfo(settings.time_zone), mapping.dates, mapping.order_states, mapping.address_forms
    )
    if isinstance(mapping, SqlMapping):
        from assistant.customers.sql import SqlDirectory

        return SqlDirectory(mapping, read.path.parent, words, timeout_s=timeout_s)
    from assistant.customers.rest import RestDirectory  # its library takes its time to load

    return RestDirectory(mapping, words, timeout_s=timeout_s)
