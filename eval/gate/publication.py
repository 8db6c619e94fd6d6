"""A version that is to be published -> the gate's verdict, before anybody is told from it.

Golden cases are asked of the register as it is and as it would be. Of the second, only those are
asked that the change can touch: its source was found for them, or is found now.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.models import Turn
from assistant.preview import Previewer, Trial
from assistant.support.check import SupportCheck
from eval.gate.decide import judge
from eval.gate.models import Decision, Evidence, Run
from eval.gate.policy import Policy
from eval.golden.models import GoldenCase
from eval.golden.reading import GoldenSet
from eval.measures.catalogue import MEASURES
from eval.outcome import Outcome
from eval.refusals import because
from eval.report.titles import told
from eval.runs.asking import MOST_RETRIEVED, ask
from eval.runs.at_once import at_once
from eval.runs.folder import catalogue
from eval.runs.judging import judged
from eval.runs.scoring import score
from knowledge.audience import AudienceTree
from knowledge.errors import WrongState
from knowledge.models import EVERYONE, Viewer
from knowledge.validity import Validity

MOST_SHOWN = 50
JOBS = 2
"""Cases asked at once."""
Progress = Callable[[int, int], None]
"""Told how many cases are done, of how many."""


@dataclass(frozen=True)
class PublicationGate:
    """Decides on versions of sources.

    Attributes:
        previewer: tries changes.
        check: judges statements.
        policy: what is gone by.
    """

    previewer: Previewer
    check: SupportCheck
    policy: Policy

    def decide(
        self,
        name: str,
        number: int,
        viewer: Viewer,
        golden: GoldenSet,
        tree: AudienceTree,
        *,
        validity: Validity | None = None,
        progress: Progress = lambda done, of: None,
    ) -> tuple[Decision, Evidence]:
        """May a version be published?

        Args:
            name: of the source.
            number: of the version, whatever its state.
            viewer: who asks; cases of audiences that they do not see are left out.
            golden: what is asked.
            tree: all audiences.
            validity: from which day to which; `None`: as its author asked.
            progress: called after each case.

        Raises:
            NotFound: there is no such version that the viewer may see.
            WrongState: no case of the set can be asked.
        """
        circles = {
            case.id: tree.above(case.audience or EVERYONE)
            for case in golden.cases
            if (case.audience or EVERYONE) in viewer.audiences & tree.audiences.keys()
        }
        trial = self.previewer.trial(name, number, viewer, set(circles.values()), validity=validity)
        # A case about a day of its own is asked about that day, which the change may not concern.
        cases = tuple(
            case
            for case in golden.cases
            if case.id in circles and case.on is None and not case.expired(trial.day)
        )
        if not cases:
            raise WrongState(because("run-all-expired", day=trial.day))
        asker = _Asker(trial, self.check, viewer.name, circles)
        before, after, reused = asker.both(cases, progress)
        return judge(
            Evidence(
                cases=cases,
                before=_run("before", cases, before, trial.day),
                after=_run("after", cases, after, trial.day),
                policy=self.policy,
                was=None,
                reused=reused,
            )
        )


@dataclass(frozen=True)
class _Asker:
    trial: Trial
    check: SupportCheck
    name: str
    circles: dict[str, frozenset[str]]

    def both(
        self, cases: Sequence[GoldenCase], progress: Progress
    ) -> tuple[dict[str, Outcome], dict[str, Outcome], frozenset[str]]:
        """Outcomes before and after, and the cases that were asked only once."""
        before: dict[str, Outcome] = {}
        after: dict[str, Outcome] = {}
        reused: set[str] = set()
        for name, was, becomes in at_once(cases, self._twice, JOBS):
            before[name] = was
            after[name] = becomes or was
            if becomes is None:
                reused.add(name)
            progress(len(before), len(cases))
        return before, after, frozenset(reused)

    def _twice(self, case: GoldenCase) -> tuple[str, Outcome, Outcome | None]:
        """A case's id and what it gets as it is and as it would be; `None`: the same."""
        before = self._ask(case, after=False)
        after = self._ask(case, after=True) if self._touched(case, before) else None
        return case.id, before, after

    def _ask(self, case: GoldenCase, *, after: bool) -> Outcome:
        assistant = self.trial.after if after else self.trial.before
        return judged(ask(case, assistant, self._viewer, self.trial.day), self.check)

    def _touched(self, case: GoldenCase, before: Outcome) -> bool:
        """Whether the source was found for the case, or would be."""
        if before.error is not None or self.trial.source in before.documents:
            return True
        history = [Turn(turn.role, turn.text) for turn in case.turns[:-1]]
        found = self.trial.after.search(
            case.question, self._viewer(case), history, top_k=MOST_RETRIEVED
        )
        return any(s.stored.chunk.document == self.trial.source for s in found.chunks)

    def _viewer(self, case: GoldenCase) -> Viewer:
        return Viewer(self.name, self.circles[case.id], self.trial.day)


def evidence_json(decision: Decision, evidence: Evidence) -> dict[str, Any]:
    """What is kept of a decision: findings in both languages, and the cases that flipped."""
    return {
        "cases": len(evidence.cases),
        "asked": len(evidence.cases) - len(evidence.reused),
        "findings": [
            {
                "stage": one.stage,
                "weight": one.weight,
                "es": told(one.says, "es"),
                "en": told(one.says, "en"),
                "cases": list(one.cases[:MOST_SHOWN]),
            }
            for one in decision.findings
        ],
        "flips": [
            {
                "case": f.case.id,
                "question": f.case.question,
                "lang": f.case.lang,
                "audience": f.case.audience or EVERYONE,
                "flip": f.flip,
                "critical": f.case.critical,
                "measures": list(f.measures),
                "before": _shown(evidence.before.outcomes[f.case.id]),
                "after": _shown(evidence.after.outcomes[f.case.id]),
            }
            for f in evidence.flips[:MOST_SHOWN]
        ],
    }


def _shown(outcome: Outcome) -> list[dict[str, str]]:
    """What an agent would read: statements with their source."""
    return [
        {"text": said.text, "document": said.citations[0].document if said.citations else ""}
        for said in outcome.said[:3]
    ]


def _run(name: str, cases: Sequence[GoldenCase], outcomes: dict[str, Outcome], day: date) -> Run:
    asked = GoldenSet.of(cases)
    scored = tuple(score(cases, outcomes))
    return Run(
        id=name,
        manifest={
            "golden": {"sha256": asked.sha256},
            "measures": catalogue(MEASURES),
            "today": day.isoformat(),
        },
        golden={case.id: case.sha256 for case in cases},
        golden_sha256=asked.sha256,
        outcomes=outcomes,
        kept=scored,
        scored=scored,
    )
