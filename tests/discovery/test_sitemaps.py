"""Sitemaps of every kind, and those that an outlet keeps one a day."""

import gzip
import zlib
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from newscrawl.discovery import Limits, expand

from .conftest import read, sample

HEAD = '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'


def sitemap(*entries: str) -> str:
    return HEAD + "".join(f"<url>{entry}</url>" for entry in entries) + "</urlset>"


def test_news_sitemap():
    listing = read(sample("news_sitemap.xml"))
    assert listing.kind == "news-sitemap"
    assert not listing.problems
    first, second, third = listing.candidates
    assert first.url.startswith("https://news.example/ar/article/k7-%D8%A7%D9%81%D8%AA")
    assert first.title == '"المرفأ" تفتتح ميناء الصيادين "الجديد"'
    assert first.published_at.isoformat() == "2026-09-27T20:01:18+04:00"
    assert first.modified_at.isoformat() == "2026-09-27T00:00:00+04:00"
    assert first.language == "ar"
    assert first.source == "news-sitemap"
    assert second.url == "https://news.example/view?id=12345&cat=7"
    assert second.language == "en"
    assert third.url == "https://news.example/ar/article/k8"
    assert third.published_at.isoformat() == "2026-09-27T18:30:00+04:00"


@pytest.mark.parametrize(
    "head",
    ["<urlset>", '<urlset xmlns="http://www.google.com/schemas/sitemap/0.84">', HEAD, "\ufeff\n " + HEAD,
     '<s:urlset xmlns:s="http://www.sitemaps.org/schemas/sitemap/0.9">'],
)  # fmt: skip
def test_any_namespace_or_none(head):
    prefix = "s:" if head.startswith("<s:") else ""
    body = "<P:url><P:loc>https://n.example/1</P:loc><news:news><news:title>خبر</news:title></news:news></P:url></P:urlset>"
    (candidate,) = read(head + body.replace("P:", prefix)).candidates
    assert (candidate.url, candidate.title, candidate.source) == (
        "https://n.example/1",
        "خبر",
        "news-sitemap",
    )


def test_lastmod_is_a_modification():
    (candidate,) = read(sitemap("<loc>https://n.example/1</loc><lastmod>2026-09-27</lastmod>")).candidates
    assert candidate.source == "sitemap"
    assert candidate.published_at is None
    assert candidate.modified_at.isoformat() == "2026-09-27T00:00:00+04:00"


def test_index():
    listing = read(
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        "<sitemap><loc>https://n.example/a.xml.gz</loc><lastmod>2026-09-27T10:00:00Z</lastmod></sitemap>"
        "<sitemap><loc> /b.xml?m=9&amp;y=2026 </loc></sitemap><sitemap><loc/></sitemap></sitemapindex>"
    )
    assert listing.kind == "sitemap-index"
    assert [child.url for child in listing.children] == [
        "https://n.example/a.xml.gz",
        "https://news.example/b.xml?m=9&y=2026",
    ]
    assert listing.children[0].modified_at.isoformat() == "2026-09-27T10:00:00+00:00"
    assert "1 of 3 entries have no usable web address" in listing.problems[0]


@pytest.mark.parametrize(
    "broken",
    [
        sitemap("<loc>https://n.example/?a=1&b=2</loc>").replace("</urlset>", ""),
        sitemap("<loc>https://n.example/?a=1&b=2</loc>", "<loc>javascript:x</loc>"),
        HEAD + "<url><loc>https://n.example/?a=1&amp;b=2</loc>",
        HEAD + "<url><loc>https://n.example/?a=1&amp;b=2<!-- c --></loc></url><url><loc>",
        "<br />\n<b>Warning</b>: mysql in <b>/srv/x.php</b>\n"
        + sitemap("<loc>https://n.example/?a=1&amp;b=2</loc>"),
    ],
)
def test_broken_is_read_and_said(broken):
    listing = read(broken)
    assert [candidate.url for candidate in listing.candidates] == ["https://n.example/?a=1&b=2"]
    assert listing.problems


def test_text_sitemap():
    listing = read("\ufeffhttps://n.example/story/1\r\n\r\nhttps://n.example/خبر\n")
    assert listing.kind == "text-sitemap"
    assert [candidate.url for candidate in listing.candidates] == [
        "https://n.example/story/1",
        "https://n.example/%D8%AE%D8%A8%D8%B1",
    ]


def test_limit_keeps_the_newest():
    entries = [f"<loc>https://n.example/{n}</loc><lastmod>2026-09-{n:02}</lastmod>" for n in range(1, 21)]
    listing = read(sitemap("<loc>https://n.example/undated</loc>", *entries), limits=Limits(max_candidates=5))
    assert [candidate.url.rpartition("/")[2] for candidate in listing.candidates] == [
        "16",
        "17",
        "18",
        "19",
        "20",
    ]
    assert "16 links more than the limit of 5" in listing.problems[0]


