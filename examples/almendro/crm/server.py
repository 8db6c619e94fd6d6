"""Serves the example company's customers as a REST API, from the file that build.py made.

    CRM_TOKEN=secreto python examples/almendro/crm/server.py [--file crm.sqlite] [--port 8765]

As a company's own API would be: another shape than ours, a secret in a header, reading only.
"""

import argparse
import hmac
import os
import sqlite3
import sys
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import Depends, FastAPI, Header, HTTPException

HERE = Path(__file__).resolve().parent
Query = Callable[..., list[dict[str, Any]]]

CUSTOMERS = "SELECT * FROM cliente WHERE {} ORDER BY codigo LIMIT 100"
BY_PHONE = "codigo IN (SELECT cliente FROM telefono WHERE replace(numero, ' ', '') = ?)"
BY_ORDER = "codigo IN (SELECT cliente FROM pedido WHERE replace(numero, '-', '') = ?)"


def create_app(file: Path, token: str) -> FastAPI:
    """The API over one file, for whoever shows the token."""

    def known(authorization: str = Header("")) -> None:
        if not hmac.compare_digest(authorization.encode(), f"Bearer {token}".encode()):
            raise HTTPException(401, "no entra")

    app = FastAPI(title="CRM de Almendro", dependencies=[Depends(known)], docs_url=None)

    @app.get("/api/clientes")
    def find(
        telefono: str = "", correo: str = "", pedido: str = "", nombre: str = ""
    ) -> dict[str, Any]:
        with _open(file) as query:
            if nombre:
                found = [row for row in query(CUSTOMERS.format("1")) if _is_called(row, nombre)]
            elif telefono:
                found = query(CUSTOMERS.format(BY_PHONE), telefono)
            elif correo:
                found = query(CUSTOMERS.format("lower(correo) = ?"), correo)
            else:
                found = query(CUSTOMERS.format(BY_ORDER), pedido)
            return {"clientes": [_customer(query, row) for row in found]}

    @app.get("/api/clientes/{codigo}")
    def customer(codigo: str) -> dict[str, Any]:
        with _open(file) as query:
            found = query(CUSTOMERS.format("codigo = ?"), codigo)
            if not found:
                raise HTTPException(404, "no existe")
            return _customer(query, found[0])

    @app.get("/api/clientes/{codigo}/pedidos")
    def orders(codigo: str) -> dict[str, Any]:
        with _open(file) as query:
            rows = query("SELECT * FROM pedido WHERE cliente = ? ORDER BY fecha DESC", codigo)
            return {"pedidos": [_order(query, row) for row in rows]}

    @app.get("/api/clientes/{codigo}/contactos")
    def contacts(codigo: str) -> dict[str, Any]:
        with _open(file) as query:
            rows = query("SELECT * FROM contacto WHERE cliente = ? ORDER BY fecha DESC", codigo)
            return {"contactos": rows}

    return app


@contextmanager
def _open(file: Path) -> Iterator[Query]:
    connection = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row

    def query(sql: str, *values: str) -> list[dict[str, Any]]:
        return [dict(row) for row in connection.execute(sql, values)]

    try:
        yield query
    finally:
        connection.close()


def _is_called(row: dict[str, Any], sought: str) -> bool:
    """Whether every word that is sought is in the name: as many APIs search."""
    name = _plain(f"{row['nombre']} {row['apellidos']}")
    return all(word in name for word in _plain(sought).split())


def _plain(text: str) -> str:
    parts = unicodedata.normalize("NFD", text.lower())
    return "".join(c for c in parts if not unicodedata.combining(c))


def _customer(query: Query, row: dict[str, Any]) -> dict[str, Any]:
    numbers = query("SELECT numero FROM telefono WHERE cliente = ?", row["codigo"])
    return {**row, "telefonos": [one["numero"] for one in numbers]}


def _order(query: Query, row: dict[str, Any]) -> dict[str, Any]:
    lines = query("SELECT * FROM linea WHERE pedido = ?", row["numero"])
    return {
        "numero": row["numero"],
        "fecha": row["fecha"],
        "estado": row["estado"],
        "importe": {"total": row["total_centimos"] / 100, "moneda": "EUR"},
        "envio": {
            "transportista": row["transportista"],
            "seguimiento": row["seguimiento"],
            "estado": row["envio"],
            "entregado": row["entrega"],
        },
        "pago": {"forma": row["forma_pago"], "estado": row["pago"]},
        "lineas": [
            {
                "articulo": line["articulo"],
                "descripcion": line["descripcion"],
                "unidades": line["unidades"],
                "precio": line["precio_centimos"] / 100,
            }
            for line in lines
        ],
    }


def main() -> int:
    """Serves from the command line; returns the exit code."""
    parser = argparse.ArgumentParser(description="Serve the example company's customers.")
    parser.add_argument("--file", type=Path, default=HERE / "crm.sqlite")
    parser.add_argument("--port", type=int, default=8765)
    given = parser.parse_args()
    token = os.environ.get("CRM_TOKEN", "")
    if not token:
        print("set CRM_TOKEN to the secret that callers have to show", file=sys.stderr)
        return 1
    if not given.file.exists():
        print(f"there is no {given.file}: run build.py first", file=sys.stderr)
        return 1
    uvicorn.run(create_app(given.file, token), port=given.port, log_level="warning")
    return 0


if __name__ == "__main__":
    sys.exit(main())
