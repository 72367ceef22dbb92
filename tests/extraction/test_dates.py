import importlib.util
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as parser

from newscrawl.extraction.claims import url_day, zone_of
from newscrawl.extraction.dates import Dates, read_dates
from newscrawl.extraction.headline import Headline
from newscrawl.extraction.metadata import read_metadata
from newscrawl.outlets import OutletIndex, load_outlets
from newscrawl.outlets.model import DateRules
from newscrawl.page import read_page
from newscrawl.page.parse import decode

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
RIYADH = ZoneInfo("Asia/Riyadh")
CAIRO = ZoneInfo("Africa/Cairo")
URL = "https://sahifa.example/akhbar/4711"
TITLE = "المجلس البلدي يقر خطة جديدة لصيانة الطرق"
OTHER_TITLE = "وزارة النقل تعلن مواعيد تشغيل القطارات"
BODY = (
    "<p>"
    + "أقر المجلس البلدي في جلسته الأخيرة خطة جديدة لصيانة الطرق والأرصفة في أحياء المدينة. " * 4
    + "</p>"
)


def dates(body="", head="", url=URL, zone=RIYADH, now=NOW, **more):
    page = f"<html><head><title>{TITLE} - صحيفة</title>{head}</head><body>{body}</body></html>"
    return of_tree(parser.fromstring(page), url, zone, now, **more)


def of_tree(tree, url, zone, now, **more):
    page = read_page(tree)
    return read_dates(page, read_metadata(page, url).headline, url, zone, now, **more)


def article(stamp="", before="", after=""):
    return f"{before}<article><h1>{TITLE}</h1>{stamp}{BODY}{BODY}</article>{after}"


def linked(**dates):
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **dates})}</script>'


def meta(**dates):
    names = {"published": "article:published_time", "modified": "article:modified_time"}
    return "".join(
        f'<meta property="{names.get(key, key)}" content="{value}">' for key, value in dates.items()
    )


def published(found: Dates):
    return found.published_at and found.published_at.isoformat(), found.published_source


class TestSources:
    def test_json_ld_goes_before_all(self):
        found = dates(
            article("<time datetime='2026-11-01T12:00+03:00'>x</time>"),
            linked(datePublished="2026-11-01T10:00:00+03:00") + meta(published="2026-11-01T11:00:00+03:00"),
        )
        assert published(found) == ("2026-11-01T10:00:00+03:00", "json-ld")
        assert found.reason == ""

    def test_the_page_object_dates_an_article_object_that_does_not(self):
        graph = {
            "@graph": [
                {"@type": "WebPage", "datePublished": "2026-11-01T10:00:00+03:00"},
                {"@type": "Article"},
            ]
        }
        found = dates(article(), f'<script type="application/ld+json">{json.dumps(graph)}</script>')
        assert published(found) == ("2026-11-01T10:00:00+03:00", "json-ld")

    def test_a_video_in_the_page_dates_nothing(self):
        video = {"@type": "VideoObject", "uploadDate": "2020-01-01T10:00:00+03:00"}
        found = dates(article(), f'<script type="application/ld+json">{json.dumps(video)}</script>')
        assert published(found) == (None, None)

    def test_arabic_prose_in_a_meta_tag(self):
        found = dates(article(), meta(published="الأحد، 01 نوفمبر 2026 - 02:10 م"))
        assert published(found) == ("2026-11-01T14:10:00+03:00", "meta")

    @pytest.mark.parametrize(
        "name", ["pubdate", "dc.date.issued", "parsely-pub-date", "sailthru.date", "date"]
    )
    def test_names_of_meta_tags(self, name):
        found = dates(article(), f'<meta name="{name}" content="2026-11-01 10:00">')
        assert published(found) == ("2026-11-01T10:00:00+03:00", "meta")

    def test_microdata_of_several_stories_is_not_the_articles(self):
        card = (
            f'<div><meta itemprop="datePublished" content="2026-{{}}-01"><a href="/2">{OTHER_TITLE}</a></div>'
        )
        found = dates(article(after=card.format("09") + card.format("10")))
        assert published(found) == (None, None)

    def test_time_element_under_the_headline(self):
        found = dates(article('<div><time datetime="2026-11-01T10:00:00+03:00">الأحد</time></div>'))
        assert published(found) == ("2026-11-01T10:00:00+03:00", "time-element")

    def test_time_element_called_modified(self):
        found = dates(
            article(
                '<time class="published" datetime="2026-11-01T10:00+03:00"></time>'
                '<time class="modified" datetime="2026-11-02T10:00+03:00"></time>'
            )
        )
        assert published(found) == ("2026-11-01T10:00:00+03:00", "time-element")
        assert found.modified_at.isoformat() == "2026-11-02T10:00:00+03:00"

    def test_wordpress_calls_a_publication_updated(self):
        names = "entry-date published updated"
        stamp = f'<time class="{names}" datetime="2026-11-01T10:00+03:00">1 نوفمبر 2026</time>'
        assert published(dates(article(stamp))) == ("2026-11-01T10:00:00+03:00", "time-element")

    def test_a_form_around_the_page_hides_nothing(self):
        end = '<time itemprop="datePublished" datetime="2026-11-01T10:00+03:00">1</time>'
        page = f"<form class='has-sidebar sidebar'><h1>{TITLE}</h1>{BODY * 9}{end}</form>"
        assert published(dates(page)) == ("2026-11-01T10:00:00+03:00", "time-element")

    def test_time_element_elsewhere_that_calls_itself_publication(self):
        end = '<div class="end"><time class="entry-date" datetime="2026-11-01T10:00+03:00">1</time></div>'
        found = dates(f"<article><h1>{TITLE}</h1>{BODY * 9}{end}</article>")
        assert published(found) == ("2026-11-01T10:00:00+03:00", "time-element")

    def test_the_listing_is_asked_last(self):
        listed = datetime(2026, 11, 1, 7, tzinfo=UTC)
        assert published(dates(article(), listed_at=listed)) == ("2026-11-01T07:00:00+00:00", "feed")
        stamped = dates(article("<div>31 أكتوبر 2026 - 10:00</div>"), listed_at=listed)
        assert published(stamped)[1] == "visible-text"

    def test_nothing_is_none_with_a_reason(self):
        assert dates(article()) == Dates(reason="the page states no date")

    def test_what_cannot_be_read_is_in_the_reason(self):
        found = dates(article(), meta(published="31 فبراير 2026"))
        assert found.published_at is None
        assert "31 فبراير 2026" in found.reason
        assert "no such day" in found.reason


