"""Guided steps at the rim: the routes, what is heard, and procedures as JSON and as lines."""
