"""What a test needs and this machine may lack: without it the test is skipped, or fails if it must run.

NEWSCRAWL_TEST_REQUIRE: which of `elasticsearch`, `docker-compose`, `shared` (the data in ../shared),
    `camel` (torch and transformers) and `s3` (s3fs and moto) must be there. Continuous integration sets it,
    and so skips nothing in silence.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import NoReturn

import pytest


def required(word: str) -> bool:
    """Whether a test that lacks it must fail."""
    return word in os.environ.get("NEWSCRAWL_TEST_REQUIRE", "").replace(",", " ").split()


def missing(word: str, reason: str) -> NoReturn:
    """Skip the test for this reason, or fail it where `word` is required."""
    if required(word):
        pytest.fail(f"required by NEWSCRAWL_TEST_REQUIRE: {reason}", pytrace=False)
    pytest.skip(reason)


SHARED = Path(__file__).resolve().parents[2] / "shared"
"""Real pages and texts that others own and that we may not pass on: beside the checkout, or absent."""


def shared(name: str) -> Path:
    """A file or folder of the shared data; the test that asks is skipped where it is absent."""
    path = SHARED / name
    if not path.exists():
        missing("shared", f"../shared/{name} is absent")
    return path
