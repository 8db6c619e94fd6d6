"""Contacts: running conversations with customers, their turns, and what happened in order."""
