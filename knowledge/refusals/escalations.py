"""Questions to the company, their topics, and who is on duty."""

from __future__ import annotations

from typing import Final

from knowledge.refusals.reason import Wording

ESCALATIONS: Final = {
    "written-need": Wording("need", "lo que quiere saber el cliente"),
    "escalation-unknown": Wording(
        "there is no question {key!r}, or none of yours: look at the queue",
        "no hay ninguna consulta «{key}», o no es de las suyas: mire la cola",
    ),
    "escalation-state-waiting": Wording("waiting", "en espera"),
    "escalation-state-taken": Wording("taken", "cogida"),
    "escalation-state-answered": Wording("answered", "respondida"),
    "escalation-state-withdrawn": Wording("withdrawn", "retirada"),
    "escalation-state-expired": Wording("without an answer", "sin respuesta"),
    "escalation-state": Wording(
        "question {key} is {state}: reload to see what became of it",
        "la consulta {key} figura como «{state}»: vuelva a cargar la página para ver qué ha pasado "
        "con ella",
    ),
    "escalation-taken-by": Wording(
        "{name} took question {key} already: leave it to them, or wait until it goes on",
        "{name} ya ha cogido la consulta {key}: déjesela, o espere a que pase a otra persona",
    ),
    "escalation-not-answered": Wording(
        "{name} may not answer question {key}: that is for who is on duty for its topic",
        "{name} no puede responder a la consulta {key}: eso es para quien está de guardia en su "
        "tema",
    ),
    "escalation-not-asked": Wording(
        "{name} did not ask question {key}: that is for whoever asked it",
        "{name} no ha hecho la consulta {key}: eso es para quien la hizo",
    ),
    "escalation-audience": Wording(
        "the audience of the question has to be named: choose one of {known}",
        "hay que decir de quién es la consulta: elija uno de estos destinatarios: {known}",
    ),
    "escalation-not-for": Wording(
        "{name} may not ask for {audience!r}: ask for one of your own audiences",
        "{name} no puede preguntar para «{audience}»: pregunte para uno de sus destinatarios",
    ),
    "escalation-sources": Wording(
        "{count} sources are named, at most {limit} go with a question: name those that came "
        "nearest",
        "se han nombrado {count} fuentes y con una consulta van {limit} como mucho: nombre las "
        "más cercanas",
    ),
    "escalation-card": Wording(
        "there is a card of question {key} already: {card}",
        "ya hay una tarjeta de la consulta {key}: {card}",
    ),
    "escalation-card-others": Wording(
        "{name} may not make a card of question {key}: that is for whoever answered it, and for "
        "those who edit sources",
        "{name} no puede hacer una tarjeta de la consulta {key}: eso es para quien la respondió y "
        "para quien modifica fuentes",
    ),
    "escalation-gone": Wording(
        "the words of question {key} are no longer kept: ask it again",
        "las palabras de la consulta {key} ya no se guardan: vuelva a preguntarla",
    ),
    "escalation-nobody-else": Wording(
        "nobody else is on duty for question {key}: answer it, or say that you do not know",
        "no hay nadie más de guardia para la consulta {key}: respóndala, o diga que no lo sabe",
    ),
    "escalation-not-theirs": Wording(
        "{account!r} cannot be given question {key}: choose somebody who answers for its audience",
        "no se le puede pasar a «{account}» la consulta {key}: elija a alguien que responda para "
        "sus destinatarios",
    ),
    "topic-none": Wording(
        "nobody is on duty for such a question: a manager makes topics on the page /queue",
        "no hay nadie de guardia para una consulta así: quien gestiona documentos crea los temas "
        "en la página /queue",
    ),
    "topic-unknown": Wording(
        "there is no topic {number}, or none for you: look at the list of topics",
        "no hay ningún tema {number}, o no es para usted: mire la lista de temas",
    ),
    "topic-name": Wording(
        "the name of a topic has 1 to {limit} visible characters, this one has {count}",
        "el nombre de un tema tiene de 1 a {limit} caracteres visibles, y este tiene {count}",
    ),
    "topic-marks": Wording(
        "a topic has at most {limit} words and as many sources, of up to {chars} characters each; "
        "{count} were given: take some out",
        "un tema tiene como mucho {limit} palabras y otras tantas fuentes, de hasta {chars} "
        "caracteres; se han dado {count}: quite algunas",
    ),
    "topic-duties": Wording(
        "{count} people are on duty, at most {limit} are: take some out",
        "hay {count} personas de guardia y caben {limit}: quite algunas",
    ),
    "duty-days": Wording(
        "the days {days!r} of {account} are none: give digits from 1 (Monday) to 7 (Sunday)",
        "«{days}» no son días de {account}: dé cifras del 1 (lunes) al 7 (domingo)",
    ),
    "duty-hour": Wording(
        "{hour!r} of {account} is no hour: write it as 09:30",
        "«{hour}» de {account} no es una hora: escríbala como 09:30",
    ),
    "duty-cannot": Wording(
        "{account!r} cannot be on duty for {audience!r}: name an account that answers for it "
        "(role expert, approver or manager)",
        "«{account}» no puede estar de guardia para «{audience}»: nombre una cuenta que responda "
        "para esos destinatarios (función de experto, revisión o documentos)",
    ),
}
