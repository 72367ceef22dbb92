"""The copies that `make evaluate ARGS=copies` finds in other people's pairs stay above their floors."""

import pytest

from bench.evaluate import copies
from bench.evaluate.floors import below


@pytest.mark.evaluation
def test_copies_are_found_and_frames_are_not():
    if not copies.FOLDER.exists():
        pytest.skip("../shared/syndication is absent")
    assert below({"copies": copies.report()}) == []
