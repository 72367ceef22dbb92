"""What an element's tag, classes, id and microdata say that it is: the roles of `data/roles.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib import resources
from itertools import pairwise
from typing import Any

_TABLE: dict[str, dict[str, Any]] = tomllib.loads(
    resources.files("newscrawl.page").joinpath("data", "roles.toml").read_text(encoding="utf-8")
)
FURNITURE: dict[str, float] = {
    role: float(entry["furniture"]) for role, entry in _TABLE.items() if entry.get("furniture")
}
"""Role → how surely what has it is no part of the article, 0.0 … 1.0."""

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"[a-z]+|[\u0621-\u064a]+")
_LONGEST = 300
"""Characters of an element's names that are read."""


def _index(kind: str) -> dict[str, str]:
    return {word: role for role, entry in _TABLE.items() for word in entry.get(kind, "").split()}


_BY_WORD, _BY_TAG, _BY_ITEMPROP = _index("words"), _index("tags"), _index("itemprop")
_NONE: frozenset[str] = frozenset()


@lru_cache(maxsize=8192)
def roles_of(tag: str, names: str, itemprop: str = "") -> frozenset[str]:
    """The roles that an element says it has.

    Args:
        tag: the element's.
        names: its classes and id.
        itemprop: its microdata property.

    >>> sorted(roles_of("div", "postAuthor share-box"))
    ['byline', 'share']
    """
    found = {_BY_TAG.get(tag, ""), _BY_ITEMPROP.get(itemprop.strip().lower(), "")}
    if names:
        words = _WORD.findall(_CAMEL.sub("-", names[:_LONGEST]).lower())
        found.update(_BY_WORD.get(word, "") for word in words)
        found.update(_BY_WORD.get(first + second, "") for first, second in pairwise(words))
    found.discard("")
    return frozenset(found) if found else _NONE


@lru_cache(maxsize=4096)
def furniture_of(roles: frozenset[str]) -> float:
    """How surely what has such roles around it is the site's, not the article's: 0.0 … 1.0."""
    return min(1.0, sum(FURNITURE.get(role, 0.0) for role in roles))
