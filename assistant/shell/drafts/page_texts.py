"""What the check of drafts says on the pages, in Spanish and English."""

from __future__ import annotations

import json
from collections.abc import Mapping

from assistant.drafting.texts import KIND_NAMES
from knowledge.models import LANGUAGES, Language

_TEXTS: Mapping[Language, Mapping[str, str]] = {
    "es": {
        "draft": "Borrador",
        "draft_hint": "Escriba aquí lo que va a enviar: se comprueba mientras escribe",
        "channel": "Canal",
        "channel_any": "cualquier canal",
        "channel_chat": "chat",
        "channel_whatsapp": "WhatsApp",
        "channel_email": "correo",
        "channel_social": "redes sociales",
        "channel_phone": "teléfono",
        "copy": "Copiar",
        "copied": "Copiado",
        "copy_nothing": "No hay nada que copiar",
        "copy_failed": "No se ha podido copiar: pulse Ctrl+C",
        "keys": "Alt+↓ y Alt+↑ recorren los avisos; Alt+Intro pone el arreglo",
        "checking": "Comprobando…",
        "found": "{count} avisos antes de enviar",
        "one_found": "1 aviso antes de enviar",
        "nothing": "Sin avisos",
        "more": "y {count} más",
        "put": "Poner «{mend}»",
        "take_out": "Quitar",
        "put_done": "Puesto: {mend}",
        "taken_out": "Quitado",
        "source": "{title}, versión {version}",
        "unchecked": "No se ha comprobado: {why}. Puede enviarlo igualmente.",
        "no_server": "el servidor no contesta",
        "failed": "no ha salido bien",
        "retry": "Otra vez",
    },
    "en": {
        "draft": "Draft",
        "draft_hint": "Write here what you are about to send: it is checked while you type",
        "channel": "Channel",
        "channel_any": "any channel",
        "channel_chat": "chat",
        "channel_whatsapp": "WhatsApp",
        "channel_email": "e-mail",
        "channel_social": "social media",
        "channel_phone": "phone",
        "copy": "Copy",
        "copied": "Copied",
        "copy_nothing": "There is nothing to copy",
        "copy_failed": "It could not be copied: press Ctrl+C",
        "keys": "Alt+↓ and Alt+↑ go through the remarks; Alt+Enter puts in the mend",
        "checking": "Checking…",
        "found": "{count} remarks before it is sent",
        "one_found": "1 remark before it is sent",
        "nothing": "No remarks",
        "more": "and {count} more",
        "put": "Put “{mend}”",
        "take_out": "Take out",
        "put_done": "Put in: {mend}",
        "taken_out": "Taken out",
        "source": "{title}, version {version}",
        "unchecked": "Not checked: {why}. You can send it all the same.",
        "no_server": "the server does not answer",
        "failed": "it went wrong",
        "retry": "Again",
    },
}
CATALOGUE: Mapping[Language, Mapping[str, str]] = {
    language: {
        **_TEXTS[language],
        **{f"kind_{kind}": name for kind, name in KIND_NAMES[language].items()},
    }
    for language in LANGUAGES
}


def draft_words_html() -> str:
    """The strings of both languages for the script; a data block, which no browser runs."""
    text = json.dumps(CATALOGUE, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/json" id="draft-words">{text}</script>'
