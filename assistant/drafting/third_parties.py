"""Does a text send the customer to the manufacturer, the carrier, the insurer or the bank?

Pure, over folded text. Telling that the company does it, or that the customer need not, is fine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.models import Language

_PARTY = {
    "es": r"(?:fabricantes?|marca|transportistas?|mensajer(?:ia|os?)|repartidor(?:es)?|"
    r"(?:empresa|agencia|compania|casa|firma|gente|los) (?:de |del |que (?:se )?(?:lo |la |le |"
    r"nos )?)?(?:transportes?|mensajeria|reparto|seguros?|entregas?|envios?|llevo|trajo|entrego|"
    r"hizo|fabrico|fabrica)|"
    r"aseguradora|(?:su|el|al|del|con el) seguro|(?:compania|corredor|agente) de seguros|"
    r"banco|caja de ahorros|financiera|(?:su|la|esa|dicha) entidad|entidad (?:financiera|"
    r"bancaria)|"
    r"servicio (?:tecnico )?(?:oficial|de la marca|del fabricante)|servicio tecnico de|"
    r"l[oa]s? que (?:se )?(?:l[oae]s? )?(?:llev|traj|entreg|fabric|hic|mont)\w+|"
    r"sat(?: oficial)?|proveedor|casa oficial|fabrica|seur|correos)\b",
    "en": r"(?:manufacturers?|makers?|brand(?:'s)?|carriers?|couriers?|hauliers?|"
    r"(?:shipping|transport|delivery|driver's|removal|freight|haulage|courier|logistics) "
    r"(?:company|firm|people|service|agency)|insurers?|insurance (?:company|people|firm|provider)|"
    r"(?:your|the|his|her) (?:own )?bank|card (?:company|issuer)|bank yourself|"
    r"(?:finance|credit) (?:company|provider)|lender|suppliers?|"
    r"(?:people|company|firm|guys) (?:who|that) (?:made|make|delivered|deliver|brought|"
    r"manufacture\w*)(?: it| them)?|"
    r"whoever (?:delivered|made|brought|built|carried)|"
    r"official (?:technical )?service|factory|official repair\w*)\b",
}
_DEALS = (
    r"(?:(?:llam|habl|pregunt|contact|reclam|consult|tramit|gestion|busqu|mir|acerqu|trat|present|"
    r"inform|avis|solicit|denunci|arregl|solucion|cuent|plante|intent)e|"
    r"(?:escrib|acud|dirij|pid|pong|vay|entiend|resuelv|recurr|exij|remit|dig|insist)a|"
    r"comunique|pase)"
)
_COMMAND = (
    rf"{_DEALS}n?(?:se|le|lo|la|les?|los|selo|sela|selos|melo)?(?: usted)?|"
    r"pongase (?:usted )?en contacto"
)
_DOING = (
    r"(?:llamar|preguntar|contactar|reclamar|dirigir|hablar|escribir|consultar|acudir|pedir|poner|"
    r"ir|tramitar|gestionar|ver|resolver|arreglar|solucionar|mirar|tratar|presentar|recurrir|"
    r"exigir|solicitar|comunicar|informar|avisar|remitir|entender|quejar|insistir|plantear|"
    r"acercar|probar|abrir|decir)\w*"
)
_MUST = (
    r"(?:tiene|tendra|tendria|debe|debera|deberia|puede|podria|necesita|ha de|hay que|habria que|"
    r"le toca|toca|conviene|convendria|seria (?:mejor|bueno|mas rapido|preferible)|"
    r"lo (?:mejor|suyo|mas rapido|mas facil|correcto|logico|que toca)(?: es| seria)?|mejor|"
    r"(?:le |yo )*(?:recomiendo|recomendaria|aconsejo|aconsejaria|sugiero|sugeriria|pido|ruego|"
    r"invito)|"
    r"es usted quien|es mas rapido|es mejor|lo que (?:tiene|debe)|si quiere|pruebe|intente|"
    r"no (?:le )?queda (?:mas|otra) (?:remedio|que)|(?:va|tendra) a tener|vaya|valore)"
)
_WAYS = {
    "es": (
        rf"\b(?:{_COMMAND})\b[^.;?!]{{0,45}}?\b(?:{_PARTY['es']})",
        r"\b(?:yo que usted|yo en su lugar|si yo fuera usted|en su caso yo)\b[^.;]{0,10}?"
        rf"\b(?:llam|habl|pregunt|reclam|contact|acud|escrib|i)\w*ria\b[^.;]{{0,35}}?\b{_PARTY['es']}",
        rf"\b{_MUST}(?: usted)?(?: (?:que|de|es|a))*(?: \w+){{0,4}}? {_DOING}"
        rf"[^.;?!]{{0,45}}?\b{_PARTY['es']}",
        rf"\b{_MUST}(?: usted)?(?: es)? que (?:\w+ ){{0,4}}?{_DEALS}n?\b[^.;?!]{{0,45}}?"
        rf"\b{_PARTY['es']}",
        r"\b(?:le (?:doy|paso|dejo|mando|facilito|envio|daria|adjunto|damos|pasamos|apunto)|"
        r"aqui (?:tiene|le dejo|le paso)|apunte|anote|tome nota de|este es) (?:usted )?(?:aqui )?"
        r"(?:el|los|su|un|la) "
        rf"(?:numero|telefono|contacto|correo|datos|mail|direccion|web|pagina)[^.;?!]{{0,35}}?"
        rf"\b{_PARTY['es']}",
        r"\b(?:es (?:cosa|responsabilidad|asunto|culpa|problema|tema|competencia)|(?:eso|esto) "
        r"(?:es|va|ya es)|corresponde|le toca|"
        r"compete|depende|lo lleva|lo tiene que (?:ver|resolver|llevar|pagar|arreglar)|"
        rf"se (?:lo )?(?:encarga|ocupa)|responde|quien responde es|lo (?:gestiona|resuelve|tramita)"
        rf"(?: directamente)?) (?:ya )?(?:de|a|al|del|con)? ?(?:l[ao]s? |el |su )?"
        rf"(?:propi[oa] )?{_PARTY['es']}",
        rf"\bque se l[oa]s? (?:solucion|arregl|resuelv|mir|cambi|pag|abon|repar|gestion|tramit|"
        rf"dig|explic)\w+ [^.;?!]{{0,20}}?{_PARTY['es']}",
        rf"\b{_PARTY['es']}(?: de la marca)? (?:ya )?(?:se l[oa]|le|les) (?:mir|arregl|solucion|"
        r"resuelv|atend|atiend|ayud|explic)\w*",
        rf"\b(?:{_COMMAND}) directamente (?:a|con) (?!nosotros|mi\b|nuestr|la tienda|est[ea]|"
        r"el numero|un[oa]?\b)\w+",
        rf"\b(?:directamente )?(?:con|a|al|en) (?:la |el |su )?(?:propi[oa] )?{_PARTY['es']}"
        rf"[^.;?!]{{0,20}}\b(?:tiene|debe|deberia|puede|tendria) (?:usted )?(?:que )?{_DOING}",
    ),
    "en": (
        r"\b(?:call|calling|phone|phoning|ring|ringing|rang|called|contact|contacted|contacting|"
        r"ask|asked|asking|speak(?:ing)? (?:to|with)|spoke to|"
        r"talk(?:ing)? (?:to|with)|writ(?:e|ing) to|wrote to|e-?mail(?:ing)?|"
        r"get(?:ting)? in (?:touch|contact) with|get(?:ting)? (?:on to|onto|hold of|back to)|"
        r"go(?:ing)? (?:back |straight |directly )?(?:to|through)|"
        r"(?:claim|claiming) (?:\w+ ){0,2}(?:from|against|with|on)|"
        r"tak(?:e|ing) (?:\w+ ){1,2}(?:up )?(?:with|to)|check(?:ing)? (?:\w+ )?with|"
        r"deal(?:ing)? (?:directly )?with|complain(?:ing)? to|report(?:ing)? (?:\w+ )?to|"
        r"reach(?:ing)? out to|try(?:ing)?|approach(?:ing)?|chas(?:e|ing)(?: up)?|see|visit|"
        r"rais(?:e|ing) (?:\w+ ){1,2}with|turn to|sort (?:\w+ )out with|"
        r"(?:file|make|open|put in|lodge|submit) (?:a |your |the )?(?:claim|complaint|request) "
        r"(?:with|to|against)|(?:send|return|bring) (?:it|them) (?:back )?to|apply to|consult|"
        r"discuss (?:\w+ )?with|refer (?:\w+ )?to|have a word with|"
        r"(?:settle|sort|arrange|resolve|clear|work) (?:\w+ ){0,3}?with)\b"
        rf"[^.;?!]{{0,30}}?\b{_PARTY['en']}",
        r"\b(?:here is|here's|here are|(?:i|we)(?:'ll| will| can)? (?:give|send|pass|text|"
        r"forward) you|"
        r"you can have|this is|note down|take down) (?:the |their |a )?(?:number|phone|telephone|"
        r"contact|address|e-?mail|details|website|helpline)"
        rf"[^.;?!]{{0,30}}?\b{_PARTY['en']}",
        r"\b(?:(?:i|we)(?:'ll| will| can)? (?:give|send|text) you|here(?:'s| is)) (?:the )?"
        rf"{_PARTY['en']}(?:'s)? (?:number|phone|telephone|contact|address|e-?mail|details)",
        r"\b(?:is|it's|that's|be|this is) (?:really )?(?:up to|a matter for|a question for|"
        r"something for|an issue for|one for|between you and|"
        r"the (?:responsibility|fault|job|problem) of|down to) (?:the |your )?"
        rf"{_PARTY['en']}",
        rf"\b(?:is|it's|that's|be) (?:the |your )?{_PARTY['en']}(?:'s)? (?:problem|responsibility|"
        r"business|fault|job|matter|issue)\b",
        r"\b(?:contact|call|ring|phone|write to|speak (?:to|with)|talk to|claim from) "
        r"(?!(?:us|me|my|our|him|her|them|the|this|customer|any|one)\b)(?:[a-z'&]+ ){1,4}"
        r"directly\b",
        rf"\bgive (?:the |your )?{_PARTY['en']} a (?:call|ring|shout|bell)",
        rf"\b{_PARTY['en']}(?: helpline| hotline| support| website)? "
        r"(?:will|would|should|can|could) (?:know|help you|sort (?:it|that|this)|be able to)",
        rf"\b{_PARTY['en']} (?:deals? with|handles?|takes? care of) (?:that|this|it|those)\b",
        rf"\b{_PARTY['en']} (?:is|are) (?:the one|responsible|who you|who has|the people)\b",
    ),
}
_COMPILED = {language: tuple(re.compile(way) for way in ways) for language, ways in _WAYS.items()}
_LED_BY_PARTY = re.compile(_PARTY["en"])
_DENIED = re.compile(
    r"\b(?:no|nunca|tampoco|sin|ni|not|never|without|(?<!why )don't|doesn't|needn't|"
    r"instead of|en vez de|"
    r"en lugar de|rather than)\b[^.;,?!]{0,28}$"
)
_WE = re.compile(
    r"\b(?:we|i|us|let me|our \w+|we'll|i'll|we've|i've|colleagues?|repairs)\b[^.;?!]*$"
)
_YOU = re.compile(r"\b(?:you|you'll|you'd|yourself|please|customers?)\b[^.;?!]*$")
_ARTICLE = re.compile(r"\b(?:the|your|a|an)\s*$")
_WERE_YOU = re.compile(r"\bi(?:'d| would)\b[^.;?!]{0,20}$")
"""What whoever writes would do in the customer's place."""
_BEGINS = re.compile(
    r"(?:^|[.;:?!,\n]|\b(?:or|and|then|so|but|just|simply|best to|better to|please|kindly|"
    r"perhaps|maybe|first|instead|otherwise|better|best|not))\s*$"
)