class TestVisibleText:
    @pytest.mark.parametrize(
        ("stamp", "moment"),
        [
            ("<div class='date'>الأحد 1 نوفمبر 2026 - 14:32</div>", "2026-11-01T14:32:00+03:00"),
            ("<span>١ تشرين الثاني ٢٠٢٦</span>", "2026-11-01T00:00:00+03:00"),
            ("<p>القاهرة - أحمد علي | 1 نوفمبر 2026</p>", "2026-11-01T00:00:00+03:00"),
            ("<div>بقلم: أحمد علي<br>تاريخ النشر: 01/11/2026 14:32</div>", "2026-11-01T14:32:00+03:00"),
            ("<ul><li>رياضة</li><li>1 نوفمبر 2026</li><li>14:32</li></ul>", "2026-11-01T14:32:00+03:00"),
            ("<div>الأحد 1 / 11 / 2026 <time>١٤:٣٢</time></div>", "2026-11-01T14:32:00+03:00"),
            ("<span>1</span> <span>نوفمبر</span> <span>2026</span>", "2026-11-01T00:00:00+03:00"),
            ("<b>نشر في:</b> 1 نوفمبر 2026 <i>14:32</i>", "2026-11-01T14:32:00+03:00"),
            ("<!-- date -->1 نوفمبر 2026", "2026-11-01T00:00:00+03:00"),
            ("<div>منذ 3 ساعات</div>", "2026-11-24T09:00:00+03:00"),
            ("<div>12 جمادى الأولى 1448هـ - 22 أكتوبر 2026م</div>", "2026-10-22T00:00:00+03:00"),
            ("<div>20 جمادى الأولى 1448هـ - 22 أكتوبر 2026م</div>", None),
            (
                "<div>20 جمادى الأولى 1448هـ - 22 أكتوبر 2026م</div><p>01-11-2026</p>",
                "2026-11-01T00:00:00+03:00",
            ),
        ],
    )
    def test_under_the_headline(self, stamp, moment):
        assert published(dates(article(stamp))) == (moment, "visible-text" if moment else None)

    def test_above_the_headline(self):
        body = f"<div><span class='date'>1 نوفمبر 2026</span><h1>{TITLE}</h1>{BODY}</div>"
        assert published(dates(body)) == ("2026-11-01T00:00:00+03:00", "visible-text")

    def test_behind_a_standfirst(self):
        lead = "<p>" + "تشمل الخطة خمسين شارعا وتنفذ على ثلاث مراحل تبدأ مطلع العام المقبل " * 3 + "</p>"
        assert len(lead) > 180
        found = dates(article(f"{lead}<div class='post-date'>1 نوفمبر 2026</div>"))
        assert published(found) == ("2026-11-01T00:00:00+03:00", "visible-text")

    def test_a_headline_without_h1(self):
        rows = (f"<b>{TITLE}</b>", "1 نوفمبر 2026", BODY)
        body = "".join(f"<tr><td>{row}</td></tr>" for row in rows)
        assert published(dates(f"<table>{body}</table>")) == ("2026-11-01T00:00:00+03:00", "visible-text")

    def test_the_sites_own_h1_is_not_the_headline(self):
        body = f"<div><h1>صحيفة</h1><p>24 أكتوبر 2026</p></div><div>{article('<p>1 نوفمبر 2026</p>')}</div>"
        assert published(dates(body))[0] == "2026-11-01T00:00:00+03:00"

    def test_the_headline_may_be_given(self):
        page = read_page(parser.fromstring("<body><div><b>عنوان آخر</b><i>1 نوفمبر 2026</i></div></body>"))
        [bold] = page.tagged("b")
        headline = Headline("عنوان آخر", page.blocks[0], bold)
        found = read_dates(page, headline, URL, RIYADH, NOW)
        assert published(found) == ("2026-11-01T00:00:00+03:00", "visible-text")

    @pytest.mark.parametrize(
        "other",
        [
            "<aside>1 نوفمبر 2026</aside>",
            "<div class='related-posts'><span>1 نوفمبر 2026</span></div>",
            "<div class='comments'><b>سالم</b> 1 نوفمبر 2026 14:32</div>",
            "<footer>1 نوفمبر 2026</footer>",
            "<div class='copyright'>© 2026 جميع الحقوق محفوظة</div>",
            f"<div><a href='/2'>{OTHER_TITLE}</a> <span class='date'>1 نوفمبر 2026</span></div>",
            f"<li><h3>{OTHER_TITLE}</h3><time>1 نوفمبر 2026</time></li>",
            "<p>وقال المجلس في بيان أصدره يوم 1 نوفمبر 2026 إن الخطة تشمل جميع أحياء المدينة وضواحيها</p>",
            "<p>14:32</p>",
            "<script>var d = '1 نوفمبر 2026';</script>",
        ],
    )
    def test_what_is_someone_elses_is_not_read(self, other):
        assert published(dates(article(other))) == (None, None)
        assert published(dates(article("", after=other))) == (None, None)

    @pytest.mark.parametrize(
        "clock",
        [
            "<header><div>الثلاثاء 24 نوفمبر 2026</div></header>",
            "<div class='top-bar'>الثلاثاء 24 نوفمبر 2026</div>",
            "<div class='current-date'>14 جمادى الآخرة 1448هـ - 24 نوفمبر 2026م</div>",
            "<div><div>الثلاثاء 24 نوفمبر 2026</div></div>",
        ],
    )
    def test_the_clock_of_the_pages_head_is_no_publication(self, clock):
        assert published(dates(article(before=clock))) == (None, None)
        assert (
            published(dates(article("<p>1 نوفمبر 2026</p>", before=clock)))[0] == "2026-11-01T00:00:00+03:00"
        )

    def test_a_stamp_of_today_under_the_headline_is_today(self):
        assert published(dates(article("<p>24 نوفمبر 2026</p>")))[0] == "2026-11-24T00:00:00+03:00"


