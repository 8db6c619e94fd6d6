"""Promises and complaints: what cannot be kept of them, and who may do what."""

from __future__ import annotations

from typing import Final

from knowledge.refusals.reason import Wording

COMMITMENTS: Final = {
    "commitment-unknown": Wording(
        "there is no promise or complaint {key!r}, or none of yours: check the key, or look at "
        "the list",
        "no hay ninguna promesa ni reclamación «{key}», o no es de las suyas: compruebe la clave, "
        "o mire la lista",
    ),
    "commitment-key-form": Wording(
        "{key!r} is no key of a promise or complaint: one looks like VP-7K3M-2QS",
        "«{key}» no es la clave de ninguna promesa ni reclamación: son como VP-7K3M-2QS",
    ),
    "commitment-key-mistyped": Wording(
        "a character of {key!r} is wrong or two have changed places: ask for the key again",
        "en «{key}» hay un carácter equivocado o dos cambiados de sitio: pida la clave otra vez",
    ),
    "commitment-text": Wording(
        "the text has {count} characters: write 1 to {limit}",
        "el texto tiene {count} caracteres: escriba de 1 a {limit}",
    ),
    "commitment-customer": Wording(
        "the reference of the customer has {count} characters or invisible ones: give 1 to "
        "{limit} visible characters, as the customer system has them",
        "la referencia del cliente tiene {count} caracteres, o alguno invisible: dé de 1 a {limit} "
        "caracteres visibles, como en el sistema de clientes",
    ),
    "commitment-due-needed": Wording(
        "{key} has no day by which it is due: give one, nothing is guessed",
        "{key} no tiene fecha: dé una, no se adivina",
    ),
    "commitment-due-past": Wording(
        "{day} is past: give a day from today on",
        "el {day} ya ha pasado: dé un día desde hoy en adelante",
    ),
    "commitment-due-far": Wording(
        "{day} is more than {years} years away: give a nearer day",
        "para el {day} faltan más de {years} años: dé un día más cercano",
    ),
    "commitment-no-card": Wording(
        "{name} talks with no customers, and so is not told what one is owed: an administrator can "
        "give the role agent",
        "{name} no atiende a clientes, así que no se le dice lo que se debe a uno: quien "
        "administra puede darle la función «agente»",
    ),
    "commitment-not-yours": Wording(
        "{name} may read {key} but not change it",
        "{name} puede leer {key}, pero no cambiarla",
    ),
    "commitment-not-opened": Wording(
        "{name} may open no promise or complaint of the audience {audience!r}: name one of those "
        "you talk with customers for",
        "{name} no puede abrir promesas ni reclamaciones de «{audience}»: nombre unos "
        "destinatarios para los que atienda a clientes",
    ),
    "commitment-audience-needed": Wording(
        "it has to be said whose it is: choose one of {known}, or name the contact",
        "hay que decir de quién es: elija uno de estos destinatarios, {known}, o nombre el "
        "contacto",
    ),
    "commitment-not-proposed": Wording(
        "{key} is not waiting to be confirmed: look how it stands",
        "{key} no está por confirmar: mire cómo está",
    ),
    "commitment-settled": Wording(
        "{key} is settled already: open a new one if something is still owed",
        "{key} ya está cerrada: abra otra si todavía se debe algo",
    ),
    "commitment-reason-needed": Wording(
        "{key} cannot be closed without a reason: say in a sentence what became of it",
        "{key} no se puede cerrar sin motivo: diga en una frase qué ha pasado",
    ),
    "commitment-account": Wording(
        "there is no account {account!r} that may see to {key}: name one that talks with customers "
        "for this audience or above it",
        "no hay ninguna cuenta «{account}» que pueda llevar {key}: nombre una que atienda a los "
        "clientes de estos destinatarios o de más arriba",
    ),
    "complaint-no-calendar": Wording(
        "the working days of {year} are not known, so the day by which the complaint is due cannot "
        "be counted: give it, or add the holidays to VOZ_HOLIDAYS",
        "no se conocen los días laborables de {year}, así que no se puede contar el plazo de la "
        "reclamación: dé el día, o añada los festivos a VOZ_HOLIDAYS",
    ),
}
