import time

import pytest

from .conftest import read, sample

RSS = "https://news.example/rss"


def test_rss_items():
    listing = read(sample("rss.xml"), RSS)
    assert listing.kind == "feed"
    assert [candidate.url for candidate in listing.candidates] == [
        "https://news.example/story/10001/%D8%A7%D9%81%D8%AA%D8%AA%D8%A7%D8%AD?utm_source=rss",
        "https://news.example/story/10002",
        "https://news.example/story/10003",
        "https://news.example/story/10004",
    ]
    assert {candidate.source for candidate in listing.candidates} == {"feed"}
    assert {candidate.found_in for candidate in listing.candidates} == {RSS}
    assert {candidate.language for candidate in listing.candidates} == {"ar-AE"}


def test_rss_titles_and_dates():
    first, second, third, fourth = read(sample("rss.xml"), RSS).candidates
    assert first.title == 'عاجل : "المرفأ" تفتتح ميناءها'
    assert first.published_at.isoformat() == "2026-09-27T20:01:18+04:00"
    assert second.published_at.isoformat() == "2026-09-27T18:00:00+04:00"  # the outlet's zone, not UTC
    assert third.published_at.isoformat() == "2026-09-27T15:00:00+03:00"  # dc:date is publication in RSS
    assert third.modified_at is None
    assert fourth.published_at is None


def test_problems_are_few_and_name_the_listing():
    problems = read(sample("rss.xml"), RSS).problems
    assert len(problems) == 2  # an item without a link; a day that does not exist
    assert all(problem.startswith(RSS) for problem in problems)


def test_podcast_has_no_pages():
    listing = read(sample("podcast.xml"), RSS)
    assert listing.kind == "feed"
    assert not listing.candidates
    assert "2 of 2 item(s) have no link to a page" in listing.problems[0]


def test_atom():
    first, second = read(sample("atom.xml"), "https://news.example/atom.xml").candidates
    assert first.url == "https://news.example/ar/story/20001"
    assert first.title == "الميناء & المدينة"
    assert first.published_at.isoformat() == "2026-09-27T10:00:00+03:00"
    assert first.modified_at.isoformat() == "2026-09-27T12:30:00+03:00"
    assert first.language == "ar"
    assert second.published_at is None
    assert second.modified_at.isoformat() == "2026-09-26T12:30:00+00:00"
    assert second.language == "en"


def test_rss_1_0():
    listing = read(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>t</title></channel>'
        '<item rdf:about="https://news.example/1"><title>خبر</title><link>https://news.example/1</link>'
        "<dc:date>2026-09-27T10:00:00+04:00</dc:date></item></rdf:RDF>"
    )
    (candidate,) = listing.candidates
    assert candidate.title == "خبر"
    assert candidate.published_at.isoformat() == "2026-09-27T10:00:00+04:00"
    assert not listing.problems


@pytest.mark.parametrize("root", ['<rss version="0.91">', "<rss>"])
def test_old_rss(root):
    item = "<channel><item><title>خبر</title><link>/1</link></item></channel></rss>"
    assert [candidate.url for candidate in read(root + item).candidates] == ["https://news.example/1"]


def item_feed(item: str) -> str:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><item>{item}</item></channel></rss>'


@pytest.mark.parametrize(
    ("item", "url"),
    [
        ("<link>https://n.example/?a=1&b=2&copy=3</link>", "https://n.example/?a=1&b=2&copy=3"),
        ("<link>https://n.example/?a=1&amp;amp;b=2</link>", "https://n.example/?a=1&b=2"),
        ("<link><![CDATA[\n https://n.example/?a=1&b=2 \n]]></link>", "https://n.example/?a=1&b=2"),
        ("<title>x&nbsp;y&hellip;</title><link>https://n.example/1</link>", "https://n.example/1"),
        ("<title>\x0bx\x00</title><link>https://n.example/1</link>", "https://n.example/1"),
        ("<media:content url='x'/><link>https://n.example/1</link>", "https://n.example/1"),
        ("<link>https://n.example/1</link><title>a < b</title>", "https://n.example/1"),
        ("<link>https://n.example/1</link><title>لم يغلق", "https://n.example/1"),
        ("<guid isPermaLink='true'>https://n.example/1</guid>", "https://n.example/1"),
        ("<guid isPermaLink='false'>https://n.example/1</guid>", "https://n.example/1"),
    ],
)
def test_broken_xml_is_read(item, url):
    listing = read(item_feed(item))
    assert [candidate.url for candidate in listing.candidates] == [url]


