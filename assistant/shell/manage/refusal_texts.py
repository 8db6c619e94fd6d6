"""Why a file or page gave no document, by the code of its `DocumentRefused`.

The server says it in English with its details; the page says it in its own language.
"""

from __future__ import annotations

from typing import Final

from ingest.loaders import LOADERS

_KINDS: Final = ", ".join(sorted(LOADERS))

ES: Final = {
    "refused_bad-url": "no es una dirección que se pueda abrir; escríbala entera, como "
    "https://www.ejemplo.es/ayuda",
    "refused_crashed": "leerlo hizo fallar al lector; guárdelo de nuevo, o en otro formato",
    "refused_damaged": "el archivo está dañado; guárdelo de nuevo en su programa",
    "refused_duplicate-name": "hay otro con el mismo nombre en este envío; cámbieselo",
    "refused_empty": "no tiene texto",
    "refused_http-error": "el sitio no la da: no existe o pide entrar; compruebe la dirección",
    "refused_memory": "leerlo necesita demasiada memoria; divídalo",
    "refused_needs-ocr": "solo tiene imágenes de páginas, sin texto: páselo antes por un OCR",
    "refused_not-allowed": "su sitio no está entre los permitidos; quien administra el servidor "
    "puede añadirlo a VOZ_URL_HOSTS",
    "refused_password-needed": "pide una contraseña; guárdelo sin ella",
    "refused_redirects": "lleva de una dirección a otra demasiadas veces; dé la última",
    "refused_robots": "el sitio no quiere que los programas la lean (robots.txt)",
    "refused_timeout": "tarda demasiado; inténtelo más tarde, o divídalo",
    "refused_too-large": "es demasiado grande; divídalo",
    "refused_unreachable": "el sitio no responde; inténtelo más tarde",
    "refused_unreadable": "no se puede leer; compruebe sus permisos",
    "refused_unsafe": "su nombre dentro del archivo no es seguro o se repite; empaquételo de nuevo",
    "refused_unsupported": f"no se leen archivos de esta clase; se leen {_KINDS}",
}

EN: Final = {
    "refused_bad-url": "no address that can be opened; write it whole, as in "
    "https://www.example.com/help",
    "refused_crashed": "reading it made the reader fail; save it anew, or in another format",
    "refused_damaged": "the file is damaged; save it anew in its program",
    "refused_duplicate-name": "another one here has the same name; rename it",
    "refused_empty": "it holds no text",
    "refused_http-error": "the site does not give it: it is not there or wants a login; check the "
    "address",
    "refused_memory": "reading it takes too much memory; divide it",
    "refused_needs-ocr": "it holds only pictures of pages, no text: run OCR on it first",
    "refused_not-allowed": "its site is not among those allowed; whoever runs the server can add "
    "it to VOZ_URL_HOSTS",
    "refused_password-needed": "it wants a password; save it without one",
    "refused_redirects": "it leads from address to address too often; give the last one",
    "refused_robots": "the site does not want programs to read it (robots.txt)",
    "refused_timeout": "it takes too long; try again later, or divide it",
    "refused_too-large": "it is too large; divide it",
    "refused_unreachable": "the site does not answer; try again later",
    "refused_unreadable": "it cannot be read; check its rights",
    "refused_unsafe": "its name inside the archive is unsafe or there twice; pack it anew",
    "refused_unsupported": f"files of this kind are not read; those read are {_KINDS}",
}
