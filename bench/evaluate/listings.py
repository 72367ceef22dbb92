"""Pages that are no articles, made of real headlines in the forms of `listings.toml`; articles beside them.

Half of the forms of each kind are for tuning, the others only for judging. Every page is read at an address
of its own and at one that says nothing. Beside them articles are counted that are turned away: real ones,
real ones in other real layouts, and articles with a listing of every form under their text.
"""

from __future__ import annotations

import functools
import os
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from html import escape
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any

from bench.evaluate import plain
from bench.evaluate.readers import FETCHED_AT
from bench.evaluate.samples import (
    OPAQUE,
    TRANSPLANTED,
    AbsentError,
    Sample,
    arabic,
    corpus,
    layouts,
    real_pages,
)
from bench.evaluate.whole import paragraphs_of

DRAWS = 4
"""Pages of each form."""
_HOST = "https://www.sahl.example"
_SITE, _NAMES = "السهل", ("جريدة المرفأ", "موقع الواحة", "صدى الجبل", "بوابة الساحل", "منبر المدينة")
_SECTIONS = ("رياضة", "الاقتصاد", "أخبار العالم", "ثقافة وفنون", "محليات", "الشرق الأوسط")
_DESKS = {
    "sport": "رياضة",
    "economy": "اقتصاد",
    "culture": "ثقافة وفنون",
    "technology": "تكنولوجيا",
    "internationalNews": "أخبار العالم",
}
_TOPICS = ("ترامب", "روسيا", "السعودية", "سوريا", "كأس العالم", "مصر")
_MENU = ("الرئيسية", "أخبار", "رياضة", "اقتصاد", "ثقافة", "اتصل بنا")
_HEADS = (
    "",
    '<meta property="og:type" content="website"><meta property="og:site_name" content="السهل">',
    '<meta name="description" content="آخر الأخبار من السهل على مدار الساعة">',
)
_SENTENCE = re.compile(r"(?<=[.!؟])\s+")


@dataclass(frozen=True)
class Form:
    """How a page that is no article is set."""

    kind: str
    name: str
    at: list[str]
    """Addresses at which such a page stands."""
    title: str
    page: str
    row: str
    head: str = ""
    half: str = ""
    """`tuning` or `judging`."""


@functools.cache
def forms() -> list[Form]:
    """Every form, of each kind in turn for tuning and for judging."""
    rows = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["form"]
    seen: Counter[str] = Counter()
    found = []
    for row in rows:
        found.append(Form(**row, half=("tuning", "judging")[seen[row["kind"]] % 2]))
        seen[row["kind"]] += 1
    return found


def inside(form: Form, stories: list[dict[str, Any]], section: str, random: Random) -> str:
    """A form's rows, in what is around them."""
    names: dict[str, Any] = {
        "site": _SITE,
        "section": random.choice(_SECTIONS),
        **_values(stories[0], 0, random),
    }
    last = stories[-1]["title"]
    rows = "".join(
        form.row.format(**{**names, **_values(story, n, random), "title2": escape(last)})
        for n, story in enumerate(stories, 1)
    )
    return form.page.format(**names, rows=rows)


def _values(story: dict[str, Any], number: int, random: Random) -> dict[str, Any]:
    sentences = _SENTENCE.split(" ".join(story["text"].split()))
    slug = "-".join(story["title"].split()[:5])
    return {
        "title": escape(" ".join(story["title"].split())),
        "teaser": escape(sentences[0][:240]),
        "long": escape(" ".join(sentences[:3])[:600]),
        "day": random.choice(("20 نوفمبر 2026", "20/11/2026", "الجمعة 20 نوفمبر 2026", "2026-11-20")),
        "clock": f"{random.randrange(24):02}:{random.randrange(60):02}",
        "url": random.choice((f"/news/{number + 7100}", f"/a/{slug}", f"/article.php?id={number + 400}")),
        "far": f"https://{random.choice(('www.', ''))}paper{number}-{random.randrange(9)}.example/n/{number}",
        "name": random.choice(_NAMES),
        "n": number,
    }


def page_of(form: Form, draw: int) -> tuple[bytes, str]:
    """A page of a form and an address of its own; the same for the same draw on every machine."""
    random = Random(f"{form.kind} {form.name} {draw}")  # noqa: S311  (to be repeated exactly)
    stories, section = _stories(form, draw, random)
    body = inside(form, stories, section, random)
    title = form.title.format(site=_SITE, section=section, day="20 نوفمبر 2026", name=_NAMES[0])
    today = random.choice(("", "<div class='today'>السبت 28 نوفمبر 2026</div>"))
    html = (
        f"<!DOCTYPE html><html lang='ar' dir='rtl'><head><meta charset='utf-8'><title>{title}</title>"
        f"{form.head or random.choice(_HEADS)}</head><body>{_menu(random)}{today}{body}"
        f"{random.choice(('', '<footer>جميع الحقوق محفوظة</footer>', '<p>حقوق النشر © السهل 2026</p>'))}"
        "</body></html>"
    )
    return html.encode(), _HOST + form.at[draw % len(form.at)]


