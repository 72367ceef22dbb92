import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.extraction.bylines import is_person_name, parse_byline
from newscrawl.extraction.sitenames import SiteNames, site_names
from newscrawl.page.statements import Statements

SITE = site_names(
    Statements(meta={"og:site_name": "صحيفة المرفأ", "twitter:site": "@almarfa"}),
    "https://www.almarfa.example/1",
)

WRITERS = [
    ("منى علي", ["منى علي"], ""),
    ("بقلم: منى علي", ["منى علي"], ""),
    ("بقلم منى علي", ["منى علي"], ""),
    ("بقلم/ د. منى علي", ["د. منى علي"], ""),
    ("كتب - سامي حسن", ["سامي حسن"], ""),
    ("كتبت منى علي", ["منى علي"], ""),
    ("كتبت: منى علي، سامي حسن", ["منى علي", "سامي حسن"], ""),
    ("كتب/سامي حسن", ["سامي حسن"], ""),
    ("كتب- سامي حسن", ["سامي حسن"], ""),
    ("إعداد: سامي حسن", ["سامي حسن"], ""),
    ("أعدّه سامي حسن", ["سامي حسن"], ""),
    ("By: Ziad Haddad", ["Ziad Haddad"], ""),
    ("Written by Ziad Haddad and Mona Ali", ["Ziad Haddad", "Mona Ali"], ""),
    ("Jean-Pierre Haddad", ["Jean-Pierre Haddad"], ""),
    ("القاهرة - منى علي", ["منى علي"], "القاهرة"),
    ("منى علي – القاهرة", ["منى علي"], "القاهرة"),
    ("القاهرة ـ منى علي", ["منى علي"], "القاهرة"),
    ("القاهرة- منى علي", ["منى علي"], "القاهرة"),
    ("صنعاء-منى علي", ["منى علي"], "صنعاء"),
    ("القاهرة/ منى علي", ["منى علي"], "القاهرة"),
    ("منى علي (القاهرة)", ["منى علي"], "القاهرة"),
    ("القاهرة: منى علي", ["منى علي"], "القاهرة"),
    ("منى علي - القناطر", ["منى علي"], "القناطر"),
    ("حجة (اليمن) - منى علي", ["منى علي"], "حجة"),
    ("كتبت منى علي من القاهرة", ["منى علي"], "القاهرة"),
    ("منى علي في القاهرة", ["منى علي"], "القاهرة"),
    ("كتبت منى علي ومحمد حسن من القاهرة", ["منى علي", "محمد حسن"], "القاهرة"),
    ("منى علي ومحمد حسن", ["منى علي", "محمد حسن"], ""),
    ("منى علي و محمد حسن", ["منى علي", "محمد حسن"], ""),
    ("منى علي، ومحمد حسن", ["منى علي", "محمد حسن"], ""),
    ("منى علي ومحمد حسن وسعاد كريم أحمد", ["منى علي", "محمد حسن", "سعاد كريم أحمد"], ""),
    ("أحمد علي وليد", ["أحمد علي وليد"], ""),
    ("أحمد علي وليد حسن", ["أحمد علي وليد حسن"], ""),
    ("محمد حسن وهبة", ["محمد حسن وهبة"], ""),
    ("وسام سعيد ووائل كامل", ["وسام سعيد", "وائل كامل"], ""),
    ("وليد حسن", ["وليد حسن"], ""),
    ("منى علي | الأحد 3 مايو 2020 10:00 ص", ["منى علي"], ""),
    ("المرفأ - منى علي", ["منى علي"], ""),
    ("منى علي | كاتبة", ["منى علي"], ""),
    ("منى علي - وكالات", ["منى علي"], ""),
    ("كتب: سامي حسن - تصوير: عادل كريم", ["سامي حسن"], ""),
    ("سامي حسن - ترجمة: عادل كريم", ["سامي حسن"], ""),
    ("تحرير: عادل كريم", [], ""),
    ("نيوتن", ["نيوتن"], ""),
    ("محمد على", ["محمد على"], ""),
    ("عبد الله بن محمد آل سعيد", ["عبد الله بن محمد آل سعيد"], ""),
]


