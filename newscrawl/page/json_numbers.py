"""Numbers in foreign JSON: one that nobody can mean must not cost the document around it."""

from __future__ import annotations

_DIGITS = 300
"""More have no meaning, and Python refuses to read those of some thousand."""


def whole_number(digits: str) -> int | None:
    """The number, for `parse_int` of `json`; None where it is absurdly long.

    >>> whole_number("-17"), whole_number("9" * 6000)
    (-17, None)
    """
    return int(digits) if len(digits) <= _DIGITS else None
