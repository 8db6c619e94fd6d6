"""Sources, versions, jobs and accounts as JSON, as `bodies` describes them."""

from __future__ import annotations

from typing import Any

from assistant.shell.manage.office import Caller
from assistant.shell.source_commands import source_json, version_json
from knowledge.audience import AudienceTree
from knowledge.curation_rows import SourceInfo
from knowledge.identity.access import Action
from knowledge.identity.accounts import Account
from knowledge.jobs import Job
from knowledge.models import Chunk, Document, Language
from knowledge.sections import heading_names

Json = dict[str, Any]

_ASKED: tuple[Action, ...] = ("edit_source", "publish")


def source(info: SourceInfo, caller: Caller) -> Json:
    """A source, with what whoever asks may do to it."""
    allowed = [action for action in _ASKED if caller.may(action, info.audience)]
    return source_json(info) | {"may": allowed}


def details(info: SourceInfo, caller: Caller) -> Json:
    """A source with all its versions and the headings of the newest."""
    curation, viewer = caller.office.curation, caller.viewer
    versions = curation.versions(info.name, viewer)
    newest = curation.text(info.name, versions[0].number, viewer)
    return source(info, caller) | {
        "review_days": info.review_days,
        "reviewed_on": info.reviewed_on.isoformat() if info.reviewed_on else None,
        "headings": heading_names(newest),
        "history": [version_json(one) for one in versions],
    }


def text(document: Document, chunks: list[Chunk]) -> Json:
    """What was read, and how it was cut."""
    return {
        "title": document.title,
        "language": document.language,
        "text": document.text,
        "headings": heading_names(document),
        "passages": [
            {
                "ordinal": chunk.ordinal,
                "headings": list(chunk.headings),
                "page": chunk.page,
                "row": chunk.row,
                "language": chunk.language,
                "text": chunk.text,
                "sentences": len(chunk.sentences),
            }
            for chunk in chunks
        ],
    }


def job(one: Job, language: Language = "en") -> Json:
    """A job, with what it says in a language."""
    result = dict(one.result)
    told = result.pop("told", None)
    if "refused" in result:
        result["refused"] = [_refused(entry, language) for entry in result["refused"]]
    return {
        "id": one.id,
        "kind": one.kind,
        "title": one.title,
        "actor": one.actor,
        "state": one.state,
        "attempts": one.attempts,
        "done": one.done,
        "total": one.total,
        "message": told[language] if told else one.message,
        # What was found is shown by its own route, to whom may see it then
        "result": {name: value for name, value in result.items() if name != "findings"},
        "created_at": one.created_at.isoformat(),
        "started_at": one.started_at.isoformat() if one.started_at else None,
        "ended_at": one.ended_at.isoformat() if one.ended_at else None,
    }


def _refused(entry: Json, language: Language) -> Json:
    kept = {name: value for name, value in entry.items() if name != "told"}
    return kept | ({"reason": entry["told"][language]} if "told" in entry else {})


def audiences(tree: AudienceTree, labels: frozenset[str]) -> Json:
    """These audiences, each after its parent."""
    shown = sorted(labels & tree.audiences.keys(), key=lambda label: _path(tree, label))
    return {"audiences": [vars(tree.audiences[label]) for label in shown]}


def user(account: Account) -> Json:
    """An account."""
    return {
        "name": account.name,
        "display_name": account.display_name,
        "language": account.language,
        "grants": sorted(map(str, account.grants)),
        "disabled": account.disabled,
        "provider": account.provider,
        "created_at": account.created_at,
    }


def _path(tree: AudienceTree, label: str) -> list[str]:
    path: list[str] = []
    here: str | None = label
    while here is not None:
        path.append(here)
        here = tree.audiences[here].parent
    return path[::-1]
