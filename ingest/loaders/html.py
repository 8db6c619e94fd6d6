"""HTML -> blocks: an lxml walk that keeps headings, lists and tables and drops the page around.

trafilatura 2.3 was compared on six real policy and manual pages: it leaves out 1 to 26 % of the
words, whole introductions and list items among them. Markdown comes through here too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import lxml.html
from lxml import etree

from ingest.clean import clean_line
from ingest.loaders.decode import decode
from ingest.loaders.extract import Extract, TextBuilder, add_table
from ingest.loaders.html_content import Filter, main_content
from knowledge.errors import DocumentRefused
from knowledge.models import BlockKind

_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary "
    "table tbody td tfoot th thead tr ul caption".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_MAX_DEPTH = 150
_SAYS_LITTLE = re.compile(
    r"(?i)^(?:(?:haga |haz |pulse |pulsa |clic |click )*(?:aqu[ií]|ac[aá]|here)|este enlace|"
    r"(?:this |el |the )?(?:link|enlace|p[aá]gina|page)|this|m[aá]s|more|leer m[aá]s|read more|"
    r"learn more|m[aá]s informaci[oó]n|ver|ver m[aá]s|see)\.?$"
)
_BREAK = "\x0b"  # a line break inside a paragraph, until the paragraph is written
_CHARSET = re.compile(rb"""(?i)<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""")
_XML_ENCODING = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")


def load_html(data: bytes, name: str) -> Extract:
    """The main content of a page; title from ``<title>``, else from its first heading."""
    declared = _CHARSET.search(data[:4096])
    text = decode(data, name, declared=declared.group(1).decode("ascii") if declared else None)
    return extract_html(text, name, whole_page=True)


def extract_html(text: str, name: str, *, whole_page: bool) -> Extract:
    """Blocks of HTML text.

    Args:
        text: a page or a fragment.
        name: file name, for the message.
        whole_page: drop navigation, headers and footers, and prefer the main content.

    Raises:
        DocumentRefused: it is no HTML at all (``damaged``).
    """
    root = _parse(text, name)
    if root is None:
        return TextBuilder().build()
    page_title = root.findtext(".//title") if whole_page else None
    # Collapsed sections of an accordion are hidden but opened by a button that names them.
    opened = set(root.xpath("//@aria-controls"))
    kept = Filter(whole_page=whole_page, opened_by_buttons=opened)
    walker = _Walker(TextBuilder(), kept)
    walker.walk(main_content(root, kept) if whole_page else root)
    walker.flush()
    heading = walker.builder.first_heading()
    return walker.builder.build(_page_title(page_title, heading))


def _parse(text: str, name: str) -> Any:
    text = _XML_ENCODING.sub("", text.replace("\x00", "")).strip()
    if not text:
        return None
    parser = lxml.html.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = lxml.html.document_fromstring(text, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise DocumentRefused("damaged", f"{name}: cannot be read as HTML ({error})") from error
    if any("depth" in entry.message for entry in parser.error_log):
        raise DocumentRefused("damaged", f"{name}: nested too deeply to be read as HTML")
    return root


def _page_title(title: str | None, heading: str | None) -> str | None:
    """The page's title without the site's name that many pages add after a bar or dash."""
    title = clean_line(title or "")
    if heading and title.casefold().startswith(heading.casefold()):
        return heading
    return re.sub(r"\s+[|·»]\s+[^|·»]{2,60}$", "", title) or None


@dataclass
class _Walker:
    """Depth-first over the elements; inline text gathers until a block ends it."""

    builder: TextBuilder
    kept: Filter
    pending: list[str] = field(default_factory=list)
    kind: BlockKind = "paragraph"
    prefix: str = ""
    heading_level: int = 0
    outer: str = ""  # number of the list item that is being read, e.g. ``2.``

    def walk(self, node: Any, depth: int = 0) -> None:
        """Add an element's blocks."""
        if depth > _MAX_DEPTH:
            self.pending.append(" ".join(node.itertext()))
            return
        self.pending.append(node.text or "")
        for child in node:
            if isinstance(child.tag, str) and not self.kept.dropped(child):
                self._element(child, depth + 1)
            self.pending.append(child.tail or "")

    def _element(self, node: Any, depth: int) -> None:
        tag = node.tag
        if tag in _HEADINGS or tag == "summary":
            self.flush()
            self._heading(node, _HEADINGS.get(tag) or min(self.heading_level + 1, 6))
        elif tag == "table":
            self.flush()
            self._table(node, depth)
        elif tag == "pre":
            self.flush()
            self.builder.add("code", "".join(node.itertext()))
        elif tag in ("ul", "ol"):
            self.flush()
            self._list(node, depth, self.outer if self.kind == "list" else "")
        elif tag == "dl":
            self.flush()
            self._definitions(node, depth)
        elif tag == "br":
            self.pending.append(_BREAK)
        elif tag == "a":
            self._link(node)
        elif tag == "q":
            self.pending.append("“")
            self.walk(node, depth)
            self.pending.append("”")
        elif tag in _BLOCKS:
            self.flush()
            self.walk(node, depth)
            self.flush()
        else:
            self.walk(node, depth)

    def _inline_text(self, node: Any) -> str:
        inner = _Walker(TextBuilder(), self.kept)
        inner.walk(node)
        inner.flush()
        return " ".join("".join(inner.builder.parts).split())

    def _heading(self, node: Any, level: int) -> None:
        text = self._inline_text(node).rstrip("¶# ").strip()
        if text:
            self.heading_level = level if node.tag != "summary" else self.heading_level
            self.builder.add("heading", text, level=level)

    def _link(self, node: Any) -> None:
        if any(isinstance(child.tag, str) and child.tag in _BLOCKS for child in node.iter()):
            self.walk(node)  # a link around whole blocks
            return
        text = clean_line(self._inline_text(node))
        target = clean_line(node.get("href") or "")
        if text in ("¶", "#", "§") or (not text and not target.startswith("mailto:")):
            return
        self.pending.append(text + _target_shown(text, target))

    def _list(self, node: Any, depth: int, outer: str = "") -> None:
        """Items with their numbers; numbers inside numbers are joined (``2.1.``)."""
        number = _start_number(node) if node.tag == "ol" else None
        kind, prefix, above = self.kind, self.prefix, self.outer
        for item in node:
            if not isinstance(item.tag, str) or self.kept.dropped(item):
                continue
            self.kind = "list"
            if item.tag in ("ul", "ol"):
                self._list(item, depth + 1, outer)
                continue
            label = _label(number, outer, node) if number is not None else ""
            self.prefix, self.outer = (f"{label} " if label else ""), label
            title = _section_title(item) if not outer and number is not None else None
            if title is not None:
                self._section(item, title, depth)
            else:
                self.walk(item, depth + 1)
            self.flush()
            number = None if number is None else number + 1
        self.kind, self.prefix, self.outer = kind, prefix, above

    def _section(self, item: Any, title: str, depth: int) -> None:
        """An item that heads a list of clauses, as numbered contracts are written."""
        self.builder.add("heading", self.prefix + title, level=self.heading_level + 1)
        self.prefix = ""
        for inner in item:
            if inner.tag == "ol":
                self._list(inner, depth + 1, self.outer)

    def _definitions(self, node: Any, depth: int) -> None:
        """A definition list as items ``term: definition``."""
        terms: list[str] = []
        for item in node.iter("dt", "dd"):
            if self.kept.dropped(item):
                continue
            if item.tag == "dt":
                terms.append(clean_line(self._inline_text(item)))
                continue
            kind, self.kind = self.kind, "list"
            self.prefix = f"{', '.join(terms).rstrip(':')}: " if terms else ""
            terms = []
            self.walk(item, depth + 1)
            self.flush()
            self.kind, self.prefix = kind, ""
        if terms:
            self.builder.add("list", ", ".join(terms))

    def _table(self, node: Any, depth: int) -> None:
        rows = [row for row in node.iter("tr") if _owner(row) is node and not self.kept.hidden(row)]
        cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
        widest = max((len(row) for row in cells), default=0)
        nested = any(True for _ in node.iterdescendants("table"))
        if widest <= 1 or nested:  # a table that only places things on the page
            for row in cells:
                for cell in row:
                    self.walk(cell, depth + 1)
                    self.flush()
            return
        caption = node.find("caption")
        if caption is not None:
            self.builder.add("paragraph", self._inline_text(caption))
        named = bool(cells[0]) and all(cell.tag == "th" for cell in cells[0])
        texts = [[text for cell in row for text in self._cell(cell)] for row in cells]
        add_table(self.builder, texts, header=True if named else None)

    def _cell(self, cell: Any) -> list[str]:
        span = cell.get("colspan") or "1"
        width = min(int(span), 50) if span.isdecimal() else 1
        return [self._inline_text(cell)] + [""] * (max(width, 1) - 1)

    def flush(self) -> None:
        """End the paragraph, list item or cell that is being gathered."""
        text = "".join(self.pending)
        self.pending.clear()
        lines = [clean_line(line) for line in text.split(_BREAK)]
        for kind, paragraph in _broken_lines(lines, self.kind):
            self.builder.add(kind, self.prefix + paragraph)
            self.prefix = ""


