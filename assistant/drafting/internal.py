"""Does a draft tell customers what is for the staff alone?

Internal is what the register marks so, and what a document says so of itself, above or in it.
Looked for are its words, its numbers to call and its codes; and what is not to be mentioned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.citing import citation_of
from assistant.drafting.lines import Line, lines_of
from assistant.drafting.models import Finding
from assistant.drafting.sources import Sources
from assistant.models import Citation
from assistant.support.reading import Read
from knowledge.conflicts.wording import share
from knowledge.models import Language, StoredChunk
from knowledge.search.spelling import lemma
from knowledge.text import fold

COPIED = 0.72
"""Share of a sentence's words that an internal sentence has to have to be where it is from."""
CLEARLY = 0.15
"""How much more than any sentence that customers may hear."""
LEAST_WORDS = 4
SAYS_SO = re.compile(
    r"\b(?:(?:solo |exclusivamente )?(?:para|de) uso interno|uso interno|"
    r"solo (?:para )?(?:el )?personal|"
    r"no se (?:lo )?(?:dice|cuenta|comenta|ensena)n? (?:esto )?(?:al|a los) clientes?|"
    r"internal use(?: only)?|(?:for )?staff only|not for customers|confidencial)\b"
)
_EXTENSION = re.compile(
    r"\b(?:extensi[oó]n(?:es)?|ext\.?|anexo|extension)\s*(?:n\.?[ºo]\s*)?(?P<number>\d{3,5})\b",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"\b(?:con |el |del |under |with |the )?(?:c[oó]digo|motivo|code|reason|nivel|"
    r"acreditaci[oó]n|accreditation)"
    r"(?: de \w+| code)? (?P<code>[A-Z]{1,2}\d{1,2})\b"
)
_UNMENTIONED = re.compile(
    r"\b(?:no se (?:menciona|nombra|cita)n?|nunca se (?:menciona|nombra)n?)(?: a)? (?:la |"
    r"el |las |los )?"
    r"(?P<es>\w{5,})|\b(?:never|do not|don't) mention (?:the |a |any )?(?P<en>\w{5,})"
)
_INSIDE = re.compile(
    r"\b(?:(?:chat|canal|sistema|foro|manual|programa) interno|nota interna|herramienta interna|"
    r"consta en su ficha|en su ficha (?:pone|consta|figura)|internal (?:chat|notes?|system|tool|"
    r"channel|policy|manual)|(?:your|the) file says|notes? on your (?:file|account))\b",
    re.IGNORECASE,
)
_SAY = re.compile(
    r"\b(?:say|diga|d[ií]gale|se dice|frase(?: aprobada)?|"
    r"read out)\b:?\s*(?P<words>[\"«“][^\"»”]+[\"»”])",
    re.IGNORECASE,
)
_NAME = re.compile(r"[A-ZÁÉÍÓÚÑ][a-záéíóúñ]{3,} [A-ZÁÉÍÓÚÑ][\w]+")
_ERRORS = re.compile(r"[A-Z]{2,}-|^E\d")
_TWINS = {"contrata": "contractor", "contractor": "contrata", "subcontrata": "subcontractor"}


def says_it_is_internal(passage: StoredChunk, sources: Sources) -> bool:
    """Whether a passage is not for customers: marked so, or it is said above or of its document."""
    above = "\n".join((passage.title, *passage.chunk.headings))
    return passage.internal or _says_so(above) or _says_so(sources.opening(passage.chunk.document))


@lru_cache(maxsize=5_000)
def _says_so(text: str) -> bool:
    return bool(SAYS_SO.search(fold(text)))


def internal_words(said: Read, hidden: Sequence[Line], told: Sequence[Line]) -> Line | None:
    """The internal sentence that a sentence is taken from; `None` where it is from none.

    Args:
        said: the sentence.
        hidden: internal sentences.
        told: those that customers may hear.
    """
    if len(said.words) < LEAST_WORDS:
        return None
    best = max(hidden, key=lambda line: share(said.words, line.read.words), default=None)
    if best is None:
        return None
    alike = share(said.words, best.read.words)
    known = max((share(said.words, line.read.words) for line in told), default=0.0)
    return best if alike >= COPIED and alike > known + CLEARLY else None


