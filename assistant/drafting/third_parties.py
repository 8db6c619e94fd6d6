"""Does a text send the customer to the manufacturer, the carrier, the insurer or the bank?

Pure, over folded text. Telling that the company does it, or that the customer need not, is fine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.models import Language

_PARTY = {
    "es": r"(?:fabricantes?|marca|transportistas?|mensajeria|repartidor(?:es)?|"
    r"(?:empresa|agencia|compania) (?:de |del )?(?:transportes?|mensajeria|reparto|seguros?)|"
    r"aseguradora|(?:su|el|al|del) seguro|banco|financiera|entidad(?: financiera)?|"
    r"servicio (?:tecnico )?oficial|servicio tecnico de|sat oficial|proveedor|casa oficial)\b",
    "en": r"(?:manufacturers?|makers?|brand(?:'s)?|carrier|couriers?|haulier|shipping company|"
    r"transport company|delivery company|driver's company|insurers?|insurance company|"
    r"(?:your |the )bank|finance company|lender|supplier|official service)\b",
}
_COMMAND = (
    r"(?:llam|habl|pregunt|contact|reclam|consult)e(?:n|le|lo|les)?|"
    r"reclam(?:elo|eselo|eles?|eseloa)|escrib(?:a|ales?)|acuda|pid(?:a|ale|alo|aselo)|"
    r"dirijase|pongase en contacto|vaya|acerquese|tramit(?:e|elo)|gestion(?:e|elo)|"
    r"digasel[oa]|comuniquese|busque|mire"
)
_DOING = (
    r"(?:llamar|preguntar|contactar|reclamar|dirigir|hablar|escribir|consultar|acudir|pedir|poner|"
    r"ir|tramitar|gestionar|ver|resolver|arreglar|solucionar|mirar|tratar)\w*"
)
_MUST = (
    r"(?:tiene|tendra|tendria|debe|debera|deberia|puede|podria|necesita|ha de|hay que|le toca|"
    r"conviene|convendria|seria mejor|lo mejor es|mejor|le recomiendo|le aconsejo|es usted quien|"
    r"le sugiero|si quiere)"
)
_WAYS = {
    "es": (
        rf"\b(?:{_COMMAND})\b[^.;?!]{{0,45}}?\b(?:{_PARTY['es']})",
        rf"\b{_MUST}(?: usted)?(?: que|"
        rf" de)? (?:\w+ ){{0,3}}?{_DOING}[^.;?!]{{0,45}}?\b{_PARTY['es']}",
        r"\b(?:le (?:doy|paso|dejo|mando|facilito|envio|daria)|aqui tiene|apunte) (?:el|los|su|un) "
        rf"(?:numero|telefono|contacto|correo|datos|mail)[^.;?!]{{0,35}}?\b{_PARTY['es']}",
        r"\b(?:es (?:cosa|responsabilidad|asunto|culpa|problema|tema)|eso (?:es|va)|corresponde|"
        r"compete|depende|lo lleva|lo tiene que (?:ver|resolver|llevar)|"
        rf"se (?:lo )?(?:encarga|ocupa)|responde) (?:ya )?(?:de|a|al|del|con)? ?(?:l[ao]s? |el )?"
        rf"(?:propi[oa] )?{_PARTY['es']}",
        rf"\bque se lo (?:solucione|arregle|resuelva|mire|cambie|"
        rf"pague)n? [^.;?!]{{0,12}}?{_PARTY['es']}",
    ),
    "en": (
        r"\b(?:call|phone|ring|rang|called|contact|contacted|ask|asked|speak (?:to|with)|spoke to|"
        r"talk (?:to|with)|write to|e-?mail|get in touch with|get on to|go (?:back )?to|"
        r"go through|claim (?:\w+ )?(?:from|against)|take (?:it|this|that) up with|check with|"
        r"deal (?:directly )?with|complain to|report (?:it|this|that) to|reach out to|try|"
        r"raise (?:it|this|that) with|turn to|sort (?:it|this|that) out with)\b"
        rf"[^.;?!]{{0,30}}?\b{_PARTY['en']}",
        r"\b(?:here is|here's|here are|(?:i|we)(?:'ll| will| can)? (?:give|send|pass|text) you|"
        r"you can have|this is) (?:the |their |a )?(?:number|phone|contact|address|e-?mail|details)"
        rf"[^.;?!]{{0,30}}?\b{_PARTY['en']}",
        r"\b(?:is|it's|that's|be) (?:up to|a matter for|a question for|something for|"
        rf"the responsibility of|down to|the fault of) (?:the |your )?{_PARTY['en']}",
    ),
}
_COMPILED = {language: tuple(re.compile(way) for way in ways) for language, ways in _WAYS.items()}
_DENIED = re.compile(
    r"\b(?:no|nunca|tampoco|sin|ni|not|never|without|don't|doesn't|needn't|instead of|en vez de|"
    r"en lugar de|rather than)\b[^.;,?!]{0,28}$"
)
_WE = re.compile(
    r"\b(?:we|i|us|let me|our \w+|we'll|i'll|we've|i've|colleagues?|repairs)\b[^.;?!]*$"
)
_YOU = re.compile(r"\b(?:you|you'll|you'd|yourself|please|customers?)\b[^.;?!]*$")
_BEGINS = re.compile(
    r"(?:^|[.;:?!,\n]|\b(?:or|and|then|so|but|just|simply|best to|better to|please))\s*$"
)


def sent_away(folded: str, language: Language) -> Iterator[tuple[int, int]]:
    """Where a text sends the customer to somebody else.

    Args:
        folded: the text, folded, every character where it was.
        language: of it.
    """
    last = 0
    found = sorted(m.span() for way in _COMPILED[language] for m in way.finditer(folded))
    for start, end in found:
        if start < last or _DENIED.search(folded[:start]):
            continue
        if language == "en" and not _told_to_you(folded[:start]):
            continue
        last = end
        yield start, end


def _told_to_you(head: str) -> bool:
    """Whether what follows is what "you" do, or are told to."""
    you, we = _YOU.search(head), _WE.search(head)
    if you and (not we or we.start() < you.start()):
        return True
    if we:
        return False
    return bool(_BEGINS.search(head))
