"""The strings of voice guides on the managers' page, in Spanish and English."""

from __future__ import annotations

ES = {
    "tab_voice": "Voz",
    "voice_hint": "Cómo habla la empresa. La guía de voz es una fuente más: se escribe, se revisa "
    "y se publica igual. Aquí se ve qué reglas se han leído de ella y qué no se ha entendido.",
    "voice_none": "Todavía no hay guía de voz",
    "voice_none_hint": "Empiece por este ejemplo, que tiene una regla de cada clase, y cámbielo. "
    "También puede subir la suya como cualquier documento: se reconoce por su primer título, "
    "«Guía de voz…».",
    "voice_start_es": "Empezar en español",
    "voice_start_en": "Empezar en inglés",
    "voice_edit": "Escribir una versión nueva",
    "voice_open": "Ver la fuente",
    "voice_no_text": "Este formato no se edita aquí: suba la versión nueva en su fuente.",
    "voice_version": "versión {version}",
    "voice_rules": "Reglas que se aplican ({count})",
    "voice_unclear": "No se ha entendido ({count})",
    "voice_people": "Solo para personas ({count})",
    "voice_no_rules": "Ninguna regla",
    "voice_said": "«{quote}»",
    "voice_editor": "Guía de voz: {name}",
    "voice_new": "Guía de voz nueva",
    "voice_text": "Texto (Markdown)",
    "voice_insert": "Añadir un ejemplo de esta clase",
    "voice_save": "Guardar como borrador",
    "voice_name": "Nombre del archivo",
    "voice_try": "Pruebas",
    "voice_try_hint": "Escriba una frase, o tome una de muestra, y vea cómo se diría y qué dicen "
    "de ella las reglas. Se prueba la guía que está escribiendo; si no escribe ninguna, la que "
    "está en vigor.",
    "voice_sentence": "Frase",
    "voice_channel": "Canal",
    "voice_channel_phone": "teléfono",
    "voice_channel_chat": "chat",
    "voice_channel_whatsapp": "WhatsApp",
    "voice_channel_email": "correo",
    "voice_channel_social": "redes sociales",
    "voice_sample": "Muestra: {text}",
    "voice_result": "Así se diría",
    "voice_same": "Se dice tal cual.",
    "voice_fell_back": "Se dice tal cual: al cambiarla, la frase ya no diría lo mismo.",
    "voice_noticed": "Lo que dicen las reglas",
    "voice_nothing": "Las reglas no dicen nada en contra.",
    "voice_instead": "mejor: {words}",
}

EN = {
    "tab_voice": "Voice",
    "voice_hint": "How the company speaks. A voice guide is a source like any other: written, "
    "reviewed and published in the same way. Here is which rules were read of it, and what was not "
    "understood.",
    "voice_none": "There is no voice guide yet",
    "voice_none_hint": "Start from this example, which has a rule of every kind, and change it. "
    "You can also bring in your own like any document: it is known by its first heading, “Voice "
    "guide…”.",
    "voice_start_es": "Start in Spanish",
    "voice_start_en": "Start in English",
    "voice_edit": "Write a new version",
    "voice_open": "See the source",
    "voice_no_text": "This format is not edited here: bring the new version in at its source.",
    "voice_version": "version {version}",
    "voice_rules": "Rules that hold ({count})",
    "voice_unclear": "Not understood ({count})",
    "voice_people": "For people alone ({count})",
    "voice_no_rules": "No rule",
    "voice_said": "“{quote}”",
    "voice_editor": "Voice guide: {name}",
    "voice_new": "New voice guide",
    "voice_text": "Text (Markdown)",
    "voice_insert": "Add an example of this kind",
    "voice_save": "Save as a draft",
    "voice_name": "Name of the file",
    "voice_try": "Try it",
    "voice_try_hint": "Write a sentence, or take a sample, and see how it would be said and what "
    "the rules say of it. It is tried with the guide that you are writing; if you write none, with "
    "the one in force.",
    "voice_sentence": "Sentence",
    "voice_channel": "Channel",
    "voice_channel_phone": "phone",
    "voice_channel_chat": "chat",
    "voice_channel_whatsapp": "WhatsApp",
    "voice_channel_email": "e-mail",
    "voice_channel_social": "social media",
    "voice_sample": "Sample: {text}",
    "voice_result": "It would be said so",
    "voice_same": "It is said as it is.",
    "voice_fell_back": "It is said as it is: changed, the sentence would not say the same.",
    "voice_noticed": "What the rules say",
    "voice_nothing": "The rules have nothing against it.",
    "voice_instead": "better: {words}",
}
