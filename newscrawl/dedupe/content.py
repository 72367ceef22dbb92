"""The hash of what an article says, whatever letters and marks it says it with."""

from __future__ import annotations

import hashlib

from newscrawl.arabic.normalise import normalise


def content_hash(title: str, body: str) -> str:
    """sha256 (64 hex digits) of the normalised title and body.

    Hamza forms, harakat, tatweel, digits of either kind and white space make no difference; a letter
    or figure does.
    """
    return hashlib.sha256(f"{normalise(title)}\n{normalise(body)}".encode()).hexdigest()