@pytest.mark.parametrize(
    "rest",
    [
        "<guid>http://[</guid>",
        "<link>http://[</link>",
        "<gml:pos>1 2</gml:pos>",
        "<title>&#1;&#xFFFF;</title>",
        "<link><item><link>/2</link></item>",
        "<link rel='&#1;' href='http://['/>",
        "<link typ:='x'>/2</link>",
    ],
)
def test_a_bad_item_spoils_no_other(rest):
    """Each of these once made feedparser, urllib or lxml raise, and cost the whole feed."""
    listing = read(f"<rss><channel><item><link>/1</link></item><item>{rest}</item></channel></rss>")
    assert "https://news.example/1" in [candidate.url for candidate in listing.candidates]


def test_broken_xml_is_said():
    assert any(
        "not well-formed" in problem for problem in read(item_feed("<link>/1?a=1&b=2</link>")).problems
    )
    assert any("not well-formed" in problem for problem in read(item_feed("<link>/1</link><b>")).problems)


def test_entities_in_titles():
    (candidate,) = read(
        item_feed("<link>/1</link><title>قال&nbsp;&laquo;نعم&raquo; &AMP; &LT;</title>")
    ).candidates
    assert candidate.title == "قال «نعم» & <"


def test_both_dates_in_rss():
    listing = read(
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><item><link>/1</link>'
        "<pubDate>Sun, 27 Sep 2026 10:00:00 +0400</pubDate>"
        "<atom:updated>2026-09-27T11:00:00+04:00</atom:updated>"
        "</item></channel></rss>"
    )
    (candidate,) = listing.candidates
    assert candidate.published_at.hour == 10
    assert candidate.modified_at.hour == 11


def test_windows_1256_under_any_label():
    text = item_feed("<link>https://news.example/1</link><title>افتتاح ميناء الصيادين</title>")
    for label, content_type in (
        ('encoding="windows-1256"', None),
        ("", "text/xml; charset=windows-1256"),
        ("", None),
        ('encoding="utf-8"', None),
        ("", "text/xml; charset=iso-8859-1"),
    ):
        content = text.replace("?>", f" {label}?>").encode("cp1256")
        (candidate,) = read(content, content_type=content_type).candidates
        assert candidate.title == "افتتاح ميناء الصيادين", (label, content_type)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_in_every_dress(encoding):
    (candidate,) = read(item_feed("<link>/1</link><title>خبر</title>").encode(encoding)).candidates
    assert candidate.title == "خبر"


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))
    + "]>"
)
BLOWUP = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "{"a" * 50_000}">]>'
EXTERNAL = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">'
    '<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>'
)


@pytest.mark.parametrize(
    ("doctype", "body"),
    [(LAUGHS, "&a11;"), (BLOWUP, "&a;" * 20_000), (EXTERNAL, "&a;")],
    ids=["billion laughs", "quadratic blow-up", "external entity"],
)
@pytest.mark.parametrize("kind", ["feed", "sitemap"])
def test_dtd_is_never_read(doctype, body, kind):
    if kind == "feed":
        rest = f"<rss><channel><item><link>https://n.example/1</link><title>{body}</title></item></channel></rss>"
    else:
        rest = (
            "<urlset><url><loc>https://n.example/1</loc><news:news><news:title>"
            f"{body}</news:title></news:news></url></urlset>"
        )
    began = time.process_time()
    listing = read(doctype + rest)
    assert time.process_time() - began < 1
    assert [candidate.url for candidate in listing.candidates] == ["https://n.example/1"]
    assert "haha" not in listing.candidates[0].title
    assert "root:" not in listing.candidates[0].title


@pytest.mark.parametrize(
    "hostile",
    [
        b"<rss>" + b"<a>" * 200_000,
        b"<rss>" + b"<" * 500_000,
        b"<rss>" + b"&" * 500_000,
        b"<rss>" + b"<![CDATA[" * 100_000,
        b"<rss><channel>" + b"<item><title>x" * 30_000,
        b"<rss " + b"a='" * 200_000,
        b"<!DOCTYPE rss [" + b"<!--" * 200_000,
        b"<!DOCTYPE rss [" + b"'\"" * 200_000,
        b"<!--" * 200_000,
        b"<?" * 200_000,
        b"<urlset>" + b"<url><loc>" * 50_000,
        b"<html>" + b"<a href='/story/12345'>" * 20_000,
        b"<html>" + b"<div>" * 100_000,
    ],
    ids=range(13),
)
def test_hostile_input_costs_little(hostile):
    began = time.process_time()
    read(hostile)
    assert time.process_time() - began < 3


