"""The web application: one FastAPI parent that keeps the rules, Gradio mounted as its renderer.

Routes: ``/`` the agents' page and ``/manage`` the managers', ``/login``, ``/logout`` and
``/password``, ``/v1/ask``, ``/v1/drafts/check`` and ``/v1/customers`` for programs,
``/v1/page.png`` a cited PDF page,
``/contact`` and ``/v1/contacts`` (`assistant.shell.contact`), ``/queue`` and ``/v1/escalations``
(`assistant.shell.escalations`), ``/quality`` and ``/v1/evaluations`` (`assistant.shell.quality`),
``/reviews`` and ``/v1/reviews`` (`assistant.shell.reviews`), the managers' ``/v1/``
(`assistant.shell.manage`),
``/healthz`` and ``/readyz``, ``/voz/`` the pages' style and script.
Every request passes `guard.Guard`, then `gate.Gate`, which lets only a few in unknown.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import Depends, FastAPI, HTTPException, Request, Response
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.customers.service import Customers
from assistant.refusals import because
from assistant.shell.access import Access, visitor_of
from assistant.shell.api import REFUSALS, SECURITY, add_api
from assistant.shell.case_answers import CaseAnswers
from assistant.shell.contact.page import ContactPage
from assistant.shell.contact.room import Room
from assistant.shell.contact.routes import Support, add_contact_api
from assistant.shell.customers.desk import CustomerDesk
from assistant.shell.customers.routes import add_customer_routes
from assistant.shell.drafts.desk import DraftDesk
from assistant.shell.drafts.page_texts import draft_words_html
from assistant.shell.drafts.routes import add_draft_api
from assistant.shell.escalations.desk import EscalationDesk
from assistant.shell.escalations.page import QueuePage
from assistant.shell.escalations.routes import add_escalation_api
from assistant.shell.gate import PROVIDER_RETURN, Gate
from assistant.shell.guard import Guard, frame_ancestors, host_name, known_hosts, public_address
from assistant.shell.live import Live
from assistant.shell.manage.office import Office
from assistant.shell.manage.page import ManagePage
from assistant.shell.manage.refusals import add_refusals
from assistant.shell.manage.routes import add_manage_api
from assistant.shell.provider_settings import provider_settings
from assistant.shell.quality.page import QualityPage
from assistant.shell.quality.routes import add_quality_api
from assistant.shell.quiet import silence
from assistant.shell.render import PageImage, PageImages
from assistant.shell.reviews.page import ReviewsPage
from assistant.shell.reviews.routes import add_review_api
from assistant.shell.sign_in_routes import SignInRoutes
from assistant.shell.steps.routes import add_step_api
from assistant.shell.summary.api import add_summary_api
from assistant.shell.summary.gathering import finder
from assistant.shell.tabs import TabOwners
from knowledge.audit.views import View, ViewLog
from knowledge.models import Viewer
from knowledge.settings import Settings
from knowledge.work.work_store import WorkStore

if TYPE_CHECKING:
    from assistant.chat.composer import ChatComposer
    from assistant.pipeline import Assistant
    from assistant.shell.oidc import Provider
    from assistant.shell.pages.ask import AskPage
    from assistant.shell.voicing import Voice

UPLOADS = ("/v1/sources", "/v1/imports", "/v1/evaluations/sets")
"""The paths with large bodies: a file, and a little around it."""

STATIC = Path(__file__).with_name("static")
_HEAD = (
    '<link rel="icon" href="/voz/mark.svg" type="image/svg+xml">'
    '<link rel="stylesheet" href="/voz/page.css"><script src="/voz/page.js" defer></script>'
    '<link rel="stylesheet" href="/voz/shared/drafts.css">'
    '<script type="module" src="/voz/draft-box.js"></script>'
)
_FOREIGN_META = re.compile(rb'<meta\s+(?:property="og:|name="twitter:)[^>]*>')


def create_app(
    assistant: Assistant,
    access: Access,
    settings: Settings,
    office: Office | None = None,
    work: WorkStore | None = None,
    views: ViewLog | None = None,
    customers: Customers | None = None,
    live: Live | None = None,
    composer: ChatComposer | None = None,
    voice: Voice | None = None,
) -> FastAPI:
    """The application around one assistant.

    Args:
        assistant: answers and gives back documents.
        access: finds out who makes a request, and what they may do.
        settings: addresses, language, length of sessions, identity provider.
        office: what the managers' side works with; without it, there is none.
        work: where remarks, notices and readings are kept; `None` leaves them out of the page.
        views: enters in the audit trail who opens a source or customer; `None` enters nothing.
        customers: where customers are found; `None`: nowhere.
        live: what works beside contacts; `None`: nothing does, and nobody passes on what is asked
            of the company.
        composer: composes answers with a chat model; `None`: nothing does.
        voice: says answers in the company's voice; `None`: they stay in their own words.

    Raises:
        SettingsError: the public address, the identity provider or the holidays cannot be used.
    """
    silence()
    from assistant.shell.pages.ask import AskPage
    from assistant.shell.pages.work import DeskWork

    app = FastAPI(title="Voz Propia", docs_url=None, redoc_url=None, openapi_url="/v1/openapi.json")
    add_refusals(app)
    _add_health(app, assistant)
    _add_sign_in(app, access, settings)
    cases = CaseAnswers(settings)
    desk = CustomerDesk(customers or Customers(), access, views)
    add_api(app, assistant, access, cases, voice, composer)
    add_customer_routes(app, desk)
    room: Room | None = None
    drafts = DraftDesk(assistant, settings, desk.customers.country)
    if office is not None:
        add_manage_api(app, office)
        support = Support(assistant, cases, desk, voice)
        room = _add_live(app, office, support, live or Live(), settings)
        ManagePage(office, settings.language).add_to(app)
        ContactPage(office, settings.language).add_to(app)
        if office.work is not None:
            add_quality_api(app, office, office.work, assistant)
            add_review_api(app, office, office.work, drafts)
            QualityPage(office, settings.language).add_to(app)
            ReviewsPage(office, settings.language).add_to(app)
    add_draft_api(app, drafts, access, room)
    _add_page_image(app, assistant, access, PageImages(), views)
    app.mount("/voz", StaticFiles(directory=STATIC), name="voz")
    app.add_api_route("/favicon.ico", _favicon, methods=["GET"], include_in_schema=False)
    desk_work = DeskWork(work) if work is not None else None
    page = AskPage(
        assistant,
        access,
        settings.language,
        desk_work,
        office is not None,
        views,
        settings.time_zone,
        composer,
        voice=voice,
    )
    _mount_page(app, page, settings)
    app.add_middleware(OwnPage)
    app.add_middleware(TabOwners)
    has_manage = office is not None
    app.add_middleware(Gate, access=access, language=settings.language, has_manage=has_manage)
    limits = dict.fromkeys(UPLOADS, (settings.max_upload_mb + 1) << 20) if office else {}
    frames = frame_ancestors(settings)
    app.add_middleware(Guard, hosts=_hosts(settings), limits=limits, frames=frames)
    return app


def _add_live(
    app: FastAPI, office: Office, support: Support, live: Live, settings: Settings
) -> Room | None:
    """Contacts, and what helps in them; `None` where there are none."""
    assistant = support.assistant
    questions = live.escalations or _escalations(assistant, office)
    hub = questions.contacts if questions else None
    room = add_contact_api(app, office, live.hearing, support, live.watching, hub)
    if questions is not None:
        add_escalation_api(app, office, questions)
        QueuePage(office, settings.language).add_to(app)
    if room is not None and live.hearing is not None and live.hearing.steps is not None:
        add_step_api(app, office, room, live.hearing.steps)
    if room is not None and office.work is not None:
        find, country = finder(assistant), support.desk.customers.country
        add_summary_api(app, office, room, office.work, find=find, send=live.send, country=country)
    return room


def _escalations(assistant: Assistant, office: Office) -> EscalationDesk | None:
    if office.work is None:
        return None
    return EscalationDesk(office.work, office.access, assistant, office.views)


def _hosts(settings: Settings) -> frozenset[str]:
    public = public_address(settings).partition("://")[2]
    return known_hosts(settings.host) | {host_name(public)}


def _add_sign_in(app: FastAPI, access: Access, settings: Settings) -> None:
    agreed = provider_settings(settings, f"{public_address(settings)}{PROVIDER_RETURN}")
    provider: Provider | None = None
    if agreed is not None:
        from assistant.shell.oidc import Provider  # its libraries take 0.2 s to load

        provider = Provider(agreed)
    SignInRoutes(access, settings, provider).add_to(app)


def _add_health(app: FastAPI, assistant: Assistant) -> None:
    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        """The process answers."""
        return {"status": "ok"}

    @app.get("/readyz")
    def readyz() -> dict[str, str]:
        """Model and register are loaded; ``notice`` says what is degraded, if anything."""
        if assistant.notice:
            return {"status": "degraded", "notice": assistant.notice}
        return {"status": "ready"}


def _add_page_image(
    app: FastAPI,
    assistant: Assistant,
    access: Access,
    images: PageImages,
    views: ViewLog | None,
) -> None:
    reading = Depends(access.viewer_for("read_source"))

    @app.get("/v1/page.png", response_class=Response, dependencies=SECURITY, responses=REFUSALS)
    def page_image(
        request: Request,
        document: str,
        page: int,
        start: int,
        end: int,
        version: int | None = None,
        viewer: Viewer = reading,
    ) -> Response:
        """Page ``page`` of a PDF with ``text[start:end]`` of its document marked, as PNG.

        Of a document with parts that are not for whoever asks, no page is drawn.
        """
        if request.headers.get("sec-fetch-site") == "cross-site":
            raise HTTPException(403, because("other-site"))
        found = assistant.document(document, viewer, version)
        original = assistant.original(document, viewer, version) if found else None
        if found is None or original is None or found.media_type != "pdf":
            raise HTTPException(404, because("no-such-pdf"))
        if not (0 <= start <= end <= len(found.text) and page >= 1):
            raise HTTPException(422, because("outside-document"))
        if found.withheld:
            raise HTTPException(422, because("parts-withheld"))
        before = found.text[max(0, start - 80) : start]
        image = images.get(original, page, found.text[start:end], before)
        if image is None:
            raise HTTPException(422, because("page-not-drawn", page=page))
        if views is not None:
            views.seen(View(viewer.name, found.name, found.version))
        headers = {"cache-control": "no-store", "x-passage": _passage(image)}
        return Response(image.png, media_type="image/png", headers=headers)


def _passage(image: PageImage) -> str:
    """For the page's script: how far down the mark begins, or that there is none."""
    return "unmarked" if image.top is None else f"{image.top:.3f}"


