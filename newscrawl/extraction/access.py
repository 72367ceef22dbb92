"""What a page says of free access to its article."""

from __future__ import annotations

from typing import Any

from newscrawl.page.statements import Statements

_TRUTHS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_TIERS = {"free": True, "locked": False, "premium": False}
"""`article:content_tier`, of Facebook's news guidelines; a metered article is free to some readers."""


def read_access(said: Statements) -> bool | None:
    """Whether the article is free to read; None where the page does not say."""
    stated = _truth(said.article.get("isaccessibleforfree"))
    if stated is not None:
        return stated
    parts = said.article.get("haspart")
    for part in (parts if isinstance(parts, list) else [parts])[:20]:
        if isinstance(part, dict) and _truth(part.get("isAccessibleForFree")) is False:
            return False
    return _TIERS.get(said.meta.get("article:content_tier", "").strip().lower())


def _truth(value: Any) -> bool | None:
    """A JSON-LD boolean, also as a text ("False") or as schema.org's address of one."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, bool):
        return value
    return _TRUTHS.get(value.strip().rsplit("/", 1)[-1].lower()) if isinstance(value, str) else None
