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


@pytest.mark.parametrize(
    "url",
    [
        "https://jarida.example/spip.php?article7",
        "https://jarida.example/?id_article=9",
        "https://jarida.example/spip.php?page=article&id_article=31&lang=ar",
        "https://jarida.example/spip.php?page=article31",
        "https://jarida.example/breve44.html",
        "https://jarida.example/ar/article8",
        "https://n.example/2026/11/03/%D8%B2%D9%84%D8%B2%D8%A7%D9%84",
        "https://n.example/ar/2026-11-03/harbour",
        "https://n.example/3/11/2026/%D9%87%D8%AF%D9%86%D8%A9-%D8%AC%D8%AF%D9%8A%D8%AF%D8%A9/",
    ],
)
def test_short_numbers_and_short_slugs_of_articles(url):
    assert looks_like_article(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://jarida.example/spip.php?rubrique7",
        "https://jarida.example/?id_rubrique=9",
        "https://jarida.example/spip.php?mot31",
        "https://jarida.example/auteur5.html",
        "https://n.example/2026/11/03/",
        "https://n.example/2026/11/03/page/2",
        "https://n.example/2026/11/harbour",
        "https://n.example/2026/11/03/2",
    ],
)
def test_short_numbers_of_listings(url):
    assert not looks_like_article(url)


LONG = "/أخبار-الخليج-العربي-واليمن-والقرن-الأفريقي"
SLUG = "/وزراء-المالية-يبحثون-خفض-الديون"


@pytest.mark.parametrize(
    "menu",
    [
        "<nav><ul><li><a href='{0}'>أخبار الخليج</a></li></ul></nav>",
        "<div role=navigation><p><a href='{0}/'>أخبار الخليج</a></div>",
        "<ul class='top main-menu'><li><a href='{0}'>أخبار الخليج</a></ul>",
        "<p><a href='{0}'>الخليج</a><a href='{0}/وفاة-الفنان-الكبير-بعد-صراع'>وفاة</a>",
    ],
)
def test_what_the_page_uses_as_a_section_is_none_of_its_articles(menu):
    page = f"<html><body>{menu.format(LONG)}<h2><a href='{SLUG}'>وزراء المالية يبحثون</a></h2></body></html>"
    titles = {one.title for one in read(page, "https://n.example/").candidates}
    assert titles - {"وفاة"} == {"وزراء المالية يبحثون"}


def test_articles_in_a_menu_and_pages_below_an_article_cost_no_article():
    page = f"""<html><nav><a href='{LONG}'>الخليج</a><a href='/news/123456'>خبر</a>
        <div><a href='/رئيس-الوزراء-يفتتح-الجسر-الجديد'><img src=a.jpg alt="افتتاح الجسر"></a></div></nav>
        <a href='{SLUG}'>وزراء</a><a href='{SLUG}/amp/'>نسخة</a></html>"""
    urls = {one.title for one in read(page, "https://n.example/").candidates}
    assert {"خبر", "افتتاح الجسر", "وزراء"} <= urls
    assert "الخليج" not in urls


@pytest.mark.parametrize(
    "url",
    [
        "https://n.example/index.php?option=com_content&view=article&id=9:الميناء&catid=2",
        "https://n.example/modules.php?name=Akhbar&file=article&sid=4",
        "https://n.example/details.aspx?id=31",
        "https://n.example/ar/Show_News.aspx?ID=8",
        "https://n.example/NewsDetails/6",
        "https://n.example/ar/node/7",
        "https://n.example/خبر/12",
        "https://n.example/02-11-2026/قمة",
        "https://n.example/20261102/قمة",
        "https://n.example/2026/11/قمة-طارئة",
    ],
)
def test_young_sites_have_short_numbers(url):
    assert looks_like_article(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://n.example/category.php?id=1234",
        "https://n.example/authors.aspx?id=1234",
        "https://n.example/print.php?id=1234",
        "https://n.example/about-us-and-our-long-story/about.html",
        "https://n.example/index.php?view=category&id=9",
        "https://n.example/news/2",
        "https://n.example/2026/11/02/",
        "https://n.example/2026/11/2",
        "https://n.example/20261102/2",
        "https://n.example/story",
    ],
)
def test_scripts_of_listings_and_pages_of_them_are_none(url):
    assert not looks_like_article(url)


def test_backslashes_are_slashes_and_a_link_that_was_cut_off_is_none():
    page = r'<html><body><a href="\news\2026\12345">x</a><a href="https:\\news.example\2026\12346">y</a>'
    urls = [one.url for one in read(page + '<a href="https://news.example/2026/12347').candidates]
    assert urls == ["https://news.example/news/2026/12345", "https://news.example/2026/12346"]
