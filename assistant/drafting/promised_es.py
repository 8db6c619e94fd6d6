"""How an agent commits the company in Spanish: patterns of folded text by what is unusual."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.commitments.forms_es import FITTER
from assistant.drafting.promised_kinds import DESPITE, How

# Endings of the first person, of "they", and of the future; what may stand before a verb.
_END = r"(?:o|amos|emos|imos|are|ere|ire|aremos|eremos|iremos|an|en|aran|eran|iran|ara|era|ira)\b"
_TO_YOU = r"(?:(?:se l[oae]s?|les?|te|l[oa]s?|os|nos)(?: l[oa]s?)? )"
_GOING = r"(?:voy a|vamos a|va a|van a|puedo|podemos|pueden|podria(?:mos)?)"


def _does(stems: str) -> str:
    """A verb of the company's, finite with a pronoun or an object, or as an infinitive."""
    return (
        rf"(?:{_TO_YOU}{_GOING} (?:{stems})\w*|{_GOING} (?:{stems})\w*|{_TO_YOU}?(?:doy|damos|"
        rf"dan|(?:{stems}){_END}))"
    )


_GIVE = (
    r"regal|perdon|condon|descont|descuent|rebaj|quit|compens|indemniz|duplic|dobl|triplic|alarg|"
    r"prolong|prorrog|ampli|bonific|eximi|obsequi|gratific|abarat"
)
_REFUND = (
    r"devolv|devuelv|reembols|abon|ingres|reintegr|pag|aseguramos el pago|sufrag|cubr|costea|asum"
)
_ACCEPT = r"acept|admit|recog|recoj|tramit|cogemos|coger|sustitu|cambi|repon|repar|arregl|retir"
_BRING = r"pon|pong|pondr|dar|dam|entreg|llev|mand|envi|traer|traig|traemos|dej|coloc"
_OUTCOME = rf"{_REFUND}|{_ACCEPT}|{_BRING}"
_PRESENT = (
    r"(?:vales?|cheques?|cupon(?:es)?|tarjetas? regalo|descuentos?|regalos?|detalles?|obsequios?|"
    r"compensacion(?:es)?|bonificacion|indemnizacion|rebajas?|abono de)"
)
_WHOLE = (
    r"(?:tod[oa]s?|integr[oa]s?|integramente|enter[oa]s?|complet[oa]s?|al completo|doble|"
    r"la totalidad|hasta el ultimo (?:centimo|euro)|el (?:100|cien) (?:por cien(?:to)?|%))\b"
)
_GIFTS = (
    rf"\b(?:{_TO_YOU}{_GOING} (?:{_GIVE})\w*|{_GOING} (?:{_GIVE})\w*(?:le|les|sel[oa]s?)\b|"
    rf"{_TO_YOU}(?:{_GIVE}){_END})",
    rf"\b{_does(_BRING + '|hag|hac|har|hacer|ofre|añad|anad|sum|carg|apunt')}"
    rf"(?: llegar)?[^.;,]{{0,25}}?\b{_PRESENT}",
    rf"\b{_does(_REFUND)}[^.;]{{0,40}}?\b{_WHOLE}",
    rf"\b{_does(_REFUND)}[^.;]{{0,40}}?\bpor (?:las|sus) molestias",
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
    r"\b(?:se l[oa] |le )(?:dejo|dejamos|dejare|dejaremos) (?:\w+ )?(?:(?:en|por|a|con) (?:un )?\d|"
    r"a mitad de precio|mas barat[oa])",
    rf"\b{_does(_BRING)}[^.;,]{{0,45}}?\b(?:gratis|de regalo|sin (?:ningun )?(?:coste|cargo|"
    r"cobrar\w*|pagar\w*)|al mismo precio|nuev[oa] sin|por nuestra cuenta)",
    rf"\b(?:{_TO_YOU}\w+(?:o|an|en|are)|\w{{2,}}(?:amos|emos|imos))\b[^.;,]{{0,30}}\b(?:gratis|"
    r"sin cobrarle\w*|de regalo)\b",
    rf"\b{_TO_YOU}(?:prest|ced|dej)(?:o|amos|emos|are|aremos|ere|eremos) (?:un|una|otr[oa]|"
    r"el|la)\b",
    r"\btendra (?:usted )?(?:un|una|el|otr[oa]) (?:\w+ )?(?:descuento|vale|regalo|"
    r"compensacion|bonificacion)\b",
    rf"\b{_TO_YOU}(?:voy a |vamos a )?invit(?:o|amos|are|aremos|ar) a\b",
    r"\b(?:de|considere)(?:lo)? (?:usted )?(?:el \w+ |la \w+ )?por (?:anulad|perdonad|pagad|"
    r"cancelad|devuelt)[oa]\b",
    r"\b(?:de por vida|para siempre|sin limite(?: alguno)?|(?:todas las|tantas|cuantas|las) veces "
    r"(?:como |que )?(?:quiera|haga falta|necesite))\b",
    r"\bseguro que (?:se l[oa]s?|l[eoa]s?|entra|queda|esta|va|llega|viene|sale|tiene|tendra|hay|no|"
    r"podemos|podra)\b",
    r"\b(?:l[eoa] )?(?:vamos a |voy a |van a )?(?:despedi|sancion|expedient)(?:mos|remos|re|ran|an|"
    r"aremos|are|aran|r|ar)(?:l[eoa])?\b|\bsera (?:despedid|sancionad)[oa]\b",
    r"\b(?:el|la|nuestr[oa]|mi) (?:director|gerente|jef|president|responsable)\w*[^.;]{0,40}"
    r"\b(?:personalmente|en persona|hoy|esta (?:tarde|noche)|manana)\b",
)

