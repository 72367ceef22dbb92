"""What a recogniser finds before it has a name: a stretch of the text and its class."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from newscrawl.article import EntityLabel

LABELS: dict[str, EntityLabel] = {"PERS": "PERSON", "ORG": "ORGANIZATION", "LOC": "LOCATION", "MISC": "MISC"}
"""The classes of ANERcorp, and of CAMeL Tools' models, as newscrawl names them."""


@dataclass(frozen=True, slots=True)
class Span:
    """An entity at `text[start:end]`."""

    label: EntityLabel
    start: int
    end: int


def spans_of(tags: Iterable[str], places: Iterable[tuple[int, int]]) -> list[Span]:
    """The spans of BIO tags (B-PERS, I-PERS, …, O) over tokens at the given places, one tag a token.

    An I- that follows another class or nothing begins a span, as seqeval's default reading has it.

    Raises:
        ValueError: there are not as many tags as places.
    """
    found: list[Span] = []
    inside = ""
    for tag, (start, end) in zip(tags, places, strict=True):
        prefix, _, kind = tag.partition("-")
        if prefix == "I" and kind == inside:
            found[-1] = Span(found[-1].label, found[-1].start, end)
        elif kind:
            found.append(Span(LABELS[kind], start, end))
        inside = kind
    return found
