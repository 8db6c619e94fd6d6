"""Every route of the application, for everybody: who gets what.

The list of routes is the application's own, Gradio's among them; one that is not in the table
below fails the test, so that none is served before somebody has decided for whom.
"""

from __future__ import annotations

import inspect
import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import anyio
import gradio as gr
import pytest
from fastapi import FastAPI
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient

from assistant.shell.access import COOKIE
from assistant.shell.web import create_app
from tests.e2e.page_double import LEVANTE_PDF, RETURNS_PDF, PageDouble
from tests.people import People

BASE = "http://127.0.0.1:7860"
ORIGIN = {"host": "127.0.0.1:7860", "origin": BASE, "sec-fetch-site": "same-origin"}

WHO = ["anonymous", "ana", "olga", "marta", "pablo", "quim", "adela", "key", "channel"]
"""Nobody; agents of Levante and of Meridiano; manager, approver, QA and administrator of all;
programs with the key of an agent of Levante, and with one that brings contacts in."""

Row = list[int]


def everybody(status: int) -> Row:
    return [status] * 9


def signed_in(status: int) -> Row:
    return [401, *[status] * 6, 401, 401]


def askers(status: int) -> Row:
    return [401, *[status] * 5, 401, 401, 401]


def programs(status: int, *, admin: int) -> Row:
    return [401, *[status] * 5, admin, status, admin]


def managers(manager: int, approver: int) -> Row:
    return [401, 403, 403, manager, approver, 403, 403, 403, 403]


def handlers(status: int) -> Row:
    """Those who see what agents report and ask: manager, approver, QA."""
    return [401, 403, 403, status, status, status, 403, 403, 403]


def listeners(status: int) -> Row:
    """Those who see everybody's contacts: manager and QA."""
    return [401, 403, 403, status, 403, status, 403, 403, 403]


def admins(status: int) -> Row:
    return [401, 403, 403, 403, 403, 403, status, 403, 403]


def speakers(status: int) -> Row:
    """Those who hold contacts, and the program that brings them in."""
    return [401, *[status] * 5, 403, 403, status]


def holders(status: int) -> Row:
    """Those who hold contacts, in person."""
    return [401, *[status] * 5, 403, 403, 403]


CLOSED = everybody(404)

OURS: dict[str, Row] = {
    "GET /": [303, *[200] * 5, 303, 303, 303],
    "HEAD /": [303, *[200] * 5, 303, 303, 303],
    "GET /manage": [303, 403, 403, 200, 200, 403, 200, 303, 303],
    "GET /contact": [303, *[200] * 5, 403, 303, 303],
    "GET /login": [200, *[303] * 6, 200, 200],
    "POST /login": everybody(401),
    "GET /login/oidc": everybody(303),
    "GET /login/oidc/callback": everybody(303),
    "GET /logout": everybody(303),
    "POST /logout": everybody(303),
    "GET /password": [303, *[200] * 6, 303, 303],
    "POST /password": signed_in(422),
    "GET /healthz": everybody(200),
    "GET /readyz": everybody(200),
    "GET /favicon.ico": everybody(200),
    "GET /voz/page.css": everybody(200),
    "GET /v1/openapi.json": programs(200, admin=200),
    "HEAD /v1/openapi.json": programs(200, admin=200),
    "POST /v1/ask": programs(200, admin=403),
    "POST /v1/drafts/check": programs(404, admin=403),
    "GET /v1/page.png": programs(404, admin=403),
    "GET /v1/passage": programs(422, admin=422),
    "GET /v1/customers": [401, 422, 422, 422, 403, 403, 403, 422, 403],
    "GET /v1/customers/{key:path}": [401, 200, 200, 200, 403, 403, 403, 200, 403],
    "GET /v1/me": programs(200, admin=200),
}

_SOURCE = "/v1/sources/{number}"
_VERSION = f"{_SOURCE}/versions/{{version}}"
_USER = "/v1/users/{name}"

FORMS = frozenset({"POST /v1/sources", "POST /v1/imports", "POST /v1/evaluations/sets"})
"""What takes a file."""

