"""A part of the assistant that is measured by itself, as it is declared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from eval.halves import Half
    from eval.scores import Measured
    from eval.work import Work


@dataclass(frozen=True)
class Limit:
    """How many cases are measured, where all would take too long.

    Attributes:
        of: what is counted, for people.
        default: `None` for all.
    """

    of: str
    default: int | None = None


@dataclass(frozen=True)
class Listing:
    """What a component can list, for people to look at.

    Attributes:
        option: on the command line.
        about: one line.
        function: of the component's module: takes the work and yields what is listed, instead of
            scores. Without one it is told while the component is measured (`Work.tell`).
        counted: whether the option says how many (`Work.limit`).
    """

    option: str
    about: str
    function: str | None = None
    counted: bool = False


@dataclass(frozen=True)
class Component:
    """A part of the assistant that is measured by itself.

    What measures it is loaded when it is asked for, so that the command line starts at once.

    Attributes:
        name: on the command line.
        question: that the measure answers.
        module: has ``measure(work)``, which yields the scores; further functions as declared here.
        files: that measuring reads below the folder of the public sets.
        halves: of its labelled cases that can be measured; none: they are not in halves.
        limit: whether fewer cases may be measured.
        learns: module with ``learn(work)``: weights by name, learned from half ``fit``.
        learns_from: files that learning reads besides.
        listings: see `Listing`.
        data_unused: whether the folder of the sets may be named though none is read, as commands
            that are written down do.
    """

    name: str
    question: str
    module: str
    files: tuple[str, ...] = ()
    halves: tuple[Half, ...] = ("fit", "report", "all")
    limit: Limit | None = None
    learns: str | None = None
    learns_from: tuple[str, ...] = ()
    listings: tuple[Listing, ...] = ()
    data_unused: bool = False

    def measure(self, work: Work) -> Iterator[Measured]:
        """Each measure as it is there.

        Raises:
            SettingsError: a set is not what it has to be.
        """
        found: Iterator[Measured] = import_module(self.module).measure(work)
        return found

    def learn(self, work: Work) -> Mapping[str, Any]:
        """Weights by name.

        Raises:
            ValueError: this component learns none.
        """
        if self.learns is None:
            raise ValueError(f"{self.name} learns no weights")
        found: Mapping[str, Any] = import_module(self.learns).learn(work)
        return found

    def listed(self, listing: Listing, work: Work) -> Iterator[Mapping[str, Any]]:
        """What a listing with a function of its own lists."""
        module, _, function = (listing.function or "").rpartition(".")
        found: Iterator[Mapping[str, Any]] = getattr(import_module(module), function)(work)
        return found
