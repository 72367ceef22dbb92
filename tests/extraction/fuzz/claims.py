"""False and broken statements to machines: JSON-LD, meta tags, dates, addresses."""

from __future__ import annotations

import json
import re
from random import Random
from typing import Any

from tests.extraction.fuzz.places import Mutator, in_head, in_text, some
from tests.extraction.fuzz.words import DATES, META, NAMES, SENTENCES, URLS

_DATED = re.compile(rb"""(?:20|19)\d\d[-/]\d\d?[-/]\d\d?[^"'<>]{0,30}""")
_LINKED = re.compile(rb"""(href|src)=(["'])[^"'<>]{0,500}\2""")
_JSON_LD = re.compile(rb"(<script[^>]{0,200}ld\+json[^>]{0,200}>)(.*?)(</script>)", re.DOTALL | re.IGNORECASE)
_META_CONTENT = re.compile(rb"""content=(["'])[^"'<>]{0,500}\1""")


def json_ld(content: bytes, rng: Random) -> bytes:
    """JSON-LD of every wrong kind: the page's own distorted, or another beside it."""
    statement = rng.choice((_broken_json, odd_json))(rng)
    if rng.random() < 0.5 and _JSON_LD.search(content):
        written = statement.encode("utf-8", "surrogatepass")
        return _JSON_LD.sub(lambda match: match[1] + written + match[3], content)
    return in_head(content, f"<script type='application/ld+json'>{statement}</script>")


def _broken_json(rng: Random) -> str:
    whole = json.dumps({"@type": "NewsArticle", "headline": SENTENCES[2], "datePublished": "2026-11-20"})
    return rng.choice(
        (
            "", "{", "[" * 5000, '{"@graph":' * 3000, whole[: rng.randrange(len(whole))], f"{whole};;",
            f"{whole}{whole}", "[" + "1," * 3000 + "1]", '{"a":' + "9" * 9000 + "}", "-1e999999",
            '"' + "\\u" * 2000, "<!--" + whole + "-->", "//x\n" + whole, whole.replace('"', "'"),
            f"&quot;{whole}&quot;", "NaN", "\ud800", '{"@type":"\\ud800"}',
            whole.replace(":", ": \n\t\x0b"), "null", "0", '""', "[]", "{}", "[[[[[[[[[[[[{}]]]]]]]]]]]]",
            f"[{whole},null,1,[]]",
        )
    )  # fmt: skip


def odd_json(rng: Random) -> str:
    """An article's JSON-LD whose values are of every kind but the right one."""
    keys = (
        "headline", "name", "description", "author", "publisher", "datePublished", "dateModified", "image",
        "keywords", "articleSection", "articleBody", "inLanguage", "isAccessibleForFree", "wordCount",
        "url", "mainEntityOfPage", "itemListElement", "liveBlogUpdate", "about", "hasPart", "creator",
        "sourceOrganization", "breadcrumb", "@id",
    )  # fmt: skip
    article: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": rng.choice(("NewsArticle", ["Article", 1], None, {}, "WebPage", [["x"]])),
    }
    article.update({key: _odd_value(rng, 3) for key in rng.sample(keys, rng.randrange(1, len(keys)))})
    circle = {"@graph": [article, {"@id": "#a", "@graph": "#a"}]}
    return json.dumps(rng.choice((article, [article], circle, {"@graph": article})))


def _odd_value(rng: Random, depth: int) -> Any:
    plain: tuple[Any, ...] = (
        None, True, 0, -1, 1e308, 10**400, "", " ", [], {}, "null", rng.choice(DATES), rng.choice(URLS),
        rng.choice(SENTENCES), "\ud800", "\u0000", "<p>" * 500, "&lt;b&gt;" * 50, "، " * 500, " - " * 900,
        "و" * 3000, "بقلم: " * 300, "|" * 2000,
    )  # fmt: skip
    if depth == 0 or rng.random() < 0.6:
        return rng.choice(plain)
    inner = [_odd_value(rng, depth - 1) for _ in range(rng.randrange(4))]
    names = ("@type", "@id", "name", "url", "@value", "@list", "item", "position", "logo")
    if rng.random() < 0.5:
        return inner * (rng.choice((1, 100)) if depth == 1 else 1)
    return dict(zip(rng.sample(names, len(names)), inner, strict=False))


def dates(content: bytes, rng: Random) -> bytes:
    """Dates of every shape in every place where dates are looked for."""
    date = rng.choice(DATES)
    content = some(_DATED, lambda *_: rng.choice(DATES).encode(), content, rng)
    name = rng.choice(("article:published_time", "date", "dc.date", "lastmod"))
    content = in_head(content, f"<meta property='{name}' content='{date}'>")
    places = (
        f"<time datetime='{date}'>{date}</time>", f"<span class='{rng.choice(NAMES)}'>{date}</span>",
        f"<p>{date}</p>",
        f"<div class=date itemprop=datePublished content='{date}'>{rng.choice(DATES)}</div>",
        f"<h1>{date}</h1>",
    )  # fmt: skip
    return in_text(content, rng.choice(places) * rng.choice((1, 30)))


def statements(content: bytes, rng: Random) -> bytes:
    """Meta tags and links that say odd things at length."""
    values = (*URLS, *DATES, *SENTENCES, "x" * 20_000, "، " * 5000, " | " * 5000, "- " * 5000, "ا" * 20_000)
    tags = [
        f"<meta property='{rng.choice(META)}' content='{rng.choice(values)}'>"
        for _ in range(rng.randrange(1, 30))
    ]
    tags += [
        f"<link rel=canonical href='{rng.choice(URLS)}'>",
        f"<title>{rng.choice(values)}</title>",
        f"<base href='{rng.choice(URLS)}'>",
    ]
    content = some(_META_CONTENT, lambda _, r: f"content='{r.choice(values)}'".encode(), content, rng)
    return in_head(content, "".join(rng.sample(tags, rng.randrange(1, len(tags)))))


def links(content: bytes, rng: Random) -> bytes:
    """Addresses that are none."""
    return some(_LINKED, lambda _, r: f"href='{r.choice(URLS)}'".encode(), content, rng)


CLAIMS: tuple[Mutator, ...] = (json_ld, dates, statements, links)