MANAGERS: dict[str, Row] = {
    "GET /v1/sources": managers(200, 200),
    "POST /v1/sources": managers(422, 403),
    "POST /v1/imports": managers(422, 403),
    f"GET {_SOURCE}": managers(404, 404),
    f"GET {_VERSION}": managers(404, 404),
    f"GET {_SOURCE}/differences": managers(404, 404),
    f"POST {_VERSION}/submit": managers(404, 403),
    f"POST {_VERSION}/send-back": managers(404, 404),
    f"POST {_VERSION}/publish": managers(403, 404),
    f"GET {_VERSION}/check": managers(403, 404),
    f"POST {_VERSION}/check": managers(403, 404),
    f"POST {_SOURCE}/retire": managers(403, 404),
    f"POST {_SOURCE}/audience": managers(404, 403),
    f"POST {_SOURCE}/restrict": managers(404, 403),
    f"POST {_SOURCE}/describe": managers(404, 403),
    f"POST {_SOURCE}/reviewed": managers(404, 404),
    "POST /v1/cards": managers(202, 403),
    "GET /v1/jobs": managers(200, 200),
    "GET /v1/jobs/{number}": managers(404, 404),
    "POST /v1/jobs/{number}/again": managers(404, 403),
    "GET /v1/work": handlers(200),
    "GET /v1/gaps": handlers(200),
    **{
        f"POST /v1/gaps/{{number}}/{what}": managers(404, 404)
        for what in ("assign", "dismiss", "close", "reopen")
    },
    "POST /v1/gaps/{number}/card": managers(404, 403),
    "GET /v1/feedback": handlers(200),
    **{
        f"POST /v1/feedback/{{number}}/{what}": managers(404, 404)
        for what in ("take", "assign", "resolve", "decline")
    },
    "GET /v1/stale": managers(200, 200),
    "GET /v1/receipts": handlers(200),
    "GET /v1/receipts/pending": handlers(404),
    "POST /v1/receipts": managers(404, 404),
    "POST /v1/receipts/{number}/withdraw": managers(404, 404),
    "GET /v1/series": handlers(200),
    "GET /v1/themes": listeners(200),
    "GET /v1/themes/groups": listeners(200),
    "GET /v1/themes/export": listeners(200),
    "GET /v1/themes/{number}": listeners(404),
    "GET /v1/measures": listeners(200),
    "GET /v1/reports/{month}": listeners(422),
    "GET /v1/voice": managers(200, 200),
    "POST /v1/voice/read": managers(422, 422),
    "POST /v1/voice/try": managers(422, 422),
    "GET /v1/contradictions": managers(200, 200),
    "POST /v1/contradictions": managers(202, 202),
    "GET /v1/duplicates": managers(200, 200),
    "POST /v1/duplicates": managers(202, 202),
    "GET /v1/audiences": [401, 403, 403, 200, 200, 403, 200, 403, 403],
    "POST /v1/audiences": admins(201),
    "PATCH /v1/audiences/{label}": admins(404),
    "DELETE /v1/audiences/{label}": admins(404),
    "GET /v1/users": admins(200),
    "POST /v1/users": admins(201),
    **{
        f"POST {_USER}/{what}": admins(404)
        for what in ("password", "grant", "revoke", "disable", "enable")
    },
}
"""What managers, approvers and administrators work with; where a source, version, job, audience
or account is named, it is one that does not exist."""


_CONTACT = "/v1/contacts/{key}"

