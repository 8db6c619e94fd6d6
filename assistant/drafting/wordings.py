"""How what voice guides forbid is said in other words: patterns of folded text, by language.

`families` tells which rule of a guide each belongs to. Every pattern begins at a word.
"""

from __future__ import annotations

from collections.abc import Mapping

from knowledge.models import Language

_HUNDRED_ES = r"(?:100|cien)(?: por cien(?:to)?| ?%)"
_HUNDRED_EN = r"(?:(?:100|one hundred|a hundred|hundred)(?: ?%| per ?cent))"
_TO_YOU = r"(?:se l[oa]s?|les?|te|os)"
_VOW = r"(?:garantiz|asegur|promet|jur)"
_VOWS = r"(?:garanti[zc]|asegur|promet|jur)(?:o|amos|emos|are|ere|aremos|eremos)\b"
_REFUND_ES = r"(?:devolv|devuelv|reembols|reintegr|abon|ingres)\w*"
_NOW_ES = (
    r"(?:hoy(?: mismo)?|ahora mismo|ya mismo|en el acto|al (?:instante|momento)|de inmediato|"
    r"inmediatamente|esta (?:misma )?(?:tarde|noche|manana)|en este (?:mismo )?(?:momento|instante))"
)
_MONEY_ES = r"(?:dinero|importe|cantidad|pago|reembolso)"
_MONEY_EN = r"(?:refund(?:ed|ing)?|money(?: back)?|reimburs\w+|paid back|pay you back|credit(?:ed)?)"
_NOW_EN = (
    r"(?:today|tonight|right (?:now|away|this (?:minute|second|moment))|immediately|instantly|"
    r"straight ?away|this (?:very )?(?:minute|morning|afternoon|evening|instant)|at once|"
    r"on the spot|within the hour)\b"
)
_ALL_ES = (
    r"(?:absolutamente |practicamente |casi |de )?(?:todo|cualquier (?:cosa|dano|problema|percance|"
    r"accidente|averia|imprevisto)|lo que sea)\b(?! (?:lo que|el|los|la|las)\b)"
)
_ALL_EN = (
    r"(?:absolutely |simply |just about |virtually |pretty much |literally )?"
    r"(?:everything|anything|it all|all (?:risks|damage|eventualities)|any (?:damage|accident|"
    r"problem|eventuality)|the lot|every(?: single)? (?:thing|kind of damage))\b"
)
_GRANT_ES = (
    r"(?:aprob|aprueb|conced|acept|otorg)\w*|(?:le|se l[oa]) (?:dan|daran|van a dar)\b|"
    r"dicen que si\b|diran que si\b|sale adelante"
)
_SURE_ES = (
    r"(?:seguro|segurisimo|fijo|fijisimo|sin (?:ningun |ninguna |el menor )?(?:problemas?|dudas?|"
    r"pega|dificultad)|"
    r"de sobra|siempre|no (?:tendra|habra|va a tener|tiene|va a haber)\w* (?:usted )?"
    r"(?:ningun |ninguna )?(?:problemas?|pega|dificultad)|tranquil[oa]|cuente con que|"
    r"d[ea]\w* por (?:hecho|seguro|descontado)|puede dar(?:lo)? por (?:hecho|seguro))"
)
_GRANT_EN = (
    r"(?:approv\w*|accept(?:ed)?|(?:say|says|said) yes|grant(?:ed)?|get (?:the|that|your) "
    r"(?:credit|loan|finance|financing)|go through|pass\b|turn(?:ed)? down)"
)
_SURE_EN = (
    r"(?:sure|certain|bound|guaranteed|definitely|certainly|surely|easily|no problems?|no trouble|"
    r"no (?:doubt|question)|without (?:a |any )?(?:doubt|problem|trouble)s?|always|never|"
    r"for sure|for certain|automatically|count on)"
)
_SOMEBODY_ES = (
    r"(?:alguien|algun[oa]?(?: de (?:mis|nuestros|los|nosotros))?(?: (?:companer\w+|agente|persona|"
    r"gestor|responsable))?|un[oa]? (?:de (?:mis|nuestros|los) )?(?:companer\w+|persona)|"
    r"(?:mis|los|otros?|nuestros|unos) companer\w+)"
)
_CALL_STEMS = r"(?:llam|contact|avis|escrib|respond|contest|inform|telefone|localiz|atend)"
_SOMEBODY_EN = (
    r"(?:someone|somebody|they|(?:a|another|some) (?:colleague|person|member of (?:the|our) "
    r"(?:team|staff))|one of (?:us|our people|my colleagues|our (?:agents|team)|the team)|"
    r"(?:a )?member of (?:the|our) (?:team|staff)|"
    r"(?:the|our|my) (?:team|colleagues|people|guys))(?: (?:from|in|on|at) (?:the|our) "
    r"(?:team|office|company))?"
)
_REACH_EN = (
    r"(?:call|ring|phone|contact|reach(?: out)?|be in touch|get (?:back|in touch|in contact|"
    r"hold of)|give you a (?:call|ring|bell|buzz|shout)|drop you|write|e-?mail|let you know|"
    r"come back to you|follow up|be (?:calling|ringing|contacting)|make contact)\b"
)
_SYSTEM_ES = (
    r"(?:sistema|programa|ordenador|computadora|aplicacion|aplicativo|herramienta|plataforma|"
    r"pantalla|app|crm)"
)
_SYSTEM_EN = r"(?:system|computer|software|program(?:me)?|tool|screen|platform|app)"
_AMOUNT_ES = r"\d+(?:[.,]\d+)* ?(?:€|euros?|eurillos|euritos|eur)"

