import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.extraction.datelines import read_dateline
from newscrawl.extraction.sitenames import SiteNames, site_names
from newscrawl.page.statements import Statements

SITE = site_names(Statements(meta={"og:site_name": "صحيفة المرفأ"}), "https://www.almarfa.example/1")

DATELINES = [
    ("عمّان (بترا) - أعلنت الوزارة", "عمّان", "بترا"),
    ("(بترا) – أعلنت الوزارة", "", "بترا"),
    ("(أ ف ب) أعلنت الوزارة", "", "أ ف ب"),
    ("القاهرة (د ب أ) - قال الوزير", "القاهرة", "د ب أ"),
    ("القاهرة 3 مايو (د ب أ) - قال الوزير", "القاهرة", "د ب أ"),
    ("بيروت، لبنان (CNN) -- قال الوزير", "بيروت، لبنان", "CNN"),
    ("القدس (CNN)-- قال الوزير", "القدس", "CNN"),
    ("(القاهرة - رويترز) قال الوزير", "القاهرة", "رويترز"),
    ("القاهرة - رويترز: قال الوزير", "القاهرة", "رويترز"),
    ("القاهرة ـ أ ف ب - قال الوزير", "القاهرة", "أ ف ب"),
    ("دمشق-سانا أعلنت الوزارة", "دمشق", "سانا"),
    ("دمشق-سانا", "دمشق", "سانا"),
    ("دمشق - سانا: قال الوزير", "دمشق", "سانا"),
    ("عمان - بترا - قال الوزير", "عمان", "بترا"),
    ("الرياض - واس", "الرياض", "واس"),
    ("الرياض 03 محرم 1442 هـ الموافق 22 أغسطس 2020 م واس", "الرياض", "واس"),
    ("لندن / 5 نوفمبر / رويترز - قال", "لندن", ""),
    ("وكالات - قال الوزير", "", "وكالات"),
    ("رويترز: قال الوزير", "", "رويترز"),
    ("د ب أ - لندن: يفتتح الفريق", "لندن", "د ب أ"),
    ("القاهرة - قال الوزير إن", "القاهرة", ""),
    ("غزة: ارتفع عدد", "غزة", ""),
    ("الدوحة - قنا: استقبل الأمير", "الدوحة", "قنا"),
    ("نابلس 12-10-2020 وفا- عاد المزارعون", "نابلس", "وفا"),
    ("قنا - ضبطت الأجهزة", "قنا", ""),
    ("القاهرة: «الشرق الأوسط»", "القاهرة", "الشرق الأوسط"),
    ("القاهرة _ أ ش أ: قال الوزير", "القاهرة", "أ ش أ"),
    ("دمشق_سانا قال الوزير", "دمشق", "سانا"),
    ("رام الله _ وفا _ قال الوزير", "رام الله", "وفا"),
    ("بيروت _ رويترز", "بيروت", "رويترز"),
    ("الدوحة_قنا: استقبل الأمير", "الدوحة", "قنا"),
    ("تونس _ قال الوزير", "تونس", ""),
    # running text
    ("مصر: إجراءات جديدة للسفر", "", ""),
    ("قال رئيس الاتحاد الدولي (فيفا) إن", "", ""),
    ("نقلت وكالة الأنباء السورية (سانا) عن مصدر", "", ""),
    ("فاز الفريق 3 - 1 على ضيفه", "", ""),
    ("أعلن الزعيم كيم جونغ - أون", "", ""),
    ("", "", ""),
]


@pytest.mark.parametrize(("text", "place", "agency"), DATELINES)
def test_datelines(text, place, agency):
    line = read_dateline(text, SITE)
    assert (line.place, (line.suppliers or [""])[0]) == (place, agency)


@pytest.mark.parametrize(
    ("text", "place", "authors"),
    [
        ("المرفأ - الرياض: عقد المجلس", "الرياض", []),
        ("قال الوزير - وهو من عدن: لن نقبل", "", []),
    ],
)
def test_the_writer_may_sign_the_dateline(text, place, authors):
    line = read_dateline(text, SITE)
    assert (line.place, line.authors) == (place, authors)


def test_the_own_house_signs_with_a_place():
    assert read_dateline("المرفأ - الرياض: عقد المجلس", SITE).supplier == "المرفأ"
    assert read_dateline("فهد سالم - المرفأ - عدن: هبطت", SITE).supplier == ""


@given(st.text(alphabet="القاهرة رويترز-–—:/()[]،0١ \n", max_size=200))
def test_every_text_has_an_answer_made_of_its_own_words(text):
    line = read_dateline(text, SiteNames())
    for name in (line.place, line.own, *line.suppliers, *line.authors):
        assert name in text