class TestReconciliation:
    @pytest.mark.parametrize("day", ["2026-11-01", "2026-11-01T00:00:00+03:00", "2026-10-31T21:00:00Z"])
    def test_a_day_gets_its_time_from_the_text(self, day):
        found = dates(article("<p>الأحد 1 نوفمبر 2026 - 14:32</p>"), meta(published=day))
        assert published(found) == ("2026-11-01T14:32:00+03:00", "visible-text")

    def test_but_not_from_another_day(self):
        found = dates(article("<p>5 نوفمبر 2026 - 14:32</p>"), meta(published="2026-11-01"))
        assert published(found) == ("2026-11-01T00:00:00+03:00", "meta")

    def test_a_day_and_a_moment_with_an_offset_that_is_the_day_elsewhere(self):
        found = dates(
            article(), linked(datePublished="2026-11-09") + meta(published="2026-11-08T22:30:00Z"), zone=UTC
        )
        assert published(found) == ("2026-11-08T22:30:00+00:00", "meta")

    def test_utc_of_the_day_before_agrees_with_the_address(self):
        found = dates(article(), meta(published="2026-10-31T22:30:00Z"), url="https://s.example/2026/11/01/x")
        assert published(found) == ("2026-10-31T22:30:00+00:00", "meta")

    def test_a_templates_constant_loses_to_the_text_that_the_address_confirms(self):
        found = dates(
            article("<p>1 نوفمبر 2026 - 14:32</p>"),
            meta(published="2019-01-05T10:00:00+03:00"),
            url="https://s.example/2026/11/01/x",
        )
        assert published(found) == ("2026-11-01T14:32:00+03:00", "visible-text")

    def test_a_date_without_a_name_loses_to_the_address(self):
        url = "https://s.example/2026/11/01/x"
        assert published(dates(article("<p>9 نوفمبر 2026</p>"), url=url)) == (
            "2026-11-01T00:00:00+03:00",
            "url",
        )
        named = dates(article("<p>نشر في 9 نوفمبر 2026</p>"), url=url)
        assert published(named) == ("2026-11-09T00:00:00+03:00", "visible-text")

    def test_the_address_gets_its_time_from_the_listing(self):
        listed = datetime(2026, 11, 1, 7, tzinfo=UTC)
        found = dates(article(), url="https://s.example/2026/11/01/x", listed_at=listed)
        assert published(found) == ("2026-11-01T07:00:00+00:00", "feed")

    def test_the_moment_of_the_fetch_is_the_pages_clock(self):
        fetch = (NOW - timedelta(seconds=40)).isoformat()
        found = dates(article(), meta(published=fetch, modified="2026-11-01T10:00:00+03:00"))
        assert found.published_at is None
        assert dates(article(), meta(published=fetch)).published_at is not None  # news of this minute
        found = dates(article(), meta(published=fetch), url="https://s.example/2026/11/01/x")
        assert published(found) == ("2026-11-01T00:00:00+03:00", "url")

    def test_an_article_fetched_as_it_appears_keeps_its_time(self):
        moment = (NOW - timedelta(seconds=40)).isoformat()
        head = linked(datePublished=moment, dateModified=moment) + meta(modified="2020-03-15T20:18+0400")
        assert dates(article(), head).published_at.isoformat() == moment

    def test_hours_ago_are_no_time_of_a_day(self):
        found = dates(article("<p>منذ 3 ساعات</p>"), meta(published="2026-11-24"))
        assert published(found) == ("2026-11-24T00:00:00+03:00", "meta")

    def test_an_update_is_no_publication(self):
        stamp = article("<p>آخر تحديث: 9 نوفمبر 2026 14:32</p>")
        found = dates(stamp)
        assert (found.published_at, found.published_source) == (None, None)
        assert "updated" in found.reason
        assert found.modified_at.isoformat() == "2026-11-09T14:32:00+03:00"
        found = dates(stamp, url="https://s.example/2026/11/01/x")
        assert published(found) == ("2026-11-01T00:00:00+03:00", "url")
        assert found.modified_at.isoformat() == "2026-11-09T14:32:00+03:00"

    def test_both_stamps_in_one_line(self):
        found = dates(article("<p>نشر 1 نوفمبر 2026 10:00 | آخر تحديث 2 نوفمبر 2026 14:32</p>"))
        assert published(found) == ("2026-11-01T10:00:00+03:00", "visible-text")
        assert found.modified_at.isoformat() == "2026-11-02T14:32:00+03:00"


