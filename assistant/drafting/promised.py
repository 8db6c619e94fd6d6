"""What an agent commits the company to: folded sentences -> stretches and what is unusual.

Money, goods and work, in the first person and impersonally, in Spanish and English. What any agent
may do (check, note, call, send a summary) is not among them; what the company does anyway is only
where it is said to be quicker, whole, free or in spite of a condition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

How = Literal["gift", "quick", "despite", "work", "plain"]
"""``gift``: something is given, waived, doubled, paid whole. ``quick``: by a day or hour that is
no appointment. ``despite``: although a condition is not met. ``work``: what people on the spot do
beside their work. ``plain``: money, goods or an exception without any of these."""


class Commitment(NamedTuple):
    """Where a sentence commits to something unusual; offsets in it."""

    start: int
    end: int
    how: How


# Spanish: endings of the first person, of "they", and of the future; what may stand before a verb.
_END = r"(?:o|amos|emos|imos|are|ere|ire|aremos|eremos|iremos|an|en|aran|eran|iran|ara|era|ira)\b"
_TO_YOU = r"(?:(?:se l[oae]s?|les?|te|l[oa]s?|os|nos)(?: l[oa]s?)? )"
_GOING = r"(?:voy a|vamos a|va a|van a|puedo|podemos|pueden|podria(?:mos)?)"


def _does(stems: str) -> str:
    """A verb of the company's, finite with a pronoun or an object, or as an infinitive."""
    return (
        rf"(?:{_TO_YOU}{_GOING} (?:{stems})\w*|{_GOING} (?:{stems})\w*|{_TO_YOU}?(?:doy|damos|"
        rf"dan|(?:{stems}){_END}))"
    )


