"""Paths given by a person -> the files to load, in a fixed order.

Folders are walked, ZIP archives opened one level deep. What cannot be taken is yielded as
`Refused` beside the rest, so that one bad file never stops the others. Nothing is unpacked to
disk: members are read into memory, one at a time, under limits.
"""

from __future__ import annotations

import os
import stat
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ingest.clean import clean_line, count_invisible
from knowledge.errors import DocumentRefused, SettingsError

MAX_FILE_BYTES = 200 * 1024 * 1024
MAX_INFLATED_BYTES = 200 * 1024 * 1024
"""All members of one archive together."""
MAX_RATIO = 100
"""Inflated to packed size of one member, beyond `_RATIO_FREE_BYTES`."""
MAX_ENTRIES = 2_000
_RATIO_FREE_BYTES = 1024 * 1024  # a megabyte of spaces harms nobody
_MAX_NAME_CHARS = 400
_READ_BYTES = 1024 * 1024
_ENCRYPTED = 0x1
_ZIP_ERRORS = (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError)
_JUNK = frozenset({"__MACOSX", "Thumbs.db", "desktop.ini"})


@dataclass(frozen=True)
class SourceFile:
    """One file to load.

    Attributes:
        name: path within what was given (a single file: its file name), with ``/``.
        path: file on disk, or the archive that holds it.
        member: name inside the archive, `None` for a file on disk.
        url: where it was fetched from; `path` is then a copy that goes away after the run.
    """

    name: str
    path: Path
    member: str | None = None
    url: str | None = None

    def read(self) -> bytes:
        """The file's bytes.

        Raises:
            DocumentRefused: it cannot be read (``unreadable``), is too large, needs a password
                or is damaged in its archive.
        """
        if self.member is not None:
            return _read_member(self)
        try:
            size = self.path.stat().st_size
            if size > MAX_FILE_BYTES:
                raise _too_large(self.name, size)
            return self.path.read_bytes()
        except OSError as error:
            raise DocumentRefused(
                "unreadable", f"{self.name}: cannot be read ({error.strerror}); check its rights"
            ) from error


@dataclass(frozen=True)
class Refused:
    """Something given that is no file to load.

    Attributes:
        name: as `SourceFile.name`.
        code: as `DocumentRefused.code`.
        message: one line that names it.
    """

    name: str
    code: str
    message: str


def expand(paths: Sequence[Path]) -> Iterator[SourceFile | Refused]:
    """The files under the paths: folders recursively, sorted, hidden files skipped.

    Args:
        paths: files, folders and ZIP archives.

    Raises:
        SettingsError: a path does not exist; raised before anything is yielded.
    """
    for path in paths:
        if not os.path.lexists(path):
            raise SettingsError(f"{path}: no such file or folder; check the path")
    return _expand_all(list(paths))


def members(path: Path, label: str) -> Iterator[SourceFile | Refused]:
    """The files in a ZIP archive, whatever its own file is called.

    Args:
        path: of the archive.
        label: what people know it by.
    """
    return _archive(path, prefix="", label=label)


def _expand_all(paths: list[Path]) -> Iterator[SourceFile | Refused]:
    for path in paths:
        if path.is_dir():
            yield from _folder(path)
        elif path.suffix.lower() == ".zip":
            yield from _archive(path, prefix="", label=path.name)
        else:
            yield from _file(path, _printable(path.name))


def _folder(root: Path) -> Iterator[SourceFile | Refused]:
    problems: list[OSError] = []
    found: list[Path] = []
    for folder, subfolders, files in os.walk(root, onerror=problems.append):
        subfolders[:] = [name for name in subfolders if not _is_skipped(name)]
        found.extend(Path(folder, name) for name in files if not _is_skipped(name))
    for path in sorted(found, key=lambda path: path.relative_to(root).parts):
        name = _printable(path.relative_to(root).as_posix())
        if path.suffix.lower() == ".zip":
            yield from _archive(path, prefix=f"{name}/", label=name)
        else:
            yield from _file(path, name)
    for problem in problems:
        name = _printable(os.path.relpath(problem.filename or root, root))
        message = f"{name}: the folder cannot be read ({problem.strerror}); check its rights"
        yield Refused(name, "unreadable", message)


def _file(path: Path, name: str) -> Iterator[SourceFile | Refused]:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        yield Refused(name, "unreadable", f"{name}: cannot be read ({error.strerror})")
        return
    if not stat.S_ISREG(mode):
        yield Refused(name, "unsupported", f"{name}: not a regular file; give a file or folder")
    else:
        yield SourceFile(name, path)


