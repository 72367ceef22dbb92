"""The grammar of dates: every date that an Arabic page shows, to machines or to readers, in any calendar."""

from newscrawl.arabic.dates.reader import (
    EARLIEST_YEAR,
    FUTURE_ALLOWANCE,
    MAX_CHARACTERS,
    Moment,
    Stamp,
    Unreadable,
    read_moment,
    read_stamp,
)

__all__ = [
    "EARLIEST_YEAR",
    "FUTURE_ALLOWANCE",
    "MAX_CHARACTERS",
    "Moment",
    "Stamp",
    "Unreadable",
    "read_moment",
    "read_stamp",
]
