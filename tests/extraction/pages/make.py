"""Writes the golden pages and their gold from `sources/`: `python -m tests.extraction.pages.make`.

A source is a TOML head between two `+++` lines and a page. In the page
    [[…]]  is a paragraph of the article's own body,
    ((…))  may be in the text or not (a byline, an agency's line, an embedded post),
    !!…!!  must not be in the text,
    ~~…~~  is a second copy (for mobile or print): marks in it count for nothing,
    @{…}   is a value of the head, a date (`@{date $d $gulf $Y}`), or a block of `furniture`.
The gold is made of the same marks, so that page and gold cannot differ.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from datetime import datetime
from html import escape, unescape
from pathlib import Path
from typing import Any

from tests.extraction.pages.dates import printed
from tests.extraction.pages.furniture import Furniture, block, is_block

FOLDER = Path(__file__).parent
SOURCES = FOLDER / "sources"

DEFAULTS: dict[str, Any] = {
    "title_alt": [], "authors": [], "published_accept": [], "modified": None, "section": "", "tags": [],
    "image": "", "agency": "", "dateline_place": "",
}  # fmt: skip
"""The gold of a field that the head does not speak of: the page does not state it."""

_MACRO = re.compile(r"@\{([^{}]*)\}")
_BODY = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
_OPTIONAL = re.compile(r"\(\((.*?)\)\)", re.DOTALL)
_MUST_NOT = re.compile(r"!!(.*?)!!", re.DOTALL)
_COPY = re.compile(r"~~(.*?)~~", re.DOTALL)
_MARK = re.compile(r"\[\[|\]\]|\(\(|\)\)|!!")
_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)


def names() -> list[str]:
    """The names of all pages."""
    return sorted(path.stem for path in SOURCES.glob("*.page"))


def make(name: str) -> tuple[bytes, dict[str, Any]]:
    """One page's bytes and its gold.

    Raises:
        ValueError: the source has no head, or asks for a block that there is not.
    """
    parts = (SOURCES / f"{name}.page").read_text(encoding="utf-8").split("+++\n", 2)
    if len(parts) != 3 or parts[0]:
        raise ValueError(f"{name}: a source begins with a TOML head between two +++ lines")
    head = tomllib.loads(parts[1])
    marked = _filled(parts[2], head, name)
    text = _COPY.sub(lambda copy: _MARK.sub("", copy[1]), marked)
    page = _MARK.sub("", text)
    content = page.encode(head.get("charset", "utf-8"), "xmlcharrefreplace")
    return content, _gold(name, head, text)


def _filled(source: str, head: dict[str, Any], name: str) -> str:
    furniture = Furniture(name, head.get("site", ""))

    def fill(macro: re.Match[str]) -> str:
        word, _, argument = macro[1].partition(" ")
        if is_block(word):
            return block(furniture, word, argument)
        if word in ("date", "updated"):
            return printed(
                datetime.fromisoformat(head["published" if word == "date" else "modified"]), argument
            )
        if word == "jsonld":
            return _json_ld(head, argument.split())
        if word == "og":
            return _open_graph(head)
        if word not in head:
            raise ValueError(f"{name}: no block or value {word!r}")
        return escape(str(head[word]), quote=False)

    return _MACRO.sub(fill, source)


def _json_ld(head: dict[str, Any], options: list[str]) -> str:
    """A NewsArticle statement; options: graph, names (authors as plain strings), undated, Article."""
    site = head.get("site", "")
    value: dict[str, Any] = {
        "@type": "Article" if "Article" in options else "NewsArticle",
        "headline": head.get("title", ""),
        "mainEntityOfPage": {"@type": "WebPage", "@id": head["url"]},
        "publisher": {
            "@type": "Organization",
            "name": site,
            "logo": {"@type": "ImageObject", "url": "/logo.png"},
        },
    }
    if "undated" not in options:
        value["datePublished"] = head.get("published_stated", head.get("published"))
        if head.get("modified"):
            value["dateModified"] = head["modified"]
    if head.get("authors"):
        value["author"] = (
            head["authors"]
            if "names" in options
            else [{"@type": "Person", "name": a} for a in head["authors"]]
        )
    if head.get("section"):
        value["articleSection"] = head["section"]
    if head.get("tags"):
        value["keywords"] = ", ".join(head["tags"]) if "names" in options else head["tags"]
    if head.get("image"):
        value["image"] = {"@type": "ImageObject", "url": head["image"], "width": 1200}
    others: list[dict[str, Any]] = [
        {"@type": "Organization", "name": site, "url": "/"},
        {"@type": "WebSite", "name": site},
    ]
    tree = (
        {"@context": "https://schema.org", "@graph": [*others, value]}
        if "graph" in options
        else {"@context": "https://schema.org", **value}
    )
    return f'<script type="application/ld+json">{json.dumps(tree, ensure_ascii=False, indent=1)}</script>'


def _open_graph(head: dict[str, Any]) -> str:
    """The Open Graph statements that the head calls for; `og_title` and `og_url` override the true ones."""
    values = {
        "og:type": head.get("og_type", "article"),
        "og:title": head.get("og_title", head.get("title", "")),
        "og:url": head.get("og_url", head["url"]),
        "og:site_name": head.get("site", ""),
        "og:image": head.get("image", ""),
        "og:description": head.get("summary", ""),
    }
    return "\n".join(
        f'<meta property="{key}" content="{escape(value)}">' for key, value in values.items() if value
    )


def _plain(markup: str) -> str:
    """The text of a piece of markup, white space in one form."""
    return " ".join(unescape(_TAG.sub("", markup)).split())


def _gold(name: str, head: dict[str, Any], marked: str) -> dict[str, Any]:
    gold: dict[str, Any] = {"file": f"{name}.html", "url": head["url"]}
    for key in ("outlet", "charset", "header", "canonical"):
        if key in head:
            gold[key] = head[key]
    gold |= {key: value for key, value in head.items() if key.endswith("_accept")}
    gold["traps"] = sorted(head.get("traps", []))
    if "outcome" in head:
        return {**gold, "outcome": head["outcome"]}
    gold["title"] = head["title"]
    gold["published"] = head["published"] if head.get("instant", True) else head["published"][:10]
    gold |= {key: head.get(key, default) for key, default in DEFAULTS.items()}
    texts = {"body": _BODY, "optional": _OPTIONAL, "must_not": _MUST_NOT}
    for key, pattern in texts.items():
        found = [_plain(_MARK.sub("", match)) for match in pattern.findall(marked)]
        gold[key] = list(dict.fromkeys(found)) if key == "must_not" else found
    return gold


def written(name: str) -> dict[str, bytes]:
    """The files of one page, by name."""
    content, gold = make(name)
    text = json.dumps(gold, ensure_ascii=False, indent=1) + "\n"
    return {f"{name}.html": content, f"{name}.json": text.encode()}


def main() -> None:
    """Write every page and its gold; remove those that have no source."""
    files = {file: content for name in names() for file, content in written(name).items()}
    for path in [*FOLDER.glob("*.html"), *FOLDER.glob("*.json")]:
        if path.name not in files:
            path.unlink()
    for file, content in files.items():
        (FOLDER / file).write_bytes(content)
    print(f"{len(names())} pages, {sum(map(len, files.values())):,} bytes", file=sys.stderr)


if __name__ == "__main__":
    main()
