import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.extraction.agencies import Credit, credit_of
from newscrawl.extraction.metadata import read_credit

from .helpers import meta, read
from .test_sitenames import names

SITE = names("صحيفة المرفأ")
TEXT = "أعلن المصرف المركزي خفض سعر الفائدة.\n\nوقال المحافظ إن القرار يسري غدا."

BODIES = [
    (TEXT, "", ""),
    (f"عدن (رويترز) - {TEXT}", "رويترز", "عدن"),
    (f"عدن - أ ف ب: {TEXT}", "أ ف ب", "عدن"),
    (f"(د ب أ)\n\n{TEXT}", "د ب أ", ""),
    (f"عدن - سبأ\n\n{TEXT}", "سبأ", "عدن"),
    (f"{TEXT}\n\nالمصدر: الجزيرة", "الجزيرة", ""),
    (f"{TEXT}\n\nالمصدر : الجزيرة + وكالات", "الجزيرة", ""),
    (f"{TEXT}\n\nالمصدر: المرفأ", "المرفأ", ""),
    (f"{TEXT}\n\nالمصدر: (عدن - المرفأ)", "المرفأ", "عدن"),
    (f"{TEXT}\n\nالمصدر: مواقع إلكترونية", "", ""),
    (f"{TEXT}\n\nالمصدر: خاص", "", ""),
    (f"{TEXT}\n\nالمصدر: بوابة الساحل", "بوابة الساحل", ""),
    (f"{TEXT}\n\nالمصدر: مرآة الجزيرة", "مرآة الجزيرة", ""),
    (f"{TEXT}\n\nنقلا عن الشرق الأوسط", "الشرق الأوسط", ""),
    (f"{TEXT}\n\nوكالات", "وكالات", ""),
    (f"{TEXT}\n\nرويترز", "رويترز", ""),
    (f"{TEXT}\n\nالمرفأ/ أ ف ب", "أ ف ب", ""),
    (f"{TEXT}\n\nالمرفأ / أ ف ب / رويترز", "أ ف ب", ""),
    (f"{TEXT} (رويترز)", "رويترز", ""),
    (f"{TEXT}\n\n(أ. ف. ب)", "أ. ف. ب", ""),
    (f"{TEXT}\n\n* خدمة «نيويورك تايمز»", "نيويورك تايمز", ""),
    (f"{TEXT}\n\n* بالاتفاق مع «بلومبيرغ»", "بلومبيرغ", ""),
    (f"{TEXT} وذلك وفق ما نقل موقع دايلي ميل.", "دايلي ميل", ""),
    (f"نشر موقع Middle East Eye البريطاني، أن السفينة رست.\n\n{TEXT}", "Middle East Eye", ""),
    # no credit
    (f"سفينة ترسو في ميناء عدن (الأناضول)\n\n{TEXT}\n\n{TEXT}", "", ""),
    (f"{TEXT}\n\nقال المصدر: لن نقبل بهذا القرار.\n\n{TEXT}", "", ""),
    (f"{TEXT}\n\nوقال لوكالة رويترز إن القرار نهائي.\n\n{TEXT}", "", ""),
    (f"قال المحافظ لصحيفة المرفأ إن القرار نهائي.\n\n{TEXT}", "", ""),
    (f"ذكرت صحيفة المرفأ أن القرار نهائي.\n\n{TEXT}", "", ""),
    (f"الاتفاق التركي - الأمريكي\n\n{TEXT}", "", ""),
    (f"{TEXT}\n\nالأهالي يتنزهون في جنيف", "", ""),
    ("", "", ""),
    ("\n\n \n", "", ""),
]


@pytest.mark.parametrize(("body", "agency", "dateline"), BODIES)
def test_credit_in_the_text(body, agency, dateline):
    credit = credit_of(body, site=SITE)
    assert (credit.agency, credit.dateline) == (agency, dateline)


LINES = [
    (["(عدن - المرفأ)"], "المرفأ", "عدن"),
    (["المرفأ"], "", ""),
    (["منى علي - القاهرة"], "", "القاهرة"),
    (["لندن - رويترز"], "رويترز", "لندن"),
    (["المصدر: الجزيرة"], "الجزيرة", ""),
    (["المصدر:", "وكالات"], "وكالات", ""),
]


@pytest.mark.parametrize(("lines", "agency", "dateline"), LINES)
def test_credit_in_the_pages_lines(lines, agency, dateline):
    credit = credit_of(TEXT, lines, SITE)
    assert (credit.agency, credit.dateline) == (agency, dateline)


