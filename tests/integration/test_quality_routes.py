"""Who may evaluate what, and what the routes of evaluations refuse; over a real register."""

from __future__ import annotations

import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from assistant.shell.manage.check_bodies import ChecksOut
from assistant.shell.quality import bodies
from assistant.shell.quality.lane import Lane
from knowledge.jobs import Job, NewJob
from knowledge.models import EVERYONE, Viewer
from knowledge.settings import Settings
from knowledge.work.saved_questions import SavedQuestions
from tests.e2e.quality_house import CASES, PARKING, House, case, lines
from tests.people import TREE

SLOW_S = 90.0
OF_LEVANTE = case(
    "propia", "¿en cuántos días se devuelve el sofá?", "x.md", "treinta", audience="levante"
)
OF_OTHERS = OF_LEVANTE | {"id": "ajena", "audience": "meridiano"}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = House(tmp_path_factory.mktemp("house"))
    assert house.bring_set("quim", lines(CASES)).status_code == 201
    yield house
    house.close()


def until(house: House, who: str, run: str, *states: str) -> dict[str, Any]:
    deadline = time.monotonic() + SLOW_S
    while time.monotonic() < deadline:
        found: dict[str, Any] = house.ask(who, "GET", f"/evaluations/runs/{run}/state").json()
        if found["state"] in states:
            return found
        time.sleep(0.05)
    raise AssertionError(found)


def test_every_mistake_is_told_with_its_line_and_field_in_ones_language(house: House) -> None:
    wrong = lines([CASES[0] | {"lang": "fr"}, CASES[1] | {"colour": "red"}])
    reply = house.bring_set("quim", wrong, "malo")
    assert reply.status_code == 422
    found = bodies.SetFaults.model_validate(reply.json())
    assert found.count == 2
    assert [line.split(":")[0] for line in found.faults] == ["line 1 (sofa)", "line 2 (parking)"]
    spanish = house.ask(
        "quim",
        "POST",
        "/evaluations/sets",
        files={"file": ("malo.jsonl", wrong)},
        data={"name": "malo"},
        headers={"accept-language": "es"},
    )
    assert spanish.json()["faults"][0].startswith("línea 1 (sofa): lang")
    assert house.ask("quim", "GET", "/evaluations/sets/malo").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("con espacios.jsonl", lines(CASES), "cannot be called"),
        ("casos.docx", b"x", "its name has to end"),
        ("vacio.jsonl", b"\n", "no case"),
    ],
)
def test_what_is_no_golden_set_is_refused(
    house: House, name: str, content: bytes, line: str
) -> None:
    files = {"file": (name, content)}
    named = {"name": name.partition(".")[0]}
    reply = house.ask("quim", "POST", "/evaluations/sets", files=files, data=named)
    assert reply.status_code == 422
    assert line in reply.json()["error"]


def test_a_table_is_a_set_and_comes_out_as_it_was_kept(house: House) -> None:
    table = "id,lang,question,answerability,facts\na,es,¿abre?,answerable,a las nueve\n"
    files = {"file": ("tabla.csv", table.encode())}
    reply = house.ask("quim", "POST", "/evaluations/sets", files=files, data={"name": "tabla"})
    assert reply.status_code == 201, reply.text
    assert bodies.SetOut.model_validate(reply.json()).cases == 1
    out = house.ask("quim", "GET", "/evaluations/sets/tabla/export")
    assert out.headers["content-disposition"] == 'attachment; filename="tabla-v1.jsonl"'
    assert '"a las nueve"' in out.text
    assert house.ask("quim", "DELETE", "/evaluations/sets/tabla").status_code == 200


