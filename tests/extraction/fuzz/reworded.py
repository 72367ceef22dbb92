"""A number → a real page with other words: what a crawl sends a worker, page after page."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

from tests.extraction.fuzz.originals import real_pages
from tests.extraction.fuzz.reading import Page

_WORD = re.compile("[\u0621-\u064a]{3,}")


def reworded(seed: int) -> Page:
    """One of the real pages, in UTF-8, the letters of its Arabic words in another order."""
    rng = Random(seed)
    page = rng.choice(real_pages())

    def other(match: re.Match[str]) -> str:
        return "".join(rng.sample(match[0], len(match[0])))

    content = _WORD.sub(other, page.content.decode("utf-8", "replace"))
    return replace(page, content=content.encode(), made=f"{page.made} + reworded", encoding=None, seed=seed)
