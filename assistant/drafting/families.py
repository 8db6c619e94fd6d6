"""Other words for what voice guides forbid: paraphrases that are surely the same.

A family only counts where a rule of the guide in force is of it; its patterns are of folded text,
in both languages, since a guide of one language speaks of the same as one of the other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.models import Language


@dataclass(frozen=True)
class Family:
    """A kind of wording.

    Attributes:
        rule: finds the rules of a guide, folded, that forbid it.
        wordings: finds it in what is written, folded, by language.
        dated: whether a day or hour in the sentence makes it fine.
        telling: whether the wordings themselves say what they are about.
    """

    rule: re.Pattern[str]
    wordings: Mapping[Language, re.Pattern[str]]
    dated: bool = False
    telling: bool = False


def _family(rule: str, es: str, en: str, *, dated: bool = False, telling: bool = False) -> Family:
    return Family(
        re.compile(rf"\b(?:{rule})"),
        {"es": re.compile(rf"\b(?:{es})"), "en": re.compile(rf"\b(?:{en})")},
        dated,
        telling,
    )


FAMILIES = (
    _family(
        r"garantiz[oa]|cien por cien|sin falta|guarantee|without fail|hundred per ?cent",
        r"(?:se l[oa]s?|les?|os) (?:puedo |podemos )?(?:garantiz(?:o|amos|ar)|asegur(?:o|amos|ar)|"
        r"promet(?:o|emos|er))\b|(?:puedo|podemos) (?:garantizar|asegurar|prometer)\w*|"
        r"(?:al )?(?:100|cien)(?: por cien(?:to)?| ?%) segur[oa]|al 100 ?%|"
        r"(?:esta|queda|va) garantizad[oa]\b|sin (?:la menor |ninguna )?duda\b|"
        r"(?:le |te )?do(?:y|mos) (?:mi|nuestra) palabra|tiene (?:mi|nuestra) palabra|"
        r"con toda seguridad\b|pongo la mano en el fuego|segurisim[oa]\b|"
        r"seguro (?:al cien|que (?:le|les|lo|la|llega|estara|sale|se l[oa])(?! apr))\b",
        r"(?:i|we)(?: can| do)? (?:guarantee|promise|assure)\b|(?:100|one hundred|a hundred) ?"
        r"(?:%|per ?cent) (?:sure|certain|guaranteed|positive)|(?:is|are) guaranteed to\b|"
        r"(?:you have|i give you|you've got) (?:my|our) word|without (?:a|any) doubt|rest assured|"
        r"(?:will|'ll) (?:definitely|certainly|surely|100 ?%) (?:arrive|get|be|have|reach)|"
        r"(?:for sure|no matter what|come what may)\b|"
        r"(?:absolutely|completely|fully|(?:it is|it's|that is|that's)) guaranteed\b|"
        r"(?:a|one) hundred per ?cent\b(?! of)|(?:100 ?%)(?=[.,!])",
    ),
    _family(
        r"devolvemos el dinero|refund you today",
        r"(?:hoy(?: mismo)?|ahora mismo|en el acto)\b[^.;]{0,30}\b"
        r"(?:devolv|devuelv|reembols|reintegr)\w*[^.;]{0,20}\b(?:dinero|importe)|"
        r"(?:devolv|devuelv|reembols|reintegr)\w*[^.;]{0,30}\b(?:hoy mismo|hoy|ahora mismo|"
        r"en el acto)\b",
        r"(?:refund|money back)\b[^.;]{0,30}\b(?:today|right now|right away|immediately|"
        r"straight away)|"
        r"(?:today|right now)\b[^.;]{0,25}\b(?:refund|money back)",
    ),
    _family(
        r"cubre todo|todo riesgo|covers everything|fully comprehensive",
        r"(?:lo )?cubre (?:absolutamente |practicamente )?(?:todo|cualquier)\b|"
        r"(?:todo|esta todo|queda todo) (?:esta |queda |va )?cubiert[oa]|a todo riesgo|"
        r"cubiert[oa] (?:en|ante|de|contra) (?:todo|cualquier)|pase lo que pase|"
        r"cobertura (?:total|completa)|no hay nada que no cubra",
        r"covers? (?:absolutely )?(?:everything|anything|it all)\b|everything (?:is|"
        r"will be) covered|"
        r"fully comprehensive|whatever happens|(?:full|total|complete) cover(?:age)?\b|"
        r"covered (?:for|against) (?:everything|anything)|nothing (?:is|it does) not cover",
    ),
    _family(
        r"sin intereses|interest-free|interest free",
        r"sin (?:ningun )?interes(?:es)?\b|intereses cero|cero intereses|"
        r"no (?:paga|pagara|tiene|tendra|hay|lleva) (?:\w+ )?interes(?:es)?\b|"
        r"(?:le sale|sale|es|son|todo) gratis\b",
        r"interest[- ]free|(?:no|zero|without(?: any)?) interest\b|free of charge|"
        r"(?:is|are|all) (?:totally |completely )?free\b|costs? (?:you )?nothing",
    ),
    _family(
        r"aprueb|approve",
        r"(?:seguro|fijo|no (?:tendra|habra|va a tener|tiene|"
        r"va a haber)\w* (?:ningun )?problemas?)\b"
        r"[^.;]{0,40}?(?:apr(?:ue|o)b|conce[dn]|acept|credito|financiacion|prestamo)\w*|"
        r"(?:le|se l[oa]) (?:van a |va a )?(?:aprob|aprueb|conced)\w* (?:seguro|fijo|sin problema)|"
        r"(?:aprobacion|concesion) (?:esta |es )?(?:garantizada|segura|automatica)|"
        r"siempre (?:lo |se )?(?:aprueban|conceden)|(?:de por hecho|por hech[oa]) (?:que|la|el)|"
        r"(?:ya )?(?:tiene|puede dar por) (?:el credito|la financiacion) (?:aprobad|conced|"
        r"hech)\w+",
        r"(?:sure|certain|bound|guaranteed|no problem|no trouble)\b[^.;]{0,40}?"
        r"(?:approv|accept|the (?:credit|loan|finance))\w*|"
        r"approval (?:is|will be) (?:guaranteed|certain|automatic|a formality)|"
        r"(?:will|'ll) (?:definitely|certainly|surely|easily) (?:be )?(?:approv|accept|get)\w*|"
        r"(?:they|the bank) always (?:approve|accept|say yes)|everyone (?:gets|is) approved",
        telling=True,
    ),
    _family(
        r"en breve|cuanto antes|mayor brevedad|shortly|as soon as possible|earliest convenience",
        r"lo (?:antes|mas pronto|mas rapido) posible|a la (?:mayor|maxima) brevedad|"
        r"en (?:la mayor|un) breve\w*|en breve\b|cuanto antes\b|en cuanto (?:se |nos |les )?"
        r"(?:pueda|podamos|puedan|sea posible)|(?:muy )?pronto\b|proximamente\b|"
        r"en los proximos dias\b|en unos dias\b|un dia de estos\b|con la mayor rapidez",
        r"as soon as (?:possible|we can|i can|they can)|asap\b|shortly\b|(?:very |"
        r"real )?soon\b(?! as)|"
        r"at (?:our|their|the) earliest convenience|in due course|in the near future|"
        r"in the next few days|in a few days|some ?time soon",
        dated=True,
    ),
    _family(
        r"ya le llamaran|they will call you",
        r"(?:ya )?(?:le|les|te) (?:llamaran|contactaran|avisaran|escribiran|diran algo)\b|"
        r"alguien (?:le|les|te|se (?:lo|pondra))\b|ya (?:le|les) (?:diremos|llamaremos|avisaremos)|"
        r"ya se (?:pondran|pondra alguien) en contacto",
        r"(?:they|somebody|someone|a colleague)(?: will|'ll| is going to) (?:call|contact|"
        r"ring|phone|"
        r"be in touch|get back|write)|you(?:'ll| will) (?:be contacted|get a call|hear from us)",
        dated=True,
    ),
    _family(
        r"tranquilicese|calmese|calm down",
        r"tranquil(?:icese|izate|icense)|calm(?:ese|ate|ense)\b|relaj(?:ese|ate)\b|"
        r"no se (?:ponga|altere)\b(?! en contacto)|no te pongas",
        r"calm down|relax\b|take it easy|chill\b|"
        r"(?:don't|do not|no need to) (?:get (?:so )?(?:upset|angry|worked up)|shout|overreact)",
    ),
    _family(
        r"es politica de empresa|el sistema no me deja|company policy|system won't let me",
        r"(?:es|son|por) (?:la |nuestra )?(?:politica|normas?) de (?:la )?(?:empresa|"
        r"compania|casa)|"
        r"(?:el sistema|el programa|el ordenador|la aplicacion) no (?:me |nos )?(?:lo )?"
        r"(?:deja|permite)\b|son las normas\b|es lo que (?:dice|marca) (?:el sistema|la norma)",
        r"company (?:policy|rules)|(?:system|computer|software) "
        r"(?:won't|will not|doesn't|does not|can't|cannot) (?:let|allow)\b|those are the rules|"
        r"(?:it is|it's|that's) (?:just )?our policy|rules are rules",
    ),
    _family(
        r"no (?:se|me consta|me sale)\b|don't know|doesn't show",
        r"ni idea\b|no (?:tengo|tenemos) (?:ni )?idea|no (?:lo )?(?:sabria|sabemos|sabe nadie)\b|"
        r"no (?:me|nos) (?:consta|aparece|sale)\b|no (?:me )?figura\b",
        r"(?:i|we) (?:have|'ve) no idea|no idea\b|(?:i|we) (?:don't|do not) know\b|"
        r"(?:it|that|this) (?:doesn't|does not|isn't) (?:show\w*|appear\w*|come up)\b",
    ),
    _family(
        r"solo son|it is only",
        r"(?:solo|solamente|tan solo|unicamente|nada mas que) (?:son|cuesta|le cuesta|vale|serian|"
        r"es(?:tamos hablando de)?) (?:unos )?\d",
        r"(?:it is|it's|that is|that's|costs?|for) (?:only|just|a mere) [€£$]?\d|only [€£$]\d",
    ),
    _family(
        r"(?:nosotros )?solo somos|only the call centre",
        r"(?:solo|solamente|simplemente) (?:somos|soy)\b|(?:somos|esto es) (?:solo )?(?:un|el) "
        r"(?:centro de llamadas|call ?center)",
        r"(?:we are|we're|i am|i'm) (?:only|just) (?:the|a|an) (?:call|agent|operator|"
        r"contractor|hel)",
    ),
)
