"""The pages that are mutated."""

from __future__ import annotations

from functools import cache

from tests.extraction.fuzz.reading import Page
from tests.extraction.golden import OWN, SHARED, load
from tests.newsroom.reply import Visit
from tests.newsroom.world import build_world


@cache
def real_pages() -> tuple[Page, ...]:
    """The golden pages, those of ../shared where it is present, and the newsroom's."""
    golden = [
        Page(gold.content, gold.values["url"], gold.values.get("header"), gold.name)
        for folder in (OWN, SHARED)
        for gold in load(folder)
    ]
    return (*golden, *_newsroom_pages())


def _newsroom_pages() -> list[Page]:
    visit = Visit(earlier=1, slow_seconds=0.0, wait=lambda _: False, wait_for=lambda *_: None)
    found = []
    for site in build_world(1).values():
        for target, answer in site.answers.items():
            reply = answer(visit)
            body = reply.body if isinstance(reply.body, bytes) else b""
            if body and "html" in (reply.content_type or ""):
                found.append(Page(body, site.url(target), None, f"{site.outlet}{target}"))
    return found
