import pytest

from newscrawl.extraction.sitenames import SiteNames, site_names
from newscrawl.page.statements import Statements


def names(*stated, url="https://www.almarfa.example/1"):
    return site_names(Statements(linked=[{"@type": "WebSite", "name": name} for name in stated]), url)


@pytest.mark.parametrize(
    "text",
    ["المرفأ", "صحيفة المرفأ", "جريدة المرفأ", "موقع المرفأ", "المرفأ نت", "المرفأ.نت", "almarfa", "AlMarfa",
     "almarfa.com", "almarfa.example", "المرفا", "الْمرفأ", "المرفأ الإلكترونية"],
)  # fmt: skip
def test_ways_to_write_the_name(text):
    assert names("صحيفة المرفأ").names(text)


@pytest.mark.parametrize(
    "text", ["", "صحيفة", "موقع", "المرفأ القديم", "سفن المرفأ", "com", "news", "المرفأ " * 40]
)
def test_other_texts_are_not_the_name(text):
    assert not names("المرفأ").names(text)


def test_a_subdomains_labels_run_together():
    site = names(url="http://arabic.qanat.example/x")
    assert site.names("QanatArabic")
    assert site.names("Qanat")
    assert not site.names("arabic")


@pytest.mark.parametrize(
    "said",
    [
        Statements(meta={"og:site_name": "الميناء"}),
        Statements(meta={"twitter:site": "@الميناء"}),
        Statements(meta={"application-name": "الميناء"}),
        Statements(article={"publisher": {"name": "الميناء"}}),
        Statements(article={"publisher": ["الميناء"]}),
        Statements(linked=[{"@type": "NewsMediaOrganization", "name": "الميناء"}]),
    ],
)
def test_places_that_state_the_name(said):
    assert site_names(said, "https://x.example/1").names("الميناء")


def test_nothing_stated_names_nothing():
    assert not SiteNames().names("المرفأ")
    assert not site_names(Statements(), "http://[bad").names("bad")
