"""Is a sentence an instruction? Its first verb tells: an imperative, or an infinitive in a list.

Words are folded. Forms that are also nouns ("cierre", "report") count only before a determiner.
"""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge.models import Language
from knowledge.search.spelling import dictionary
from knowledge.text import STOP_WORDS, fold

_ES_COMMANDS = frozenset(
    "abona abone abra abre acceda accede acepte aclara aclare acompane aconseje activa active "
    "actualice actualiza adelante adjunta adjunte advierta agende agradezca agrega agregue "
    "aguarde anada anade anota anote anula anule apaga apague aplica aplique apriete aprueba "
    "apruebe apruebelo archiva archive asegura asegure asigna asigne atienda autorice avisa "
    "avise ayude baje busca busque calcule calme cambia cambie cancela cancele capture cierra "
    "cierre clasifique clica clickea cobra cobre coja coloque comente compare complete comprima "
    "comprueba compruebe comunica comunique conceda conduzca conecta conecte confie configura "
    "confirma confirme conserve considere consulte contacta contacte contesta conteste continua "
    "continue contraste copia copie corrija crea cree cuelga cuelgue cumplimente de define deje "
    "deposite deriva derive desactive desbloquee descarga descargue descarte descomprime "
    "desconecta desconecte desenchufe desinstale deslice desmonte despache despida despliega "
    "detalle determine devuelva devuelve diga digite dirigete dirija disculpe duplique edita "
    "edite ejecuta ejecute elabore elige elija elimina elimine emita empiece enchufe encienda "
    "enciende encuentre ensene entregue envia envie escanea escanee escoge escoja escriba "
    "escribe escucha escuche espanse espera espere establezca evalue examine exija explica "
    "explique exporte extraiga facilita facilite factura facture fija fije filtre finalice "
    "firme genera genere gestione gire grabe guarda guarde guie haga haz identifica identifique "
    "importe imprima imprime incluya incluye indique informa informe informese ingresa ingrese "
    "inicia inicie inserta inserte insista instala instale intente introduce introduzca invite "
    "lea lee levante libere limpia limpie llama llame llene lleve localice localiza manda mande "
    "mantenga marque mencione mida mire modifica modifique monte muestre mueva mueve navega "
    "navegue notifica notifique observe obten obtenga ofrece ofrezca olvida olvide opte ordena "
    "ordene pague pare pase pega pegue permita pida pide pon ponga pregunta pregunte prepara "
    "prepare presente presiona presione presta proceda procede programa programe proporcione "
    "pruebe pulsa pulse quita quite realice realiza rechace rechaza reciba reclame recoge "
    "recoja recomiende recopila recorte rectifique recuerda recuerde recupere reduzca reenvie "
    "registra registre regrese rehaga reinicia reinicie reintegre rellena rellene remita remite "
    "renueve renuncie repare repase repita reporte reserve resetee resguarde resista responda "
    "responde restablece restablezca resuelva resuma resume retire retroceda reuna reune revisa "
    "revise revoque rote saca saque selecciona seleccione senale separe siga sigue solicita "
    "solicite solucione suba sube sujete suministre suspenda sustituya sustituye teclea teclee "
    "tenga termina termine tire toma tome toque traiga tramita tramite transfiera transfiere "
    "transmita traslade ubica ubique use usted utilice utiliza vacie valida valide vaya ve vea "
    "verifica verifique vincule visite visualice vuelva vuelve".split()
)
"""Third person of the subjunctive ("abra", to usted); second or third of the indicative ("abre", to
one person, or of whoever answers)."""
_ES_ALSO_NOUNS = frozenset(
    "activa adelante anula archive cancela cierre cobra cobre considere contacta continua copia "
    "corte coste crea cree cumplimente de define descarga detalle dirige duplique espera "
    "factura firme genera gestione guarda importe incluye informa informe libere llama marque "
    "monte ofrece ordena pare pase pega permite pregunta presente presta programa recoge "
    "reporte reserve responde resume rote termina toma toque tramite use vea".split()
)
_ES_DETERMINERS = (
    r"(?:el|la|los|las|un|una|unos|unas|su|sus|tu|tus|este|esta|estos|estas|ese|esa|al|lo|le|les|"
    r"cada|todo|toda|todos|todas|otro|otra|que|si|en|por|a|dos|tres|primero|siempre|solo|como|"
    r"con|hasta|cualquier|[\"«“']?[A-Z0-9«“\"`<])"
)
_ES_ARTICLES = (
    r"(?:el|la|los|las|unos?|unas?|sus?|al|lo|este|esta|estos|estas|cada|todos?|todas?|dos|tres)\b"
    r"|[«“\"0-9]"
)
"""What follows a verb, and no noun."""
_ENDINGS = (
    ("que", ("car",)),
    ("gue", ("gar",)),
    ("ce", ("zar",)),
    ("ja", ("ger", "gir")),
    ("za", ("cer", "cir")),
    ("e", ("ar",)),
    ("a", ("er", "ir")),
)
"""Of what is said to "usted" -> of the infinitive, regular verbs."""
_SHORTEST_FORM = 4
_LEAST_FREQUENT = 500
"""Of an infinitive in the frequency dictionary; what is rarer is no verb people use."""
_ES_ENCLITICS = re.compile(r"(?:se|me|nos|te|lo|la|le|los|las|les|[mts]e(?:lo|la|los|las))$")
_ES_INFINITIVE = re.compile(r"[a-z]{2,}(?:ar|er|ir)(?:se|lo|la|le|los|las|les|selo|sela)?$")
_NO_INFINITIVE = frozenset(
    "alfiler alquiler angular auxiliar ayer azucar bar celular circular cualquier deber dolar "
    "ejemplar escolar estar ester familiar haber hacer hogar lider lugar mar militar mujer par "
    "particular placer poder popular primer regular router saber ser similar singular solar "
    "super taller tercer titular".split()
)
_ES_LEADS = re.compile(
    r"(?:(?:luego|despues|primero|en (?:primer|segundo|tercer|ultimo) lugar|por ultimo|finalmente|"
    r"a continuacion|entonces|ahora|siempre|tambien|por favor|ademas|y|o|o bien|ya|segundo|tercero|"
    r"acto seguido|una vez hecho|al terminar|seguidamente|mientras tanto|entre tanto|inmediatamente"
    r"|en primer termino)\b[,:]?\s+)+"
)
_ES_CLAUSE = re.compile(
    r"(?:si|cuando|una vez|tras|antes|despues|para|en|desde|al|a|con|como|mientras|salvo|hasta|"
    r"dentro|segun|por|sin|durante|de)\b[^,:;.]{1,180}[,:]\s+"
)

