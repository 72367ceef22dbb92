"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/) → candidates."""

from __future__ import annotations

import json
from typing import Any

from newscrawl.discovery.dates import DateReader
from newscrawl.discovery.links import clean_title, is_absolute, language_tag, tidy_url
from newscrawl.discovery.listing import Candidate, Listing, Place
from newscrawl.page.json_numbers import whole_number

_BEGINNING = 1 << 16


def looks_like_json_feed(content: bytes) -> bool:
    """Tell whether a document is a JSON object and so may be a JSON Feed. `content` is UTF-8.

    >>> looks_like_json_feed(b' {"version": "https://jsonfeed.org/version/1"}'), looks_like_json_feed(b"[]")
    (True, False)
    """
    return content[:_BEGINNING].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def read_json_feed(content: bytes, place: Place) -> Listing | None:
    """Read the items of a JSON Feed, in its order; None when the document is none. `content` is UTF-8.

    An item's address is its `url`, else an `id` that is an absolute URL, else its `external_url`.
    """
    try:
        feed = json.loads(content.decode("utf-8-sig", "replace"), strict=False, parse_int=whole_number)
    except (ValueError, RecursionError):
        return None
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        return None
    items = [item for item in feed["items"] if isinstance(item, dict)]
    if "jsonfeed.org/version/" not in _text(feed, "version") and not any(_link(one, place) for one in items):
        return None
    dates = DateReader(place.zone, place.now)
    language = _text(feed, "language")
    read = [_candidate(item, place, dates, language) for item in items[: place.limits.max_candidates]]
    candidates = [one for one in read if one is not None]
    problems = _problems(place, len(items), len(read) - len(candidates))
    return Listing("feed", candidates, problems=problems + dates.problems(place.url))


def _candidate(item: dict[str, Any], place: Place, dates: DateReader, language: str) -> Candidate | None:
    url = _link(item, place)
    if url is None:
        return None
    published, modified = dates.read(_text(item, "date_published")), dates.read(_text(item, "date_modified"))
    return Candidate(
        url=url,
        source="feed",
        found_in=place.url,
        title=clean_title(_text(item, "title")),
        published_at=published,
        modified_at=modified if modified != published else None,
        language=language_tag(_text(item, "language") or language),
    )


def _link(item: dict[str, Any], place: Place) -> str | None:
    own = _text(item, "id")
    absolute = own if is_absolute(own) else ""
    for link in (_text(item, "url"), absolute, _text(item, "external_url")):
        if link and (url := tidy_url(link, place.url)):
            return url
    return None


def _text(values: dict[str, Any], key: str) -> str:
    """Return a text value without half a character: JSON may escape one half of a pair of surrogates."""
    value = values.get(key)
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else ""


def _problems(place: Place, found: int, unlinked: int) -> list[str]:
    problems = []
    if unlinked:
        problems.append(
            f"{place.url}: {unlinked} of {found} item(s) have no link to a page (notes, audio?): left out."
        )
    if found > place.limits.max_candidates:
        problems.append(
            f"{place.url}: {found:,} items, of which the first {place.limits.max_candidates:,} are read."
        )
    if not found:
        problems.append(
            f"{place.url}: a feed without items. Open it in a browser; if it stays empty, remove it "
            "from the outlet's file."
        )
    return problems
