"""Questions and chunks to unit vectors, by a sentence-transformers model from a local folder.

Comes after chunking when documents are brought in, and first when a question is asked. A chunk
runs through the network once: its vector and its sentences' vectors are pooled from the same
token embeddings ("late chunking", Günther et al. 2024, https://arxiv.org/abs/2409.04701).
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from knowledge.encoders import e5, model_loading
from knowledge.encoders.token_encoder import attention_mask, token_encoder
from knowledge.errors import ModelError
from knowledge.models import Chunk, Embedded, Vector
from knowledge.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    import torch
    from sentence_transformers import SentenceTransformer
    from tokenizers import Encoding, Tokenizer

SCHEME = 1
"""Grows when vectors made here stop being comparable with those made before.

The precision of the matrices is no part of it: vectors of one text in bfloat16 and float32 agree
within rounding.
"""

BATCH_TOKENS = 1024
"""Tokens that go through the network together; more does not run faster."""

CACHED_QUERIES = 1024

DOCUMENT_PROMPTS = ("document", "passage", "corpus")
"""Names a model may give its prompt for documents, as in `SentenceTransformer.encode_document`."""


class SentenceTransformerEmbedder:
    """An `Embedder` over one sentence-transformers model; may be shared by threads.

    Every pass through the network uses one thread: for a question because two contended threads
    are several times slower than one, and in bulk because passes run side by side instead.
    """

    def __init__(
        self, model: SentenceTransformer, *, name: str, content: str, threads: int
    ) -> None:
        """Wrap a loaded model.

        Args:
            model: Transformer, Pooling and whatever follows.
            name: begins the fingerprint; for people.
            content: identifies weights, vocabulary, prompts and pooling.
            threads: passes that bulk embedding runs at once.

        Raises:
            ModelError: the model has no token embeddings to pool.
        """
        _check_modules(model)
        self._model = model
        self._threads = threads
        self._query_prompt = model.prompts.get("query") or ""
        self._chunk_prompt = next(filter(None, map(model.prompts.get, DOCUMENT_PROMPTS)), "")
        self._query_prompt_length = _prompt_length(model, self._query_prompt)
        self._chunk_prompt_length = _prompt_length(model, self._chunk_prompt)
        self._tokenizer = _tokenizer_of(model)  # last: what comes before sets it up otherwise
        self._tokens = token_encoder(model)
        self._dimension = model.get_embedding_dimension() or 0
        digest = hashlib.sha256(f"{SCHEME} {content}".encode()).hexdigest()
        self._fingerprint = f"{name}-{self._dimension}-{digest[:16]}"
        self._recent: dict[str, Vector] = {}
        self._recent_lock = threading.Lock()

    @classmethod
    def open(
        cls, settings: Settings, progress: Callable[[str], None] | None = None
    ) -> SentenceTransformerEmbedder:
        """The embedder that the settings name; the bundled model is unpacked on first use.

        Args:
            settings: `model` is a folder, or `None` for the bundled model.
            progress: gets one line if there is something to wait for.

        Raises:
            ModelError: the model is missing, damaged, or of a kind that is not loaded.
            StorageFull: the bundled model cannot be unpacked into the data folder.
        """
        threads = settings.threads or len(os.sched_getaffinity(0))
        if settings.model is None:
            folder = _unpacked_beside_imports(settings.bundled_model_dir, progress)
            content = f"{e5.PACKED_SHA256} {e5.LAYOUT}"
            return cls(_load(folder), name=e5.NAME, content=content, threads=threads)
        folder = settings.model
        model_loading.check_folder(folder, setting="VOZ_MODEL", required="modules.json")
        content = model_loading.hash_folder(folder)
        model = _load(folder)
        return cls(model, name=_kind_of(model), content=content, threads=threads)

    @property
    def fingerprint(self) -> str:
        """Identifies weights, prompts and pooling; vectors of two fingerprints never mix."""
        return self._fingerprint

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._dimension

    @property
    def bundled(self) -> bool:
        """Whether this is the model that comes with the program."""
        return self._fingerprint.startswith(f"{e5.NAME}-")

    @property
    def network(self) -> Any:
        """The transformers network under the pooling."""
        return self._model[0].model

    @property
    def tokenizer(self) -> Tokenizer:
        """Texts to tokens, cut at the model's window, without padding."""
        return self._tokenizer

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Number of model tokens of each text, without special tokens and prompts."""
        encodings = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        # What lies beyond the model's window is in the overflow, without repetition
        return [len(e) + sum(map(len, e.overflowing)) for e in encodings]

    def embed_query(self, query: str) -> Vector:
        """``(dimension,)`` float32 unit vector of a question; read-only, recent ones are kept."""
        return self.embed_queries([query])[0]

    def embed_queries(self, queries: Sequence[str]) -> list[Vector]:
        """As `embed_query`, of several at once: two cost little more time than one."""
        with self._recent_lock:
            known = {query: self._recent[query] for query in queries if query in self._recent}
        new = [query for query in dict.fromkeys(queries) if query not in known]
        if new:
            computed = dict(zip(new, self._compute_queries(new), strict=True))
            known |= computed
            with self._recent_lock:
                self._recent |= computed
                while len(self._recent) > CACHED_QUERIES:
                    self._recent.pop(next(iter(self._recent)), None)
        return [known[query] for query in queries]

    def embed_chunks(self, chunks: Sequence[Chunk]) -> list[Embedded]:
        """Vectors of each chunk and of its sentences, in order.

        What lies beyond the model's window is cut off; a sentence without a token inside it gets
        its chunk's vector.
        """
        texts = [self._chunk_prompt + chunk.embedded_text for chunk in chunks]
        encodings = self._tokenizer.encode_batch(texts)
        spans = [
            _token_spans(encoding, chunk, len(text) - len(chunk.text))
            for encoding, chunk, text in zip(encodings, chunks, texts, strict=True)
        ]
        by_length = batches([len(encoding) for encoding in encodings])
        embedded: list[Embedded | None] = [None] * len(chunks)

        def run(batch: list[int]) -> None:
            done = self._embed_batch([encodings[i].ids for i in batch], [spans[i] for i in batch])
            for index, result in zip(batch, done, strict=True):
                embedded[index] = result

        with ThreadPoolExecutor(self._threads, thread_name_prefix="embed") as pool:
            list(pool.map(run, by_length))
        return [result for result in embedded if result is not None]

    def _compute_queries(self, queries: Sequence[str]) -> list[Vector]:
        import torch

        model_loading.use_one_thread()
        encodings = self._tokenizer.encode_batch([self._query_prompt + query for query in queries])
        with torch.inference_mode():
            tokens = self._tokens([encoding.ids for encoding in encodings])
            vectors = self._pool(tokens, self._query_prompt_length)
        results: list[Vector] = [vector.numpy() for vector in vectors.unbind()]
        for result in results:
            result.setflags(write=False)  # shared by all who ask the same
        return results

    def _embed_batch(self, sequences: list[list[int]], spans: list[Spans]) -> list[Embedded]:
        import torch

        model_loading.use_one_thread()
        with torch.inference_mode():
            tokens = self._tokens(sequences)
            vectors = self._pool(tokens, self._chunk_prompt_length)
            return [
                Embedded(vector.numpy(), self._sentence_vectors(own, vector, places))
                for own, vector, places in zip(tokens, vectors, spans, strict=True)
            ]

    def _pool(self, tokens: list[torch.Tensor], prompt_length: dict[str, Any]) -> torch.Tensor:
        """``(n, dimension)`` float32 unit vectors by the model's own pooling and what follows."""
        import torch

        features: dict[str, Any] = {
            "token_embeddings": torch.nn.utils.rnn.pad_sequence(tokens, batch_first=True),
            "attention_mask": attention_mask([len(own) for own in tokens]),
            **prompt_length,
        }
        for module in list(self._model)[1:]:
            features = module(features)
        return _unit(features["sentence_embedding"])

    def _sentence_vectors(
        self, tokens: torch.Tensor, vector: torch.Tensor, spans: Spans
    ) -> NDArray[np.float16]:
        """``(n_sentences, dimension)`` unit vectors: means of the sentences' tokens."""
        import torch

        if not spans:
            return np.empty((0, self._dimension), np.float16)
        inside = [start < end for start, end in spans]
        means = [tokens[start : max(end, start + 1)].mean(0) for start, end in spans]
        features = {"sentence_embedding": torch.stack(means)}
        for module in list(self._model)[2:]:  # what follows the pooling, e.g. a projection
            features = module(features)
        vectors = _unit(features["sentence_embedding"])
        chosen = torch.where(torch.tensor(inside)[:, None], vectors, vector)
        result: NDArray[np.float16] = chosen.half().numpy()
        return result


