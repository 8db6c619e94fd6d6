"""What an evaluation is run with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from knowledge.errors import SettingsError

if TYPE_CHECKING:
    from eval.halves import Half
    from eval.scores import Progress
    from knowledge.ports import Embedder
    from knowledge.settings import Settings

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Work:
    """What an evaluation is run with.

    Attributes:
        data: folder of the public sets.
        settings: where registers are kept.
        open_model: gives the embedding model, of every system; called where it is first needed.
        half: ``fit``, ``report`` or ``all`` cases.
        limit: at most so many cases of each slice; `None` for all.
        progress: is told what goes on.
        tell: is told, line by line, what is listed beside the scores.
    """

    data: Path
    settings: Settings
    open_model: Callable[[], Embedder]
    half: Half = "report"
    limit: int | None = None
    progress: Progress = field(default=lambda line: None)
    tell: Progress = field(default=lambda line: None)

    @cached_property
    def embedder(self) -> Embedder:
        """The embedding model."""
        return self.open_model()


def there(name: str, files: Sequence[str], data: Path) -> None:
    """Looks for the files of sets, before anything is loaded.

    Args:
        name: of what needs the files.
        files: below the folder.
        data: the folder.

    Raises:
        SettingsError: it lacks some of the files, all of which are told.
    """
    missing = [one for one in files if not (data / one).is_file()]
    if missing:
        raise SettingsError(
            f"{name}: below --data {data} there is no {' and no '.join(missing)}; "
            "give the folder that has the sets"
        )


def entry(kind: str, catalogue: Mapping[str, Thing], name: str) -> Thing:
    """What has a name in a catalogue.

    Raises:
        SettingsError: nothing has.
    """
    if name not in catalogue:
        raise SettingsError(f"{kind} {name!r} is not known: expected one of {', '.join(catalogue)}")
    return catalogue[name]
