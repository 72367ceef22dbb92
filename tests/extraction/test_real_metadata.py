"""The metadata of the real pages that stand beside the checkout, against what people marked on them."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newscrawl.article import Article
from newscrawl.extraction import extract
from newscrawl.extraction.metadata import read_credit, read_metadata
from newscrawl.outlets import OutletIndex, load_outlets
from newscrawl.page import read_page
from newscrawl.page.parse import decode

PAGES = Path(__file__).resolve().parents[2].parent / "shared" / "pages"
FOUND = sorted(PAGES.glob("*.json"))
pytestmark = pytest.mark.skipif(
    not FOUND, reason="the real pages (../shared/pages) are not beside this checkout"
)


@pytest.fixture(scope="module")
def index():
    return OutletIndex(load_outlets().values())


def _read(path, index):
    import trafilatura

    gold = json.loads(path.read_text(encoding="utf-8"))
    content = (PAGES / gold["file"]).read_bytes()
    outlet = index.outlet_for_url(gold["url"])
    page = read_metadata(read_page(trafilatura.load_html(decode(content))), gold["url"], outlet)
    article = extract(content, gold["url"], outlet=outlet, fetched_at=datetime(2026, 11, 24, tzinfo=UTC))
    assert isinstance(article, Article)
    return gold, page, read_credit(article.body, page)


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.stem[-24:])
def test_every_field_is_as_people_marked_it(path, index):
    gold, page, credit = _read(path, index)
    found = {
        "title": page.title,
        "authors": page.authors,
        "section": page.section,
        "tags": page.tags,
        "image": page.image,
        "agency": credit.agency or None,
        "dateline_place": credit.dateline or None,
    }
    assert found == {name: gold[name] for name in found}


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.stem[-24:])
def test_the_title_needs_no_outlet(path, index):
    gold, page, _ = _read(path, OutletIndex([]))
    assert page.title == gold["title"]