Spans = list[tuple[int, int]]
"""First token and the one after the last, per sentence; equal where no token falls inside."""


def _token_spans(encoding: Encoding, chunk: Chunk, text_start: int) -> Spans:
    """Tokens of each of the chunk's sentences.

    A token belongs where it ends: unigram tokens begin with the space before the word.

    Args:
        encoding: of prompt, context and text.
        chunk: gives the sentences, as offsets in its text.
        text_start: offset of that text in what was encoded.
    """
    ends = np.array([end for _, end in encoding.offsets])
    # Special tokens have the empty offsets (0, 0); let the ends rise so that they can be searched
    ends = np.maximum.accumulate(ends)
    if encoding.special_tokens_mask[-1]:
        ends[-1] = np.iinfo(ends.dtype).max
    starts, stops = np.array(chunk.sentences, dtype=np.int64).reshape(-1, 2).T + text_start
    first = np.searchsorted(ends, starts, side="right")
    after = np.searchsorted(ends, stops, side="right")
    return list(zip(first.tolist(), after.tolist(), strict=True))


def batches(lengths: Sequence[int], tokens: int = BATCH_TOKENS) -> list[list[int]]:
    """Indices of sequences of similar length, longest first.

    Args:
        lengths: in tokens.
        tokens: of a batch at most, if all its sequences were as long as its longest.
    """
    found: list[list[int]] = []
    for index in sorted(range(len(lengths)), key=lambda i: -lengths[i]):
        # The first of a batch is its longest: padded, all count as long as that
        if not found or (len(found[-1]) + 1) * lengths[found[-1][0]] > tokens:
            found.append([])
        found[-1].append(index)
    return found