def test_an_item_limit_is_said():
    from newscrawl.discovery import Limits

    items = "".join(f"<item><link>/{n}</link></item>" for n in range(30))
    listing = read(f"<rss><channel>{items}</channel></rss>", limits=Limits(max_candidates=10))
    assert len(listing.candidates) == 10
    assert "first 10" in listing.problems[0]


@pytest.mark.parametrize("link", ["javascript:void(0)", "mailto:desk@news.example", "http://"])
def test_a_link_that_leads_nowhere_leaves_the_item_its_guid(link):
    item = f'<link>{link}</link><guid isPermaLink="true">https://news.example/a/7</guid>'
    [candidate] = read(item_feed(f"<title>ميناء</title>{item}")).candidates
    assert candidate.url == "https://news.example/a/7"


@pytest.mark.parametrize(
    "link",
    [
        "#",
        "https://news.example/",
        "https://news.example",
        RSS + "#top",
        "https://news.example/ar/home",  # of all items
    ],
)
def test_a_link_that_is_no_items_own_gives_way_to_its_guid(link):
    items = "".join(
        f"<item><title>خبر</title><link>{link}</link><guid>https://news.example/k/{number}</guid></item>"
        for number in (7, 8)
    )
    listing = read(f'<rss version="2.0"><channel>{items}</channel></rss>', RSS)
    assert [one.url[-3:] for one in listing.candidates] == ["k/7", "k/8"]


def test_without_a_guid_the_link_stays_and_the_feed_itself_is_no_page():
    items = "<item><link>https://news.example/</link></item><item><link>#</link><guid>9</guid></item>"
    listing = read(f'<rss version="2.0"><channel>{items}</channel></rss>', RSS)
    assert [one.url for one in listing.candidates] == ["https://news.example/"]


@pytest.mark.parametrize(
    ("attribute", "found"), [("", 1), (' isPermaLink="true"', 1), (' isPermaLink="false"', 0)]
)
def test_a_permalink_may_be_a_path(attribute, found):
    item = f"<item><title>خبر</title><guid{attribute}>/khabar/77</guid></item>"
    listing = read(f'<rss version="2.0"><channel>{item}</channel></rss>', RSS)
    assert [one.url for one in listing.candidates] == ["https://news.example/khabar/77"] * found


def test_backslashes_are_slashes():
    [candidate] = read(item_feed(r"<title>x</title><link>\news\2026\1</link>"), RSS).candidates
    assert candidate.url == "https://news.example/news/2026/1"


def test_names_are_read_without_regard_to_case():
    feed = (
        "<RSS VERSION='2.0'><CHANNEL><ITEM><TITLE>خبر</TITLE><GUID ISPERMALINK='true'>/Story/7</GUID>"
        "<PUBDATE>Sun, 27 Sep 2026 20:01:18 +0400</PUBDATE></ITEM></CHANNEL></RSS>"
    )
    for text in (feed, feed.replace("ITEM>", "Item>").replace("</TITLE>", "</title>")):
        [candidate] = read(text, RSS).candidates
        assert (candidate.url, candidate.title) == ("https://news.example/Story/7", "خبر")
        assert candidate.published_at is not None


@pytest.mark.parametrize(
    "cut",
    [
        "<link>https://news.example/story/1",
        "<link><![CDATA[https://news.example/story/1",
        '<guid isPermaLink="true">https://news.example/story/1',
    ],
)
def test_an_address_that_was_cut_off_is_no_candidate(cut):
    whole = "<item><title>أ</title><link>https://news.example/story/77</link></item>"
    listing = read(f"<rss version='2.0'><channel>{whole}<item><title>ب</title>{cut}", RSS)
    assert [one.url for one in listing.candidates] == ["https://news.example/story/77"]


def test_an_attribute_that_was_cut_off_is_no_candidate():
    feed = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>أ</title><link href='https://news.example/st"
    )
    assert read(feed, RSS).candidates == []
