"""Implementations of `knowledge.ports.VectorIndex`: exact search and Chroma.

They come after the register, whose vectors they hold, and before retrieval, which asks them
through `knowledge.search.indexes`.
"""

from knowledge.search.vectors.chroma import ChromaIndex
from knowledge.search.vectors.exact import ExactIndex, best

__all__ = ["ChromaIndex", "ExactIndex", "best"]
