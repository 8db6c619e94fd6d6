"""Contacts looked over by people: the scorecard, which contacts, what it comes to."""
