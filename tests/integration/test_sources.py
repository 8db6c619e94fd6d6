import os
import stat
import zipfile
from pathlib import Path

import pytest

from ingest import sources
from ingest.sources import Refused, SourceFile, expand
from knowledge.errors import DocumentRefused, SettingsError


def names(paths: list[Path]) -> list[str]:
    return [source.name for source in expand(paths)]


def make_zip(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_a_folder_gives_its_files_sorted_without_hidden_ones(tmp_path: Path) -> None:
    for name in ("b.md", "a/z.md", "a/b/c.md", ".git/config", "a/.oculto.md", "~$carta.docx"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x")
    assert names([tmp_path]) == ["a/b/c.md", "a/z.md", "b.md"]


def test_a_single_file_is_called_by_its_file_name(tmp_path: Path) -> None:
    file = tmp_path / "envíos.md"
    file.write_text("hola")
    (source,) = expand([file])
    assert isinstance(source, SourceFile)
    assert (source.name, source.read()) == ("envíos.md", b"hola")


def test_a_missing_path_is_said_before_anything_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("x")
    with pytest.raises(SettingsError, match=r"no-hay: no such file"):
        expand([file, tmp_path / "no-hay"])


def test_members_of_an_archive_are_read_in_order(tmp_path: Path) -> None:
    archive = make_zip(tmp_path / "todo.zip", {"b.md": b"dos", "a/a.md": b"uno", ".x": b""})
    found = list(expand([archive]))
    assert [(source.name, source.read()) for source in found if isinstance(source, SourceFile)] == [
        ("a/a.md", b"uno"),
        ("b.md", b"dos"),
    ]


def test_an_archive_in_a_folder_keeps_its_name_in_front(tmp_path: Path) -> None:
    make_zip(tmp_path / "todo.zip", {"a.md": b"uno"})
    assert names([tmp_path]) == ["todo.zip/a.md"]


@pytest.mark.parametrize("name", ["../a.md", "/etc/a.md", "a/../../b.md", "C:/a.md", "..\\a.md"])
def test_names_that_point_outside_are_refused(tmp_path: Path, name: str) -> None:
    (source,) = expand([make_zip(tmp_path / "x.zip", {name: b"x"})])
    assert isinstance(source, Refused)
    assert source.code == "unsafe"


def test_links_and_archives_inside_archives_are_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("enlace.md")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("otro.zip", b"PK")
    assert [source.code for source in expand([tmp_path / "x.zip"])] == ["unsafe", "unsupported"]  # type: ignore[union-attr]


def test_bombs_are_refused_by_ratio_size_and_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (bomb,) = expand([make_zip(tmp_path / "r.zip", {"a.txt": bytes(3_000_000)})])
    assert isinstance(bomb, Refused)
    assert bomb.code == "too-large"
    monkeypatch.setattr(sources, "MAX_INFLATED_BYTES", 1000)
    (large,) = expand([make_zip(tmp_path / "s.zip", {"a.txt": bytes(600), "b.txt": bytes(600)})])
    assert isinstance(large, Refused)
    monkeypatch.setattr(sources, "MAX_ENTRIES", 3)
    (many,) = expand([make_zip(tmp_path / "n.zip", {f"{n}.txt": b"x" for n in range(4)})])
    assert isinstance(many, Refused)
    assert "4 files" in many.message


def test_sizes_that_an_archive_states_falsely_are_found_out(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "f.zip", {"a.txt": b"x" * 5000})
    data = path.read_bytes()
    path.write_bytes(data.replace((5000).to_bytes(4, "little"), (100).to_bytes(4, "little")))
    (source,) = expand([path])
    assert isinstance(source, SourceFile)
    with pytest.raises(DocumentRefused, match=r"^a\.txt: damaged in its archive") as caught:
        source.read()
    assert caught.value.code == "damaged"


def test_a_broken_archive_is_one_refusal(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"PK\x03\x04 roto")
    (source,) = expand([tmp_path / "x.zip"])
    assert isinstance(source, Refused)
    assert (source.code, "x.zip" in source.message) == ("damaged", True)


def test_what_is_no_regular_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "tubo.md")
    (tmp_path / "roto.md").symlink_to(tmp_path / "nada.md")
    assert [source.code for source in expand([tmp_path])] == ["unreadable", "unsupported"]  # type: ignore[union-attr]


def test_a_file_that_vanishes_is_unreadable(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("x")
    (source,) = expand([file])
    file.unlink()
    assert isinstance(source, SourceFile)
    with pytest.raises(DocumentRefused) as caught:
        source.read()
    assert caught.value.code == "unreadable"


def test_names_are_shown_without_control_and_direction_marks(tmp_path: Path) -> None:
    (tmp_path / "fac\u202etura\x07.md").write_text("x")
    assert names([tmp_path]) == ["fac�tura�.md"]