def test_drafts_are_proposed_accepted_into_a_set_and_proposed_no_more(house: House) -> None:
    viewer = Viewer("marta", TREE.managed(EVERYONE))
    assert house.office.work is not None
    saved = SavedQuestions(house.office.work)
    saved.add("¿cuándo abre el aparcamiento?", viewer, expected=PARKING)
    saved.add("soy Ana Pérez, ¿hay plazas?", viewer)
    asked = {"origin": "saved", "set": None}
    reply = house.ask("quim", "POST", "/evaluations/drafts", json=asked)
    assert reply.status_code == 200, reply.text
    known, open_one = bodies.DraftList.model_validate(reply.json()).drafts
    assert (known.decided, open_one.decided) == (True, False)
    assert "Ana" not in str(open_one.case)
    add = "/evaluations/sets/hechos/cases"
    wrong = house.ask("quim", "POST", add, json={"cases": [open_one.case]})
    assert wrong.status_code == 422
    assert "a person has to decide it" in bodies.SetFaults.model_validate(wrong.json()).faults[0]
    made = house.ask("quim", "POST", add, json={"cases": [known.case]})
    assert made.status_code == 201, made.text
    more = open_one.case | {"answerability": "unanswerable", "expected_behaviour": "abstain"}
    version = bodies.SetOut.model_validate(
        house.ask("quim", "POST", add, json={"cases": [more]}).json()
    )
    assert (version.number, version.cases) == (2, 2)
    out = house.ask("quim", "GET", "/evaluations/sets/hechos/export").text
    assert '"reviewer": "quim"' in out
    assert "draft" not in out
    again = house.ask("quim", "POST", "/evaluations/drafts", json=asked | {"set": "hechos"})
    assert again.json() == {"drafts": [], "left_out": {"there_already": 2}}
    trend = house.ask("quim", "GET", "/evaluations/sets/hechos/trend?language=en")
    assert "No run has a number" in trend.text
    assert house.ask("quina", "GET", "/evaluations/sets/hechos/trend").status_code == 404
    twice = house.ask("quim", "POST", add, json={"cases": [known.case]})
    assert "is the id of line 1 too" in twice.json()["error"]


def test_drafts_of_sources_are_those_that_one_reads_oneself(house: House) -> None:
    asked = {"origin": "documents", "sources": [PARKING, "devoluciones.md"]}
    found = house.ask("quim", "POST", "/evaluations/drafts", json=asked).json()["drafts"]
    assert {one["case"]["gold"][0]["document"] for one in found} >= {"devoluciones.md"}
    for wrong in ([], ["nada.md"]):
        reply = house.ask("quim", "POST", "/evaluations/drafts", json=asked | {"sources": wrong})
        assert reply.status_code in (404, 422), reply.text
    assert house.ask("berta", "POST", "/evaluations/drafts", json=asked).status_code == 403
    theirs = house.ask("quina", "POST", "/evaluations/sets/casos/cases", json={"cases": [{}]})
    assert theirs.status_code == 403
    assert house.ask("quina", "POST", "/evaluations/drafts", json=asked).status_code == 200


def test_qa_of_a_contractor_sees_no_set_and_no_case_of_others(house: House) -> None:
    assert house.ask("quina", "GET", "/evaluations/sets").json()["sets"] == []
    for method, path in (
        ("GET", "/evaluations/sets/casos"),
        ("GET", "/evaluations/sets/casos/export"),
        ("DELETE", "/evaluations/sets/casos"),
    ):
        assert house.ask("quina", method, path).status_code == 404
    started = house.ask("quina", "POST", "/evaluations/runs", json={"set": "casos"})
    assert started.status_code == 404
    assert house.bring_set("quina", lines([OF_LEVANTE]), "suyo").status_code == 403
    foreign = house.bring_set("quina", lines([OF_OTHERS]), "suyo", audience="levante")
    assert foreign.status_code == 422
    assert "'meridiano', whose sources you do not read" in foreign.json()["error"]
    own = house.bring_set("quina", lines([OF_LEVANTE]), "suyo", audience="levante")
    assert own.status_code == 201
    gate = house.ask("quina", "POST", "/evaluations/sets/suyo/gates", json={"on": True})
    assert gate.status_code == 403


