"""The articles our newsroom publishes: read from texts/*.toml, told apart by outlet and edition."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

TEXTS_DIR = Path(__file__).parent / "texts"
OUTLETS = ("sahel", "almarfa", "albaydar", "majma")


@dataclass(frozen=True, slots=True)
class Text:
    """One article as its author wrote it; times carry an offset."""

    slug: str
    title: str
    published: datetime
    body: tuple[str, ...]
    """Paragraphs."""
    summary: str = ""
    section: str = ""
    author: str = ""
    agency: str = ""
    dateline: str = ""
    tags: tuple[str, ...] = ()
    modified: datetime | None = None
    """Set on a corrected text only."""

    @property
    def words(self) -> int:
        """Words of the body."""
        return sum(len(paragraph.split()) for paragraph in self.body)


@dataclass(frozen=True, slots=True)
class Special:
    """A text with a part to play: corrected, new, second_article, english, persian, flash, video."""

    kind: str
    outlet: str
    text: Text


@dataclass(frozen=True)
class Desk:
    """What one outlet has to publish in one edition."""

    edition: int
    texts: tuple[Text, ...]
    """The ordinary articles, in a lasting order; corrected ones in their place, new ones last."""
    corrected: frozenset[str]
    """Slugs whose text changes between the editions (in both editions)."""
    new: frozenset[str]
    """Slugs that only edition 2 has."""
    specials: dict[str, tuple[Text, ...]]
    """english, persian, flash, video, second_article → texts."""

    def steady(self) -> tuple[Text, ...]:
        """The ordinary articles that read the same in both editions."""
        return tuple(text for text in self.texts if text.slug not in self.corrected | self.new)


def load_desks(edition: int, folder: Path = TEXTS_DIR) -> dict[str, Desk]:
    """Every outlet's texts for an edition.

    Raises:
        ValueError: a special names an unknown outlet, or corrects an article that does not exist.
        KeyError: a text lacks one of slug, title, published, body.
    """
    specials = [_special(row) for row in _tables(folder / "special.toml", "special")]
    if strays := {special.outlet for special in specials} - set(OUTLETS):
        raise ValueError(f"special.toml names unknown outlets: {sorted(strays)}")
    return {
        outlet: _desk(
            edition,
            [_text(row) for row in _tables(folder / f"{outlet}.toml", "article")],
            [special for special in specials if special.outlet == outlet],
        )
        for outlet in OUTLETS
    }


def _desk(edition: int, articles: list[Text], specials: list[Special]) -> Desk:
    corrections = {special.text.slug: special.text for special in specials if special.kind == "corrected"}
    if strays := corrections.keys() - {text.slug for text in articles}:
        raise ValueError(f"corrected texts without an original: {sorted(strays)}")
    fresh = [special.text for special in specials if special.kind == "new"]
    if edition == 2:
        articles = [
            replace(corrections[text.slug], published=text.published) if text.slug in corrections else text
            for text in articles
        ] + fresh
    parts: dict[str, tuple[Text, ...]] = {}
    for special in specials:
        if special.kind not in {"corrected", "new"}:
            parts[special.kind] = (*parts.get(special.kind, ()), special.text)
    return Desk(
        edition, tuple(articles), frozenset(corrections), frozenset(text.slug for text in fresh), parts
    )


def _tables(path: Path, name: str) -> list[dict[str, Any]]:
    with path.open("rb") as file:
        rows: list[dict[str, Any]] = tomllib.load(file)[name]
    return rows


def _special(row: dict[str, Any]) -> Special:
    return Special(row["kind"], row["outlet"], _text(row))


def _text(row: dict[str, Any]) -> Text:
    known = {name: row[name] for name in Text.__dataclass_fields__ if name in row}
    return Text(**{**known, "body": tuple(row["body"]), "tags": tuple(row.get("tags", ()))})
