"""Tiny, randomly initialised networks saved as the folders that operators point at."""

from __future__ import annotations

from pathlib import Path
from typing import Any

WORDS = "<s> <pad> </s> <unk> el la de un colchón devolución plazo días the a mattress refund . ,"
SIZES: dict[str, Any] = {
    "vocab_size": 32,
    "hidden_size": 32,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "intermediate_size": 64,
    "max_position_embeddings": 40,
    "pad_token_id": 1,
    "initializer_range": 0.5,
}


def tokenizer(model_max_length: int = 32) -> Any:
    """Whole words, lower case, between ``<s>`` and ``</s>``."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    vocabulary = {word: number for number, word in enumerate(WORDS.split())}
    backend = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
    backend.normalizer = normalizers.Lowercase()
    backend.pre_tokenizer = pre_tokenizers.Whitespace()
    backend.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> $B </s>",
        special_tokens=[("<s>", 0), ("</s>", 2)],
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=backend,
        model_max_length=model_max_length,
        bos_token="<s>",
        eos_token="</s>",
        cls_token="<s>",
        sep_token="</s>",
        pad_token="<pad>",
        unk_token="<unk>",
    )


def network(model_type: str, *, classify: bool = False) -> Any:
    """A network with random weights, the same in every run."""
    import torch
    from transformers import AutoConfig, AutoModel, AutoModelForSequenceClassification

    sizes = SIZES
    if model_type == "distilbert":
        sizes = {
            "vocab_size": 32,
            "dim": 32,
            "n_layers": 2,
            "n_heads": 4,
            "hidden_dim": 64,
            "max_position_embeddings": 40,
            "pad_token_id": 1,
            "initializer_range": 0.5,
        }
    torch.manual_seed(7)
    if classify:
        config = AutoConfig.for_model(model_type, **sizes, num_labels=1)
        return AutoModelForSequenceClassification.from_config(config).eval()
    return AutoModel.from_config(AutoConfig.for_model(model_type, **sizes)).eval()


def save_embedding_model(
    folder: Path,
    *,
    model_type: str = "bert",
    pooling: str = "mean",
    dense: int | None = None,
    prompts: dict[str, str] | None = None,
) -> Path:
    """A sentence-transformers folder: network, pooling, optional projection to ``dense``."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules.dense import Dense
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer

    parts = folder.with_name(folder.name + "-parts")
    network(model_type).save_pretrained(parts)
    tokenizer().save_pretrained(parts)
    modules: list[Any] = [Transformer(str(parts)), Pooling(32, pooling)]
    if dense:
        modules.append(Dense(32, dense))
    model = SentenceTransformer(modules=modules, prompts=prompts, device="cpu")
    model.save(str(folder), create_model_card=False)
    return folder


def save_reranker(folder: Path, *, labels: int = 1) -> Path:
    """A CrossEncoder folder."""
    from sentence_transformers import CrossEncoder

    parts = folder.with_name(folder.name + "-parts")
    classifier = network("bert", classify=True)
    if labels != 1:
        import torch

        classifier.config.num_labels = labels
        classifier.classifier = torch.nn.Linear(32, labels)
    classifier.save_pretrained(parts)
    tokenizer().save_pretrained(parts)
    CrossEncoder(str(parts), device="cpu").save(str(folder), create_model_card=False)
    return folder
