"""Summaries of contacts, their transfer, and the sending of summaries to another program."""
