"""Sentences changed on purpose: contradictions to be found, and harmless look-alikes."""
