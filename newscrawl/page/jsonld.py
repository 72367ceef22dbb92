"""JSON-LD as browsers and search engines forgive it: in CDATA, with comments, with a trailing comma."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from newscrawl.page.json_numbers import whole_number
from newscrawl.page.parse import only_text

_DEPTH = 4
_ITEMS = 50
"""So deep and so many objects of one list are read; pages that need more were made to hurt."""
_NESTED = 20
"""So deep an object's own values are read."""
_CONTROL = re.compile(r"[\x00-\x1f]+")
_ESCAPE = re.compile(r"\\u(?:[dD][89a-fA-F]|00[01]|[fF]{3}[eEfF])|\\[bf]|&#")
"""How JSON may write what is no text."""
_WRAPPING = re.compile(r"<!--|-->|(?://|/\*)?\s*<!\[CDATA\[\s*(?:\*/)?|(?://|/\*)?\s*\]\]>\s*(?:\*/)?")
"""What old templates put around a script, for browsers that knew none."""
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|//[^\n]*|/\*.*?\*/|,(?=\s*[}\]])', re.DOTALL)
_HOLDERS = ("@graph", "mainentity", "mainentityofpage")
"""Keys (lower case) whose values are objects of the page too."""


def is_linked_data(kind: str) -> bool:
    """Whether a script's `type` says JSON-LD; a charset may follow it."""
    return kind.partition(";")[0].strip().lower() == "application/ld+json"


def read_linked_data(text: str) -> Iterator[dict[str, Any]]:
    """The objects of one script, those of `@graph` and `mainEntity` too; keys in lower case.

    Never raises: what cannot be read is left out.
    """
    text = text.strip().lstrip("\ufeff")
    for value in _values(text):
        yield from _objects(_sound(value) if _ESCAPE.search(text) else value)


def _values(text: str) -> list[Any]:
    """The values in a script: strictly read first, then with each thing that is forgiven."""
    return next(filter(None, (_in_a_row(attempt.strip()) for attempt in _forgiven(text))), [])


def _forgiven(text: str) -> Iterator[str]:
    """A script's text: as it is, without comments and what wraps it, and unescaped."""
    yield text
    plain = _CONTROL.sub(" ", _TOKEN.sub(_without_comment, _WRAPPING.sub(" ", text)))
    yield plain
    yield unescape(plain)


def _without_comment(match: re.Match[str]) -> str:
    return match[0] if match[0].startswith('"') else " "


def _in_a_row(text: str) -> list[Any]:
    """The values at a text's beginning, one after another."""
    decoder = json.JSONDecoder(strict=False, parse_int=whole_number)
    found: list[Any] = []
    at = 0
    while at < len(text) and len(found) < _ITEMS:
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        found.append(value)
        while at < len(text) and (text[at].isspace() or text[at] in ";,"):
            at += 1
    return found


def _sound(value: Any, depth: int = 0) -> Any:
    """A JSON value whose strings hold only text; None for what lies too deep to be of use."""
    if isinstance(value, str):
        return only_text(value)
    if isinstance(value, list | dict) and depth > _NESTED:
        return None
    if isinstance(value, list):
        return [_sound(item, depth + 1) for item in value]
    if isinstance(value, dict):
        return {key: _sound(item, depth + 1) for key, item in value.items()}
    return value


def _objects(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > _DEPTH:
        return
    if isinstance(value, list):
        for item in value[:_ITEMS]:
            yield from _objects(item, depth + 1)
    elif isinstance(value, dict):
        lower = {str(key).lower(): item for key, item in value.items()}
        yield lower
        for key in _HOLDERS:
            yield from _objects(lower.get(key), depth + 1)