def _unit(vectors: torch.Tensor) -> torch.Tensor:
    """Rows scaled to length 1."""
    import torch

    return torch.nn.functional.normalize(vectors, dim=-1)


def _unpacked_beside_imports(folder: Path, progress: Callable[[str], None] | None) -> Path:
    """The bundled model's folder; its half gigabyte is hashed on another core meanwhile.

    Raises:
        ModelError, StorageFull: as of `e5.ensure_unpacked`.
    """
    with ThreadPoolExecutor(1, thread_name_prefix="unpack") as pool:
        unpacked = pool.submit(e5.ensure_unpacked, folder, progress)
        with model_loading.loading_libraries():
            import sentence_transformers  # noqa: F401
        return unpacked.result()


def _load(folder: Path) -> SentenceTransformer:
    """The model in a checked folder, in float32.

    Raises:
        ModelError: the library cannot make sense of it.
    """
    with model_loading.loading_libraries():
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        model_loading.use_one_thread()
        try:
            model = SentenceTransformer(
                str(folder),
                device="cpu",
                local_files_only=True,
                trust_remote_code=False,
                model_kwargs={"dtype": torch.float32, "use_safetensors": True},
            )
        except Exception as error:  # the library lets through whatever a bad file causes
            raise model_loading.cannot_load("VOZ_MODEL", folder, error) from error
    return model.eval()


def _check_modules(model: SentenceTransformer) -> None:
    """Refuse a model without token embeddings that are pooled."""
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer

    kinds = [type(module).__name__ for module in model]
    if len(kinds) < 2 or not isinstance(model[0], Transformer) or not isinstance(model[1], Pooling):
        raise ModelError(
            f"the embedding model is made of {', '.join(kinds)}, expected Transformer, Pooling "
            "and what follows; choose a model with token embeddings"
        )


def _prompt_length(model: SentenceTransformer, prompt: str) -> dict[str, Any]:
    """The feature by which pooling leaves the prompt out, for models that do so; else nothing."""
    features = model.preprocess(["."], prompt=prompt or None)
    return {key: value for key, value in features.items() if key == "prompt_length"}


def _kind_of(model: SentenceTransformer) -> str:
    return str(getattr(model.config, "model_type", "") or "model")


def _tokenizer_of(model: SentenceTransformer) -> Tokenizer:
    """The model's tokenizer without padding and cut at the model's window.

    It is set up once and used directly: the wrapper around it sets truncation and padding anew on
    each call, which fails when two threads do so at once.
    """
    backend: Tokenizer | None = getattr(model.tokenizer, "backend_tokenizer", None)
    if backend is None:
        raise ModelError("the embedding model has no tokenizer.json; save it with a fast tokenizer")
    backend.enable_truncation(max_length=model.max_seq_length or e5.MAX_TOKENS)
    backend.no_padding()
    return backend
