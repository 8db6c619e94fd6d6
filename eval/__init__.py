"""Measures retrieval, answers and refusals against labelled sets."""