CONTACTS: dict[str, Row] = {
    "GET /v1/contacts": speakers(200),
    "POST /v1/contacts": [401, *[201] * 4, 422, 403, 403, 201],
    f"GET {_CONTACT}": speakers(404),
    f"POST {_CONTACT}/turns": speakers(404),
    f"POST {_CONTACT}/transcript": speakers(404),
    f"POST {_CONTACT}/end": speakers(404),
    f"GET {_CONTACT}/events": speakers(404),
    f"POST {_CONTACT}/suggestions/pin": speakers(404),
    f"POST {_CONTACT}/suggestions/dismiss": speakers(404),
    f"POST {_CONTACT}/suggestions/listening": speakers(404),
    f"POST {_CONTACT}/suggestions/acts": speakers(404),
    f"GET {_CONTACT}/suggestions/acts": speakers(404),
    f"POST {_CONTACT}/suggestions/feedback": [401, *[404] * 5, 403, 404, 403],
    f"POST {_CONTACT}/suggestions/details": [401, *[404] * 5, 403, 403, 403],
    f"GET {_CONTACT}/customer": [401, 404, 404, 404, 403, 403, 403, 403, 403],
    f"POST {_CONTACT}/customer": [401, 404, 404, 404, 403, 403, 403, 403, 403],
    f"GET {_CONTACT}/repeats": [401, 422, 422, 422, 422, 422, 422, 422, 422],
    f"GET {_CONTACT}/summary": speakers(404),
    f"POST {_CONTACT}/summary": holders(404),
    f"POST {_CONTACT}/summary/text": speakers(404),
    f"POST {_CONTACT}/summary/send": holders(409),
    f"GET {_CONTACT}/transfer": speakers(404),
    f"GET {_CONTACT}/transfer/targets": speakers(404),
    f"POST {_CONTACT}/transfer": speakers(404),
    f"POST {_CONTACT}/withdraw": speakers(404),
    f"POST {_CONTACT}/accept": holders(404),
    f"POST {_CONTACT}/decline": holders(404),
    "GET /v1/transfers": holders(200),
    "WEBSOCKET /v1/contacts/events": [401, *[101] * 5, 403, 403, 403],
    f"WEBSOCKET {_CONTACT}/events": [401, *[404] * 8],
}
"""QA of several audiences has to name one. Where a contact is named, it is one that does not
exist; a WebSocket says no more to those who may see none."""


_COMMITMENT = "/v1/commitments/{key}"

COMMITMENTS: dict[str, Row] = {
    "GET /v1/commitments": speakers(200),
    "POST /v1/commitments": holders(201),
    "GET /v1/commitments/owed": [401, *[422] * 8],
    "GET /v1/commitments/counts": speakers(200),
    "GET /v1/commitments/export": [401, 403, 403, 200, 403, 200, 403, 403, 403],
    "POST /v1/commitments/recognise": holders(200),
    f"GET {_COMMITMENT}": speakers(422),
    **{
        f"POST {_COMMITMENT}/{what}": holders(422)
        for what in ("confirm", "discard", "assign", "note", "move", "close")
    },
}
"""Where one is named, it is by no key; what a customer is owed is asked without a customer."""


SUMMARY = {"language": "es", "outcome": "resolved", "lines": []}

_QUESTION = "/v1/escalations/{key}"


def experts(status: int) -> Row:
    """Those who answer what agents ask the company: manager and approver here."""
    return [401, 403, 403, status, status, 403, 403, 403, 403]


ESCALATIONS: dict[str, Row] = {
    "GET /queue": [303, 403, 403, 200, 200, 403, 403, 303, 303],
    "GET /v1/escalations": [401, *[200] * 5, 403, 403, 403],
    "POST /v1/escalations": [401, *[409] * 4, 422, 403, 403, 403],
    "POST /v1/escalations/preview": [401, *[200] * 4, 422, 403, 403, 403],
    "GET /v1/escalations/queue": experts(200),
    "WEBSOCKET /v1/escalations/queue": [401, 403, 403, 101, 101, 403, 403, 403, 403],
    "GET /v1/escalations/duty": experts(200),
    "POST /v1/escalations/duty": experts(200),
    "GET /v1/escalations/people": experts(200),
    "GET /v1/escalations/topics": [401, *[200] * 5, 403, 403, 403],
    "POST /v1/escalations/topics": experts(201),
    "PATCH /v1/escalations/topics/{number}": experts(404),
    "DELETE /v1/escalations/topics/{number}": experts(404),
    f"GET {_QUESTION}": [401, *[404] * 5, 403, 403, 403],
    f"POST {_QUESTION}/withdraw": [401, *[404] * 5, 403, 403, 403],
    f"POST {_QUESTION}/topic": [401, *[404] * 5, 403, 403, 403],
    f"POST {_QUESTION}/read": [401, *[404] * 5, 403, 403, 403],
    f"POST {_QUESTION}/used": [401, *[404] * 5, 403, 403, 403],
    f"POST {_QUESTION}/seen": experts(404),
    f"POST {_QUESTION}/take": experts(404),
    f"POST {_QUESTION}/pass": experts(404),
    f"POST {_QUESTION}/answer": experts(404),
    f"POST {_QUESTION}/card": experts(404),
}
"""QA of several audiences has to name one; no topic fits. Where a question is named, it is one that
does not exist."""