def _stories(form: Form, draw: int, random: Random) -> tuple[list[dict[str, Any]], str]:
    """Some stories and what they have in common: nothing, or a desk and month, or the topic of a tag."""
    count, section = random.randrange(7, 19), random.choice(_SECTIONS)
    stories = corpus()
    if draw % 2:
        if form.kind in ("tag", "search"):
            section = random.choice(_TOPICS)
            stories = [story for story in stories if section in story["title"]]
        else:
            desk = _desk(random.choice(stories))
            section = _DESKS.get(desk[0], section)
            stories = [story for story in stories if _desk(story) == desk]
    return random.sample(stories, min(len(stories), count)), section


def _desk(story: dict[str, Any]) -> tuple[str, str]:
    return story["cat"], " ".join(story["time"].split()[2:4])


def _menu(random: Random) -> str:
    links = [f"<a href='/m{number}'>{name}</a>" for number, name in enumerate(_MENU)]
    return random.choice(
        (
            f"<nav><ul>{''.join(f'<li>{link}</li>' for link in links)}</ul></nav>",
            f"<table><tr>{''.join(f'<td>{link}</td>' for link in links)}</tr></table>",
            f"<center>{' | '.join(links)}</center>",
            "",
        )
    )


def with_listing(form: Form, draw: int) -> tuple[bytes, str]:
    """An article with a listing of a form under its text, and the article's first paragraph."""
    random = Random(f"article {form.kind} {form.name} {draw}")  # noqa: S311  (as above)
    (story, *others), section = _stories(form, draw, random)
    layout = plain.LAYOUTS[random.randrange(len(plain.LAYOUTS))]
    lines = paragraphs_of(story)
    page = plain.page_of(layout, story["title"], map(escape, lines)).decode()
    below = inside(form, others, section, random)
    return page.replace("<footer>", f"<div>{below}</div><footer>").encode(), lines[0]


def report(draws: int = DRAWS, *, articles: bool = True) -> dict[str, float]:
    """Print how many of each kind are refused, and of the articles; return the shares and numbers.

    Args:
        draws: pages of each form.
        articles: count the articles that are turned away, too, which takes a minute.
    """
    try:
        corpus()
    except AbsentError as reason:
        print(f"{'listings':16}skipped: {reason}")
        return {}
    jobs = [(form, draw, opaque) for form in forms() for draw in range(draws) for opaque in (False, True)]
    with ProcessPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
        refused = list(pool.map(_is_refused, *zip(*jobs, strict=True), chunksize=8))
        turned = []
        if articles:
            below = [form for form in forms() if form.kind != "live"]  # an article over one is a live blog
            beside = [(form, draw) for form in below for draw in range(draws)]
            turned += pool.map(_why_article, *zip(*beside, strict=True), chunksize=8)
            turned += pool.map(_why, _real_articles(), chunksize=4)
    counts: dict[tuple[str, str, bool], list[bool]] = {}
    for (form, _, opaque), gone in zip(jobs, refused, strict=True):
        for kind in (form.kind, "all"):
            counts.setdefault((kind, form.half, opaque), []).append(gone)
    _print(counts)
    turned = list(filter(None, turned))
    if articles:
        print(f"{'listings':16}{len(turned)} articles refused")
    for why in turned:
        print(f"      {why}")
    shares = {f"{half}{'_opaque' if opaque else ''}": counts["all", half, opaque]
              for half in ("tuning", "judging") for opaque in (False, True)}  # fmt: skip
    return {"lost": len(turned)} | {name: sum(gone) / len(gone) for name, gone in shares.items()}


def _print(counts: dict[tuple[str, str, bool], list[bool]]) -> None:
    print(f"{'listings':16}{'refused of':14}{'tuning':>9}{'opaque':>9}{'judging':>9}{'opaque':>9}")
    for kind in dict.fromkeys(kind for kind, _, _ in counts if kind != "all") | {"all": None}:
        cells = (counts[kind, half, opaque] for half in ("tuning", "judging") for opaque in (False, True))
        print(f"{'':16}{kind:14}" + "".join(f"{f'{sum(gone)}/{len(gone)}':>9}" for gone in cells))


def _read(html: bytes, url: str) -> str:
    """Why a page is turned away; empty where it is stored."""
    from newscrawl.article import Rejected
    from newscrawl.extraction import extract

    article = extract(html, url, fetched_at=FETCHED_AT)
    return article.reason if isinstance(article, Rejected) else ""


def _is_refused(form: Form, draw: int, opaque: bool) -> bool:
    html, url = page_of(form, draw)
    return bool(_read(html, OPAQUE if opaque else url))


def _why_article(form: Form, draw: int) -> str:
    html, _ = with_listing(form, draw)
    why = _read(html, TRANSPLANTED)
    return f"an article over {form.kind}, {form.name}: {why}" if why else ""


def _real_articles() -> Iterator[Sample]:
    parts: Iterable[Iterator[Sample]] = (
        real_pages("pages"), real_pages("pages-2"), arabic(), layouts("fundus"), layouts("wcxb")
    )  # fmt: skip
    return chain.from_iterable(parts)


def _why(sample: Sample) -> str:
    """Why a real article is turned away; one in another language only for its kind."""
    from newscrawl.extraction.kinds import not_an_article
    from newscrawl.extraction.page import read

    if not sample.part.startswith("layouts"):
        why = _read(sample.html, sample.url)
    else:
        result = read(sample.html, sample.url, fetched_at=FETCHED_AT)
        kind = (
            not_an_article(result.page, sample.url, result.article.body, None, result.article.title)
            if result.page and result.article
            else None
        )
        why = kind.reason if kind else ""
    return f"{sample.part} {sample.name}: {why}" if why else ""