_GIVE_ES = (
    r"regal|perdon|condon|descont|descuent|rebaj|quit|compens|indemniz|duplic|dobl|triplic|alarg|"
    r"prolong|prorrog|ampli|bonific|eximi|obsequi|gratific|abarat"
)
_REFUND_ES = (
    r"devolv|devuelv|reembols|abon|ingres|reintegr|pag|aseguramos el pago|sufrag|cubr|costea|asum"
)
_ACCEPT_ES = r"acept|admit|recog|recoj|tramit|cogemos|coger|sustitu|cambi|repon|repar|arregl|retir"
_BRING_ES = r"pon|pong|pondr|dar|dam|entreg|llev|mand|envi|traer|traig|traemos|dej|coloc"
_OUTCOME_ES = rf"{_REFUND_ES}|{_ACCEPT_ES}|{_BRING_ES}"
_PRESENT_ES = (
    r"(?:vales?|cheques?|cupon(?:es)?|tarjetas? regalo|descuentos?|regalos?|detalles?|obsequios?|"
    r"compensacion(?:es)?|bonificacion|indemnizacion|rebajas?|abono de)"
)
_WHOLE_ES = (
    r"(?:tod[oa]s?|integr[oa]s?|integramente|enter[oa]s?|complet[oa]s?|al completo|doble|"
    r"la totalidad|hasta el ultimo (?:centimo|euro)|el (?:100|cien) (?:por cien(?:to)?|%))\b"
)
_DESPITE = (
    r"(?:aunque|a pesar de|pese a|sea (?:lo que|cual|quien|como) sea|(?:haya|diga|encuentre|pase|"
    r"este) lo que \w+|en ningun caso|da igual|no importa|igualmente|de todas (?:formas|maneras)|"
    r"de todos modos|"
    r"although|even (?:though|if)|despite|in spite of|anyway|regardless|no matter|whatever|"
    r"never mind|all the same|nevertheless|just the same|any ?how)\b"
)
_GIFTS_ES = (
    rf"\b(?:{_TO_YOU}{_GOING} (?:{_GIVE_ES})\w*|{_GOING} (?:{_GIVE_ES})\w*(?:le|les|sel[oa]s?)\b|"
    rf"{_TO_YOU}(?:{_GIVE_ES}){_END})",
    rf"\b{_does(_BRING_ES + '|hag|hac|har|hacer|ofre|añad|anad|sum|carg|apunt')}"
    rf"(?: llegar)?[^.;,]{{0,25}}?\b{_PRESENT_ES}",
    rf"\b{_does(_REFUND_ES)}[^.;]{{0,40}}?\b{_WHOLE_ES}",
    rf"\b{_does(_REFUND_ES)}[^.;]{{0,40}}?\bpor (?:las|sus) molestias",
    r"\bcorre(?:n|ra|ran)? (?:tod[oa]s? )?(?:de|a|por) (?:nuestra cuenta|nuestro cargo|"
    r"cargo de almendro|cuenta de (?:almendro|la casa))",
    r"\b(?:paga|invita|asume|cubre) (?:la casa|almendro|la empresa)\b|"
    r"\b(?:invita|cortesia de|gentileza de|por cuenta de) (?:la casa|almendro)",
    r"\b(?:nos hacemos|me hago|nos haremos|me hare) (?:nosotros )?cargo\b",
    r"\b(?:no|ni|nunca) (?:se )?(?:l[aoe]s? |te )?(?:l[ao]s? )?(?:va a |vamos a |voy a |van a )?"
    r"cobr(?:o|amos|are|aremos|ar|an|aran)(?:le|les|sel[oa]s?)?\b",
    r"\bno (?:tendra|tiene|va a tener) (?:usted )?que (?:pagar|abonar)\w* (?:nada|ni )",
    r"\bno (?:le |te )(?:costara|va a costar|supondra) (?:nada|ni)\b",
    r"\bsin que (?:le cueste|tenga que (?:pagar|abonar)|pague|le cobr\w+)\b",
    r"\b(?:por esta vez|como excepcion|excepcionalmente|de forma excepcional|ha(?:go|re|cemos|"
    r"remos) una excepcion|la vista gorda|por ser usted|por tratarse de usted|por las molestias|"
    r"como (?:gesto|detalle|compensacion|cortesia)|me salto|nos saltamos)\b",
    r"\bdejar(?:selo|sela|se|le)?\w*[^.;,]{0,20}? (?:mas barat[oa]|a mitad de precio|con (?:un )?"
    r"(?:\d+ ?%|descuento))",
    r"\b(?:se l[oa] |le )(?:dejo|dejamos|dejare|dejaremos) (?:\w+ )?(?:en|por|a|con) (?:un )?\d",
    rf"\b{_does(_BRING_ES)}[^.;,]{{0,45}}?\b(?:gratis|de regalo|sin (?:ningun )?(?:coste|cargo|"
    r"cobrar\w*|pagar\w*)|al mismo precio|nuev[oa] sin|por nuestra cuenta)",
    rf"\b(?:{_TO_YOU}\w+(?:o|an|en|are)|\w{{2,}}(?:amos|emos|imos))\b[^.;,]{{0,30}}\b(?:gratis|"
    r"sin cobrarle\w*|de regalo)\b",
    rf"\b{_TO_YOU}(?:prest|ced|dej)(?:o|amos|emos|are|aremos|ere|eremos) (?:un|una|otr[oa]|"
    r"el|la)\b",
    r"\btendra (?:usted )?(?:un|una|el|otr[oa]) (?:\w+ )?(?:descuento|vale|regalo|"
    r"compensacion|bonificacion)\b",
)

