"""Why a question, a request or a form is refused: the reasons of `assistant` and its shell."""

from __future__ import annotations

from typing import Final

from assistant.customers.reasons import CUSTOMERS
from assistant.steps.reasons import STEPS
from assistant.themes.reasons import THEMES
from knowledge.refusals import because as knowledge_because
from knowledge.refusals.reason import Wording, Wordings

_ASKING: Final = {
    "question-long": Wording(
        "the question has {count:,} characters, at most {limit:,} are read: ask for the point in "
        "one or two sentences",
        "la pregunta tiene {count} caracteres, y se leen {limit} como mucho: pregunte lo esencial "
        "en una o dos frases",
    ),
    "question-empty": Wording(
        "the question {question!r} is empty: write what the customer wants to know",
        "la pregunta «{question}» está vacía: escriba lo que el cliente quiere saber",
    ),
    "draft-long": Wording(
        "the draft has {count:,} characters, at most {limit:,} are checked: check it in parts",
        "el borrador tiene {count} caracteres, y se comprueban {limit} como mucho: hágalo por "
        "partes",
    ),
    "case-pair": Wording(
        "the case {text!r} has no value: write it as delivered=2026-11-16",
        "al dato «{text}» le falta el valor: escríbalo como delivered=2026-11-16",
    ),
    "case-twice": Wording(
        "the case {text!r} is given twice: give each key once",
        "el dato «{text}» está repetido: dé cada uno una sola vez",
    ),
    "case-key": Wording(
        "the case has no key {key!r}: use one of {known}",
        "el caso no tiene ningún dato «{key}»: use uno de {known}",
    ),
    "case-day": Wording(
        "the case's {key}={value!r} is no day: write it as 2026-11-16, or 2026-11-16T10:30 with "
        "the time",
        "{key}=«{value}» no es un día del caso: escríbalo como 2026-11-16, o 2026-11-16T10:30 si "
        "sabe la hora",
    ),
    "case-channel": Wording(
        "the case's channel={value!r} is none: use one of {known}",
        "channel=«{value}» no es un canal de compra: use uno de {known}",
    ),
    "compose-case": Wording(
        "an answer for a case is quoted, since its days are computed from the very words: leave "
        "out compose or case",
        "una respuesta para un caso es literal, porque sus días se calculan de las palabras "
        "exactas: quite compose o case",
    ),
    "gap-nothing-near": Wording(
        "no source comes near gap {number}: write the words to say (`--answer`)",
        "ninguna fuente se acerca a la pregunta sin respuesta {number}: escriba lo que se dice",
    ),
    "voice-no-guide": Wording(
        "{title!r} is no voice guide: its first heading has to begin with “Voice guide” or “Guía "
        "de voz”",
        "«{title}» no es una guía de voz: su primer título tiene que empezar por «Guía de voz»",
    ),
    "voice-language-es": Wording("Spanish", "español"),
    "voice-language-en": Wording("English", "inglés"),
    "voice-long": Wording(
        "the guide has {count:,} characters, at most {limit:,} are read while it is written: "
        "bring it in as a file",
        "la guía tiene {count} caracteres, y mientras se escribe se leen {limit} como mucho: "
        "súbala como archivo",
    ),
    "voice-none": Wording(
        "there is no voice guide in {language}: write one on this page first",
        "no hay guía de voz en {language}: escriba antes una en esta página",
    ),
    "no-such-pdf": Wording(
        "there is no such PDF: open the source again",
        "no existe ese PDF: abra otra vez la fuente",
    ),
    "passage-gone": Wording(
        "version {version} of {document!r} is not there, or not for you: ask again",
        "la versión {version} de «{document}» no está, o no es para usted: vuelva a preguntar",
    ),
    "outside-document": Wording(
        "start, end or page lies outside the document: open the source again",
        "el comienzo, el final o la página quedan fuera del documento: abra otra vez la fuente",
    ),
    "parts-withheld": Wording(
        "parts of that document are for others: read it as text",
        "hay partes de ese documento que son para otras personas: léalo como texto",
    ),
    "page-not-drawn": Wording(
        "page {page} cannot be drawn: read it as text",
        "la página {page} no se puede dibujar: léala como texto",
    ),
}

