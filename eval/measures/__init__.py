"""Measures, each a small file: one number of one answer, or why there is none."""
