"""What a hostile or broken parser can do to us: nothing but one refusal."""

import json
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from ingest import sandbox
from ingest.sandbox import Limits, parse, title_from_name
from knowledge.errors import DocumentRefused, StorageFull

GOOD = {
    "suffix": "md",
    "title": None,
    "text": "Hola",
    "blocks": [["paragraph", 0, 4, 0, None, None]],
    "warnings": [],
}


@pytest.fixture
def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Puts other code in the parser's place; it reads limits and name as the real one does."""

    def place(code: str) -> None:
        script = tmp_path / "child.py"
        script.write_text(code, encoding="utf-8")
        monkeypatch.setattr(sandbox, "_CHILD", script)

    return place


def refused(limits: Limits | None = None) -> DocumentRefused:
    with pytest.raises(DocumentRefused) as caught:
        parse(b"Hola", "carpeta/aviso.md", limits)
    message = str(caught.value)
    assert "aviso.md" in message
    assert "\n" not in message
    return caught.value


def test_a_file_becomes_a_document() -> None:
    document = parse("# Envíos\n\nEl envío tarda tres días.\n".encode(), "carpeta/envios.md")
    assert (document.title, document.language, document.media_type) == ("Envíos", "es", "md")
    assert [document.text[b.start : b.end] for b in document.blocks] == [
        "Envíos",
        "El envío tarda tres días.",
    ]
    assert len(document.sha256) == 64


def test_a_document_without_title_is_called_by_its_file_name() -> None:
    assert parse(b"Hola a todos.", "guias/tono_de-voz.md").title == "tono de voz"
    assert title_from_name("a/b__c.pdf") == "b c"


@pytest.mark.parametrize(
    ("code", "limits", "expected"),
    [
        ("import time; time.sleep(60)", Limits(wall_s=0.5), "timeout"),
        (
            "import resource as r\nr.setrlimit(r.RLIMIT_CPU, (1, 1))\nwhile True: pass",
            Limits(cpu_s=1),
            "timeout",
        ),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", Limits(), "crashed"),
        ("raise SystemExit(3)", Limits(), "crashed"),
        ("raise MemoryError", Limits(), "memory"),
        ("pass", Limits(), "crashed"),
        ("print('x' * 5_000_000)", Limits(), "crashed"),
        ("print('[' * 200_000)", Limits(), "crashed"),
    ],
)
def test_every_way_a_child_can_end_is_one_refusal(child, code, limits, expected) -> None:
    child(code)
    assert refused(limits).code == expected


def test_an_endless_answer_is_cut_off(child) -> None:
    child(
        "import resource as r, sys\nr.setrlimit(r.RLIMIT_FSIZE, (1 << 20, 1 << 20))\n"
        "while True: sys.stdout.write('x' * 65536)"
    )
    assert refused(Limits(file_mb=1)).code == "too-large"


def test_grandchildren_are_killed_too(child, tmp_path: Path) -> None:
    mark = tmp_path / "alive"
    child(
        "import os, time\n"
        f"if os.fork() == 0:\n    time.sleep(1.5)\n    open({str(mark)!r}, 'w').close()\n"
        "time.sleep(60)"
    )
    assert refused(Limits(wall_s=0.5)).code == "timeout"
    time.sleep(1.6)
    assert not mark.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"text": 5},
        {"text": "Ho\u202ela"},
        {"text": "n\u0303"},
        {"suffix": "exe"},
        {"title": ["a"]},
        {"blocks": {}},
        {"blocks": []},
        {"blocks": [["paragraph", 0, 9, 0, None, None]]},
        {"blocks": [["paragraph", -1, 4, 0, None, None]]},
        {"blocks": [["paragraph", 0, 2, 0, None, None]]},
        {"blocks": [["paragraph", 2, 4, 0, None, None], ["paragraph", 0, 2, 0, None, None]]},
        {"blocks": [["script", 0, 4, 0, None, None]]},
        {"blocks": [["heading", 0, 4, 0, None, None]]},
        {"blocks": [["paragraph", 0, 4, 0, -1, None]]},
        {"blocks": [["paragraph", 0, True, 0, None, None]]},
        {"blocks": [["paragraph", 0, 4, 0, None]]},
        {"warnings": None},
    ],
)
def test_answers_that_make_no_sense_are_not_believed(child, change) -> None:
    child(f"print({json.dumps(GOOD | change)!r})")
    assert refused().code == "crashed"