_ENTERING: Final = {
    "may-not-do": Wording(
        "{name} may not do this ({actions}): ask an administrator for a role that allows it",
        "{name} no puede hacerlo ({actions}): pida a quien administra una función que lo permita",
    ),
    "sign-in-first": Wording("sign in first, at {path}", "entre antes, en {path}"),
    "one-time-first": Wording(
        "change the one-time password first, at {path}",
        "cambie antes la contraseña de un solo uso, en {path}",
    ),
    "key-has-no-page": Wording(
        "an API key has no account page: sign in with name and password",
        "una clave de programa no tiene página de cuenta: entre con nombre y contraseña",
    ),
    "other-site": Wording(
        "requests from another site are refused: open the page by its own address",
        "no se atienden peticiones de otro sitio: abra la página por su dirección",
    ),
    "other-account": Wording(
        "this page belongs to another account: load it anew",
        "esta página es de otra cuenta: vuelva a cargarla",
    ),
    "json-object": Wording(
        "a JSON object was expected: reload the page",
        "se esperaba un objeto JSON: vuelva a cargar la página",
    ),
    "too-many-connections": Wording(
        "{name} already follows contacts over {limit} connections: close some",
        "{name} ya sigue contactos con {limit} conexiones: cierre alguna",
    ),
    "webhook-none": Wording(
        "there is no program to send summaries on to: an administrator sets VOZ_WEBHOOK_URL",
        "no hay ningún programa al que enviar resúmenes: quien administra fija VOZ_WEBHOOK_URL",
    ),
    "webhook-not-taken": Wording(
        "{address} did not take the test message ({trouble}): look at its log and at "
        "VOZ_WEBHOOK_URL",
        "{address} no ha aceptado el mensaje de prueba ({trouble}): mire su diario y "
        "VOZ_WEBHOOK_URL",
    ),
    "source-not-yours": Wording(
        "there is a source {name!r} that you may not edit: give the file another name",
        "hay una fuente «{name}» que usted no puede modificar: dé otro nombre al archivo",
    ),
}

_FORMS: Final = {
    "form-unknown-field": Wording(
        "{name!r} is no field: use {known}",
        "«{name}» no es ningún campo: use {known}",
    ),
    "form-no-file": Wording(
        "file: a file was expected, as multipart/form-data",
        "falta el archivo: elija uno",
    ),
    "form-file-empty": Wording(
        "{name} is empty: choose another one",
        "«{name}» está vacío: elija otro",
    ),
    "form-file-large": Wording(
        "{name} is larger than {limit} MiB: divide it",
        "«{name}» pasa de {limit} MiB: divídalo",
    ),
    "the-file": Wording("the file", "el archivo"),
    "form-no-number": Wording(
        "source: {text!r} is no number of a source: take one of `GET /v1/sources`",
        "«{text}» no es el número de una fuente: elíjala en la lista",
    ),
    "source-name": Wording(
        "the name {name!r} cannot be used: 1 to {limit} visible characters, folders with /, as in "
        "policies/returns.pdf",
        "el nombre «{name}» no sirve: de 1 a {limit} caracteres visibles, las carpetas con /, "
        "como en politicas/devoluciones.pdf",
    ),
    "source-is-archive": Wording(
        "{name}: an archive is no source: bring it in with POST /v1/imports",
        "«{name}» es un archivo comprimido y no una fuente: súbalo donde se suben los .zip",
    ),
    "no-archive": Wording(
        "{name} is no ZIP archive: bring single files in with POST /v1/sources",
        "«{name}» no es un archivo .zip: súbalo como archivo suelto",
    ),
    "source-taken": Wording(
        "there is a source {name!r}: upload it as a version of that",
        "ya hay una fuente «{name}»: súbalo como versión de esa",
    ),
    "card-taken": Wording(
        "there is a card {name!r}: write a version of that one",
        "ya hay una tarjeta «{name}»: escriba una versión de esa",
    ),
    "source-came": Wording(
        "there is a source {name!r} by now: upload it as a version of that",
        "entretanto ya hay una fuente «{name}»: súbalo como versión de esa",
    ),
    "source-went": Wording(
        "the source {name!r} is gone: upload it as a new one",
        "la fuente «{name}» ya no está: súbalo como fuente nueva",
    ),
    "audience-gone": Wording(
        "there is no audience {label!r}: look at the list",
        "no hay ningún grupo «{label}», o no es de los suyos: mire la lista",
    ),
    "card-unknown": Wording(
        "there is no card {number}: look at the list of sources",
        "no hay ninguna tarjeta {number}, o no es de las suyas: mire la lista de fuentes",
    ),
    "reader-unknown": Wording(
        "there is no account {name!r} that reads for you: look at the list",
        "no hay ninguna cuenta «{name}» de la que usted responda: mire la lista",
    ),
    "keeper-unknown": Wording(
        "{name!r} is no account that handles this: choose one of those listed",
        "«{name}» no es una cuenta que pueda llevar esto: elija una de la lista",
    ),
}

_FIELDS: Final = {
    "field-missing": Wording("{field}: it is missing, give it", "{field}: falta; escríbalo"),
    "field-extra": Wording(
        "{field}: there is no such field, leave it out",
        "{field}: ese campo no existe; quítelo",
    ),
    "field-short": Wording(
        "{field}: {value!r} is too short, at least {limit} are expected",
        "{field}: «{value}» es demasiado corto; hacen falta {limit} o más",
    ),
    "field-long": Wording(
        "{field}: {value!r} is too long, at most {limit} are taken",
        "{field}: «{value}» es demasiado largo; caben {limit} como mucho",
    ),
    "field-small": Wording(
        "{field}: {value!r} is too small, use {limit} or more",
        "{field}: «{value}» es demasiado poco; use {limit} o más",
    ),
    "field-great": Wording(
        "{field}: {value!r} is too much, use {limit} or less",
        "{field}: «{value}» es demasiado; use {limit} o menos",
    ),
    "field-no-number": Wording(
        "{field}: {value!r} is no whole number, write one",
        "{field}: «{value}» no es un número entero; escriba uno",
    ),
    "field-no-day": Wording(
        "{field}: {value!r} is no day, write it as 2025-09-02",
        "{field}: «{value}» no es un día; escríbalo como 2025-09-02",
    ),
    "field-choice": Wording(
        "{field}: {value!r} cannot be used, choose {known}",
        "{field}: «{value}» no vale; elija {known}",
    ),
    "field-unusable": Wording(
        "{field}: {value!r} cannot be used: {line}",
        "{field}: «{value}» no se puede usar. El servidor dice, en inglés: {line}",
    ),
    "the-request": Wording("the request", "la petición"),
}

