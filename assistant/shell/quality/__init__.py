"""Evaluations: the page of those who answer for quality, its REST API, who carries them out."""
