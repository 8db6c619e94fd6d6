"""A model that tells whether a passage supports a statement, tiny and randomly initialised."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.support.check import SupportCheck
from assistant.support.models import Evidence
from knowledge.encoders.entailment import CrossEncoderEntailment
from knowledge.errors import ModelError
from knowledge.settings import Settings
from tests.integration import tiny_models

PASSAGES = ["plazo de devolución", "un colchón .", "the refund"]


def named(folder: Path, *names: str) -> Path:
    """A tiny model with classes of these names."""
    tiny_models.save_reranker(folder, labels=len(names))
    config = json.loads((folder / "config.json").read_text("utf-8"))
    config["id2label"] = {str(at): name for at, name in enumerate(names)}
    config["label2id"] = {name: at for at, name in enumerate(names)}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    return folder


def opened(folder: Path) -> CrossEncoderEntailment:
    judge = CrossEncoderEntailment.open(Settings(support_model=folder))
    assert judge is not None
    return judge


@pytest.fixture(scope="module")
def classes(tmp_path_factory: pytest.TempPathFactory) -> CrossEncoderEntailment:
    folder = tmp_path_factory.mktemp("models") / "nli"
    return opened(named(folder, "contradiction", "entailment", "neutral"))


def test_without_a_setting_there_is_no_model() -> None:
    assert CrossEncoderEntailment.open(Settings(support_model=None)) is None


def test_the_class_named_entailment_gives_the_probability(
    classes: CrossEncoderEntailment,
) -> None:
    import torch

    network, tokenizer = classes._model.model, tiny_models.tokenizer()
    for passage, ours in zip(PASSAGES, classes.support("un plazo", PASSAGES), strict=True):
        with torch.inference_mode():
            logits = network(**tokenizer(passage, "un plazo", return_tensors="pt")).logits[0]
        assert ours == pytest.approx(logits.softmax(0)[1].item(), abs=1e-5)


def test_one_score_is_taken_as_a_probability(tmp_path: Path) -> None:
    judge = opened(tiny_models.save_reranker(tmp_path / "score"))
    found = judge.support("un plazo", PASSAGES)
    assert len(found) == 3
    assert all(0 < one < 1 for one in found)


def test_no_passages_give_nothing(classes: CrossEncoderEntailment) -> None:
    assert classes.support("un plazo", []) == []


@pytest.mark.parametrize(
    "names", [("LABEL_0", "LABEL_1"), ("not_entailment", "other"), ("supported", "entailment")]
)
def test_classes_that_do_not_tell_which_one_supports_are_refused(
    names: tuple[str, ...], tmp_path: Path
) -> None:
    with pytest.raises(ModelError, match=f"VOZ_SUPPORT_MODEL has the classes '{names[0]}'"):
        opened(named(tmp_path / "classes", *names))


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"VOZ_SUPPORT_MODEL.*config\.json"):
        opened(tmp_path)


class Judge:
    """Gives one opinion of everything, and keeps what it was asked."""

    def __init__(self, opinion: float) -> None:
        self.opinion = opinion
        self.asked: list[tuple[str, list[str]]] = []

    def support(self, statement: str, passages: Sequence[str]) -> list[float]:
        self.asked.append((statement, list(passages)))
        return [self.opinion for _ in passages]


EVIDENCE = [Evidence("El envío cuesta 5,99 € y llega en tres días.", "es", "Envíos")]


def test_where_nothing_certain_differs_the_model_decides() -> None:
    against, in_favour = Judge(0.2), Judge(0.9)
    said = "El envío cuesta 5,99 € y llega en tres días."
    other = "Recibir un paquete sale por 5,99 €."
    assert SupportCheck(judge=against).check(said, EVIDENCE, "es").verdict == "unsupported"
    assert SupportCheck(judge=in_favour).check(other, EVIDENCE, "es").probability == 0.9
    assert against.asked == [(said, ["Envíos\nEl envío cuesta 5,99 € y llega en tres días."])]


def test_another_figure_stays_another_whatever_a_model_says() -> None:
    judge = Judge(1.0)
    support = SupportCheck(judge=judge).check("El envío cuesta 6,99 €.", EVIDENCE, "es")
    assert (support.verdict, support.reasons[0].cause) == ("contradicted", "other_number")
    assert judge.asked == []