_EN_COMMANDS = frozenset(
    "accept access acknowledge activate add adjust advise agree allow answer apologise "
    "apologize apply approve arrange ask assign attach attend authenticate avoid await back "
    "backup begin bring browse build buy calculate call cancel capture carry change charge "
    "check choose clean clear click close collect compare complete confirm connect consider "
    "contact continue convert copy create cut deactivate decide deduct delete deliver describe "
    "determine dial disconnect discuss download draft drag drop edit email enable end enter "
    "escalate establish evaluate examine explain export extract file fill find finish fix flush "
    "follow forward gather generate get give go grant greet guide hand hang help hit hold "
    "identify import include inform insert inspect install issue keep launch lay leave let line "
    "list listen locate lock log look mail make mark measure mention move name navigate note "
    "notify obtain offer open order pack paste pause pay pick place plug point post prepare "
    "press print proceed process provide publish pull push put quote raise reach read receive "
    "record redeem refer refund refuse register reject release reload remember remind remove "
    "rename renew repeat replace reply report request reschedule reset resolve respond restart "
    "restore resubmit retrieve return review rinse run save say scan schedule scroll search "
    "select send set share show sign sort specify start state stay stop store submit summarise "
    "summarize swipe switch take talk tap tell test thank transfer try turn type uninstall "
    "unlock unplug unscrew update upload use validate verify view visit wait walk warn wash "
    "watch wear wipe work write".split()
)
_EN_ALSO_NOUNS = frozenset(
    "access address answer approach back backup call change charge check clean clear complete "
    "contact copy cut deliver document draft drop email end export file fix flush follow "
    "forward grant hand help hit hold import issue launch lay lead leave line list lock log "
    "look mail make mark measure name note offer open order pack paste pause pay place plug "
    "point post press print process pull push put quote reach read receive record refund "
    "register release report request reset return review run save scan schedule search set "
    "share show sign sort start state stay stop store switch take talk tap test transfer turn "
    "type update use view visit wait walk wash watch work".split()
)
_EN_WITH_THAT = frozenset({"check", "note"})
_EN_DETERMINERS = (
    r"(?:the|an?|your|their|his|her|its|our|my|this|these|those|it|them|him|us|any|all|each|"
    r"every|both|one|if|whether|to|on|in|into|for|with|at|up|out|off|down|back|over|through|"
    r"from|when|until|by|about|and|again|only|no|more|how|what|which|who|sure|as|another|"
    r"between|either|some|outside|[\"“'`<]|\d|[A-Z])"
)
_EN_LEADS = re.compile(
    r"(?:(?:then|next|first|second|third|finally|lastly|now|please|always|also|and|or|afterwards|"
    r"after that|firstly|secondly|optionally|simply|immediately|once done|carefully|just|"
    r"in the meantime|meanwhile)\b[,:]?\s+)+"
)
_EN_CLAUSE = re.compile(
    r"(?:if|when|once|after|before|to|on|in|from|at|under|for|with|as|while|unless|until|by|using|"
    r"within|where|depending|during|for each)\b[^,:;.]{1,180}[,:]\s+"
)

