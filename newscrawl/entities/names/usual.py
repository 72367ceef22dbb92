"""The usual spelling of a word that is written in several: احمد → أحمد."""

from __future__ import annotations


def usual_spelling(word: str) -> str:
    """The word as edited text mostly writes it."""
    return word
