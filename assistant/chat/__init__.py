"""Composing with a chat model: prompts, streaming under limits, and the check of what it wrote."""
