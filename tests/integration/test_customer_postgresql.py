"""The example's customers in PostgreSQL: read in a read-only transaction, in time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from assistant.customers.mapping import load_mapping
from assistant.customers.models import Sought
from assistant.customers.opening import directory_of
from assistant.customers.ports import DirectoryUnavailable
from knowledge.settings import Settings
from tests.customer_systems import example_sql
from tests.postgresql_server import Server

HERO = "C-10001"


@pytest.fixture
def in_postgresql(
    tmp_path: Path, postgresql: Server, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """The example's customers in PostgreSQL, and a mapping to them."""
    mapping = example_sql(tmp_path)
    with postgresql.database("crm") as name:
        url = postgresql.url(name)
        with (
            closing(sqlite3.connect(tmp_path / "crm.sqlite")) as source,
            psycopg.connect(url) as target,
        ):
            for table in ("cliente", "telefono", "pedido", "linea", "contacto"):
                rows = source.execute(f"SELECT * FROM {table}")
                names = [column[0] for column in rows.description]
                kinds = ["bigint" if "centimos" in n or n == "unidades" else "text" for n in names]
                columns = sql.SQL(", ").join(
                    sql.SQL("{} {}").format(sql.Identifier(n), sql.SQL(k))  # type: ignore[arg-type]
                    for n, k in zip(names, kinds, strict=True)
                )
                target.execute(
                    sql.SQL("CREATE TABLE {} ({})").format(sql.Identifier(table), columns)
                )
                marks = sql.SQL(", ").join([sql.Placeholder()] * len(names))
                for row in rows:
                    target.execute(
                        sql.SQL("INSERT INTO {} VALUES ({})").format(sql.Identifier(table), marks),
                        row,
                    )
        text = mapping.read_text("utf-8")
        at, end = text.index('name = """'), text.index("# The parts of one")
        text = text[:at] + text[end:]
        text = text.replace('url = "sqlite:///crm.sqlite"', 'url_env = "CRM_URL"')
        mapping.write_text(text, "utf-8")
        monkeypatch.setenv("CRM_URL", url)
        yield mapping


def test_postgresql_gives_the_same_customer(in_postgresql: Path, tmp_path: Path) -> None:
    settings = Settings(customers_timeout_s=10)
    with (
        closing(directory_of(load_mapping(in_postgresql), settings)) as there,
        closing(directory_of(load_mapping(example_sql(tmp_path / "here")), settings)) as here,
    ):
        assert there.find(Sought("phone", "+34600000101")).matches[0].key == HERO
        assert there.customer(HERO) == here.customer(HERO)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT :key AS key, 'x' AS name FROM pg_sleep(5)", "did not answer within 0.3 s"),
        (
            "WITH gone AS (DELETE FROM cliente WHERE codigo = :key RETURNING codigo) "
            "SELECT codigo AS key, 'x' AS name FROM gone",
            "customer.customer of the mapping fails .25006",
        ),
    ],
    ids=["slow", "writing"],
)
def test_postgresql_stops_what_is_slow_and_what_would_write(
    in_postgresql: Path, query: str, told: str
) -> None:
    text = in_postgresql.read_text("utf-8")
    start, end = text.index('customer = """'), text.index("phones =")
    in_postgresql.write_text(f'{text[:start]}customer = "{query}"\n{text[end:]}', "utf-8")
    settings = Settings(customers_timeout_s=0.3)
    with (
        closing(directory_of(load_mapping(in_postgresql), settings)) as directory,
        pytest.raises(DirectoryUnavailable, match=told),
    ):
        directory.customer(HERO)
