"""A folder's manifest, `_newscrawl_export.json`: what it holds, and up to which change of the archive."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from newscrawl.files import replacing
from newscrawl.filters import Filters
from newscrawl.outputs.export.schema import LAYOUT, Format

NAME = "_newscrawl_export.json"
"""Readers of data sets pass over names with a leading underscore."""


class ExportError(Exception):
    """This export cannot be written as asked; the message says why and how to mend it."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a folder was exported with, and what is in it."""

    format: Format
    filters: Filters
    cursor: int | None = None
    """Every change of the archive up to this version is in the folder; None: its first export never ended."""
    cursor_article: str = ""
    """The article that the change at the cursor concerned; tells whether this is still the same archive."""
    days: dict[date, int] = field(default_factory=dict)
    """How many articles each day's file holds; without days that are being written or have no articles."""
    exported_at: datetime | None = None
    """When the archive was as the folder shows it; None as with `cursor`."""
    layout: int = LAYOUT
    content: str = "articles"
    """What its files hold, which is their name too: articles, or the revisions of those that changed."""

    def write(self, folder: Path) -> None:
        """Replace the folder's manifest with this one.

        Raises:
            OSError: it cannot be written.
        """
        values = {
            "content": self.content,
            "format": self.format,
            "filters": self.filters.to_json(),
            "layout": self.layout,
            "cursor": self.cursor,
            "cursor_article": self.cursor_article,
            "exported_at": self.exported_at.isoformat() if self.exported_at else None,
            "articles": sum(self.days.values()),
            "days": {day.isoformat(): count for day, count in sorted(self.days.items())},
        }
        with replacing(folder / NAME) as stream:
            stream.write(json.dumps(values, ensure_ascii=False, indent=1).encode() + b"\n")


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a folder; None if it has none.

    Raises:
        ExportError: it is damaged.
    """
    try:
        return _manifest(json.loads((folder / NAME).read_bytes()))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ExportError(
            f"{folder / NAME} cannot be read ({type(error).__name__}: {error}); "
            "write the folder anew with --full and --format"
        ) from error


def _manifest(values: dict[str, Any]) -> Manifest:
    if values["format"] not in ("jsonl", "parquet"):
        raise ValueError(f"format {values['format']!r}")
    return Manifest(
        format=values["format"],
        filters=Filters.from_json(values["filters"]),
        cursor=values["cursor"],
        cursor_article=values["cursor_article"],
        days={date.fromisoformat(day): int(count) for day, count in values["days"].items()},
        exported_at=_moment(values["exported_at"]),
        layout=values["layout"],
        content=values.get("content", "articles"),
    )


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
