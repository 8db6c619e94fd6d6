"""Components measured one after the other, and the file that keeps what they come to."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from eval.components.models import Component
from eval.provenance import code_state, environment, load_average
from eval.scores import Score, score_of
from eval.work import Work, there
from knowledge.errors import KnowledgeBaseError, SettingsError

SCHEMA = "components/1"


@dataclass(frozen=True)
class Result:
    """What one component came to.

    Attributes:
        component: its name.
        half: of its cases, ``None`` where they are not in halves.
        limit: at most so many cases of each slice; `None` for all.
        measured_at: when it was done, ISO 8601 in UTC.
        seconds: that it took.
        load: runnable processes on the machine before and after, mean of a minute.
        code: version and commit of the program.
        environment: machine and libraries.
        scores: what was measured.
        error: why nothing was; `None` where it was.
    """

    component: str
    half: str | None
    limit: int | None
    measured_at: str
    seconds: float
    load: tuple[float, float]
    code: Mapping[str, Any]
    environment: Mapping[str, Any]
    scores: tuple[Score, ...]
    error: str | None = None


def scores(component: Component, work: Work) -> Iterator[Score]:
    """What a component comes to, each measure as it is there.

    Raises:
        SettingsError: a file is missing or not what it has to be, or a half has no cases.
    """
    there(component.name, component.files, work.data)
    found = False
    for one in component.measure(work):
        found = True
        yield score_of(one)
    if not found:
        raise SettingsError(f"{component.name}: half {work.half} has nothing to measure")


def measured(component: Component, work: Work) -> Result:
    """What a component comes to, or why it comes to nothing."""
    began, load = time.perf_counter(), load_average()
    half = work.half if component.halves else None
    limit = component.limit.default if component.limit else None
    found: tuple[Score, ...] = ()
    error = None
    try:
        found = tuple(scores(component, replace(work, limit=limit)))
    except KnowledgeBaseError as refused:
        error = str(refused)
    return Result(
        component=component.name,
        half=half,
        limit=limit,
        measured_at=datetime.now(UTC).isoformat(timespec="seconds"),
        seconds=round(time.perf_counter() - began, 1),
        load=(load, load_average()),
        code=code_state(),
        environment=environment(),
        scores=found,
        error=error,
    )


def measure_all(
    components: Sequence[Component], work: Work, kept: Path | None = None
) -> Iterator[Result]:
    """Each component in turn; one that fails does not keep the others from being measured.

    Args:
        components: in the order in which they are measured.
        work: the run; each component has a limit of its own.
        kept: file that the results are written to, after each; what it has of the same code is
            not measured again.

    Raises:
        SettingsError: the file cannot be read or written, or is something else.
    """
    results = read(kept) if kept else {}
    if kept:
        write(kept, results)  # before hours of work, not after
    for number, component in enumerate(components, 1):
        work.progress(f"{component.name}: {number} of {len(components)}")
        before = results.get(component.name)
        if before is not None and _still_holds(before, component, work):
            work.progress(f"{component.name}: measured at {before.measured_at} with the same code")
            yield before
            continue
        results[component.name] = measured(component, work)
        if kept:
            write(kept, results)
        yield results[component.name]


def read(path: Path) -> dict[str, Result]:
    """The results in a file by component; none where there is no file.

    Raises:
        SettingsError: it cannot be read, or holds something else.
    """
    try:
        held = json.loads(path.read_text("utf-8"))
        results: Any = held["results"] if held["schema"] == SCHEMA else None
        return {one["component"]: _result(one) for one in results}
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise SettingsError(
            f"--json {path} cannot be read ({error.strerror}); give another path"
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise SettingsError(
            f"--json {path} is there and holds no results of components ({SCHEMA}); "
            "give another path"
        ) from error


def write(path: Path, results: Mapping[str, Result]) -> None:
    """Replace the file as a whole.

    Raises:
        SettingsError: it cannot be written.
    """
    held = {"schema": SCHEMA, "results": [asdict(one) for one in results.values()]}
    draft = path.with_name(f"{path.name}.draft")
    try:
        draft.write_text(json.dumps(held, ensure_ascii=False, indent=2) + "\n", "utf-8")
        draft.replace(path)
    except OSError as error:
        raise SettingsError(
            f"--json {path} cannot be written ({error.strerror}); give another path"
        ) from error


def _still_holds(before: Result, component: Component, work: Work) -> bool:
    limit = component.limit.default if component.limit else None
    half = work.half if component.halves else None
    same = (before.half, before.limit, before.code) == (half, limit, code_state())
    return before.error is None and same


def _result(row: Mapping[str, Any]) -> Result:
    scores = tuple(Score(**one) for one in row["scores"])
    return Result(**{**row, "scores": scores, "load": tuple(row["load"])})