def test_a_sensible_answer_of_the_same_form_is_taken(child) -> None:
    child(f"print({json.dumps(GOOD)!r})")
    assert parse(b"Hola", "aviso.md").text == "Hola"


def test_a_refusal_is_one_line_that_names_the_file(child) -> None:
    child(f"print({json.dumps({'refused': 'damaged', 'message': 'uno' + chr(10) + 'dos'})!r})")
    error = refused()
    assert (error.code, str(error)) == ("damaged", "carpeta/aviso.md: uno dos")


def test_text_beyond_the_limit_is_too_large() -> None:
    with pytest.raises(DocumentRefused, match="limits are 1 KiB") as caught:
        parse(b"hola " * 1000, "a.txt", Limits(text_bytes=1024))
    assert caught.value.code == "too-large"


def test_too_many_blocks_are_too_large() -> None:
    with pytest.raises(DocumentRefused) as caught:
        parse(b"- a\n" * 50, "a.md", Limits(blocks=20))
    assert caught.value.code == "too-large"


def test_a_parser_that_wants_more_memory_than_allowed_is_refused() -> None:
    with pytest.raises(DocumentRefused) as caught:
        parse(b"a" * 60_000_000, "a.txt", Limits(memory_mb=160))
    assert caught.value.code == "memory"


def test_the_parser_sees_nothing_of_our_environment_and_stands_in_an_empty_folder(
    child, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VOZ_SECRET", "clave")
    answer = dict(GOOD, text="", blocks=[])
    child(
        "import json, os\n"
        "text = ' '.join(sorted(os.environ)) + ' | ' + str(os.listdir('.'))\n"
        f"answer = {answer!r}\n"
        "answer['text'] = text\nanswer['blocks'] = [['paragraph', 0, len(text), 0, None, None]]\n"
        "print(json.dumps(answer))"
    )
    text = parse(b"Hola", "aviso.md").text
    assert "VOZ_SECRET" not in text
    assert text.endswith("| []")


def test_the_parser_leaves_nothing_in_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox.tempfile, "tempdir", str(tmp_path))
    parse(b"Hola", "aviso.md")
    with pytest.raises(DocumentRefused):
        parse(b"%PDF-1.4 roto", "aviso.pdf")
    assert list(tmp_path.iterdir()) == []


def test_no_room_for_temporary_files_is_said_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox.tempfile, "tempdir", "/does/not/exist")
    with pytest.raises(StorageFull, match="TMPDIR"):
        parse(b"Hola", "aviso.md")


def can_leave_the_network() -> bool:
    unshare = shutil.which("unshare")
    if unshare is None:
        return False
    return (
        subprocess.run([unshare, "--net", "--map-root-user", "true"], check=False).returncode == 0
    )


def test_the_parser_has_no_network_where_the_kernel_allows_it(child) -> None:
    root = Path(sandbox.__file__).resolve().parents[1]
    child(
        f"import json, sys\nsys.path.insert(0, {str(root)!r})\n"
        "from knowledge.encoders.confinement import isolate\nisolate()\n"
        "lines = open('/proc/self/net/dev').readlines()\n"
        "text = ' '.join(line.split(':')[0].strip() for line in lines if ':' in line)\n"
        f"answer = {GOOD!r} | {{'text': text}}\n"
        "answer['blocks'] = [['paragraph', 0, len(text), 0, None, None]]\n"
        "print(json.dumps(answer))"
    )
    interfaces = parse(b"Hola", "aviso.md").text.split()
    if not can_leave_the_network():
        pytest.skip("this kernel does not let the user leave the network")
    assert interfaces == ["lo"]
