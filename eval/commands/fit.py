"""``voz eval fit``, ``fit-encoder``, ``fit-figures``, ``fit-promises``: what is learned."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eval.commands.opening import AsJson, Data, echo_json, folder_of, work_on

if TYPE_CHECKING:
    from knowledge.encoders.additions import Learned


Begun = Annotated[
    Path | None,
    typer.Option(
        "--from",
        metavar="FILE",
        exists=True,
        dir_okay=False,
        help="Additions of the same kind to go on from, in place of learning from the beginning.",
    ),
]


def fit_command(
    out: Annotated[
        Path, typer.Option("--out", metavar="FILE", help="Where the weights are written.")
    ],
    data: Data = None,
    as_json: AsJson = False,
) -> int:
    """Learn the weights of sentences and of the confidence from the half that is not reported."""
    from eval.components.weights import FILES, fit

    work = work_on(folder_of("fit", FILES, data), half="fit")
    with _written(out) as write:
        weights = asdict(fit(work))
        write(json.dumps(weights, indent=2) + "\n")
    if as_json:
        echo_json(weights)
    else:
        typer.echo(f"weights written to {out}")
    return 0


def fit_promises_command(
    out: Annotated[
        Path, typer.Option("--out", metavar="FILE", help="Where the weights are written.")
    ],
) -> int:
    """Learn what commits the company in drafts, from sentences of many trades and half fit."""
    import numpy as np

    from assistant.drafting.promising import packed
    from eval.components.drafts.promises import learn

    with _written(out):
        arrays = packed(learn(work_on(None, half="fit")))
        with out.open("wb") as file:
            np.savez_compressed(file, allow_pickle=False, **arrays)
    typer.echo(f"weights written to {out}")
    return 0


def fit_encoder_command(
    out: Annotated[
        Path, typer.Option("--out", metavar="FILE", help="Where the additions are written.")
    ],
    data: Data = None,
    begun: Begun = None,
) -> int:
    """Learn what turns and drafts say: additions to the bundled model, in an hour or so."""
    from eval.components.encoder import FILES, learn
    from knowledge.encoders.additions import save

    work = work_on(folder_of("fit-encoder", FILES, data), half="fit")
    before = _begun(begun, "fit-encoder") if begun else None
    with _written(out):
        save(out, *learn(work, before))
    typer.echo(f"additions written to {out}")
    return 0


def fit_figures_command(
    out: Annotated[
        Path, typer.Option("--out", metavar="FILE", help="Where the additions are written.")
    ],
    begun: Begun = None,
) -> int:
    """Learn what figures are said of: additions to the bundled model, in half an hour or so."""
    from eval.components.figures import learn
    from knowledge.encoders.additions import save

    work = work_on(None, half="fit")
    before = _begun(begun, "fit-figures") if begun else None
    with _written(out):
        save(out, learn(work, before), {})
    typer.echo(f"additions written to {out}")
    return 0


def _begun(path: Path, command: str) -> Learned:
    from knowledge.encoders.additions import learned
    from knowledge.errors import ModelError, SettingsError

    try:
        return learned(path)
    except ModelError as error:
        raise SettingsError(
            f"--from {path} holds no additions to the bundled model; give what voz eval "
            f"{command} wrote, or leave it out"
        ) from error


@contextmanager
def _written(path: Path) -> Iterator[Callable[[str], object]]:
    """A function that writes the file, which is tried before hours of work, not after."""
    from knowledge.errors import SettingsError

    try:
        with path.open("a", encoding="utf-8"):
            yield lambda text: path.write_text(text, "utf-8")
    except OSError as error:
        raise SettingsError(
            f"--out {path} cannot be written ({error.strerror}); give another path"
        ) from error
