"""``GET /v1/passage``: a cited passage in its document, to be read beside a conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import FastAPI, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from assistant.models import Citation
from assistant.refusals import because
from assistant.shell.api import SECURITY
from assistant.shell.contact.answers import answer
from assistant.shell.manage.office import Office
from assistant.shell.manage.refusals import PROBLEMS
from assistant.shell.pages.source import context_blocks, page_url
from knowledge.errors import NotFound, SettingsError
from knowledge.sections import inside

if TYPE_CHECKING:
    from assistant.pipeline import Assistant
    from knowledge.models import Block, Document

Name = Annotated[str, Query(min_length=1, max_length=1_000)]
Offset = Annotated[int, Query(ge=0, le=2_147_483_647)]


class BlockOut(BaseModel):
    """A stretch of the text."""

    kind: str
    before: str
    marked: str = Field(description="What is cited of it.")
    after: str
    internal: bool = Field(description="Not to be told to customers.")


class PassageOut(BaseModel):
    """What stands around a passage. All texts are data: show them escaped."""

    document: str
    title: str
    version: int
    language: str
    first: bool = Field(description="Whether the document begins with it.")
    last: bool
    blocks: list[BlockOut]
    page_image: str | None = Field(description="Address of the page of a PDF with the passage.")


def add_passage(app: FastAPI, assistant: Assistant, office: Office) -> None:
    """Add the route; what is read is entered in the audit trail."""
    responses: dict[int | str, dict[str, Any]] = {
        code: PROBLEMS[code] for code in (401, 403, 404, 422, 503)
    }

    @app.get("/v1/passage", response_model=PassageOut, dependencies=SECURITY, responses=responses)
    def passage(
        request: Request,
        document: Name,
        version: Annotated[int, Query(ge=1, le=2_147_483_647)],
        start: Offset,
        end: Offset,
        page: Annotated[int | None, Query(ge=1, le=100_000)] = None,
    ) -> JSONResponse:
        """A cited passage with what stands around it."""
        caller = office.caller(request, "read_source")
        found = assistant.document(document, caller.viewer, version)
        if found is None:
            raise NotFound(because("passage-gone", document=document, version=version))
        if not start <= end <= len(found.text):
            raise SettingsError(because("outside-document"))
        caller.reads(found.name, found.version)
        return answer(_passage(found, start, end, page))


def _passage(document: Document, start: int, end: int, page: int | None) -> dict[str, Any]:
    blocks = context_blocks(document, start, end)
    paged = document.media_type == "pdf" and page is not None and not document.withheld
    cited = Citation(
        document.name,
        document.title,
        page,
        None,
        (),
        "",
        start,
        end,
        document.language,
        document.version,
    )
    return {
        "document": document.name,
        "title": document.title,
        "version": document.version,
        "language": document.language,
        "first": not blocks or blocks[0] == document.blocks[0],
        "last": not blocks or blocks[-1] == document.blocks[-1],
        "blocks": [_block(document, block, start, end) for block in blocks],
        "page_image": page_url(cited) if paged else None,
    }


def _block(document: Document, block: Block, start: int, end: int) -> dict[str, Any]:
    left = min(max(start, block.start), block.end)
    right = min(max(end, left), block.end)
    return {
        "kind": block.kind,
        "before": document.text[block.start : left],
        "marked": document.text[left:right],
        "after": document.text[right : block.end],
        "internal": inside(block.start, block.end, document.internal),
    }
