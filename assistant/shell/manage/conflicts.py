"""Looking for contradictions and near-copies as a job, and showing what was found.

A job looks with the eyes of whoever asked, as of then. What it found is kept with it, and shown to
nobody else, and of that only what they may still see: rights and sources change.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import Any

from assistant.shell.conflict_lines import contradiction_json, duplicate_json
from knowledge.audience import MANAGERS_ONLY
from knowledge.conflicts.duplicates import duplicates
from knowledge.conflicts.published import published_contradictions
from knowledge.jobs import Job, Kind, NewJob
from knowledge.models import Viewer
from knowledge.register import Register
from knowledge.settings import Settings
from knowledge.work.work_store import WorkStore

MAX_KEPT = 500
"""The surest of what was found; whoever has settled these looks again."""

Json = dict[str, Any]


def search(kind: Kind, viewer: Viewer, title: str) -> NewJob:
    """The job that looks for something with a viewer's eyes."""
    wanted = {"audiences": sorted(viewer.audiences)}
    return NewJob(kind, viewer.name, title, MANAGERS_ONLY, wanted)


def findings_of(job: Job, settings: Settings, told: Callable[[str, int, int], None]) -> Json:
    """What a job finds: how much, and the surest with the passages that they are in.

    Args:
        job: made by `search`.
        settings: the data folder's.
        told: is told how far it is, and may raise to end it.
    """
    viewer = Viewer(job.actor, frozenset(job.wanted["audiences"]))
    with closing(WorkStore.open(settings)) as store:
        if job.kind == "contradictions":
            found = [
                _kept(contradiction_json(one), one.first.passage, one.second.passage)
                for one in published_contradictions(store, viewer, progress=told)
            ]
        else:
            found = [
                _kept(duplicate_json(one), one.place.passage, one.of.passage)
                for one in duplicates(store, viewer, progress=told)
            ]
    return {"found": len(found), "findings": found[:MAX_KEPT]}


def seen_now(job: Job, register: Register, viewer: Viewer) -> list[Json]:
    """Of what a job found, that whose passages are in force and the viewer may see now.

    Args:
        job: that is done.
        register: of the served process.
        viewer: who asks.
    """
    kept = job.result.get("findings", [])
    keys = sorted({key for one in kept for key in one["passages"]})
    seen = {stored.key for stored in register.chunks(keys, viewer)}
    return [one["finding"] for one in kept if seen.issuperset(one["passages"])]


def last_count(kind: Kind, register: Register, viewer: Viewer) -> Json | None:
    """How much of a viewer's last finished search still stands, and when it was; else `None`."""
    done = register.jobs.newest(kind, viewer.name, "done")
    if done is None or done.ended_at is None:
        return None
    return {"count": len(seen_now(done, register, viewer)), "ended_at": done.ended_at.isoformat()}


def _kept(finding: Json, *passages: int) -> Json:
    return {"passages": list(passages), "finding": finding}
