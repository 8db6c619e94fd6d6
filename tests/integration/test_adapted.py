"""Additions are learned, kept in a file, and tell over the network what they told while learned."""

from __future__ import annotations

import copy
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer, models, pre_tokenizers, processors
from transformers import BertConfig, BertModel

from eval.fitting.adapting import LoraSettings, LoraTrainer, Task
from knowledge.encoders.adapted import AdaptedEncoder, Text
from knowledge.encoders.additions import learned, save
from knowledge.errors import ModelError
from tests.fakes import HashingEmbedder

WORDS = "uno dos tres cuatro cinco seis siete ocho".split()
HEADS = {"alike": ("no", "yes"), "first": tuple(WORDS[:3])}
HOW = LoraSettings(rank=8, tokens=256, threads=1)
RATE = 1e-2


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    vocabulary = {word: at for at, word in enumerate(["[PAD]", "[CLS]", "[SEP]", "[UNK]", *WORDS])}
    made = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    made.pre_tokenizer = pre_tokenizers.Whitespace()
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", 1), ("[SEP]", 2)],
    )
    return made


@pytest.fixture(scope="module")
def network() -> Any:
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=12, hidden_size=32, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=64, max_position_embeddings=32,
    )  # fmt: skip
    return BertModel(config, add_pooling_layer=False).eval()


def rows(count: int, seed: int) -> tuple[list[tuple[Text, int]], list[tuple[Text, int]]]:
    """Pairs that begin alike or not, and texts by the word they begin with."""
    dice = random.Random(seed)
    alike: list[tuple[Text, int]] = []
    first: list[tuple[Text, int]] = []
    for _ in range(count):
        one, more = dice.choice(WORDS), " ".join(dice.choices(WORDS, k=2))
        same = dice.random() < 0.5
        other = one if same else dice.choice([w for w in WORDS if w != one])
        alike.append(((f"{one} {more}", other), int(same)))
        begins = dice.randrange(3)
        first.append((f"{WORDS[begins]} {more}", begins))
    return alike, first


@pytest.fixture(scope="module")
def adaptation(network: Any, tokenizer: Tokenizer) -> LoraTrainer:
    made = LoraTrainer(network, tokenizer, HEADS, HOW)
    alike, first = rows(600, 1)
    tasks = [Task("alike", HEADS["alike"], alike, 12), Task("first", HEADS["first"], first, 2)]
    made.learn(tasks, RATE, lambda line: None)
    return made


@pytest.fixture
def encoder(
    adaptation: LoraTrainer, network: Any, tokenizer: Tokenizer, tmp_path: Path
) -> AdaptedEncoder:
    save(tmp_path / "additions.safetensors", adaptation.tensors(), HEADS)
    return AdaptedEncoder(network, tokenizer, learned(tmp_path / "additions.safetensors"))


def test_what_is_learned_is_told_of_others(encoder: AdaptedEncoder) -> None:
    for head, told in zip(HEADS, rows(200, 2), strict=True):
        texts, labels = [text for text, _ in told], [label for _, label in told]
        probabilities = encoder.told(head, texts)
        assert probabilities.shape == (200, len(encoder.labels(head)))
        assert np.allclose(probabilities.sum(1), 1)
        assert np.mean(probabilities.argmax(1) == labels) > 0.9


def test_learning_goes_on_from_what_was_learned(
    adaptation: LoraTrainer, network: Any, tokenizer: Tokenizer, tmp_path: Path
) -> None:
    path = tmp_path / "additions.safetensors"
    save(path, adaptation.tensors(), HEADS)
    again = LoraTrainer(network, tokenizer, HEADS, HOW)
    again.go_on_from(learned(path))
    before = adaptation.tensors()
    assert all(torch.equal(one, before[name]) for name, one in again.tensors().items())
    other = LoraTrainer(network, tokenizer, HEADS, LoraSettings(rank=4))
    with pytest.raises(ValueError, match="another rank"):
        other.go_on_from(learned(path))
    renamed = {"alike": ("yes", "no"), "first": HEADS["first"]}
    with pytest.raises(ValueError, match="other heads or classes"):
        LoraTrainer(network, tokenizer, renamed, HOW).go_on_from(learned(path))


def test_the_network_itself_stays_as_it_was(encoder: AdaptedEncoder, network: Any) -> None:
    before = copy.deepcopy(network.state_dict())
    encoder.told("first", ["uno dos"])
    assert all(torch.equal(before[name], one) for name, one in network.state_dict().items())


def test_order_and_company_do_not_matter(encoder: AdaptedEncoder) -> None:
    texts: list[Text] = [text for text, _ in rows(90, 3)[0]]
    together = encoder.told("alike", texts)
    encoder._kept.clear()
    apart = np.concatenate([encoder.told("alike", [text]) for text in reversed(texts)])[::-1]
    assert np.allclose(together, apart, atol=0.02)
    assert encoder.told("alike", []).shape == (0, 2)


def test_of_another_model_nothing_is_told() -> None:
    assert AdaptedEncoder.open(HashingEmbedder()) is None


def test_what_is_damaged_or_of_another_model_is_refused(
    adaptation: LoraTrainer, tmp_path: Path
) -> None:
    path = tmp_path / "additions.safetensors"
    path.write_bytes(b"no such format")
    with pytest.raises(ModelError, match="is damaged"):
        learned(path)
    save(path, adaptation.tensors(), HEADS)
    save_file(load_file(path), path, {"model": "another", "heads": "{}"})
    with pytest.raises(ModelError, match="another model"):
        learned(path)
