"""``voz escalations``: what agents asked the company, with every step, and who is on duty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.shell.ask_commands import AsJson, print_json, print_lines
from assistant.shell.source_commands import By
from assistant.shell.work_commands import working

if TYPE_CHECKING:
    from knowledge.escalations.models import Escalation, Topic
    from knowledge.models import Language

escalations = typer.Typer(
    help="Questions of agents to the company, and who is on duty for them.",
    rich_markup_mode=None,
    no_args_is_help=True,
)

Key = Annotated[str, typer.Argument(metavar="KEY", help="As `voz escalations list` shows it.")]


@escalations.command("list")
def list_escalations(
    state: Annotated[
        str | None,
        typer.Option(metavar="STATE", help="waiting, taken, answered, withdrawn or expired."),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=500, metavar="N", help="At most.")] = 20,
    as_json: AsJson = False,
) -> int:
    """List questions, newest first."""
    from assistant.shell.work_texts import tell
    from knowledge.escalations.escalations import Escalations
    from knowledge.escalations.models import STATES
    from knowledge.identity.access import LOCAL, escalation_reach

    if state is not None and state not in STATES:
        raise typer.BadParameter(f"--state is one of {', '.join(STATES)}")
    with working(None) as (store, _, language):
        reach = escalation_reach(LOCAL, store.tree())
        found = Escalations(store).all(reach, state=state, limit=limit)
    if as_json:
        print_json([_json(one) for one in found])
        return 0
    lines = [
        tell(
            language,
            "escalation_line",
            escalation=one.key,
            at=_moment(one.asked_at),
            topic=one.topic_name,
            state=tell(language, f"escalation_state_{one.state}"),
            question=one.question or tell(language, "escalation_gone"),
        )
        for one in found
    ]
    print_lines(lines or [tell(language, "no_escalations")])
    return 0


@escalations.command("show")
def show_escalation(key: Key, by: By = None, as_json: AsJson = False) -> int:
    """Show a question with every step; what was said in its contact is in `voz contact show`."""
    from knowledge.escalations.escalations import Escalations
    from knowledge.identity.access import LOCAL, escalation_reach

    with working(by) as (store, _, language):
        one = Escalations(store).get(key, escalation_reach(LOCAL, store.tree()))
    if as_json:
        print_json(_json(one))
    else:
        print_lines(_lines(one, language))
    return 0


@escalations.command("topics")
def list_topics(as_json: AsJson = False) -> int:
    """List what may be asked about, and who is on duty for it."""
    from assistant.shell.work_texts import tell
    from knowledge.escalations.topics import Topics
    from knowledge.identity.access import LOCAL, escalation_reach

    with working(None) as (store, _, language):
        topics = Topics(store)
        found = topics.all(escalation_reach(LOCAL, store.tree()))
        off = topics.off()
    if as_json:
        print_json([_topic_json(one, off) for one in found])
        return 0
    lines = [line for one in found for line in _topic_lines(one, off, language)]
    print_lines(lines or [tell(language, "no_escalation_topics")])
    return 0


def _json(one: Escalation) -> dict[str, Any]:
    from dataclasses import asdict

    fields = asdict(one)
    del fields["number"]
    return fields


def _topic_json(topic: Topic, off: frozenset[str]) -> dict[str, Any]:
    duties = [vars(duty) | {"off": duty.account in off} for duty in topic.duties]
    return vars(topic) | {"duties": duties}


def _moment(iso: str) -> str:
    return iso[:16].replace("T", " ")


def _lines(one: Escalation, language: Language) -> list[str]:
    from assistant.shell.work_texts import tell

    def name(account: str | None) -> str:
        return "voz" if account is None else one.people.get(account, account)

    about = {"name": name(one.asked_by), "audience": one.audience, "topic": one.topic_name}
    lines = [
        one.question or tell(language, "escalation_gone"),
        tell(language, "escalation_of", **about, at=_moment(one.asked_at)),
    ]
    if one.need:
        lines.append(tell(language, "escalation_need", need=one.need))
    if one.sources:
        lines.append(tell(language, "escalation_looked", sources=", ".join(one.sources)))
    for step in one.steps:
        to = "—" if step.to is None else name(step.to)
        what = tell(language, f"step_{step.kind}", by=name(step.by), to=to)
        lines.append(
            tell(language, "escalation_step", number=step.number, at=step.at[:19], what=what)
        )
    if one.answer is not None:
        said = {"name": name(one.answered_by), "role": one.answered_role or "—"}
        at = _moment(one.answered_at or "")
        lines.append(tell(language, "escalation_said", **said, at=at, answer=one.answer))
    if one.card is not None:
        lines.append(tell(language, "escalation_card", card=one.card))
    return lines


def _topic_lines(topic: Topic, off: frozenset[str], language: Language) -> list[str]:
    from assistant.shell.work_texts import tell

    fallback = tell(language, "escalation_fallback") if topic.fallback else ""
    about = {"number": topic.number, "name": topic.name, "audience": topic.audience}
    lines = [tell(language, "escalation_topic", **about, fallback=fallback)]
    for duty in topic.duties:
        whole = duty.start is None and duty.end is None
        hours = f"{duty.start or '00:00'}-{duty.end or '00:00'}"
        lines.append(
            tell(
                language,
                "escalation_duty",
                account=duty.account,
                days=duty.days,
                hours=tell(language, "escalation_all_day") if whole else hours,
                off=tell(language, "escalation_off") if duty.account in off else "",
            )
        )
    return lines if topic.duties else [*lines, tell(language, "escalation_nobody")]