def test_the_text_goes_before_the_byline():
    assert credit_of(f"عدن (رويترز) - {TEXT}", ["لندن - أ ف ب"], SITE) == Credit("رويترز", "عدن")


def test_writers_on_a_line_of_their_own():
    assert credit_of(f"منى علي – عدن\n\n{TEXT}", site=SITE).authors == ("منى علي",)
    assert credit_of(f"{TEXT}\n\nمنى علي - القاهرة", site=SITE).authors == ("منى علي",)
    assert credit_of(f"كتب: سامي حسن\n\n{TEXT}", site=SITE).authors == ("سامي حسن",)
    assert credit_of(f"ألمانيا: الهجرة قد تطيح بالحكومة\n\n{TEXT}", site=SITE).authors == ()


PAGES = [
    ("<div class='source'>المصدر: (عدن - المرفأ)</div>", "المرفأ", "عدن"),
    ("<p>المصدر: <b>الجزيرة</b></p>", "الجزيرة", ""),
    ("<span class='news-source'>رويترز</span>", "رويترز", ""),
    ("<span class='byline'>القاهرة - منى علي</span>", "", "القاهرة"),
    ("<figure><span class='source'>الأناضول</span></figure>", "", ""),
    ("<figcaption class='image-source'>رويترز</figcaption>", "", ""),
    ("<span class='photo-source'>رويترز</span>", "", ""),
    ("<aside><span class='source'>رويترز</span></aside>", "", ""),
]


@pytest.mark.parametrize(("line", "agency", "dateline"), PAGES)
def test_credit_beside_the_text(line, agency, dateline):
    page = read(
        head=meta(og_site_name="المرفأ"), body=f"<article><h1>المصرف يخفض الفائدة</h1>{line}</article>"
    )
    credit = read_credit(TEXT, page)
    assert (credit.agency, credit.dateline) == (agency, dateline)


@given(st.text(max_size=400), st.lists(st.text(max_size=80), max_size=3))
def test_any_text_has_a_credit(body, lines):
    credit = credit_of(body, lines, SITE)
    assert all(isinstance(value, str) for value in (credit.agency, credit.dateline))


@pytest.mark.parametrize(
    "piece", ["(", "[a ", "- ", "وفق موقع ", "موقع «", "المصدر: ", "و", "«", ": ", "ا\n"]
)
def test_a_hostile_text_takes_no_longer(piece):
    begun = time.process_time()
    credit_of(piece * (200_000 // len(piece)), [piece * 1000], SITE)
    assert time.process_time() - begun < 20


HEADLINE = "<h1>المجلس البلدي يقر خطة جديدة لصيانة الطرق</h1>"


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("نقلاً عن رويترز", "رويترز"),
        ("نقلا عن صحيفة الغارديان", "صحيفة الغارديان"),
        ("نقلاً عن: بوابة الساحل", "بوابة الساحل"),
        ("المصدر: وكالات", "وكالات"),
        ("REUTERS", "REUTERS"),
        ("Source: AFP", "AFP"),
        ("AFP - عدن", "AFP"),
    ],
)
@pytest.mark.parametrize(
    "place",
    [
        "<p>{line}</p>{h}<p>{text}</p>",
        "<div class='source'>{line}</div>{h}<div>{text}</div>",
        "<td><b>{line}</b><br></td><td>{h}</td><td>{text}</td>",
        "<article>{h}<span class='source'>{line}</span><p>{text}</p></article>",
    ],
)
def test_a_source_beside_the_headline(line, agency, place):
    if "source" not in place and line in ("REUTERS", "AFP - عدن"):
        pytest.skip("a bare name is a source where its element says so")
    page = read(body=place.format(line=line, h=HEADLINE, text=TEXT))
    assert read_credit(TEXT, page).agency in (agency, agency.removeprefix("صحيفة "))


@pytest.mark.parametrize(
    ("last", "agency"),
    [
        ("(AFP)", "AFP"),
        ("AFP", "AFP"),
        ("Reuters", "Reuters"),
        ("(dpa)", "dpa"),
        ("المصدر: BBC", "BBC"),
        ("المصدر: Anadolu Agency", "Anadolu Agency"),
        ("AP", "AP"),
        ("Xinhua", "Xinhua"),
    ],
)
def test_agencies_in_latin_letters(last, agency):
    assert credit_of(f"{TEXT}\n\n{last}", site=SITE).agency == agency
    if last.isascii() and "(" not in last:
        assert credit_of(f"عدن ({last}) - {TEXT}", site=SITE).agency == agency
        assert credit_of(f"عدن - {last}: {TEXT}", site=SITE).agency == agency