_EVALUATIONS = "/v1/evaluations"
_SET = f"{_EVALUATIONS}/sets/{{name}}"
_RUN = f"{_EVALUATIONS}/runs/{{run}}"


def quality(status: int) -> Row:
    """Those who evaluate: QA."""
    return [401, 403, 403, 403, 403, status, 403, 403, 403]


QUALITY: dict[str, Row] = {
    "GET /quality": [303, 403, 403, 403, 403, 200, 403, 303, 303],
    "GET /voz/quality/report.css": everybody(200),
    f"GET {_EVALUATIONS}/sets": quality(200),
    f"POST {_EVALUATIONS}/sets": quality(422),
    f"GET {_SET}": quality(404),
    f"DELETE {_SET}": quality(404),
    f"GET {_SET}/export": quality(404),
    f"POST {_SET}/gates": quality(404),
    f"GET {_SET}/trend": quality(404),
    f"POST {_SET}/cases": quality(422),
    f"POST {_EVALUATIONS}/drafts": quality(404),
    f"GET {_EVALUATIONS}/runs": quality(200),
    f"POST {_EVALUATIONS}/runs": quality(404),
    f"GET {_RUN}": quality(404),
    **{f"GET {_RUN}/{what}": quality(404) for what in ("state", "plots", "report")},
    f"GET {_RUN}/cases/{{case:path}}": quality(404),
    f"GET {_RUN}/card/{{case:path}}": quality(404),
    **{f"POST {_RUN}/{what}": quality(404) for what in ("cancel", "resume", "decision")},
    f"POST {_EVALUATIONS}/told": handlers(200),
}
"""Where a set or run is named, it is one that does not exist."""


_REVIEWS = "/v1/reviews"

REVIEWS: dict[str, Row] = {
    "GET /reviews": [303, *[200] * 5, 403, 303, 303],
    f"GET {_REVIEWS}": listeners(200),
    f"GET {_REVIEWS}/own": holders(200),
    f"GET {_REVIEWS}/results": listeners(404),
    f"GET {_REVIEWS}/scorecards": quality(200),
    f"POST {_REVIEWS}/scorecards": quality(422),
    **{
        f"{method} {_REVIEWS}/scorecards/{{name}}{rest}": quality(404)
        for method, rest in (("GET", ""), ("GET", "/export"), ("DELETE", ""))
    },
    f"GET {_REVIEWS}/samples": quality(200),
    f"POST {_REVIEWS}/samples": quality(404),
    f"GET {_REVIEWS}/reviewers": quality(200),
    f"GET {_REVIEWS}/tasks": quality(200),
    f"GET {_REVIEWS}/tasks/{{number}}": quality(404),
    f"GET {_REVIEWS}/tasks/{{number}}/measured": quality(404),
    f"POST {_REVIEWS}/tasks/{{number}}": quality(404),
}
"""Where a scorecard or task is named, it is one that does not exist; nothing was reviewed."""


