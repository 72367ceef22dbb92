"""Faults of the reader, each as a kind: several layouts, and what must be read in all of them."""

import pytest

from newscrawl.article import Article, Outcome, Rejected
from newscrawl.extraction import extract
from tests.extraction.test_kinds import HEADLINES, SENTENCES, TITLE

URL = "https://www.sahifa.example/news/71828"
LAYOUTS = {
    "article": ("<article><h1>{title}</h1>", "{over}", "<div class='text'>{text}</div>", "{under}</article>"),
    "no container": ("<h1>{title}</h1>", "{over}", "{text}", "{under}"),
    "divisions": ("<div id='c'><h2>{title}</h2>", "{over}", "<div>{text}</div>", "{under}</div>"),
    "a sidebar's name": ("<div class='content-with-sidebar'><h1>{title}</h1>", "{over}{text}{under}</div>"),
    "a widget's name": ("<h1>{title}</h1><div class='elementor-widget ads-on'>", "{over}{text}{under}</div>"),
    "a share box's name": (
        "<div class='share-enabled tags-on'><h1>{title}</h1>",
        "{over}{text}{under}</div>",
    ),
}
WHOLE = [pytest.param(parts, id=name) for name, parts in LAYOUTS.items()]


def read(parts, lines, *, over="", under=""):
    """The article of a page in one layout; its lines are paragraphs, or markup as it is."""
    text = "".join(line if line.startswith("<") else f"<p>{line}</p>" for line in lines)
    inside = "".join(parts).format(title=TITLE, over=over, text=text, under=under)
    menu = "<nav><a href='/'>الرئيسية</a><a href='/sport'>رياضة</a></nav>"
    head = f"<meta charset='utf-8'><title>{TITLE}</title>"
    page = f"<html lang='ar'><head>{head}</head><body>{menu}{inside}</body></html>"
    article = extract(page.encode(), URL)
    assert isinstance(article, Article), article
    return article


def has_all(article, lines):
    return [line for line in lines if line not in article.body] == []


@pytest.mark.parametrize("parts", WHOLE)
def test_a_container_is_read_whatever_its_class_is_called(parts):
    assert has_all(read(parts, SENTENCES), SENTENCES)


@pytest.mark.parametrize("parts", WHOLE)
@pytest.mark.parametrize(
    "box",
    [
        "<div><input type='text' value='https://sahifa.example/x'><button>نسخ الرابط</button></div>",
        "<form><label>انسخ عنوان الخبر</label><input readonly value='x'></form>",
        "<div><span>إرسال إلى صديق</span><textarea>x</textarea></div>",
    ],
)
def test_an_input_box_beside_a_short_report_costs_none_of_it(parts, box):
    article = read(parts, SENTENCES[:3], under=box)
    assert has_all(article, SENTENCES[:3])


@pytest.mark.parametrize("parts", WHOLE)
@pytest.mark.parametrize(
    "heading",
    ["<h2>مراحل العمل في المشروع</h2>", "<h3>شكاوى السكان</h3>", "<h2>المجلس يطلب تقريرا من المقاول</h2>"],
)
def test_a_subheading_ends_nothing(parts, heading):
    article = read(parts, [*SENTENCES[:3], heading, *SENTENCES[3:]])
    assert has_all(article, SENTENCES)


@pytest.mark.parametrize("parts", WHOLE)
@pytest.mark.parametrize("agency", ["سبأ", "وام", "الأناضول", "وكالات"])
def test_a_last_paragraph_that_names_its_agency_is_a_paragraph(parts, agency):
    last = f"وكان المجلس قد أقر في الربيع ميزانية إضافية لصيانة الجسور الثلاثة في المدينة ({agency})"
    assert last.rpartition("(")[0].strip() in read(parts, [*SENTENCES[:4], last]).body


@pytest.mark.parametrize("parts", WHOLE)
@pytest.mark.parametrize(
    "counter",
    [
        "<div class='views'>عدد المشاهدات: {}</div>",
        "<p>شوهد {} مرة</p>",
        "<span>{} مشاهدة</span>",
        "<p>عدد القراءات {}</p>",
        "<div><b>الزيارات</b> : {}</div>",
    ],
)
def test_a_counter_that_moves_is_no_new_revision(parts, counter):
    hashes = {read(parts, SENTENCES, under=counter.format(n)).content_hash for n in (7, 1204, 98_331)}
    assert len(hashes) == 1


@pytest.mark.parametrize("parts", WHOLE)
def test_a_title_of_the_whole_site_hides_no_headline(parts):
    page = "".join(parts).format(
        title=TITLE, over="", text="".join(f"<p>{s}</p>" for s in SENTENCES), under=""
    )
    head = "<meta charset='utf-8'><title>جريدة الساحل اليومية أخبار المدينة والمحافظات</title>"
    article = extract(f"<html lang='ar'><head>{head}</head><body>{page}</body></html>".encode(), URL)
    assert isinstance(article, Article)
    assert article.title == TITLE


@pytest.mark.parametrize("title", ["موجز اليوم", "", "أخبار المحافظات"])
@pytest.mark.parametrize(
    "row",
    ["<li>{}</li>", "<p>10:45 {}</p>", "<tr><td>{}</td></tr>", "{}<br>", "<div><span>{}</span></div>"],
)
def test_headlines_without_links_are_no_article(title, row):
    rows = "".join(row.format(headline) for headline in HEADLINES)
    page = f"<meta charset='utf-8'><title>{title}</title><body><table>{rows}</table>"
    found = extract(page.encode(), URL)
    assert isinstance(found, Rejected)
    assert found.outcome is Outcome.NOT_ARTICLE


def test_a_report_in_short_lines_under_its_headline_is_one():
    lines = "".join(f"<p>{headline}</p>" for headline in HEADLINES)
    page = f"<meta charset='utf-8'><title>{TITLE}</title><body><h1>{TITLE}</h1>{lines}"
    assert isinstance(extract(page.encode(), URL), Article)
