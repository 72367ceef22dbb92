"""What changed from one text to the next, word by word."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal


@dataclass(frozen=True, slots=True)
class Change:
    """A run of words that both texts have, or only one of them."""

    kind: Literal["same", "cut", "added"]
    words: tuple[str, ...]


def changes(before: str, now: str) -> list[Change]:
    """The way from one text to another: what stands in `before` and what in `now`, in their order.

    >>> [(one.kind, " ".join(one.words)) for one in changes("قال الوزير أمس", "قال الوزير اليوم")]
    [('same', 'قال الوزير'), ('cut', 'أمس'), ('added', 'اليوم')]
    """
    was, becomes = before.split(), now.split()
    found = []
    for tag, a, b, c, d in SequenceMatcher(None, was, becomes, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Change("same", tuple(was[a:b])))
            continue
        if b > a:
            found.append(Change("cut", tuple(was[a:b])))
        if d > c:
            found.append(Change("added", tuple(becomes[c:d])))
    return found


def count(found: list[Change], kind: Literal["same", "cut", "added"]) -> int:
    """How many words were cut, or added, or stayed."""
    return sum(len(one.words) for one in found if one.kind == kind)