class TestModified:
    def test_trust_goes_down_the_sources(self):
        found = dates(
            article(),
            linked(datePublished="2026-11-01T10:00Z", dateModified="2026-11-03T10:00Z")
            + meta(modified="2026-11-02T10:00Z"),
        )
        assert found.modified_at.isoformat() == "2026-11-03T10:00:00+00:00"

    def test_an_earlier_day_is_passed_over(self):
        head = linked(datePublished="2026-11-05T10:00Z", dateModified="2026-11-03T10:00Z")
        assert dates(article(), head).modified_at is None
        found = dates(article(), head + meta(modified="2026-11-06T10:00Z"))
        assert found.modified_at.isoformat() == "2026-11-06T10:00:00+00:00"

    def test_the_same_day_is_kept_as_stated(self):
        found = dates(
            article(), linked(datePublished="2026-11-05T03:01+0300", dateModified="2026-11-05T01:30+0300")
        )
        assert found.modified_at.isoformat() == "2026-11-05T01:30:00+03:00"

    def test_a_day_alone_that_is_the_publications_says_nothing(self):
        head = linked(datePublished="2026-11-05T10:00Z", dateModified="2026-11-05")
        assert dates(article(), head).modified_at is None


class TestFalseUtc:
    HEAD = meta(published="2026-11-01T09:23:13Z", modified="2026-11-01T09:40:00Z")

    def test_the_same_digits_shown_as_local_time(self):
        found = dates(article("<p>الأحد، 01 نوفمبر 2026 09:23 ص</p>"), self.HEAD, zone=CAIRO)
        assert published(found) == ("2026-11-01T09:23:13+02:00", "meta")
        assert found.modified_at.isoformat() == "2026-11-01T09:40:00+02:00"

    def test_other_digits_are_true(self):
        found = dates(article("<p>الأحد، 01 نوفمبر 2026 11:23 ص</p>"), self.HEAD, zone=CAIRO)
        assert published(found) == ("2026-11-01T09:23:13+00:00", "meta")

    def test_digits_shown_as_greenwich_are_true(self):
        found = dates(article("<p>01 نوفمبر 2026 09:23 بتوقيت غرينتش</p>"), self.HEAD, zone=CAIRO)
        assert published(found) == ("2026-11-01T09:23:13+00:00", "meta")

    def test_known_of_the_outlet(self):
        lies = DateRules(local_time_marked_utc=("meta",))
        found = dates(article(), self.HEAD, zone=CAIRO, lies=lies)
        assert published(found) == ("2026-11-01T09:23:13+02:00", "meta")
        other = dates(article(), linked(datePublished="2026-11-01T09:23:13Z"), zone=CAIRO, lies=lies)
        assert published(other) == ("2026-11-01T09:23:13+00:00", "json-ld")

    def test_a_source_to_ignore(self):
        lies = DateRules(ignore=("meta", "url"))
        assert published(dates(article(), self.HEAD, url="https://s.example/2026/11/01/x", lies=lies)) == (
            None,
            None,
        )


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/2026/11/1/title", "2026-11-01"),
        ("/news/2026/11/01", "2026-11-01"),
        ("/news/2026-11-01-1.3874341", "2026-11-01"),
        ("/world/202003171044893040-title/", "2020-03-17"),
        ("/ar/20200317-title", "2020-03-17"),
        ("/20251228/eb603bcec09f/c.html", "2025-12-28"),
        ("/2022-02/21/c_131.htm", "2022-02-21"),
        ("/n3/2020/0317/c31659-9668907.html", "2020-03-17"),
        ("/arabic/middleeast/2013/08/130803_syria", "2013-08-03"),
        ("/2013/middle_east/8/3/syria.clashes/index.html", "2013-08-03"),
        ("/article/25/01/2026/title", "2026-01-25"),
        ("/news/947163/22-01-2020-title", "2020-01-22"),
        ("/section/237/18072022055835472", "2022-07-18"),
        ("/arabic/kurdistan/250420224", "2022-04-25"),
        ("/news/view.aspx?cdate=30032020&id=df54", "2020-03-30"),
        ("/2020/11/2338761/", None),  # an id, no day
        ("/2020/06/3-qatla", None),  # the number of a headline
        ("/2020/4194/bahrain/637746.html", None),  # the number of an issue
        ("/news/abraj-29-06-2020", None),  # what the article tells of
        ("/2026/13/45/title", None),
        ("/2026/11/title", None),
        ("/20261101", None),
        ("/story/20201105", None),
        ("/2030/01/01/title", None),
        ("/1970/01/01/title", None),
        ("/2023/02/30/title", None),
        ("/new/1188985-karitha-2010", None),
    ],
)
def test_the_day_in_an_address(path, day):
    found = url_day(f"https://a.example{path}", RIYADH, NOW)
    assert (found and found.isoformat()) == (day and f"{day}T00:00:00+03:00")


