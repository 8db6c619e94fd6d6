"""Every string of the page of a contact, in Spanish and English.

``{name}`` marks a value put in by the page's script. What a panel says is in a module of its own,
entered in `_PANELS`. A test checks that both languages have the same keys and values, and that the
scripts ask for no other.
"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.shell.escalations.texts import PANEL as ESCALATION
from assistant.shell.manage.texts import CATALOGUE as MANAGE
from knowledge.models import Language

Texts = Mapping[Language, Mapping[str, str]]

SHARED = (
    "skip",
    "loading",
    "close",
    "cancel",
    "retry",
    "sign_in",
    "signed_out",
    "failed",
    "failed_load",
    "no_server",
    "not_found",
    "to_questions",
)
"""What the scripts in ``static/shared`` say, and what both pages say alike."""

_PANELS: tuple[Texts, ...] = (ESCALATION,)
"""What the panels say; their keys begin with the panel's name."""

_ES = {
    "title": "Contacto",
    "talk": "Conversación",
    "help": "Qué decir",
    "side": "Cliente y pasos",
    "customer": "Cliente",
    "panels": "Paneles",
    "panel_steps": "Pasos",
    "panel_commitments": "Promesas",
    "panel_escalation": "Preguntar",
    "panel_summary": "Resumen",
    "keys": "Teclas",
    "key_speaker": "Escribir lo que dice el cliente, o lo que dice usted",
    "key_send": "Enviar lo escrito; con Mayúsculas, otra línea",
    "key_ask": "Preguntar a la casa, con lo que se ha dicho y mirado",
    "key_keys": "Esta lista",
    "key_close": "Cerrar lo que esté abierto",
    "connection_connecting": "Conectando…",
    "connection_connected": "Al día",
    "connection_lost": "Conexión perdida: se vuelve a intentar sola",
    "connection_ended": "Contacto terminado",
    "connection_signed_out_here": "Su sesión ha terminado",
    "connection_gone": "Este contacto ya no es suyo",
    "connect_now": "Intentarlo ya",
    "contacts": "Mis contactos",
    "no_contacts": "Ninguno abierto",
    "new_contact": "Nuevo contacto",
    "open_contact": "Abrir",
    "channel": "Canal",
    "channel_call": "Llamada",
    "channel_chat": "Chat",
    "channel_mail": "Correo",
    "channel_social": "Red social",
    "reference": "Referencia",
    "reference_hint": "Como lo llame su centro; vacía, se pone una.",
    "none_open": "Ningún contacto abierto",
    "none_open_hint": "Elija uno de su lista o abra uno nuevo. Los que abra la centralita aparecen "
    "solos.",
    "contact_ended": "terminado",
    "end_contact": "Terminar",
    "end_contact_title": "¿Terminar el contacto?",
    "end_contact_hint": "Después no se le puede añadir nada.",
    "newer_below": "Hay algo nuevo más abajo",
    "speaker_customer": "Cliente",
    "speaker_agent": "Agente",
    "speaker_swap": "Habla: {speaker}. Cambiar",
    "write_agent": "Lo que dice usted",
    "write_customer": "Lo que dice el cliente",
    "composer_hint": "Intro envía",
    "send": "Enviar",
    "erased": "borrado",
    "corrected": "Antes: «{before}»",
    "paste": "Pegar",
    "paste_title": "Pegar una conversación",
    "paste_label": "Texto",
    "paste_hint": "Delante de cada intervención, quién habla: «Cliente:» o «Agente:».",
    "paste_example": "Cliente: …\nAgente: …",
    "paste_add": "Añadir",
    "pasted": "Se han añadido {count} intervenciones",
}

_EN = {
    "title": "Contact",
    "talk": "Conversation",
    "help": "What to say",
    "side": "Customer and steps",
    "customer": "Customer",
    "panels": "Panels",
    "panel_steps": "Steps",
    "panel_commitments": "Promises",
    "panel_escalation": "Ask",
    "panel_summary": "Summary",
    "keys": "Keys",
    "key_speaker": "Write what the customer says, or what you say",
    "key_send": "Send what is written; with Shift, another line",
    "key_ask": "Ask the company, with what was said and looked at",
    "key_keys": "This list",
    "key_close": "Close what is open",
    "connection_connecting": "Connecting…",
    "connection_connected": "Up to date",
    "connection_lost": "Connection lost: trying again by itself",
    "connection_ended": "Contact ended",
    "connection_signed_out_here": "Your session has ended",
    "connection_gone": "This contact is no longer yours",
    "connect_now": "Try now",
    "contacts": "My contacts",
    "no_contacts": "None open",
    "new_contact": "New contact",
    "open_contact": "Open",
    "channel": "Channel",
    "channel_call": "Call",
    "channel_chat": "Chat",
    "channel_mail": "Mail",
    "channel_social": "Social network",
    "reference": "Reference",
    "reference_hint": "What your centre calls it; empty, one is made up.",
    "none_open": "No contact is open",
    "none_open_hint": "Choose one of your list or open a new one. Those that the switchboard opens "
    "appear by themselves.",
    "contact_ended": "ended",
    "end_contact": "End",
    "end_contact_title": "End the contact?",
    "end_contact_hint": "Nothing can be added to it afterwards.",
    "newer_below": "There is something new below",
    "speaker_customer": "Customer",
    "speaker_agent": "Agent",
    "speaker_swap": "Speaking: {speaker}. Change",
    "write_agent": "What you say",
    "write_customer": "What the customer says",
    "composer_hint": "Enter sends",
    "send": "Send",
    "erased": "erased",
    "corrected": "Before: “{before}”",
    "paste": "Paste",
    "paste_title": "Paste a conversation",
    "paste_label": "Text",
    "paste_hint": "Before each turn, who speaks: “Customer:” or “Agent:”.",
    "paste_example": "Customer: …\nAgent: …",
    "paste_add": "Add",
    "pasted": "{count} turns were added",
}

_OWN: Texts = {"es": _ES, "en": _EN}


def _whole(language: Language) -> dict[str, str]:
    shared = {key: MANAGE[language][key] for key in SHARED}
    told = dict(_OWN[language])
    for panel in _PANELS:
        told |= panel[language]
    return shared | told


CATALOGUE: Texts = {"es": _whole("es"), "en": _whole("en")}
