"""How Hypothesis runs, and that the shared data is there where it must be."""

from __future__ import annotations

import pytest
from hypothesis import settings

from tests.required import SHARED, required

# Time is measured in `make bench`, never asserted in a test: these machines are shared.
settings.register_profile("newscrawl", deadline=None)
settings.load_profile("newscrawl")


def pytest_sessionstart() -> None:
    """Stop at once where ../shared is required: many tests would skip without it."""
    absent = [name for name in ("corpus", "ner", "outlets", "pages") if not (SHARED / name).is_dir()]
    if required("shared") and absent:
        pytest.exit(f"required by NEWSCRAWL_TEST_REQUIRE: {SHARED / absent[0]}", returncode=1)
