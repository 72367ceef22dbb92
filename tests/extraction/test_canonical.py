import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.extraction.canonical import believed_canonical

SITE = "https://www.jarida.example"
SLUG = "افتتاح-جسر-المشاة-في-وسط-المدينة"

BELIEVED = [
    ("/news/4711", "/news/4711"),
    ("/news/4711?utm_source=x", "/news/4711"),
    ("/amp/news/4711", "/news/4711"),
    ("/news/4711/print", f"/news/{SLUG}-4711"),
    ("/?p=7404", f"/2026/11/{SLUG}"),
    ("/article.php?id=88&lang=ar", "/article.php?id=88"),
    (f"/2026/11/27/{SLUG}", f"/2026/11/27/{SLUG}"),
    (f"/m/{SLUG}.html", f"/{SLUG}"),
    (f"/{SLUG}", "/news/4711"),
    ("/story/9", "/story/9"),
    ("/x/brief.html", "/x/brief"),
]
NOT_BELIEVED = [
    # a script without its parameters
    ("/article.php?id=88", "/article.php"),
    ("/news/4711", "/details.aspx"),
    # one address for all
    ("/article.php?id=88", "/article.php?id=1"),
    ("/news/4711", "/news/4000"),
    ("/2026/11/27/4711", "/2026/11/27/4000"),
    (f"/{SLUG}", "/انتخابات-البلدية-تجري-الشهر-القادم"),
    # a section, a tag, the home page
    ("/news/4711", "/category/sport"),
    ("/news/4711", "/sport"),
    (f"/{SLUG}", "/sport"),
    (f"/{SLUG}", "/tag/سياسة"),
    ("/news/4711", "/"),
    ("/news/4711", "/ar"),
    ("/news/4711", ""),
    ("/brief", "/news.html"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "stated"), BELIEVED)
def test_a_link_that_names_the_article_is_believed(path, stated):
    assert believed_canonical(f"{SITE}{stated}", f"{SITE}{path}") != ""


@pytest.mark.parametrize(("path", "stated"), NOT_BELIEVED)
def test_a_link_that_names_something_else_is_not(path, stated):
    assert believed_canonical(f"{SITE}{stated}" if stated else "", f"{SITE}{path}") == ""


def test_ten_articles_of_a_site_stay_ten_when_all_state_the_same_link():
    for stated in ("/article.php", "/news", "/article.php?id=3", f"/{SLUG}", "/index.php?option=com_content"):
        kept = {
            believed_canonical(f"{SITE}{stated}", own) or own
            for own in (f"{SITE}/article.php?id={number}" for number in range(100, 110))
        }
        assert len(kept) >= 9 or stated == f"/{SLUG}"


@pytest.mark.parametrize(
    "stated", ["https://elsewhere.example/news/4711", "javascript:void(0)", "http://[bad"]
)
def test_another_site_or_no_address(stated):
    assert believed_canonical(stated, f"{SITE}/news/4711") == ""


@given(st.text(max_size=40), st.text(max_size=40))
def test_never_raises(stated, path):
    believed_canonical(f"{SITE}/{stated}", f"{SITE}/{path}")
    believed_canonical(stated, f"{SITE}/{path}")


def test_the_number_in_a_pages_name_is_an_id():
    url = "https://jarida.example/spip.php?page=article13"
    assert believed_canonical("https://jarida.example/spip.php?page=article12", url) == ""
    assert believed_canonical("https://jarida.example/spip.php?id_article=9&page=2", url) == ""
    assert believed_canonical(url, url + "&lang=ar") == url
