"""Scorecards with their versions, samples of contacts, and what reviewers said of them."""
