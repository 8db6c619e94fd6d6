"""Why customers cannot be shown, and what is wrong with a field of theirs."""

from __future__ import annotations

from typing import Final

from knowledge.refusals.reason import Wording

CUSTOMERS: Final = {
    "customers-slow": Wording(
        "the customer system did not answer within {seconds} s: go on without it, and look again "
        "later",
        "el sistema de clientes no ha respondido en {seconds} s: siga sin él y vuelva a mirar más "
        "tarde",
    ),
    "customers-resting": Wording(
        "the customer system has failed several times and is left alone for a moment: it is tried "
        "again by itself",
        "el sistema de clientes ha fallado varias veces y se deja descansar un momento: se vuelve "
        "a probar solo",
    ),
    "customers-busy": Wording(
        "too many searches wait for the customer system: look again in a moment",
        "hay demasiadas búsquedas esperando al sistema de clientes: vuelva a mirar en un momento",
    ),
    "customers-down": Wording(
        "the customer system cannot be reached ({what}): go on without it, and tell whoever runs "
        "the server",
        "no se llega al sistema de clientes ({what}): siga sin él y avise a quien administra el "
        "servidor",
    ),
    "customers-refused": Wording(
        "the customer system does not let us in (status {status}): tell whoever runs the server, "
        "who checks the secret of the mapping",
        "el sistema de clientes no nos deja entrar (estado {status}): avise a quien administra el "
        "servidor, que revisa la clave del archivo de correspondencias",
    ),
    "customers-status": Wording(
        "the customer system answers with an error (status {status}): look again later",
        "el sistema de clientes responde con un error (estado {status}): vuelva a mirar más tarde",
    ),
    "customers-elsewhere": Wording(
        "the customer system sends us to another address, which is not followed: tell whoever "
        "runs the server",
        "el sistema de clientes nos manda a otra dirección, y no se sigue: avise a quien "
        "administra el servidor",
    ),
    "customers-large": Wording(
        "the answer of the customer system is larger than {limit} MB and was not read: look for "
        "something surer, such as an order number",
        "la respuesta del sistema de clientes pasa de {limit} MB y no se ha leído: busque por algo "
        "más preciso, como un número de pedido",
    ),
    "customers-garbled": Wording(
        "the answer of the customer system cannot be used ({what}): tell whoever runs the server, "
        "who runs `voz customers check`",
        "la respuesta del sistema de clientes no se puede usar ({what}): avise a quien administra "
        "el servidor, que ejecuta `voz customers check`",
    ),
    "customers-query": Wording(
        "the query {field} of the mapping fails ({what}): tell whoever runs the server, who runs "
        "`voz customers check`",
        "la consulta {field} del archivo de correspondencias falla ({what}): avise a quien "
        "administra el servidor, que ejecuta `voz customers check`",
    ),
    "customers-not-by": Wording(
        "the customer system cannot be searched by {kind}: use {known}",
        "en el sistema de clientes no se puede buscar por {kind}: use {known}",
    ),
    "customers-none": Wording(
        "no customer system is connected: docs/customers.md says how to",
        "no hay ningún sistema de clientes conectado: docs/customers.es.md dice cómo",
    ),
    "customer-unknown": Wording(
        "there is no such customer: look for them anew",
        "no existe ese cliente: búsquelo otra vez",
    ),
    "customers-one-of": Wording(
        "give one of phone, mail, order, name or q",
        "indique solo uno: teléfono, correo, pedido, nombre o texto libre",
    ),
    "customers-no-phone": Wording(
        "that is no telephone number: write it with its nine digits, or with + and the country",
        "eso no es un teléfono: escríbalo con sus nueve cifras, o con + y el prefijo del país",
    ),
    "customers-no-mail": Wording(
        "that is no mail address: write it whole, as in name@example.com",
        "eso no es una dirección de correo: escríbala entera, como nombre@example.com",
    ),
    "customers-no-order": Wording(
        "that is no order number: it has digits",
        "eso no es un número de pedido: lleva cifras",
    ),
    "customers-no-name": Wording(
        "that is too short for a name: write at least three letters",
        "eso es demasiado corto para un nombre: escriba al menos tres letras",
    ),
    "customers-kind-phone": Wording("telephone", "teléfono"),
    "customers-kind-mail": Wording("mail", "correo"),
    "customers-kind-order": Wording("order number", "número de pedido"),
    "customers-kind-name": Wording("name", "nombre"),
    "customer-field-missing": Wording("{field} is missing", "falta {field}"),
    "customer-field-text": Wording("{field} is no text", "{field} no es un texto"),
    "customer-field-date": Wording("{field} is no date", "{field} no es una fecha"),
    "customer-field-number": Wording("{field} is no number", "{field} no es un número"),
    "customer-field-list": Wording("{field} is no list", "{field} no es una lista"),
    "customer-field-word": Wording(
        "{field} has a word that the mapping does not translate",
        "{field} tiene una palabra que el archivo de correspondencias no traduce",
    ),
    "customer-field-long": Wording("{field} was cut short", "{field} se ha acortado"),
}
