"""What every site of the newsroom needs: links of its articles, slugs, a front page and section pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from html import escape

from newscrawl.article import Outcome
from tests.newsroom.desk import Desk, Text
from tests.newsroom.furniture import SECTIONS, Piece, footer, nav, section_path
from tests.newsroom.reply import page
from tests.newsroom.site import Ending, Link, Site

ODD = {"flash": Outcome.TOO_SHORT, "english": Outcome.NOT_ARABIC, "persian": Outcome.NOT_ARABIC}
"""Special texts that are published like any other, and where their URLs end."""

LANGUAGES = {"english": "en", "persian": "fa"}
EITHER = {outcome: frozenset({outcome, Outcome.KNOWN}) for outcome in Outcome}
"""For the second visit, where a crawler may decide from the link alone before it looks into its memory."""


def arabic_slug(title: str) -> str:
    """A slug of the title's own words, as Arabic content systems make them."""
    return "-".join(re.findall(r"[^\W_]+", re.sub(r"[\u064b-\u0652\u0640]", "", title))[:9])


def latin_slug(site: Site, text: Text) -> str:
    """The text's own slug; its file prefixes it with the outlet, a web address does not."""
    return text.slug.removeprefix(f"{site.outlet}-")


def mixed_slug(site: Site, desk: Desk, text: Text, *, arabic: bool) -> str:
    """An Arabic slug if asked for, but never one of a title that a correction changes."""
    keep = not arabic or text.slug in desk.corrected
    return latin_slug(site, text) if keep else arabic_slug(text.title)


def link(desk: Desk, piece: Piece, ends: Outcome = Outcome.STORED, again: Ending | None = None) -> Link:
    """A listing's entry for an article; what changed between the editions ends accordingly."""
    text = piece.text
    if text.slug in desk.new:
        again = Outcome.STORED
    elif text.slug in desk.corrected and desk.edition == 2:
        again = Outcome.UPDATED
    return Link(piece.url, text.title, text.published, text.modified, text.summary, "ar", ends, again)


def trap(url: str, title: str, near: Piece, ends: Outcome, again: Ending | None = None) -> Link:
    """A listing's entry for a trap, dated like an article near it."""
    return Link(url, title, near.text.published, None, title, "ar", ends, again)


def part(desk: Desk, pieces: Sequence[Piece], start: float, stop: float) -> list[Piece]:
    """A stretch (shares of the whole) of the steady articles, with all that change or are new before it."""
    lively = [piece for piece in pieces if piece.text.slug in desk.corrected | desk.new]
    steady = [piece for piece in pieces if piece not in lively]
    return [*lively, *steady[int(start * len(steady)) : int(stop * len(steady))]]


def newest_first(links: Iterable[Link]) -> list[Link]:
    """In the order feeds have."""
    return sorted(links, key=lambda entry: entry.modified or entry.published, reverse=True)


def put_front_pages(site: Site, pieces: Sequence[Piece], skip: frozenset[str] = frozenset()) -> None:
    """The home page and a page for each section, each a list of links with a line of summary."""
    site.put("/", page(front(site, site.name, pieces)))
    for key, name in SECTIONS:
        if key not in skip:
            own = [piece for piece in pieces if section_path(piece.text.section) == f"/section/{key}"]
            site.put(f"/section/{key}", page(front(site, name, own)))


def front(site: Site, heading: str, pieces: Iterable[Piece]) -> str:
    """A page that lists articles and is none."""
    cards = "\n".join(
        f'<div class="card"><h2><a href="{escape(piece.url)}">{escape(piece.text.title)}</a></h2>'
        f"<p>{escape(piece.text.summary)}</p></div>"
        for piece in pieces
    )
    return (
        '<!DOCTYPE html>\n<html lang="ar" dir="rtl"><head><meta charset="utf-8">'
        f"<title>{heading} - {site.name}</title>"
        '<meta property="og:type" content="website"></head>\n'
        f"<body><header>{nav()}</header><main><h1>{heading}</h1>\n{cards}\n"
        f'<a class="more" href="?page=2">المزيد</a></main>\n{footer(site.name)}</body></html>\n'
    )


def odd_pieces(desk: Desk, address: Callable[[int, Text], str]) -> list[tuple[str, Piece]]:
    """(kind, piece) of the special texts published as ordinary pages, at `address(place, text)`."""
    texts = [(kind, text) for kind in ODD for text in desk.specials.get(kind, ())]
    return [(kind, Piece(text, address(place, text))) for place, (kind, text) in enumerate(texts)]
