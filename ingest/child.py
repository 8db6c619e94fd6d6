"""The parsing child: one untrusted file in by stdin, one JSON object out by stdout.

Started by `ingest.sandbox` as a script in a process of its own, never imported by it. Limits are
set before anything that parses is imported. The answer is ``{"suffix", "title", "text",
"blocks", "warnings"}`` or ``{"refused": code, "message": line}``.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any


def main(arguments: list[str]) -> int:
    """Parse stdin as the file named in ``arguments``; 0 even when the file is refused."""
    limits = json.loads(arguments[0])
    name = arguments[1]
    _confine(limits)
    answer = _answer(sys.stdin.buffer.read(), name, limits)
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))
    sys.stdout.buffer.flush()
    # Native libraries may crash in their destructors; the answer is complete, so leave at once.
    os._exit(0)


def _confine(limits: dict[str, int]) -> None:
    from knowledge.encoders.confinement import isolate, set_limits

    set_limits(**{k: limits[k] for k in ("memory_mb", "cpu_s", "file_mb", "open_files")})
    isolate()


def _answer(data: bytes, name: str, limits: dict[str, int]) -> dict[str, Any]:
    from ingest.loaders import load
    from knowledge.errors import DocumentRefused

    try:
        suffix, extract = load(data, name)
    except DocumentRefused as refused:
        return {"refused": refused.code, "message": str(refused)}
    except MemoryError:
        return {"refused": "memory", "message": f"{name}: needs more memory than allowed"}
    except RecursionError:
        return {"refused": "damaged", "message": f"{name}: nested too deeply to be read"}
    except Exception as error:  # noqa: BLE001 - a parser may raise anything on a hostile file
        reason = f"{type(error).__name__}: {error}".splitlines()[0][:200]
        return {"refused": "damaged", "message": f"{name}: cannot be read ({reason})"}
    size = len(extract.text.encode("utf-8", "replace"))
    if size > limits["text_bytes"] or len(extract.blocks) > limits["blocks"]:
        message = (
            f"{name}: {size >> 10} KiB of text in {len(extract.blocks)} pieces, the limits are "
            f"{limits['text_bytes'] >> 10} KiB and {limits['blocks']}; divide it"
        )
        return {"refused": "too-large", "message": message}
    blocks = [[b.kind, b.start, b.end, b.level, b.page, b.row] for b in extract.blocks]
    return {
        "suffix": suffix,
        "title": extract.title,
        "text": extract.text,
        "blocks": blocks,
        "warnings": list(extract.warnings),
    }


if __name__ == "__main__":
    # Run by path with -I: the folder that holds the packages is not on sys.path yet.
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    sys.exit(main(sys.argv[1:]))
