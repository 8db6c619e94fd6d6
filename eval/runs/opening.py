"""Settings and a golden set -> a run that can be asked, entered in the register."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from assistant.bootstrap import open_parts, operator
from assistant.pipeline import Assistant
from assistant.support.check import SupportCheck
from eval.gate.judges import may_not_gate
from eval.gate.policy import Policy
from eval.golden.loading import load_golden
from eval.golden.reading import GoldenSet, read_golden
from eval.judge.chat import ChatJudge, judge_of
from eval.judge.judging import also_judged
from eval.judge.labelled import digest, labelled
from eval.judge.record import newest, record_path
from eval.measures.catalogue import MEASURES
from eval.measures.judged import JUDGED
from eval.refusals import because
from eval.respelling import kinds as respelling
from eval.runs import manifest as manifests
from eval.runs.folder import RunFolder
from eval.runs.running import System, holding, system
from eval.runs.viewers import viewers
from knowledge.audience import AudienceTree
from knowledge.audit import local_actor
from knowledge.errors import SettingsError, WrongState
from knowledge.evaluations.golden_sets import GoldenSets, GoldenVersion
from knowledge.evaluations.run_log import RunLog
from knowledge.models import EVERYONE
from knowledge.ports import Embedder
from knowledge.settings import Settings
from knowledge.validity import today
from knowledge.work.work_store import WorkStore

SEED = 0


@dataclass(frozen=True)
class Chosen:
    """A golden set that is asked.

    Attributes:
        name: for people.
        golden: its cases.
        version: of the register; `None` for a file.
    """

    name: str
    golden: GoldenSet
    version: GoldenVersion | None = None


@dataclass(frozen=True)
class OpenRun:
    """A run that can be asked.

    Attributes:
        folder: where it is kept.
        answer: what is evaluated.
        today: day that is asked about where a case names none.
    """

    folder: RunFolder
    answer: System
    today: date


def runs_folder(settings: Settings) -> Path:
    """Where runs are kept."""
    return settings.data_dir / "runs"


def choose(named: str, settings: Settings, number: int | None = None) -> Chosen:
    """The golden set of a file, or of the register by its name.

    Args:
        named: a path that is there, or a name.
        settings: the data folder's.
        number: of the set's version in the register; `None`: the newest.

    Raises:
        SettingsError: it is neither, or has mistakes.
    """
    path = Path(named)
    if path.suffix or path.exists():
        golden, faults = load_golden(path)
        if golden is None:
            raise SettingsError(
                because("golden-faults", name=path, first=faults[0], more=len(faults) - 1)
            )
        return Chosen(path.stem, golden)
    with closing(WorkStore.open(settings)) as store:
        version, content = GoldenSets(store).content(named, _everybody(store), number)
    golden, faults = read_golden(content.encode())
    if golden is None:
        raise SettingsError(because("golden-faults", name=named, first=faults[0], more=0))
    return Chosen(f"{version.name} v{version.number}", golden, version)


@contextmanager
def new_run(
    chosen: Chosen,
    settings: Settings,
    policy: Policy,
    *,
    run_id: str | None = None,
    on: date | None = None,
    by: str | None = None,
    respelt: int = 0,
    judged: bool = False,
    progress: Callable[[str], None] | None = None,
) -> Iterator[OpenRun]:
    """A run that begins.

    Args:
        chosen: what is asked.
        settings: the data folder's.
        policy: what a gate will go by.
        run_id: of the run; `None`: made of the time.
        on: day asked about; `None`: today.
        by: account that starts it; `None`: whoever sits at this machine.
        respelt: cases of each language that are asked spelt otherwise too, see `eval.respelling`.
        judged: whether the chat model of the settings judges what is said, see `eval.judge`.
        progress: told of work that takes seconds.

    Raises:
        SettingsError: an audience of the set is not in the register, there is no chat model to
            judge, or it may not gate what the policy has it gate.
        WrongState: there is a run of that name.
    """
    day = on or today(settings.time_zone)
    name, version = run_id or new_id(), chosen.version
    with _judge(settings, wanted=judged) as judge:
        told = _told_of(judge, settings)
        languages = {case.lang for case in chosen.golden.cases}
        if (why := may_not_gate(policy, name, told, languages)) is not None:
            raise SettingsError(why)
        with open_parts(settings, progress) as (assistant, embedder):
            tree = assistant.audiences()
            _check_audiences(chosen.golden, tree)
            manifest = _manifest(chosen, assistant, settings, embedder.fingerprint, day)
            manifest["policy"] = policy.model_dump(mode="json", by_alias=True)
            manifest["respelt"] = {"each": respelt, "seed": SEED, "version": respelling.VERSION}
            manifest["judge"] = told
            with closing(WorkStore.open(settings)) as store:
                RunLog(store).began(
                    name,
                    set_id=version.set_id if version else None,
                    version=version.number if version else None,
                    audience=version.audience if version else EVERYONE,
                    golden_sha256=chosen.golden.sha256,
                    register_sha256=manifest["register"]["sha256"],
                    by=by or local_actor(),
                )
            folder = RunFolder.create(runs_folder(settings), name, manifest, chosen.golden)
            _warm(assistant, chosen.golden, tree)
            answer = _system(assistant, embedder, tree, manifest, chosen.golden, day)
            yield OpenRun(folder, answer if judge is None else also_judged(answer, judge), day)


@contextmanager
def resumed(
    run_id: str, settings: Settings, progress: Callable[[str], None] | None = None
) -> Iterator[OpenRun]:
    """A run that was broken off.

    Raises:
        NotFound: there is none.
        WrongState: it is finished, or what it asks or is asked of has changed since it began.
    """
    folder = RunFolder.open(runs_folder(settings), run_id)
    if folder.finished:
        raise WrongState(because("run-finished", run=run_id))
    began = folder.manifest()
    day, golden = date.fromisoformat(began["today"]), folder.golden()
    told = began.get("judge")
    with (
        _judge(settings, wanted=told is not None) as judge,
        open_parts(settings, progress) as (assistant, embedder),
    ):
        chosen = Chosen(began["golden"]["name"], golden)
        manifest = _manifest(chosen, assistant, settings, embedder.fingerprint, day)
        changed = manifests.differs(began, manifest)
        respelt = began.get("respelt", {"each": 0})
        if respelt["each"] and respelt["version"] != respelling.VERSION:
            changed.append("respelt")
        if judge is not None and told is not None and judge.id != told["id"]:
            changed.append("judge")
        if changed:
            raise WrongState(because("run-other-state", run=run_id, what=", ".join(changed)))
        tree = assistant.audiences()
        _warm(assistant, golden, tree)
        answer = _system(assistant, embedder, tree, began, golden, day)
        yield OpenRun(folder, answer if judge is None else also_judged(answer, judge), day)


def finish(folder: RunFolder, settings: Settings, by: str | None = None) -> None:
    """Enters in the register that a run is finished.

    Args:
        folder: of the run.
        settings: the data folder's.
        by: account that had it asked; `None`: whoever sits at this machine.
    """
    with closing(WorkStore.open(settings)) as store:
        RunLog(store).finished(folder.id, by or local_actor())


@contextmanager
def _judge(settings: Settings, *, wanted: bool) -> Iterator[ChatJudge | None]:
    """The judge of the settings, closed at the end."""
    if not wanted:
        yield None
        return
    with closing(judge_of(settings)) as judge:
        yield judge


def _told_of(judge: ChatJudge | None, settings: Settings) -> dict[str, Any] | None:
    """What a manifest says of a judge: who it is, and what it may gate in which languages."""
    if judge is None:
        return None
    found = newest(record_path(settings), judge.id, digest(labelled()))
    admitted: dict[str, list[str]] = {measure.name: [] for measure in JUDGED.values()}
    for one in found.admissions if found else ():
        if one.admitted:
            admitted[JUDGED[one.kind].name].append(one.language)
    return {"id": judge.id, "examined": found.at if found else None, "admitted": admitted}


def _system(
    assistant: Assistant,
    embedder: Embedder,
    tree: AudienceTree,
    manifest: Mapping[str, Any],
    golden: GoldenSet,
    day: date,
) -> System:
    """The assistant, asked as the run's manifest says."""
    plain = system(assistant, SupportCheck(embedder), viewers(tree), day)
    respelt = manifest.get("respelt", {"each": 0})
    if not respelt["each"]:
        return plain
    chosen = respelling.sampled(holding(golden, day), respelt["each"], respelt["seed"])
    return respelling.also_respelt(plain, chosen, respelt["seed"])


def _everybody(store: WorkStore) -> frozenset[str]:
    return store.tree().below(EVERYONE)


def _manifest(
    chosen: Chosen, assistant: Assistant, settings: Settings, fingerprint: str, day: date
) -> dict[str, Any]:
    return manifests.manifest(
        name=chosen.name,
        golden=chosen.golden,
        assistant=assistant,
        viewer=operator(assistant.audiences()),
        settings=settings,
        fingerprint=fingerprint,
        measures=MEASURES,
        today=day,
        seed=SEED,
    )


def _check_audiences(golden: GoldenSet, tree: AudienceTree) -> None:
    unknown = {c.audience for c in golden.cases if c.audience} - set(tree.audiences)
    if unknown:
        known = ", ".join(sorted(tree.audiences))
        raise SettingsError(because("golden-audience", audience=min(unknown), known=known))


def _warm(assistant: Assistant, golden: GoldenSet, tree: AudienceTree) -> None:
    """What only the first question waits for is no part of any answer's time."""
    assistant.settle()
    assistant.ask(golden.cases[0].question, operator(tree))


def new_id() -> str:
    """An id that no run had: made of the time, so that ids sort by it."""
    return f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
