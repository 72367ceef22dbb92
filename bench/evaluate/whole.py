"""Whole articles of ../shared/corpus in plain layouts, alone, beside a second article, around a pointer.

An article alone must be kept whole. Of a second one that follows a pointer ("اقرأ أيضا") and its own headline
nothing must come along. And where a pointer with another article's headline stands in the midst of a report
that goes on behind it, the report must be kept: what is lost there are false cuts. An article always gets the
same layout, the same neighbour and the same pointer.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from html import escape

from bench.evaluate.plain import LAYOUTS, page_of
from bench.evaluate.readers import FETCHED_AT
from bench.evaluate.samples import TRANSPLANTED, AbsentError, corpus, half_of

ARTICLES = 5_000
SECONDS = 1_000
"""Pages with a second article; as many with a pointer in the midst of a report."""
WHOLE = 0.9
"""A text that keeps a smaller share of its words has lost something."""
KEPT = 0.2
"""A second article of which no more is left counts as found."""
_RUN = 4
"""Words in a row: two articles on one matter share words, but few such runs."""
_NEIGHBOURS = 200
"""Articles among which the second one is the likest to the first, by turns with any."""
_MOST_ALIKE = 0.6
"""Share of a headline's words in another's: above it both may tell one story."""
_SHOWN = 10
_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"(?<=[.!؟])\s+")

Article = dict[str, str]
POINTERS = (
    "اقرأ أيضا",
    "اقرأ أيضاً",
    "اقرأ المزيد",
    "مواضيع ذات صلة",
    "أخبار متعلقة",
    "إقرأ أيضا",
    "قد يهمك أيضا",
    "شاهد أيضا",
    "مقالات ذات صلة",
    "موضوعات متعلقة",
    "للمزيد",
)


def _link(headline: str) -> str:
    return f'<a href="/news/{len(headline)}">{escape(headline)}</a>'


SHAPES: dict[str, Callable[[str, Sequence[str]], list[str]]] = {
    "two lines": lambda words, headlines: [words, escape(headlines[0])],
    "colon": lambda words, headlines: [f"{words}:", escape(headlines[0])],
    "one line": lambda words, headlines: [f"{words}: {escape(headlines[0])}"],
    "link": lambda words, headlines: [words, _link(headlines[0])],
    "link on one line": lambda words, headlines: [f"{words}: {_link(headlines[0])}"],
    "strong": lambda words, headlines: [f"<strong>{words}</strong>", f"<b>{_link(headlines[0])}</b>"],
    "three links": lambda words, headlines: [words, *map(_link, reversed(headlines))],
}
"""How a pointer leads to a headline, the last of them where there are more: name → lines of HTML."""


@dataclass(frozen=True)
class Made:
    """A page, the lines that must be kept, those that must not, and what it is."""

    html: bytes
    own: Sequence[str]
    other: Sequence[str] = ()
    name: str = ""


@dataclass(frozen=True)
class Read:
    """Of a page made: the share of its own words that was read, of the other's runs, and why text went."""

    name: str
    own: float
    other: float
    why: str


def alone(number: int, texts: Sequence[Article]) -> Made:
    """An article and nothing else."""
    article, layout = texts[number], LAYOUTS[number % len(LAYOUTS)]
    own = paragraphs_of(article)
    name = f"layout {number % len(LAYOUTS)}, {article['docno']}"
    return Made(page_of(layout, article["title"], map(escape, own)), own, (), name)


def followed(number: int, texts: Sequence[Article]) -> Made:
    """An article, a pointer, the headline and the text of a second one."""
    return _pointed(number, texts, midst=False)


def interrupted(number: int, texts: Sequence[Article]) -> Made:
    """An article in whose midst a pointer leads to another's headline."""
    return _pointed(number, texts, midst=True)


