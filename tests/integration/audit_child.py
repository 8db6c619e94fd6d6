"""A process that enters events: from four threads, or one by one until it is killed."""

from __future__ import annotations

import itertools
import sys
import threading
from pathlib import Path

from knowledge.audit import Event, append, audited
from knowledge.database.connection import Database
from knowledge.settings import Settings

THREADS = 4
PER_THREAD = 15


def enter(database: Database, settings: Settings, actor: str, number: int) -> int:
    with audited(database, settings.audit_head_path) as connection:
        return append(connection, Event(actor, "answer.shown", f"answer:{number}")).id


def enter_from_threads(database: Database, settings: Settings, name: str) -> None:
    def work(thread: int) -> None:
        for number in range(PER_THREAD):
            enter(database, settings, f"{name}-{thread}", number)

    threads = [threading.Thread(target=work, args=[thread]) for thread in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def main() -> None:
    settings, name = Settings(data_dir=Path(sys.argv[1])), sys.argv[2]
    database = Database(settings.register_address, write=False)
    if name != "endless":
        enter_from_threads(database, settings, name)
        return
    for number in itertools.count():
        print(enter(database, settings, name, number), flush=True)


if __name__ == "__main__":
    main()
