"""Why a golden set, a run or a gate is refused: codes with wordings in both languages."""

from knowledge.refusals.reason import Wording, Wordings

because = Wordings(
    {
        "golden-line": Wording(
            "line {line}{case}: {field}: {why}",
            "línea {line}{case}: {field}: {why}",
        ),
        "golden-json": Wording(
            "line {line} is no JSON object: {why}; write each case as one object on one line",
            "la línea {line} no es un objeto JSON: {why}; escriba cada caso como un objeto en una "
            "línea",
        ),
        "golden-utf8": Wording(
            "byte {byte} is no UTF-8: save the file as UTF-8",
            "el byte {byte} no es UTF-8: guarde el archivo como UTF-8",
        ),
        "golden-empty": Wording(
            "there are no cases: write each as one JSON object on one line",
            "no hay casos: escriba cada uno como un objeto JSON en una línea",
        ),
        "golden-large": Wording(
            "{count} cases, of at most {limit}: split the set",
            "{count} casos, de {limit} como máximo: divida el conjunto",
        ),
        "golden-id-twice": Wording(
            "{id!r} is the id of line {first} too: give every case an id of its own",
            "{id!r} es también el id de la línea {first}: dé a cada caso un id propio",
        ),
        "golden-twin": Wording(
            "twin {id!r} has the languages {languages}: a twin is one case in es and one in en",
            "el gemelo {id!r} tiene los idiomas {languages}: un gemelo es un caso en es y otro en "
            "en",
        ),
        "golden-missing": Wording("it is missing", "falta"),
        "golden-unknown": Wording(
            "there is no such field: leave it out", "no existe ese campo: quítelo"
        ),
        "golden-draft": Wording(
            "it is a draft that nobody has accepted: look it over, and take the field out",
            "es un borrador que nadie ha aceptado: revíselo y quite el campo",
        ),
        "golden-undecided": Wording(
            "a person has to decide it: write one of {expected}",
            "tiene que decidirlo una persona: escriba uno de {expected}",
        ),
        "drafts-there": Wording(
            "{path} is there already, perhaps with somebody's work: choose another name",
            "{path} ya existe, quizá con el trabajo de alguien: elija otro nombre",
        ),
        "drafts-no-model": Wording(
            "there is no chat model to word questions: set VOZ_CHAT_MODEL, or leave --word out",
            "no hay modelo de chat que redacte preguntas: ponga VOZ_CHAT_MODEL, o quite --word",
        ),
        "drafts-unwritable": Wording(
            "{path} cannot be written ({why}): choose another place",
            "no se puede escribir {path} ({why}): elija otro sitio",
        ),
        "golden-choice": Wording("write one of {expected}", "escriba uno de {expected}"),
        "golden-short": Wording("it is empty", "está vacío"),
        "golden-long": Wording("it is longer than {limit}", "es más largo que {limit}"),
        "golden-id": Wording(
            "write 1 to 100 letters, digits, dots, dashes, colons or slashes",
            "escriba de 1 a 100 letras, cifras, puntos, guiones, dos puntos o barras",
        ),
        "golden-number": Wording("write a number above 0", "escriba un número mayor que 0"),
        "golden-least": Wording("write a number of at least 0", "escriba un número de al menos 0"),
        "golden-few": Wording("write at least {least}", "escriba al menos {least}"),
        "golden-most": Wording(
            "write a number of at most {most}", "escriba un número de {most} como máximo"
        ),
        "golden-type": Wording("{says}", "no es del tipo esperado ({says})"),
        "golden-date": Wording(
            "write a date as in 2026-03-31", "escriba una fecha como 2026-03-31"
        ),
        "golden-pattern": Wording(
            "it is no regular expression: {why}", "no es una expresión regular: {why}"
        ),
        "golden-value-kind": Wording(
            "a fact of kind {kind} has no value: leave value out, or write kind number, money or "
            "duration",
            "un dato de tipo {kind} no tiene valor: quite value, o escriba en kind number, money o "
            "duration",
        ),
        "golden-unit": Wording(
            "a value of kind {kind} needs its unit, such as EUR or days",
            "un valor de tipo {kind} necesita su unidad, como EUR o days",
        ),
        "golden-phrase-or-pattern": Wording(
            "write a phrase or a pattern, one of both",
            "escriba una frase (phrase) o un patrón (pattern), uno de los dos",
        ),
        "golden-last-turn": Wording(
            "the last turn is the question: it cannot be the assistant's",
            "el último turno es la pregunta: no puede ser del asistente",
        ),
        "golden-twice": Wording(
            "{id!r} is there twice: give each an id of its own",
            "{id!r} está dos veces: dé a cada uno un id propio",
        ),
        "golden-behaviour": Wording(
            "{behaviour!r} cannot be expected of a question that is {answerability}: write "
            "{expected}",
            "{behaviour!r} no puede esperarse de una pregunta {answerability}: escriba {expected}",
        ),
        "golden-nothing-expected": Wording(
            "it is answerable and nothing is expected: write gold, facts or steps",
            "se puede responder y no se espera nada: escriba gold, facts o steps",
        ),
        "golden-no-answer": Wording(
            "it is {is} and has facts or steps: leave them out, or write answerable",
            "es {is} y tiene facts o steps: quítelos, o escriba answerable",
        ),
        "golden-days": Wording(
            "kb_valid_to {end} is not after kb_valid_from {start}",
            "kb_valid_to {end} no es posterior a kb_valid_from {start}",
        ),
        "run-there": Wording(
            "there is a run {run!r} already: give another name",
            "ya hay una ejecución {run!r}: dele otro nombre",
        ),
        "run-unknown": Wording(
            "there is no run {run!r}: the newest are {known}",
            "no hay ninguna ejecución {run!r}: las últimas son {known}",
        ),
        "run-unwritable": Wording(
            "{path} cannot be written ({why}): free some space or mend the permissions",
            "no se puede escribir {path} ({why}): libere espacio o corrija los permisos",
        ),
        "run-damaged": Wording(
            "{path} is damaged ({why}): run the set again",
            "{path} está dañado ({why}): ejecute el conjunto otra vez",
        ),
        "run-finished": Wording(
            "run {run} is finished, and a finished run does not change: start another",
            "la ejecución {run} está terminada y ya no cambia: empiece otra",
        ),
        "run-unfinished": Wording(
            "run {run} is not finished: go on with it by `voz eval run --resume {run}`",
            "la ejecución {run} no está terminada: continúela con `voz eval run --resume {run}`",
        ),
        "run-other-state": Wording(
            "run {run} cannot go on: {what} changed since it began; start another",
            "la ejecución {run} no puede continuar: desde que empezó cambió {what}; empiece otra",
        ),
        "run-all-expired": Wording(
            "no case holds on {day}: all have expired or are not yet in force",
            "ningún caso vale el {day}: todos caducaron o aún no están en vigor",
        ),
        "policy": Wording("{name}: {field}: {why}", "{name}: {field}: {why}"),
        "gate-missing": Wording(
            "run {run} has no outcome for {count} of {of} cases: ask them, then decide",
            "a la ejecución {run} le faltan {count} de {of} casos: pregúntelos y decida después",
        ),
        "gate-failed": Wording(
            "in run {run} {count} of {of} cases failed with an error: look at them first",
            "en la ejecución {run} fallaron con un error {count} de {of} casos: mírelos primero",
        ),
        "gate-measures": Wording(
            "run {run} was measured by other measures than this program has: run it again",
            "la ejecución {run} se midió con otras medidas que las de este programa: repítala",
        ),
        "gate-scores": Wording(
            "the scores of run {run} are not those of its outcomes, in {count} cases",
            "las puntuaciones de la ejecución {run} no son las de sus resultados, en {count} casos",
        ),
        "gate-other": Wording(
            "{count} cases expect something else in the two runs, or are in one only: run the "
            "same set again",
            "{count} casos esperan otra cosa en las dos ejecuciones, o solo están en una: ejecute "
            "el mismo conjunto otra vez",
        ),
        "gate-golden": Wording(
            "the golden set of run {run} is not the one it began with: run it again",
            "el conjunto de la ejecución {run} no es el del comienzo: repítala",
        ),
        "gate-loosened": Wording(
            "the policy lets through more than the one of the run before: {fields}",
            "la política deja pasar más que la de la ejecución anterior: {fields}",
        ),
        "gate-copied": Wording(
            "the outcomes of {after} are those of {before}: nothing was asked anew",
            "los resultados de {after} son los de {before}: no se preguntó nada de nuevo",
        ),
        "gate-critical": Wording(
            "critical case {case} became worse in {measures}",
            "el caso crítico {case} empeoró en {measures}",
        ),
        "gate-forbidden": Wording(
            "case {case} says what nobody may be told: {what}",
            "el caso {case} dice lo que a nadie se puede decir: {what}",
        ),
        "gate-floor": Wording(
            "{measure} is {value}, worse than its floor {floor}",
            "{measure} es {value}, peor que su mínimo {floor}",
        ),
        "gate-drop": Wording(
            "{measure} became worse, from {before} to {after}: {worse} of {n} cases, p = {p}",
            "{measure} empeoró, de {before} a {after}: {worse} de {n} casos, p = {p}",
        ),
        "gate-unsure": Wording(
            "{measure} fell from {before} to {after}, which may be chance (p = {p}, {n} cases): "
            "about {needed} cases would tell",
            "{measure} bajó de {before} a {after}, y puede ser casualidad (p = {p}, {n} casos): "
            "harían falta unos {needed} casos",
        ),
        "gate-weak": Wording(
            "{n} cases show drops of {measure} from {detectable} on; for {margin} about {needed} "
            "are needed",
            "{n} casos muestran caídas de {measure} a partir de {detectable}; para {margin} hacen "
            "falta unos {needed}",
        ),
        "gate-parity": Wording(
            "answers in {language} became worse than those to the same questions in the other "
            "language, by {drop} over {n} pairs",
            "las respuestas en {language} empeoraron frente a las mismas preguntas en el otro "
            "idioma, en {drop} sobre {n} pares",
        ),
        "gate-slice": Wording(
            "{slice} became worse by {drop}: look at it",
            "{slice} empeoró en {drop}: mírelo",
        ),
        "gate-slow": Wording(
            "answers take {p95} ms at the 95th percentile, more than {limit} ms",
            "las respuestas tardan {p95} ms en el percentil 95, más de {limit} ms",
        ),
        "verdict-pass": Wording(
            "nothing that matters became worse in {n} cases: {mended} mended, {broken} broken",
            "nada importante empeoró en {n} casos: {mended} corregidos, {broken} rotos",
        ),
        "stopped-block": Wording(
            "do not publish: {why} (and {more} more reasons)",
            "no publique: {why} (y {more} motivos más)",
        ),
        "stopped-inconclusive": Wording(
            "not sure: {why} (and {more} more)",
            "no es seguro: {why} (y {more} más)",
        ),
        "stopped-invalid": Wording(
            "this comparison is worth nothing: {why} (and {more} more)",
            "esta comparación no vale: {why} (y {more} más)",
        ),
        "golden-audience": Wording(
            "the set asks as audience {audience!r}, which is not there: the register has {known}",
            "el conjunto pregunta como el público {audience!r}, que no existe: el registro tiene "
            "{known}",
        ),
        "golden-csv": Wording(
            "it is no CSV: {why}; save the table as CSV in UTF-8",
            "no es CSV: {why}; guarde la tabla como CSV en UTF-8",
        ),
        "golden-xlsx": Wording(
            "it is no XLSX workbook: {why}; save it as XLSX or CSV",
            "no es un libro XLSX: {why}; guárdelo como XLSX o CSV",
        ),
        "golden-bytes": Wording(
            "it is larger than {limit} MiB: split the set",
            "ocupa más de {limit} MiB: divida el conjunto",
        ),
        "golden-column": Wording(
            "there is no column {name!r}: use {known}",
            "no existe la columna {name!r}: use {known}",
        ),
        "golden-column-twice": Wording(
            "column {name!r} is there twice", "la columna {name!r} está dos veces"
        ),
        "golden-column-missing": Wording("column {name!r} is missing", "falta la columna {name!r}"),
        "golden-cells": Wording(
            "line {line} has {count} cells beyond the {of} columns",
            "la línea {line} tiene {count} celdas más allá de las {of} columnas",
        ),
        "golden-yes-no": Wording(
            "line {line}: critical: {value!r} is neither yes nor no",
            "línea {line}: critical: {value!r} no es ni sí ni no",
        ),
        "golden-personal": Wording(
            "line {line} ({case}): it has personal data ({kinds}): take it out, or say in "
            "provenance that pii_checked is true",
            "línea {line} ({case}): tiene datos personales ({kinds}): quítelos, o diga en "
            "provenance que pii_checked es true",
        ),
        "golden-suffix": Wording(
            "{name} is no golden set: its name has to end in one of {known}",
            "{name} no es un conjunto de referencia: su nombre tiene que acabar en {known}",
        ),
        "golden-faults": Wording(
            "{name}: {first} (and {more} more mistakes: `voz eval check` tells all)",
            "{name}: {first} (y {more} errores más: `voz eval check` los dice todos)",
        ),
        "judge-none": Wording(
            "there is no chat model to judge: set VOZ_CHAT_MODEL, and VOZ_CHAT_URL for an endpoint",
            "no hay modelo de chat que juzgue: ponga VOZ_CHAT_MODEL, y VOZ_CHAT_URL para un "
            "servidor",
        ),
        "judge-unwritable": Wording(
            "{path} cannot be written ({why}): check the data folder",
            "no se puede escribir {path} ({why}): revise la carpeta de datos",
        ),
        "judge-damaged": Wording(
            "{path} is damaged: take the file away, and examine the judges again with `voz eval "
            "judge admit`",
            "{path} está dañado: quite el archivo y vuelva a examinar los jueces con `voz eval "
            "judge admit`",
        ),
        "in-es": Wording("Spanish", "español"),
        "in-en": Wording("English", "inglés"),
        "gate-not-judged": Wording(
            "{measure} gates, and in run {run} nobody judged: run it again with --judge",
            "{measure} es puerta, y en la ejecución {run} nadie juzgó: repítala con --judge",
        ),
        "gate-judge": Wording(
            "{measure} may not gate: judge {judge} has not been admitted in {language}; examine it "
            "with `voz eval judge admit`, and run again",
            "{measure} no puede ser puerta: el juez {judge} no está admitido en {language}; "
            "examínelo con `voz eval judge admit` y repita la ejecución",
        ),
        "gate-judge-unread": Wording(
            "in run {run} the judge gave no verdict on {count} answers: run it again",
            "en la ejecución {run} el juez no dio veredicto de {count} respuestas: repítala",
        ),
        "gate-judges-differ": Wording(
            "the two runs have different judges, {before} and {after}: run one of them again",
            "las dos ejecuciones tienen jueces distintos, {before} y {after}: repita una de ellas",
        ),
        "file-unreadable": Wording(
            "{path} cannot be read ({why}): check the path",
            "no se puede leer {path} ({why}): compruebe la ruta",
        ),
        "scorecard-suffix": Wording(
            "{name} is no scorecard: its name has to end in one of {known}",
            "{name} no es una pauta de revisión: su nombre tiene que acabar en {known}",
        ),
        "scorecard-large": Wording(
            "it is larger than {limit} KiB: a scorecard has at most 100 items",
            "ocupa más de {limit} KiB: una pauta tiene 100 preguntas como máximo",
        ),
        "scorecard-yaml": Wording(
            "line {line} is neither YAML nor JSON: {why}",
            "la línea {line} no es YAML ni JSON: {why}",
        ),
        "scorecard-empty": Wording(
            "it has no fields: write schema_version, title and sections",
            "no tiene campos: escriba schema_version, title y sections",
        ),
        "scorecard-field-twice": Wording(
            "it is there twice: leave one out", "está dos veces: quite uno"
        ),
        "scorecard-twice": Wording(
            "{name!r} is there twice in {field}: give each an id of its own",
            "«{name}» está dos veces en {field}: dé a cada uno un id propio",
        ),
        "scorecard-points-alike": Wording(
            "all options have the same points: give the best one more",
            "todas las opciones tienen los mismos puntos: dé más a la mejor",
        ),
        "scorecard-fails-never": Wording(
            "it fails and no option has 0 points: give the one that fails 0, or leave fails out",
            "suspende y ninguna opción tiene 0 puntos: dé 0 a la que suspende, o quite fails",
        ),
        "scorecard-items": Wording(
            "{count} items, of at most {limit}: leave some out",
            "{count} preguntas, de {limit} como máximo: quite algunas",
        ),
        "review-item-unknown": Wording(
            "the scorecard has no item {item!r}: leave it out",
            "la pauta no tiene la pregunta «{item}»: quítela",
        ),
        "review-item-missing": Wording(
            "item {item!r} has no answer: answer every item",
            "la pregunta «{item}» no tiene respuesta: responda a todas",
        ),
        "review-item-applies": Wording(
            "item {item!r} cannot be answered with not applicable: choose one of its options",
            "a la pregunta «{item}» no se puede responder que no se aplica: elija una opción",
        ),
        "review-option-unknown": Wording(
            "item {item!r} has no option {option!r}: choose one of {known}",
            "la pregunta «{item}» no tiene la opción «{option}»: elija una de {known}",
        ),
        "sample-size": Wording(
            "a sample has 1 to {limit} contacts, not {size}",
            "una muestra tiene de 1 a {limit} contactos, no {size}",
        ),
        "sample-share": Wording(
            "the share that two review is from 0 to 1, not {share}",
            "la parte que revisan dos va de 0 a 1, no {share}",
        ),
        "sample-reviewers": Wording(
            "contacts that two review need two reviewers: name another",
            "los contactos que revisan dos necesitan dos revisores: nombre a otro",
        ),
        "sample-nothing": Wording(
            "there is no contact to review: none ended in those days with its words still kept "
            "that these reviewers have not had",
            "no hay ningún contacto que revisar: ninguno terminó en esos días, conserva sus "
            "palabras y no lo han tenido ya estos revisores",
        ),
        "gate-none": Wording(
            "no golden set gates: name one with `voz eval guard NAME`",
            "ningún conjunto de referencia es puerta: nombre uno con `voz eval guard NOMBRE`",
        ),
    }
)