def _pointed(number: int, texts: Sequence[Article], *, midst: bool) -> Made:
    article, other = texts[number], _neighbour(number, texts)
    own, second = paragraphs_of(article), paragraphs_of(other)
    shape = list(SHAPES)[number // len(LAYOUTS) % len(SHAPES)]
    more = [texts[(number + place) % len(texts)]["title"] for place in (3_001, 3_002)]
    pointer = SHAPES[shape](POINTERS[number % len(POINTERS)], [other["title"], *more])
    place = min(2 + number // 7 % max(1, len(own) - 3), max(1, len(own) - 1)) if midst else len(own)
    rest = own[place:] if midst else second
    lines = [*map(escape, own[:place]), *pointer, *map(escape, rest)]
    name = f"{shape}, layout {number % len(LAYOUTS)}, {article['docno']}, {other['docno']}"
    html = page_of(LAYOUTS[number % len(LAYOUTS)], article["title"], lines)
    return Made(html, own, () if midst else [line for line in second if line not in own], name)


def _neighbour(number: int, texts: Sequence[Article]) -> Article:
    """Another article: the likest of some by its headline, but no copy, or any, by turns."""
    start = number + len(texts) // 2
    some = [texts[(start + place) % len(texts)] for place in range(_NEIGHBOURS)]
    if number % 2:
        return some[0]
    own = set(_WORD.findall(texts[number]["title"]))

    def alike(other: Article) -> float:
        share = len(own & set(_WORD.findall(other["title"]))) / max(1, len(own))
        return share if share < _MOST_ALIKE else 0.0

    return max(some, key=alike)


def paragraphs_of(article: Article) -> list[str]:
    """The text's own lines, each once, or its sentences two by two where it has none.

    Some articles of the corpus hold a paragraph twice, which nobody misses.
    """
    text = article.get("body") or article["text"]
    lines = list(dict.fromkeys(" ".join(line.split()) for line in text.split("\n") if line.strip()))
    if len(lines) >= 3:
        return lines
    sentences = _SENTENCE.split(" ".join(lines))
    return [" ".join(sentences[place : place + 2]) for place in range(0, len(sentences), 2)]


def kept_share(found: str, lines: Sequence[str]) -> float:
    """The share of a text's words that were read."""
    wanted = Counter(_WORD.findall(" ".join(lines)))
    return (wanted & Counter(_WORD.findall(found))).total() / max(1, wanted.total())


def runs_share(found: str, lines: Sequence[str]) -> float:
    """The share of a text's runs of words that were read, line by line."""
    words = _WORD.findall(found)
    there = {tuple(words[place : place + _RUN]) for place in range(len(words))}
    wanted = [
        tuple(own[place : place + _RUN])
        for line in lines
        for own in [_WORD.findall(line)]
        for place in range(len(own) - _RUN + 1)
    ]
    return sum(run in there for run in wanted) / max(1, len(wanted))


def report(articles: int = ARTICLES, half: str = "", worst: int = _SHOWN) -> dict[str, float]:
    """Measure, print and return the shares.

    Args:
        articles: so many, and at most `SECONDS` of them beside a second one.
        half: `even` or `odd`: articles of this half of the days only; empty: of all.
        worst: so many pages of each kind are named.

    Returns:
        `lost`: share of articles alone that lose over a tenth; `second`: of second ones found; `first`:
        of the first ones beside them that are whole; `false`: of reports cut at a pointer in their midst.
        Empty where the corpus is absent.
    """
    try:
        texts = [text for text in corpus() if not half or half_of(day_of(text)) == half]
    except AbsentError as reason:
        print(f"{'whole':16}skipped: {reason}")
        return {}
    few = min(SECONDS, articles)
    with ProcessPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
        whole, second, midst = (
            list(pool.map(read, (made(number, texts) for number in range(count)), chunksize=20))
            for made, count in ((alone, articles), (followed, few), (interrupted, few))
        )
    lost = [one for one in whole if one.own < WHOLE]
    left = [one for one in second if one.other >= KEPT]
    short = [one for one in second if one.own < WHOLE]
    cut = [one for one in midst if one.own < WHOLE]
    print(
        f"{'whole':16}{articles} articles in {len(LAYOUTS)} plain layouts: {_of(lost, whole)} lose over 10 % "
        f"of their text\n{'':16}{few} second articles behind a pointer: {few - len(left)} "
        f"({1 - len(left) / few:.1%}) found, {_of(short, second)} first ones lose over 10 %\n"
        f"{'':16}{few} reports with a pointer in their midst: {_of(cut, midst)} lose over 10 %"
    )
    for what, pages in {"lost": lost, "left": left, "first lost": short, "cut": cut}.items():
        for one in sorted(pages, key=lambda page: page.own)[:worst]:
            print(f"      {what}: {one.own:.2f} kept, {one.name}: {one.why}")
    return {
        "lost": len(lost) / articles,
        "second": 1 - len(left) / few,
        "first": 1 - len(short) / few,
        "false": len(cut) / few,
    }


def _of(some: Sequence[Read], pages: Sequence[Read]) -> str:
    return f"{len(some)} ({len(some) / len(pages):.2%})"


def day_of(article: Article) -> str:
    """The day in an article's number."""
    return article["docno"].rsplit("-", 1)[-1]


def read(made: Made) -> Read:
    """What newscrawl makes of a page."""
    from newscrawl.article import Rejected
    from newscrawl.extraction import extract
    from newscrawl.extraction.page import read as read_noted

    found = extract(made.html, TRANSPLANTED, fetched_at=FETCHED_AT)
    if isinstance(found, Rejected):
        return Read(made.name, 0.0, 0.0, found.reason)
    own, other = kept_share(found.body, made.own), runs_share(found.body, made.other)
    why = () if own >= WHOLE else read_noted(made.html, TRANSPLANTED, fetched_at=FETCHED_AT).notes
    return Read(made.name, own, other, "; ".join(why))