def body_for(path: str, unique: str) -> Any:
    """A well-formed body for a route of the managers."""
    label = "".join(c for c in unique if c.isalnum())
    return {
        "assign": {"account" if "commitments" in path else "owner": "marta"},
        "commitments": {"kind": "complaint", "words": "Sin mesa."},
        "recognise": {"text": "Le llamamos mañana."},
        "note": {"text": "Hablado."},
        "move": {"due": "2999-12-31", "reason": "Otro día."},
        "close": {"outcome": "kept"} if "commitments" in path else {},
        "escalations": {"question": "¿plazo?"},
        "preview": {"question": "¿plazo?"},
        "duty": {"on": True},
        "gates": {"on": True},
        "runs": {"set": "none"},
        "drafts": {"origin": "documents", "sources": ["none"]},
        "cases": {"cases": [{"id": "none"}]},
        "decision": {"against": "none"},
        "told": {"question": "¿plazo?", "at": "2026-01-31", "audience": "staff"},
        "read": {"text": ""},
        "try": {"sentence": "¿plazo?", "channel": "chat"},
        "{number}": {"answers": {}}
        if "reviews" in path
        else {"name": "Plazos", "audience": "staff"},
        "scorecards": {"name": "pauta", "content": ""},
        "samples": {
            "scorecard": "none",
            "first": "2026-01-01",
            "last": "2026-01-31",
            "size": 10,
            "reviewers": [],
        },
        "topics": {"name": "Plazos", "audience": "staff"},
        "topic": {"topic": 1},
        "answer": {"text": "Sí."},
        "dismiss": {"suggestion": "a"} if "suggestions" in path else {"reason": "No es nuestro."},
        "resolve": {"answer": "Corregido."},
        "decline": {"reason": ""} if "contacts" in path else {"answer": "Está bien así."},
        "summary": {"base": 0, "summary": SUMMARY},
        "text": SUMMARY,
        "send": {"version": 1},
        "transfer": {"agent": "olga"},
        "contacts": {"channel": "call", "reference": unique}
        | ({"agent": "ana"} if unique.startswith("channel") else {}),
        "turns": {"turns": [{"utterance": "1", "speaker": "customer", "text": "Hola."}]},
        "pin": {"suggestion": "a"},
        "listening": {"listening": False},
        "acts": {"acts": [{"act": "shown", "suggestion": "a"}]},
        "feedback": {"suggestion": "a", "kind": "useful"},
        "details": {},
        "customer": {"customer": "C-1"},
        "transcript": {"text": "Cliente: Hola."},
        "receipts": {"source": 999, "version": 1, "labels": ["staff"], "due": "2999-12-31"},
        "audience": {"labels": ["staff"]},
        "restrict": {"heading": "Plazo", "internal": True},
        "cards": {"question": f"¿{unique}?", "answer": "Sí.", "language": "es"},
        "audiences": {"label": f"g-{label}", "title": "Grupo"},
        "{label}": {"title": "Otro"},
        "users": {"name": f"u-{label}"},
        "grant": {"grant": "agent@staff"},
        "revoke": {"grant": "agent@staff"},
    }.get(path.rpartition("/")[2], {})


GRADIOS: dict[str, Row] = {
    "GET /config": askers(200),
    "GET /theme.css": signed_in(200),
    "GET /manifest.json": signed_in(200),
    "GET /assets/{path:path}": signed_in(404),
    "GET /static/{path:path}": signed_in(404),
    "GET /svelte/{path:path}": signed_in(404),
    "GET /gradio_api/info": askers(200),
    "GET /gradio_api/app_id": signed_in(200),
    "GET /gradio_api/startup-events": signed_in(200),
    "GET /gradio_api/theme.css": signed_in(200),
    "GET /gradio_api/heartbeat/{session_hash}": signed_in(200),
    "POST /gradio_api/queue/join": askers(200),
    "GET /gradio_api/queue/data": askers(200),
    "GET /gradio_api/queue/status": askers(200),
    "POST /gradio_api/cancel": signed_in(403),
    "POST /gradio_api/reset": signed_in(403),
}

CLOSED_ROUTES = """
GET /openapi.json, HEAD /openapi.json, POST /login/, GET /config/, GET /robots.txt, GET /pwa_icon,
GET /pwa_icon/{size}, GET /monitoring, GET /monitoring/summary, GET /monitoring/{key},
GET /gradio_api/deep_link, GET /gradio_api/user, GET /gradio_api/user/,
GET /gradio_api/login_check, GET /gradio_api/login_check/, GET /gradio_api/token,
GET /gradio_api/token/, GET /gradio_api/app_id/, GET /gradio_api/dev/reload,
GET /gradio_api/runs, GET /gradio_api/runs/, GET /gradio_api/info/, GET /gradio_api/openapi.json,
GET /gradio_api/custom_component/{id}/{environment}/{type}/{file_name},
GET /gradio_api/proxy={url_path:path}, HEAD /gradio_api/proxy={url_path:path},
GET /gradio_api/file={path_or_url:path}, HEAD /gradio_api/file={path_or_url:path},
GET /gradio_api/file/{path:path}, POST /gradio_api/stream/{event_id},
POST /gradio_api/stream/{event_id}/close,
GET /gradio_api/stream/{session_hash}/{run}/{component_id}/playlist.m3u8,
GET /gradio_api/stream/{session_hash}/{run}/{component_id}/{segment_id}.{ext},
GET /gradio_api/stream/{session_hash}/{run}/{component_id}/playlist-file,
POST /gradio_api/reset/, POST /gradio_api/api/{api_name}, POST /gradio_api/api/{api_name}/,
POST /gradio_api/run/{api_name}, POST /gradio_api/run/{api_name}/,
POST /gradio_api/call/{api_name}, POST /gradio_api/call/{api_name}/,
POST /gradio_api/call/v2/{api_name}, POST /gradio_api/call/v2/{api_name}/,
GET /gradio_api/call/{api_name}/{event_id}, GET /gradio_api/call/v2/{api_name}/{event_id},
POST /gradio_api/component_server, POST /gradio_api/component_server/,
GET /gradio_api/upload_progress, POST /gradio_api/upload, POST /gradio_api/process_recording,
POST /gradio_api/vibe-edit, POST /gradio_api/vibe-edit/, POST /gradio_api/undo-vibe-edit,
POST /gradio_api/undo-vibe-edit/, GET /gradio_api/vibe-code, GET /gradio_api/vibe-code/,
POST /gradio_api/vibe-code, POST /gradio_api/vibe-code/, POST /gradio_api/vibe-starter-queries,
POST /gradio_api/vibe-starter-queries/
"""

