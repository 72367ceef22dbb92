"""Pages with far too much of something: depth, elements, a line, an attribute, a statement."""

from __future__ import annotations

import json
from functools import cache
from random import Random

from tests.extraction.fuzz.places import Mutator, in_head, in_text
from tests.extraction.fuzz.words import NAMES, SENTENCES, TAGS, phrases

MOST_BYTES = 4_500_000
"""Mutators that multiply end here; the crawl takes pages of ten megabytes at most."""

UNITS = (
    "<br>", "<br>نص", "<p>", "<p>نص</p>", "<a href=/x>خبر</a>", f"<a href=/x>{SENTENCES[2]}</a>",
    f"<p>{SENTENCES[0]}</p>", f"<p>{SENTENCES[2]}</p>", "<h1>عنوان</h1>", f"<h2>{SENTENCES[6]}</h2>",
    "<li>", f"<li><a href=/x>{SENTENCES[6]}</a>", "<input type=text>", "<form><input></form>",
    "<time datetime=2026-11-20>20</time>", "<img src=x.jpg>", "<article>",
    f"<article><h1>{SENTENCES[6]}</h1><p>{SENTENCES[0]}</p></article>",
    f"<div class=post><h2>{SENTENCES[6]}</h2><p>{SENTENCES[1]}</p></div>",
    "<span class=date>20 نوفمبر 2026</span>", "<p>اقرأ أيضا: <a href=/x>خبر آخر</a></p>",
    "<h3>اقرأ أيضا</h3>", "<b>", "<i>نص", "<td>", "<tr><td>نص", "<table>", "<div>",
    "<div style='display:none'>نص", "<meta name=a content=b>", "<iframe src=/embed/>",
    "<script type=application/ld+json>{\"@type\":\"NewsArticle\"}</script>",
    "<div itemprop=articleBody itemscope>", "<!-- x -->", "<ul><li>",
    "<figure><figcaption>صورة (رويترز)</figcaption></figure>", "<span itemprop=author>كاتب</span>",
    "<a rel=tag href=/t>وسم</a>", "<p>المصدر: وكالات</p>", "<p>10:30</p>", "<blockquote>",
    "<font>نص</font>", "<section>", "<p class=caption>صورة", "<a>", "<form>",
    "<link rel=canonical href=/x>", "<title>عنوان</title>", "<p>شارك هذا الخبر</p>", "<p>التعليقات</p>",
    "<span>", "<textarea>", "<option>",
)  # fmt: skip
"""Elements that hurt when there are many."""

LINES = (
    *SENTENCES, "ا", " ", ". ", "1", "1:", "(", "(رويترز", " - ", "(رويترز) ", "«", "&nbsp;", "#وسم ", "و",
    "word ", "http://x.example/ ", "2026-11-20 ", ": ", "\u064b", "ـ", "1 2 ", "a@", "؟ ", "المصدر: ", "،",
    "اقرأ أيضا: ", "20 نوفمبر 2026 ", "| ", "<b>نص</b> ",
)  # fmt: skip
"""What a line of megabytes may be made of."""


def deep(content: bytes, rng: Random) -> bytes:
    """Elements in one another by the thousand, closed or not."""
    tag, count = rng.choice(TAGS), rng.choice((300, 3000, 10_000, 100_000))
    opened = f"<{tag}>" * count
    inner = rng.choice(("", f"<p>{SENTENCES[0]}</p>" * 20))
    return in_text(content, opened + inner + (f"</{tag}>" * count if rng.random() < 0.5 else ""))


def deep_pattern(content: bytes, rng: Random) -> bytes:
    """A chain of different elements in one another, each with a class and some text."""
    chain = rng.choices("div ul li table tr td blockquote section form span b a font".split(), k=7)
    opened = "".join(
        f"<{tag} class='{rng.choice(NAMES)}' href=/x>{rng.choice(('', 'نص', SENTENCES[1]))}" for tag in chain
    )
    return in_text(content, opened * rng.choice((30, 300, 3000)))


def long_attribute(content: bytes, rng: Random) -> bytes:
    """An attribute of megabytes."""
    value = rng.choice(("x", "a-", "ا ", "related ", "date_", "A", "&amp;", "%20", "display:none;"))
    value *= rng.randrange(1_000_000, 4_000_000) // len(value.encode())
    names = "class id href style content datetime itemprop rel alt title data-x".split()
    name = rng.choice(names)
    tag = rng.choice(("div", "p", "a", "img", "time", "meta", "span"))
    return in_text(content, f"<{tag} {name}='{value}'>{SENTENCES[0]}")


def long_line(content: bytes, rng: Random) -> bytes:
    """A line of two megabytes without a break, of words, marks, digits or one letter."""
    unit = rng.choice((*LINES, rng.choice(phrases())))
    tag = rng.choice("p div h1 h2 title a li span td time pre figcaption script".split())
    return in_text(content, f"<{tag}>{unit * (2_000_000 // len(unit.encode()))}</{tag}>")


def many(content: bytes, rng: Random) -> bytes:
    """One small element a hundred thousand times."""
    unit = rng.choice(UNITS)
    count = min(rng.choice((3000, 20_000, 200_000)), MOST_BYTES // len(unit.encode()))
    return in_text(content, unit * count)


def huge_table(content: bytes, rng: Random) -> bytes:
    """A table of rows and columns that no one reads."""
    cell = rng.choice(("1", SENTENCES[2], "<a href=/x>خبر</a>", "<p>نص</p>"))
    row = f"<tr>{f'<td>{cell}</td>' * rng.choice((1, 10, 1000))}</tr>"
    return in_text(content, f"<table>{row * (1_000_000 // len(row.encode()))}</table>")


def many_attributes(content: bytes, rng: Random) -> bytes:
    """An element with attributes by the thousand."""
    attributes = " ".join(f"a{i}=b" for i in range(rng.choice((1000, 50_000))))
    return in_text(content, f"<div {attributes}>{SENTENCES[0]}</div>")


def large_statement(content: bytes, rng: Random) -> bytes:
    """JSON-LD of a megabyte, deep or wide."""
    return in_head(content, f"<script type='application/ld+json'>{rng.choice(_large_statements())}</script>")


@cache
def _large_statements() -> tuple[str, ...]:
    return (
        "[" * 500_000, '{"a":' * 200_000, "[" * 900 + "]" * 900,
        json.dumps([{"@type": "NewsArticle", "headline": "خ"}] * 20_000),
        json.dumps({"@type": "NewsArticle", "articleBody": f"{SENTENCES[0]} " * 8000}),
        json.dumps({"@type": "NewsArticle", "articleBody": "<p>" * 300_000}),
        json.dumps({"@type": "NewsArticle", "author": [{"name": SENTENCES[2]}] * 20_000}),
        json.dumps({"@type": "NewsArticle", "keywords": "وسم، " * 100_000}),
        json.dumps({"@type": "NewsArticle", "headline": "عنوان - " * 100_000}),
        json.dumps({"@type": "BreadcrumbList", "itemListElement": [{"name": "قسم"}] * 50_000}),
        json.dumps({f"k{i}": i for i in range(50_000)}), "9" * 1_000_000, '"' + "\\u0627" * 200_000 + '"',
    )  # fmt: skip


FLOODS: tuple[Mutator, ...] = (
    deep, deep_pattern, long_attribute, long_line, many, many, many, huge_table, many_attributes,
    large_statement,
)  # fmt: skip
