"""Differences between stored versions: which two, who sees what, by command and over REST."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.shell.manage import bodies
from assistant.shell.pages import desk as desks
from assistant.shell.pages.ask import AskPage
from assistant.shell.pages.desk import Desk
from assistant.shell.pages.source import source_html
from ingest.chunk import chunk_document
from knowledge.differences.versions import compare_versions
from knowledge.errors import NotFound, SettingsError
from knowledge.intake import take_in
from knowledge.models import EVERYONE, Filing, Viewer
from knowledge.register import Register
from knowledge.settings import Settings
from tests.e2e.page_double import make_document
from tests.fakes import HashingEmbedder
from tests.integration.test_manage_api import House, checked
from tests.integration.test_source_commands import policy, voz  # noqa: F401 - fixtures

NAME = "comisiones.md"
ALL = Viewer("rosa", frozenset({EVERYONE, "levante"}))
STAFF = Viewer("ana", frozenset({EVERYONE}))
OTHER = Viewer("olga", frozenset({"meridiano"}))


def parts(days: int, canary: str, inner: str) -> list[tuple[str, str]]:
    return [
        ("heading", "Plazos"),
        ("paragraph", f"El cliente tiene {days} días."),
        ("heading", "Comisión de Levante"),
        ("paragraph", f"La comisión por cada montaje {canary} terminado es de {days} €."),
        ("heading", "Trato interno"),
        ("paragraph", f"No se dice {inner}."),
    ]


def bring(register: Register, texts: list[tuple[str, str]], *, draft: bool = False) -> None:
    embedder = HashingEmbedder()
    document = make_document(NAME, texts)
    made = (document, chunk_document(document, embedder.count_tokens), document.text.encode())
    take_in(register, embedder, made, filing=Filing(author="rosa", draft=draft))


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with Register.open(Settings(data_dir=tmp_path), write=True) as register:
        admin = Viewer("admin", frozenset())
        for label in ("levante", "meridiano"):
            register.curation.add_audience(label, label.title(), admin)
        bring(register, parts(30, "CANARIOUNO", "esto"))
        bring(register, parts(14, "CANARIODOS", "aquello"))
        register.curation.restrict(NAME, "Comisión de Levante", ALL, audience=["levante"])
        register.curation.restrict(NAME, "Trato interno", ALL, internal=True)
        yield register


def compared(register: Register, viewer: Viewer, **versions: int) -> Any:
    return compare_versions(register.curation, NAME, viewer, today=register.today(), **versions)


def test_a_part_for_others_is_in_no_difference_and_in_no_count(register: Register) -> None:
    whole, cut = (compared(register, viewer) for viewer in (ALL, STAFF))
    assert "CANARIOUNO" in str(whole)
    assert "CANARIODOS" in str(whole)
    assert (whole.counts.changed, whole.counts.numbers, whole.withheld) == (3, 2, False)
    assert "CANARIO" not in str(cut)
    assert "Levante" not in str(cut)
    assert (cut.counts.changed, cut.counts.numbers, cut.withheld) == (2, 1, True)


def test_a_part_that_is_not_for_customers_is_told_to_be_so(register: Register) -> None:
    found = compared(register, STAFF)
    (inner,) = [one for one in found.items if one.new and "aquello" in one.new.passage.text]
    assert inner.old.passage.internal
    assert inner.new.passage.internal


def test_a_source_for_others_is_not_there(register: Register) -> None:
    for versions in ({}, {"old": 1, "new": 2}):
        with pytest.raises(NotFound, match="there is no source"):
            compared(register, OTHER, **versions)


def test_without_versions_the_one_in_force_is_compared_with_the_newest(register: Register) -> None:
    assert (compared(register, ALL).old, compared(register, ALL).new) == (1, 2)
    bring(register, parts(45, "CANARIOTRES", "nada"), draft=True)
    found = compared(register, ALL)
    assert (found.old, found.new) == (2, 3)
    older = compared(register, ALL, new=1)
    assert (older.old, older.new) == (2, 1)
    register.curation.retire(NAME, ALL)
    assert compared(register, ALL).old == 2
    assert compared(register, ALL, new=2).old == 1


def test_what_cannot_be_compared_is_told_in_one_line(register: Register) -> None:
    with pytest.raises(SettingsError, match="cannot be compared with itself"):
        compared(register, ALL, old=2, new=2)
    with pytest.raises(NotFound, match="has no version 9: it has 2"):
        compared(register, ALL, new=9)
    register.curation.erase(NAME, ALL)
    bring(register, parts(1, "x", "y"))
    with pytest.raises(SettingsError, match="has only version 1: nothing to compare"):
        compared(register, ALL)


def test_the_command_compares(
    voz: Callable[..., str],  # noqa: F811 - the fixture
    policy: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    policy.write_text(policy.read_text().replace("30 días", "45 días"))
    voz("ingest", str(policy), "--draft")
    shown = voz("sources", "diff", policy.name)
    assert "\x1b" not in shown
    assert "  - El plazo es de [-30-] días." in shown
    assert "  + El plazo es de {+45+} días." in shown
    assert "1 cambiada; 1 cifra" in shown
    monkeypatch.setenv("VOZ_LANGUAGE", "en")
    assert "1 changed; 1 number" in voz("sources", "diff", policy.name, "2", "1")
    given = json.loads(voz("sources", "diff", policy.name, "1", "2", "--context", "0", "--json"))
    bodies.Differences.model_validate(given)
    assert [len(stretch) for stretch in given["stretches"]] == [1]
    with pytest.raises(SettingsError, match="cannot be compared with itself"):
        voz("sources", "diff", policy.name, "2", "2")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = House(tmp_path_factory.mktemp("house"))
    yield house
    house.close()


def test_the_api_compares_what_whoever_asks_may_see(house: House) -> None:
    number = house.bring("envios.md", days=30)
    at = f"/sources/{number}/differences"
    assert house.ask("marta", "GET", at).json() == {
        "error": "'envios.md' has only version 1: nothing to compare until there is another",
        "code": "compare-only-one",
    }
    house.publish(number)
    house.bring("envios.md", days=14)
    found = checked(bodies.Differences, house.ask("marta", "GET", f"{at}?context=0").json())
    assert (found["from"], found["to"], found["counts"]["numbers"]) == (1, 2, 1)
    ((one,),) = found["stretches"]
    assert one["new"]["text"] == "El cliente tiene 14 días."
    assert one["new"]["marks"] == [{"kind": "number", "start": 17, "end": 19}]
    assert house.ask("marta", "GET", f"{at}?from=2&to=1").json()["to"] == 1
    for wrong, status in (("from=2", 422), ("to=7", 404), ("from=x", 422), ("context=-1", 422)):
        answer = house.ask("marta", "GET", f"{at}?{wrong}")
        assert answer.status_code == status
        assert answer.json()["error"]
    assert house.ask("pablo", "GET", at).status_code == 200
    assert house.ask("leo", "GET", at).status_code == 404


def test_the_api_withholds_a_reserved_part(house: House) -> None:
    number = house.bring("tarifas.md", days=21, audience="levante")
    house.bring("tarifas.md", days=22, audience="levante")
    at = f"/sources/{number}/differences?from=1&to=2"
    assert "21 días" in house.ask("leo", "GET", at).text
    restricted = {"heading": "Devoluciones", "audience": ["meridiano"]}
    assert house.ask("marta", "POST", f"/sources/{number}/restrict", json=restricted).is_success
    answer = house.ask("leo", "GET", at)
    assert (answer.json()["stretches"], answer.json()["withheld"]) == ([], True)
    assert "días" not in answer.text
    assert "Devoluciones" not in answer.text


def test_an_agent_sees_what_changed_in_what_they_may_see(register: Register) -> None:
    class Assistant:
        document = register.document

    page = AskPage(Assistant(), None, "es")  # type: ignore[arg-type]
    desk = desks.reading(Desk(), NAME, 2, 1)

    def shown(viewer: Viewer, of: Desk = desk) -> str:
        return source_html(page._source(of, viewer), "es")

    assert "CANARIODOS" in shown(ALL)
    assert '<del class="value">30</del>' in shown(STAFF)
    assert "CANARIO" not in shown(STAFF)
    assert "Levante" not in shown(STAFF)
    assert shown(OTHER) == ""
    assert "<del" not in shown(STAFF, desks.reading(Desk(), NAME, 2, 9))
    bring(register, parts(45, "CANARIOTRES", "BORRADOR"), draft=True)
    assert "BORRADOR" not in shown(STAFF, desks.reading(Desk(), NAME, 2, 3))