@pytest.mark.parametrize(("text", "authors", "place"), WRITERS)
def test_writers_and_places(text, authors, place):
    line = parse_byline(text, SITE)
    assert (line.authors, line.place) == (authors, place)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "-", "admin", "Admin", "administrator", "editor", "Super User", "News Desk",
        "almarfa", "Almarfa",
        "المرفأ", "صحيفة المرفأ", "موقع المرفأ", "@mona_ali", "mona@almarfa.example",
        "https://facebook.com/mona",
        "www.almarfa.example", "هيئة التحرير", "المحرر", "المحرر السياسي", "قسم الرياضة",
        "القسم الرياضي",
        "غرفة الأخبار", "فريق التحرير", "خاص", "متابعات", "كتب", "كتبت:", "بقلم", "القاهرة",
        "2020-05-03",
        "الأحد 3 مايو 2020", "منذ 3 ساعات", "30174026-20d9-40a2-9e04-5b63346a78a6", "mona82",
        "الرئيسية",
        "مراسلنا في القاهرة", "نشر في", "قال الوزير إن الحكومة لن تقبل",
        "اسم " * 30, "ترجمة: منى علي",
    ],
)  # fmt: skip
def test_what_is_no_writer(text):
    assert parse_byline(text, SITE).authors == []


HOUSES = [
    ("رويترز", "رويترز", ""),
    ("لندن - رويترز", "رويترز", "لندن"),
    ("موسكو - د ب أ", "د ب أ", "موسكو"),
    ("كراسنودار - د ب أ", "د ب أ", "كراسنودار"),
    ("نواكشوط (موريتانيا) - أ.ف.ب", "أ.ف.ب", "نواكشوط"),
    ("المرفأ - وكالات", "وكالات", ""),
    ("المرفأ، رويترز", "رويترز", ""),
    ("المرفأ ووكالات", "وكالات", ""),
    ("المرفأ / أ ف ب / رويترز", "أ ف ب", ""),
    ("دبي - قناة العربية", "قناة العربية", "دبي"),
    ("دبي - البوابة العربية للأخبار التقنية", "البوابة العربية للأخبار التقنية", "دبي"),
    ("(عدن - المرفأ)", "المرفأ", "عدن"),
    ("عدن - المرفأ", "المرفأ", "عدن"),
    ("المرفأ", "", ""),
    ("منى علي - المرفأ - عدن", "", "عدن"),
    ("المصدر: (عدن - المرفأ)", "المرفأ", "عدن"),
    ("المصدر: الجزيرة", "الجزيرة", ""),
    ("المصدر : الجزيرة + وكالات", "الجزيرة", ""),
    ("الدوحة - قنا", "قنا", "الدوحة"),
    ("قنا - منى علي", "", "قنا"),
    ("الرباط - و م ع", "و م ع", "الرباط"),
]


@pytest.mark.parametrize(("text", "supplier", "place"), HOUSES)
def test_houses(text, supplier, place):
    line = parse_byline(text, SITE)
    assert (line.supplier, line.place) == (supplier, place)


def test_a_free_text_names_no_one_word_writer_and_no_unknown_place():
    assert parse_byline("نيوتن", SITE, one_word=False).authors == []
    assert parse_byline("منى علي - القناطر", SITE, one_word=False).place == ""


@pytest.mark.parametrize(
    ("text", "is_name"),
    [
        ("منى علي", True), ("م. سامي", True), ("Ziad", True), ("ziad", False), ("ZIAD", False),
         ("منى 2", False),
        ("أب", False), ("واحد اثنان ثلاثة أربعة خمسة ستة سبعة", False), ("أخبار البلد", False),
         ("a_b c", False),
    ],
)  # fmt: skip
def test_names(text, is_name):
    assert is_person_name(text) is is_name


@given(st.text(max_size=300))
def test_any_text_names_only_its_own_words(text):
    line = parse_byline(text, SiteNames())
    flat = " ".join(text.split())
    assert all(name for name in line.authors)
    assert len(line.authors) <= len(flat)


@given(st.text(alphabet="منى علي ورد، -–/()بقلم:كتب", max_size=160))
def test_what_is_found_stands_in_the_line(text):
    line = parse_byline(text, SiteNames())
    for name in (*line.authors, *line.suppliers, line.place, line.own):
        assert name in " ".join(text.split())
