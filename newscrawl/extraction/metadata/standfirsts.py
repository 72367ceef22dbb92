"""The standfirst: the lines under the headline that sum the article up; else the page's description."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from newscrawl.arabic.normalise import normalise
from newscrawl.extraction.metadata.landmarks import Landmarks
from newscrawl.extraction.metadata.sitenames import SiteNames
from newscrawl.extraction.metadata.titles import title_key
from newscrawl.page.statements import Statements, clean, string

LONGEST = 1500
"""Characters; what is longer is the article itself."""
_NEAR = 80
"""Elements between headline and standfirst: picture, date and sharing buttons may stand there."""
LEAST_WORDS = 5
_WORD = re.compile(r"\w{3,}")
_SITE_WORDS = frozenset(
    normalise("موقع صحيفة جريدة وكالة قناة شبكة بوابة أخبار الأخبار إخباري إخبارية").split()
)
"""A description that has one of these, and not a word of the headline, describes the site."""


def read_standfirst(said: Statements, marks: Landmarks, site: SiteNames, title: str) -> str:
    """The standfirst as published, or the description; empty where both are only the site's.

    A description that repeats the beginning of the article is kept: it is what the page offers.
    """
    for text in chain(_shown(marks), _stated(said)):
        if _sums_up(text, site, title):
            return text
    return ""


def _shown(marks: Landmarks) -> Iterator[str]:
    """What calls itself standfirst behind the headline, and an h2 that follows it at once."""
    for number, element in enumerate(marks.after("standfirst", within=_NEAR)):
        if number > 3:
            break
        if element is not marks.headline and element.tag not in ("a", "article", "main", "img", "ul", "h1"):
            yield clean(element.text_content()[: 2 * LONGEST])
    if marks.headline is not None:
        below = marks.headline.getnext()
        if below is not None and below.tag in ("h2", "h3"):
            yield clean(below.text_content()[: 2 * LONGEST])


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
