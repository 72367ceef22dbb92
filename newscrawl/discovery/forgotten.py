"""Which URLs were seen and let go, in eight to twenty bytes each."""

from __future__ import annotations

from array import array

_STATE = 0b111
_FIRST_SLOTS = 1 << 10
_FULLEST = 0.65
"""Of the slots; beyond it, probing takes long."""


class Forgotten:
    """URLs by their 64-bit hashes, each with a state from 0 to 7: an open-addressing table of integers.

    Python salts its hash of a string with a secret, so no site can make two of its URLs collide. The hash
    gives three of its bits to the state: among five million URLs, two are taken for one in 1 of 180,000 runs.
    """

    def __init__(self) -> None:
        self._slots = array("Q", bytes(8 * _FIRST_SLOTS))
        self._used = 0

    def __len__(self) -> int:
        """How many URLs were put."""
        return self._used

    def find(self, url: str) -> int | None:
        """A URL's state; None if it was never put."""
        if not self._used:
            return None
        found = self._slots[self._slot(_key(url))]
        return found & _STATE if found else None

    def put(self, url: str, state: int) -> None:
        """Set a URL's state."""
        key = _key(url)
        slot = self._slot(key)
        self._used += not self._slots[slot]
        self._slots[slot] = key | state
        if self._used > len(self._slots) * _FULLEST:
            self._grow()

    def _slot(self, key: int) -> int:
        """Where a key stands, or belongs."""
        slots = self._slots
        last = len(slots) - 1
        slot = (key >> 3) & last
        while (there := slots[slot]) and there & ~_STATE != key:
            slot = (slot + 1) & last
        return slot

    def _grow(self) -> None:
        before = self._slots
        self._slots = array("Q", [0]) * (2 * len(before))
        for entry in before:
            if entry:
                self._slots[self._slot(entry & ~_STATE)] = entry


def _key(url: str) -> int:
    # Never 0, which is an empty slot.
    return hash(url) & 0xFFFF_FFFF_FFFF_FFF8 or 8