def test_a_broken_address_has_no_day():
    assert url_day("http://[/2026/11/01/", RIYADH, NOW) is None


@pytest.mark.parametrize(
    ("url", "zone"),
    [
        ("https://www.sahifa.com.eg/1", "Africa/Cairo"),
        ("https://sahifa.sa./1", "Asia/Riyadh"),
        ("https://SAHIFA.MA/1", "Africa/Casablanca"),
        ("https://sahifa.ps/1", None),  # two zones
        ("https://sahifa.tv/1", None),  # a word, not Tuvalu
        ("https://sahifa.com/1", None),
        ("https://sahifa.fr/1", None),
        ("http://[", None),
        ("", None),
    ],
)
def test_the_zone_of_a_country(url, zone):
    found = zone_of(url)
    assert (found and found.key) == zone


TAGS = (
    "<div> </div> <h1> </h1> <p> </p> <br> <article> <ul><li> </ul> <!--x--> <?x?> <script> </script> </time>"
)
MARKUP = st.sampled_from(
    [
        *TAGS.split(),
        *("<time datetime=''>", "<time datetime='2026-11-01'>", "<a href=x>", "</a>", "14:32", "آخر تحديث"),
        *("<meta itemprop=datePublished content='31/31/2026'>", "1 نوفمبر 2026", TITLE, BODY),
    ]
)