_ES: Mapping[str, tuple[str, ...]] = {
    "certainty": (
        rf"{_TO_YOU} (?:puedo |podemos |voy a |vamos a )?{_VOWS}",
        rf"(?:{_TO_YOU} )?(?:puedo|podemos) {_VOW}\w+",
        rf"{_TO_YOU} (?:puedo|podemos) {_VOW}\w*",
        rf"(?:al )?{_HUNDRED_ES} segur[oa]",
        rf"al {_HUNDRED_ES}(?! de)",
        r"al 100\b(?! ?€)",
        r"(?:esta|queda|va|tiene|viene) (?:mas que |totalmente |completamente |absolutamente )?"
        r"garantizad[oa]\b",
        r"garantizad[oa](?=[.,!])",
        r"sin (?:la (?:menor|mas minima) |ningun |ninguna |ningun genero de |lugar a (?:la )?|"
        r"sombra de )?dudas?\b",
        r"(?:le |te )?do(?:y|mos) (?:mi|nuestra) (?:palabra|garantia)",
        r"tiene (?:usted )?(?:mi|nuestra) (?:palabra|garantia)",
        r"palabra de honor",
        r"con (?:absoluta|total|toda|plena|completa|entera) (?:certeza|seguridad|garantia|"
        r"tranquilidad)\b",
        r"(?:pongo|pondria) la mano en el fuego",
        r"segurisim[oa]\b",
        r"seguro (?:al cien|que (?:le|les|lo|la|llega|estara|queda|sale|viene|va|tiene|se l[oa])"
        r"(?! (?:apr|conced|dan))\b)",
        r"fijo que\b",
        r"si o si\b",
        r"de todas todas\b",
        r"(?:no (?:le |te )?(?:quepa|tenga|cabe)(?: usted)? (?:la menor |ninguna |ningun |la mas "
        r"minima )?dudas?)",
        r"no (?:lo )?dude(?! en\b)",
        r"(?:delo|dalo|puede darlo|podemos darlo) por (?:hecho|seguro|resuelto)",
        r"cuente con (?:ello|que)\b",
        r"(?:confie|confia) en (?:mi|nosotros)\b",
        r"puede (?:estar|quedarse) (?:usted )?(?:bien |completamente |totalmente |absolutamente )?"
        r"segur[oa] de\b",
        r"sin fallo(?= |[.,!])(?! (?:la|el|cuesta|de|en))",
        r"a ciencia cierta\b",
        r"eso esta hecho\b",
        r"(?:pase lo que pase|como que (?:dos y dos|me llamo))",
    ),
    "refund_now": (
        rf"{_NOW_ES}\b[^.;?]{{0,30}}\b{_REFUND_ES}[^.;?]{{0,20}}\b{_MONEY_ES}",
        rf"{_REFUND_ES}[^.;?]{{0,30}}\b{_MONEY_ES}[^.;?]{{0,20}}\b{_NOW_ES}",
        rf"(?:devolv|devuelv|reembols|reintegr)\w*[^.;?]{{0,30}}\b{_NOW_ES}\b",
        rf"(?:tiene|tendra|recibe|recibira|le llega|vera) (?:usted )?(?:ya )?(?:el|su|todo el) "
        rf"{_MONEY_ES}[^.;?]{{0,25}}\b{_NOW_ES}",
        rf"{_NOW_ES}\b[^.;?]{{0,15}}\b(?:tiene|tendra|recibe|recibira|le llega|vera) (?:usted )?"
        rf"(?:el|su|todo el) {_MONEY_ES}",
    ),
    "covers_all": (
        rf"(?:le |lo |la |se lo |esta )?(?:cubr|ampar|proteg|asegur|inclu|pag|responde|proteg|"
        rf"entra)\w* (?:de |por |ante |contra |frente a |a |en )?(?:casos? de )?{_ALL_ES}",
        r"(?:todo|esta todo|queda todo) (?:le )?(?:esta |queda |va |entra |viene )?(?:cubiert[oa]|"
        r"asegurad[oa]|protegid[oa]|incluid[oa])",
        r"entra (?:absolutamente )?todo\b",
        r"a todo riesgo",
        rf"(?:cubiert|protegid|asegurad)[oa] (?:en|ante|de|contra|frente a|por) {_ALL_ES}",
        r"(?:pase lo que pase|ocurra lo que ocurra|le pase lo que le pase|suceda lo que suceda)",
        r"cobertura (?:total|completa|integral|absoluta|al cien)",
        r"no hay nada que no (?:cubra|entre)",
        r"(?:nada|ningun dano) (?:se )?queda (?:fuera|sin cubrir)",
        r"sin (?:ninguna exclusion|exclusiones)",
    ),
    "no_interest": (
        r"(?:sin|libre de|cero|ni un euro de|nada de|ningun) (?:ningun |ninguna clase de |"
        r"ningun tipo de |tipo de )?interes(?:es)?\b(?: alguno)?",
        r"interes(?:es)? (?:cero|del? (?:cero|0 ?%))",
        r"no (?:le |se )?(?:paga|pagara|tiene|tendra|hay|lleva|cobran?|cobramos|genera)"
        r" (?:\w+ )?interes(?:es)?\b",
        r"(?:le |se lo )?(?:sale|saldra|es|son|sera|queda) (?:todo |totalmente |completamente )?"
        r"(?:gratis|gratuit[oa]s?)\b",
        r"gratis\b",
        r"no (?:le |te )?(?:cuesta|costara|supone|paga|pagara) (?:ni un |un |absolutamente )?"
        r"(?:centimo|euro|duro|nada)\b(?: (?:de )?mas)?",
        r"ni un (?:centimo|euro|duro) (?:de )?mas\b",
        r"sin (?:pagar|coste|gastos|recargos?) (?:nada )?(?:de )?(?:mas|extra|adicional(?:es)?|"
        r"alguno)\b",
        r"(?:paga|pagara) (?:exactamente )?lo mismo que al contado",
    ),
    "approved": (
        rf"{_SURE_ES}\b[^.;?]{{0,40}}?\b(?:{_GRANT_ES}|(?:el|la) (?:credito|financiacion|"
        r"prestamo))",
        rf"(?:{_GRANT_ES})[^.;?]{{0,25}}\b{_SURE_ES}",
        r"(?:aprobacion|concesion) (?:esta |es )?(?:garantizada|segura|automatica|inmediata)",
        r"(?:ya )?(?:tiene|puede dar por|de por) (?:el credito|la financiacion|el prestamo) "
        r"(?:aprobad|conced|hech)\w+",
        r"(?:el credito|la financiacion|el prestamo) (?:es suy[oa]|esta hech[oa]|no falla|"
        r"(?:se )?lo (?:dan|conceden) a todo el mundo)",
        r"a (?:todo el mundo|todos) (?:se )?(?:les?|lo) (?:lo |la )?(?:aprueban|conceden|dan)",
        r"no (?:se )?(?:lo |la )?(?:deniegan|rechazan)\w* (?:nunca|a nadie)",
        r"(?:nunca|no) (?:se )?(?:lo |la )?(?:van a denegar|deniegan|rechazaran|denegaran)",
    ),
    "soon": (
        r"lo (?:antes|mas (?:pronto|rapido|rapidamente)) (?:posible|que (?:se )?(?:pued\w+|podamos))",
        r"tan (?:pronto|rapido) como (?:sea posible|podamos|pueda\w*|nos sea posible)",
        r"(?:a|con) la (?:mayor|maxima) (?:brevedad|celeridad|rapidez|urgencia|prontitud|premura)",
        r"con (?:toda|la mayor) (?:rapidez|celeridad|urgencia)",
        r"en (?:la mayor|un|muy) breve\w*",
        r"en breves?\b",
        r"cuanto antes\b",
        r"(?:en cuanto|cuando|apenas) (?:se |nos |les |me )?(?:pueda|podamos|puedan|sea posible)\b",
        r"(?:muy |bien )?(?<!mas )(?<!tan )(?<!de )pront(?:o|ito|isimo)\b(?! como)",
        r"proximamente\b",
        r"en (?:cuestion|menos) de (?:nada|poco)\b",
        r"en (?:nada|un (?:periquete|santiamen|plis|pispas|rato|ratito|pis pas|suspiro))\b"
        r"(?! (?:de|mas))",
        r"(?:dentro de|en) (?:nada|poco|unos dias|unos pocos dias|un par de dias)\b",
        r"en (?:los|estos) proximos dias\b",
        r"(?:un|cualquier) dia de estos\b",
        r"(?:por )?estos dias\b",
        r"a no (?:mucho )?tardar\b",
        r"en el menor (?:tiempo|plazo) posible",
        r"a (?:su|la) (?:debido tiempo|mayor brevedad)",
        r"mas (?:pronto|temprano) que tarde",
    ),
    "somebody_calls": (
        rf"(?:ya |luego |despues )?(?:le|les|te|lo|la|os) {_CALL_STEMS}(?:ar|er|ir)an\b",
        r"(?:ya )?(?:le|les|te) (?:diran|daran|diremos|dicen|dan) (?:algo|noticias|respuesta|"
        r"una respuesta|un toque|una llamada)\b",
        r"(?:ya )?(?:le|lo|la|te) (?:llaman|avisan|contactan|escriben)\b",
        r"(?:ya )?(?:le|lo|la|te) (?:van|iran) a (?:llamar|avisar|contactar|escribir|decir)\b",
        rf"{_SOMEBODY_ES} (?:ya |luego |se |le |les |te |lo |la )*(?:va a )?(?:{_CALL_STEMS}\w*|"
        r"pondran?\b|ponen?\b|dira\b|dara\b|da\b|dice\b)",
        r"(?:ya )?se (?:pondran?|ponen|van a poner|va a poner)(?: (?:ellos|alguien))? en contacto",
        r"ya (?:le|les|te) (?:diremos|llamaremos|avisaremos|contactaremos|escribiremos|contaremos)",
        r"(?:nos pondremos|estaremos) en contacto",
        r"(?:tendra|recibira|tiene) (?:usted )?(?:noticias|novedades)(?: nuestras)?\b",
        r"(?:recibira|tendra) (?:usted )?una llamada\b(?! (?:unos )?\d)",
        r"(?:sera|va a ser) (?:contactad|llamad|avisad)[oa]",
    ),
    "calm": (
        r"tranquil(?:icese|izate|icense|icemonos|izarse)",
        r"(?:estese|este usted|mantengase|quedese) tranquil[oa]\b",
        r"calm(?:ese|ate|ense|arse|emonos)\b",
        r"(?:mantenga|conserve|guarde|tenga|un poco de|no pierda) (?:la |un poco de )?calma\b",
        r"relaj(?:ese|ate|arse)\b",
        r"seren(?:ese|arse)\b",
        r"respire (?:hondo|un poco|tranquil)",
        r"no se (?:me )?(?:ponga (?:asi|nervios|furios|de esa|bord|pesad|a la)|altere|enfade|"
        r"sulfure|exalte|acalore|enoje|excite|ofusque|agobie)\w*",
        r"no te (?:pongas (?:asi|nervios)|alteres|enfades|enojes)\w*",
        r"no (?:hace falta|hay necesidad de|es necesario|tiene por que|hay por que|es para) "
        r"(?:que (?:se )?)?(?:grit|enfad|altera|alter|enoj|poner(?:se)? asi|levantar la voz|"
        r"ponga asi)\w*",
        r"baje (?:usted )?(?:el tono|la voz|ese tono|los humos)",
        r"no (?:me )?grite\b",
        r"deje de (?:gritar|chillar|quejarse)",
    ),
    "policy": (
        r"(?:es|son|por|segun) (?:la |las |nuestra |nuestras |una )?(?:politica|normas?|reglas?|"
        r"normativa|procedimiento) (?:de (?:la |esta |nuestra )?(?:empresa|compania|casa|tienda|"
        r"firma|direccion)|internas?|de aqui)",
        r"(?:politica|normas?|reglas?) de (?:la )?(?:empresa|compania|casa)\b",
        r"(?:la |nuestra )?politica de la (?:empresa|compania|casa)",
        r"son (?:las|nuestras) (?:normas|reglas)\b",
        r"(?:las )?(?:normas|reglas) son (?:las|asi)\b",
        r"yo no (?:pongo|hago) las (?:normas|reglas)",
        rf"(?:el|la|mi|nuestro|nuestra|este|esta) {_SYSTEM_ES} (?:que (?:tengo|tenemos) |ya |"
        r"aqui |ahora )?no (?:me |nos |se )?(?:lo |la |los )?(?:deja|permite|da|admite|acepta|"
        r"autoriza|consiente|coge|abre)\w*",
        rf"(?:el|la|mi|nuestro|nuestra) {_SYSTEM_ES} (?:me |nos )?(?:lo |la )?(?:bloquea|impide|"
        r"rechaza|prohibe|limita)\w*",
        rf"no (?:me |nos )(?:lo )?(?:deja|permite)\w* (?:hacerlo |cambiarlo )?"
        rf"(?:el|la) {_SYSTEM_ES}",
        r"es lo que (?:dice|marca|manda) (?:el sistema|la norma|la empresa|la politica)",
        r"(?:asi|es lo que) (?:lo |nos )?(?:marca|dice|manda|establece|tiene establecido|exige)n? "
        r"(?:la )?(?:empresa|direccion|norma|politica|de arriba)",
        r"(?:la )?(?:empresa|direccion) no (?:nos|me) (?:lo )?(?:deja|permite|autoriza)",
        r"(?:aqui )?(?:no me dejan|no nos dejan|me lo prohiben|son ordenes)\b",
        r"(?:tengo|tenemos) las manos atadas",
        r"(?:la cosa|esto) funciona asi\b",
    ),
    "unknown": (
        r"ni (?:la (?:mas (?:minima|remota)|menor) )?idea\b",
        r"no (?:tengo|tenemos) (?:ni )?(?:la (?:menor |mas minima |mas remota )?)?"
        r"(?:idea|constancia)\b",
        r"no (?:lo |le )?(?:sabria|sabemos|sabe nadie)\b",
        r"no sabria (?:decir|que decir)\w*",
        r"no se (?:decir|que decir|nada)\w*",
        r"(?:aqui )?no (?:me|nos) (?:consta|aparece|sale|figura|viene)n?\b",
        r"aqui no (?:me |nos )?(?:consta|aparece|sale|figura|viene|hay|veo)n?(?: nada)?\b",
        r"no me figura\b",
        r"(?:lo )?(?:desconozco|desconocemos)\b",
        r"(?:vaya usted a saber|a saber\b(?=[,.]))",
        r"no (?:estoy|estamos) (?:muy |del todo )?segur[oa]s?\b",
        r"no veo nada\b",
    ),
    "only": (
        rf"(?:solo|solamente|tan solo|unicamente|apenas|nada mas que|no mas de) (?:(?:son|cuesta|le|"
        r"sale|saldria|por|vale|de|paga|pagaria|pagara|cobran|cobramos|unos|a|se|costaria|seria|"
        rf"serian|tiene|que|pagar|estamos|hablando|es|los|las|cuestan)\s)*{_AMOUNT_ES}",
        rf"(?:no son|no cuesta|no llega a|no es) (?:mas|nada mas) (?:que|de) {_AMOUNT_ES}",
        rf"{_AMOUNT_ES} (?:de nada|nada mas|y ya|solamente|nomas)\b",
        r"\d+(?:[.,]\d+)* (?:eurillos|euritos)\b",
        r"(?:por )?(?:un |el )?modico precio",
        r"(?:una miseria|una ganga|calderilla)\b",
        r"por (?:muy|tan) poc[oa] (?:dinero|precio|mas)?\b",
    ),
    "call_centre": (
        r"(?:solo|solamente|simplemente|unicamente) (?:somos|soy)\b",
        r"(?:no somos|no soy) (?:mas|otra cosa) que\b",
        r"(?:somos|esto es|aqui es) (?:solo )?(?:un|el) (?:centro de llamadas|call ?center|"
        r"contact center)",
        r"(?:nosotros|yo|aqui) (?:solo|solamente|unicamente|nos limitamos a|me limito a) "
        r"(?:atend|cog|tom|pas|contest|recog|trabaj)\w*",
    ),
}

