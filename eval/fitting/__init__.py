"""Weights learned from half ``fit`` of the labelled sets."""
