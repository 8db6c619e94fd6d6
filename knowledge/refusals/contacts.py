"""Contacts, their turns, and who may add to them."""

from __future__ import annotations

from typing import Final

from knowledge.refusals.reason import Wording

CONTACTS: Final = {
    "contact-unknown": Wording(
        "there is no contact {key!r}, or none of yours: look at the list of contacts",
        "no hay ningún contacto «{key}», o no es de los suyos: mire la lista de contactos",
    ),
    "contact-reference": Wording(
        "the reference has {count} characters or invisible ones: give 1 to {limit} visible "
        "characters, such as the number of the call",
        "la referencia tiene {count} caracteres, o alguno invisible: dé de 1 a {limit} caracteres "
        "visibles, como el número de la llamada",
    ),
    "contact-differs": Wording(
        "{reference!r} is already contact {key}, with another channel, agent or audience: give a "
        "new contact a reference of its own",
        "«{reference}» ya es el contacto {key}, con otro canal, agente o destinatarios: dé a un "
        "contacto nuevo una referencia propia",
    ),
    "contact-not-opened": Wording(
        "{name} may not open this contact: people open their own, programs those of the audience "
        "of their key (role channel)",
        "{name} no puede abrir este contacto: cada persona abre los suyos, y un programa los de "
        "los destinatarios de su clave (función «canal»)",
    ),
    "contact-audience-needed": Wording(
        "the audience of the contact has to be named: choose one of {known}",
        "hay que decir de quién es el contacto: elija uno de estos destinatarios: {known}",
    ),
    "contact-agent-unknown": Wording(
        "there is no account {agent!r} that holds contacts of this audience: name one that does, "
        "or another audience",
        "no hay ninguna cuenta «{agent}» que lleve contactos de estos destinatarios: nombre una "
        "que los lleve, u otros destinatarios",
    ),
    "contact-not-fed": Wording(
        "{name} may read contact {key} but not change it: that is for its agent and for the "
        "program that opened it",
        "{name} puede leer el contacto {key}, pero no cambiarlo: eso es para su agente y para el "
        "programa que lo abrió",
    ),
    "contact-ended": Wording(
        "contact {key} has ended: open a new one",
        "el contacto {key} ya ha terminado: abra uno nuevo",
    ),
    "contact-full": Wording(
        "contact {key} has {limit} turns, and takes no more: end it and open a new one",
        "el contacto {key} tiene {limit} intervenciones y no admite más: termínelo y abra otro",
    ),
    "contact-acts-full": Wording(
        "contact {key} has {limit} entries of what was done with suggestions, and takes no more: "
        "end it and open a new one",
        "el contacto {key} tiene {limit} apuntes de lo hecho con las sugerencias y no admite más: "
        "termínelo y abra otro",
    ),
    "suggestion-unknown": Wording(
        "there is no such suggestion in contact {key} any more: look at what is suggested now",
        "esa sugerencia ya no está en el contacto {key}: mire lo que se sugiere ahora",
    ),
    "contact-no-event": Wording(
        "there was no event {after} yet, the last is {last}: follow the contact from 0",
        "todavía no ha habido ningún suceso {after}; el último es el {last}: siga el contacto "
        "desde 0",
    ),
    "turns-sent": Wording(
        "{count} turns were sent, 1 to {limit} are taken at once: send them in several requests",
        "se han enviado {count} intervenciones, y se admiten de 1 a {limit} de una vez: envíelas "
        "en varias peticiones",
    ),
    "turn-utterance": Wording(
        "an utterance has {count} characters, or spaces or invisible ones: give 1 to {limit} "
        "visible characters, the same for every text of one turn",
        "un «utterance» tiene {count} caracteres, o espacios o invisibles: dé de 1 a {limit} "
        "caracteres visibles, los mismos para todos los textos de una intervención",
    ),
    "turn-long": Wording(
        "the text of turn {utterance!r} has {count:,} characters, at most {limit:,} are kept: "
        "divide it",
        "el texto de la intervención «{utterance}» tiene {count} caracteres y caben {limit}: "
        "divídalo",
    ),
    "turn-empty": Wording(
        "turn {utterance!r} has no text: leave it out, or say something",
        "la intervención «{utterance}» no tiene texto: quítela, o escriba algo",
    ),
    "transfer-whom": Wording(
        "nobody is named to take the contact: give agent, audience, or both",
        "no se dice quién se hace cargo del contacto: dé «agent», «audience» o ambos",
    ),
    "transfer-nobody": Wording(
        "there is no account {agent!r} that may take this contact: name one that holds contacts, "
        "and an audience that it works for",
        "no hay ninguna cuenta «{agent}» que pueda hacerse cargo: nombre una que lleve contactos, "
        "y unos destinatarios para los que trabaje",
    ),
    "transfer-nobody-there": Wording(
        "nobody else of {audience!r} may take this contact: choose another audience or a person",
        "nadie más de «{audience}» puede hacerse cargo del contacto: elija otros destinatarios o "
        "a una persona",
    ),
    "transfer-same": Wording(
        "{agent} has the contact already: choose somebody else",
        "{agent} ya lleva el contacto: elija a otra persona",
    ),
    "transfer-open": Wording(
        "contact {key} is offered to somebody already: wait, or withdraw that first",
        "el contacto {key} ya está ofrecido: espere, o retire antes la oferta",
    ),
    "transfer-none": Wording(
        "contact {key} is not offered to anybody: look at it again",
        "el contacto {key} no está ofrecido a nadie: vuelva a mirarlo",
    ),
    "transfer-over": Wording(
        "contact {key} is not offered any more: somebody took it, or it was taken back",
        "el contacto {key} ya no está ofrecido: otra persona se hizo cargo, o se retiró la oferta",
    ),
    "transfer-for-many": Wording(
        "the contact is offered to everybody of {audience!r}: leave it to whoever takes it",
        "el contacto se ofrece a todos los de «{audience}»: déjelo para quien se haga cargo",
    ),
    "transfer-note": Wording(
        "the text has {count:,} characters, at most {limit:,} are kept: shorten it",
        "el texto tiene {count} caracteres y caben {limit}: acórtelo",
    ),
    "message-unknown": Wording(
        "there is no message {message!r}: look at `voz webhook list`",
        "no hay ningún mensaje «{message}»: mire `voz webhook list`",
    ),
    "message-not-failed": Wording(
        "message {message!r} was not given up, or its words are gone: look at `voz webhook list`",
        "el mensaje «{message}» no se había dado por perdido, o sus palabras ya no están: mire "
        "`voz webhook list`",
    ),
    "summary-none": Wording(
        "no summary of contact {key} was saved: save one first",
        "no se ha guardado ningún resumen del contacto {key}: guarde antes uno",
    ),
    "summary-changed": Wording(
        "the summary of contact {key} is at version {version} by now: read that one first",
        "el resumen del contacto {key} va ya por la versión {version}: lea antes esa",
    ),
    "summary-words-gone": Wording(
        "the words of contact {key} are no longer kept: there is nothing to summarise",
        "las palabras del contacto {key} ya no se guardan: no hay nada que resumir",
    ),
}