# English
_WHO = (
    r"(?:i|we|they|almendro|the (?:team|company|fitters?|driver|technician|insurance|insurer|"
    r"warehouse)|"
    r"our \w+|you|it)"
)
_WILL = (
    rf"(?:{_WHO}(?: will|'ll| can| shall| am going to| are going to| is going to|'re going to|"
    r"'m going to| could)|let me)(?: also| then| gladly| happily| certainly| just| of course| "
    r"personally| even| definitely| be able to| simply)?"
)
_WE_WILL = _WILL.replace("|you|it)", ")", 1)
_PRESENT_EN = (
    r"(?:vouchers?|discounts?|gift ?cards?|gifts?|coupons?|bonus|compensation|"
    r"(?:store )?credit|goodwill|refund of|[€£$] ?\d[\d.,]*)"
)
_WHOLE_EN = (
    r"(?:every (?:penny|cent|last)|all|whole|full(?:y)?|in full|entire(?:ly)?|everything|double|"
    r"twice|brand[- ]new|completely)\b"
)
_GIVES_EN = (
    r"waive|knock|throw in|double|triple|write off|extend|compensate|forgive|let you off|"
    r"(?:drop|scrap|cancel|absorb|skip|remove|take off|lift) (?:the|that|your|this) "
    r"(?:[\w€£$.,]+ )?(?:charge|fee|cost|deposit|excess)|foot|"
    r"pick up the (?:bill|tab)|upgrade|make it up to you|prolong|lend|loan|treat you|"
    r"bend the rules|turn a blind eye|overlook|make an exception|match the price|"
    r"take (?:\w+ )?[€£$]?\d+[^.;]{0,6} off"
)
_GIFTS_EN = (
    rf"\b{_WILL} (?:{_GIVES_EN})\b",
    r"\b(?:i am|i'm|we are|we're) (?:waiving|doubling|extending|compensating|upgrading|"
    r"throwing in)\b",
    rf"\b{_WILL} (?:send|give|get|add|pay|credit|pop|put|issue|offer|include|slip|have|receive|"
    rf"bring|let you have)\b[^.;]{{0,45}}?{_PRESENT_EN}",
    rf"\b{_WILL} (?:refund|pay|give|replace|cover|reimburse|get|have|receive|return|settle|"
    rf"make sure you get|see that you get|be (?:refunded|paid|reimbursed))\b[^.;]{{0,40}}?"
    rf"\b{_WHOLE_EN}",
    r"\byou(?:'ll| will| are going to) be (?:compensated|given|reimbursed for|upgraded|treated)\b",
    r"\byou (?:won't|will not|shall not|don't|do not|needn't) (?:be charged|have to pay|"
    r"need to pay|"
    r"pay (?:a|any)|owe)\b",
    r"\b(?:i|we|they)(?: won't| will not|'ll not| are not going to|'re not going to|"
    r" am not going to) "
    r"charge\b",
    r"\b(?:it's|it is|that's|that is|this (?:one )?is|is|are) on (?:us|me|the house)\b",
    r"\b(?:my|our) treat\b|\bcourtesy of (?:almendro|the house)\b",
    r"\b(?:just )?(?:this once|this one time|as an exception|exceptionally|as a one-off)\b",
    r"\b(?:for (?:your|all the|the) (?:trouble|inconvenience|hassle)|as a (?:gesture|goodwill|"
    r"courtesy|token|thank you)|goodwill gesture|to make up for)\b",
    rf"\b{_WILL} [^.;,]{{2,45}}?\b(?:free of charge|for free|for nothing|at no (?:extra |"
    r"additional )?(?:cost|charge)|without (?:any )?(?:charge|charging|cost)|as a gift|"
    r"for the same price|at half price|cheaper)\b",
    rf"\b{_TO_YOU}(?:voy a |vamos a )?invit(?:o|amos|are|aremos|ar) a\b",
    r"\b(?:make sure|see to it|ensure|arrange) (?:that )?[^.;]{2,40}\b(?:is|are|comes?|stays?|"
    r"goes) (?:free|for nothing|waived|on us|not charged)\b",
    r"\bconsider (?:it|that|(?:the|that|your) \w+) (?:waived|gone|dropped|refunded|paid|settled|"
    r"cancelled|written off)\b",
    r"\b(?:make sure|see to it|ensure) (?:that )?(?:they|nobody|no one|you|it)\b[^.;]{0,15}"
    r"(?:n't|not|never)\b[^.;]{0,10}\bcharg",
    r"\b(?:de|considere)(?:lo)? (?:usted )?(?:el \w+ |la \w+ )?por (?:anulad|perdonad|pagad|"
    r"cancelad|devuelt)[oa]\b",
    r"\byou can have\b[^.;]{0,40}\b(?:free|for the same price|discount|half price|on us)\b",
    rf"\b{_WILL} (?:have|get) (?:your|the) (?:whole|entire) ",
    r"\byou(?:'ll| will| are going to) (?:get|have|receive) (?:\w+ ){0,3}?(?:deposit|"
    r"opening fee) back\b",
)

