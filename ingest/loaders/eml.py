"""E-mail -> blocks: subject as title, who and when, the text, names of what is attached."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage
from typing import Any

from ingest.clean import clean_line
from ingest.loaders.decode import decode
from ingest.loaders.extract import Extract, TextBuilder
from ingest.loaders.html import extract_html
from ingest.loaders.numbers import reads_spanish
from ingest.loaders.plain import add_plain
from knowledge.errors import DocumentRefused

_FIELDS = ("From", "To", "Cc", "Date")
_MAX_PARTS = 500


def load_eml(data: bytes, name: str) -> Extract:
    """Blocks of one message; attachments are named, not read.

    Raises:
        DocumentRefused: it has no header of an e-mail (``damaged``).
    """
    message = email.message_from_bytes(data.lstrip(b"\r\n"), policy=email.policy.default)
    if not isinstance(message, EmailMessage) or not message.keys():
        raise DocumentRefused("damaged", f"{name}: no e-mail inside; save it again as .eml")
    builder = TextBuilder()
    subject = _header(message, "Subject")
    builder.add("heading", subject, level=1)
    fields = [(field, _header(message, field)) for field in _FIELDS]
    builder.add("paragraph", "; ".join(f"{field}: {value}" for field, value in fields if value))
    _add_body(builder, message, name)
    attached = _attachments(message)
    if attached:
        label = "Adjuntos" if reads_spanish("".join(builder.parts)) else "Attachments"
        builder.add("paragraph", f"{label}: {', '.join(attached)}")
    return builder.build(subject)


def _header(message: EmailMessage, field: str) -> str:
    try:
        return clean_line(str(message.get(field) or ""))
    except (ValueError, IndexError, AttributeError, TypeError, LookupError):
        return ""  # a header that the standard library cannot decode


def _add_body(builder: TextBuilder, message: EmailMessage, name: str) -> None:
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        return
    text = _content(body, name)
    if body.get_content_subtype() == "html":
        builder.extend(extract_html(text, name, whole_page=True))
    else:
        add_plain(builder, text)


def _content(part: Any, name: str) -> str:
    payload = part.get_payload(decode=True)
    return decode(payload or b"", name, declared=part.get_content_charset())


def _attachments(message: EmailMessage) -> list[str]:
    names = []
    for index, part in enumerate(message.walk()):
        if index > _MAX_PARTS:
            break
        if part.get_content_disposition() == "attachment" or part.get_filename():
            names.append(clean_line(part.get_filename() or part.get_content_type()))
    return names
