"""Guided steps: a procedure in a source as a checklist, and how far a conversation is in it."""
