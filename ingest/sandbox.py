"""One untrusted file -> `Document`, through a child process with limits.

Nothing a file does to its parser reaches this process: the child is killed at its limits, its
answer is JSON of limited size whose every field is checked, and each way it can end is a
`DocumentRefused` with one line.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import re
import signal
import subprocess
import sys
import tempfile
import unicodedata
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any, get_args

from ingest.clean import clean_line, strip_invisible
from ingest.loaders import LOADERS, check_suffix
from knowledge.errors import DocumentRefused, StorageFull
from knowledge.models import Block, BlockKind, Document

logger = logging.getLogger(__name__)

_CHILD = Path(__file__).with_name("child.py")
_KINDS = frozenset(get_args(BlockKind))
_CODE = re.compile(r"[a-z][a-z-]{1,30}")
_MAX_MESSAGE = 500


@dataclass(frozen=True)
class Limits:
    """What one file may cost.

    Attributes:
        memory_mb: address space of the child, MiB.
        cpu_s: processor time, whole seconds.
        wall_s: time by the clock, seconds; then the child is killed.
        file_mb: largest file the child may write, its answer included, MiB.
        open_files: file descriptors of the child.
        text_bytes: largest extracted text, bytes of UTF-8.
        blocks: most blocks in a document.
    """

    memory_mb: int = 1024
    cpu_s: int = 30
    wall_s: float = 45.0
    file_mb: int = 64
    open_files: int = 64
    text_bytes: int = 2 * 1024 * 1024
    blocks: int = 50_000


def parse(data: bytes, name: str, limits: Limits | None = None) -> Document:
    """The document in a file.

    Args:
        data: the file's bytes.
        name: what users know it by; its suffix decides the loader together with the content.
        limits: what parsing may cost; by default `Limits()`.

    Raises:
        DocumentRefused: it gives no document; one line that names the file.
        StorageFull: there is no room for the child's temporary files.
    """
    limits = limits or Limits()
    check_suffix(name)
    answer = _checked(_run(data, name, limits), name, limits)
    from knowledge.language import detect_language

    for warning in answer.warnings:
        logger.warning("%s: %s", name, warning)
    return Document(
        name=name,
        title=answer.title or title_from_name(name),
        text=answer.text,
        blocks=answer.blocks,
        language=detect_language(answer.text),
        media_type=answer.suffix,
        sha256=hashlib.sha256(data).hexdigest(),
    )


def title_from_name(name: str) -> str:
    """A file name made readable.

    >>> title_from_name("manuales/politica_de-devoluciones_v2.pdf")
    'politica de devoluciones v2'
    """
    stem = PurePosixPath(name).stem
    return clean_line(re.sub(r"[_\-+]+|%20", " ", stem)) or name


@dataclass(frozen=True)
class _Answer:
    suffix: str
    title: str | None
    text: str
    blocks: tuple[Block, ...]
    warnings: tuple[str, ...]


def _run(data: bytes, name: str, limits: Limits) -> bytes:
    """The child's answer as bytes, at most the size limit."""
    try:
        with (
            tempfile.TemporaryDirectory(prefix="voz-parse-") as folder,
            tempfile.TemporaryFile() as source,
            tempfile.TemporaryFile() as answer,
            tempfile.TemporaryFile() as complaints,
        ):
            source.write(data)
            source.seek(0)
            status = _wait(_start(name, limits, folder, source, answer, complaints), name, limits)
            answer.seek(0)
            output = answer.read(limits.file_mb << 20)
            if status != 0 or not output:
                complaints.seek(0)
                raise _died(status, name, limits, complaints.read(100_000))
            return output
    except OSError as error:
        raise StorageFull(
            f"no room to parse {name} in {tempfile.gettempdir()}: {error.strerror or error}; "
            "free some space or set TMPDIR"
        ) from error


