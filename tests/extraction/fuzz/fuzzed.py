"""A number → a page made to hurt."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from tests.extraction.fuzz.claims import CLAIMS
from tests.extraction.fuzz.damage import DAMAGE
from tests.extraction.fuzz.floods import FLOODS, MOST_BYTES
from tests.extraction.fuzz.foreign import foreign
from tests.extraction.fuzz.letters import LETTERS
from tests.extraction.fuzz.originals import real_pages
from tests.extraction.fuzz.reading import URL, Page
from tests.extraction.fuzz.words import CHARSETS, PAGE_URLS

FOREIGN_SHARE, FLOOD_SHARE = 0.03, 0.03
"""Shares of the pages that are no HTML at all, and that have far too much of something."""


def fuzzed(seed: int) -> Page:
    """A page made to hurt: the same for the same number, as long as the originals are the same."""
    rng = Random(seed)
    kind = rng.random()
    if kind < FOREIGN_SHARE:
        url, encoding = rng.choice((URL, *PAGE_URLS)), rng.choice((None, *CHARSETS))
        return Page(foreign(rng), url, encoding, "foreign", seed)
    page = rng.choice(real_pages())
    mutators = rng.choices((*DAMAGE, *LETTERS, *CLAIMS), k=rng.choice((1, 1, 2, 3)))
    if kind < FOREIGN_SHARE + FLOOD_SHARE:
        mutators[0] = rng.choice(FLOODS)
    content = page.content
    for mutator in mutators:
        content = mutator(content, rng)[:MOST_BYTES]
    if rng.random() < 0.1:
        page = replace(page, url=rng.choice(PAGE_URLS))
    if rng.random() < 0.1:
        page = replace(page, encoding=rng.choice(CHARSETS))
    made = " + ".join([page.made, *(mutator.__name__ for mutator in mutators)])
    return replace(page, content=content, made=made, seed=seed)
