"""Sets of other layouts as golden sets: BEIR, SQuAD, and those of `eval.corpora.public`."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from eval.cases import Case
from eval.corpora.public import SETS, load
from eval.corpora.reading import rows
from eval.golden.models import MAX_ANSWER_CHARS, SCHEMA
from eval.golden.reading import GoldenSet, check_rows
from knowledge.errors import SettingsError
from knowledge.language import detect_language
from knowledge.refusals.reason import Reason

MAX_QUESTION_CHARS = 2_000
MAX_ID_CHARS = 100
_DIGEST_CHARS = 10
_NO_ID = re.compile(r"[^\w.:/-]+")


def converted(layout: str, path: Path) -> tuple[GoldenSet | None, list[Reason]]:
    """The set in another layout; questions of one language may be asked of the other.

    Args:
        layout: of `LAYOUTS`.
        path: a file, or a folder for ``beir`` and the labelled sets.

    Raises:
        SettingsError: there is no such layout, or a file is missing or damaged.
    """
    if layout not in LAYOUTS:
        raise SettingsError(f"layout {layout!r} is not known: expected one of {', '.join(LAYOUTS)}")
    return check_rows(list(enumerate(LAYOUTS[layout](path), 1)))


def _beir(path: Path) -> Iterator[dict[str, Any]]:
    """``queries.jsonl`` and ``qrels/test.tsv``, or the only file in ``qrels``."""
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    for query, document, grade in _qrels(path):
        if grade > 0:
            grades[query][document] = min(grade, 2)
    for row in rows(path / "queries.jsonl"):
        gold = grades.get(str(row.get("_id")), {})
        if gold:
            yield _case(
                str(row["_id"]),
                str(row.get("text", "")),
                [
                    {"document": name, "grade": grade, "required": False}
                    for name, grade in gold.items()
                ],
            )


def _qrels(path: Path) -> Iterator[tuple[str, str, int]]:
    files = sorted((path / "qrels").glob("*.tsv"))
    chosen = next((file for file in files if file.stem == "test"), files[0] if files else None)
    if chosen is None:
        raise SettingsError(f"{path / 'qrels'} has no .tsv file: BEIR keeps its judgements there")
    with chosen.open(encoding="utf-8", newline="") as lines:
        for number, line in enumerate(csv.reader(lines, delimiter="\t"), 1):
            if number == 1 and not line[-1:][0].lstrip("-").isdigit():
                continue
            try:
                query, document, grade = line
                yield query, document, int(grade)
            except ValueError as error:
                raise SettingsError(
                    f"{chosen}, line {number}: expected query, document and a whole number, "
                    f"separated by tabs"
                ) from error


def _squad(path: Path) -> Iterator[dict[str, Any]]:
    """SQuAD 1.1 or 2.0; the title of a text is taken for the name of its document."""
    try:
        articles = json.loads(path.read_text("utf-8"))["data"]
        for article in articles:
            for paragraph in article["paragraphs"]:
                for asked in paragraph["qas"]:
                    yield _asked(asked, str(article.get("title", "")), paragraph["context"])
    except OSError as error:
        raise SettingsError(f"{path} cannot be read ({error.strerror})") from error
    except (ValueError, KeyError, TypeError) as error:
        raise SettingsError(
            f"{path} is not in SQuAD's layout ({type(error).__name__}: {error}): expected data, "
            "paragraphs, context, qas, question and answers"
        ) from error


def _asked(asked: dict[str, Any], title: str, context: str) -> dict[str, Any]:
    answers = list(dict.fromkeys(answer["text"] for answer in asked.get("answers", [])))
    if asked.get("is_impossible") or not answers:
        return _unanswerable(str(asked["id"]), asked["question"])
    gold = [{"document": title, "quote": _line_of(answers[0], context)}]
    return _case(str(asked["id"]), asked["question"], gold, answers)


def _line_of(answer: str, context: str) -> str | None:
    """Words around the answer, which tell the passage from others of the document."""
    at = context.find(answer)
    return context[max(0, at - 60) : at + len(answer) + 60].strip() if at >= 0 else None


def _labelled(name: str) -> Callable[[Path], Iterator[dict[str, Any]]]:
    def read(path: Path) -> Iterator[dict[str, Any]]:
        seen: set[str] = set()
        for labelled in load([name], path):
            for case in labelled.cases:
                one = f"{labelled.corpus}/{case.id}"
                if one not in seen:
                    seen.add(one)
                    yield _of(case, one, near=labelled.name.endswith("unanswerable"))

    return read


def _of(case: Case, name: str, *, near: bool) -> dict[str, Any]:
    if near:
        return _unanswerable(name, case.question) | {"lang": case.language}
    gold = [{"document": one, "required": False} for one in sorted(case.relevant)]
    return _case(name, case.question, gold, list(case.facts)) | {"lang": case.language}


def _case(
    name: str, question: str, gold: list[dict[str, Any]], answers: list[str] | None = None
) -> dict[str, Any]:
    case: dict[str, Any] = _question(name, question) | {
        "answerability": "answerable",
        "expected_behaviour": "answer",
        "gold": gold,
    }
    if answers:
        case["facts"] = [{"id": "answer", "must": True, "aliases": answers}]
        case["reference_answer"] = answers[0][:MAX_ANSWER_CHARS]
    return case


def _unanswerable(name: str, question: str) -> dict[str, Any]:
    return _question(name, question) | {
        "answerability": "unanswerable",
        "expected_behaviour": "abstain",
    }


def _question(name: str, question: str) -> dict[str, Any]:
    return {
        "schema_version": SCHEMA,
        "id": _id(name),
        "lang": detect_language(question),
        "turns": [{"role": "customer", "text": question[:MAX_QUESTION_CHARS]}],
    }


def _id(name: str) -> str:
    """The name as an id; a longer one ends in its digest, so that none of them meet."""
    plain = _NO_ID.sub("-", name)
    if len(plain) <= MAX_ID_CHARS:
        return plain
    digest = hashlib.sha256(name.encode()).hexdigest()[:_DIGEST_CHARS]
    return f"{plain[: MAX_ID_CHARS - _DIGEST_CHARS - 1]}-{digest}"


LAYOUTS: dict[str, Callable[[Path], Iterator[dict[str, Any]]]] = {
    "beir": _beir,
    "squad": _squad,
    **{name: _labelled(name) for name in SETS},
}
"""By name: what reads it."""