def test_a_run_is_stopped_and_goes_on_and_others_do_not_see_it(house: House) -> None:
    begun = house.ask("quim", "POST", "/evaluations/runs", json={"set": "casos"})
    assert begun.status_code == 202
    run = bodies.RunOut.model_validate(begun.json()).run
    at = f"/evaluations/runs/{run}"
    assert house.ask("quina", "POST", f"{at}/cancel").status_code == 404
    assert house.ask("quim", "POST", f"{at}/cancel").json()["state"] == "cancelled"
    assert house.ask("quim", "POST", f"{at}/cancel").status_code == 409
    assert house.ask("quim", "POST", f"{at}/resume").json()["state"] == "queued"
    assert until(house, "quim", run, "done", "failed")["message"] == ""
    details = bodies.RunDetails.model_validate(house.ask("quim", "GET", at).json())
    assert [one.failing for one in details.cases] == [[], []]
    assert details.began_by == "quim"
    found = house.ask("quim", "GET", f"{at}/cases/sofa")
    outcome = bodies.CaseDetails.model_validate(found.json()).outcome
    assert outcome is not None
    assert "treinta días" in outcome["said"][0]["text"]
    assert house.ask("quim", "GET", f"{at}/cases/none").status_code == 404
    assert house.ask("quim", "GET", f"{at}?against=none").status_code == 404
    assert [one["run"] for one in house.ask("quim", "GET", "/evaluations/runs").json()["runs"]] == [
        run
    ]
    assert house.ask("quina", "GET", "/evaluations/runs").json()["runs"] == []
    for path in ("", "/state", "/plots", "/report", "/cases/sofa", "/card/sofa"):
        assert house.ask("quina", "GET", at + path).status_code == 404


def test_a_version_is_published_unchecked_only_while_nothing_gates(house: House) -> None:
    number = house.bring(PARKING, "El aparcamiento abre a las diez.", draft=True)
    at = f"/sources/{number}/versions/2"
    found = ChecksOut.model_validate(house.ask("pablo", "GET", f"{at}/check").json())
    assert (found.gates, found.ready, found.stopped) == ([], True, False)
    assert house.ask("pablo", "POST", f"{at}/check", json={}).status_code == 409
    gates = "/evaluations/sets/casos/gates"
    assert house.ask("quim", "POST", gates, json={"on": True}).json()["gates"] is True
    unchecked = house.ask("pablo", "POST", f"{at}/publish", json={"waiver": "Porque lo digo yo."})
    assert unchecked.status_code == 409
    assert unchecked.json()["code"] == "version-unchecked"
    assert house.ask("marta", "GET", f"{at}/check").status_code == 403
    assert house.ask("quim", "POST", gates, json={"on": False}).json()["gates"] is False


def test_what_was_told_is_asked_of_the_register_as_it_was(house: House) -> None:
    question = "¿en cuántos días se devuelve el sofá?"
    told = {"question": question, "audience": "levante"}
    now = house.ask("quina", "POST", "/evaluations/told", json={**told, "at": today(house)})
    assert "treinta días" in now.json()["statements"][0]["text"]
    before = house.ask("quina", "POST", "/evaluations/told", json={**told, "at": "2020-01-31"})
    assert before.json()["statements"] == []
    foreign = {**told, "audience": "meridiano", "at": "2020-01-31"}
    assert house.ask("quina", "POST", "/evaluations/told", json=foreign).status_code == 404
    future = house.ask("quina", "POST", "/evaluations/told", json={**told, "at": "2999-01-31"})
    assert future.status_code == 422


def today(house: House) -> str:
    return house.office.register.today().isoformat()


def dies(settings: Settings, job: Job, line: Connection) -> None:
    """A child that ends without a word."""


def test_a_child_that_ends_without_a_word_leaves_a_job_that_failed(
    house: House, tmp_path: Path
) -> None:
    house.worker.stop()
    jobs, stopping = house.office.jobs, Event()
    lane = Lane(jobs, house.settings, stopping, dies)
    lane.start()
    job = jobs.add(NewJob("evaluation", "quim", "x", "staff", {"run": "r", "set": "casos"}))
    lane.wake()
    deadline = time.monotonic() + SLOW_S
    while (now := jobs.get(job.id)).state in ("queued", "running"):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    stopping.set()
    lane.join(10)
    assert now.state == "failed"
    assert "ended without a word" in now.message
