"""The pages that are evaluated, each with what is right for it, in parts of one kind."""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
OPAQUE = "https://www.example.com/n/1"
"""An address that says nothing about the page at it."""
TRANSPLANTED = "https://www.example.com/news/2026/11/20/123456"
CASE = "https://x.example.com/news/4711"
PER_LAYOUT = 12
"""So many articles go into the layout of each page of `pages` and `pages-2`."""

# What ../shared/cases/README.md says is right: (published, modified), and the paragraphs read.
CASES: dict[str, dict[str, Any]] = {
    "ld-cdata": {"published": "2026-11-25"},
    "ld-trailing-comma": {"published": "2026-11-25"},
    "ld-html-comment": {"published": "2026-11-25"},
    "upd-text-only": {"published": "2026-11-20", "modified": "2026-11-27"},
    "event-date-in-body": {"published": ""},
    "both-cal": {"published": "2026-11-27"},
    "hidden-more": {},
    "noscript-body": {},
    "two-html": {},
}


@dataclass(frozen=True)
class Sample:
    """One page and what is right for it. `gold` has `text`, `title`, `must_not`, `published`, … as known."""

    part: str
    name: str
    site: str
    html: bytes
    url: str
    gold: dict[str, Any] = field(default_factory=dict)
    is_article: bool = True


class AbsentError(Exception):
    """A part's data are not there; the message says which."""


def load_script(path: Path) -> ModuleType:
    """A script beside the checkout as a module, with its folder's neighbours importable.

    Raises:
        AbsentError: it is not there.
    """
    if not path.exists():
        raise AbsentError(f"../{path.relative_to(ROOT.parent)} is absent")
    name = f"shared_{path.parent.name}_{path.stem}".replace("-", "_")
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise AbsentError(f"{path} is no Python script")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@functools.cache
def page_score(folder: str = "pages") -> ModuleType:
    """The script that counts words, leaks, titles and days of pages with hand-made gold."""
    return load_script(SHARED / folder / "score.py")


@functools.cache
def layout_score() -> ModuleType:
    """The script that counts words in the layouts and knows the corpus."""
    return load_script(SHARED / "layouts" / "score.py")


@functools.cache
def corpus() -> list[dict[str, Any]]:
    """The corpus' articles of some length, in the layout script's order."""
    if not (SHARED / "corpus" / "antcorpus_2018.jsonl.gz").exists():
        raise AbsentError("../shared/corpus is absent")
    articles: list[dict[str, Any]] = layout_score().corpus()
    return articles


def site_of(name: str, url: str) -> str:
    """What a page's split and its neighbours in error are decided by: its publisher, else its host."""
    publisher = re.match(r"fundus__(\w\w__\w+?)__\d{4}", name)
    return publisher.group(1) if publisher else (urlsplit(url).hostname or name).removeprefix("www.")


def half_of(site: str) -> str:
    """`even` or `odd`: the half of the sites that a site falls in, the same on every machine."""
    return "odd" if hashlib.sha256(site.encode()).digest()[0] % 2 else "even"


def real_pages(folder: str) -> Iterator[Sample]:
    """Arabic articles with hand-made gold."""
    script = page_score(folder)
    for gold in script.load_golds():
        html = Path(script.locate(gold)).read_bytes()
        yield Sample(folder, gold["file"], site_of(gold["file"], gold["url"]), html, gold["url"], gold)


def non_articles(part: str) -> Iterator[Sample]:
    """Pages that are no articles: at their own address, or at one that says nothing."""
    folder = SHARED / "pages-2" / "not_articles"
    if not folder.exists():
        raise AbsentError("../shared/pages-2/not_articles is absent")
    for entry in json.loads((folder / "manifest.json").read_text(encoding="utf-8")):
        url = OPAQUE if part == "kinds-opaque" else entry["url"]
        html = (folder / entry["file"]).read_bytes()
        yield Sample(
            part, entry["file"], site_of("", entry["url"]), html, url, {"kind": entry["kind"]}, False
        )


def layouts(folder: str) -> Iterator[Sample]:
    """Article pages of other languages as they are: of newspapers (`fundus`) or of the web (`wcxb`)."""
    for name, html, url, text, title in layout_score().rows():
        if name.startswith(folder):
            gold = {"text": text, "title": title, "must_not": []}
            yield Sample(f"layouts-{folder}", name, site_of(name, url), html, url, gold)


def arabic() -> Iterator[Sample]:
    """Arabic articles in the same layouts, drawn as the layout script draws them."""
    articles, number = corpus(), 0
    for name, html, url, text, title in layout_score().rows():
        made = _transplanted(html, text.split("\n"), title, articles, number)
        if made is not None:
            number += 1
            yield Sample("arabic", name, site_of(name, url), made.html, TRANSPLANTED, _gold_of(made))


def swapped() -> Iterator[Sample]:
    """Other Arabic articles in the layouts of the real Arabic pages."""
    articles, number = corpus(), 5_000
    for folder in ("pages", "pages-2"):
        for page in real_pages(folder):
            for turn in range(PER_LAYOUT):
                made = _transplanted(page.html, page.gold["body"], page.gold["title"], articles, number)
                number += 1
                if made is not None:
                    name = f"{page.name} +{turn}"
                    yield Sample("swapped", name, page.site, made.html, TRANSPLANTED, _gold_of(made))


def _transplanted(html: bytes, paragraphs: list[str], title: str, articles: list[Any], number: int) -> Any:
    article = articles[(7 * number) % len(articles)]
    others = articles[(7 * number + 1) % len(articles) :][:6] + articles[:3]
    kept = [paragraph for paragraph in paragraphs if paragraph.strip()]
    return layout_score().transplant(html, kept, title, article, others, seed=number)


def _gold_of(made: Any) -> dict[str, Any]:
    return {"text": "\n".join(made.paragraphs), "title": made.title, "must_not": made.must_not}


def cases() -> Iterator[Sample]:
    """Small pages that went wrong."""
    folder = SHARED / "cases"
    if not folder.exists():
        raise AbsentError("../shared/cases is absent")
    text = load_script(folder / "text.py")
    for name, right in CASES.items():
        html = (folder / f"{name}.html").read_bytes()
        found = re.search(r"<title>[^<\d]+(\d+)", html.decode("utf-8", "replace"))
        number = int(found.group(1)) if found else 0
        gold = {"text": "\n".join(text.paras(number)), "title": text.title(number), "must_not": [], **right}
        yield Sample("cases", name, name, html, CASE, gold)


def own_pages() -> Iterator[Sample]:
    """Our own golden pages: traps, not a score."""
    from tests.extraction.golden import OWN, load, normal

    for gold in load(OWN):
        if gold.is_article and "outlet" not in gold.values and "header" not in gold.values:
            values = gold.values | {"title": normal(gold.values["title"])}
            yield Sample("golden", gold.name, gold.name, gold.content, values["url"], values)


PARTS: dict[str, Callable[[], Iterator[Sample]]] = {
    "pages": lambda: real_pages("pages"),
    "pages-2": lambda: real_pages("pages-2"),
    "kinds": lambda: non_articles("kinds"),
    "kinds-opaque": lambda: non_articles("kinds-opaque"),
    "layouts-fundus": lambda: layouts("fundus"),
    "layouts-wcxb": lambda: layouts("wcxb"),
    "arabic": arabic,
    "swapped": swapped,
    "cases": cases,
    "golden": own_pages,
}
"""Each part's samples, in the order of the table."""
