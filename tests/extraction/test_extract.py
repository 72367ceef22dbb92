from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.article import Article, Outcome, Rejected
from newscrawl.extraction import extract
from newscrawl.outlets import Outlet

from .test_gate import ARABIC, ENGLISH

URL = "https://www.sahifa.example/news/1"
CANONICAL = "https://sahifa.example/news/1"
NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
OUTLET = Outlet.model_validate(
    {
        "id": "sahifa",
        "name": "الصحيفة",
        "name_en": "Sahifa",
        "domain": "sahifa.example",
        "homepage": "https://www.sahifa.example/",
        "country": "SA",
        "kind": "newspaper",
        "timezone": "Asia/Riyadh",
        "feeds": ["https://www.sahifa.example/feed"],
    }
)
SECOND = "وأضاف البيان أن الجانبين اتفقا على عقد اجتماع آخر في العاصمة خلال الأشهر الثلاثة المقبلة."


def page(head="", body=f"<p>{ARABIC}.</p><p>{SECOND}</p>", title="زيارة إلى القاهرة"):
    return (
        f"<html lang='ar'><head><meta charset='utf-8'><title>{title}</title>{head}</head><body>"
        f"<nav><a href='/'>الرئيسية</a></nav><article><h1>{title}</h1>{body}</article>"
        "<footer>جميع الحقوق محفوظة</footer></body></html>"
    ).encode()


def read(content=None, url=URL, **more):
    return extract(page() if content is None else content, url, fetched_at=NOW, **more)


def test_an_article():
    article = read(outlet=OUTLET)
    assert isinstance(article, Article)
    assert article.title == "زيارة إلى القاهرة"
    assert article.body == f"{ARABIC}.\n\n{SECOND}"
    assert (article.outlet, article.outlet_name, article.country) == ("sahifa", "الصحيفة", "SA")
    assert article.canonical_url == CANONICAL
    assert (article.published_at, article.published_source) == (None, None)
    assert article.fetched_at == NOW
    assert article.word_count == len(f"{ARABIC} {SECOND}".split())
    assert len(article.content_hash) == 64


def test_without_an_outlet_the_domain_stands_for_it():
    article = read()
    assert (article.outlet, article.outlet_name, article.domain) == ("sahifa.example",) * 3


def test_a_naive_fetch_time_is_refused():
    with pytest.raises(ValueError, match="aware"):
        extract(page(), URL, fetched_at=datetime(2026, 11, 24))  # noqa: DTZ001


@pytest.mark.parametrize("url", ["/news/1", "ftp://sahifa.example/1", "", "http://[bad/1"])
def test_an_address_that_is_none_is_refused(url):
    with pytest.raises(ValueError, match=r"."):
        extract(page(), url, fetched_at=NOW)


@pytest.mark.parametrize(
    ("link", "canonical"),
    [
        ("https://www.sahifa.example/story/1", "https://sahifa.example/story/1"),
        ("/story/1", "https://sahifa.example/story/1"),
        ("https://m.sahifa.example/story/1", "https://sahifa.example/story/1"),
        ("https://www.elsewhere.example/story/1", CANONICAL),
        ("https://www.sahifa.example/", CANONICAL),
        ("javascript:void(0)", CANONICAL),
        ("http://[bad", CANONICAL),
    ],
)
def test_the_canonical_link_stays_on_the_site(link, canonical):
    head = f'<link rel="canonical" href="{link}">'
    assert read(page(head)).canonical_url == canonical


META = '<meta property="article:published_time" content="2026-11-01T10:00:00">'
LISTED = NOW - timedelta(hours=7)


def test_a_time_without_offset_is_in_the_outlets_zone():
    article = read(page(META), outlet=OUTLET)
    assert article.published_at.isoformat() == "2026-11-01T10:00:00+03:00"
    assert article.published_source == "meta"
    assert read(page(META)).published_at.isoformat() == "2026-11-01T10:00:00+00:00"


def test_the_listings_time_is_for_pages_without_one():
    assert read(page(META), listed_at=LISTED).published_source == "meta"
    article = read(listed_at=LISTED)
    assert (article.published_at, article.published_source) == (LISTED, "feed")
    unreadable = META.replace("2026-11-01T10:00:00", "أمس")
    assert read(page(unreadable), listed_at=LISTED).published_source == "feed"


def test_the_addresss_day_is_the_last_resort():
    url = "https://www.sahifa.example/2026/11/02/1"
    article = read(url=url, outlet=OUTLET)
    assert (article.published_at.isoformat(), article.published_source) == (
        "2026-11-02T00:00:00+03:00",
        "url",
    )
    assert read(url=url, outlet=OUTLET, listed_at=LISTED).published_source == "url"


def test_the_listings_time_completes_the_addresss_day():
    article = read(url="https://www.sahifa.example/2026/11/24/1", outlet=OUTLET, listed_at=LISTED)
    assert (article.published_at, article.published_source) == (LISTED, "feed")


@pytest.mark.parametrize(
    ("content", "url", "outcome"),
    [
        (page(), "https://www.sahifa.example/", Outcome.NOT_ARTICLE),
        (page(), "https://www.sahifa.example/tag/egypt", Outcome.NOT_ARTICLE),
        (page('<meta property="og:type" content="video.other">'), URL, Outcome.NOT_ARTICLE),
        (page(body=f"<p>{ENGLISH}</p>", title="Visit"), URL, Outcome.NOT_ARABIC),
        (page('<meta property="og:type" content="article">', "<p>خبر عاجل من القاهرة</p>"), URL, None),
        (b"", URL, Outcome.NOT_ARTICLE),
        (b"\x00\x01\x02", URL, Outcome.NOT_ARTICLE),
        (b"%PDF-1.7", URL, Outcome.NOT_ARTICLE),
        (b"<p>" + b"a" * 5_000_001, URL, Outcome.TOO_LARGE),
    ],
)
def test_what_is_no_article_is_rejected_with_a_reason(content, url, outcome):
    rejected = read(content, url)
    assert isinstance(rejected, Rejected)
    assert rejected.outcome is (outcome or Outcome.TOO_SHORT)
    assert rejected.reason


def test_control_characters_do_not_cost_the_page():
    assert isinstance(read(page().replace("القاهرة".encode(), "القاهرة\x00\x0b".encode())), Article)


@pytest.mark.parametrize("charset", ["windows-1256", "iso-8859-6"])
def test_other_charsets_give_the_same_article(charset):
    assert read(page().decode().encode(charset)).content_hash == read().content_hash


@settings(max_examples=40, deadline=None)
@given(st.one_of(st.binary(max_size=400), st.text(alphabet="<>/='\"apdivبتا \n&;#", max_size=300)))
def test_whatever_the_bytes_there_is_an_end(content):
    end = read(content if isinstance(content, bytes) else content.encode())
    assert isinstance(end, Article | Rejected)
