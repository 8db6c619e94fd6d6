"""`voz eval voice`: what phrasing makes of answers, and whether anything it says is changed.

Over the statements of the answers to agents' questions on the example company's documents
(``eval/sets/agents_example.jsonl``), with the company's own voice guides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.bootstrap import LOCAL_VIEWER
from assistant.models import Answer
from assistant.pipeline import Assistant
from assistant.support.check import SupportCheck
from assistant.support.models import Evidence
from assistant.voice.in_force import guides_in_force
from assistant.voice.models import Channel, VoiceGuide
from assistant.voice.phrasing import Phrased, Sentence, phrased
from eval.corpora.desks import ALMENDRO
from eval.scores import Progress, Score
from eval.statistics.means import mean, standard_error
from knowledge.language import detect_language
from knowledge.models import LANGUAGES, Language
from knowledge.ports import Embedder
from knowledge.search.spelling import dictionary
from knowledge.settings import Settings

CHANNELS: tuple[Channel, ...] = ("phone", "email")
"""What is said, and what is written."""
_FIGURE = re.compile(r"\d[\d.,:]*")


def evaluate(
    data: Path,
    embedder: Embedder,
    settings: Settings,
    *,
    which: str = "report",
    progress: Progress = lambda line: None,
    tell: Progress = lambda line: None,
) -> Iterator[Score]:
    """Shares of sentences kept, rephrased and gone back; of changed facts; milliseconds.

    Args:
        data: folder of the public data; the example's documents are not in it.
        embedder: for the answers.
        settings: where the registers are.
        which: ``fit``, ``report`` or ``all``.
        progress: told of work that takes time.
        tell: told of each sentence in other words, and of its source.
    """
    progress(f"{ALMENDRO.name}: reading the documents (minutes the first time)")
    with ALMENDRO.assistant(data, embedder, settings) as assistant:
        cases = ALMENDRO.cases(which, assistant)
        progress(f"{ALMENDRO.name} ({which}): {len(cases)} questions")
        answers = [assistant.ask(c.question, LOCAL_VIEWER, c.history) for c in cases]
        guides = _guides(assistant)
    for channel in CHANNELS:
        found = _all(answers, guides, channel)
        for sentence in rephrased(found):
            tell(f"{channel}: {sentence.literal}\n    {sentence.text}")
        yield from _scores(channel, found)


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


def _scores(channel: Channel, found: Sequence[Phrased]) -> Iterator[Score]:
    sentences = [s for answer in found for one in answer.said for s in one.sentences]
    for how in ("kept", "rephrased", "fell_back"):
        values = [float(sentence.how == how) for sentence in sentences]
        yield Score(channel, "voz", how, len(values), mean(values), standard_error(values))
    changed = [float(not _same_facts(s)) for s in sentences if s.how == "rephrased"]
    yield Score(channel, "voz", "facts changed", len(changed), mean(changed), None)
    told = [float(len(answer.said) > 0) for answer in found]
    yield Score(channel, "voz", "answers with something to tell", len(told), mean(told), None)
    times = sorted(answer.ms for answer in found)
    yield Score(channel, "voz", "ms, mean", len(times), mean(times), None)
    yield Score(channel, "voz", "ms, 95th", len(times), times[int(0.95 * (len(times) - 1))], None)


def _same_facts(sentence: Sentence) -> bool:
    """Each figure is there as often, and the support check has nothing against it."""
    if Counter(_FIGURE.findall(sentence.text)) != Counter(_FIGURE.findall(sentence.literal)):
        return False
    language = detect_language(sentence.literal)
    support = SupportCheck().check(sentence.text, [Evidence(sentence.literal, language)], language)
    return support.verdict == "supported" and not support.reasons
