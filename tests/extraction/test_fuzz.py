"""Whatever a page holds, it becomes a sound article or a stated rejection, and soon.

`FUZZ_PAGES=10000 pytest tests/extraction/test_fuzz.py` reads so many mutated pages besides, and `FUZZ_SEED`
says where to begin; `make bench ARGS=fuzz` does the same and measures.
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings

from newscrawl.article import Article, Outcome, Rejected
from newscrawl.extraction import extract
from tests.extraction.fuzz import FETCHED_AT, SLOWEST_S, Page, any_bytes, fuzzed, news_pages, read, reworded
from tests.extraction.fuzz.claims import CLAIMS
from tests.extraction.fuzz.damage import DAMAGE
from tests.extraction.fuzz.floods import FLOODS, MOST_BYTES, UNITS
from tests.extraction.fuzz.letters import LETTERS
from tests.extraction.fuzz.originals import real_pages
from tests.extraction.fuzz.places import in_text
from tests.extraction.fuzz.reading import faults_of
from tests.extraction.golden import OWN, load

QUICK = 250
PAGES = int(os.environ.get("FUZZ_PAGES") or 0)
SEED = int(os.environ.get("FUZZ_SEED") or 0)


def unsound(pages):
    """What must not be, a line a page; a page with its number can be had again by `tests.extraction.fuzz`."""
    for page in pages:
        found = read(page)
        if found.seconds > SLOWEST_S:
            found.faults.append(f"took {found.seconds:.1f} s of the processor")
        if found.faults:
            yield f"{page.seed}: {page.made}: {'; '.join(found.faults)}"


@pytest.fixture(scope="module")
def original():
    gold = next(gold for gold in load(OWN) if gold.is_article)
    page = Page(gold.content, gold.values["url"], gold.values.get("header"), gold.name)
    assert read(page).outcome == "article"
    return page


def test_mutated_pages():
    assert list(unsound(map(fuzzed, range(QUICK)))) == []


@pytest.mark.slow
@pytest.mark.skipif(not PAGES, reason="FUZZ_PAGES says how many pages; 10,000 take some ten minutes")
def test_many_mutated_pages():
    assert list(unsound(map(fuzzed, range(SEED, SEED + PAGES)))) == []


@pytest.mark.parametrize(
    "mutator", [*DAMAGE, *LETTERS, *CLAIMS, *dict.fromkeys(FLOODS)], ids=lambda f: f.__name__
)
def test_each_way_of_mutating(mutator, original):
    rng = Random(mutator.__name__)
    assert (
        list(unsound([replace(original, content=mutator(original.content, rng), made=mutator.__name__)]))
        == []
    )
    assert (
        list(unsound([replace(original, content=mutator(b"", rng), made=f"nothing + {mutator.__name__}")]))
        == []
    )


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(news_pages())
def test_grown_pages(page):
    assert list(unsound([page])) == []


@settings(max_examples=60)
@given(any_bytes())
def test_bytes_of_every_kind(page):
    assert list(unsound([page])) == []


def test_a_page_of_too_many_elements_is_turned_away_and_one_of_many_is_read(original):
    def outcome(count):
        return read(replace(original, content=in_text(original.content, "<br>" * count))).outcome

    assert outcome(200_000) == Outcome.TOO_LARGE
    assert outcome(15_000) == "article"


def test_the_same_number_gives_the_same_page():
    assert fuzzed(7) == fuzzed(7)
    assert len({fuzzed(seed).content for seed in range(20)}) > 15
    assert max(len(fuzzed(seed).content) for seed in range(100)) <= MOST_BYTES
    assert len(set(UNITS)) == len(UNITS)


def test_a_reworded_page_has_other_words_in_the_same_markup():
    pages = [reworded(seed) for seed in range(30)]
    assert len({page.content for page in pages}) == len(pages)
    by_name = {page.made: page for page in real_pages()}
    for page in pages:
        original = by_name[page.made.removesuffix(" + reworded")]
        assert page.content != original.content
        assert page.content.count(b"<") == original.content.count(b"<")
    assert list(unsound(pages)) == []


def test_what_is_unsound_is_seen(original):
    article = extract(original.content, original.url, fetched_at=FETCHED_AT)
    assert isinstance(article, Article)
    assert faults_of(article) == []
    wrong = {
        "body": " ",
        "title": "عنوان\x00",
        "canonical_url": "http://www.sahifa.example/a/?utm_source=x",
        "published_at": datetime(2026, 11, 20),  # noqa: DTZ001
        "modified_at": FETCHED_AT.replace(year=2199),
        "authors": ("كاتب",),
        "summary": "\ud800",
    }
    for name, value in wrong.items():
        assert faults_of(replace(article, **{name: value})), name
    assert faults_of(Rejected(Outcome.NOT_ARTICLE, "")) != []
    assert read(Page(b"", "no address")).faults