_FAILING: Final = {
    "server-says": Wording(
        "{line}",
        "no se ha podido hacer. El servidor dice, en inglés: {line}",
    ),
    "busy": Wording(
        "the register is busy with other work: wait a moment and try again",
        "el registro está ocupado con otro trabajo: espere un momento y vuelva a intentarlo",
    ),
    "storage-full": Wording(
        "there is no space or permission to store anything: tell whoever runs the server, then try "
        "again",
        "no queda sitio o permiso para guardar: avise a quien administra el servidor, y vuelva a "
        "intentarlo después",
    ),
    "register-failed": Wording(
        "the register cannot be used just now: try again; if it stays so, tell whoever runs the "
        "server",
        "el registro no se puede usar ahora: vuelva a intentarlo; si sigue igual, avise a quien "
        "administra el servidor",
    ),
    "model-failed": Wording(
        "the model that compares meanings cannot be used: tell whoever runs the server, whose log "
        "says more",
        "el modelo que compara significados no se puede usar: avise a quien administra el "
        "servidor, que lo ve en su registro",
    ),
    "index-damaged": Wording(
        "the search index is damaged: tell whoever runs the server, who mends it with `voz "
        "rebuild`",
        "el índice de búsqueda está dañado: avise a quien administra el servidor, que lo rehace "
        "con `voz rebuild`",
    ),
    "nothing-gates": Wording(
        "no golden set gates publications: the version can be published without a check",
        "ningún conjunto de referencia es puerta de publicación: la versión puede publicarse sin "
        "comprobarla",
    ),
    "child-died": Wording(
        "the process that asked the cases ended without a word: there may be too little memory; "
        "run it again",
        "el proceso que preguntaba los casos se cortó sin decir nada: puede que falte memoria; "
        "vuelva a intentarlo",
    ),
    "unforeseen": Wording(
        "something unforeseen failed ({kind}): run it again; the log says more",
        "ha fallado algo imprevisto ({kind}): vuelva a intentarlo; quien administra el servidor "
        "encuentra más en su registro",
    ),
}

_QUALITY: Final = {
    "review-file": Wording(
        "{path} cannot be read as JSON ({why}): check the path and what is in it",
        "no se puede leer {path} como JSON ({why}): compruebe la ruta y su contenido",
    ),
    "review-form": Wording(
        '{path} is no review: write {{"answers": {{"item": "option" or null}}, "notes": '
        '{{"item": "text"}}}}',
        '{path} no es una revisión: escriba {{"answers": {{"pregunta": "opción" o null}}, "notes": '
        '{{"pregunta": "texto"}}}}',
    ),
    "case-audience": Wording(
        "a case is asked as an agent of {audience!r}, whose sources you do not read: use {known}",
        "un caso se pregunta como agente de «{audience}», cuyas fuentes usted no lee: use {known}",
    ),
    "drafts-no-source": Wording(
        "no source is named: write the name of each on a line",
        "no se nombra ninguna fuente: escriba el nombre de cada una en una línea",
    ),
    "run-not-of-page": Wording(
        "run {run!r} was not started on the page: `voz eval run --resume {run}` goes on with it",
        "la ejecución «{run}» no se inició en la página: siga con ella mediante "
        "`voz eval run --resume {run}`",
    ),
    "run-folder-gone": Wording(
        "the folder of run {run!r} is gone: put it back from a copy, or run the set again",
        "falta la carpeta de la ejecución «{run}»: recupérela de una copia, o ejecute el conjunto "
        "otra vez",
    ),
    "case-unknown": Wording(
        "run {run!r} has no case {case!r}",
        "la ejecución «{run}» no tiene el caso «{case}»",
    ),
    "case-unasked": Wording(
        "run {run!r} has no answer to case {case!r}",
        "la ejecución «{run}» no tiene respuesta del caso «{case}»",
    ),
    "audience-unseen": Wording(
        "there is no audience {audience!r} whose agents' sources you read",
        "no hay ningún público «{audience}» cuyas fuentes usted lea",
    ),
}

WORDINGS: Final = {
    **_ASKING,
    **_ENTERING,
    **_FORMS,
    **_FIELDS,
    **_FAILING,
    **_QUALITY,
    **CUSTOMERS,
    **STEPS,
    **THEMES,
}

because = Wordings({**knowledge_because.wordings, **WORDINGS})
"""These, and those of `knowledge`."""