def _start(
    name: str,
    limits: Limits,
    folder: str,
    source: IO[bytes],
    answer: IO[bytes],
    complaints: IO[bytes],
) -> subprocess.Popen[bytes]:
    """The child: clean start, own session, an empty folder to stand in, little environment."""
    numbers = {
        "memory_mb": limits.memory_mb,
        "cpu_s": limits.cpu_s,
        "file_mb": limits.file_mb,
        "open_files": limits.open_files,
        "text_bytes": limits.text_bytes,
        "blocks": limits.blocks,
    }
    environment = {
        "PATH": os.defpath,
        "TMPDIR": folder,
        "HOME": folder,
        "LANG": "C.UTF-8",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    label = name.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")
    return subprocess.Popen(
        [sys.executable, "-I", "-X", "utf8", str(_CHILD), json.dumps(numbers), label],
        stdin=source,
        stdout=answer,
        stderr=complaints,
        cwd=folder,
        env=environment,
        start_new_session=True,
        close_fds=True,
    )


def _wait(child: subprocess.Popen[bytes], name: str, limits: Limits) -> int:
    """The child's exit status; whatever happens, nothing of its session stays alive."""
    try:
        return child.wait(limits.wall_s)
    except subprocess.TimeoutExpired:
        raise DocumentRefused(
            "timeout", f"{name}: not read within {limits.wall_s:g} s; divide it or save it anew"
        ) from None
    finally:
        _kill_session(child)


def _kill_session(child: subprocess.Popen[bytes]) -> None:
    # No such group: it ended by itself and left nobody behind.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _died(status: int, name: str, limits: Limits, complaints: bytes) -> DocumentRefused:
    """Why a child ended without an answer."""
    logger.debug("parser of %s ended with %d: %s", name, status, complaints[-2000:])
    if status == -signal.SIGXCPU or (status == -signal.SIGKILL and limits.cpu_s < limits.wall_s):
        return DocumentRefused(
            "timeout", f"{name}: takes more than {limits.cpu_s} s of processor time"
        )
    if status == -signal.SIGXFSZ or b"File too large" in complaints:
        return DocumentRefused(
            "too-large", f"{name}: its text is more than {limits.file_mb} MiB; divide it"
        )
    if b"MemoryError" in complaints or b"bad_alloc" in complaints or b"memory" in complaints:
        return DocumentRefused("memory", f"{name}: needs more than {limits.memory_mb} MiB")
    how = f"signal {-status}" if status < 0 else f"status {status}"
    return DocumentRefused(
        "crashed", f"{name}: the parser gave up on it ({how}); save it anew, e.g. as PDF"
    )


def _checked(output: bytes, name: str, limits: Limits) -> _Answer:
    """The answer, if every field is what it must be; the child is not trusted."""
    try:
        answer = json.loads(output)
    except (ValueError, RecursionError, MemoryError):
        raise _malformed(name) from None
    if not isinstance(answer, dict):
        raise _malformed(name)
    if "refused" in answer:
        raise _refusal(answer, name)
    text, title, suffix = answer.get("text"), answer.get("title"), answer.get("suffix")
    blocks, warnings = answer.get("blocks"), answer.get("warnings")
    if not (isinstance(text, str) and isinstance(suffix, str) and suffix in LOADERS):
        raise _malformed(name)
    if not (isinstance(blocks, list) and isinstance(warnings, list)):
        raise _malformed(name)
    if not (title is None or isinstance(title, str)):
        raise _malformed(name)
    if not _is_sound(text, limits) or len(blocks) > limits.blocks:
        raise _malformed(name)
    lines = tuple(clean_line(str(warning))[:_MAX_MESSAGE] for warning in warnings[:20])
    title = clean_line(title or "")[:_MAX_MESSAGE] or None
    return _Answer(suffix, title, text, _blocks(blocks, text, name), lines)


def _is_sound(text: str, limits: Limits) -> bool:
    """Whether text is of allowed size, NFC, and free of what cleaning takes out."""
    small = len(text) <= limits.text_bytes
    return small and unicodedata.is_normalized("NFC", text) and strip_invisible(text) == text


def _blocks(rows: list[Any], text: str, name: str) -> tuple[Block, ...]:
    """Blocks in order, inside the text, with only white space between them."""
    blocks: list[Block] = []
    end = 0
    for row in rows:
        if not (isinstance(row, list) and len(row) == 6 and row[0] in _KINDS):
            raise _malformed(name)
        kind, start, stop, level, page, number = row
        whole = all(type(value) is int for value in (start, stop, level))
        placed = all(
            value is None or (type(value) is int and value > 0) for value in (page, number)
        )
        if not (whole and placed and end <= start < stop <= len(text) and 0 <= level <= 6):
            raise _malformed(name)
        if text[end:start].strip() or (kind == "heading") != (level > 0):
            raise _malformed(name)
        blocks.append(Block(kind, start, stop, level=level, page=page, row=number))
        end = stop
    if text[end:].strip() or not blocks:
        raise _malformed(name)
    return tuple(blocks)


def _refusal(answer: dict[str, Any], name: str) -> DocumentRefused:
    code, message = answer.get("refused"), answer.get("message")
    if not (isinstance(code, str) and _CODE.fullmatch(code) and isinstance(message, str)):
        return _malformed(name)
    line = clean_line(message)[:_MAX_MESSAGE]
    return DocumentRefused(code, line if clean_line(name)[:200] in line else f"{name}: {line}")


def _malformed(name: str) -> DocumentRefused:
    return DocumentRefused("crashed", f"{name}: the parser's answer makes no sense; not stored")
