"""Sure slips of Spanish grammar: accents that tell words apart, and words that sound alike."""

from __future__ import annotations

from assistant.drafting.grammar_rules import rule

_DONE = (
    r"\w{2,}(?:ado|ido|ada|ida)|ido|sido|hecho|dicho|visto|puesto|escrito|abierto|roto|"
    r"vuelto|resuelto|muerto|cubierto|impreso"
)
_DO = r"\w{2,}(?:ar|er|ir)(?:l[aoe]s?|se|me|nos|te)?"
_ASKING = {
    "que": "qué", "como": "cómo", "cuando": "cuándo", "cuanto": "cuánto", "cuanta": "cuánta",
    "cuantos": "cuántos", "cuantas": "cuántas", "donde": "dónde", "cual": "cuál",
    "cuales": "cuáles", "quien": "quién", "quienes": "quiénes", "adonde": "adónde",
}  # fmt: skip

RULES = (
    rule(r"\bhaber (?=si\b|qué\b|que\b|cuándo|cómo|cuánto)", "a ver "),
    rule(
        r"\b(?:puede|podría|debe|debería|tiene que|va a|suele) a ver\b",
        lambda m: f"{m[0][:-5]}haber",
    ),
    rule(r"\b(va|van|iba|iban) haber\b", lambda m: f"{m[1]} a haber"),
    rule(
        rf"\b(?P<who>se l[aoe]s?|se|lo|la|le|les|me|nos|no|ya|técnico|pedido|paquete|"
        rf"conductor|usted) a (?=(?:{_DONE})\b)",
        lambda m: f"{m['who']} ha ",
    ),
    rule(rf"\b(?P<who>ya|se|lo|la|le|nos) an (?=(?:{_DONE})\b)", lambda m: f"{m['who']} han "),
    rule(
        rf"\b(voy|va|vamos|van|vuelvo|vuelve|empieza|ayudar|ayudarle) ha (?={_DO}\b)",
        lambda m: f"{m[1]} a ",
    ),
    rule(r"\b(ha|he|han|hemos|había|haber|has) echo\b", lambda m: f"{m[1]} hecho"),
    rule(r"\b(le|lo|la|les) hecho de menos\b", lambda m: f"{m[1]} echo de menos"),
    rule(
        r"\bha (?=que (?:ver|partir)\b)|\bha través\b",
        lambda m: "a través" if "trav" in m[0] else "a ",
    ),
    rule(r"\bvalla (?=a\b|usted\b|con\b|por\b)", "vaya "),
    rule(
        r"\b(?:al|el) haya\b|\bhalla (?=sido|estado|recibido|llegado|hecho|podido|un[oa]?\b)",
        lambda m: "haya " if m[0].lower().startswith("halla") else m[0],
    ),
    rule(
        r"\bay (?=que|un[oa]?s?\b|alg[uú]n|otr[oa]|más|\w+os\b|\w+as\b|dos|tres|ascensor)", "hay "
    ),
    rule(
        r"\b((?:su|el|la|tu|mi) \w+) esta (?=\w+(?:ad|id|iert|uest|rit|ech)[oa]\b)",
        lambda m: f"{m[1]} está ",
    ),
    rule(
        r"\b(lo|la|le|les|no|ya|se lo) e (?=\w{2,}(?:ado|ido)\b|hecho|visto|dicho)",
        lambda m: f"{m[1]} he ",
    ),
    rule(r"\bpor hay\b", "por ahí"),
    rule(
        r"\bahí (?=que \w+[aei]r\b|un (?:problema|error|retraso|plazo|cargo|coste)|"
        r"una (?:avería|incidencia|demora))",
        "hay ",
    ),
    rule(r"\bno ahí (?!está|est)", "no hay "),
    rule(
        r"(?:^|(?<=[.!?,;] ))sino (?=puede|quiere|recibe|le |lo |la |se |está|tiene|ha |"
        r"hay|llega|es posible|contesta|encuentra|funciona|nos|me )",
        "si no ",
    ),
    rule(
        r"\b(no (?:es|son|era|fue|está|cuesta) [^.;,?!]{2,40},? )si no (?=de |por |en |a |"
        r"el |la |los |las |un |una |\d)",
        lambda m: f"{m[1]}sino ",
    ),
    rule(r"(?:^|(?<=[.!?¡¿] ))si(?=, )", "sí"),
    rule(
        r"\b(no|ya|tampoco) se (?=si\b|qué|que le|que pas|cuándo|cómo|dónde)",
        lambda m: f"{m[1]} sé ",
    ),
    rule(r"\bpara mi(?=[.,;!?]|$)", "para mí"),
    rule(r"\b(para|por|con|de) el(?=[.,;!?]|$)", lambda m: f"{m[1]} él"),
    rule(
        r"\b(?<!, )mas (?=de\b|que\b|tarde|pronto|tiempo|información|datos|adelante|"
        r"detalles?|rápido|barato|caro|cerca|días?|\d)",
        "más ",
    ),
    rule(
        r"\b(algo|nada|una vez|cada vez|nunca|lo|aún|mucho|dos|tres|día|días|no|cuánto|"
        r"un poco) mas\b",
        lambda m: f"{m[1]} más",
    ),
    rule(
        r"\b(?P<a>esta|estan) (?=en\b|a su\b|siendo\b|pendientes?\b|disponibles?\b|"
        r"incluid[oa]s?\b|previst[oa]s?\b|cerrad[oa]s?\b|confirmad[oa]s?\b|"
        r"todo\b|bien\b|mal\b|de camino\b|por llegar|roto|completo|montado|pagado|"
        r"\w+ando\b|\w+iendo\b)",
        lambda m: "está " if m["a"].lower() == "esta" else "están ",
    ),
    rule(
        r"(?<!^)(?<![.!?:;] )(?<!\ben )(?<!\bde )(?<!\bcon )(?<!\bpor )(?<!\bpara )(?<!\by )"
        r"\b(?P<a>esta|estan) (?=list[oa]s?\b)",
        lambda m: "está " if m["a"].lower() == "esta" else "están ",
    ),
    rule(r"\bel mismo (?=me|le) (?=dij)", "él mismo "),
    rule(r"¿por ?que\b", "¿por qué"),
    rule(r"¿porqué (?=\w)", "¿por qué "),
    rule(
        r"¿(?P<prep>(?:(?:a|de|en|con|por|para|desde|hasta|y) )?)"
        rf"(?P<word>{'|'.join(_ASKING)})\b(?! si\b)",
        lambda m: f"¿{m['prep']}{_ASKING[m['word'].lower()]}",
    ),
    rule(
        r"\b(hubieron|habían) (?=\w+ (?:problemas|retrasos|errores)|problemas|retrasos|errores)",
        lambda m: "hubo " if m[1].lower() == "hubieron" else "había ",
    ),
    rule(r"\bdetras\b", "detrás"),
    rule(r"\bcontra mas\b|\bcontra más\b", "cuanto más"),
    rule(r"\b(?:a|en) grosso modo\b", "grosso modo"),
)
