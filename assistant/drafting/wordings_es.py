"""How what voice guides forbid is said in other words in Spanish: patterns of folded text.

`families` tells which rule of a guide each belongs to. Every pattern begins at a word.
"""

from __future__ import annotations

from collections.abc import Mapping

_HUNDRED = r"(?:100|cien)(?: por cien(?:to)?| ?%)"
_TO_YOU = r"(?:se l[oa]s?|les?|te|os)"
_VOW = r"(?:garantiz|asegur|promet|jur)"
_VOWS = r"(?:garanti[zc]|asegur|promet|jur)(?:o|amos|emos|are|ere|aremos|eremos)\b"
_REFUND = r"(?:devolv|devuelv|reembols|reintegr|abon|ingres|transfer|transfier)\w*"
_NOW = (
    r"(?:hoy(?: mismo)?|ahora mismo|ya mismo|en el acto|al (?:instante|momento)|de inmediato|"
    r"inmediatamente|esta (?:misma )?(?:tarde|noche|manana)|en este (?:mismo )?(?:momento|"
    r"instante)|en (?:\w+ )?minutos)"
)
_MONEY = r"(?:dinero|importe|cantidad|pago|reembolso|abono|ingreso|\d[\d.,]* ?(?:€|euros))"
_ALL = (
    r"(?:absolutamente |practicamente |casi |de )?(?:todo|cualquier (?:cosa|dano|problema|percance|"
    r"accidente|averia|imprevisto)|lo que sea)\b(?! (?:lo que|el|los|la|las)\b)"
)
_GRANT = (
    r"(?:aprob|aprueb|conced|acept|otorg)\w*|(?:le|se l[oa]) (?:dan|daran|van a dar)\b|"
    r"dicen que si\b|diran que si\b|sale adelante"
)
_SURE = (
    r"(?:seguro|segurisimo|fijo|fijisimo|sin (?:ningun |ninguna |el menor )?(?:problemas?|dudas?|"
    r"pega|dificultad)|"
    r"de sobra|siempre|no (?:tendra|habra|va a tener|tiene|va a haber)\w* (?:usted )?"
    r"(?:ningun |ninguna )?(?:problemas?|pega|dificultad)|tranquil[oa]|cuente con que|"
    r"d[ea]\w* por (?:hecho|seguro|descontado)|puede dar(?:lo)? por (?:hecho|seguro))"
)
_SOMEBODY = (
    r"(?:alguien|algun[oa]?(?: de (?:mis|nuestros|los|nosotros))?(?: (?:companer\w+|agente|persona|"
    r"gestor|responsable))?|un[oa]? (?:de (?:mis|nuestros|los) )?(?:companer\w+|persona)|"
    r"(?:mis|los|otros?|nuestros|unos) companer\w+)"
)
_CALL_STEMS = r"(?:llam|contact|avis|escrib|respond|contest|inform|telefone|localiz|atend)"
_SYSTEM = (
    r"(?:sistema|programa|ordenador|computadora|aplicacion|aplicativo|herramienta|plataforma|"
    r"pantalla|app|crm)"
)
_AMOUNT = r"\d+(?:[.,]\d+)* ?(?:€|euros?|eurillos|euritos|eur)"