def test_limit_holds_while_reading():
    entries = [f"<loc>https://n.example/{n}</loc>" for n in range(3_000)]
    listing = read(sitemap(*entries), limits=Limits(max_candidates=7))
    assert [candidate.url.rpartition("/")[2] for candidate in listing.candidates] == list("0123456")


def test_gzip_once_twice_and_in_members():
    plain = sitemap("<loc>https://n.example/1</loc>").encode()
    for packed in (
        gzip.compress(plain),
        gzip.compress(gzip.compress(plain)),
        gzip.compress(plain[:50]) + gzip.compress(plain[50:]),
        gzip.compress(plain) + b"\0\0\0\0",
    ):
        listing = read(packed)
        assert [candidate.url for candidate in listing.candidates] == ["https://n.example/1"]
        assert not listing.problems


def test_damaged_gzip_is_read_as_far_as_it_goes():
    plain = sitemap(*(f"<loc>https://n.example/{n * 7919}</loc>" for n in range(5_000))).encode()
    packed = gzip.compress(plain)
    cut = read(packed[: len(packed) // 2])
    assert 100 < len(cut.candidates) < 5_000
    assert "cut short or damaged" in cut.problems[0]
    spoilt = read(packed[: len(packed) // 2] + b"\xff" * 500 + packed[len(packed) // 2 + 500 :])
    assert len(spoilt.candidates) > 100
    assert any("cut short or damaged" in problem for problem in spoilt.problems)


def test_bomb():
    squeezer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(squeezer.compress(b" " * (1 << 20)) for _ in range(200)) + squeezer.flush()
    listing = read(bomb)
    assert listing.kind == "nothing"
    assert "larger than 52,428,800 bytes" in listing.problems[0]
    assert not listing.candidates


def test_size_limit_is_an_argument():
    assert read(sitemap("<loc>https://n.example/1</loc>"), limits=Limits(max_bytes=20)).kind == "nothing"


DUBAI = ZoneInfo("Asia/Dubai")
NOW = datetime(2026, 3, 1, 22, tzinfo=UTC)  # 2 March in Dubai, 1 March in London
TEMPLATE = "https://n.example/{yyyy}/{m}/{d}"


def test_today_and_yesterday_in_the_outlets_zone():
    assert expand(TEMPLATE, zone=DUBAI, now=NOW) == [
        "https://n.example/2026/3/2",
        "https://n.example/2026/3/1",
    ]
    assert expand(TEMPLATE, zone=ZoneInfo("Europe/London"), now=NOW)[0] == "https://n.example/2026/3/1"


def test_range_newest_first():
    found = expand(
        "https://n.example/s?d={yyyy-mm-dd}&x={mm}{dd}",
        zone=DUBAI,
        now=NOW,
        since=datetime(2024, 2, 28, tzinfo=DUBAI),
        until=datetime(2024, 3, 1, 23, 59, tzinfo=DUBAI),
    )
    assert found == [
        "https://n.example/s?d=2024-03-01&x=0301",
        "https://n.example/s?d=2024-02-29&x=0229",
        "https://n.example/s?d=2024-02-28&x=0228",
    ]


def test_half_open_ranges():
    assert len(expand(TEMPLATE, zone=DUBAI, now=NOW, since=NOW - timedelta(days=9))) == 10
    assert expand(TEMPLATE, zone=DUBAI, now=NOW, until=datetime(2024, 1, 1, 12, tzinfo=DUBAI)) == [
        "https://n.example/2024/1/1",
        "https://n.example/2023/12/31",
    ]


def test_no_day_after_today_and_no_reversed_range():
    assert (
        expand(TEMPLATE, zone=DUBAI, now=NOW, until=NOW + timedelta(days=5))[0]
        == "https://n.example/2026/3/2"
    )
    assert expand(TEMPLATE, zone=DUBAI, now=NOW, since=NOW, until=NOW - timedelta(days=5)) == []


def test_months_once_and_plain_addresses_as_they_are():
    monthly = expand("https://n.example/{yyyy}-{mm}.xml", zone=DUBAI, now=NOW, since=NOW - timedelta(days=40))
    assert monthly == [
        "https://n.example/2026-03.xml",
        "https://n.example/2026-02.xml",
        "https://n.example/2026-01.xml",
    ]
    assert expand("https://n.example/s.xml", zone=DUBAI, now=NOW) == ["https://n.example/s.xml"]


def test_a_time_without_offset_is_refused():
    with pytest.raises(ValueError, match="no offset"):
        expand(TEMPLATE, zone=DUBAI, now=datetime(2026, 3, 1))  # noqa: DTZ001


def test_an_entry_with_several_addresses_names_several_pages():
    day = "<lastmod>2026-09-03</lastmod>"
    listing = read(
        sitemap(
            f"<loc>https://news.example/a/1</loc>{day}<loc>https://news.example/a/2</loc>",
            "<loc>javascript:void(0)</loc><loc>https://news.example/a/3</loc>",
            "<loc></loc>",
        ).encode()
    )
    assert {one.url.rpartition("/")[2] for one in listing.candidates} == {"1", "2", "3"}
    assert {one.modified_at is None for one in listing.candidates if one.url[-1] in "12"} == {False}


def version(language, address):
    return f'<xhtml:link rel="alternate" hreflang="{language}" href="{address}"/>'


def test_the_arabic_version_of_a_page_is_a_page_too():
    listing = read(
        sitemap(
            "<loc>https://news.example/en/port</loc><lastmod>2026-09-03</lastmod>"
            + version("en", "https://news.example/en/port")
            + version("ar", "/ar/port")
            + version("ar-MA", "https://news.example/ma/port"),
            # each version has an entry of its own
            "<loc>https://news.example/ar/ship</loc>"
            + version("x-default", "https://news.example/en/ship")
            + version("ar", "https://news.example/ar/ship")
            + version("ar-MA", "https://news.example/ma/ship"),
            "<loc>https://news.example/fr/quai</loc>" + version("fr", "https://news.example/fr/quai"),
        ).encode()
    )
    assert [(one.url.removeprefix("https://news.example/"), one.language) for one in listing.candidates] == [
        ("en/port", "en"), ("ar/port", "ar"), ("ar/ship", ""), ("fr/quai", ""),
    ]  # fmt: skip
    assert {one.modified_at is None for one in listing.candidates[:2]} == {False}


def test_backslashes_are_slashes():
    listing = read(HEAD + r"<url><loc>https:\\n.example\2026\1</loc></url></urlset>")
    assert [candidate.url for candidate in listing.candidates] == ["https://n.example/2026/1"]
    listing = read("https:\\\\n.example\\story\\1\nhttps://n.example/story/2\n")
    assert [one.url for one in listing.candidates] == [
        "https://n.example/story/1",
        "https://n.example/story/2",
    ]


@pytest.mark.parametrize(
    "names",
    [
        "<URLSET><URL><LOC>{}</LOC><LASTMOD>2026-09-27</LASTMOD></URL></URLSET>",
        "<UrlSet><Url><Loc>{}</Loc><LastMod>2026-09-27</LastMod></Url></UrlSet>",
        "<urlset><URL><loc>{}</LOC><lastmod>2026-09-27</LastMod></url></urlset>",
        '<S:URLSET xmlns:S="http://x/"><S:URL><S:LOC>{}</S:LOC><S:LASTMOD>2026-09-27</S:LASTMOD></S:URL></S:URLSET>',
    ],
)
def test_names_are_read_without_regard_to_case(names):
    listing = read(names.format("https://n.example/Story/1"))
    [candidate] = listing.candidates
    assert (candidate.url, candidate.modified_at.day) == ("https://n.example/Story/1", 27)


def test_an_index_in_capitals():
    listing = read("<SITEMAPINDEX><SITEMAP><LOC>https://n.example/a.xml</LOC></SITEMAP></SITEMAPINDEX>")
    assert (listing.kind, listing.children[0].url) == ("sitemap-index", "https://n.example/a.xml")


def test_an_address_that_was_cut_off_is_no_candidate():
    whole = sitemap("<loc>https://n.example/story/1</loc>", "<loc>https://n.example/story/23456</loc>")
    ends = {whole.index("23456"), whole.index("456"), whole.index("23456") + 5}
    for end in ends:
        listing = read(whole[:end])
        assert [one.url for one in listing.candidates] == ["https://n.example/story/1"]
        assert "cut off" in listing.problems[0]
    for end in range(whole.index("</loc>", max(ends)) + 1, len(whole)):
        assert [one.url[-5:] for one in read(whole[:end]).candidates][-1] == "23456"
    marked = HEAD + "<url><loc><![CDATA[https://n.example/story/2"
    assert read(marked).candidates == []


def test_the_last_line_of_a_list_whose_packing_was_cut_is_no_candidate():
    lines = "".join(f"https://n.example/story/{number * 7919}\n" for number in range(2000)).encode()
    packed = gzip.compress(lines)
    listing = read(packed[: len(packed) // 2])
    assert listing.candidates
    assert {one.url for one in listing.candidates} <= set(lines.decode().split())