def internal_names(draft: str, language: Language, sources: Sources) -> Iterator[Finding]:
    """Numbers to call within the company, codes, and what is not mentioned to customers."""
    for found in _EXTENSION.finditer(draft):
        passage = next(iter(sources.with_words([found["number"]])), None)
        if passage is not None:
            yield Finding(
                "internal",
                *found.span(),
                "internal_number",
                {},
                None,
                _cited(passage, found["number"]),
            )
    for found in _CODE.finditer(draft):
        code = found["code"]
        passage = next(iter(sources.with_words([code.lower()])), None)
        if (
            passage is not None
            and not _ERRORS.search(code)
            and _is_kept_back(passage, code, sources)
        ):
            values = {"said": code}
            yield Finding(
                "internal", *found.span(), "internal_name", values, None, _cited(passage, code)
            )
    for found in _INSIDE.finditer(draft):
        yield Finding("internal", *found.span(), "internal_name", {"said": found.group()})
    yield from _unmentioned(draft, language, sources)


def _is_kept_back(passage: StoredChunk, code: str, sources: Sources) -> bool:
    """Whether a code is one of the staff's: in an internal passage, or in a list of codes."""
    if says_it_is_internal(passage, sources):
        return True
    above = fold("\n".join(passage.chunk.headings[-1:]))
    return bool(re.search(r"\b(?:codigos?|codes?|motivos?|claves?|niveles|acreditacion)\b", above))


def _unmentioned(draft: str, language: Language, sources: Sources) -> Iterator[Finding]:
    for passage in sources.with_words(["menciona"]) + sources.with_words(["mention"]):
        for rule in _UNMENTIONED.finditer(fold(passage.chunk.text)):
            name = rule["es"] or rule["en"]
            names = {
                lemma(one, lang) for one in (name, _TWINS.get(name, name)) for lang in (language,)
            }
            for word in re.finditer(r"[^\W\d_]+", draft):
                if lemma(fold(word.group()), language) in names:
                    start, end = _named(draft, *word.span())
                    yield Finding(
                        "internal", start, end, "internal_name", {"said": draft[start:end]}, None,
                        citation_of(passage, *_sentence(passage, rule.group())),
                    )  # fmt: skip
            place = _sentence(passage, rule.group())
            for named in _NAME.finditer(passage.chunk.text):
                for said in re.finditer(re.escape(named.group()), draft):
                    yield Finding(
                        "internal", *said.span(), "internal_name", {"said": said.group()}, None,
                        citation_of(passage, *place),
                    )  # fmt: skip
            break


def _named(draft: str, start: int, end: int) -> tuple[int, int]:
    """With the name behind a word and what belongs to it before."""
    before = re.search(
        r"(?:(?:nuestr|un|l|otr)[oa]s?|our|the|a|another)\s+$", draft[:start], re.IGNORECASE
    )
    after = re.match(r"(?:,? (?:de |del |la )?[A-ZÁÉÍÓÚÑ][\w]*)+", draft[end:])
    return (before.start() if before else start), end + (after.end() if after else 0)


def _sentence(passage: StoredChunk, words: str) -> tuple[int, int]:
    chunk = passage.chunk
    for start, end in chunk.sentences:
        if words in fold(chunk.text[start:end]):
            return start, end
    return 0, len(chunk.text)


def _cited(passage: StoredChunk, words: str) -> Citation:
    return citation_of(passage, *_sentence(passage, fold(words)))


def split(
    passages: Sequence[StoredChunk], sources: Sources, known: dict[int, list[Line]] | None = None
) -> tuple[list[Line], list[Line]]:
    """Sentences that customers may hear, and internal ones.

    What an internal passage quotes to be read out ('say: "Nothing has been charged."') is neither.
    """
    told = [one for one in passages if not says_it_is_internal(one, sources)]
    hidden = [one for one in passages if says_it_is_internal(one, sources)]
    kept_back = [line for line in lines_of(hidden, known) if not _read_out(line)]
    return lines_of(told, known), kept_back


def _read_out(line: Line) -> bool:
    """Whether a sentence stands in a quotation that agents are told to say."""
    start, end = line.span
    return any(
        found.start("words") < end and start < found.end("words")
        for found in _SAY.finditer(line.passage.chunk.text)
    )