@given(st.lists(MARKUP | st.text(max_size=5), max_size=30).map("".join), st.text(max_size=20))
@settings(max_examples=150, deadline=None)
def test_never_raises(body, path):
    found = dates(f"<div>{body}</div>", url=f"https://a.example/{path}")
    assert (found.published_at is None) == bool(found.reason)
    assert found.published_at is None or found.published_at.utcoffset() is not None


def test_a_hostile_page_costs_no_more_than_its_size():
    from time import process_time

    deep = "<div>" * 200 + "<span>1 نوفمبر 2026</span><a>x</a>" * 20_000
    started = process_time()
    dates(f"{deep}<h1>{TITLE}</h1>" + "<div class='date'><a></a>1 / 1 / </div>" * 20_000)
    dates(f"<h1>{TITLE}</h1>" * 5_000 + "<div><time>1 نوفمبر 2026 2 نوفمبر 2026</time>" * 20_000)
    assert process_time() - started < 20


SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "pages"


@pytest.mark.skipif(not (SHARED / "score.py").exists(), reason="the real pages are not beside this checkout")
@pytest.mark.parametrize("told", [True, False], ids=["with the outlet's rules", "without"])
def test_the_real_pages(told):
    spec = importlib.util.spec_from_file_location("page_score", SHARED / "score.py")
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    index = OutletIndex(load_outlets().values())
    golds = score.load_golds()
    assert len(golds) >= 7
    for gold in golds:
        outlet = index.outlet_for_url(gold["url"])
        tree = parser.fromstring(decode(Path(score.locate(gold)).read_bytes()))
        zone = outlet.zone if outlet else zone_of(gold["url"]) or UTC
        lies = outlet.dates if outlet and told else None
        found = of_tree(tree, gold["url"], zone, NOW, lies=lies)
        if len(gold["published"]) == 10:
            assert found.published_at.date().isoformat() == gold["published"], gold["file"]
        else:
            assert found.published_at == datetime.fromisoformat(gold["published"]), gold["file"]
        modified = gold["modified"] and datetime.fromisoformat(gold["modified"])
        assert found.modified_at == modified, gold["file"]


LAYOUTS = [
    "<div class='wrap'><div class='info'>{stamp}</div><h1>{title}</h1>{text}</div>{box}",
    "{box}<main><p>{stamp}</p><h2 class='post-title'>{title}</h2><div>{text}</div></main>",
    "<table><tr><td>{stamp}</td></tr><tr><td><b>{title}</b></td></tr><tr><td>{text}</td></tr></table>{box}",
    "<article><header><span>{stamp}</span><h1>{title}</h1></header>{text}<section>{box}</section></article>",
]
BOXES = [
    f"<div class='latest'><h4>{OTHER_TITLE}</h4><span>12 نوفمبر 2026</span></div>",
    f"<ul><li><a href='/n/2'>{OTHER_TITLE}</a> <span>12-11-2026</span></li></ul>",
    "<div class='match'><span>الأهلي - الزمالك</span><span>السبت 12 ديسمبر 2026</span></div>",
    "<p>تقام المباراة على ملعب المدينة يوم 30 نوفمبر 2026.</p>",
]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("box", BOXES)
def test_the_stamp_over_the_headline_goes_before_another_box(layout, box):
    body = layout.format(stamp="الخميس 5 نوفمبر 2026 - 14:20", title=TITLE, text=BODY, box=box)
    assert published(dates(body))[0] == "2026-11-05T14:20:00+03:00"


