"""How long to wait before the next try."""

from __future__ import annotations

import random

FIRST_S = 1.0
LONGEST_S = 60.0


def backoff(tries: int, *, first: float = FIRST_S, longest: float = LONGEST_S) -> float:
    """Seconds to wait after `tries` failures in a row: doubling, with jitter, at most `longest`.

    Half of it is chance, so that many clients of one server do not come back all at once
    (M. Brooker, "Exponential Backoff And Jitter", 2015: "equal jitter").
    """
    full = min(longest, first * 2.0 ** min(max(tries - 1, 0), 30))
    return full / 2 + random.uniform(0, full / 2)  # noqa: S311  (no secret)
