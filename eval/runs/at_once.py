"""Cases worked on by several threads, whose results come as they are done."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import TypeVar

Work = TypeVar("Work")
Result = TypeVar("Result")


def at_once(work: Iterable[Work], do: Callable[[Work], Result], jobs: int) -> Iterator[Result]:
    """What `do` makes of each, as it comes.

    At most two for each thread are under way, so that a break loses little.

    Args:
        work: what there is to do.
        do: may be called by several threads at once; what it raises is raised here.
        jobs: threads.
    """
    with ThreadPoolExecutor(jobs, thread_name_prefix="evaluate") as threads:
        waiting = iter(work)
        running: set[Future[Result]] = set()
        try:
            while True:
                room = 2 * jobs - len(running)
                running |= {threads.submit(do, one) for one in itertools.islice(waiting, room)}
                if not running:
                    return
                done, running = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    yield future.result()
        finally:
            for future in running:
                future.cancel()
