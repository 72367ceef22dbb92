"""Whole articles, and second articles after a pointer, in twenty plain layouts.

The markup is ours and holds nothing but the article, a menu and a footer; the text is not: articles of
../shared/corpus. A whole article must be kept whole; an article that follows a pointer ("اقرأ أيضا") and its
own headline must not come along.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from html import escape

from bench.evaluate.readers import FETCHED_AT
from bench.evaluate.samples import TRANSPLANTED, AbsentError, corpus

ARTICLES = 5_000
SECONDS = 1_000
"""Pages with a second article."""
WHOLE = 0.9
"""A text that keeps a smaller share of its words has lost something."""
KEPT = 0.2
"""A second article of which no more is left counts as found."""
_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"(?<=[.!؟])\s+")
_POINTERS = (
    "اقرأ أيضا",
    "اقرأ أيضاً:",
    "اقرأ المزيد",
    "مواضيع ذات صلة",
    "أخبار متعلقة",
    "إقرأ أيضا:",
    "قد يهمك أيضا",
)


@dataclass(frozen=True)
class Layout:
    """How an article is set: `%` stands for the article's parts."""

    text: str
    """Around all paragraphs."""
    paragraph: str = "<p>%</p>"
    headline: str = "<h1>%</h1>"
    stamp: str = '<span class="date">2026-11-20</span>'
    head: str = '<meta property="og:type" content="article">'


_MAIN, _ENTRY, _POST = (
    "<main>%</main>",
    '<div class="entry-content">%</div>',
    '<div class="post-body">%</div>',
)
_STATED = '<meta property="article:published_time" content="2026-11-20T10:00:00+03:00">'
LAYOUTS = (
    Layout("<article>%</article>"),
    Layout("<article>%</article>", head=_STATED),
    Layout(_MAIN, headline="<header><h1>%</h1></header>"),
    Layout(_ENTRY),
    Layout(_ENTRY, paragraph="%<br><br>", head=_STATED),
    Layout(_POST, paragraph="<div>%</div>"),
    Layout(_POST, paragraph='<p dir="rtl"><span>%</span></p>', stamp="<time>20 نوفمبر 2026</time>"),
    Layout('<div id="content"><div class="story">%</div></div>', headline="<h2>%</h2>"),
    Layout("<table><tr><td>%</td></tr></table>", paragraph="%<br>", headline='<font size=5><b>%</b></font>'),
    Layout('<section class="has-sidebar">%</section>', stamp="<p>الجمعة 20 نوفمبر 2026 - 10:00</p>"),
    Layout('<div class="elementor-widget">%</div>', head=_STATED),
    Layout('<div class="article-body share-enabled">%</div>', paragraph="<p>%</p>\n"),
    Layout('<div itemprop="articleBody">%</div>', head=""),
    Layout('<div class="td-post-content">%</div>', headline='<h1 class="entry-title">%</h1>'),
    Layout("<div>%</div>", paragraph="<div><p>%</p></div>", head=_STATED),
    Layout('<div class="text">%</div>', paragraph="<p><strong></strong>%</p>", stamp="نشر: 20/11/2026 10:00"),
    Layout("<center><div>%</div></center>", headline="<h3>%</h3>", head=_STATED),
    Layout('<div class="col-8"><div class="details">%</div></div>', headline='<div class="title">%</div>'),
    Layout('<div role="main">%</div>', paragraph="<p>&nbsp;%&nbsp;</p>"),
    Layout('<article class="widget-area">%</article>', stamp='<time datetime="2026-11-20T07:00Z">20</time>'),
)  # fmt: skip


def page_of(layout: Layout, title: str, paragraphs: list[str], after: str = "") -> bytes:
    """An article's page; `after` goes into the text's own element behind the last paragraph."""
    text = "\n".join(layout.paragraph.replace("%", escape(line)) for line in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'{layout.head}</head><body><nav><a href="/">الرئيسية</a> <a href="/sport">رياضة</a></nav>'
        f"{layout.headline.replace('%', escape(title))}{layout.stamp}{layout.text.replace('%', text + after)}"
        "<footer>جميع الحقوق محفوظة</footer></body></html>"
    ).encode()


def paragraphs_of(article: dict[str, str]) -> list[str]:
    """The text's own lines, or its sentences two by two where it has none."""
    text = article.get("body") or article["text"]
    lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    if len(lines) >= 3:
        return lines
    sentences = _SENTENCE.split(" ".join(lines))
    return [" ".join(sentences[place : place + 2]) for place in range(0, len(sentences), 2)]


def kept_share(found: str, paragraphs: list[str]) -> float:
    """The share of a text's words that were read."""
    wanted = Counter(_WORD.findall(" ".join(paragraphs)))
    return (wanted & Counter(_WORD.findall(found))).total() / max(1, wanted.total())


def report(articles: int = ARTICLES) -> dict[str, float]:
    """Print and return the share of whole articles that lose text, and of second articles that are found."""
    try:
        texts = corpus()
    except AbsentError as reason:
        print(f"{'plain':16}skipped: {reason}")
        return {}
    seconds = min(SECONDS, articles)
    with ProcessPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
        whole = list(pool.map(_whole, range(articles), _cycle(texts), chunksize=50))
        after = list(
            pool.map(_second, range(seconds), _cycle(texts, 9_000), _cycle(texts, 15_000), chunksize=50)
        )
    lost = [(share, number, why) for number, (share, why) in enumerate(whole) if share < WHOLE]
    found = sum(rest < KEPT for _, rest in after)
    first = sum(share >= WHOLE for share, _ in after)
    print(
        f"{'plain':16}{articles} whole articles, {len(lost)} ({len(lost) / articles:.2%}) lose over 10 % of "
        f"their text; {seconds} second articles after a pointer, {found} ({found / seconds:.1%}) found, "
        f"{first} ({first / seconds:.1%}) first ones whole"
    )
    for share, number, why in sorted(lost)[:10]:
        name = texts[number % len(texts)]["docno"]
        print(f"      {share:.2f} kept, layout {number % len(LAYOUTS)}, {name}: {why}")
    return {"lost": len(lost) / articles, "second": found / seconds, "first": first / seconds}


def _cycle(texts: list[dict[str, str]], start: int = 0) -> Iterator[dict[str, str]]:
    return (texts[(start + number) % len(texts)] for number in range(10**9))


def _read(html: bytes) -> tuple[str, str]:
    from newscrawl.article import Rejected
    from newscrawl.extraction import extract

    article = extract(html, TRANSPLANTED, fetched_at=FETCHED_AT)
    if isinstance(article, Rejected):
        return "", article.reason
    return article.body, "; ".join(getattr(article, "notes", ()))


def _whole(number: int, article: dict[str, str]) -> tuple[float, str]:
    paragraphs = paragraphs_of(article)
    body, why = _read(page_of(LAYOUTS[number % len(LAYOUTS)], article["title"], paragraphs))
    return kept_share(body, paragraphs), why


def _second(number: int, article: dict[str, str], other: dict[str, str]) -> tuple[float, float]:
    """The shares of the first article and of the second that were read."""
    layout, own, next_ = LAYOUTS[number % len(LAYOUTS)], paragraphs_of(article), paragraphs_of(other)
    lines = [_POINTERS[number % len(_POINTERS)], other["title"], *next_]
    after = "\n".join(layout.paragraph.replace("%", escape(line)) for line in lines)
    body, _ = _read(page_of(layout, article["title"], own, after))
    unlike = [line for line in next_ if line not in own]
    return kept_share(body, own), kept_share(body, unlike)
