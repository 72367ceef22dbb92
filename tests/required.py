"""What a test needs and this machine may lack: without it the test is skipped, or fails if it must run.

NEWSCRAWL_TEST_REQUIRE: which of `elasticsearch`, `docker-compose`, `shared` (the data in ../shared) and
    `camel` (torch and transformers) must be there. Continuous integration sets it, and so skips nothing
    in silence.
"""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def required(word: str) -> bool:
    """Whether a test that lacks it must fail."""
    return word in os.environ.get("NEWSCRAWL_TEST_REQUIRE", "").replace(",", " ").split()


def missing(word: str, reason: str) -> NoReturn:
    """Skip the test for this reason, or fail it."""
    if required(word):
        pytest.fail(f"required by NEWSCRAWL_TEST_REQUIRE: {reason}", pytrace=False)
    pytest.skip(reason)
