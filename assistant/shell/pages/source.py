"""An open source as HTML: where it stands, the page as an image, the text with its mark."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from html import escape
from urllib.parse import urlencode

from assistant.models import Citation
from assistant.shell.pages.differences import differences_html
from assistant.shell.texts import day_text, place, say
from knowledge.differences.compare import Differences
from knowledge.models import Block, Document, Language
from knowledge.sections import inside

_CONTEXT_CHARS = 2500
"""Text shown before and after the passage, rounded to whole blocks."""

_TAGS = {"heading": "p", "code": "pre"}


@dataclass(frozen=True)
class Source:
    """What is shown of an open citation.

    Attributes:
        number: of the citation, from 1.
        citation: the open one.
        document: its document; `None` when it is gone.
        whole: whether all of the document is shown, not what stands around the passage.
        differences: what is different in it from an earlier version, where that was asked for.
    """

    number: int
    citation: Citation
    document: Document | None
    whole: bool = False
    differences: Differences | None = None

    @property
    def readable(self) -> bool:
        """Whether there is text to read, and the passage still stands in it."""
        return self.document is not None and unchanged(self.citation, self.document)

    @property
    def paged(self) -> bool:
        """Whether there is a page to show as an image, and the passage still stands on it."""
        cited, document = self.citation, self.document
        if document is None or document.media_type != "pdf" or cited.page is None:
            return False
        if document.withheld:  # an image would show what the text leaves out
            return False
        return unchanged(cited, document)


def whole(document: Document, differences: Differences | None = None) -> Source:
    """A document to read from its beginning, as nothing in particular is cited of it."""
    cited = Citation(
        document=document.name,
        title=document.title,
        page=None,
        row=None,
        headings=(),
        quote="",
        start=0,
        end=0,
        language=document.language,
        version=document.version,
    )
    return Source(0, cited, document, whole=True, differences=differences)


def source_html(source: Source | None, language: Language) -> str:
    """The open source; empty when none is open."""
    if source is None:
        return ""
    citation = source.citation
    close = escape(say(language, "source_close"))
    name = escape(say(language, "source"))
    paged = " paged" if source.paged else ""
    compared = ""
    if source.differences is not None:
        compared = differences_html(source.differences, citation.document, language)
    return (
        f'<section class="source{paged}" aria-labelledby="source-title" '
        f'data-opened="{source.number}-{citation.start}-{language}{"-differs" * bool(compared)}">'
        f'<header><p class="muted">{name} {source.number or ""}</p>'
        f'<button type="button" class="quiet" data-close="1">{close} <kbd>Esc</kbd></button>'
        f'<h2 id="source-title" tabindex="-1" lang="{citation.language}">'
        f"{escape(citation.title)}</h2>{_place(citation, language)}</header>"
        f"{compared}{_text(source, language)}{_image(source, language)}</section>"
    )


def page_url(citation: Citation) -> str:
    """Address of the page's image with the passage marked."""
    order = {
        "document": citation.document,
        "page": citation.page,
        "start": citation.start,
        "end": citation.end,
        "version": citation.version,
    }
    return f"/v1/page.png?{urlencode(order)}"


def unchanged(citation: Citation, document: Document) -> bool:
    """Whether the quotation still stands where it was cited from."""
    return document.text[citation.start : citation.end] == citation.quote


def context_blocks(
    document: Document, start: int, end: int, around: int = _CONTEXT_CHARS
) -> list[Block]:
    """The blocks around a passage, whole and in order, the passage's own always among them."""
    return [
        block
        for block in document.blocks
        if block.end > start - around and block.start < end + around
    ]