def _archive(path: Path, *, prefix: str, label: str) -> Iterator[SourceFile | Refused]:
    """The members of a ZIP that are safe to read; directories and hidden members skipped."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except OSError as error:
        yield Refused(label, "unreadable", f"{label}: cannot be read ({error.strerror})")
        return
    except (*_ZIP_ERRORS, ValueError, EOFError, MemoryError) as error:
        reason = clean_line(str(error))[:100]
        yield Refused(
            label, "damaged", f"{label}: not a whole zip archive ({reason}); pack it anew"
        )
        return
    problem = _archive_problem(entries)
    if problem:
        yield Refused(label, "too-large", f"{label}: {problem}; unpack and divide it")
        return
    if not entries:
        yield Refused(label, "empty", f"{label}: the archive holds no files")
    names: set[str] = set()
    for entry in sorted(entries, key=lambda entry: PurePosixPath(entry.filename).parts):
        yield from _member(path, entry, prefix, names)


def _archive_problem(entries: Sequence[zipfile.ZipInfo]) -> str | None:
    inflated = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES:
        return f"{len(entries)} files in one archive, the limit is {MAX_ENTRIES}"
    if inflated > MAX_INFLATED_BYTES:
        return f"unpacks to {inflated >> 20} MiB, the limit is {MAX_INFLATED_BYTES >> 20} MiB"
    return None


def _member(
    path: Path, entry: zipfile.ZipInfo, prefix: str, names: set[str]
) -> Iterator[SourceFile | Refused]:
    raw = entry.filename.replace("\\", "/")
    name = prefix + _printable(raw)
    parts = PurePosixPath(raw).parts
    if any(_is_skipped(part) for part in parts if part not in ("..", ".")):
        return
    reason = _member_problem(entry, raw)
    if reason is None and name in names:
        reason = ("unsafe", "two files of this name in one archive")
    names.add(name)
    if reason:
        yield Refused(name, reason[0], f"{name}: {reason[1]}")
    else:
        yield SourceFile(name, path, entry.filename)


def _member_problem(entry: zipfile.ZipInfo, raw: str) -> tuple[str, str] | None:
    """Code and reason why a member is not read."""
    parts = PurePosixPath(raw).parts
    if raw.startswith("/") or ".." in parts or (len(raw) > 1 and raw[1] == ":"):
        return "unsafe", "its name points outside the archive; pack it anew"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "unsafe", "a link, not a file"
    if raw.lower().endswith(".zip"):
        return "unsupported", "an archive inside an archive; unpack it first"
    if entry.flag_bits & _ENCRYPTED:
        return "password-needed", "password needed"
    packed = max(entry.compress_size, 1)
    if entry.file_size > _RATIO_FREE_BYTES and entry.file_size / packed > MAX_RATIO:
        return "too-large", f"unpacks to more than {MAX_RATIO} times its size"
    return None


def _read_member(source: SourceFile) -> bytes:
    """Bytes are counted while they are read; the sizes an archive states are not believed."""
    try:
        with zipfile.ZipFile(source.path) as archive, archive.open(source.member or "") as stream:
            parts: list[bytes] = []
            size = 0
            while part := stream.read(_READ_BYTES):
                size += len(part)
                if size > MAX_FILE_BYTES:
                    raise _too_large(source.name, size)
                parts.append(part)
            return b"".join(parts)
    except OSError as error:
        raise DocumentRefused(
            "unreadable", f"{source.name}: cannot be read ({error.strerror})"
        ) from error
    except (*_ZIP_ERRORS, KeyError, ValueError, EOFError, zlib.error) as error:
        reason = clean_line(str(error))[:100]
        raise DocumentRefused(
            "damaged", f"{source.name}: damaged in its archive ({reason}); pack it anew"
        ) from error


def _too_large(name: str, size: int) -> DocumentRefused:
    return DocumentRefused(
        "too-large", f"{name}: {size >> 20} MiB, the limit is {MAX_FILE_BYTES >> 20} MiB; divide it"
    )


def _is_skipped(name: str) -> bool:
    return name.startswith((".", "~$")) or name in _JUNK


def _printable(name: str) -> str:
    """A name as a label: undecodable bytes and characters that show nothing replaced."""
    shown = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    if count_invisible(shown) or "\n" in shown or "\r" in shown or "\t" in shown:
        shown = "".join(char if char.isprintable() else "�" for char in shown)
    return shown if len(shown) <= _MAX_NAME_CHARS else f"…{shown[-_MAX_NAME_CHARS:]}"