def _broken_lines(lines: list[str], kind: BlockKind) -> list[tuple[BlockKind, str]]:
    """Paragraphs out of lines divided by ``<br>``.

    Two breaks in a row part paragraphs; three or more short lines (an address, opening hours)
    stay lines; else a break is white space.
    """
    groups: list[list[str]] = [[]]
    for line in lines:
        if line:
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    result: list[tuple[BlockKind, str]] = []
    for group in filter(None, groups):
        if len(group) >= 3 and all(len(line) <= 60 for line in group):
            result.extend(("list", line) for line in group)
        else:
            result.append((kind, " ".join(group)))
    return result


def _target_shown(text: str, target: str) -> str:
    """The link's address in brackets, where the text alone would not say where to go."""
    if target.startswith("mailto:"):
        address = target.removeprefix("mailto:").split("?")[0]
        if address.casefold() in text.casefold():
            return ""
        return f" ({address})" if text else address
    if target.startswith(("http://", "https://")) and _SAYS_LITTLE.match(text):
        return f" ({target})"
    return ""


def _start_number(node: Any) -> int:
    start = node.get("start") or "1"
    return int(start) if start.isdecimal() and len(start) < 6 else 1


def _label(number: int, outer: str, node: Any) -> str:
    style = node.get("type")
    if style in ("a", "A") and number <= 26:
        return f"{chr(ord(style) + number - 1)}."
    nested = outer if outer[:1].isdigit() and style in (None, "1") else ""
    return f"{nested}{number}."


def _section_title(item: Any) -> str | None:
    """The item's own text when it is a short title over a list of clauses, else `None`."""
    inner = [child for child in item if isinstance(child.tag, str)]
    if [child.tag for child in inner].count("ol") != 1 or inner[-1].tag != "ol":
        return None
    own = [item.text or "", *("".join(c.itertext()) + (c.tail or "") for c in inner[:-1])]
    title = clean_line("".join(own))
    titlelike = 0 < len(title) <= 60 and title[-1] not in ",;:!?"
    return title if titlelike and len(clean_line(inner[-1].text_content())) > 150 else None


def _owner(row: Any) -> Any:
    """The table a row belongs to."""
    return next(row.iterancestors("table"), None)
