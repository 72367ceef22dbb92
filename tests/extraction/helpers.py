"""Small pages for tests of what is read around a headline."""

import json

from lxml import html

from newscrawl.extraction.metadata import read_metadata
from newscrawl.page import read_page

URL = "https://www.sahifa.example/news/1"


def page_of(*, head="", body="", linked=None):
    """A page in one walk; `linked` is its JSON-LD."""
    if linked is not None:
        text = linked if isinstance(linked, str) else json.dumps(linked, ensure_ascii=False)
        head += f'<script type="application/ld+json">{text}</script>'
    return read_page(
        html.document_fromstring(f"<html lang='ar'><head>{head}</head><body>{body}</body></html>")
    )


def read(*, head="", body="", linked=None, url=URL, outlet=None):
    """The metadata of a page."""
    return read_metadata(page_of(head=head, body=body, linked=linked), url, outlet)


def meta(**values):
    """Meta tags: `og_title` stands for og:title."""
    return "".join(
        f'<meta property="{name.replace("_", ":", 1)}" content="{value}">' for name, value in values.items()
    )


def article(**values):
    """JSON-LD of an article."""
    return {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "العنوان", **values}
