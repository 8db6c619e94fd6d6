"""The pipeline that tutorials show: split, embed, keep in Chroma, take the nearest pieces."""

from collections.abc import Mapping
from typing import Any

from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter


def index(texts: Mapping[str, str], model: Embeddings, folder: str) -> Chroma:
    """The pieces of the texts by name; those of an unbroken earlier run are taken as they are."""
    pages = [Document(text, metadata={"document": name}) for name, text in texts.items()]
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    pieces = splitter.split_documents(pages)
    space: Any = {"hnsw": {"space": "cosine"}}
    store = Chroma("langchain", model, folder, collection_configuration=space)
    if len(store.get(include=[])["ids"]) != len(pieces):
        store.reset_collection()
        for start in range(0, len(pieces), 2_000):
            store.add_documents(pieces[start : start + 2_000])
    return store


def nearest(store: Chroma, question: str, k: int) -> list[tuple[str, str, float]]:
    """``(document, text, cosine similarity)`` of the nearest pieces, best first."""
    found = store.similarity_search_with_score(question, k)
    return [(page.metadata["document"], page.page_content, 1 - far) for page, far in found]
