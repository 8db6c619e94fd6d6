"""Everyday words that say the same in what companies tell customers, in both languages.

Beside the search's thesaurus, which names things that are looked for: here are verbs and their
nouns, which tell little when searching and much when a sentence is put otherwise. A group is no
claim that its words are the same everywhere, only that they may stand for one another where all
figures, names, denials and conditions agree.
"""

from __future__ import annotations

from functools import lru_cache

from knowledge.conflicts.wording import Word
from knowledge.models import Language
from knowledge.text import stem

_GROUPS = """
caducar caduca vencer vence expirar expira validez valido valida vigencia vigente
| expire expiry valid validity
motivo razon explicar explique explicacion justificar causa
| reason explain explanation why justify cause
fallo averia defecto defectuoso problema desperfecto estropear estropeado
| fault faulty defect defective problem broken
recibir recibe obtener llegar llega conseguir
| receive get obtain arrive arrival
entregar entrega dar facilitar proporcionar ofrecer otorgar conceder
| deliver give provide supply hand offer grant
devolver devolucion reintegrar reintegro reembolsar reembolso recuperar
| return refund reimburse recover
enviar envio mandar remitir
| send ship mail post
pedir pide solicitar solicitud preguntar exigir requerir reclamar demandar
| ask request require demand need
empezar empieza comenzar comienza iniciar inicio contar
| start begin count
acabar terminar finalizar concluir cesar pasar pasado pasada transcurrir
| end finish stop terminate cease over
avisar aviso comunicar informar informe notificar decir diga
| tell inform notify say report warn
elegir elige escoger optar preferir prefiere opcion
| choose choice pick select prefer opt option
cambiar cambio sustituir sustituye sustitucion reemplazar reemplazo modificar
| change replace replacement exchange swap modify
arreglar reparar reparacion solucionar resolver subsanar
| repair fix mend solve resolve
descontar descuento descuenta restar resta quitar deducir rebajar rebaja
| deduct deduction discount subtract
guardar conservar mantener retener
| keep retain hold store save
llamar llama llamada telefonear telefono
| call ring phone telephone
contestar contesta responder responde respuesta atender atiende
| answer reply respond response
pagar paga pago abonar abona cobrar cobra costar cuesta coste precio importe cargo tarifa gasto
| pay payment charge cost price fee rate
gratis gratuito gratuita
| free
comprar compra adquirir adquisicion
| buy bought purchase order acquire
usar uso utilizar emplear
| use usage
limpiar limpio limpia
| clean
permitir permite autorizar autoriza admitir admite aceptar acepta
| allow permit accept authorise authorize
rechazar rechaza denegar negar
| refuse reject deny decline
cubrir cubre cobertura incluir incluye
| cover coverage include
excluir excluye
| exclude
casa domicilio vivienda hogar
| home house
empleado trabajador personal plantilla contratado
| employee staff worker hire
cliente comprador usuario consumidor
| customer client buyer user consumer
hablar tratar contactar contacto
| talk speak deal contact
ver mirar consultar comprobar revisar verificar
| see look check review verify
mostrar ensenar aparecer figurar
| show appear display
necesitar necesita necesario preciso imprescindible obligatorio
| need necessary must mandatory obligatory required
vaciar vacio vacia
| empty
abrir abre crear crea iniciar
| open create
cerrar cierra clausurar
| close shut
perder pierde perdida
| lose lost loss
anular anulacion cancelar cancelacion
| cancel cancellation withdraw
colocar poner pone instalar instalado montar montado
| put place install set fit assemble
retirar retira recoger recogida llevarse
| remove collect collection pick
firmar aprobar aprueba
| sign approve
ayudar ayuda asistir asistencia
| help assist assistance
apuntar anotar anota registrar registro
| note record register
esperar espera
| wait
vender venta venda
| sell sold sale
tardar demorar retraso retrasar tarde
| delay late
intentar probar prueba
| try test trial
compartir publicar pegar difundir
| share publish post paste disclose
sensible confidencial
| sensitive confidential
ojos gafas
| vision eye eyes glasses
inscribir inscribirse alta apuntarse matricular
| enroll enrol sign register join
maximo tope limite superar supera exceder excede rebasar
| maximum most limit exceed cap
minimo menos
| minimum least
igual mismo misma identico
| same equal identical
ademas tambien
| also too besides
siempre
| always
sustraer robo robar
| theft steal stolen robbery
"""


_MARK = "~"
"""Begins the key of a group; no stem begins so."""


@lru_cache(maxsize=2)
def _by_stem(language: Language) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for number, group in enumerate(_GROUPS.strip().replace("\n|", "|").splitlines()):
        spanish, english = group.split("|")
        for word in (spanish if language == "es" else english).split():
            found.setdefault(stem(word, language), set()).add(f"{_MARK}{number}")
    return {word: frozenset(groups) for word, groups in found.items()}


def widened(word: Word) -> Word:
    """A word that its synonyms meet too."""
    groups = _by_stem(word.language).get(stem(word.text, word.language))
    return word._replace(keys=word.keys | groups) if groups else word


def without_synonyms(word: Word) -> Word:
    """A word as it was before it was `widened`."""
    kept = frozenset(key for key in word.keys if not key.startswith(_MARK))
    return word if len(kept) == len(word.keys) else word._replace(keys=kept)
