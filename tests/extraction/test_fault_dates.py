"""Which of a page's days is the article's: every kind of wrong one, in several layouts and words."""

from datetime import UTC, datetime

import pytest

from newscrawl.article import Article
from newscrawl.extraction import extract
from tests.extraction.test_fault_kinds import LAYOUTS, URL
from tests.extraction.test_kinds import HEADLINES, SENTENCES, TITLE

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
PLACES = [pytest.param(parts, id=name) for name, parts in LAYOUTS.items()]
STAMPS = [
    "<div class='date'>20 نوفمبر 2026 09:15</div>",
    "<span>نشر في: الجمعة 20 نوفمبر 2026 الساعة 9:15 ص</span>",
    "<time>2026-11-20 09:15</time>",
    "<p>الجمعة 20 تشرين الثاني 2026 - 09:15</p>",
]
BOXES = [
    "<aside><h3>الأكثر قراءة</h3><ul><li>25 نوفمبر 2026 {}</li><li>26 نوفمبر 2026 {}</li></ul></aside>",
    "<div class='weather'>الطقس اليوم 27 نوفمبر 2026</div>",
    "<div><span>السبت 28 نوفمبر 2026</span></div>",
    "<div class='poll'><b>استفتاء</b> ينتهي في 2026-11-30</div>",
]
UPDATES = [
    "<span>آخر تحديث</span> <time datetime='2026-11-24T10:00:00+00:00'>24 نوفمبر 2026</time>",
    "<p>تم التحديث في 24 نوفمبر 2026 10:00</p>",
    "<div><b>آخر تحديث:</b><br><span>24/11/2026 10:00</span></div>",
    "<dl><dt>حُدّث</dt><dd>24 نوفمبر 2026 - 10:00</dd></dl>",
]


def read(parts, *, title=TITLE, head="", over="", under="", before="", lines=SENTENCES):
    text = "".join(f"<p>{line}</p>" for line in lines)
    inside = "".join(parts).format(title=title, over=over, text=text, under=under)
    page = (
        f"<html lang='ar'><head><meta charset='utf-8'><title>{title}</title>{head}</head>"
        f"<body><nav><a href='/'>الرئيسية</a></nav>{before}{inside}<footer>{HEADLINES[1]}</footer></body>"
    )
    article = extract(page.encode(), URL, fetched_at=NOW)
    assert isinstance(article, Article), article
    return article


def day(moment):
    return moment.date().isoformat() if moment else ""


@pytest.mark.parametrize("parts", PLACES)
@pytest.mark.parametrize("stamp", STAMPS)
@pytest.mark.parametrize("box", BOXES)
def test_the_stamp_at_the_headline_goes_before_a_day_in_another_box(parts, stamp, box):
    box = box.format(*HEADLINES[2:4])
    assert day(read(parts, over=stamp, before=box).published_at) == "2026-11-20"
    assert day(read(parts, over=stamp, under=box).published_at) == "2026-11-20"


@pytest.mark.parametrize("parts", PLACES)
@pytest.mark.parametrize("stamp", STAMPS)
@pytest.mark.parametrize(
    "event",
    [
        "وتقام المباراة الثانية يوم 27 نوفمبر 2026 على ملعب المدينة الرياضية بحضور الجمهور.",
        "وكان المجلس قد افتتح المشروع في 3 مارس 2024 قبل أن يتوقف العمل فيه بسبب التمويل.",
        "ويفتح المعرض أبوابه من 24/11/2026 إلى 30/11/2026 في قاعة البلدية.",
    ],
)
def test_a_day_in_the_text_is_the_storys(parts, stamp, event):
    article = read(parts, over=stamp, lines=[event, *SENTENCES])
    assert day(article.published_at) == "2026-11-20"


@pytest.mark.parametrize("parts", PLACES)
@pytest.mark.parametrize("event", ["يوم 27 نوفمبر 2026", "في 3 مارس 2024", "من 24/11/2026 حتى 30/11/2026"])
def test_a_day_in_the_text_is_none_of_publication_where_there_is_no_other(parts, event):
    line = f"ومن المقرر أن تستمر أعمال الصيانة {event} على مرحلتين كما قال رئيس البلدية."
    assert day(read(parts, lines=[*SENTENCES[:2], line, *SENTENCES[2:]]).published_at) == ""


@pytest.mark.parametrize("parts", PLACES)
@pytest.mark.parametrize("update", UPDATES)
def test_an_update_is_no_publication_wherever_its_label_stands(parts, update):
    article = read(parts, over=STAMPS[0] + update)
    assert (day(article.published_at), day(article.modified_at)) == ("2026-11-20", "2026-11-24")
    alone = read(parts, over=update)
    assert (day(alone.published_at), day(alone.modified_at)) == ("", "2026-11-24")


@pytest.mark.parametrize("parts", PLACES)
@pytest.mark.parametrize(
    "title",
    [
        "جدول مباريات اليوم السبت 28 نوفمبر 2026 في الدوري المحلي",
        "أسعار الذهب في الأسواق 27-11-2026 بعد تراجع الدولار",
        "حدث في مثل هذا اليوم 3 مارس 1991 في تاريخ المدينة",
    ],
)
def test_the_headlines_own_day_is_no_stamp(parts, title):
    assert day(read(parts, title=title).published_at) == ""
    assert day(read(parts, title=title, over=STAMPS[1]).published_at) == "2026-11-20"


@pytest.mark.parametrize("parts", PLACES)
@pytest.mark.parametrize("bare", ["<div>19 نوفمبر 2026</div>", "<span class='day'>2026/11/19</span>"])
def test_a_day_with_a_time_goes_before_a_bare_day(parts, bare):
    article = read(parts, over=bare + STAMPS[0])
    assert day(article.published_at) == "2026-11-20"
