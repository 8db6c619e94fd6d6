"""fact_coverage, must_facts and contradicted_facts: does the answer say what it has to?"""

from __future__ import annotations

from collections.abc import Iterator

from eval.golden.models import Fact
from eval.measures.matching import comparable, expected, figures, measures, says_any
from eval.measures.models import Asked, Measure, NotApplicable, Score
from knowledge.language import detect_language
from knowledge.text import content_words, fold, sentence_spans, stem

SAME_SUBJECT = 0.5
"""Share of the words of a sentence that states a fact from which another is on its subject too."""
LEAST_SUBJECT = 3
"""Words without its figures that such a sentence must have: two words are no subject."""


def stated(fact: Fact, text: str) -> bool:
    """Whether a text says a fact, in one of its wordings or by its value."""
    return says_any(text, fact.aliases) or measures(text, fact)


def facts_said(asked: Asked) -> frozenset[str]:
    """Ids of the facts that are said."""
    return frozenset(f.id for f in asked.case.facts if stated(f, asked.outcome.text))


def _coverage(asked: Asked) -> Score:
    if not asked.case.facts:
        return NotApplicable("no_facts")
    return len(facts_said(asked)) / len(asked.case.facts)


def _must(asked: Asked) -> Score:
    must = {fact.id for fact in asked.case.facts if fact.must}
    if not must:
        return NotApplicable("no_facts")
    return float(must <= facts_said(asked))


def _contradicted(asked: Asked) -> Score:
    with_value = [fact for fact in asked.case.facts if expected(fact) is not None]
    if not with_value:
        return NotApplicable("no_values")
    if asked.outcome.did == "abstain":
        return NotApplicable("abstained")
    return sum(denied(fact, asked) for fact in with_value) / len(with_value)


def denied(fact: Fact, asked: Asked) -> bool:
    """Whether a sentence on the same subject has another value, and none has the right one."""
    wanted = expected(fact)
    if wanted is None or stated(fact, asked.outcome.text):
        return False
    subjects = _subjects(fact, asked)
    for sentence in _sentences(asked.outcome.text):
        if not any(comparable(found, wanted) for found in figures(sentence)):
            continue
        said = _stems(sentence)
        if any(len(words & said) >= SAME_SUBJECT * len(words) for words in subjects):
            return True
    return False


def _subjects(fact: Fact, asked: Asked) -> list[frozenset[str]]:
    """Words of each sentence that states the fact in a gold quote or the reference answer.

    Each for itself: sources in two languages share hardly a word.
    """
    texts = [gold.quote for gold in asked.case.gold if gold.quote]
    texts += [asked.case.reference_answer] if asked.case.reference_answer else []
    stating = (s for text in texts for s in _sentences(text) if stated(fact, s))
    return [words for words in map(_stems, stating) if len(words) >= LEAST_SUBJECT]


def _stems(sentence: str) -> frozenset[str]:
    """Content words but for those of figures: any two periods are of so many days."""
    language, rest = detect_language(sentence), sentence
    for figure in figures(sentence):
        rest = rest[: figure.start] + " " * (figure.end - figure.start) + rest[figure.end :]
    plain = (word for word in content_words(fold(rest)) if not word[:1].isdigit())
    return frozenset(stem(word, language) for word in plain)


def _sentences(text: str) -> Iterator[str]:
    return (text[start:end] for start, end in sentence_spans(text))


FACT_COVERAGE = Measure(
    name="fact_coverage",
    formula="facts that the answer says / facts; 0 for an abstention",
    source="nuggets of TREC; claim recall of RAGChecker (arXiv 2408.08067)",
    score=_coverage,
)
MUST_FACTS = Measure(
    name="must_facts",
    formula="1 if the answer says every fact that it must, else 0; 0 for an abstention",
    source="own",
    score=_must,
)
CONTRADICTED_FACTS = Measure(
    name="contradicted_facts",
    formula="facts of which a sentence on the same subject has another value / facts with a value",
    source="own",
    score=_contradicted,
    higher_is_better=False,
)
