"""Who reads which version of a source is in the audit trail: one act, one entry, nobody waits."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.shell.pages.desk import Desk
from assistant.shell.pages.source import page_url
from knowledge.audit import verify
from knowledge.audit.views import SAME_VIEW_S, View, ViewLog
from tests.e2e.page_double import RETURNS_PDF, make_pdf
from tests.integration.page_house import PAGE_TEXTS, House


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    yield made
    made.close()


def test_opening_a_source_with_its_page_is_one_entry_whatever_is_fetched_for_it(
    house: House,
) -> None:
    desk = house.press("ana", house.desk("ana"), cite="1")
    citation = desk.citation
    assert citation is not None
    path = page_url(citation).removeprefix("/v1")
    for _ in range(3):
        assert house.get("ana", path).status_code == 200
    house.press("ana", desk, cite="2")  # another passage of the same version
    house.page.switch(desk, "en", house.request("ana"))  # the source stays open
    house.press("ana", desk, close="1")
    assert house.viewed() == [("ana", f"source:{house.number}", {"version": 1})]
    assert verify(house.store.database, house.store.audit_head).sound


def test_a_look_is_a_view_of_its_own_once_the_one_before_is_over(house: House) -> None:
    desk = house.desk("ana")
    house.press("ana", desk, cite="1")
    house.clock.now += SAME_VIEW_S - 1
    house.press("ana", desk, cite="1")
    house.press("olga", house.desk("olga"), cite="1")
    house.clock.now += 2
    house.press("ana", desk, cite="1")
    assert [who for who, _, _ in house.viewed()] == ["ana", "olga", "ana"]


def test_answers_lists_and_what_is_refused_are_no_views(house: House) -> None:
    desk = house.desk("ana")
    house.press("ana", desk, cite="99")
    house.press("ana", desk, show="0")
    house.press("ana", desk, source="nada.md", version="1")
    assert house.get("marta", "/sources").status_code == 200
    assert house.get("marta", f"/sources/{house.number}").status_code == 200
    assert house.get("ana", f"/sources/{house.number}/versions/1").status_code == 403
    assert house.get("marta", f"/sources/{house.number}/versions/9").status_code == 404
    assert house.get("marta", f"/sources/{house.number}/differences").status_code == 422
    missing = f"/page.png?document={RETURNS_PDF}&page=1&start=0&end=999999"
    assert house.get("ana", missing).status_code == 422
    assert house.viewed() == []


def test_managers_and_programs_are_entered_with_what_they_read(house: House) -> None:
    changed = (*PAGE_TEXTS[:-1], ("paragraph", "La recogida a domicilio cuesta 35 €."))
    house.bring(changed, make_pdf(changed), draft=True)
    at = f"/sources/{house.number}"
    assert house.get("marta", f"{at}/versions/2").status_code == 200
    assert house.get("marta", f"{at}/versions/2").status_code == 200
    assert house.get("pablo", f"{at}/differences").status_code == 200
    page = f"/page.png?document={RETURNS_PDF}&page=1&start=0&end=5"
    assert house.get("key", page).status_code == 200
    source = f"source:{house.number}"
    assert house.viewed() == [
        ("marta", source, {"version": 2}),
        ("pablo", source, {"version": 2, "compared": 1}),
        ("key:crm", source, {"version": 1}),
    ]


def test_reading_what_changed_from_the_inbox_is_entered_with_both_versions(house: House) -> None:
    changed = (*PAGE_TEXTS[:-1], ("paragraph", "La recogida a domicilio cuesta 35 €."))
    house.bring(changed, make_pdf(changed))
    desk = house.press("ana", Desk(), source=RETURNS_PDF, version="2", before="1")
    assert desk.reading == (RETURNS_PDF, 2)
    house.press("ana", desk, seen="1")  # another button of the inbox, the source still open
    source = f"source:{house.number}"
    assert house.viewed() == [("ana", source, {"version": 2, "compared": 1})]


def test_reading_waits_for_no_writer_and_is_entered_afterwards(house: House) -> None:
    desk = house.desk("ana")
    path = house.people.settings.register_path
    blocker = sqlite3.connect(path, isolation_level=None)
    house.token("marta")
    blocker.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    house.press("ana", desk, cite="1")
    assert house.get("marta", f"/sources/{house.number}/versions/1").status_code == 200
    took = time.monotonic() - began
    blocker.execute("ROLLBACK")
    blocker.close()
    assert took < 4.5  # a write would have waited for 5 s
    assert [who for who, _, _ in house.viewed()] == ["ana", "marta"]


def test_a_view_that_cannot_be_entered_is_told_in_the_log_and_is_read_all_the_same(
    house: House, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr("knowledge.audit.views.append", fail)
    with caplog.at_level(logging.WARNING):
        assert house.press("ana", house.desk("ana"), cite="1").opened == 1
        assert house.viewed() == []
    assert "1 views were not written down" in caplog.text
    assert RETURNS_PDF not in caplog.text


def test_a_full_queue_loses_a_view_but_not_the_next_look(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    blocker = sqlite3.connect(house.people.settings.register_path, isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    log = ViewLog(house.store.database, house.store.audit_head, capacity=2)
    views = [View(f"a{number}", RETURNS_PDF, 1) for number in range(300)]
    for view in views:
        log.seen(view)
    blocker.execute("ROLLBACK")
    blocker.close()
    with caplog.at_level(logging.WARNING):
        deadline = time.monotonic() + 20
        while "a299" not in (entered := [who for who, _, _ in house.viewed()]):
            assert time.monotonic() < deadline, "the next look was never entered"
            log.seen(views[-1])
            time.sleep(0.1)
        log.close()
    assert entered.count("a299") == 1
    assert len(entered) < 300
    assert "views were not written down" in caplog.text


def test_a_source_deleted_before_the_entry_is_told_without_its_name(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house.views.seen(View("ana", "borrada.md", 1))
    with caplog.at_level(logging.WARNING):
        assert house.viewed() == []
    assert "1 views are of sources that were deleted" in caplog.text
    assert "borrada" not in caplog.text
