"""``voz eval check`` to ``gate`` and ``voz sources check``, one after another as QA does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import typer
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessageChunk
from langchain_core.outputs import ChatGenerationChunk

from assistant.bootstrap import operator
from assistant.shell.cli import app
from eval.judge.labelled import labelled
from knowledge.encoders import embedding
from knowledge.errors import NotAllowed, NotFound, SettingsError, WrongState
from knowledge.models import Filing
from knowledge.register import Register
from knowledge.settings import load
from knowledge.work.feedback import Feedback, Remark
from knowledge.work.work_store import WorkStore
from tests.fakes import document_of, store
from tests.integration.test_preview import WEIGHTS
from tests.integration.test_work_commands import Embedders

NAME = "devoluciones.md"
OLD, NEW = "El sofá se devuelve en treinta días.", "El sofá se devuelve en quince días."


def row(name: str, question: str, *aliases: str, **fields: Any) -> str:
    case = {
        "id": name,
        "schema_version": "golden/1",
        "lang": "es",
        "turns": [{"role": "customer", "text": question}],
        "answerability": "answerable",
        "expected_behaviour": "answer",
        "gold": [{"document": NAME}],
        "facts": [{"id": "f", "must": True, "aliases": list(aliases)}],
        "critical": True,
    }
    return json.dumps(case | fields, ensure_ascii=False)


class Pleased(GenericFakeChatModel):
    """Finds every question answered, and says that it has ended."""

    def _stream(self, *args: Any, **kwargs: Any) -> Iterator[ChatGenerationChunk]:
        ended = {"finish_reason": "stop"}
        yield ChatGenerationChunk(message=AIMessageChunk("ANSWERED", response_metadata=ended))


class Done:
    """What a command printed, and its exit code."""

    def __init__(self, capture: pytest.CaptureFixture[str], code: int) -> None:
        self.out, self.err = capture.readouterr()
        self.code = code

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def voz(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    """Run a command over a register with a source whose next version waits for review."""
    monkeypatch.setenv("VOZ_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr(embedding, "SentenceTransformerEmbedder", Embedders)
    monkeypatch.setattr("assistant.bootstrap.bundled_weights", lambda: WEIGHTS)
    monkeypatch.setattr("os.nice", lambda more: more)  # the tests go on in this process
    command = typer.main.get_command(app)

    def run(*arguments: object) -> Done:
        try:
            code = command.main([*map(str, arguments)], prog_name="voz", standalone_mode=False)
        except typer.Exit as done:
            code = done.exit_code
        return Done(capsys, code or 0)

    with Register.open(load(), write=True) as register:
        store(register, Embedders.open(), document_of(NAME, [OLD], title="Devoluciones"))
        others = [f"La tienda {n} vende lámparas {n * 7}." for n in range(40)]
        store(register, Embedders.open(), document_of("tiendas.md", others))
        document, chunks, original = document_of(NAME, [NEW], title="Devoluciones")
        vectors = Embedders.open().embed_chunks(chunks)
        hashes = [chunk.content_hash for chunk in chunks]
        register.store_embeddings(dict(zip(hashes, vectors, strict=True)))
        filing = Filing(author="rosa", draft=True)
        register.put_document(document, chunks, original, filing=filing)
    return run


@pytest.fixture
def golden(tmp_path: Path) -> Path:
    path = tmp_path / "sofa.jsonl"
    lines = [
        row("sofa", "¿en cuántos días se devuelve el sofá?", "treinta días"),
        row("plazo", "devolver el sofá, ¿cuántos días?", "treinta días"),
    ]
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_a_set_is_checked_brought_in_and_printed(  # type: ignore[no-untyped-def]
    voz, golden: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert voz("eval", "check", golden).out == "2 casos, sin errores\n"
    monkeypatch.setenv("VOZ_LANGUAGE", "en")
    assert voz("eval", "check", golden).out == "2 cases, no mistakes\n"
    assert "No golden sets yet" in voz("eval", "sets").err
    made = voz("eval", "import", golden, "--name", "sofa", "--json").json
    assert (made["number"], made["cases"], made["gates"]) == (1, 2, False)
    assert "no run of sofa is finished" in voz("eval", "runs", "--trend", "sofa").err
    assert "sofa  version 1  2 cases, for staff" in voz("eval", "sets").out
    again = voz("eval", "export", "sofa").out
    (tmp_path / "again.jsonl").write_text(again, "utf-8")
    assert voz("eval", "import", tmp_path / "again.jsonl", "--name", "sofa", "--json").json == made
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("id,lang,question,documents\na,fr,¿x?,d\nb,es,mi DNI es 12345678Z,d\n")
    done = voz("eval", "check", wrong)
    assert done.code == 1
    assert "line 2 (a): lang: write one of" in done.err
    monkeypatch.setenv("VOZ_LANGUAGE", "es")
    assert "línea 2 (a): lang: escriba" in voz("eval", "check", wrong).err
    monkeypatch.setenv("VOZ_LANGUAGE", "en")
    wrong.write_text("id,lang,question,documents\nb,es,mi DNI es 12345678Z,d\n")
    done = voz("eval", "import", wrong, "--name", "privado")
    assert (done.code, "personal data (dni)" in done.err) == (1, True)
    with pytest.raises(NotFound):
        voz("eval", "export", "privado")


def test_drafts_are_made_of_what_is_kept_and_no_case_before_a_person_says_so(
    voz, tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    drafts = tmp_path / "drafts.jsonl"
    assert "no drafts" in voz("eval", "make", "--from", "escalations", "--out", drafts).err
    voz("questions", "add", "¿cuántos días?", "--expect", NAME)
    voz("questions", "add", "soy Ana Pérez, ¿abre hoy?")
    with closing(WorkStore.open(load())) as store:
        everything = operator(store.tree())
        Feedback(store).give(Remark("missing", question="¿y en Ceuta?"), everything)
        Feedback(store).give(Remark("useful", question="¿y en Vigo?"), everything)
    done = voz("eval", "make", "--from", "saved", "--out", drafts)
    assert done.out == f"2 drafts in {drafts}, 1 to be decided\n"
    assert "Ana" not in drafts.read_text("utf-8")
    assert "que nadie ha aceptado" in voz("eval", "check", drafts).err
    with pytest.raises(SettingsError, match="there already"):
        voz("eval", "make", "--from", "feedback", "--out", drafts)
    voz("eval", "make", "--from", "feedback", "--out", tmp_path / "f.jsonl")
    (line,) = (tmp_path / "f.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["turns"][0]["text"] == "¿y en Ceuta?"
    done = voz("eval", "propose", NAME, "tiendas.md", "--most", 3, "--out", tmp_path / "d.jsonl")
    assert "0 to be decided" in done.out
    found = [json.loads(line) for line in (tmp_path / "d.jsonl").read_text("utf-8").splitlines()]
    assert {one["gold"][0]["document"] for one in found} == {NAME, "tiendas.md"}
    with pytest.raises(NotFound, match="no source 'nada'"):
        voz("eval", "propose", "nada", "--out", tmp_path / "e.jsonl")
    late = voz("eval", "make", "--from", "saved", "--since", "2100-01-01", "--out", tmp_path / "g")
    assert "no drafts" in late.err


def test_a_judge_is_asked_beside_all_else_and_gates_only_when_admitted(  # type: ignore[no-untyped-def]
    voz, golden: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("langchain_openai")
    assert "no judge was examined" in voz("eval", "judge", "list").err
    with pytest.raises(SettingsError, match="set VOZ_CHAT_MODEL"):
        voz("eval", "run", golden, "--judge")
    monkeypatch.setenv("VOZ_CHAT_MODEL", "double")
    monkeypatch.setenv("VOZ_CHAT_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setattr("eval.clients.chat.load", lambda model: Pleased(messages=iter(())))
    policy = tmp_path / "policy.yaml"
    policy.write_text("schema: gate/1\nmeasures: [{name: judge_answered, margin: 0.02}]\n")
    with pytest.raises(SettingsError, match="judge_answered may not gate"):
        voz("eval", "run", golden, "--judge", "--policy", policy)
    with pytest.raises(SettingsError, match="nobody judged"):
        voz("eval", "run", golden, "--policy", policy)
    done = voz("eval", "run", golden, "--judge", "--name", "judged", "--json").json
    means = {one["measure"]: one["mean"] for one in done["measures"]}
    assert (means["judge_answered"], means["judge_supported_statements"]) == (1.0, 1.0)
    monkeypatch.setattr("eval.judge.labelled.labelled", lambda: labelled()[::15])
    admitted = voz("eval", "judge", "admit", "--json")
    assert admitted.code == 3  # whoever finds everything right agrees by half
    assert {one["agreement"] for one in admitted.json["admissions"]} == {0.5}
    assert "127.0.0.1:9:double" in voz("eval", "judge", "list", "--json").out


def test_a_change_is_run_compared_and_decided_on(voz, golden: Path) -> None:  # type: ignore[no-untyped-def]
    before = voz("eval", "run", golden, "--name", "before", "--json")
    assert before.err.splitlines()[-1] == "2 of 2 asked"
    must = {m["measure"]: m["mean"] for m in before.json["measures"]}["must_facts"]
    assert must == 1.0
    voz("sources", "submit", NAME, 2, "--by", "rosa")
    voz("sources", "publish", NAME, 2, "--by", "hugo")
    voz("eval", "run", golden, "--name", "after")
    done = voz("eval", "gate", "after", "--baseline", "before", "--json")
    assert (done.code, done.json["verdict"]) == (3, "block")
    assert "critical case sofa became worse in must_facts" in done.json["sentence"]
    compared = voz("eval", "compare", "before", "after", "--json").json
    assert {f["case"]: f["flip"] for f in compared["flips"]} == {
        "sofa": "broken",
        "plazo": "broken",
    }
    newest, oldest = voz("eval", "runs", "--json").json
    assert (newest["run"], newest["verdict"], oldest["verdict"]) == ("after", "block", None)
    with pytest.raises(WrongState, match="there was a run 'before'"):
        voz("eval", "run", golden, "--name", "before")
    with pytest.raises(WrongState, match="finished"):
        voz("eval", "run", "--resume", "before")
    with pytest.raises(NotFound, match="the newest are"):
        voz("eval", "gate", "nothing", "--baseline", "before")


def test_a_version_is_checked_before_it_is_published(voz, golden: Path) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(SettingsError, match="no golden set gates"):
        voz("sources", "check", NAME, 2)
    voz("eval", "import", golden, "--name", "sofa")
    voz("eval", "guard", "sofa")
    voz("sources", "submit", NAME, 2, "--by", "rosa")
    with pytest.raises(WrongState, match="has not been checked with golden set 'sofa'"):
        voz("sources", "publish", NAME, 2, "--by", "hugo")
    done = voz("sources", "check", NAME, "--by", "hugo", "--json")
    assert done.code == 3
    assert done.json[0]["verdict"] == "block"
    with pytest.raises(NotAllowed, match="did not pass golden set 'sofa'"):
        voz("sources", "publish", NAME, 2, "--by", "hugo")
    voz("sources", "publish", NAME, 2, "--by", "hugo", "--reason", "Así lo pide la ley.")
    assert "ya no hace de puerta" in voz("eval", "guard", "sofa", "--off").out
