"""A saved summary as the message that it is sent on as; the documentation describes its fields."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from assistant.summary.wording import markdown_of, summary_json, summary_of, text_of
from knowledge.contacts.models import Contact
from knowledge.contacts.summaries import KIND, Version


def message_of(contact: Contact, version: Version, now: datetime) -> str:
    """The JSON text of a message.

    Passages of sources are named, not quoted: what is in them is for the company's own people.
    """
    summary = summary_of(version.summary)
    content = summary_json(summary)
    for line in content["lines"]:
        if line["source"] is not None:
            del line["source"]["quote"]
    data: dict[str, Any] = {
        "contact": contact.key,
        "reference": contact.reference,
        "channel": contact.channel,
        "agent": contact.agent,
        "audience": contact.audience,
        "opened_at": contact.opened_at,
        "ended_at": contact.ended_at,
        "version": version.number,
        "saved_by": version.by,
        "saved_at": version.at,
        "summary": content,
        "text": text_of(summary),
        "markdown": markdown_of(summary),
    }
    message = {"type": KIND, "timestamp": now.isoformat(), "data": data}
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))
