"""Markdown -> blocks: markdown-it makes HTML of it, which the HTML walk reads.

So tables, nested lists and inline HTML are read by one piece of code. What sites add to Markdown
(front matter, Liquid and Hugo tags, kramdown attributes, admonitions) is taken out first.
"""

from __future__ import annotations

import re

from ingest.loaders.decode import decode
from ingest.loaders.extract import Extract
from ingest.loaders.html import extract_html

_FRONT_MATTER = re.compile(
    r"\A(?:---[ \t]*\n(.*?)\n(?:---|\.\.\.)|\+\+\+[ \t]*\n(.*?)\n\+\+\+)[ \t]*(?:\n|\Z)", re.S
)
_TITLE = re.compile(r"^title[ \t]*[:=][ \t]*(.*(?:\n[ \t]+\S.*)*)", re.M)
_FENCE = re.compile(r"^ {0,3}(```+|~~~+)")
_LIQUID_BLOCK = re.compile(r"\{%-?\s*(comment|raw)\s*-?%\}.*?\{%-?\s*end\1\s*-?%\}", re.S)
_LIQUID = re.compile(r"\{%.{0,600}?%\}|\{\{.{0,600}?\}\}", re.S)
_INCLUDED = re.compile(r"\{%-?\s*include\s[^%]{0,300}?\bpage\.(\w+)[^%]{0,300}%\}")
_LIQUID_SAYS = re.compile(r"""\{%-?\s*(?:slack_channel)\s+["']([^"']+)["'][^%]*%\}""")
_ATTRIBUTES = re.compile(
    r"[ \t]*\{:?[ \t]*(?:[#.][\w:.-]+|[\w-]+=(?:\"[^\"\n]*\"|'[^'\n]*'|[\w-]+)|[ \t]+)+\}"
)
_ADMONITION = re.compile(r"^( {0,3})(?:!!!|\?\?\?\+?)[ \t]+[\w-]+(?:[ \t]+\"([^\"]*)\")?[ \t]*$")
_CONTAINER = re.compile(r"^ {0,3}:::+.*$", re.M)
_ALERT = re.compile(r"^([ \t]*>[ \t]*)\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*$", re.M)
# "a." and "iv." number items in contracts, but are no list to Markdown
_LABELLED = re.compile(r"^([ \t]{2,})((?:[a-z]|[ivx]{2,5})[.)][ \t]+\S)", re.M)
_LOOSE_BOLD = re.compile(r"\*\*([ \t]*)(?=\S)([^*\n]{1,200}?)(?<=\S)([ \t]*)\*\*")
_CODE_SIGNS = re.compile(r"^(?: {4}|\t)\s*(?![-*+]\s|\w{1,4}[.)]\s)\S.*[;{}$=|<>\\]", re.M)
_TAG_LINE = re.compile(r"^\s+</?[a-zA-Z][^<>]*>")
_OPENS = re.compile(r"(?i)<(?:div|section|details|article|table|ol|ul)\b")
_CLOSES = re.compile(r"(?i)</(?:div|section|details|article|table|ol|ul)>")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)


def load_markdown(data: bytes, name: str) -> Extract:
    """Blocks of a Markdown file; title from its front matter, else from its first heading."""
    text = decode(data, name).replace("\r\n", "\n").replace("\r", "\n")
    title, body = split_front_matter(text)
    body = _with_included_lists(text[: len(text) - len(body)], body)
    extract = extract_html(_to_html(without_site_tags(body)), name, whole_page=False)
    return Extract(title or extract.title, extract.text, extract.blocks, extract.warnings)


def split_front_matter(text: str) -> tuple[str | None, str]:
    """The title in YAML or TOML front matter, and the text after it.

    >>> split_front_matter('---\\ntitle: "Envíos"\\n---\\nHola')
    ('Envíos', 'Hola')
    """
    match = _FRONT_MATTER.match(text)
    if not match:
        return None, text
    found = _TITLE.search(match.group(1) or match.group(2) or "")
    title = " ".join(found.group(1).split()) if found else ""
    title = re.sub(r"^[>|][+-]?\s*", "", title).strip()
    if len(title) > 1 and title[0] == title[-1] and title[0] in "\"'":
        title = title[1:-1].replace("''", "'")
    return title or None, text[match.end() :]


def _with_included_lists(front_matter: str, body: str) -> str:
    """The body with the lists that it takes from its front matter (``items=page.do_list``)."""
    if not _INCLUDED.search(body):
        return body
    import yaml

    match = _FRONT_MATTER.match(front_matter)
    try:
        values = yaml.safe_load((match.group(1) if match else "") or "")
    except yaml.YAMLError:
        return body

    def expand(tag: re.Match[str]) -> str:
        items = values.get(tag.group(1)) if isinstance(values, dict) else None
        if not isinstance(items, list):
            return tag.group()
        return "\n".join(f"- {item}" for item in items if isinstance(item, str))

    return _INCLUDED.sub(expand, body)


def without_site_tags(text: str) -> str:
    """Markdown without Liquid and Hugo tags, attribute lists, admonition marks and comments.

    Fenced code stays as it is.
    """
    parts: list[str] = []
    for is_code, part in _fenced_parts(text):
        parts.append(part if is_code else _clean_part(part))
    return "".join(parts)


def _clean_part(text: str) -> str:
    text = _COMMENT.sub("", text)
    text = _LIQUID_SAYS.sub(r"\1", text)
    text = _LIQUID_BLOCK.sub("", text)
    text = _LIQUID.sub("", text)
    text = _ATTRIBUTES.sub("", text)
    text = _CONTAINER.sub("", text)
    text = _LABELLED.sub(r"\1- \2", text)
    text = _LOOSE_BOLD.sub(r"\1**\2**\3", text)
    text = _outdented_html(text)
    text = _ALERT.sub(r"\1", text)
    return _without_admonitions(text)


def _outdented_html(text: str) -> str:
    """Inside ``<div>`` and the like, tags indented after an empty line are no code block."""
    lines: list[str] = []
    depth = 0
    for line in text.split("\n"):
        lines.append(line.lstrip() if depth > 0 and _TAG_LINE.match(line) else line)
        depth += len(_OPENS.findall(line)) - len(_CLOSES.findall(line))
    return "\n".join(lines)


def _without_admonitions(text: str) -> str:
    """``!!! note "Title"`` and its indented body as ordinary paragraphs."""
    lines: list[str] = []
    inside = False
    for line in text.split("\n"):
        start = _ADMONITION.match(line)
        if start:
            inside = True
            line = f"**{start.group(2)}**\n" if start.group(2) else ""
        elif inside and line.strip() and not line.startswith("    "):
            inside = False
        elif inside:
            line = line[4:]
        lines.append(line)
    return "\n".join(lines)


def _fenced_parts(text: str) -> list[tuple[bool, str]]:
    """The text in order, divided into fenced code and the rest."""
    parts: list[tuple[bool, str]] = []
    fence = ""
    for line in text.splitlines(keepends=True):
        match = _FENCE.match(line)
        opens = bool(match) and not fence
        code = bool(fence) or opens
        if parts and parts[-1][0] == code and not opens:
            parts[-1] = (code, parts[-1][1] + line)
        else:
            parts.append((code, line))
        if opens and match:
            fence = match.group(1)
        elif fence and line.strip().startswith(fence) and not line.strip().strip(fence[0]):
            fence = ""
    return parts


def _to_html(text: str) -> str:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    if "```" in text or "~~~" in text or not _CODE_SIGNS.search(text):
        # Who fences code does not indent it; what is indented then is a list set too deep.
        parser.disable("code")
    return str(parser.render(text))