_FORBIDS = re.compile(
    r"(?:no|nunca|jamas|en ningun caso|bajo ningun concepto|evite|evita|evitar|never|do not|"
    r"don[’']t|"
    r"under no circumstances|avoid|must not|not to)\b"
)
_FORBIDS_WITHIN = re.compile(
    r"\b(?:no se (?:pide|exige|promete|responde|ofrece|dice|da|debe|puede|envia|cobra)\w*|nunca|"
    r"no (?:debe|deben|puede|pueden)|en ningun caso|never|must not|do not|should not|may not)\b"
)
_LABEL = re.compile(r"[^:.,;]{2,40}:\s+(?=\S)")


def instructs(sentence: str, language: Language) -> bool:
    """Whether a sentence tells somebody to do something.

    >>> instructs("Compruebe la fecha del pedido.", "es"), instructs("Número de pedido.", "es")
    (True, False)
    >>> instructs("If it asks for a code, select it.", "en"), instructs("You must pay.", "en")
    (True, False)
    """
    text = _bare(sentence)
    return any(_commands(piece, language) for piece in _starts(text, language))


def forbids(sentence: str) -> bool:
    """Whether a sentence begins by saying what not to do."""
    return bool(_FORBIDS.match(_fold(_bare(sentence))))


def warns(sentence: str) -> bool:
    """Whether a sentence says anywhere what must not be done."""
    folded = _fold(_bare(sentence))
    return bool(_FORBIDS.match(folded) or _FORBIDS_WITHIN.search(folded))


def _starts(text: str, language: Language) -> list[str]:
    """Where the main clause may begin: at once, after "then", after "if …,", after a label."""
    leads, clause = (_ES_LEADS, _ES_CLAUSE) if language == "es" else (_EN_LEADS, _EN_CLAUSE)
    found = [text]
    rest = text
    for _ in range(3):
        folded = _fold(rest)
        match = leads.match(folded) or clause.match(folded)
        if match is None or len(folded) != len(rest):
            break
        rest = rest[match.end() :].lstrip("¿¡«“\"'")
        found.append(rest)
    label = _LABEL.match(text)
    if label:
        found.append(text[label.end() :])
    return found


def _commands(text: str, language: Language) -> bool:
    match = re.match(r"([^\W\d_]+)(?:[,;:.]?\s+(.*))?", text, re.DOTALL)
    if match is None:
        return False
    word, after = fold(match.group(1)), match.group(2) or ""
    if language == "es":
        return _commands_es(word, after)
    if word in _EN_ALSO_NOUNS and not _determined(after, _EN_DETERMINERS):
        return word in _EN_WITH_THAT and after.startswith("that ")
    return word in _EN_COMMANDS


def _commands_es(word: str, after: str) -> bool:
    if _ES_INFINITIVE.match(word) and word not in _NO_INFINITIVE:
        return bool(after)
    if word in _ES_COMMANDS:
        return word not in _ES_ALSO_NOUNS or _determined(after, _ES_DETERMINERS)
    if _is_form_of_verb(word) and re.match(_ES_ARTICLES, _same_case(after)):
        return True
    return any(
        word[: match.start()] in _ES_COMMANDS
        for at in range(3, len(word))
        if (match := _ES_ENCLITICS.match(word, at))
    )


@lru_cache(maxsize=10_000)
def _is_form_of_verb(word: str) -> bool:
    """Whether a word may be the imperative of a regular verb: there is such an infinitive."""
    if word in STOP_WORDS or len(word) < _SHORTEST_FORM:
        return False
    frequency = dictionary("es").frequency
    for ending, infinitives in _ENDINGS:
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            return any(frequency.get(stem + one, 0) >= _LEAST_FREQUENT for one in infinitives)
    return False


def _determined(after: str, determiners: str) -> bool:
    return bool(re.match(determiners + r"(?!\w)|[«“\"'`<\dA-Z]", _same_case(after)))


def _same_case(text: str) -> str:
    """The text without accents, capitals kept."""
    return text.translate(str.maketrans("áéíóúüÁÉÍÓÚ", "aeiouuAEIOU"))


def _bare(text: str) -> str:
    return text.lstrip(" \t\n«“\"'*_-–—•¿¡(").strip()


def _fold(text: str) -> str:
    """Folded with the same length wherever it can be; only beginnings are looked at."""
    return _same_case(text).lower().replace("’", "'")
