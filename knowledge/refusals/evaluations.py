"""Why a golden set or a run in the register is refused."""

from __future__ import annotations

from typing import Final

from knowledge.refusals.reason import Wording

EVALUATIONS: Final = {
    "golden-set-name": Wording(
        "a golden set cannot be called {name!r}: use up to {limit} lower-case letters and digits, "
        "with hyphens or dots between",
        "un conjunto de referencia no puede llamarse «{name}»: use hasta {limit} letras minúsculas "
        "y cifras, con guiones o puntos en medio",
    ),
    "golden-set-unknown": Wording(
        "there is no golden set {name!r}: there are {known}",
        "no hay ningún conjunto de referencia «{name}»: hay {known}",
    ),
    "golden-set-other": Wording(
        "the golden set {name!r} is for audience {audience!r}: take another name",
        "el conjunto de referencia «{name}» es del público «{audience}»: elija otro nombre",
    ),
    "golden-version-unknown": Wording(
        "golden set {name!r} has no version {number}: its last is {last}",
        "el conjunto de referencia «{name}» no tiene versión {number}: la última es {last}",
    ),
    "run-not-logged": Wording(
        "run {run!r} is not in the register: start it with `voz eval run`",
        "la ejecución «{run}» no está en el registro: iníciela con `voz eval run`",
    ),
    "version-unchecked": Wording(
        "version {number} of {name!r} has not been checked with golden set {golden!r}: check it "
        "first",
        "la versión {number} de «{name}» no se ha comprobado con el conjunto de referencia "
        "«{golden}»: compruébela primero",
    ),
    "version-stopped": Wording(
        "version {number} of {name!r} did not pass golden set {golden!r}: {says}; mend it, or "
        "publish it with a reason",
        "la versión {number} de «{name}» no pasó el conjunto de referencia «{golden}»: {says}; "
        "corríjala, o publíquela con un motivo",
    ),
    "waiver-length": Wording(
        "the reason has {n} characters: write {least} to {most}",
        "el motivo tiene {n} caracteres: escriba de {least} a {most}",
    ),
    "run-logged": Wording(
        "there was a run {run!r}: give another name",
        "ya hubo una ejecución «{run}»: dele otro nombre",
    ),
}
