"""Words that are often misspelled and that the word lists take for words, or find nothing near."""

from __future__ import annotations

from collections.abc import Mapping

from knowledge.models import Language


def _pairs(text: str) -> dict[str, str]:
    return {wrong: right.replace("_", " ") for wrong, right in (p.split(":") for p in text.split())}


COMMON_SLIPS: Mapping[Language, Mapping[str, str]] = {
    "es": _pairs(
        "haver:haber hechar:echar hechamos:echamos haiga:haya haigan:hayan aserca:acerca "
        "atravez:a_través travez:través enserio:en_serio osea:o_sea sobretodo:sobre_todo "
        "deacuerdo:de_acuerdo talvez:tal_vez porfavor:por_favor nose:no_sé "
        "ahi:ahí ahy:hay oi:hoy hivan:iban hize:hice isimos:hicimos "
        "dijistes:dijiste hicistes:hiciste vinistes:viniste comprastes:compraste "
        "recivir:recibir recivido:recibido recive:recibe recivirá:recibirá recibira:recibirá "
        "recojer:recoger recojemos:recogemos recojeremos:recogeremos recojerán:recogerán "
        "esque:es_que asique:así_que aver:a_ver podra:podrá podran:podrán tendra:tendrá "
        "tendran:tendrán seran:serán habra:habrá debera:deberá "
        "pondra:pondrá ningun:ningún algun:algún segun:según aqui:aquí asi:así "
        "exijir:exigir dirijir:dirigir provehedor:proveedor desición:decisión desicion:decisión "
        "vamo:vamos kiere:quiere xq:porque pq:porque tb:también tmb:también "
        "extricto:estricto espectativa:expectativa espectativas:expectativas absorver:absorber"
    ),
    "en": _pairs(
        "occured:occurred occuring:occurring untill:until wich:which recieved:received "
        "recieve:receive alot:a_lot thankyou:thank_you reccomend:recommend "
        "definitly:definitely dissapointed:disappointed neccessary:necessary succesful:successful "
        "succesfully:successfully begining:beginning refered:referred transfered:transferred "
        "arguement:argument independant:independent wether:whether wont:won't dont:don't "
        "doesnt:doesn't didnt:didn't isnt:isn't cant:can't couldnt:couldn't wasnt:wasn't "
        "youre:you're thats:that's ive:I've im:I'm teh:the adn:and posible:possible "
        "oportunity:opportunity becuase:because tommorow:tomorrow tommorrow:tomorrow"
    ),
}
"""By language: how it is written -> how it is spelled."""
