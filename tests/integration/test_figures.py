"""What figures are said of is learned, kept in a file, and told over the network."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import BertConfig, BertModel

from eval.fitting.adapting import LoraSettings
from eval.fitting.figures import FigureTrainer
from eval.fitting.marked_figures import About, Marked, Passage
from knowledge.encoders.additions import learned, save
from knowledge.encoders.figures import MOST_TOKENS, FigureReader, sequenced
from knowledge.errors import ModelError
from knowledge.ports import Figured
from tests.fakes import HashingEmbedder

WORDS = "sofa mesa silla cama cuesta tarda euros son 10 20 30 40".split()
SPECIAL = ["<pad>", "<s>", "</s>", "<unk>", "<mask>"]
THINGS = ("sofa", "mesa", "silla", "cama")
HOW = LoraSettings(rank=8, tokens=256, threads=1)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    vocabulary = {word: at for at, word in enumerate([*SPECIAL, *WORDS])}
    made = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
    made.pre_tokenizer = pre_tokenizers.Whitespace()
    return made


@pytest.fixture(scope="module")
def network() -> Any:
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(SPECIAL) + len(WORDS), hidden_size=32, num_hidden_layers=2,
        num_attention_heads=2, intermediate_size=64, max_position_embeddings=MOST_TOKENS + 1,
    )  # fmt: skip
    return BertModel(config, add_pooling_layer=False).eval()


def priced(thing: str, value: str, above: str = "") -> Marked:
    """A sentence with one figure."""
    text = f"{thing} cuesta {value} euros"
    start = text.index(value)
    return Marked(Figured(above, text, ((start, start + len(value)),)), ("money",))


def passage(values: str) -> Passage:
    """What four things cost, and what agents say that they do: other figures, in another order."""
    lines = tuple(priced(thing, value) for thing, value in zip(THINGS, values.split(), strict=True))
    about = tuple(
        About(priced(thing, "40"), 0, frozenset({(n, 0)}), "es-es")
        for n, thing in enumerate(THINGS)
    )
    return Passage(values, values, "fit", lines, about)


@pytest.fixture(scope="module")
def trainer(network: Any, tokenizer: Tokenizer) -> FigureTrainer:
    made = FigureTrainer(network, tokenizer, HOW)
    groups = [(passage("10 20 30 40"), replace(passage("20 10 40 30"), about=()))] * 40
    told: list[str] = []
    made.learn(groups, 1e-2, told.append)
    assert told[-1].startswith("step 40 of 40: loss ")
    return made


@pytest.fixture
def reader(
    trainer: FigureTrainer, network: Any, tokenizer: Tokenizer, tmp_path: Path
) -> FigureReader:
    save(tmp_path / "figures.safetensors", trainer.tensors(), {})
    return FigureReader(network, tokenizer, learned(tmp_path / "figures.safetensors"))


def test_a_figure_is_like_that_of_the_same_thing_whatever_its_value(reader: FigureReader) -> None:
    lines = [priced(thing, "30") for thing in THINGS]
    own, others = (
        np.concatenate(reader.said_of([one.figured for one in texts]))
        for texts in ([priced(thing, "20") for thing in THINGS], lines)
    )
    assert np.allclose(np.linalg.norm(own, axis=1), 1, atol=1e-2)
    assert (own @ others.T).argmax(1).tolist() == [0, 1, 2, 3]


def test_its_value_tells_nothing(reader: FigureReader) -> None:
    one, other = (reader.said_of([priced("mesa", value).figured])[0] for value in ("10", "40"))
    assert np.array_equal(one, other)


def test_each_figure_of_a_text_has_its_place_and_what_lies_beyond_is_not_read(
    reader: FigureReader, tokenizer: Tokenizer
) -> None:
    text = "sofa 10 mesa 20"
    figures = ((5, 7), (13, 15))
    ids, own, places = sequenced(Figured("silla", text, figures), tokenizer)
    assert [tokenizer.id_to_token(one) for one in ids] == [
        "<s>", "silla", "</s>", "</s>", "sofa", "<mask>", "mesa", "<mask>", "</s>",
    ]  # fmt: skip
    assert (own, places) == (4, (5, 7))
    long = f"{'mesa ' * MOST_TOKENS}10"
    (beyond,) = reader.said_of([Figured("", long, ((len(long) - 2, len(long)),))])
    assert not beyond.any()
    assert reader.said_of([]) == []


def test_what_was_asked_is_remembered(reader: FigureReader, monkeypatch: Any) -> None:
    texts = [priced(thing, "10").figured for thing in THINGS]
    first = reader.said_of(texts)
    monkeypatch.setattr(reader, "_compute", lambda new: pytest.fail("read again"))
    again = reader.said_of(texts[::-1])[::-1]
    assert all(np.array_equal(a, b) for a, b in zip(first, again, strict=True))


def test_learning_goes_on_from_what_was_learned(
    trainer: FigureTrainer, network: Any, tokenizer: Tokenizer, tmp_path: Path
) -> None:
    path = tmp_path / "figures.safetensors"
    save(path, trainer.tensors(), {})
    again = FigureTrainer(network, tokenizer, HOW)
    again.go_on_from(learned(path))
    before = trainer.tensors()
    assert all(torch.equal(one, before[name]) for name, one in again.tensors().items())
    with pytest.raises(ValueError, match="another rank"):
        FigureTrainer(network, tokenizer, LoraSettings(rank=4)).go_on_from(learned(path))


def test_of_another_model_nothing_is_told_and_what_is_damaged_is_refused(
    trainer: FigureTrainer, network: Any, tokenizer: Tokenizer, tmp_path: Path
) -> None:
    assert FigureReader.open(HashingEmbedder()) is None
    path = tmp_path / "figures.safetensors"
    without = {k: v for k, v in trainer.tensors().items() if not k.startswith("projection")}
    save(path, without, {})
    with pytest.raises(ModelError, match=r"damaged \(no 'projection"):
        FigureReader(network, tokenizer, learned(path))