WORDINGS: Mapping[str, tuple[str, ...]] = {
    "certainty": (
        rf"{_TO_YOU} (?:puedo |podemos |voy a |vamos a )?{_VOWS}",
        rf"(?:{_TO_YOU} )?(?:puedo|podemos) {_VOW}\w+",
        rf"{_TO_YOU} (?:puedo|podemos) {_VOW}\w*",
        rf"(?:al )?{_HUNDRED} segur[oa]",
        rf"al {_HUNDRED}(?! de)",
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
        r"(?<!visita )sin fallo(?= |[.,!])(?! (?:la|el|cuesta|de|en))",
        r"a ciencia cierta\b",
        r"eso esta hecho\b",
        r"(?:pase lo que pase|como que (?:dos y dos|me llamo))",
        r"teng[ao]\w*(?: usted)? por segur[oa]|puede contar con (?:ello|eso|que)\b",
        r"l[oa]s? (?:tiene|tendra) (?:usted )?segur[oa]\b",
        r"de (?:usted )?por (?:hecho|seguro|descontado)\b",
        r"no hay (?:forma|manera|posibilidad) de que (?:no |falle|se retrase)",
    ),
    "refund_now": (
        rf"{_NOW}\b[^.;?]{{0,30}}\b{_REFUND}[^.;?]{{0,20}}\b{_MONEY}",
        rf"{_REFUND}[^.;?]{{0,30}}\b{_MONEY}[^.;?]{{0,20}}\b{_NOW}",
        rf"(?:devolv|devuelv|reembols|reintegr)\w*[^.;?]{{0,30}}\b{_NOW}\b",
        rf"(?:tiene|tendra|recibe|recibira|le llega|vera) (?:usted )?(?:ya )?(?:el|su|todo el) "
        rf"{_MONEY}[^.;?]{{0,25}}\b{_NOW}",
        rf"{_NOW}\b[^.;?]{{0,15}}\b(?:tiene|tendra|recibe|recibira|le llega|vera) (?:usted )?"
        rf"(?:el|su|todo el) {_MONEY}",
        r"(?:ha(?:go|cemos|re|remos)|tramit\w+|emit\w+|orden\w+|mand\w+) (?:el|su|un) "
        rf"(?:ingreso|abono|reembolso|pago)[^.;?]{{0,20}}\b{_NOW}",
        r"manana(?: mismo)? (?:ya )?(?:tiene|tendra|recibe|recibira|le llega|vera) "
        rf"(?:usted )?(?:ya )?(?:el|su|todo el) {_MONEY}",
        rf"{_MONEY}\b[^.;?]{{0,15}}\b(?:tiene|tendra|recib|llega|vuelve|estara)\w*"
        rf"[^.;?]{{0,25}}\b{_NOW}",
    ),
    "covers_all": (
        rf"(?:le |lo |la |se lo |esta )?(?:cubr|ampar|proteg|asegur|inclu|pag|responde|proteg|"
        rf"entra)\w* (?:de |por |ante |contra |frente a |a |en )?(?:casos? de )?{_ALL}",
        r"(?:todo|esta todo|queda todo) (?:le )?(?:esta |queda |va |entra |viene )?(?:cubiert[oa]|"
        r"asegurad[oa]|protegid[oa]|incluid[oa])",
        r"entra (?:absolutamente )?todo\b",
        r"a todo riesgo",
        rf"(?:cubiert|protegid|asegurad)[oa] (?:en|ante|de|contra|frente a|por) {_ALL}",
        r"(?:pase lo que pase|ocurra lo que ocurra|le pase lo que le pase|suceda lo que suceda)",
        r"cobertura (?:total|completa|integral|absoluta|al cien)",
        r"no hay nada que no (?:cubra|entre)",
        r"(?:nada|ningun dano) (?:se )?queda (?:fuera|sin cubrir)",
        r"sin (?:ninguna exclusion|exclusiones)",
        r"todo lo que (?:se )?(?:le |te )?(?:pase|ocurra|suceda|rompa|estropee)\b",
        r"preocup\w+ (?:por|de) nada\b",
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
        r"financ\w+[^.;]{0,15}\bsin (?:ningun |ninguna )?(?:coste|recargo|gastos?|comision)\b",
        r"sin un (?:solo )?(?:euro|centimo|duro) de (?:interes|recargo|gasto)\w*",
        r"(?:financiacion|credito|plazos|cuotas)\b[^.;]{0,20}"
        r"\bno (?:tienen?|llevan?|supone|hay)\b"
        r"[^.;]{0,15}\b(?:gastos?|coste|recargos?|comision)\b",
    ),
    "approved": (
        rf"{_SURE}\b[^.;?]{{0,40}}?\b(?:{_GRANT}|(?:el|la) (?:credito|financiacion|"
        r"prestamo))",
        rf"(?:{_GRANT})[^.;?]{{0,25}}\b{_SURE}",
        r"(?:aprobacion|concesion) (?:esta |es )?(?:garantizada|segura|automatica|inmediata)",
        r"(?:ya )?(?:tiene|puede dar por|de por) (?:el credito|la financiacion|el prestamo) "
        r"(?:aprobad|conced|hech)\w+",
        r"(?:el credito|la financiacion|el prestamo) (?:es suy[oa]|esta hech[oa]|no falla|"
        r"(?:se )?lo (?:dan|conceden) a todo el mundo)",
        r"a (?:todo el mundo|todos) (?:se )?(?:les?|lo) (?:lo |la )?(?:aprueban|conceden|dan)",
        r"no (?:se )?(?:lo |la )?(?:deniegan|rechazan)\w* (?:nunca|a nadie)",
        r"(?:nunca|no) (?:se )?(?:lo |la )?(?:van a denegar|deniegan|rechazaran|denegaran)",
        r"(?<!si )se l[oa] (?:van a (?:aprobar|conceder|dar)|aprobaran|concederan)\b",
        r"(?:credito|financiacion|prestamo) (?:lo|la) (?:tiene|tendra) (?:usted )?"
        r"(?:hech|aprobad|concedid|asegurad|ganad)[oa]",
        r"cuente con (?:el|la|su) (?:credito|financiacion|prestamo)|nunca (?:se )?l[oa] rechazan",
        r"se l[oa] dan a (?:cualquiera|todos|todo el mundo)\b",
    ),
    "soon": (
        r"lo (?:antes|mas (?:pronto|rapido|rapidamente)) (?:posible|que (?:se )?(?:pued\w+|"
        r"podamos))",
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
        r"con (?:caracter de |la maxima |toda la )?urgencia\b|urgentemente\b|de forma urgente\b",
    ),
    "somebody_calls": (
        rf"(?:ya |luego |despues )?(?:le|les|te|lo|la|os) {_CALL_STEMS}(?:ar|er|ir)an\b",
        r"(?:ya )?(?:le|les|te) (?:diran|daran|diremos|dicen|dan) (?:algo|noticias|respuesta|"
        r"una respuesta|un toque|una llamada)\b",
        r"(?:ya )?(?:le|lo|la|te) (?:llaman|avisan|contactan|escriben)\b",
        r"(?:ya )?(?:le|lo|la|te) (?:van|iran) a (?:llamar|avisar|contactar|escribir|decir)\b",
        rf"{_SOMEBODY} (?:ya |luego |se |le |les |te |lo |la )*(?:va a )?(?:{_CALL_STEMS}\w*|"
        r"pondran?\b|ponen?\b|dira\b|dara\b|da\b|dice\b)",
        r"(?:ya )?se (?:pondran?|ponen|van a poner|va a poner)(?: (?:ellos|alguien))? en contacto",
        r"ya (?:le|les|te) (?:diremos|llamaremos|avisaremos|contactaremos|escribiremos|contaremos)",
        r"(?:nos pondremos|estaremos) en contacto",
        r"(?:tendra|recibira|tiene) (?:usted )?(?:noticias|novedades)(?: nuestras)?\b",
        r"(?:recibira|tendra) (?:usted )?una llamada\b(?! (?:unos )?\d)",
        r"(?:sera|va a ser) (?:contactad|llamad|avisad)[oa]",
        r"alguien (?:de(?:l| la| nuestro| nuestra)? \w+ )?(?:le |les |te |lo |la )(?:va a )?"
        rf"{_CALL_STEMS}\w*",
        r"(?:el|nuestro) (?:departamento|equipo|almacen)(?: de \w+)? (?:ya |luego )?"
        rf"(?:le |les |lo |la |se )(?:va a )?(?:{_CALL_STEMS}\w*|pondra\b|dira\b)",
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
        rf"(?:el|la|mi|nuestro|nuestra|este|esta) {_SYSTEM} (?:que (?:tengo|tenemos) |ya |"
        r"aqui |ahora )?no (?:me |nos |se )?(?:lo |la |los )?(?:deja|permite|da|admite|acepta|"
        r"autoriza|consiente|coge|abre)\w*",
        rf"(?:el|la|mi|nuestro|nuestra) {_SYSTEM} (?:me |nos )?(?:lo |la )?(?:bloquea|impide|"
        r"rechaza|prohibe|limita)\w*",
        rf"no (?:me |nos )(?:lo )?(?:deja|permite)\w* (?:hacerlo |cambiarlo )?"
        rf"(?:el|la) {_SYSTEM}",
        r"es lo que (?:dice|marca|manda) (?:el sistema|la norma|la empresa|la politica)",
        r"(?:asi|es lo que) (?:lo |nos )?(?:marca|dice|manda|establece|tiene establecido|exige)n? "
        r"(?:la )?(?:empresa|direccion|norma|politica|de arriba)",
        r"(?:la )?(?:empresa|direccion) no (?:nos|me) (?:lo )?(?:deja|permite|autoriza)",
        r"(?:aqui )?(?:no me dejan|no nos dejan|me lo prohiben|son ordenes)\b",
        r"(?:tengo|tenemos) las manos atadas",
        r"(?:la cosa|esto) funciona asi\b",
        r"(?:nuestras|las|estas) (?:normas|reglas|politicas) no (?:lo |nos |me |le )?"
        r"(?:permiten|dejan|contemplan|admiten)",
        r"(?:aqui )?las cosas (?:funcionan|son|van|se hacen) asi\b",
        r"lo (?:manda|dice|ordena|exige|marca) la (?:empresa|direccion|casa)\b",
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
        r"no (?:lo |la |le )?(?:encuentro|encontramos) (?:nada|ningun[ao]?)\b",
    ),
    "only": (
        rf"(?:solo|solamente|tan solo|unicamente|apenas|nada mas que|no mas de) (?:(?:son|"
        rf"cuesta|le|"
        r"sale|saldria|por|vale|de|paga|pagaria|pagara|cobran|cobramos|unos|a|se|costaria|seria|"
        rf"serian|tiene|que|pagar|estamos|hablando|es|los|las|cuestan)\s)*{_AMOUNT}",
        rf"(?:no son|no cuesta|no llega a|no es) (?:mas|nada mas) (?:que|de) {_AMOUNT}",
        rf"{_AMOUNT} (?:de nada|nada mas|y ya|solamente|nomas)\b",
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
        r"(?:atend|cog|tom|pas|contest|recog|trabaj|atiend)\w*",
        r"(?:somos|soy) (?:solo|solamente|unicamente|simplemente|nada mas que)\b",
    ),
}
"""Wordings by name of their family."""
