"""Sources, their versions and days, audiences, cards, and what is read in the background."""

from __future__ import annotations

from typing import Final

from knowledge.refusals.reason import Wording

SOURCES: Final = {
    # Audiences
    "audience-unknown": Wording(
        "there is no audience {label!r}: use one of {known}, or make it with `voz audiences add`",
        "no hay ningún grupo de destinatarios «{label}»: elija entre {known}, o pida a quien "
        "administra que lo añada",
    ),
    "audience-label": Wording(
        "the audience label {label!r} cannot be used: use lower-case letters, digits and single "
        "hyphens, at most {limit} characters",
        "«{label}» no sirve como nombre corto de un grupo: use letras minúsculas sin tilde, cifras "
        "y guiones sueltos, {limit} caracteres como mucho",
    ),
    "audience-taken": Wording(
        "there is an audience {label!r} already: choose another label",
        "ya hay un grupo «{label}»: elija otro nombre corto",
    ),
    "audience-was-used": Wording(
        "there was an audience {label!r}, and what it was told is still kept for it: choose "
        "another label",
        "ya hubo un grupo «{label}», y se guarda lo que se le dijo: elija otro nombre corto",
    ),
    "audience-root": Wording(
        "the audience {label!r} is the root and stays: remove one below it",
        "el grupo «{label}» es todo el personal y no se borra: borre alguno de los que hay en él",
    ),
    "audience-has-others": Wording(
        "the audience {label!r} has others below it: remove those first",
        "el grupo «{label}» tiene otros dentro: borre antes esos",
    ),
    "audience-in-use": Wording(
        "the audience {label!r} is that of {count} sources, among them {source!r}: give those "
        "another one first",
        "el grupo «{label}» todavía se usa en {count} fuentes o partes de fuentes, como "
        "«{source}»: deles antes otros destinatarios",
    ),
    "audience-title": Wording(
        "the title {title!r} of an audience must have 1 to {limit} characters",
        "el nombre «{title}» no sirve para un grupo: debe tener de 1 a {limit} caracteres",
    ),
    # Cards
    "card-empty": Wording(
        "a card needs a question and the words to say: one of them is empty, write it",
        "una tarjeta necesita la pregunta y lo que se dice: falta una de las dos cosas; escríbala",
    ),
    "card-answer-long": Wording(
        "the words of a card have {count} characters, at most {limit} are said in one go: shorten "
        "them, or make two cards",
        "el texto de la tarjeta tiene {count} caracteres, y de una vez se dicen {limit} como "
        "mucho: acórtelo, o haga dos tarjetas",
    ),
    "card-wordings": Wording(
        "a card has up to {variants} other wordings of up to {limit} characters: {longest!r} has "
        "{count}, and there are {given}; shorten them or take some out",
        "una tarjeta admite {variants} formas más de preguntar, de {limit} caracteres como mucho: "
        "«{longest}» tiene {count}, y hay {given}; acorte o quite alguna",
    ),
    # Sources and versions
    "source-unknown": Wording(
        "there is no source {name!r}: `voz sources list` shows those there are",
        "no hay ninguna fuente «{name}», o no es de las suyas: mire la lista de fuentes",
    ),
    "source-number-unknown": Wording(
        "there is no source {number}: look at the list of sources",
        "no hay ninguna fuente con el número {number}, o no es de las suyas: mire la lista de "
        "fuentes",
    ),
    "version-unknown": Wording(
        "{name!r} has no version {number}: it has {count}, from 1; choose one of those",
        "«{name}» no tiene versión {number}: tiene {count}, desde la 1; elija una de esas",
    ),
    "version-own": Wording(
        "version {number} of {name!r} is by {author!r}: somebody else must approve it",
        "la versión {number} de «{name}» es de {author}, y nadie aprueba lo suyo: pida a otra "
        "persona que publica que la apruebe",
    ),
    "version-state": Wording(
        "version {number} of {name!r} is {state}, not {expected}: reload to see what became of it",
        "la versión {number} de «{name}» figura como «{state}», y tendría que figurar como "
        "«{expected}»: vuelva a cargar la página para ver qué ha pasado con ella",
    ),
    "state-draft": Wording("draft", "borrador"),
    "state-in_review": Wording("in review", "en revisión"),
    "state-published": Wording("published", "publicada"),
    "state-retired": Wording("retired", "retirada"),
    "either": Wording("{first} or {second}", "{first} o {second}"),
    "retire-nothing": Wording(
        "{name!r} has nothing in force from {day} on: nothing to retire; give an earlier day",
        "«{name}» no tiene nada en vigor desde el {day}: no hay nada que retirar; dé un día "
        "anterior",
    ),
    "note-long": Wording(
        "the note has {count} characters, at most {limit} are kept: shorten it",
        "la nota tiene {count} caracteres, y caben {limit}: acórtela",
    ),
    "heading-unknown": Wording(
        "{name!r} has no heading {heading!r}: it has {known}",
        "«{name}» no tiene ningún apartado «{heading}»: tiene {known}",
    ),
    "none": Wording("none", "ninguno"),
    "part-missing": Wording(
        "version {number} of {name!r} has no heading {heading!r}, which is a restricted part: "
        "restrict what took its place, and say that this one is gone",
        "la versión {number} de «{name}» no tiene el apartado «{heading}», que es para menos "
        "gente: reserve el que lo sustituye, y diga que este ya no está",
    ),
    "kind-unknown": Wording(
        "kind {kind!r} is none of {known}: choose one of those",
        "«{kind}» no es ninguna de las clases que hay: elija entre {known}",
    ),
    "review-days": Wording(
        "review_days must be 0 (never) or more, got {days}",
        "los días entre revisiones han de ser 0 (nunca) o más, y se dio {days}",
    ),
    "translation-of-itself": Wording(
        "{name!r} cannot be a translation of itself: name the original",
        "«{name}» no puede ser traducción de sí misma: elija el original",
    ),
    "tags": Wording(
        "a source has at most {limit} tags of up to 80 characters: take out or shorten some",
        "una fuente tiene {limit} etiquetas como mucho, de hasta 80 caracteres: quite o acorte "
        "alguna",
    ),
    "version-moved": Wording(
        "{name!r} is not for {audience!r}, and a version that waits for approval cannot change "
        "that: bring it without an audience, and change the source's",
        "«{name}» no es para «{audience}», y una versión que espera aprobación no lo cambia: "
        "súbala sin destinatarios, y cambie los de la fuente",
    ),
    "compare-long": Wording(
        "version {number} of {name!r} has {count} sentences and rows, at most {limit} are "
        "compared: split the file",
        "la versión {number} de «{name}» tiene {count} frases y filas, y se comparan {limit} como "
        "mucho: divida el archivo",
    ),
    "compare-itself": Wording(
        "version {number} of {name!r} cannot be compared with itself: name two versions",
        "la versión {number} de «{name}» no se puede comparar consigo misma: elija dos versiones",
    ),
    "compare-only-one": Wording(
        "{name!r} has only version {number}: nothing to compare until there is another",
        "«{name}» solo tiene la versión {number}: no hay nada que comparar hasta que haya otra",
    ),
    # Days
    "days-order": Wording(
        "in force from {start} until before {end} is not a single day: the end must come after "
        "the beginning",
        "en vigor desde el {start} y hasta antes del {end} no es ningún día: el final ha de ir "
        "después del comienzo",
    ),
    "no-day": Wording(
        "{text!r} is no day: write it as 2025-09-02 or 02/09/2025",
        "«{text}» no es un día: escríbalo como 02/09/2025 o 2025-09-02",
    ),
    "no-moment": Wording(
        "{text!r} is no moment: write it as 2025-09-02 or 2025-09-02T10:30",
        "«{text}» no es un momento: escríbalo como 2025-09-02 o 2025-09-02T10:30",
    ),
    "moment-future": Wording(
        "{text!r} is in the future: what was told can only be past",
        "«{text}» es futuro, y lo que se dijo solo puede ser pasado: dé un día o momento anterior",
    ),
    # What is done in the background
    "job-unknown": Wording(
        "there is no job {number}: look at the list of uploads",
        "no hay ninguna tarea {number}: mire la lista de subidas",
    ),
    "job-state": Wording(
        "job {number} is {state}: only one that failed runs again",
        "la tarea {number} figura como «{state}»: solo se repiten las que fallaron",
    ),
    "state-queued": Wording("queued", "en cola"),
    "state-running": Wording("running", "en marcha"),
    "state-done": Wording("done", "hecha"),
    "state-failed": Wording("failed", "fallida"),
    "state-interrupted": Wording("interrupted", "interrumpida"),
    "state-cancelled": Wording("cancelled", "cancelada"),
    "upload-gone": Wording(
        "what was uploaded for job {number} is gone: upload it again",
        "lo que se subió para la tarea {number} ya no está: súbalo otra vez",
    ),
}