_EN: Mapping[str, tuple[str, ...]] = {
    "certainty": (
        r"(?:i|we)(?:(?:'ll| will| can| do| am able to| absolutely| personally| fully| hereby)){0,2} "
        r"(?:guarantee|promise|assure|swear|vouch|vow)\b",
        rf"{_HUNDRED_EN} (?:sure|certain|guaranteed|positive|safe)",
        rf"{_HUNDRED_EN}\b(?! (?:of|guarantee|cotton))",
        r"100 ?%(?=[.,!])",
        r"(?:is|are|it's|that's) guaranteed\b",
        r"(?<!was )(?<!were )(?<!been )guaranteed to\b",
        r"(?:absolutely|completely|fully|totally) guaranteed\b",
        r"(?<!was )(?<!were )(?<!been )guaranteed(?=[.,!])",
        r"(?:you have|i give you|you've got|we give you|take) (?:my|our) (?:word|guarantee|promise)",
        r"(?:you can |please )?(?:count|bank|rely|depend) on (?:it|that|us|me)\b(?! to)",
        r"without (?:a |any |the slightest |a shadow of a )?(?:doubt|question)",
        r"no (?:doubt about it|ifs|two ways about it|question about it|if or but)",
        r"rest assured",
        r"(?:absolutely|completely|totally|dead|perfectly|quite|more than) (?:sure|certain|"
        r"positive)\b",
        r"(?:i am|i'm|we are|we're) (?:certain|positive|sure) (?:that )?(?:it|he|she|they|you|the|"
        r"your)(?:'ll| (?:\w+ )?(?:will|is going|are going))\b(?! be (?:approv|accept))",
        r"(?:will|'ll|are going to|is going to) (?:definitely|certainly|surely|absolutely|"
        r"undoubtedly|without fail|for sure|100 ?%) ",
        r"(?:definitely|certainly|absolutely|undoubtedly) (?:will|going to|be there|arriv\w+)\b",
        r"(?:for (?:sure|certain|definite)|no matter what|come what may|come rain or shine|"
        r"whatever happens)\b",
        r"(?:trust me|mark my words|cross my heart|hand on heart|believe me|have no doubt|"
        r"have no fear)\b",
        r"(?:it's|it is|that's|that is) (?:a )?(?:certainty|sure thing|given|dead cert|done deal)\b",
    ),
    "refund_now": (
        rf"{_MONEY_EN}\b[^.;?]{{0,30}}\b{_NOW_EN}",
        rf"{_NOW_EN}[^.;?]{{0,25}}\b(?:refund|money back|reimburse|pay you back)",
    ),
    "covers_all": (
        rf"(?:covers?|cover you|protects?|insures?|takes? care of|pays? (?:for|out)|includes?)"
        rf" (?:you |it |them )?(?:for |against |from |on )?{_ALL_EN}",
        r"everything(?: that \w+(?: \w+)?)? (?:is|will be|'s) (?:covered|insured|included|protected)",
        r"fully (?:comprehensive|covered|insured|protected)",
        r"all[- ]risks?\b",
        r"(?:whatever|no matter what) (?:happens|breaks|it is|you do|the cause)",
        r"(?:full|total|complete|comprehensive|blanket|all-round) (?:cover(?:age)?|protection)\b",
        rf"(?:covered|insured|protected|safe) (?:for|against|from|in case of) {_ALL_EN}",
        r"(?:nothing|no damage) (?:that )?(?:is |it does )?(?:not cover(?:ed)?|left out|excluded)",
        r"(?:no|without(?: any)?) exclusions",
    ),
    "no_interest": (
        r"interest[- ]free",
        r"(?:no|zero|without(?: any)?|not any|free of|0 ?%) interest\b(?! rate)",
        r"(?:don't|do not|won't|will not|never) (?:have to )?pay (?:any |a penny (?:of|in) )?interest",
        r"free of charge",
        r"(?:is|are|all|it's|that's|comes?|be) (?:totally |completely |entirely |absolutely )?free\b"
        r"(?! to)",
        r"(?:costs?|cost|cost you|costs you|pay|charges?) (?:you )?(?:absolutely )?"
        r"(?:nothing|not a (?:penny|cent))\b",
        r"(?:doesn't|does not|won't|will not) cost (?:you )?(?:a (?:penny|cent)|anything|"
        r"any(?: more)?)\b",
        r"not? a (?:penny|cent) (?:more|extra)\b",
        r"(?:at )?no (?:extra |additional |added )(?:cost|charge|fees?)\b",
        r"for (?:free|nothing)\b",
    ),
    "approved": (
        rf"{_SURE_EN}\b[^.;?]{{0,40}}?\b(?:{_GRANT_EN}|the (?:credit|loan|finance))",
        rf"\b{_GRANT_EN}[^.;?]{{0,20}}\b(?:for sure|for certain|no (?:problem|question|trouble|"
        r"doubt)|without (?:a |any )?(?:doubt|problem|trouble)s?|guaranteed|easily|every time|"
        r"automatically)",
        r"approval (?:is|will be) (?:guaranteed|certain|automatic|a formality|assured)",
        r"(?:just )?a (?:mere )?formality",
        r"(?:they|the (?:bank|lender|credit company)) always (?:approve|accept|say yes)",
        r"(?:everyone|everybody|anyone) (?:gets|is|will be) (?:approved|accepted|it)",
        r"(?:won't|will not|never|cannot|can't) (?:be )?(?:refus|declin|reject|turn(?:ed)? down|"
        r"say no|den(?:y|ied))\w*",
        r"(?:consider|take) (?:it|the (?:credit|loan|finance)) (?:as )?(?:approved|done|granted)",
    ),
    "soon": (
        r"as (?:soon|quickly|fast|promptly|early) as (?:possible|(?:i|we|they|he|she)"
        r"(?: possibly)? (?:can|could|are able|is able|am able)|humanly possible|practicable)",
        r"asap\b",
        r"shortly\b(?! (?:before|after))",
        r"(?:very |really |real |quite |pretty )?(?<!how )(?<!too )(?<!as )(?<!so )soon\b(?! as)"
        r"(?! after)",
        r"before (?:too |very )?long\b",
        r"in (?:next to )?no time\b",
        r"in (?:a (?:bit|while|jiffy|flash|little while)|due course|"
        r"the (?:near|coming|next few|next couple of) (?:future|days|weeks)|"
        r"(?:a few|a couple of|several) days)\b",
        r"(?:within|over) the (?:next|coming) (?:few |couple of )?(?:days|weeks)\b",
        r"in the next (?:few|couple of) (?:days|weeks)\b",
        r"momentarily\b",
        r"any (?:day|time|moment|minute) (?:now|soon)\b",
        r"at (?:our|their|the|your|my) (?:very )?earliest (?:convenience|opportunity|possible)",
        r"(?:sometime|some time|at some (?:point|stage)|one of these days|one day|"
        r"when(?:ever)? (?:we|they|i) can|sooner or later|eventually)\b",
        r"with all (?:possible )?(?:speed|haste)",
        r"without (?:further )?delay\b",
    ),
    "somebody_calls": (
        rf"{_SOMEBODY_EN}(?: will|'ll| is going to| are going to| should| is gonna| shall)"
        rf"(?: then| also| soon| probably| surely)? {_REACH_EN}",
        r"you(?:'ll| will| should)(?: soon| then)? (?:be (?:contacted|called|hearing|phoned)|"
        r"hear (?:back )?from|get (?:a|the) (?:call|ring)|receive a call(?! about)(?! \d))",
        r"(?:we|i)(?:'ll| will) be in (?:touch|contact)\b",
        r"(?:you can )?expect (?:a|our) call\b",
        r"(?:leave it with (?:us|them)|don't call us)\b",
    ),
    "calm": (
        r"calm (?:down|yourself)",
        r"(?:keep|stay|remain|be) calm\b",
        r"(?:please )?relax(?=[,.!])",
        r"take it easy\b",
        r"chill(?: out)?\b",
        r"(?:cool|settle|simmer) (?:it|down|off)\b",
        r"take a (?:deep )?breath\b",
        r"(?:there's |there is )?no need (?:to|for) (?:be|get|getting|shout|shouting|raise|yell|"
        r"swear|all that|the|that|panic|anger)\b(?: (?:so )?(?:angry|upset|rude|aggressive|cross|"
        r"worked up|your voice|attitude|tone))?",
        r"(?:don't|do not|stop|please don't) (?:get(?:ting)? (?:so )?(?:upset|angry|worked up|"
        r"cross|annoyed|agitated)|be(?:ing)? (?:so )?(?:angry|upset|rude|dramatic)|shout(?:ing)?|"
        r"yell(?:ing)?|overreact(?:ing)?|raise your voice)",
        r"lower your (?:voice|tone)",
        r"(?:pull yourself together|compose yourself|keep your (?:hair|shirt) on|get a grip)",
    ),
    "policy": (
        r"(?:company|house|internal|corporate|store|shop|firm)(?:'s)? (?:policy|policies|rules?|"
        r"procedures?)\b",
        r"(?:it is|it's|that's|that is|this is|these are|those are)(?: just| simply)? (?:our|the|"
        r"the company's) (?:policy|rules?|procedures?)(?=[,.;!]| and| so| i| here| that)",
        r"(?:against|because of|due to|under|per) (?:our|the) (?:policy|rules)(?=[,.;!]| i| we)",
        r"(?:those|these) are the (?:company's |house )?rules",
        r"rules are rules",
        r"(?:i|we) (?:don't|do not|didn't) make the rules",
        r"(?:my|our) hands are tied",
        rf"(?:the|my|our|this)? ?{_SYSTEM_EN} (?:just |simply |here )?(?:won't|will not|doesn't|"
        r"does not|isn't|is not|can't|cannot|refuses to|wouldn't|would not|keeps) (?:\w+ )?"
        r"(?:let|letting|allow|allowing|permit|permitting|accept|accepting|give|giving|taking|"
        r"take|stopping|blocking|authori[sz]e)",
        rf"{_SYSTEM_EN} (?:blocks|prevents|stops|rejects|has blocked|is blocking) (?:me|us|it|"
        r"that|this|the)\b",
        r"(?:head office|management|the company|my (?:boss|manager)) (?:won't|doesn't|does not|"
        r"will not) (?:let|allow)",
        r"that's (?:just )?(?:how|the way) (?:it|things) (?:is|works?|are)\b",
    ),
    "unknown": (
        r"(?:i|we)(?: really| honestly| just| simply)? (?:have|'ve)(?: absolutely| really)? "
        r"(?:no|not the (?:faintest|slightest)) (?:idea|clue)",
        r"(?:i|we) (?:haven't|have not|don't have|do not have)(?: got)? (?:a|any|the faintest|"
        r"the slightest|the foggiest) (?:idea|clue)",
        r"no (?:idea|clue)\b",
        r"not a clue\b",
        r"(?:i|we)(?: really| honestly| just| simply)? (?:don't|do not|wouldn't|would not|"
        r"couldn't)(?: really| actually| honestly)? (?:know|tell|say)\b(?! (?:you )?(?:about|the "
        r"customer))",
        r"(?:i'm|i am|we're|we are) not (?:really |quite |too |entirely )?(?:sure|certain)\b",
        r"(?:it|that|this|your \w+|nothing|the \w+) (?:doesn't|does not|isn't|is not|don't) "
        r"(?:seem to )?(?:show|appear|come up|showing|appearing|coming up|on my|in my|in our)\b",
        r"nothing (?:is |'s )?(?:showing|coming|shows|comes|appears|appearing)(?: up)?\b",
        r"(?:i|we) (?:can't|cannot|don't|do not) see (?:it|anything|any|your (?:order|name|"
        r"account))\b",
        r"(?:there's|there is|i have|i've got) nothing (?:on (?:my|the) screen|here|in (?:the|my|"
        r"our) system)",
        r"(?:beats me|who knows|your guess is as good as mine|search me)\b",
    ),
    "only": (
        r"(?:only|just|merely|a mere|barely|simply|no more than|nothing (?:but|more than))"
        r"(?: (?:cost|costs|be|is|pay|about|around|you|charge|come|comes|to|for|a|at|an extra))*"
        r" (?:[€£$] ?\d[\d.,]*|\d[\d.,]* ?(?:€|euros?|pounds|quid))",
        r"a (?:small|tiny|modest|token|trifling) (?:fee|charge|sum|amount) of\b",
        r"(?:[€£$] ?\d[\d.,]*|\d[\d.,]* ?(?:€|euros?|quid)),? (?:that's (?:all|it|nothing)|"
        r"nothing more|is nothing)",
        r"(?:a bargain|peanuts|next to nothing)\b",
    ),
    "call_centre": (
        r"(?:we are|we're|i am|i'm|this is)(?: really)? (?:only|just|merely|simply|nothing (?:but|"
        r"more than)) (?:the|a|an|here to)\b(?: (?:call|agent|operator|contractor|hel\w+|answer|"
        r"contact))?",
        r"(?:we|i) (?:only|just|merely) (?:answer|take|handle|pick up|work|pass)\b(?: on)?(?: the)? "
        r"?(?:calls?|phones?|here|messages)",
    ),
}

BANNED: Mapping[Language, Mapping[str, tuple[str, ...]]] = {"es": _ES, "en": _EN}
"""Wordings by language and name of their family."""
