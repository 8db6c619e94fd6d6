"""`voz eval voice`: what phrasing makes of answers, and whether anything it says is changed.

Over the statements of the answers to agents' questions on the example company's documents
(``eval/sets/agents_example.jsonl``), with the company's own voice guides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from assistant.bootstrap import LOCAL_VIEWER
from assistant.models import Answer
from assistant.pipeline import Assistant
from assistant.support.check import SupportCheck
from assistant.support.models import Evidence
from assistant.voice.in_force import guides_in_force
from assistant.voice.models import Channel, VoiceGuide
from assistant.voice.phrasing import Phrased, Sentence, phrased
from eval.corpora.desks import ALMENDRO
from eval.scores import VOZ, Measured, Score, values_of
from eval.statistics.means import mean
from eval.statistics.percentiles import percentile
from eval.work import Work
from knowledge.language import detect_language
from knowledge.models import LANGUAGES, Language
from knowledge.search.spelling import dictionary

CHANNELS: tuple[Channel, ...] = ("phone", "email")
"""What is said, and what is written."""
_FIGURE = re.compile(r"\d[\d.,:]*")


def measure(work: Work) -> Iterator[Measured]:
    """Shares of sentences kept, rephrased and gone back; of changed facts; milliseconds.

    `Work.tell` is told of each sentence in other words, and of its source.
    """
    work.progress(f"{ALMENDRO.name}: reading the documents (minutes the first time)")
    with ALMENDRO.assistant(work) as assistant:
        cases = ALMENDRO.cases(work.half, assistant)
        work.progress(f"{ALMENDRO.name} ({work.half}): {len(cases)} questions")
        asked = [(assistant.ask(c.question, LOCAL_VIEWER, c.history), c.key) for c in cases]
        guides = _guides(assistant)
    for channel in CHANNELS:
        found = _all([answer for answer, _ in asked], guides, channel)
        for sentence in rephrased(found):
            work.tell(f"{channel}: {sentence.literal}\n    {sentence.text}")
        keys = [key for answer, key in asked if answer.statements]
        yield from _scores(channel, list(zip(found, keys, strict=True)))


def rephrased(answers: Sequence[Phrased]) -> list[Sentence]:
    """The sentences that are said in other words than the source's."""
    return [s for a in answers for one in a.said for s in one.sentences if s.how == "rephrased"]


def _guides(assistant: Assistant) -> dict[Language, VoiceGuide]:
    return {guide.language: guide for guide in guides_in_force(assistant, LOCAL_VIEWER)}


def _all(
    answers: Sequence[Answer], guides: dict[Language, VoiceGuide], channel: Channel
) -> list[Phrased]:
    check = SupportCheck()

    def one(answer: Answer) -> Phrased:
        return phrased(
            answer.statements,
            guides,
            channel,
            check,
            language=answer.language,
            connected=answer.verdict == "answered",
        )

    for language in LANGUAGES:
        dictionary(language)  # read with the first answer, which takes a second
    for answer in answers[:3]:
        one(answer)
    return [one(answer) for answer in answers if answer.statements]


def _scores(channel: Channel, found: Sequence[tuple[Phrased, str]]) -> Iterator[Measured]:
    sentences = [(s, key) for answer, key in found for one in answer.said for s in one.sentences]
    for how in ("kept", "rephrased", "fell_back"):
        yield values_of(channel, how, ((s.how == how, key) for s, key in sentences))
    changed = ((not _same_facts(s), key) for s, key in sentences if s.how == "rephrased")
    yield values_of(channel, "facts changed", changed, higher_is_better=False)
    told = ((len(answer.said) > 0, key) for answer, key in found)
    yield values_of(channel, "answers with something to tell", told)
    times = [answer.ms for answer, _ in found]
    yield Score(channel, VOZ, "ms, mean", len(times), mean(times), None)
    slow = percentile(times, 95) if times else None
    yield Score(channel, VOZ, "ms, 95th", len(times), slow, None)


def _same_facts(sentence: Sentence) -> bool:
    """Each figure is there as often, and the support check has nothing against it."""
    if Counter(_FIGURE.findall(sentence.text)) != Counter(_FIGURE.findall(sentence.literal)):
        return False
    language = detect_language(sentence.literal)
    support = SupportCheck().check(sentence.text, [Evidence(sentence.literal, language)], language)
    return support.verdict == "supported" and not support.reasons