def block_html(
    document: Document, block: Block, start: int, end: int, language: Language = "es"
) -> str:
    """A block's text, what lies within ``[start, end)`` marked.

    What is not for customers says so, in the language of the interface.
    """
    left = min(max(start, block.start), block.end)
    right = min(max(end, left), block.end)
    text = document.text
    marked = f"<mark>{escape(text[left:right])}</mark>" if left < right else ""
    inner = f"{escape(text[block.start : left])}{marked}{escape(text[right : block.end])}"
    tag = _TAGS.get(block.kind, "p")
    kinds, flag = f"b-{block.kind}", ""
    if inside(block.start, block.end, document.internal):
        kinds += " inside"
        flag = f' data-flag="{escape(say(language, "internal"))}"'
    return f'<{tag} class="{kinds}"{flag}>{inner}</{tag}>'


def _place(citation: Citation, language: Language) -> str:
    parts = [escape(heading) for heading in citation.headings if heading != citation.title]
    path = f'<span class="path">{" › ".join(parts)}</span>' if parts else ""
    where = escape(place(language, citation.document, citation.page, citation.row, short=False))
    where = f'<span class="where">{where}</span>' if where else ""
    tongue = escape(say(language, f"language_{citation.language}"))
    file = f'<span class="file">{escape(citation.document)}</span>'
    badge = f'<span class="tongue">{tongue}</span>'
    return f'<p class="place">{path}{where}{badge}{file}{_in_force(citation, language)}</p>'


def _in_force(citation: Citation, language: Language) -> str:
    """Number of the version and the days for which it holds, where it is not the only one."""
    parts = []
    if citation.version > 1:
        parts.append(say(language, "version", version=citation.version))
    if citation.valid_from is not None:
        parts.append(say(language, "from_day", day=day_text(language, citation.valid_from)))
    if citation.valid_to is not None:
        last = citation.valid_to - timedelta(days=1)
        parts.append(say(language, "until_day", day=day_text(language, last)))
    return f'<span class="version">{escape(", ".join(parts))}</span>' if parts else ""


def _image(source: Source, language: Language) -> str:
    """Where the page's script puts the image, and what it then says: drawing takes a moment."""
    citation = source.citation
    if not source.paged:
        return ""
    url = escape(page_url(citation))
    titled = {"page": citation.page, "title": citation.title}
    words = {
        "marked": say(language, "page_image", **titled),
        "plain": say(language, "page_image_plain", **titled),
        "unmarked": say(language, "page_unmarked"),
        "failed": say(language, "page_failed"),
    }
    data = "".join(f' data-{name}="{escape(text)}"' for name, text in words.items())
    heading = escape(say(language, "page", page=citation.page).capitalize())
    loading = escape(say(language, "page_loading"))
    enlarge = escape(say(language, "page_enlarge"))
    return (
        f'<div data-page="{url}"{data}><h3>{heading}</h3>'
        f'<p class="page-line" role="status">{loading}</p>'
        f'<div class="page-frame"><a class="page" href="{url}" target="_blank" '
        f'rel="noopener noreferrer" title="{enlarge}" hidden><img alt=""></a></div></div>'
    )


def _text(source: Source, language: Language) -> str:
    document, citation = source.document, source.citation
    if document is None:
        return _lost(citation, say(language, "source_gone"))
    if not unchanged(citation, document):
        return _lost(citation, say(language, "source_changed"))
    around = len(document.text) if source.whole else _CONTEXT_CHARS
    blocks = context_blocks(document, citation.start, citation.end, around)
    body = "".join(
        block_html(document, block, citation.start, citation.end, language) for block in blocks
    )
    before = after = ""
    if blocks and blocks[0] != document.blocks[0]:
        before = f'<p class="edge">… {escape(say(language, "source_before"))}</p>'
    if blocks and blocks[-1] != document.blocks[-1]:
        after = f'<p class="edge">{escape(say(language, "source_after"))} …</p>'
    heading = escape(say(language, "source_context"))
    return (
        f'<h3>{heading}</h3><div class="context" lang="{document.language}" tabindex="0" '
        f'role="region" aria-label="{heading}">{before}{body}{after}</div>'
    )


def _lost(citation: Citation, line: str) -> str:
    quote = f'<blockquote lang="{citation.language}">{escape(citation.quote)}</blockquote>'
    return f'<p class="why">{escape(line)}</p>{quote}'
