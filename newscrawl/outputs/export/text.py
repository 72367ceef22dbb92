"""Text that cannot be written as UTF-8, made writable."""

from __future__ import annotations

from typing import Any


def mended(value: Any) -> Any:
    """The same value with U+FFFD for halves of characters, in every text that it holds.

    A page's JSON-LD may name an author with half of a surrogate pair. That is no character and no UTF-8
    can hold it; the rest of the article must not be lost with it.
    """
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [mended(one) for one in value]
    if isinstance(value, dict):
        return {key: mended(one) for key, one in value.items()}
    return value