_QUICK_ES = (
    r"(?:hoy(?: mismo)?|(?<!por la )(?<!de la )(?<!esta )(?<!cada )manana(?: mismo)?(?! de \d)|"
    r"pasado manana|ahora mismo|al instante|en el acto|inmediatamente|de inmediato|"
    r"esta (?:misma )?(?:tarde|noche|manana|semana)|"
    r"(?:en|dentro de) (?:una|media|dos|tres|un par de|24|unas|pocas) horas?|"
    r"(?:en|dentro de) (?:\w+ )?minutos|"
    r"(?:antes del?|para el|el|este|el proximo|para este) (?:lunes|martes|miercoles|jueves|viernes|"
    r"sabado|domingo|fin de semana)(?! \d)(?: que viene| proximo| mismo)?|"
    r"(?:para|antes de|por) (?:nochebuena|navidad(?:es)?|reyes|fin de ano|las fiestas|"
    r"nochevieja))\b"
)
_QUICK_EN = (
    r"(?:today|tonight|(?<!day after )tomorrow|the day after tomorrow|right (?:now|away)|"
    r"straight ?away|immediately|at once|instantly|this (?:very )?(?:morning|afternoon|evening|"
    r"week|weekend)|within the hour|"
    r"(?:with)?in (?:an|two|three|half an|a couple of|a few|24) hours?|(?:with)?in minutes|"
    r"before lunch|"
    r"by (?:noon|lunchtime|the weekend|tonight)|"
    r"(?:before|by|on|this|next) (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
    r"(?! \d)|(?:before|by|for|in time for) (?:christmas(?: eve)?|new year|easter|the holidays))\b"
)
_COMES_ES = (
    rf"(?:l[oae]s? |se l[oae]s? |te |ya )*(?:(?<!no )tiene|(?<!no )tendra|llega|llegara|llegan|"
    rf"recibe|"
    rf"recibira|va|ira|pasa|pasara|pasan|acude|acudira|viene|vendra|vienen|sale|saldra|queda|"
    rf"quedara|estara|esta list[oa]|estara list[oa]|(?:{_OUTCOME_ES}|mont|instal|termin|"
    rf"acab){_END})"
)
_COMES_EN = (
    rf"(?:{_WILL} (?:have|get|be|receive|deliver|collect|pick|bring|send|come|arrive|replace|"
    rf"repair|"
    r"fix|take|refund|swap|exchange|install|put|turn up|drop|mend)|"
    r"your [\w ]{2,25}(?: will|'ll| is going to| are going to| is| are)(?: be)?|"
    r"(?:the|a|our|an) [\w -]{2,20}(?: will|'ll| is going to| leaves| goes out| arrives| comes)|"
    r"(?:i am|i'm|we are|we're) (?:sending|delivering|collecting|refunding|replacing|bringing))\b"
)
_QUICK = (
    rf"\b{_QUICK_ES}[^.;?]{{0,35}}?\b{_COMES_ES}",
    rf"\b{_COMES_ES}[^.;?]{{0,45}}?\b{_QUICK_ES}",
    rf"\b{_COMES_EN}[^.;?]{{0,45}}?\b{_QUICK_EN}",
    rf"\b{_QUICK_EN}[^.;?]{{0,25}}?\b{_COMES_EN}",
)
_TOLD = re.compile(
    r"\b(?:resumen|correo|e-?mail|mail|etiqueta|factura|enlace|sms|mensaje|duplicado|codigo|clave|"
    r"llam\w+|aviso|escrib\w+|contest\w+|respuesta|confirm\w+|dig\w+|dire|aviso|consult\w+|"
    r"atend\w+|horario|abr\w+|cerra\w+|cierr\w+|festivo|plazo|"
    r"documento\w*|copia|solicitud|formulario|informacion|datos|fecha|cita|reparto|"
    r"label|link|message|text|summary|invoice|copy|code|key|call\w*|ring|phone|write|let you know|"
    r"confirm\w*|answer\w*|reply|open|closed?|holiday|opening hours|update|form|"
    r"information|details|number|slot|appointment|hear|know|told|speak|ask|note|deadline)\b"
)
"""What is said or sent to be read, and when somebody works: no goods, money or work."""
_LOOKED = re.compile(r"\b(?:comprob\w+|revis\w+|mir[oa]\w*|check\w*|look\w*)\b")
"""What anybody may do today."""
_STAFF = (
    r"(?:los chicos|el equipo|los montadores|el montador|el tecnico|los tecnicos|el conductor|"
    r"los transportistas|los operarios|el instalador|los instaladores|los muchachos)"
)
_STAFF_EN = (
    r"(?:the|our) (?:\w+ )?(?:team|fitters?|technicians?|drivers?|installers?|guys|lads|men|crew|"
    r"assemblers?|engineers?|delivery (?:team|crew|men))"
)
_WORK = (
    rf"\b{_STAFF} (?:tambien |ya |mismo )*(?:se l[oa]s?|les?|te) (?!llam|avis|confirm|pregunt|"
    r"explic|dir|dice|coment|inform|espera|ensen)\w+(?:a|an|e|en|ara|aran)\b",
    rf"\b(?:tambien )?(?:se l[oa]s?|les?) (?!llam|avis|confirm|pregunt|explic|dir|dice|coment|"
    rf"inform)\w+(?:an|en|aran|eran) {_STAFF}",
    rf"\b{_STAFF_EN}(?: will|'ll| can| is going to| are going to)(?: also| then| happily| gladly| "
    r"even)* (?!call|ring|phone|confirm|ask|explain|tell|wait|let|text|contact|be\b|come\b|have\b|"
    r"check|look|visit)\w+",
    rf"\b{_STAFF} (?:tambien |ya )*(?:puede|pueden|podra|podran|va a|van a) (?!llam|avis|confirm|"
    r"pregunt|explic|dec|inform|esper|ir\b|pasar\b|venir\b|tardar)\w+(?:le|les|sel[oa]s?)\b",
    r"\b(?:le|les|se lo) (?:digo|pido|decimos|pedimos|dire|diremos|"
    r"pedire) (?:yo )?al? (?:conductor|"
    r"tecnico|repartidor|almacen|transportista|montador|equipo) que\b",
    r"\b(?:hablo|hablare|hablamos) (?:yo )?con el (?:conductor|tecnico|repartidor|almacen|"
    r"transportista|montador) (?:para que|y que|y)\b",
    r"\b(?:i|we)(?:'ll| will| am going to|'m going to| can)? (?:tell|ask|have|get|instruct) "
    r"the (?:driver|technician|warehouse|fitters?|courier|team) (?:to\b|come|deliver|bring|take|"
    r"hang|leave|carry)",
    r"\b(?:i|we)(?:'ll| will| can) (?:stop|hold|turn back|call back|divert) the (?:lorry|truck|van|"
    r"delivery)\b",
)
_PLAIN_ES = (
    rf"{_REFUND_ES}|acept|admit|recog|sustitu|repon|reserv|guard|adelant|anul|elimin|borr|"
    r"congel|aplaz"
)
_OURS = r"amos|emos|imos|are|ere|aremos|eremos|iremos"
"""Endings of "we" and of what will be: without them "reembolso" and "abono" are things."""
_PLAIN = (
    rf"\b(?:{_TO_YOU}{_GOING} |{_GOING} |{_TO_YOU})(?:(?:{_PLAIN_ES})(?:o|{_OURS})|"
    r"(?:acept|admit|sustitu|repon|reserv|guard|devolv|reembols|compens)"
    r"(?:ar|er|ir)(?:le|les|sel[oa]s?)?)\b",
    rf"\b(?:{_PLAIN_ES})(?:{_OURS})\b",
    rf"\b{_TO_YOU}(?:aplic|cambi|reemplaz)(?:o|{_OURS})\b(?! (?:la|de) (?:cita|fecha|hora|franja))",
    r"\b(?:pas|pon|coloc|adelant)\w+ (?:el|su|tu) pedido (?:por )?(?:delante|el primero|antes)\b",
    rf"\b{_TO_YOU}(?:envi|mand|llev|dej|pon|traig|tra)(?:o|{_OURS}|go|gamos)? "
    r"(?:otr[oa]s? (?!enlace|correo|mensaje|sms|vez|ahora|hoy)\w{4,}|un[oa]? nuev[oa]s?)\b",
    r"\b(?:put|move|bump|push) (?:you|it|your \w+) (?:ahead|up|to the (?:front|top))\b",
    rf"\b{_WE_WILL} (?:refund|replace|exchange|swap|pay|cover|accept|take (?:\w+ ){{1,4}}back|"
    r"reimburse|credit|let you|reserve|keep|hold|freeze|postpone|delete|remove|reduce|lower|"
    r"guarantee|send (?:you )?(?:a|another|the) (?:new|replacement|second|spare|different)|"
    r"give you|get you|bring you|make (?:it|them) free|allow|have (?:it|them|your \w+|the \w+) "
    r"(?:replaced|exchanged|refunded|repaired|fixed|collected|delivered))\b",
    r"\b(?:i am|i'm|we are|we're) (?:refunding|replacing|exchanging|swapping|paying|accepting|"
    r"reimbursing|crediting|removing|cancelling|sending (?:you )?(?:a|another) (?:new|second))\b",
    r"\byou(?:'ll| will| are going to) (?:get|have|receive) (?:\w+ ){1,4}back\b",
    r"\byou(?:'ll| will| are going to) (?:be (?:refunded|reimbursed|paid|credited)|"
    r"(?:get|have|receive) (?:a (?:new|replacement|refund)|your money|the money|it (?:back|"
    r"repaired|"
    r"fixed)))\b",
)
_DESPITE_DONE = (
    rf"\b{_DESPITE}[^.;?]{{0,55}}?\b(?:{_does(_OUTCOME_ES)}|{_WILL} (?:take|refund|accept|replace|"
    r"give|get|collect|pay|repair|be refunded|change|swap|send|cover|return))",
    rf"\b(?:{_does(_OUTCOME_ES)}|{_WILL} (?:take|refund|accept|replace|give|get|have|collect|pay|"
    rf"repair|be refunded|change|swap|send|cover|return|let you))\b[^.;?]{{0,55}}?\b{_DESPITE}",
)
_FORMS: Mapping[How, tuple[str, ...]] = {
    "gift": (*_GIFTS_ES, *_GIFTS_EN),
    "despite": _DESPITE_DONE,
    "quick": _QUICK,
    "work": _WORK,
    "plain": _PLAIN,
}
_PATTERNS = tuple(
    (how, re.compile(pattern)) for how, patterns in _FORMS.items() for pattern in patterns
)
_SLOT = re.compile(
    r"\bde \d{1,2}(?::\d\d)? a \d|\bentre las \d|\b(?:from|between) \d|\d{1,2}:\d\d (?:a|"
    r"to|and|y|-) |\b\d{1,2}(?::\d\d)? ?- ?\d{1,2}:\d\d"
)
"""An appointment with its hours stands on the screen of whoever writes."""
_DATED = re.compile(
    r"\b\d{1,2} (?:de )?(?:ene|feb|mar|abr|may|jun|jul|ago|sep|oct|nov|dic|jan|apr|aug|"
    r"dec)[a-z]*\b|"
    r"\b(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo|monday|tuesday|wednesday|thursday|"
    r"friday|saturday|sunday),? \d{1,2}\b"
)
"""A whole date is one of the screen."""


def commitments(folded: str) -> Iterator[Commitment]:
    """The unusual commitments of a sentence, whole clauses, in order; none overlap.

    Args:
        folded: the sentence, folded, every character where it was.
    """
    found: list[Commitment] = []
    settled = bool(_SLOT.search(folded) or _DATED.search(folded))
    for how, pattern in _PATTERNS:
        for match in pattern.finditer(folded):
            start, end = _clause(folded, *match.span())
            if how in ("quick", "plain") and (settled or _TOLD.search(folded, start, end)):
                continue
            if how == "quick" and _LOOKED.search(folded, start, end):
                continue
            found.append(Commitment(start, end, how))
    last = 0
    for one in sorted(found):
        if one.start >= last:
            yield one
            last = one.end


def _clause(folded: str, start: int, end: int) -> tuple[int, int]:
    """From the beginning of a clause to its end."""
    first = max(folded.rfind(sign, 0, start) for sign in ",;:") + 1
    stops = [at for sign in (", ", ",", ";", ":", ".") if (at := folded.find(sign, end)) >= 0]
    last = min(stops, default=len(folded))
    while first < start and not folded[first].isalnum():
        first += 1
    return first, last