HIDDEN_BY_OURS = {"GET /favicon.ico", "POST /login", "GET /logout"}
"""Gradio has these too; ours are routed first."""

EXPECTED = {
    **OURS,
    **MANAGERS,
    **CONTACTS,
    **COMMITMENTS,
    **ESCALATIONS,
    **QUALITY,
    **REVIEWS,
    **GRADIOS,
    **{route.strip(): CLOSED for route in CLOSED_ROUTES.split(",")},
}


@dataclass(frozen=True)
class Reply:
    status: int
    body: bytes


class House:
    """The application, running, and requests to it by anybody."""

    def __init__(self, app: FastAPI, people: People, client: TestClient) -> None:
        self.app = app
        self.people = people
        self._client = client
        self._tokens = {name: people.token(name) for name in WHO[1:-2]}
        self._count = itertools.count()

    def ask(
        self, who: str, method: str, path: str, *, json_body: Any = None, form: str | None = None
    ) -> Reply:
        """The answer to one request; of a stream, its beginning."""
        headers = {**ORIGIN, **self._identity(who)}
        body = b""
        if json_body is not None:
            body = json.dumps(json_body).encode()
            headers["content-type"] = "application/json"
        elif form is not None:
            body, headers["content-type"] = form.encode(), "application/x-www-form-urlencoded"
        headers["content-length"] = str(len(body))
        assert self._client.portal is not None
        return self._client.portal.call(_reply, self.app, method, path, headers, body)

    def route(self, who: str, route: str) -> Reply:
        """The answer to a well-formed request to a route."""
        method, path = route.split(" ")
        unique = f"{who}{next(self._count)}"
        json_body: Any = None
        form: str | None = None
        if path == "/gradio_api/queue/data":
            self.join(who, unique)
            path += f"?session_hash={unique}"
        elif path == "/gradio_api/queue/join":
            json_body = {"session_hash": unique, "fn_index": 0, "data": []}
        elif path == "/v1/page.png":
            path += "?" + urlencode({"document": "none.pdf", "page": 1, "start": 0, "end": 1})
        elif path == "/v1/receipts/pending":
            path += "?account=nobody"
        elif path == "/v1/escalations/people":
            path += "?audience=staff"
        elif path == "/v1/ask":
            json_body = {"question": "¿plazo?"}
        elif path == "/v1/drafts/check":
            json_body = {"draft": "Se lo envio hoy.", "contact": "nobodys"}
        elif (
            route in (*MANAGERS, *CONTACTS, *COMMITMENTS, *ESCALATIONS, *QUALITY, *REVIEWS)
            and method != "GET"
            and route not in FORMS
        ):
            json_body = body_for(path, unique)
        elif path == "/login":
            form = urlencode({"name": unique, "password": "x"}) if method == "POST" else None
        elif path.startswith("/gradio_api/") and method == "POST":
            json_body = {"session_hash": unique, "fn_index": 0, "event_id": "none"}
        elif method == "POST":
            form = ""
        if path == "/logout" and who in self._tokens:
            self._tokens[who] = self.people.token(who)
        reply = self.ask(who, method, _filled(path, unique), json_body=json_body, form=form)
        if path == "/logout" and who in self._tokens:
            self._tokens[who] = self.people.token(who)
        return reply

    def join(self, who: str, tab: str, fn_index: int = 0, data: Any = ()) -> Reply:
        body = {"session_hash": tab, "fn_index": fn_index, "data": list(data)}
        return self.ask(who, "POST", "/gradio_api/queue/join", json_body=body)

    def _identity(self, who: str) -> dict[str, str]:
        if who == "anonymous":
            return {}
        if who in ("key", "channel"):
            key = self.people.key if who == "key" else self.people.channel
            return {"authorization": f"Bearer {key}"}
        return {"cookie": f"{COOKIE}={self._tokens[who]}"}


