"""``voz commitments``: promises and complaints, listed, shown, closed, erased and exported."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.shell.ask_commands import AsJson, print_json, print_lines, typed
from assistant.shell.source_commands import By
from assistant.shell.work_commands import working

if TYPE_CHECKING:
    from knowledge.commitments.commitments import Commitments
    from knowledge.commitments.models import Commitment
    from knowledge.commitments.reach import CommitmentReach
    from knowledge.models import Language

commitments = typer.Typer(
    help="What is owed to customers: promises and complaints.",
    rich_markup_mode=None,
    no_args_is_help=True,
)

Key = Annotated[str, typer.Argument(metavar="KEY", help="As the customer quotes it.")]
Customer = Annotated[
    str | None, typer.Option(metavar="REFERENCE", help="Only those of this customer.")
]
StateOption = Annotated[
    str | None,
    typer.Option(
        metavar="STATE", help="Only those: proposed, open, kept, broken, closed or discarded."
    ),
]
KindOption = Annotated[
    str | None, typer.Option(metavar="KIND", help="Only those: promise or complaint.")
]


@contextmanager
def _keeping(by: str | None) -> Iterator[tuple[Commitments, CommitmentReach, Language]]:
    """Those of the register, all within reach of whoever does it, and the language to speak."""
    from knowledge.commitments.commitments import Commitments
    from knowledge.commitments.reach import commitment_reach
    from knowledge.identity.access import LOCAL

    with working(by) as (store, viewer, language):
        yield Commitments(store), commitment_reach(LOCAL, store.tree(), by=viewer.name), language


@commitments.command("list")
def list_commitments(
    customer: Customer = None,
    state: StateOption = None,
    kind: KindOption = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only what is past its day.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=500, metavar="N", help="At most.")] = 50,
    as_json: AsJson = False,
) -> int:
    """List promises and complaints, what is due first before the rest."""
    from assistant.shell.commitments import shown
    from assistant.shell.work_texts import tell

    wanted = replace(_wanted(customer, state, kind), overdue=overdue)
    with _keeping(None) as (kept, reach, language):
        found = kept.all(wanted, reach, limit=limit)
    if as_json:
        print_json([shown.commitment(one) for one in found])
        return 0
    print_lines([_line(one, language) for one in found] or [tell(language, "no_commitments")])
    return 0


@commitments.command("show")
def show_commitment(key: Key, as_json: AsJson = False) -> int:
    """Show one with everything that was done about it."""
    from assistant.shell.commitments import shown
    from assistant.shell.work_texts import tell

    with _keeping(None) as (kept, reach, language):
        one, steps = kept.get(typed(key), reach), kept.steps(typed(key), reach)
    if as_json:
        print_json(shown.trail(one, steps))
        return 0
    lines = [_line(one, language), f"  «{one.words or '—'}»"]
    for step in steps:
        done = tell(language, f"commitment_step_{step.kind}")
        said = "  ".join(str(part) for part in (step.account, step.due, step.text) if part)
        lines.append(
            f"{step.number:>3}  {step.at[:16].replace('T', ' ')}  {step.by}  {done}  {said}"
        )
    print_lines(lines)
    return 0


@commitments.command("close")
def close_commitment(
    key: Key,
    outcome: Annotated[
        str, typer.Option(metavar="OUTCOME", help="What became of it: kept, broken or closed.")
    ],
    reason: Annotated[
        str, typer.Option(metavar="TEXT", help="Why; needed unless it was kept.")
    ] = "",
    by: By = None,
) -> int:
    """Say what became of a promise or complaint."""
    from assistant.shell.work_texts import tell
    from knowledge.commitments.models import OUTCOMES

    if outcome not in OUTCOMES:
        raise typer.BadParameter(f"--outcome is one of {', '.join(OUTCOMES)}")
    with _keeping(by) as (kept, reach, language):
        one = kept.close(typed(key), outcome, reach, reason=typed(reason))
    state = tell(language, f"commitment_state_{one.state}")
    print_lines([tell(language, "commitment_closed", commitment=one.key, state=state)])
    return 0


@commitments.command("erase")
def erase_commitment(key: Key, by: By = None) -> int:
    """Erase the words of one and whose it is; that it was there and its steps stay."""
    from assistant.shell.work_texts import tell

    with _keeping(by) as (kept, reach, language):
        kept.erase(typed(key), reach)
    print_lines([tell(language, "commitment_erased", commitment=typed(key))])
    return 0


@commitments.command("export")
def export_commitments(
    customer: Customer = None,
    state: StateOption = None,
    kind: KindOption = None,
    as_csv: Annotated[
        bool, typer.Option("--csv", help="As CSV, a line for each step; else JSON.")
    ] = False,
    by: By = None,
) -> int:
    """Print everything with every step, oldest first; it is entered in the audit trail."""
    from assistant.shell.commitments import shown

    with _keeping(by) as (kept, reach, _):
        trails = kept.export(_wanted(customer, state, kind), reach)
    if as_csv:
        print_lines(shown.trails_csv(trails).splitlines())
    else:
        print_json([shown.trail(one, steps) for one, steps in trails])
    return 0


def _wanted(customer: str | None, state: str | None, kind: str | None) -> Any:
    from knowledge.commitments.commitment_lists import Wanted
    from knowledge.commitments.models import KINDS, STATES

    for name, value, known in (("state", state, STATES), ("kind", kind, KINDS)):
        if value is not None and value not in known:
            raise typer.BadParameter(f"--{name} is one of {', '.join(known)}")
    return Wanted(typed(customer) if customer else None, state, kind)  # type: ignore[arg-type]


def _line(one: Commitment, language: Language) -> str:
    from assistant.shell.work_texts import tell

    return tell(
        language,
        "commitment_line",
        commitment=one.key,
        kind=tell(language, f"commitment_kind_{one.kind}"),
        what=tell(language, f"commitment_what_{one.what}"),
        due=one.due or tell(language, "commitment_no_day"),
        late=tell(language, "commitment_late") if one.overdue else "",
        state=tell(language, f"commitment_state_{one.state}"),
        responsible=one.responsible or "—",
        customer=one.customer or "—",
    )
