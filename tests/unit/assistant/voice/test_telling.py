"""What a chat model is told of a voice guide: what holds on the channel, and no more."""

from __future__ import annotations

from assistant.voice.telling import MAX_LINE_CHARS, lines_for
from tests.unit.assistant.voice.made import example_guide, guide_of

SPANISH = example_guide("guia-de-voz.md")


def test_address_words_and_forbidden_promises_are_told_and_greetings_are_not() -> None:
    told = lines_for(SPANISH, "email")
    assert told[0] == "Trate al cliente de usted."
    assert "Diga «avería», «fallo»; no diga «incidencia»." in told
    assert any("cien por cien seguro" in line for line in told)
    assert not any("Estimado" in line or "14 días" in line for line in told)


def test_only_the_style_of_the_channel_is_told() -> None:
    mail, chat = lines_for(SPANISH, "email"), lines_for(SPANISH, "chat")
    assert "Emoticonos: 0 como mucho." in mail
    assert "Emoticonos: 1 como mucho." in chat
    assert not any("Emoticonos" in line for line in lines_for(SPANISH, None))


def test_a_channels_own_form_of_address_is_told_there() -> None:
    guide = guide_of("# Guía de voz\n\n## Tratamiento\n\nDe usted, salvo en chat, de tú.\n")
    assert lines_for(guide, "chat") == ("Trate al cliente de tú.",)
    assert lines_for(guide, "phone") == ("Trate al cliente de usted.",)


def test_a_long_rule_is_cut() -> None:
    text = "# Guía de voz\n\n## Promesas prohibidas\n\n- " + "nunca " * 100 + "\n"
    assert [len(line) for line in lines_for(guide_of(text), None)] == [MAX_LINE_CHARS]
