"""A process that writes to the register until it is killed: ``python -m … FILE``."""

from __future__ import annotations

import os
import sys
from itertools import count
from pathlib import Path

from knowledge.register import Register
from knowledge.settings import load
from tests.fakes import HashingEmbedder, document_of, store

N_CHUNKS = 20


def paragraphs(name: str) -> list[str]:
    """What the document of this name says."""
    return [f"El apartado {n} de {name} manda esperar {n + 3} días." for n in range(N_CHUNKS)]


def main() -> None:
    """Store one document after the other; each name goes to the file once it is stored."""
    embedder = HashingEmbedder()
    with (
        Path(sys.argv[1]).open("a", encoding="utf-8") as acknowledged,
        Register.open(load(), write=True) as register,
    ):
        print("open", flush=True)
        for number in count():
            name = f"{os.getpid()}-{number}.md"
            store(register, embedder, document_of(name, paragraphs(name)))
            os.write(acknowledged.fileno(), f"{name}\n".encode())


if __name__ == "__main__":
    main()