_OWN_BUSINESS = re.compile(
    r"\b(?:limite|saldo|limit)\b[^.;]{0,25}\b(?:tarjetas?|cuenta|card|account)\b|"
    r"\b(?:tarjetas?|cuenta|card)(?:'s)?\b[^.;]{0,15}\b(?:limite|limit)\b|"
    r"\b(?:amplie|raise|increase)\b(?: (?:it|the limit|your limit|lo|el limite))?"
    r"(?! \w+ with)(?! with)"
)
"""What only the customer can settle with their bank: the limit of a card."""


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
        if own_business(folded, start, end):
            continue
        if language == "en" and not (
            _LED_BY_PARTY.match(folded, start) or _told_to_you(folded[:start])
        ):
            continue
        last = end
        yield start, end


def own_business(folded: str, start: int, end: int) -> bool:
    """Whether what the customer is sent for is theirs alone to settle, as a card's limit is."""
    return bool(_OWN_BUSINESS.search(folded, max(0, start - 120), end + 60))


def _told_to_you(head: str) -> bool:
    """Whether what follows is what "you" do, or are told to."""
    head = _ARTICLE.sub("", head)
    if _WERE_YOU.search(head):
        return True
    you, we = _YOU.search(head), _WE.search(head)
    if you and (not we or we.start() < you.start()):
        return True
    if we:
        return False
    return bool(_BEGINS.search(head))
