"""Promises and complaints: what is owed to a customer, by when, by whom, and every step of it."""
