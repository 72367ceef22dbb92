import re

import pytest

from newscrawl.discovery import looks_like_article

from .conftest import read, sample

PAGE = "https://news.example/ar/politics"


def test_article_links_with_titles():
    listing = read(sample("section.html"), PAGE)
    assert listing.kind == "html"
    assert not listing.problems
    first, second = listing.candidates
    assert (first.url, first.title, first.source) == (
        "https://news.example/ar/story/30001",
        "افتتاح ميناء الصيادين",
        "section",
    )
    assert second.url.startswith("https://news.example/ar/story/30002/%D8%B2")
    assert second.title == "زيارة إلى السوق القديم"


def test_the_outlets_pattern_decides():
    pattern = re.compile(r"https://elsewhere\.example\.org/story/\d+")
    (candidate,) = read(sample("section.html"), PAGE, article_pattern=pattern).candidates
    assert candidate.title == "إعلان"


def test_patterns_may_be_written_in_arabic():
    page = '<html><a href="https://n.example/أخبار/7">خبر</a></html>'
    assert len(read(page, article_pattern=re.compile("https://n.example/أخبار/")).candidates) == 1
    assert len(read(page, article_pattern=re.compile("https://n.example/%D8%A3")).candidates) == 1


def test_a_page_without_articles_is_a_problem():
    listing = read("<html><body><a href='/sport'>رياضة</a></body></html>")
    assert listing.kind == "html"
    assert "none of the 1 links" in listing.problems[0]
    assert "JavaScript" in listing.problems[0]


@pytest.mark.parametrize(
    "url",
    [
        "https://sana.sy/video/2558384/",
        "https://www.bbc.com/arabic/articles/c2lz41yrkwno",
        "https://www.bbc.com/arabic/tv-and-radio-52286617",
        "https://arabic.cnn.com/world/2018/06/07/wd-070618-influential-muslims-feryal-salem",
        "http://www.al-jazirah.com/2020/20200221/ln16.htm",
        "https://sharjah24.ae/ar/Articles/2026/09/26/KMR12",
        "https://n.example/article.aspx?ArticleId=123304",
        "https://n.example/view?cdate=17032020&id=f94bb453-2421-4b81-b6b8-7ec45016ba1b",
    ],
)
def test_articles(url):
    assert looks_like_article(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://n.example",
        "https://n.example/ar/",
        "https://n.example/politics/arab-world",
        "https://n.example/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1-%D8%B9%D8%B1%D8%A8%D9%8A%D8%A9-%D9%88%D8%AF%D9%88%D9%84%D9%8A%D8%A9",
        "https://n.example/2026/09/27/",
        "https://n.example/archive/20260927",
        "https://n.example/20260927",
        "https://n.example/page/12345",
        "https://n.example/tag/123456",
        "https://n.example/?page=12345",
        "https://n.example/wp-content/uploads/2026/09/a-b-c-d-e",
        "https://n.example/files/report-of-the-year-2026.pdf",
        "https://n.example/search?id=12345",
        "https://n.example/%D9%88%D8%B3%D9%85/%D9%85%D9%8A%D9%86%D8%A7%D8%A1-%D8%A7%D9%84%D8%B5%D9%8A%D8%AF-%D9%81%D9%8A-%D8%A7%D9%84%D8%AE%D9%88%D8%B1",
        "https://n.example/about-us",
        "https://n.example/rss/12345",
    ],
)
def test_not_articles(url):
    assert not looks_like_article(url)