@pytest.mark.parametrize("box", BOXES)
def test_a_stamp_with_a_time_goes_before_a_bare_day(box):
    stamp = "<div class='post-date'>5 نوفمبر 2026 الساعة 09:10</div>"
    body = f"<article><h1>{TITLE}</h1>{box}{stamp}{BODY}</article>"
    assert published(dates(body))[0] == "2026-11-05T09:10:00+03:00"


UPDATES = [
    "<div><span>آخر تحديث</span> <time datetime='2026-11-20T10:00:00+03:00'>قبل أيام</time></div>",
    "<div>تاريخ التحديث: <time datetime='2026-11-20T10:00:00+03:00'>20 نوفمبر</time></div>",
    "<ul><li>آخر تحديث:</li><li><time datetime='2026-11-20T10:00:00+03:00'></time>20/11/2026</li></ul>",
    "<p>عُدّل في</p><p>20 نوفمبر 2026 10:00</p>",
    "<span>حُدّث: </span><time datetime='2026-11-20T10:00:00+03:00'>20 نوفمبر 2026</time>",
    "<div>Updated <time datetime='2026-11-20T10:00:00+03:00'>Nov 20</time></div>",
]


@pytest.mark.parametrize("stamp", UPDATES)
@pytest.mark.parametrize(
    "place", ["<h1>{t}</h1>{s}{b}", "{s}<h1>{t}</h1>{b}", "<div><h1>{t}</h1></div><div>{s}</div>{b}"]
)
def test_what_an_update_label_names_is_no_publication(stamp, place):
    found = dates(place.format(t=TITLE, s=stamp, b=BODY))
    assert found.published_at is None
    assert found.modified_at is not None
    assert found.modified_at.date().isoformat() == "2026-11-20"


@pytest.mark.parametrize(
    "stamps",
    [
        "<div>نُشر: <time datetime='2026-11-18T08:00:00+03:00'>18 نوفمبر</time> | آخر تحديث: "
        "<time datetime='2026-11-20T10:00:00+03:00'>20 نوفمبر</time></div>",
        "<div>آخر تحديث: <time datetime='2026-11-20T10:00:00+03:00'>20 نوفمبر</time></div>"
        "<div>تاريخ النشر: <time datetime='2026-11-18T08:00:00+03:00'>18 نوفمبر</time></div>",
        "<p>آخر تحديث 20 نوفمبر 2026 10:00</p><p>نشر في 18 نوفمبر 2026 08:00</p>",
    ],
)
def test_both_are_told_apart_by_the_words_before_them(stamps):
    found = dates(f"<article><h1>{TITLE}</h1>{stamps}{BODY}</article>")
    assert published(found)[0] == "2026-11-18T08:00:00+03:00"
    assert found.modified_at.isoformat() == "2026-11-20T10:00:00+03:00"


@pytest.mark.parametrize(
    "headline", ["{t} بتاريخ 3/11/2026", "حدث في مثل هذا اليوم 3 نوفمبر 2026", "نشرة 3-11-2026 الجوية"]
)
@pytest.mark.parametrize(
    "place",
    ["<h1>{h}</h1>{b}", "<nav>الرئيسية / <a>{h}</a></nav><h1>{h}</h1>{b}", "<td><b>{h}</b></td><td>{b}</td>"],
)
def test_the_headlines_own_date_is_no_stamp(headline, place):
    title = headline.format(t=TITLE)
    page = read_page(
        parser.fromstring(
            f"<html><head><title>{title}</title></head><body>{place.format(h=title, b=BODY)}</body></html>"
        )
    )
    found = read_dates(page, read_metadata(page, URL).headline, URL, RIYADH, NOW)
    assert found.published_at is None
