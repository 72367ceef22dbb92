"""What stands around an article: menus, tickers, cards, comments, share bars, scripts, footers.

The markup is in `furniture.toml`, the words are in `words.toml`. What a page gets is drawn by its own random
generator, so that it comes out the same every time. Text between `!!` is what an archive must not hold;
`make` takes the marks out.
"""

from __future__ import annotations

import json
import random
import tomllib
from datetime import datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any

from tests.extraction.pages.dates import printed

CRAWL_DAY = datetime.fromisoformat("2026-11-24T09:10:00+00:00")
SIZES = {"s": 6, "m": 14, "l": 30}
_PRINTED = {
    "iso": "$iso",
    "clock": "$H:$M",
    "day": "$d $gulf، $Y",
    "numbers": "$d/$m/$Y $H:$M",
    "moment": "$d $gulf $Y في $h:$M $p",
}


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


WORDS = _data("words.toml")
BLOCKS = _data("furniture.toml")


class Furniture:
    """The blocks of one page. Words are drawn without being put back until all of a kind are used."""

    def __init__(self, name: str, site: str) -> None:
        self.random = random.Random(f"furniture of {name}")
        self.site = site
        self._decks: dict[str, list[Any]] = {}

    def draw(self, kind: str) -> Any:
        """One of the words of a kind, none twice before all have had their turn."""
        deck = self._decks.setdefault(kind, [])
        if not deck:
            deck += WORDS[kind]
            self.random.shuffle(deck)
        return deck.pop()

    def block(self, name: str, kind: str) -> str:
        """A block of `furniture.toml`, filled in.

        Raises:
            KeyError: there is no such block, kind of it, or value in its markup.
        """
        template = BLOCKS[name][kind]
        marks = template.get("marks", 0)
        items = [
            template["item"].format_map(_Values(self, i, marked=i < marks))
            for i in range(template.get("count", 0))
        ]
        values = _Values(self, 0, marked=False)
        values["items"] = "".join(items)
        return str(template["whole"].format_map(values)).strip()


class _Values(dict[str, Any]):
    """The values of one item's markup, made when first asked for."""

    def __init__(self, page: Furniture, i: int, *, marked: bool) -> None:
        super().__init__(i=i, n=i + 1, site=page.site)
        self.page = page
        self.marked = marked

    def __missing__(self, key: str) -> Any:
        self[key] = value = self._made(key)
        return value

    def _made(self, key: str) -> Any:
        page = self.page
        name, dash, kind = key.partition("-")
        if dash:
            return page.block(name, kind)
        if key in _PRINTED:
            return printed(self["when"], _PRINTED[key])
        if key.startswith("link"):
            line = self["line"] if key == "link" else page.draw("headlines")
            return f'<a href="/news/{page.random.randrange(10_000, 999_999)}">{self._mark(line)}</a>'
        if key in ("question", "answer1", "answer2", "answer3"):
            return self["poll"][("question", "answer1", "answer2", "answer3").index(key)]
        made = {
            "when": lambda: CRAWL_DAY - timedelta(minutes=page.random.randrange(20, 4000)),
            "line": lambda: page.draw("headlines"),
            "poll": lambda: page.draw("polls"),
            "remark": lambda: page.draw("comments"),
            "who": lambda: self["remark"][0],
            "comment": lambda: self._mark(self["remark"][1]),
            "number": lambda: page.random.randrange(10**6),
        }
        return made[key]() if key in made else page.draw(key)

    def _mark(self, text: str) -> str:
        return f"!!{text}!!" if self.marked else text


def css(page: Furniture, size: str) -> str:
    """Links to style sheets and an inline sheet of the given size (s, m, l)."""
    stems = "card box wrap row col btn nav hero list".split()
    names = [f"{page.random.choice(stems)}_{page.random.getrandbits(24):06x}" for _ in range(40)]
    rules = [
        f".{page.random.choice(names)}{page.random.choice(['', ':hover', ' a', ' > li', '::before'])}"
        f"{{margin:{page.random.randrange(40)}px;padding:0 {page.random.randrange(24)}px;"
        f"color:#{page.random.getrandbits(24):06x};font:{page.random.randrange(11, 30)}px/1.6 Tajawal}}"
        for _ in range(SIZES[size] * 8)
    ]
    return (
        '<link rel="stylesheet" href="/assets/app.css?v=41">'
        '<link rel="preconnect" href="https://fonts.cdn.example">\n<style>' + "\n".join(rules) + "</style>"
    )


def scripts(page: Furniture, size: str) -> str:
    """Tag managers, advertisement slots and a data layer that holds headlines of other articles."""
    layer = {"pageType": "article", "trending": [page.draw("headlines") for _ in range(4)]}
    slots = [
        f"googletag.defineSlot('/{page.random.randrange(10**7)}/slot_{i}',[300,250],'div-gpt-{i}');"
        for i in range(SIZES[size])
    ]
    noise = "".join(f"var _{i}={page.random.getrandbits(60)};" for i in range(SIZES[size] * 10))
    return (
        "<script>window.dataLayer=window.dataLayer||[];"
        f"dataLayer.push({json.dumps(layer, ensure_ascii=False)});</script>\n"
        "<script async src='https://tags.cdn.example/gtm.js?id=GTM-X1'></script>\n"
        f"<script>/* <p>ليس هذا نصا للنشر</p> */ {noise}</script>\n<script>{' '.join(slots)}</script>"
    )


def today(page: Furniture, pattern: str) -> str:
    """The day of the crawl, as page heads show it; `pattern` as in `dates.printed`."""
    holders = (
        '<div class="today-date">%s</div>',
        '<span id="currentDate">%s</span>',
        '<li class="date"><i class="fa fa-calendar"></i> %s</li>',
    )
    return page.random.choice(holders) % printed(CRAWL_DAY, pattern)


def crumbs(page: Furniture, section: str) -> str:
    """The way from the front page to a section, spaces in its name written as underscores."""
    name = escape(section.replace("_", " "))
    return f'<div class="breadcrumbs"><a href="/">الرئيسية</a> » <a href="/sec">{name}</a></div>'


CODED = {"css": css, "scripts": scripts, "today": today, "crumbs": crumbs}


def is_block(name: str) -> bool:
    """Whether there is a block of this name."""
    return name in CODED or name in BLOCKS


def block(page: Furniture, name: str, argument: str) -> str:
    """The markup of a block; `argument` is its kind, size, pattern or section."""
    return CODED[name](page, argument) if name in CODED else page.block(name, argument)
