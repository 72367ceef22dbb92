"""Workers of a crawl killed at random, idle and busy: every page is stored, and counted once."""

import sys

import pytest

from bench import kills

pytestmark = [
    pytest.mark.faults,
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="workers are found in Linux's /proc"),
]


def test_no_run_hangs_and_no_page_is_lost():
    figures = kills.measure(runs=2, pages=30, kills=3)
    assert (figures.kills, figures.hung, figures.broken) == (6, 0, 0)
    assert figures.lost == 0
    assert figures.counted == figures.pages == 60
