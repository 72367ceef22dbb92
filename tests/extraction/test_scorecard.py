"""Scorecards of saved pages: what counts as sound, and a mend for everything that is not."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.extraction.scorecard import FIELDS, score_page, summarise
from newscrawl.outlets.layout import Layout

from .test_overrides import outlet

URL = "https://www.qarya.example/news/1"
BODY = "".join(
    f"<p>قال رئيس البلدية في الفقرة رقم {n} إن العمل في الطريق الجديد سيبدأ بعد شهرين من اليوم.</p>"
    for n in range(6)
)
DATED = '<meta property="article:published_time" content="2026-03-08T14:15:00+02:00">'
CANONICAL = f'<link rel="Canonical" href="{URL}">'


def page(head=DATED + CANONICAL, body=BODY):
    return (
        f'<html lang="ar"><head><meta property="og:type" content="article">{head}'
        "<title>عنوان الخبر الطويل</title></head>"
        f"<body><article><h1>عنوان الخبر الطويل</h1>{body}</article></body></html>"
    ).encode()


def card(html, *layouts, **more):
    return score_page("1.html", html, outlet(*layouts), **more)


def test_a_sound_page():
    found = card(page())
    assert (found.url, found.faults, found.notes, found.leaks, found.layout) == (URL, [], [], [], "")
    values = json.loads(json.dumps(found.to_json()))
    assert (values["outcome"], values["title"]) == ("article", "عنوان الخبر الطويل")
    assert (values["published_at"], values["published_source"]) == ("2026-03-08T14:15:00+02:00", "meta")
    assert values["words"] > 50
    assert "body" not in values


@pytest.mark.parametrize(
    ("head", "url"),
    [
        (CANONICAL, URL),
        (f'<meta property="og:url" content="{URL}">', URL),
        ('<link rel="canonical" href="/news/7">', "https://qarya.example/news/7"),
        (f'<link rel="canonical" href=" "><meta property="og:url" content="{URL}">', URL),
        (f'<link rel="canonical" href="http://[x"><meta property="og:url" content="{URL}">', URL),
        (f'<link rel="alternate" href="/en">{CANONICAL}', URL),
    ],
)
def test_the_page_says_its_address(head, url):
    assert card(page(DATED + head)).url == url


def test_a_given_address_comes_first():
    assert card(page(), url="https://www.qarya.example/news/2").url.endswith("/2")


@pytest.mark.parametrize("head", ["", '<link rel="canonical" href="android-app://x">'])
def test_no_address_is_a_fault_with_its_mend(head):
    found = card(page(head))
    assert found.faults == ["no canonical link and no og:url; check it alone and give its address with --url"]
    assert found.article is None


def test_an_address_that_is_none():
    [fault] = card(page(), url="qarya/1").faults
    assert fault.startswith("its address cannot be used (")
    assert fault.endswith("; give it with --url")


def test_a_page_of_another_site_is_noted():
    found = card(page(), url="https://other.example/news/1")
    assert found.notes == ["its address, https://other.example/news/1, is not one of qarya's"]
    assert found.faults == []


def test_no_date_is_a_fault():
    assert card(page(CANONICAL)).faults == ["no date; name its place with published in [[layouts]]"]


def test_a_rejected_page_is_a_fault():
    found = card(page(body="<p>Hello world</p>"))
    assert found.rejection is not None
    [fault] = found.faults
    assert fault.startswith(f"not an article: {found.rejection.outcome.value}, {found.rejection.reason}; ")
    assert found.to_json()["outcome"] == found.rejection.outcome.value


@pytest.mark.parametrize("html", [b"", b"\x00", b"<", "نص بلا صفحة".encode("cp1256")])
def test_what_is_no_page_has_a_fault_and_no_exception(html):
    assert len(card(html).faults) == len(card(html, url=URL).faults) == 1


def test_phrases_of_the_site_in_the_body_are_faults(monkeypatch):
    from newscrawl.extraction import scorecard

    monkeypatch.setattr(scorecard, "leaks", lambda body: ["اقرأ أيضا", "تابعونا"] if "الطريق" in body else [])
    found = card(page())
    assert found.leaks == ["اقرأ أيضا", "تابعونا"]
    assert found.faults == [
        "in the body: «اقرأ أيضا»، «تابعونا»; name their elements in remove of [[layouts]]"
    ]


def test_many_and_long_leaks_are_shown_in_short(monkeypatch):
    from newscrawl.extraction import scorecard

    monkeypatch.setattr(scorecard, "leaks", lambda body: ["س" * 100] * 7)
    [fault] = card(page()).faults
    assert fault.count(f"«{'س' * 59}…»") == 5
    assert " and 2 more; " in fault


def test_the_real_phrases_are_asked():
    from newscrawl.extraction.phrases import leaks
    from newscrawl.extraction.scorecard import leaks as asked

    assert asked is leaks
    assert leaks("تابعونا على تيليغرام") != []


def test_the_layout_in_use_is_named_with_its_silent_selectors():
    layouts = (Layout(body="//main"), Layout(name="new", body="//article", byline="//cite"))
    found = card(page(), *layouts)
    assert found.layout == "2 new"
    assert found.notes == ["layout 1: body: found nothing", "layout 2: byline: found nothing"]
    assert found.faults == []


def test_the_day_of_the_fetch_decides_on_the_layout():
    layout = Layout(body="//article", valid_until="2026-03-09")
    assert card(page(), layout, fetched_at=datetime(2026, 3, 9, 12, tzinfo=UTC)).layout == "1"
    assert card(page(), layout, fetched_at=datetime(2026, 3, 10, 12, tzinfo=UTC)).layout == ""


def test_summary():
    cards = [card(page()), card(page(CANONICAL)), card(page(body="<p>Hello</p>"))]
    total = summarise(cards)
    assert (total.pages, total.articles, total.sound, total.leaks) == (3, 2, 1, 0)
    assert total.words == 2 * cards[0].article.word_count
    assert list(total.fields) == list(FIELDS)
    assert total.fields | {"title": 2, "body": 2, "published_at": 1, "authors": 0} == total.fields
    assert total.to_json()["fields"]["published_at"] == 0.5


def test_a_summary_of_no_article():
    assert summarise([]).to_json()["fields"]["title"] == 0.0


@given(st.binary(max_size=200), st.text(max_size=30))
def test_any_bytes_and_any_address_give_a_card(html, url):
    found = card(html, url=url)
    assert found.faults
    json.dumps(found.to_json())
