"""The standfirst: the lines under the headline that sum the article up; else the page's description."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice

from newscrawl.arabic.normalise import normalise
from newscrawl.extraction.headline import title_key
from newscrawl.extraction.sitenames import SiteNames
from newscrawl.extraction.surroundings import Surroundings
from newscrawl.page.statements import Statements, clean, string

LONGEST = 1500
"""Characters; what is longer is the article itself."""
_NEAR = 80
"""Elements between headline and standfirst: picture, date and sharing buttons may stand there."""
_NO_STANDFIRSTS = frozenset({"a", "article", "main", "img", "ul", "h1"})
LEAST_WORDS = 5
_WORD = re.compile(r"\w{3,}")
_SITE_WORDS = frozenset(
    normalise("موقع صحيفة جريدة وكالة قناة شبكة بوابة أخبار الأخبار إخباري إخبارية").split()
)
"""A description that has one of these, and not a word of the headline, describes the site."""


def read_standfirst(around: Surroundings, site: SiteNames, title: str) -> str:
    """The standfirst as published, or the description; empty where both are only the site's.

    A description that repeats the beginning of the article is kept: it is what the page offers.
    """
    for text in chain(_shown(around), _stated(around.page.said)):
        if _sums_up(text, site, title):
            return text
    return ""


def _shown(around: Surroundings) -> Iterator[str]:
    """What calls itself standfirst behind the headline, and a lower heading that follows it at once."""
    for node in islice(around.after("standfirst", within=_NEAR), 4):
        if node is not around.headline.node and node.tag not in _NO_STANDFIRSTS:
            yield around.text(node, 2 * LONGEST)
    block = around.headline.block
    if block is not None and around.headline.node is not None:
        below = around.page.blocks[around.headline.node.end : around.headline.node.end + 1]
        yield from (one.text for one in below if one.level in (2, 3))


def _stated(said: Statements) -> Iterator[str]:
    yield clean(string(said.article.get("description"))[: 2 * LONGEST])
    for name in ("og:description", "twitter:description", "description"):
        yield clean(clean(said.meta.get(name, "")[: 2 * LONGEST]))


def _sums_up(text: str, site: SiteNames, title: str) -> bool:
    words = text.split()
    if len(words) < LEAST_WORDS or len(text) > LONGEST or title_key(text) == title_key(title):
        return False
    of_text, of_title = (set(_WORD.findall(normalise(each))) for each in (text, title))
    return not title or bool(of_text & of_title) or not of_text & _SITE_WORDS