async def _reply(
    app: FastAPI, method: str, path: str, headers: dict[str, str], body: bytes
) -> Reply:
    """One request as a server hands it over; a stream is left after its first piece."""
    path, _, query = path.partition("?")
    socket = method == "WEBSOCKET"
    scope = {
        "type": "websocket" if socket else "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "extensions": {"websocket.http.response": {}},
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 50000),
        "server": ("127.0.0.1", 7860),
        "state": {},
    }
    got: dict[str, Any] = {"status": 0, "body": b"", "stream": False}
    received = False

    async def receive() -> dict[str, Any]:
        nonlocal received
        if received:
            await anyio.sleep_forever()
        received = True
        if socket:
            return {"type": "websocket.connect"}
        return {"type": "http.request", "body": body, "more_body": False}

    async with anyio.create_task_group() as group:

        async def send(message: dict[str, Any]) -> None:
            if message["type"].endswith("http.response.start"):
                got["status"] = message["status"]
                got["stream"] = (b"text/event-stream; charset=utf-8") in dict(
                    message["headers"]
                ).values()
            elif message["type"] == "websocket.accept":
                got["status"] = 101
                group.cancel_scope.cancel()
            else:
                got["body"] += message.get("body", b"")
                if got["stream"] and got["body"]:
                    group.cancel_scope.cancel()

        with anyio.fail_after(10):
            await app(scope, receive, send)
    return Reply(got["status"], got["body"])


def _filled(path: str, unique: str) -> str:
    for name in ("{session_hash}", "{path:path}", "{url_path:path}", "{path_or_url:path}"):
        path = path.replace(name, unique)
    path = path.replace("{number}", "999").replace("{version}", "1")
    while "{" in path:
        before, _, rest = path.partition("{")
        path = f"{before}x{rest.partition('}')[2]}"
    return path


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    people = People(tmp_path_factory.mktemp("people"))
    double = PageDouble(tmp_path_factory.mktemp("double"))
    office = people.office()
    app = create_app(double, people.access, people.settings, office)  # type: ignore[arg-type]
    with TestClient(app, base_url=BASE) as client:
        yield House(app, people, client)
    people.close()


def routes_of(routes: Any) -> Iterator[str]:
    """Every route as "METHOD /path", those of mounted applications too."""
    for route in routes:
        if isinstance(route, WebSocketRoute):
            yield f"WEBSOCKET {route.path}"
        elif getattr(route, "methods", None):
            yield from (f"{method} {route.path}" for method in route.methods)
        elif hasattr(route, "original_router"):
            yield from routes_of(route.original_router.routes)
        elif hasattr(route.app, "routes"):
            assert route.path == ""
            yield from routes_of(route.app.routes)
        else:
            yield f"GET {route.path}/page.css"


def test_every_route_is_in_the_table_and_no_other(house: House) -> None:
    found = set(routes_of(house.app.routes))
    assert found - set(EXPECTED) == set()
    assert set(EXPECTED) - found == set()
    assert found >= HIDDEN_BY_OURS


@pytest.mark.parametrize("route", sorted(EXPECTED))
def test_each_route_answers_each_visitor_as_the_table_says(house: House, route: str) -> None:
    replies = {who: house.route(who, route) for who in WHO}
    assert {who: r.status for who, r in replies.items()} == dict(
        zip(WHO, EXPECTED[route], strict=True)
    )
    for reply in replies.values():
        if reply.status == 401 and route != "POST /login":
            assert reply.body.count(b"\n") <= 1
            assert "error" in reply.body.decode()


