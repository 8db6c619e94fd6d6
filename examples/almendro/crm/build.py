"""Builds the example company's customer system: an SQLite file from the texts beside it.

    python examples/almendro/crm/build.py [--out FILE] [--day 2026-11-22]

Days in the texts count back from that day, so that what happened "12 days ago" stays so.
Customers are invented.
"""

import argparse
import csv
import sqlite3
import sys
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
PRICES = HERE.parent / "texts" / "tarifas-y-envios.md"
DAY = date(2026, 11, 22)

SCHEMA = """
CREATE TABLE cliente (
  codigo TEXT PRIMARY KEY, nombre TEXT NOT NULL, apellidos TEXT NOT NULL, correo TEXT NOT NULL,
  alta TEXT NOT NULL, idioma TEXT NOT NULL, trato TEXT NOT NULL);
CREATE TABLE telefono (cliente TEXT NOT NULL REFERENCES cliente, numero TEXT NOT NULL);
CREATE TABLE pedido (
  numero TEXT PRIMARY KEY, cliente TEXT NOT NULL REFERENCES cliente, fecha TEXT NOT NULL,
  entrega TEXT, estado TEXT NOT NULL, total_centimos INTEGER NOT NULL, transportista TEXT NOT NULL,
  seguimiento TEXT NOT NULL, envio TEXT NOT NULL, forma_pago TEXT NOT NULL, pago TEXT NOT NULL);
CREATE TABLE linea (
  pedido TEXT NOT NULL REFERENCES pedido, articulo TEXT NOT NULL, descripcion TEXT NOT NULL,
  unidades INTEGER NOT NULL, precio_centimos INTEGER NOT NULL);
CREATE TABLE contacto (
  cliente TEXT NOT NULL REFERENCES cliente, fecha TEXT NOT NULL, canal TEXT NOT NULL,
  pedido TEXT NOT NULL, resumen TEXT NOT NULL, resultado TEXT NOT NULL);
CREATE INDEX telefono_numero ON telefono (numero);
CREATE INDEX pedido_cliente ON pedido (cliente);
CREATE INDEX linea_pedido ON linea (pedido);
CREATE INDEX contacto_cliente ON contacto (cliente);
"""


def build(out: Path, day: date = DAY) -> None:
    """Writes the database, in place of one that is there.

    Raises:
        ValueError: an order has an article without a price.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    made = out.with_name(f"{out.name}.new")
    made.unlink(missing_ok=True)
    connection = sqlite3.connect(made)
    try:
        with connection:
            connection.executescript(SCHEMA)
            _fill(connection, day)
    finally:
        connection.close()
    made.replace(out)


def _fill(connection: sqlite3.Connection, day: date) -> None:
    articles, lines = _articles(), _read("lines")
    for row in _read("customers"):
        since = _before(day, row["since_days"])
        names = (row["first_name"], row["last_name"])
        more = (row["mail"], since, row["language"], row["form"])
        _insert(connection, "cliente", row["key"], *names, *more)
        for number in filter(None, (row["phone"], row["second_phone"])):
            _insert(connection, "telefono", row["key"], number)
    totals: dict[str, int] = {}
    for row in lines:
        if row["code"] not in articles:
            raise ValueError(f"order {row['order']}: {row['code']} is not in {PRICES.name}")
        price = articles[row["code"]][1]
        totals[row["order"]] = totals.get(row["order"], 0) + price * int(row["quantity"])
    for row in _read("orders"):
        days = (_before(day, row["ordered_days"]), _before(day, row["delivered_days"]))
        sent = (row["carrier"], row["tracking"], row["shipment"])
        paid = (row["payment_method"], row["payment_state"])
        total = totals[row["number"]]
        values = (row["number"], row["customer"], *days, row["state"], total, *sent, *paid)
        _insert(connection, "pedido", *values)
    for row in lines:
        name, price = articles[row["code"]]
        _insert(connection, "linea", row["order"], row["code"], name, int(row["quantity"]), price)
    for row in _read("contacts"):
        on = _before(day, row["days_ago"])
        said = (row["order"], row["summary"], row["outcome"])
        _insert(connection, "contacto", row["customer"], on, row["channel"], *said)


def _read(name: str) -> list[dict[str, str]]:
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _articles() -> dict[str, tuple[str, int]]:
    """Name and price in cents of every article of the price list."""
    rows = [line.strip("|").split("|") for line in PRICES.read_text("utf-8").splitlines()]
    cells = [[cell.strip() for cell in row] for row in rows if len(row) == 6]
    return {
        code: (name, int(price.replace(",", "").replace(".", "")))
        for code, name, price, *_ in cells
        if price[:1].isdigit()
    }


def _before(day: date, days: str) -> str | None:
    return (day - timedelta(days=int(days))).isoformat() if days else None


def _insert(connection: sqlite3.Connection, table: str, *values: str | int | None) -> None:
    marks = ", ".join("?" * len(values))
    connection.execute(f"INSERT INTO {table} VALUES ({marks})", values)


def main() -> int:
    """Builds from the command line; returns the exit code."""
    parser = argparse.ArgumentParser(description="Build the example company's customer system.")
    parser.add_argument("--out", type=Path, default=HERE / "crm.sqlite", help="file to write")
    parser.add_argument("--day", type=date.fromisoformat, default=DAY, help="what counts as today")
    given = parser.parse_args()
    try:
        build(given.out, given.day)
    except (OSError, ValueError, sqlite3.Error) as error:
        print(f"build failed: {error}", file=sys.stderr)
        return 1
    print(f"customers up to {given.day} written to {given.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
