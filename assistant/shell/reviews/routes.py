"""``/v1/reviews``: contacts drawn, reviewed with a scorecard, and what that comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, FastAPI, Path, Query, Request
from fastapi.responses import JSONResponse, Response

from assistant.shell.api import SECURITY
from assistant.shell.contact.answers import answer
from assistant.shell.manage.office import Caller, Office
from assistant.shell.manage.refusals import CONFLICT, PROBLEMS
from assistant.shell.reviews import bodies, shown
from assistant.shell.reviews.cards import card_of, results_of, reviewed_json
from assistant.shell.reviews.measuring import Measuring
from assistant.shell.reviews.room import ReviewRoom, evidence
from assistant.shell.telling import language_asked
from knowledge.models import EVERYONE
from knowledge.reviews.models import Judgement, Reviewed, Wanted
from knowledge.work.work_store import WorkStore

if TYPE_CHECKING:
    from assistant.shell.drafts.desk import DraftDesk

MOST_FAULTS = 200
MOST_REVIEWED = 200
Name = Annotated[str, Path(max_length=60, description="Of the scorecard.")]
Number = Annotated[int, Path(ge=1, le=2_147_483_647, description="Of the task.")]
OfSample = Annotated[
    int | None, Query(ge=1, le=2_147_483_647, description="Only those of this sample.")
]


def add_review_api(app: FastAPI, office: Office, store: WorkStore, desk: DraftDesk) -> None:
    """Add the routes to the application.

    Args:
        app: to which.
        office: who asks.
        store: where contacts and reviews are kept.
        desk: checks what agents said.
    """
    room = ReviewRoom(office, store, Measuring(desk, office.settings.time_zone))
    router = APIRouter(prefix="/v1/reviews", dependencies=SECURITY, responses=PROBLEMS)
    _add_scorecards(router, room)
    _add_samples(router, room)
    _add_reviewing(router, room)
    _add_reading(router, room)
    app.include_router(router)


def _add_scorecards(router: APIRouter, room: ReviewRoom) -> None:
    @router.get("/scorecards", response_model=bodies.ScorecardList)
    def list_scorecards(request: Request) -> Any:
        """The newest version of every scorecard, by name, and the audiences one reviews for."""
        caller, reach = room.reviewer(request)
        labels = reach.judged & caller.tree.audiences.keys()
        return answer(
            {
                "scorecards": [shown.scorecard(one) for one in room.reviews.scorecards.all(reach)],
                "audiences": [
                    {"label": label, "title": caller.tree.audiences[label].title}
                    for label in sorted(labels, key=lambda label: (label != EVERYONE, label))
                ],
            }
        )

    @router.post(
        "/scorecards",
        status_code=201,
        response_model=bodies.ScorecardOut,
        responses={422: {"model": bodies.Faults}},
    )
    def bring_scorecard(request: Request, given: bodies.ScorecardIn) -> Any:
        """Bring a scorecard in, or a version of one; 422 tells mistakes with line and field."""
        from eval.scorecards.reading import read_scorecard, written

        _, reach = room.reviewer(request)
        card, faults = read_scorecard(given.content.encode())
        if card is None:
            lines = [one.told(language_asked(request)) for one in faults[:MOST_FAULTS]]
            return answer({"error": lines[0], "faults": lines, "count": len(faults)}, 422)
        items = len(list(card.items))
        saved = room.reviews.scorecards.save(
            given.name, written(card), card.sha256, items, given.audience, reach
        )
        return answer(shown.scorecard(saved), 201)

    @router.get("/scorecards/{name}", response_model=bodies.CardOut)
    def show_scorecard(request: Request, name: Name) -> Any:
        """What the newest version of a scorecard asks."""
        _, reach = room.reviewer(request)
        found = room.reviews.scorecards.newest(name, reach)
        card = card_of(room.reviews, found.name, found.number)
        return answer(shown.card(card, language_asked(request)))

    @router.get("/scorecards/{name}/export", response_class=Response)
    def export_scorecard(request: Request, name: Name) -> Response:
        """The newest version of a scorecard as JSON, to be changed and brought in again."""
        _, reach = room.reviewer(request)
        found = room.reviews.scorecards.newest(name, reach)
        headers = {
            "cache-control": "no-store",
            "content-disposition": f'attachment; filename="{found.name}-v{found.number}.json"',
        }
        content = room.reviews.scorecards.content(found.name, found.number)
        return Response(content, headers=headers, media_type="application/json")

    @router.delete("/scorecards/{name}", response_model=bodies.ScorecardList)
    def remove_scorecard(request: Request, name: Name) -> Any:
        """Take a scorecard out of the list; its versions and reviews stay."""
        _, reach = room.reviewer(request)
        room.reviews.scorecards.remove(name, reach)
        return list_scorecards(request)


def _add_samples(router: APIRouter, room: ReviewRoom) -> None:
    @router.get("/samples", response_model=bodies.SampleList)
    def list_samples(request: Request) -> Any:
        """Samples of audiences that one reviews for, the newest first."""
        _, reach = room.reviewer(request)
        return answer({"samples": [shown.sample(one) for one in room.reviews.samples(reach)]})

    @router.post("/samples", status_code=201, response_model=bodies.SampleOut, responses=CONFLICT)
    def draw_sample(request: Request, given: bodies.SampleIn) -> Any:
        """Draw contacts at random, by contractor and tenure of the agent, and assign them."""
        from eval.scorecards.sampling import draw, new_seed

        _, reach = room.reviewer(request)
        wanted = Wanted(
            given.scorecard,
            given.first,
            given.last,
            given.size,
            tuple(dict.fromkeys(given.reviewers)) or (reach.name,),
            given.audience,
            given.double_share,
            given.seed or new_seed(),
        )
        return answer(shown.sample(room.reviews.draw(wanted, reach, draw)), 201)

    @router.get("/reviewers", response_model=bodies.Names)
    def list_reviewers(
        request: Request, audience: Annotated[str, Query(max_length=64)] = EVERYONE
    ) -> Any:
        """Accounts that may review contacts of an audience and those below it."""
        _, reach = room.reviewer(request)
        return answer({"reviewers": room.reviews.reviewers(audience, reach)})


def _add_reviewing(router: APIRouter, room: ReviewRoom) -> None:
    @router.get("/tasks", response_model=bodies.TaskList)
    def list_tasks(request: Request, sample: OfSample = None) -> Any:
        """What one is to review, in the order in which it was assigned."""
        _, reach = room.reviewer(request)
        found = room.reviews.tasks(reach, sample=sample)
        return answer({"tasks": [shown.task(one) for one in found]})

    @router.get("/tasks/{number}", response_model=bodies.TaskDetails)
    def show_task(request: Request, number: Number) -> Any:
        """A contact, what its agent had, the scorecard, and what was said of it."""
        caller, reach = room.reviewer(request)
        return answer(room.details(number, caller, reach, language_asked(request)))

    @router.get("/tasks/{number}/measured", response_model=bodies.MeasuredOut)
    def show_measured(request: Request, number: Number) -> Any:
        """What the check of drafts finds in the agent's words, for the items that it answers."""
        caller, reach = room.reviewer(request)
        return answer(evidence(room.measured(number, caller, reach, language_asked(request))[1]))

    @router.post("/tasks/{number}", response_model=bodies.Told, responses=CONFLICT)
    def give_review(request: Request, number: Number, given: bodies.ReviewIn) -> Any:
        """Give a review, or correct it with a reason."""
        from eval.scorecards.scoring import check_answers

        caller, reach = room.reviewer(request)
        card, measured = room.measured(number, caller, reach, language_asked(request))
        check_answers(card, given.answers)
        judgement = Judgement(given.answers, measured.answers, given.notes, given.reason)
        return answer(room.give(number, judgement, reach))


