"""``voz reviews``: scorecards, samples of contacts, reviews and what they come to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.shell.ask_commands import AsJson, print_json, print_lines, typed
from assistant.shell.source_commands import By
from assistant.shell.work_commands import working

if TYPE_CHECKING:
    from knowledge.models import Language
    from knowledge.reviews.reach import ReviewReach
    from knowledge.reviews.reviews import Reviews

reviews = typer.Typer(
    help="Contacts reviewed with a scorecard.", rich_markup_mode=None, no_args_is_help=True
)

CardFile = Annotated[Path, typer.Argument(metavar="FILE", help="YAML or JSON.")]
Number = Annotated[
    int, typer.Argument(min=1, metavar="NUMBER", help="As `voz reviews tasks` shows it.")
]
SampleOption = Annotated[
    int | None, typer.Option("--sample", min=1, metavar="N", help="Only of this sample.")
]


@contextmanager
def _reviewing(by: str | None) -> Iterator[tuple[Reviews, ReviewReach, Language]]:
    """Those of the register, all within reach of whoever does it, and the language to speak."""
    from knowledge.identity.access import LOCAL
    from knowledge.reviews.reach import review_reach
    from knowledge.reviews.reviews import Reviews

    with working(by) as (store, viewer, language):
        yield Reviews(store), review_reach(LOCAL, store.tree(), by=viewer.name), language


@reviews.command("check")
def check_scorecard(path: CardFile, as_json: AsJson = False) -> int:
    """Is a scorecard well written? Every mistake with its line and field."""
    from assistant.shell.reviews.command_texts import tell
    from eval.commands.texts import tell_faults
    from eval.scorecards.reading import load_scorecard
    from knowledge import settings

    card, faults = load_scorecard(path)
    language = settings.load().language
    if as_json:
        found = {"items": len(list(card.items)) if card else 0, "faults": [str(f) for f in faults]}
        print_json(found)
    elif card is not None:
        count, sections = len(list(card.items)), len(card.sections)
        print_lines([tell(language, "valid", count=count, sections=sections)])
    else:
        tell_faults(faults, language)
    return 1 if faults else 0


@reviews.command("import")
def import_scorecard(
    path: CardFile,
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="Name of the scorecard.")],
    audience: Annotated[
        str, typer.Option("--audience", metavar="LABEL", help="Whose reviews it is for.")
    ] = "staff",
    by: By = None,
    as_json: AsJson = False,
) -> int:
    """Bring a scorecard into the register, as a new version where there is one."""
    from assistant.shell.reviews import shown
    from assistant.shell.reviews.command_texts import tell
    from eval.commands.texts import tell_faults
    from eval.scorecards.reading import load_scorecard, written

    card, faults = load_scorecard(path)
    with _reviewing(by) as (kept, reach, language):
        if card is None:
            tell_faults(faults, language)
            return 1
        items = len(list(card.items))
        saved = kept.scorecards.save(
            typed(name), written(card), card.sha256, items, typed(audience), reach
        )
    if as_json:
        print_json(shown.scorecard(saved))
    else:
        print_lines(
            [tell(language, "saved", name=saved.name, number=saved.number, items=saved.items)]
        )
    return 0


@reviews.command("scorecards")
def list_scorecards(as_json: AsJson = False) -> int:
    """List the scorecards, each with its newest version."""
    from assistant.shell.reviews import shown
    from assistant.shell.reviews.command_texts import tell
    from assistant.shell.reviews.lines import scorecard_line

    with _reviewing(None) as (kept, reach, language):
        found = kept.scorecards.all(reach)
    if as_json:
        print_json([shown.scorecard(one) for one in found])
    else:
        lines = [scorecard_line(one, language) for one in found]
        print_lines(lines or [tell(language, "no_scorecards")])
    return 0


@reviews.command("remove")
def remove_scorecard(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Of the scorecard.")], by: By = None
) -> int:
    """Take a scorecard out of the list; its versions and reviews stay."""
    from assistant.shell.reviews.command_texts import tell

    with _reviewing(by) as (kept, reach, language):
        kept.scorecards.remove(typed(name), reach)
    print_lines([tell(language, "removed", name=typed(name))])
    return 0


@reviews.command("draw")
def draw_sample(
    scorecard: Annotated[str, typer.Option(metavar="NAME", help="Scorecard to review with.")],
    first: Annotated[str, typer.Option("--from", metavar="DAY", help="First day they ended.")],
    last: Annotated[str, typer.Option("--to", metavar="DAY", help="Last day they ended.")],
    reviewer: Annotated[
        list[str] | None,
        typer.Option(metavar="ACCOUNT", help="Who reviews; several times for several."),
    ] = None,
    audience: Annotated[
        str, typer.Option(metavar="LABEL", help="Whose contacts: a group or a contractor.")
    ] = "staff",
    size: Annotated[int, typer.Option(metavar="N", help="Contacts, at most 500.")] = 30,
    double: Annotated[
        float, typer.Option(metavar="SHARE", help="Share that two review, 0 to 1.")
    ] = 0.0,
    seed: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The same one draws the same contacts.")
    ] = None,
    by: By = None,
    as_json: AsJson = False,
) -> int:
    """Draw contacts at random, by contractor and tenure of the agent, and assign them."""
    from assistant.shell.reviews import shown
    from assistant.shell.reviews.command_texts import tell
    from eval.scorecards.sampling import draw, new_seed
    from knowledge.reviews.models import Wanted
    from knowledge.validity import day_of

    with _reviewing(by) as (kept, reach, language):
        wanted = Wanted(
            typed(scorecard),
            day_of(first),
            day_of(last),
            size,
            tuple(dict.fromkeys(map(typed, reviewer or [reach.name]))),
            typed(audience),
            double,
            typed(seed) if seed else new_seed(),
        )
        made = kept.draw(wanted, reach, draw)
    if as_json:
        print_json(shown.sample(made))
    else:
        print_lines([tell(language, "drawn", **_named(made, "number contacts population tasks"))])
    return 0


@reviews.command("samples")
def list_samples(as_json: AsJson = False) -> int:
    """List the samples, the newest first, with how far they are."""
    from assistant.shell.reviews import shown
    from assistant.shell.reviews.command_texts import tell
    from assistant.shell.reviews.lines import sample_line

    with _reviewing(None) as (kept, reach, language):
        found = kept.samples(reach)
    if as_json:
        print_json([shown.sample(one) for one in found])
    else:
        lines = [sample_line(one, language) for one in found]
        print_lines(lines or [tell(language, "no_samples")])
    return 0


@reviews.command("tasks")
def list_tasks(sample: SampleOption = None, by: By = None, as_json: AsJson = False) -> int:
    """List the contacts that somebody (--by) is to review."""
    from assistant.shell import work_texts
    from assistant.shell.reviews import shown
    from assistant.shell.reviews.command_texts import tell
    from assistant.shell.reviews.lines import task_line

    with _reviewing(by) as (kept, reach, language):
        found = kept.tasks(reach, sample=sample)
    if as_json:
        print_json([shown.task(one) for one in found])
    else:
        lines = [
            task_line(one, work_texts.tell(language, f"channel_{one.channel}"), language)
            for one in found
        ]
        print_lines(lines or [tell(language, "no_tasks")])
    return 0


@reviews.command("show")
def show_reviews(number: Number, by: By = None, as_json: AsJson = False) -> int:
    """Show what was said of a contact: one's own reviews, others' once all are in."""
    from assistant.shell.reviews import shown
    from assistant.shell.reviews.cards import card_of, review_json
    from assistant.shell.reviews.command_texts import tell
    from assistant.shell.reviews.lines import review_lines
    from eval.scorecards.scoring import score

    with _reviewing(by) as (kept, reach, language):
        task = kept.task(number, reach)
        card = card_of(kept, task.scorecard, task.version)
        told = kept.told(number, reach)
    if as_json:
        print_json(
            {
                "task": shown.task(task),
                "card": shown.card(card, language),
                "reviews": [review_json(card, one) for one in told],
            }
        )
        return 0
    lines = [tell(language, f"state_{task.state}")] if not told else []
    for one in told:
        lines.extend(review_lines(one, score(card, one.judgement.answers), language))
    print_lines(lines)
    return 0


@reviews.command("give")
def give_review(
    number: Number,
    path: Annotated[
        Path,
        typer.Option(
            "--file",
            metavar="FILE",
            help='JSON: {"answers": {"item": "option" or null}, "notes": {"item": "…"}}.',
        ),
    ],
    reason: Annotated[
        str, typer.Option(metavar="TEXT", help="Why an earlier review is corrected.")
    ] = "",
    by: By = None,
) -> int:
    """Give the review of a contact, or correct it; null is "not applicable"."""
    from assistant.shell.reviews.cards import card_of
    from assistant.shell.reviews.command_texts import tell
    from assistant.shell.reviews.lines import share
    from eval.scorecards.scoring import score
    from knowledge.reviews.models import Judgement

    given = _given(path)
    with _reviewing(by) as (kept, reach, language):
        task = kept.task(number, reach)
        card = card_of(kept, task.scorecard, task.version)
        scored = score(card, given["answers"])
        judgement = Judgement(given["answers"], {}, given.get("notes", {}), typed(reason))
        kept.give(number, judgement, reach)
    print_lines([tell(language, "given", number=number, total=share(scored.total, language))])
    return 0


@reviews.command("results")
def show_results(
    sample: SampleOption = None,
    scorecard: Annotated[
        str | None, typer.Option("--scorecard", metavar="NAME", help="Only with this scorecard.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """What reviews come to: by section, contractor and tenure, and how far two agree."""
    from assistant.shell.reviews import shown
    from assistant.shell.reviews.cards import results_of
    from assistant.shell.reviews.lines import result_lines

    with _reviewing(None) as (kept, reach, language):
        name, version, card, found = results_of(kept, reach, sample=sample, scorecard=scorecard)
    if as_json:
        heading = {"scorecard": name, "version": version}
        print_json(heading | shown.results(found, card, language))
    else:
        print_lines(list(result_lines(name, version, found, language)))
    return 0


def _given(path: Path) -> Any:
    """The answers and notes of a file.

    Raises:
        SettingsError: it cannot be read, or has another form.
    """
    import json

    from assistant.refusals import because
    from knowledge.errors import SettingsError

    try:
        found = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SettingsError(
            because("review-file", path=str(path), why=str(error.strerror))
        ) from error
    except ValueError as error:
        raise SettingsError(because("review-file", path=str(path), why=str(error))) from error
    if not isinstance(found, dict) or not found.keys() <= {"answers", "notes"}:
        raise SettingsError(because("review-form", path=str(path)))
    answers, notes = found.get("answers"), found.get("notes", {})
    texts = isinstance(notes, dict) and all(isinstance(one, str) for one in notes.values())
    chosen = isinstance(answers, dict) and all(
        one is None or isinstance(one, str) for one in answers.values()
    )
    if not (texts and chosen):
        raise SettingsError(because("review-form", path=str(path)))
    return found


def _named(one: object, names: str) -> dict[str, Any]:
    return {name: getattr(one, name) for name in names.split()}
