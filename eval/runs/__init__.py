"""Runs: a golden set asked of the assistant, kept as a folder that is only ever added to."""