_SOON = (
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
_COMES = (
    rf"(?:l[oae]s? |se l[oae]s? |te |ya )*(?:(?<!no )tiene|(?<!no )tendra|llega|llegara|llegan|"
    rf"recibe|"
    rf"recibira|va|ira|pasa|pasara|pasan|acude|acudira|viene|vendra|vienen|sale|saldra|queda|"
    rf"quedara|estara|esta list[oa]|estara list[oa]|(?:{_OUTCOME}|mont|instal|termin|"
    rf"acab){_END})"
)
_STAFF = rf"(?:los chicos|los muchachos|el equipo|(?:el|la|los|las) (?:conductor|{FITTER})(?:e?s)?)"
_MONEY_OR_GOODS = (
    rf"{_REFUND}|acept|admit|recog|sustitu|repon|reserv|guard|adelant|anul|elimin|borr|"
    r"congel|aplaz"
)
_OURS = r"amos|emos|imos|are|ere|aremos|eremos|iremos"
"""Endings of "we" and of what will be: without them "reembolso" and "abono" are things."""
_WORK = (
    rf"\b{_STAFF} (?:tambien |ya |mismo )*(?:se l[oa]s?|les?|te) (?!llam|avis|confirm|pregunt|"
    r"explic|dir|dice|coment|inform|espera|ensen)\w+(?:a|an|e|en|ara|aran)\b",
    rf"\b(?:tambien )?(?:se l[oa]s?|les?) (?!llam|avis|confirm|pregunt|explic|dir|dice|coment|"
    rf"inform)\w+(?:an|en|aran|eran) {_STAFF}",
    rf"\b{_STAFF} (?:tambien |ya )*(?:puede|pueden|podra|podran|va a|van a) (?!llam|avis|confirm|"
    r"pregunt|explic|dec|inform|esper|ir\b|pasar\b|venir\b|tardar)\w+(?:le|les|sel[oa]s?)\b",
    r"\b(?:le|les|se lo) (?:digo|pido|decimos|pedimos|dire|diremos|"
    r"pedire) (?:yo )?al? (?:conductor|"
    r"tecnico|repartidor|almacen|transportista|montador|equipo) que\b",
    r"\b(?:hablo|hablare|hablamos) (?:yo )?con el (?:conductor|tecnico|repartidor|almacen|"
    r"transportista|montador) (?:para que|y que|y)\b",
)
_ORDINARY = (
    r"llam|escrib|confirm|envi|mand|avis|dig|dec|dir|explic|pas|transf|abr|busc|mir|comp|consult|"
    r"contest|respond|inform|at[ei]+nd|p[ei]d|rueg|rog|agrade|rec[ou]+rd|anot|apunt|not|registr|"
    r"cre|le[eaio]|rep[ei]t|indic|c[ou]+nt|coment|ent[ie]+nd|lament|localiz|gestion|tramit|ofre|"
    r"propon|presupuest|esper|adjunt|reenv|remit|facilit|factur|cobr|c[ie]+rr|ayud|sug|aconsej|"
    r"recom|pregunt|present|do[yt]|dam|dar[ae]|oig|veo|vemos|sab|quer|quier|ten[eg]|pod|pued|"
    r"vo[yl]|vam|vu[e]|sient|sent|est|ha[gyrc]|hem|h[eo]\b|debo|deb|solicit|prepar|cit|conf|"
    r"agend|orient|ense|invit|supo|opin|llev|tra[ei]|seg"
)
"""Beginnings of what any agent does: tells, asks, looks, notes, books."""
_PLAIN = (
    rf"\b(?:{_TO_YOU}{_GOING} |{_GOING} |{_TO_YOU})(?:(?:{_MONEY_OR_GOODS})(?:o|{_OURS})|"
    r"(?:acept|admit|sustitu|repon|reserv|guard|devolv|reembols|compens)"
    r"(?:ar|er|ir)(?:le|les|sel[oa]s?)?)\b",
    rf"\b(?:{_MONEY_OR_GOODS})(?:{_OURS})\b",
    rf"\b{_TO_YOU}(?:aplic|cambi|reemplaz)(?:o|{_OURS})\b(?! (?:la|de) (?:cita|fecha|hora|franja))",
    r"\b(?:pas|pon|coloc|adelant)\w+ (?:el|su|tu) pedido (?:por )?(?:delante|el primero|antes)\b",
    rf"\b{_TO_YOU}(?:envi|mand|llev|dej|pon|traig|tra)(?:o|{_OURS}|go|gamos)? "
    r"(?:otr[oa]s? (?!enlace|correo|mensaje|sms|vez|ahora|hoy)\w{4,}|un[oa]? nuev[oa]s?)\b",
    rf"\b(?:se l[oa]s?|les?) (?!{_ORDINARY})\w{{2,}}(?:o|{_OURS})\b",
)
FORMS: Mapping[How, tuple[str, ...]] = {
    "gift": _GIFTS,
    "despite": (
        rf"\b{DESPITE}[^.;?]{{0,55}}?\b{_does(_OUTCOME)}",
        rf"\b{_does(_OUTCOME)}\b[^.;?]{{0,55}}?\b{DESPITE}",
    ),
    "quick": (
        rf"\b{_SOON}[^.;?]{{0,35}}?\b{_COMES}",
        rf"\b{_COMES}[^.;?]{{0,45}}?\b{_SOON}",
    ),
    "work": _WORK,
    "plain": _PLAIN,
}
"""Patterns by what is unusual."""