def _add_reading(router: APIRouter, room: ReviewRoom) -> None:
    @router.get("/results", response_model=bodies.ResultsOut)
    def show_results(
        request: Request,
        sample: OfSample = None,
        scorecard: Annotated[str | None, Query(max_length=100)] = None,
    ) -> Any:
        """What reviews come to: by section, contractor and tenure, and how far two agree.

        Of several versions of a scorecard, the reviews with the newest.
        """
        _, reach = room.caller(request, "see_contacts")
        name, version, card, found = results_of(
            room.reviews, reach, sample=sample, scorecard=scorecard
        )
        heading = {"scorecard": name, "version": version}
        return answer(heading | shown.results(found, card, language_asked(request)))

    @router.get("", response_model=bodies.ReviewedList)
    def list_reviewed(request: Request, sample: OfSample = None) -> Any:
        """Reviewed contacts of the audiences whose conversations one sees, newest first."""
        caller, reach = room.caller(request, "see_contacts")
        found = room.reviews.reviewed(reach, sample=sample)[::-1]
        return _listed(room, caller, request, found)

    @router.get("/own", response_model=bodies.ReviewedList)
    def list_own(request: Request) -> Any:
        """Reviews of one's own work, newest first: an agent's, and nobody else's."""
        caller, reach = room.caller(request, "hold_contacts")
        return _listed(room, caller, request, room.reviews.own(reach))


def _listed(
    room: ReviewRoom, caller: Caller, request: Request, found: list[Reviewed]
) -> JSONResponse:
    some = found[:MOST_REVIEWED]
    used = dict.fromkeys((one.scorecard, one.version) for one in some)
    language = language_asked(request)
    cards = {
        f"{name} {version}": shown.card(card_of(room.reviews, name, version), language)
        for name, version in used
    }
    known = caller.tree.audiences
    labels = {one.audience for one in some} & known.keys()
    return answer(
        {
            "reviewed": [reviewed_json(room.reviews, one) for one in some],
            "cards": cards,
            "audiences": {label: known[label].title for label in sorted(labels)},
        }
    )