async def _favicon() -> FileResponse:
    return FileResponse(STATIC / "mark.svg", media_type="image/svg+xml")


def _mount_page(app: FastAPI, page: AskPage, settings: Settings) -> None:
    import gradio as gr

    from assistant.shell.pages.ask import build

    blocks = build(page)

    def whoever_asks(request: Request) -> str | None:
        principal = visitor_of(request).principal
        return principal.name if page.access.may(principal, "ask") else None

    gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        server_name=settings.host,
        server_port=settings.port,
        auth_dependency=whoever_asks,
        theme=_theme(),
        run_history=False,
        show_error=False,
        max_file_size="1mb",
        footer_links=[],
        allowed_paths=[],
        enable_monitoring=False,
        mcp_server=False,
        ssr_mode=False,
        pwa=False,
    )


def _theme() -> object:
    """Gradio's base theme in the system's own typefaces: nothing is fetched."""
    import gradio as gr

    sans = ["system-ui", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif"]
    mono = ["ui-monospace", "Menlo", "Consolas", "monospace"]
    return gr.themes.Base(font=sans, font_mono=mono)


class OwnPage:
    """ASGI middleware: Gradio's index page with our style and script, and no foreign links."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Rewrite the index page; everything else passes untouched, streams included."""
        is_index = scope["type"] == "http" and scope["path"] == "/" and scope["method"] == "GET"
        if not is_index:
            await self.app(scope, receive, send)
            return
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        start: Message = {}
        body = b""

        async def collect(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
            else:
                body += message.get("body", b"")

        await self.app({**scope, "headers": plain}, receive, collect)
        page = own_page(body, scope["state"]["nonce"])
        kept = [(n, v) for n, v in start["headers"] if n.lower() != b"content-length"]
        headers = [*kept, (b"content-length", b"%d" % len(page)), (b"cache-control", b"no-store")]
        await send({**start, "headers": headers})
        await send({"type": "http.response.body", "body": page})


def own_page(body: bytes, nonce: str) -> bytes:
    """The index page made ours; its inline scripts carry the nonce that lets them run."""
    body = _FOREIGN_META.sub(b"", body)
    body = body.replace(b"<script", b'<script nonce="%s"' % nonce.encode())
    return body.replace(
        b"</head>", f"{_HEAD}{draft_words_html()}".encode() + b"<title>Voz Propia</title></head>", 1
    )
