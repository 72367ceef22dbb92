"""What every tagger is: the Tagger protocol, and the spans that a recogniser finds before they have names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from newscrawl.article import EntityLabel, Mention


class TaggerUnavailable(RuntimeError):  # noqa: N818  (it is a state, not a fault)
    """A tagger that was asked for cannot be used; the message says why, and what to do."""


class Tagger(Protocol):
    """Finds people, organisations, places and other names in Arabic text.

    Attributes:
        identity: name and version ("light 2026.11", "camel arabert int8"): what `Article.tagger` records.
    """

    identity: str

    def tag(self, texts: Sequence[str]) -> list[list[Mention]]:
        """The mentions of each text in order of place, with character offsets into that text.

        Each text is read as one article: a short name is resolved within it.
        """


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
