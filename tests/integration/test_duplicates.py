"""Near-copies among what is in force, for who asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.conflicts.duplicates import Duplicate, duplicates
from knowledge.curation import Details
from knowledge.models import Viewer
from knowledge.register import Register
from knowledge.settings import load
from tests.integration.work_made import Company

RETURNS = (
    "Puede devolver cualquier producto en su embalaje original en un plazo de treinta días desde "
    "que lo recibe, con la factura o el número de pedido a la vista y sin dar ninguna explicación.",
    "El reembolso se hace por el mismo medio de pago en los catorce días siguientes a la llegada "
    "del paquete al almacén, salvo los gastos de un envío urgente que usted hubiera elegido.",
)
SHIPPING = (
    "Los pedidos hechos antes de las doce salen el mismo día laborable y llegan al día siguiente a "
    "toda la península; las islas tardan entre tres y cinco días más según el barco que los lleve.",
)
ABROAD = (
    "Fuera de la Unión Europea el cliente paga los aranceles al mensajero, que entrega el recibo.",
    "Portugal se sirve desde Vigo los lunes y los jueves; Andorra, una vez a la semana por Lérida.",
)
OTHER = ("La contraseña se cambia en los ajustes de la cuenta, en el apartado de seguridad.",)


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    with Register.open(load(data_dir=tmp_path / "data"), write=True) as register:
        made = Company(load(data_dir=tmp_path / "data"), register)
        made.bring("cuenta.md", *OTHER)
        made.bring("devoluciones.md", *RETURNS, *SHIPPING)
        yield made
        made.close()


def found(company: Company, viewer: Viewer | None = None) -> list[tuple[str, str, str]]:
    every = duplicates(company.store, viewer or company.manager())
    return [(one.kind, one.place.source, one.of.source) for one in every]


def one_found(company: Company) -> Duplicate:
    (found,) = duplicates(company.store, company.manager())
    return found


def test_a_source_that_another_contains_repeats_it_and_is_named_once(company: Company) -> None:
    company.bring("copia.md", *RETURNS)
    one = one_found(company)
    assert (one.kind, one.place.source, one.of.source) == ("source", "copia.md", "devoluciones.md")
    assert one.contained == 1.0
    assert 0.5 < one.alike < 0.9


def test_a_passage_repeats_another_in_a_source_that_is_otherwise_its_own(company: Company) -> None:
    company.bring("envíos.md", SHIPPING[0].replace("doce", "once"), *ABROAD)
    one = one_found(company)
    assert (one.kind, one.place.source, one.of.source) == (
        "passage",
        "envíos.md",
        "devoluciones.md",
    )
    assert one.place.text == SHIPPING[0].replace("doce", "once")
    assert one.of.text == SHIPPING[0]
    assert 0.8 <= one.alike < 1


def test_a_linked_translation_repeats_nothing_even_where_it_is_not_translated(
    company: Company,
) -> None:
    company.bring("returns.md", *RETURNS, *SHIPPING)
    assert found(company) == [("source", "returns.md", "devoluciones.md")]
    linked = Details(translation_of="devoluciones.md")
    company.curation.describe("returns.md", linked, company.manager())
    assert found(company) == []


def test_versions_of_one_source_are_no_duplicates(company: Company) -> None:
    company.bring("devoluciones.md", *RETURNS, SHIPPING[0].replace("doce", "once"))
    assert found(company) == []


def test_what_is_retired_is_no_duplicate(company: Company) -> None:
    company.bring("copia.md", *RETURNS)
    company.curation.retire("copia.md", company.manager())
    assert found(company) == []


def test_only_whoever_sees_both_is_told(company: Company) -> None:
    company.bring("copia.md", *RETURNS, audience="contractor-a")
    copied = [("source", "copia.md", "devoluciones.md")]
    assert found(company) == copied
    assert found(company, company.manager("contractor-a")) == copied
    assert found(company, company.manager("contractor-b")) == []
    assert found(company, Viewer("nadie", frozenset())) == []


def test_how_far_it_is_is_told(company: Company) -> None:
    stages: list[str] = []
    duplicates(
        company.store, company.manager(), progress=lambda stage, done, total: stages.append(stage)
    )
    assert list(dict.fromkeys(stages)) == ["reading", "sources", "passages"]