def test_nothing_is_said_about_a_source_to_whoever_may_not_see_it(house: House) -> None:
    def page(who: str, document: str) -> Reply:
        query = urlencode({"document": document, "page": 1, "start": 0, "end": 24})
        return house.ask(who, "GET", f"/v1/page.png?{query}")

    for who in WHO:
        hidden, missing = page(who, LEVANTE_PDF), page(who, "no/such.pdf")
        if who in ("ana", "marta", "pablo", "quim", "key"):
            assert (hidden.status, missing.status) == (200, 404)
        else:
            assert hidden == missing
        assert page(who, RETURNS_PDF).status == {
            "anonymous": 401,
            "adela": 403,
            "channel": 403,
        }.get(who, 200)


def test_every_event_of_the_page_asks_who_it_is_from(house: House) -> None:
    (gradio,) = [r.app for r in house.app.routes if hasattr(getattr(r, "app", None), "get_blocks")]
    handlers = [f.fn for f in gradio.get_blocks().fns.values()]
    assert len(handlers) >= 7
    for handler in handlers:
        hints = inspect.get_annotations(inspect.unwrap(handler), eval_str=True)
        assert gr.Request in hints.values(), handler


def test_a_tab_belongs_to_whoever_used_it_first(house: House) -> None:
    joined = house.join("ana", "tab-of-ana")
    event = json.loads(joined.body)["event_id"]
    body = {"session_hash": "tab-of-ana", "fn_index": 0, "event_id": event}
    own = {**body, "session_hash": "tab-of-olga"}
    for who in ("olga", "marta", "pablo"):
        attempts = [
            house.join(who, "tab-of-ana"),
            house.ask(who, "GET", "/gradio_api/queue/data?session_hash=tab-of-ana"),
            house.ask(
                who,
                "GET",
                "/gradio_api/queue/data?session_hash=other&session_hash=tab-of-ana",
            ),
            house.ask(who, "GET", "/gradio_api/heartbeat/tab-of-ana"),
            house.ask(who, "POST", "/gradio_api/cancel", json_body=body),
            house.ask(who, "POST", "/gradio_api/cancel", json_body=own),
            house.ask(who, "POST", "/gradio_api/reset", json_body={"event_id": event}),
        ]
        assert [reply.status for reply in attempts] == [403] * len(attempts)
        missing = house.ask(who, "POST", "/gradio_api/reset", json_body={"event_id": "none"})
        assert missing == attempts[-1]
    data = house.ask("ana", "GET", "/gradio_api/queue/data?session_hash=tab-of-ana")
    assert data.status == 200
    assert house.ask("ana", "POST", "/gradio_api/cancel", json_body=body).status == 200


@pytest.mark.parametrize("body", ["[]", "1", "{", "", '{"a": ' * 3000, "null"])
def test_what_is_no_json_object_reaches_no_handler(house: House, body: str) -> None:
    headers = {**ORIGIN, **house._identity("ana"), "content-type": "application/json"}
    portal = house._client.portal
    assert portal is not None
    for path in ("/gradio_api/queue/join", "/gradio_api/cancel"):
        reply = portal.call(_reply, house.app, "POST", path, headers, body.encode())
        assert reply.status == 400


def test_a_name_that_is_given_twice_counts_as_it_is_understood(house: House) -> None:
    house.join("ana", "twice")
    headers = {**ORIGIN, **house._identity("olga"), "content-type": "application/json"}
    body = b'{"session_hash": "mine", "session_hash": "twice", "fn_index": 0, "data": []}'
    portal = house._client.portal
    assert portal is not None
    reply = portal.call(_reply, house.app, "POST", "/gradio_api/queue/join", headers, body)
    assert reply.status == 403


def test_the_description_says_how_programs_sign_in(house: House) -> None:
    described = json.loads(house.ask("key", "GET", "/v1/openapi.json").body)
    schemes = described["components"]["securitySchemes"]
    assert schemes["key"]["scheme"] == "bearer"
    assert schemes["session"] == {
        "type": "apiKey",
        "in": "cookie",
        "name": COOKIE,
        "description": "Of the page.",
    }
    for path, methods in described["paths"].items():
        for operation in methods.values():
            program = path.startswith("/v1/")
            assert ("security" in operation) is program, path
            assert ({"401", "403"} <= operation["responses"].keys()) is program, path
