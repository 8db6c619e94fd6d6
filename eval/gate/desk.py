"""A version checked with every golden set that gates: asked, decided and kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.preview import Previewer
from assistant.support.check import SupportCheck
from eval.gate.models import Decision, Evidence
from eval.gate.policy import Policy
from eval.gate.publication import PublicationGate, evidence_json
from eval.golden.reading import read_golden
from eval.refusals import because
from eval.report.titles import told
from knowledge.errors import SettingsError
from knowledge.evaluations.golden_sets import GoldenSets, GoldenVersion
from knowledge.evaluations.publication_checks import PublicationChecks
from knowledge.models import Viewer
from knowledge.ports import Embedder
from knowledge.validity import Validity
from knowledge.work.work_store import WorkStore

Progress = Callable[[str, int, int], None]
"""Told the set's name, how many cases are done and of how many."""


@dataclass(frozen=True)
class PublicationDesk:
    """What checks versions of one register.

    Attributes:
        store: its work.
        previewer: tries changes on it.
        embedder: the collection's model.
        policy: what the gate goes by.
    """

    store: WorkStore
    previewer: Previewer
    embedder: Embedder
    policy: Policy

    def check(
        self,
        name: str,
        version: int,
        viewer: Viewer,
        *,
        validity: Validity | None = None,
        progress: Progress = lambda golden, done, of: None,
    ) -> list[tuple[GoldenVersion, Decision, Evidence]]:
        """What each golden set that gates says of a version; kept before it returns.

        Args:
            name: of the source.
            version: number of its version, whatever its state.
            viewer: who has it checked.
            validity: from which day to which; `None`: as its author asked.
            progress: see `Progress`.

        Raises:
            SettingsError: no set gates, or one is damaged.
            NotFound: there is no such version that the viewer may see.
            WrongState: no case of a set can be asked.
        """
        sets = GoldenSets(self.store)
        gating = sets.gating()
        if not gating:
            raise SettingsError(because("gate-none"))
        gate = PublicationGate(self.previewer, SupportCheck(self.embedder), self.policy)
        found = []
        for one in gating:
            _, content = sets.content(one.name, [one.audience], one.number)
            golden, faults = read_golden(content.encode())
            if golden is None:
                raise SettingsError(
                    because("golden-faults", name=one.name, first=faults[0], more=0)
                )

            def tell(done: int, of: int, golden_name: str = one.name) -> None:
                progress(golden_name, done, of)

            decision, evidence = gate.decide(
                name, version, viewer, golden, self.store.tree(), validity=validity, progress=tell
            )
            PublicationChecks(self.store).enter(
                name,
                version,
                one.set_id,
                one.number,
                decision.verdict,
                {"es": told(decision.sentence, "es"), "en": told(decision.sentence, "en")},
                evidence_json(decision, evidence),
                viewer,
            )
            found.append((one, decision, evidence))
        return found
