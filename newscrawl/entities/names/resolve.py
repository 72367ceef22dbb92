"""A short name → the full one of the same article: بوتين → فلاديمير بوتين, شي → شي جي بينغ."""

from __future__ import annotations

from collections.abc import Sequence

from newscrawl.entities.names.standard import key_of

Key = tuple[str, ...]


def resolve(names: Sequence[Key]) -> list[int]:
    """For each person's name of an article, in order, the index of the name that says it in full.

    A name of two words or more is full. A shorter one is taken for the last full name before it that ends
    with it, then for one that begins with it; where none stands before, for the first that follows. A first
    name that several full names share says nothing, and stays as it is.

    Returns:
        Indices into `names`; a full name, or one that stays alone, has its own.
    """
    keys = [key_of(name) for name in names]
    return [index if len(key) > 1 else _full(index, key, keys) for index, key in enumerate(keys)]


def _full(index: int, short: Key, keys: list[Key]) -> int:
    size = len(short)
    ending = [i for i, key in enumerate(keys) if len(key) > size and key[-size:] == short]
    beginning = [i for i, key in enumerate(keys) if len(key) > size and key[:size] == short]
    if len({keys[i] for i in beginning}) > 1:
        beginning = []
    for found in (ending, beginning):
        before = [i for i in found if i < index]
        if found:
            return before[-1] if before else found[0]
    return index
