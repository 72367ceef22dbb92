"""Filters: which articles are meant, for search, exports, retagging and the views of names alike.

Their SQL is in store/articles.py, their Elasticsearch form in search/elastic/dsl.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from newscrawl.arabic.normalise import normalise

VALUES = {
    "outlet": "outlets",
    "country": "countries",
    "section": "sections",
    "language": "languages",
    "story_id": "stories",
}
"""Field of an article, and command line option (`story_id` is --story) → attribute. An article has one of the
values asked for."""
NAMES = {"person": "people", "org": "organizations", "place": "places"}
"""Command line option → attribute. An article mentions every name asked for."""
KINDS = {"people": "person", "organizations": "organization", "places": "location"}
"""Attribute → kind of name, as in `Article.entities`."""

FLAGS = ("originals", "collapse")
"""Command line option and attribute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which articles; what is empty or None leaves the choice open."""

    outlets: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    """Codes as articles have them: EG, or pan."""
    sections: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()
    """Ids of stories (docs/stories.md)."""
    people: tuple[str, ...] = ()
    """Canonical names in any spelling, all of which the article must mention; so with the next two."""
    organizations: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    since: datetime | None = None
    """Event times from here …"""
    until: datetime | None = None
    """… to here, both included."""
    originals: bool = False
    """Only articles that copy no other one (docs/copies.md)."""
    collapse: bool = False
    """Of the articles of one cluster that pass all others, one; searches and exports know which."""

    @classmethod
    def from_options(cls, **options: Any) -> Filters:
        """Filters from the command line's options, each under its own name (`outlet`, `org`, `since` …)."""
        renamed = VALUES | NAMES
        return cls(**{renamed.get(name, name): value for name, value in options.items()})

    def values(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Field of an article, and the values of which it has one; fields left open are left out."""
        for field, attribute in VALUES.items():
            wanted = getattr(self, attribute)
            if wanted:
                yield field, wanted

    def names(self) -> Iterator[tuple[str, str]]:
        """(kind, normalised name) of each name that an article must mention."""
        for attribute, kind in KINDS.items():
            for name in getattr(self, attribute):
                yield kind, normalise(name)

    def to_json(self) -> dict[str, Any]:
        """The filters under the names of the options; equal choices give equal JSON.

        Sections, languages, stories, originals and collapse are there only where they are chosen: exports of
        older versions know none of them.
        """
        chosen: dict[str, Any] = {
            option: sorted(set(getattr(self, attribute)))
            for option, attribute in VALUES.items()
            if option in ("outlet", "country") or getattr(self, attribute)
        }
        for option, attribute in NAMES.items():
            chosen[option] = sorted(set(map(normalise, getattr(self, attribute))))
        for option in ("since", "until"):
            moment = getattr(self, option)
            chosen[option] = moment.astimezone(UTC).isoformat() if moment else None
        return chosen | {option: True for option in FLAGS if getattr(self, option)}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Filters:
        """The filters back from `to_json`'s form.

        Raises:
            ValueError: a time is not ISO 8601.
        """
        chosen: dict[str, Any] = {option: tuple(values.get(option, ())) for option in VALUES | NAMES}
        for option in ("since", "until"):
            moment = values.get(option)
            chosen[option] = datetime.fromisoformat(moment) if moment else None
        return cls.from_options(**chosen, **{option: bool(values.get(option)) for option in FLAGS})
