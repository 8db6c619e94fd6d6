"""The managers' work over REST, with a real register: lists, changes, and who sees whose words."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from knowledge.models import Viewer
from knowledge.work.gaps import Gaps
from knowledge.work.receipts import Receipts
from tests.integration.work_house import LISTS, House
from tests.people import TREE


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    yield house
    house.close()


def test_a_manager_of_one_contractor_never_sees_what_concerns_only_the_other(
    house: House,
) -> None:
    house.bring("levante.md", "levante")
    house.bring("secreto-meridiano.md", "meridiano")
    house.missed("¿secreto de meridiano?", "olga", "meridiano", 3)
    house.missed("¿horario de levante?", "ana", "levante")
    house.missed("¿de las dos?", "ana", "levante")
    house.report("olga", "meridiano", "secreto en la fuente", source="secreto-meridiano.md")
    house.report("olga", "meridiano", "secreto en la respuesta", question="¿secreto?")
    house.report("ana", "levante", "falta el sábado", source="levante.md")
    manager = Viewer("marta", house.people.access.tree().managed("staff"))
    receipts = Receipts(house.store)
    day = house.store.today() + timedelta(days=3)
    receipts.require("secreto-meridiano.md", 1, ["meridiano"], day, manager)
    receipts.require("levante.md", 1, ["levante"], day, manager)
    both = house.gap("leo", "¿de las dos?")["number"]
    house.missed("¿de las dos?", "olga", "meridiano")
    Gaps(house.store).dismiss(both, "motivo secreto", manager)

    for who in ("leo", "dual"):
        for name in LISTS:
            shown = json.dumps(house.get(who, name), ensure_ascii=False).lower()
            assert "secreto" not in shown, (who, name)
            assert "olga" not in shown, (who, name)
        assert [one["question"] for one in house.get(who, "gaps")["gaps"]] == [
            "¿horario de levante?"
        ]
        assert [one["comment"] for one in house.get(who, "feedback")["feedback"]] == [
            "falta el sábado"
        ]
        shared = house.gap(who, "¿de las dos?")
        assert (shared["asked"], shared["reason"], shared["decides"]) == (1, None, False)
        last = house.get(who, "series")["days"][-1]
        assert (last["asked"], last["gaps_open"], last["feedback_open"]) == (2, 1, 1)
    readings = house.get("leo", "receipts")["readings"]
    assert {(one["source"], one["place"]) for one in readings} == {("levante.md", "levante")}
    counts = house.get("leo", "work")
    assert (counts["gaps"], counts["feedback"]) == (1, 1)
    assert "secreto" in json.dumps(house.get("marta", "gaps"))
    assert house.get("marta", "work")["gaps"] == 2
    reason = house.gap("marta", "¿de las dos?")["reason"]
    assert reason == "motivo secreto"


def test_what_is_not_theirs_answers_as_what_is_not_there(house: House) -> None:
    house.bring("secreto.md", "meridiano")
    house.missed("¿ajena?", "olga", "meridiano")
    gap = house.gap("mar", "¿ajena?")["number"]
    remark = house.report("olga", "meridiano", "mal", source="secreto.md")
    sent: dict[str, dict[str, Any]] = {
        f"/gaps/{gap}/assign": {"owner": "leo"},
        f"/gaps/{gap}/dismiss": {"reason": "x"},
        f"/gaps/{gap}/close": {},
        f"/gaps/{gap}/reopen": {},
        f"/gaps/{gap}/card": {"answer": "x"},
        f"/feedback/{remark}/take": {},
        f"/feedback/{remark}/assign": {"owner": "leo"},
        f"/feedback/{remark}/resolve": {"answer": "x"},
        f"/feedback/{remark}/decline": {"answer": "x"},
    }
    for who in ("leo", "dual"):
        for path, body in sent.items():
            hidden = house.ask(who, "POST", path, json=body)
            kind, number, what = path.strip("/").split("/")
            missing = house.ask(who, "POST", f"/{kind}/99{number}/{what}", json=body)
            assert hidden.status_code == missing.status_code == 404, path
            assert hidden.text.replace(number, "99" + number) == missing.text
        assert house.ask(who, "GET", "/receipts/pending?account=olga").status_code == 404
    assert house.get("mar", "feedback")["feedback"][0]["state"] == "open"


def test_a_gap_is_given_dismissed_and_taken_up_again(house: House) -> None:
    house.missed("¿horario?", "ana", "levante")
    number = house.gap("leo", "¿horario?")["number"]
    at = f"/gaps/{number}"
    given = house.ask("marta", "POST", f"{at}/assign", json={"owner": "leo"}).json()
    assert (given["owner"], given["state"]) == ("leo", "in_work")
    refused = house.ask("marta", "POST", f"{at}/assign", json={"owner": "mar"})
    assert refused.status_code == 422
    assert "'mar' is no account that handles this" in refused.json()["error"]
    house.ask("leo", "POST", f"{at}/dismiss", json={"reason": "No es nuestro"})
    assert house.get("leo", "gaps")["gaps"] == []
    assert house.gap("leo", "¿horario?")["reason"] == "No es nuestro"
    assert house.ask("leo", "POST", f"{at}/reopen").json()["state"] == "open"
    assert house.ask("leo", "POST", f"{at}/close").json()["state"] == "closed"
    assert house.get("marta", "work")["gaps"] == 0
    assert house.ask("leo", "POST", f"{at}/dismiss", json={"reason": " "}).status_code == 422


def test_whoever_only_looks_decides_nothing(house: House) -> None:
    house.bring("norma.md", "staff")
    house.missed("¿horario?", "ana", "levante")
    number = house.report("ana", "levante", "mal", source="norma.md")
    assert [one["decides"] for one in house.get("quim", "gaps")["gaps"]] == [False]
    assert [one["decides"] for one in house.get("quim", "feedback")["feedback"]] == [False]
    assert house.get("quim", "work")["keepers"] == []
    assert house.ask("quim", "POST", f"/feedback/{number}/take").status_code == 403
    assert [one["decides"] for one in house.get("pablo", "feedback")["feedback"]] == [True]


def test_a_card_for_a_gap_comes_in_as_a_draft(house: House) -> None:
    house.missed("¿abren el sábado?", "ana", "levante")
    number = house.gap("leo", "¿abren el sábado?")["number"]
    assert house.ask("pablo", "POST", f"/gaps/{number}/card", json={}).status_code == 403
    begun = house.ask("leo", "POST", f"/gaps/{number}/card", json={"answer": "Sí, hasta las 14 h."})
    assert begun.status_code == 202, begun.text
    for _ in range(200):
        job = house.ask("leo", "GET", f"/jobs/{begun.json()['id']}").json()
        if job["state"] not in ("queued", "running"):
            break
        time.sleep(0.05)
    assert (job["state"], job["kind"]) == ("done", "gap_card"), job
    source = house.ask("leo", "GET", f"/sources/{job['result']['source']}").json()
    assert (source["state"], source["audience"], source["author"]) == ("draft", ["levante"], "leo")
    gap = house.gap("leo", "¿abren el sábado?")
    assert (gap["state"], gap["card"], gap["card_id"]) == ("in_work", source["name"], source["id"])


def test_feedback_is_taken_given_and_answered(house: House) -> None:
    house.bring("norma.md", "staff")
    first = house.report("ana", "levante", "mal", source="norma.md", version=1)
    second = house.report("ana", "levante", "anticuado", source="norma.md", kind="outdated")
    assert house.get("leo", "feedback")["feedback"] == []
    taken = house.ask("marta", "POST", f"/feedback/{first}/take").json()
    assert (taken["owner"], taken["state"]) == ("marta", "in_work")
    done = {"answer": "Corregido", "fixed_in": 7}
    missing = house.ask("marta", "POST", f"/feedback/{first}/resolve", json=done)
    assert (missing.status_code, "has no version 7" in missing.text) == (422, True)
    done["fixed_in"] = 1
    settled = house.ask("marta", "POST", f"/feedback/{first}/resolve", json=done).json()
    assert (settled["state"], settled["fixed_in"]) == ("resolved", 1)
    again = house.ask("marta", "POST", f"/feedback/{first}/resolve", json=done)
    assert again.status_code == 409
    given = house.ask("pablo", "POST", f"/feedback/{second}/assign", json={"owner": "marta"})
    assert given.json()["owner"] == "marta"
    mine = house.ask("marta", "GET", "/feedback?mine=true").json()["feedback"]
    assert [one["number"] for one in mine] == [second]
    house.ask("marta", "POST", f"/feedback/{second}/decline", json={"answer": "Está bien así"})
    assert house.get("marta", "work")["feedback"] == 0
    every = house.ask("marta", "GET", "/feedback?settled=true").json()["feedback"]
    assert {one["state"] for one in every} == {"resolved", "declined"}


def test_a_reading_is_required_followed_and_withdrawn(house: House) -> None:
    number = house.bring("norma.md", "staff")
    due = (house.store.today() + timedelta(days=5)).isoformat()
    wanted = {"source": number, "version": 1, "labels": ["levante"], "due": due}
    reply = house.ask("leo", "POST", "/receipts", json=wanted)
    assert reply.status_code == 404  # it sees the source and is not responsible for it
    wanted["labels"] = ["contractors"]
    reply = house.ask("marta", "POST", "/receipts", json=wanted)
    assert reply.status_code == 201, reply.text
    places = {one["place"]: one["waiting"] for one in reply.json()["readings"]}
    assert places["meridiano"] == ["dual", "mar", "olga"]
    assert "ana" in places["levante"]
    assert {one["place"] for one in house.get("leo", "receipts")["readings"]} == {"levante"}
    Receipts(house.store).acknowledge("norma.md", 1, Viewer("ana", TREE.above("levante")))
    levante = [one for one in house.get("leo", "receipts")["readings"] if one["read"]]
    assert [one["read"][0]["account"] for one in levante] == ["ana"]
    assert [one["withdraws"] for one in levante] == [False]
    pending = house.ask("marta", "GET", "/receipts/pending?account=olga").json()["pending"]
    assert [one["source"] for one in pending] == ["norma.md"]
    asked = house.ask("leo", "GET", "/receipts/pending?account=ana")
    assert asked.json() == {"pending": []}
    reading = levante[0]["number"]
    assert house.ask("leo", "POST", f"/receipts/{reading}/withdraw").status_code == 403
    left = house.ask("marta", "POST", f"/receipts/{reading}/withdraw").json()["readings"]
    assert left == []


def test_what_may_be_stale_is_told_to_those_responsible(house: House) -> None:
    number = house.bring("norma.md", "staff")
    assert house.ask(
        "marta", "POST", f"/sources/{number}/describe", json={"review_days": 1}
    ).is_success
    assert house.get("marta", "stale")["stale"] == []
    day = (house.store.today() + timedelta(days=9)).isoformat()
    reply = house.ask("pablo", "POST", f"/sources/{number}/retire", json={"from_day": day})
    assert reply.status_code == 200, reply.text
    (found,) = house.get("marta", "stale")["stale"]
    assert (found["source_id"], found["kind"], found["since"]) == (number, "expires", day)
    assert set(found["reason"]) == set(found["advice"]) == {"es", "en"}
    assert house.get("leo", "stale")["stale"] == []
    assert house.ask("quim", "GET", "/stale").status_code == 403
    assert house.get("marta", "work")["stale"] == 1


def test_days_are_told_in_order_up_to_today(house: House) -> None:
    house.missed("¿horario?", "ana", "levante", 2)
    days = house.get("marta", "series")["days"]
    assert len(days) == 90
    assert days[-1]["day"] == house.store.today().isoformat()
    assert [one["day"] for one in days] == sorted(one["day"] for one in days)
    assert (days[-1]["asked"], days[-1]["not_found"], days[-1]["coverage"]) == (2, 2, 0)
    assert days[-2]["coverage"] is None
    assert house.ask("marta", "GET", "/series?days=367").status_code == 422
