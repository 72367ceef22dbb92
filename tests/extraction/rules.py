"""How the rules of each version read the golden pages: a fingerprint a page, recorded in rules.json.

`python -m tests.extraction.rules` records those of today's RULES. It refuses where a page is read otherwise
and RULES was not raised.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from newscrawl.article import Article, Rejected
from newscrawl.extraction import RULES
from newscrawl.store.articles import OF_STORY
from tests.extraction.golden import OWN, load
from tests.extraction.golden import read as read_golden

FILE = Path(__file__).with_name("rules.json")
NOT_READ = {"rules", *OF_STORY}
"""Fields that say nothing of a reading; others of the store were there from the first, always empty."""


class Recorded(NamedTuple):
    """The version, and the fingerprint of each golden page as it reads them."""

    version: int
    pages: dict[str, str]


def fingerprint(result: Article | Rejected) -> str:
    """Twelve digits for all that was read."""
    if isinstance(result, Rejected):
        values = {"outcome": result.outcome, "reason": result.reason}
    else:
        values = {key: value for key, value in result.to_json().items() if key not in NOT_READ}
    text = json.dumps(values, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def read() -> dict[str, str]:
    """The fingerprints of our own golden pages as they are read now."""
    readings = {gold.name: read_golden(gold) for gold in load(OWN)}
    return {name: fingerprint(one.article or one.rejected) for name, one in readings.items()}


def recorded(file: Path = FILE) -> Recorded:
    """What was recorded last; version 0 without pages where nothing was."""
    if not file.exists():
        return Recorded(0, {})
    return Recorded(**json.loads(file.read_text(encoding="utf-8")))


def changed(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """The pages that are new, gone, or read otherwise."""
    return sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))


def record(file: Path, version: int, pages: dict[str, str]) -> None:
    """Record how a version reads the pages.

    Raises:
        SystemExit: pages that were there are read otherwise than recorded for this very version.
    """
    last = recorded(file)
    other = [name for name in changed(last.pages, pages) if name in last.pages]
    if other and version == last.version:
        raise SystemExit(f"RULES is still {version}, and these pages are read otherwise: {', '.join(other)}")
    text = json.dumps({"version": version, "pages": pages}, indent=1, ensure_ascii=False)
    file.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    record(FILE, RULES, read())
