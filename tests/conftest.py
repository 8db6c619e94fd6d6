"""Settings of all tests."""

from __future__ import annotations

from hypothesis import settings

# The first example of a test may load a dictionary, and machines are shared.
settings.register_profile("project", deadline=None)
settings.load_profile("project")
