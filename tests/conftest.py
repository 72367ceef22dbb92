"""How Hypothesis runs."""

from __future__ import annotations

from hypothesis import settings

# Time is measured in `make bench`, never asserted in a test: these machines are shared.
settings.register_profile("newscrawl", deadline=None)
settings.load_profile("newscrawl")
