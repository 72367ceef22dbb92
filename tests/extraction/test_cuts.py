import time

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.extraction import cuts
from newscrawl.extraction.cuts import Line
from newscrawl.page import read_page

from .test_echo import BRIDGE, BRIDGE_TEXT, LIBRARY, LIBRARY_TEXT, WHEAT, WHEAT_TEXT

A, B, C, D = WHEAT_TEXT
LONG = """المحصول الكبير أنعش القرى التي هجرها شبابها في سنوات الجفاف فعاد بعضهم يزرع أرض أبيه ويصلح الساقية
    التي ردمها الغبار ويشتري بالتقسيط جرارا صغيرا من معرض في المدينة القريبة بينما فضل غيرهم البقاء في
    الورش والمقاهي بانتظار ما سيقوله السوق في الخريف حين تباع الحبوب وتدفع الديون وتقام الأعراس المؤجلة"""
SHORT_QUOTE = "«لن نترك الفلاحين وحدهم»، قال الوزير."


def words(count):
    """So many words that say nothing of the article's."""
    return " ".join(LONG.split()[:count])


def tidy(lines, headings=(), **more):
    """All lines chosen; `headings` marked as the page would."""
    return cuts.tidy([Line(line, heading=line in headings) for line in lines], **more)


def kept(lines, **more):
    return tidy(lines, title=WHEAT, **more).lines


def test_plain_prose_stays_as_it_is():
    assert kept(WHEAT_TEXT) == WHEAT_TEXT
    assert tidy(WHEAT_TEXT).credits == []
    assert tidy([]).lines == []


# ---- lines that go, wherever they stand

GONE = [
    # pointers with their headline on the line, or alone
    ["اقرأ أيضا: عودة العمل في الميناء"],
    ["إقرأ ايضاً | عودة العمل في الميناء"],
    ["• قد يهمك أيضا .. عودة العمل في الميناء"],
    ["اقرأ أيضا عودة العمل في الميناء"],
    ["للمزيد: عودة العمل في الميناء بعد توقف دام شهرين"],
    ["اقرأ أيضا: هل يعود العمل في الميناء؟"],
    ["شاهد: لحظة عودة العمل في الميناء"],
    ["مواضيع ذات صلة"],
    ["«اقرأ أيضا: عودة العمل في الميناء»"],
    ["«المصدر: وكالات»"],
    ["Read more: Port reopens"],
    # a pointer and the lines it points to
    ["اقرأ أيضا", "عودة العمل في الميناء الجنوبي بعد توقف"],
    ["اقرأ أيضا:", "عودة العمل في الميناء الجنوبي بعد توقف", "افتتاح سوق السمك في المدينة القديمة"],
    ["أخبار ذات صلة", "وزير النقل يزور الميناء الجنوبي", "وفاة شاعر البحر", "فوز المنتخب على ضيفه"],
    ["اقرأ أيضا", "هل يعود العمل في الميناء الجنوبي؟"],
    ["اقرأ أيضا", "قال مدير الميناء: «سنعود قريبا»"],
    # tags
    ["كلمات دلالية: قمح، زراعة، الشمال"],
    ["الوسوم: قمح زراعة"],
    ["Tags: wheat"],
    ["#القمح #الزراعة #الشمال"],
    [" #القمح"],
    # notices, advertisements, buttons
    ["تابعونا على تلغرام"],
    ["تابعوا آخر أخبار المرفأ عبر غوغل نيوز"],
    ["شارك الخبر مع أصدقائك على فيسبوك"],
    ["اشترك في نشرتنا البريدية لتصلك أهم الأخبار كل صباح."],
    ["جميع الحقوق محفوظة لصحيفة المرفأ 2026"],
    ["إعلان"],
    ["يستمر المقال بعد الإعلان"],
    ["طباعة"],
    ["شارك", "فيسبوك", "تويتر", "واتساب"],
    ["مدة القراءة: 3 دقائق"],
    ["عدد المشاهدات: 1250"],
    # photos
    ["صورة: سالم الغامدي"],
    ["التعليق على الصورة: صوامع جديدة في الشمال"],
    ["صورة أرشيفية"],
    ["صوامع القمح في الشمال (رويترز)"],
    ["صوامع القمح في الشمال (تصوير: سالم الغامدي)"],
    ["صوامع القمح [الأناضول - أرشيف]."],
    # rules and the like
    ["* * *"],
    ["-----"],
    ["***", "…"],
    [WHEAT],
    [f"«{WHEAT}»"],
]  # fmt: skip


@pytest.mark.parametrize("gone", GONE, ids=lambda lines: lines[0])
def test_lines_that_go(gone):
    assert kept([A, B, *gone, C, D]) == WHEAT_TEXT


# ---- lines that stay

STAY = [
    # sentences that begin like a notice, a pointer, a button
    "شارك الخبراء في ندوة عن مستقبل الزراعة في البلاد عقدت في العاصمة.",
    "المصدر الأكبر لقلق الفلاحين هو نقص الأسمدة، بحسب الاتحاد.",
    "وقال المصدر: «لن نرفع الأسعار قبل نهاية الموسم».",
    "كتب النجم الشمالي على حسابه أنه يهدي الجائزة إلى الفلاحين.",
    "كتبت الصحيفة في افتتاحيتها أن الحكومة أحسنت التقدير.",
    "تابع المنتخب تدريباته في العاصمة استعدادا للمباراة المقبلة.",
    "اشترك ليونيل ميسي في هدفين من أهداف فريقه الثلاثة.",
    "صورة الغبار في الشعر الجاهلي عنوان كتاب جديد.",
    "التعليقات التي أثارها القرار لم تتوقف منذ أسبوع.",
    "تعليق الدراسة في ثلاث محافظات بسبب الأمطار، كما أعلنت الوزارة.",
    "إعلان حالة الطوارئ في الجنوب أربك الموسم.",
    "للمزيد سألنا أستاذ الاقتصاد في الجامعة، فقال إن الأسعار ستنخفض.",
    "اقرأ أيضا كتاب الأرض، قال لي الفلاح العجوز وهو يبتسم.",
    "أخبار ذات صلة بالحرب ملأت الصحف في ذلك العام.",
    "تقارير ذات صلة بالمحصول قدمت إلى المجلس.",
    "مصدر الرزق الوحيد في القرية هو القمح.",
    "آخر الأخبار الواردة من الشمال تشير إلى تحسن الطقس.",
    "هل جميع الحقوق محفوظة؟",
    # quotations
    "«تابعونا على الطريق»، قال الفلاح وهو يقود جراره.",
    '"شارك الخبر مع جيرانك"، هكذا قال لي أبي.',
    "“التعليقات المنشورة لا تعنينا”، رد الوزير.",
    SHORT_QUOTE,
    # brackets that are no caption's
    "وقال الوزير إن الأمر سيحسم غدا. (رويترز)",
    "قال الوزير (أرشيف) إن الأمر سيحسم غدا في جلسة علنية يحضرها ممثلون عن الفلاحين وعن التجار.",
    "اتفق الطرفان (محذرين) على استمرار الحوار",
    # hashtags in a sentence
    "وتصدر وسم #القمح مواقع التواصل.",
    "1250 طنا",
]


@pytest.mark.parametrize("line", STAY)
def test_lines_that_stay(line):
    assert kept([A, B, line, C, D]) == [A, B, line, C, D]
    assert kept([A, B, C, line, D, B.replace("وقال", "وذكر")])[3] == line


LONGEST = {
    "اقرأ أيضا: ": 32,
    "للمزيد: ": 32,
    "كلمات دلالية: ": 40,
    "تابعونا على ": 45,
    "المصدر: ": 12,
    "آخر تحديث ": 15,
    "صورة: ": 25,
}
"""The words of the longest line that each beginning takes away."""


@pytest.mark.parametrize(("beginning", "most"), LONGEST.items())
def test_long_paragraphs_that_begin_like_notices_stay(beginning, most):
    own = most - len(beginning.split())
    notice, paragraph = (f"{beginning}{' '.join(LONG.split()[:words])}" for words in (own, own + 1))
    assert kept([A, B, notice, C, D]) == [A, B, C, D]
    assert kept([A, B, paragraph, C, D]) == [A, B, paragraph, C, D]


# ---- glued lines


def test_lines_glued_together_are_cut_first():
    assert kept([A, f"{B} اقرأ أيضا: عودة العمل في الميناء", C]) == [A, B, C]
    tidied = tidy([A, B, C, f"{D}المصدر: وكالات"], title=WHEAT)
    assert (tidied.lines, tidied.credits) == ([A, B, C, D], ["المصدر: وكالات"])


# ---- captions


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("صوامع القمح في الشمال (رويترز)", []),
        ("صوامع القمح في الشمال (رويترز) مخاوف التجار", ["مخاوف التجار"]),
        (f"صوامع القمح في الشمال (رويترز) {words(8)}", [words(8)]),
        (f"صوامع القمح في الشمال (رويترز) {words(9)}", None),
        (f"{words(24)} (رويترز)", []),
        (f"{words(25)} (رويترز)", None),
        (f"{words(8)} «صوامع القمح في الشمال» (رويترز)", []),
        (f"{words(9)} «صوامع القمح في الشمال» (رويترز)", None),
        ("صوامع القمح في الشمال (رويترز) . مخاوف التجار", ["مخاوف التجار"]),
        # the brackets stand in a sentence
        ("صوامع القمح (رويترز) امتلأت هذا العام قبل موعدها بأسبوعين كاملين كما قال الوزير", None),
        ("صوامع القمح (رويترز) امتلأت هذا العام.", None),
        # or behind one: they name the text's own agency
        ("امتلأت صوامع القمح هذا العام. (رويترز)", None),
        ("(رويترز)", None),
        # no caption is so long
        (f"{'صوامع القمح في الشمال ' * 8}(رويترز)", None),
    ],
)
def test_captions_with_the_agency_in_brackets(line, left):
    assert kept([A, B, line, C, D]) == [A, B, *([line] if left is None else left), C, D]


# ---- bylines, sources, credits


@pytest.mark.parametrize(
    ("line", "index"),
    [
        ("بقلم: سالم الغامدي", 0),
        ("كتب - سالم الغامدي", 1),
        ("كتبت سلمى الغامدي", 4),
        ("ترجمة: سالم الغامدي", 3),
        ("المصدر: وكالات", 4),
        ("المصدر: وكالات", 2),
        ("مصدر الخبر: صحيفة المرفأ", 0),
        ("كتب / سالم الغامدي مراسل الصحيفة في مدن الشمال", 1),
    ],
)
def test_who_wrote_it_is_kept_as_a_credit(line, index):
    lines = [*WHEAT_TEXT[:index], line, *WHEAT_TEXT[index:]]
    tidied = tidy(lines, title=WHEAT)
    assert (tidied.lines, tidied.credits) == (WHEAT_TEXT, [line])


@pytest.mark.parametrize(
    ("line", "index"),
    [
        ("كتب الشاعر قصيدته في القمح", 2),  # in the midst
        ("كتب الشاعر قصيدته في القمح.", 1),  # a sentence
        ("كتب الشاعر قصيدته في القمح بعد أن زار الشمال كله في الربيع", 1),  # long
    ],
)
def test_a_sentence_about_a_writer_is_no_byline(line, index):
    lines = [*WHEAT_TEXT[:index], line, *WHEAT_TEXT[index:]]
    tidied = tidy(lines, title=WHEAT)
    assert (tidied.lines, tidied.credits) == (lines, [])


def test_a_photos_credit_is_not_the_texts():
    assert tidy([A, B, "تصوير: سالم الغامدي", C], title=WHEAT).credits == []


# ---- names and titles


def test_lines_that_are_names_alone_go():
    lines = ["سالم الغامدي", A, B, "سالم الغامدي", C, "«المرفأ»", D]
    is_site = lambda line: "المرفأ" in line  # noqa: E731
    assert kept(lines, authors=["سالم الغامدي"], is_site=is_site) == WHEAT_TEXT
    assert kept(lines) == lines[1:]  # the first line is a note
    long = f"{A} وقالت المرفأ."
    assert kept([long, B, C], is_site=is_site) == [long, B, C]
    assert tidy([A, "", B, " "], title="").lines == [A, B]


# ---- notes at the top and bottom


@pytest.mark.parametrize(
    "notes",
    [
        ["سالم الغامدي"],
        ["سالم الغامدي", "العاصمة"],
        ["الثلاثاء 24 نوفمبر 2026"],
        ["صوامع القمح في الشمال", "سالم الغامدي", "العاصمة", "الثلاثاء"],
        [words(9)],
    ],
    ids=len,
)
def test_short_lines_above_the_text_go(notes):
    tidied = tidy([*notes, *WHEAT_TEXT], title=WHEAT)
    assert (tidied.lines, tidied.credits) == (WHEAT_TEXT, notes)


@pytest.mark.parametrize(
    "line",
    [
        "بدأ موسم الحصاد.",
        "«هذا موسم الخير»",
        "آخر ما كتبه مراسل الصحيفة من مزارع الشمال صباح هذا اليوم الماطر",
        "نشرته صحيفة المرفأ في عددها الصادر يوم الثلاثاء الرابع والعشرين من نوفمبر سنة 2026.",
        "رقم 12026 هو رقم القطعة التي زرعت أول مرة قبل عشرين عاما كاملة",
        words(10),
        f"{words(20)} 2026",
    ],
)
def test_a_sentence_above_the_text_stays(line):
    assert kept([line, *WHEAT_TEXT]) == [line, *WHEAT_TEXT]


def test_no_more_than_a_few_lines_are_notes():
    tidied = tidy([f"سطر {number}" for number in range(6)] + WHEAT_TEXT, title=WHEAT)
    assert tidied.lines == ["سطر 4", "سطر 5", *WHEAT_TEXT]
    assert kept(["سالم الغامدي"]) == ["سالم الغامدي"]


def test_after_a_notice_at_the_end_come_notes():
    assert kept([*WHEAT_TEXT, "تابعونا على تلغرام", "مراسل الصحيفة في الشمال"]) == WHEAT_TEXT
    assert kept([*WHEAT_TEXT, "تابعونا على تلغرام", "هو مراسل الصحيفة."])[-1] == "هو مراسل الصحيفة."
    assert kept([*WHEAT_TEXT, "مراسل الصحيفة في الشمال"])[-1] == "مراسل الصحيفة في الشمال"
    # The notice stands above: what follows it is the text and its last line.
    lines = ["تابعونا على تلغرام", *WHEAT_TEXT, "نقلا عن الوزارة"]
    assert kept([A, B, "تابعونا على تلغرام", C, D, "نقلا عن الوزارة"]) == [A, B, C, D]
    assert kept(lines[1:]) == lines[1:]


# ---- a second article

BEFORE = [A, B, C, D]
HEADING = "ازدحام خانق في شوارع العاصمة صباح اليوم قبل العيد"


@pytest.mark.parametrize(
    "between",
    [
        ["اقرأ أيضا", BRIDGE],
        [f"اقرأ أيضا: {BRIDGE}"],
        [f"إقرأ أيضاً {BRIDGE}"],
        ["مواضيع ذات صلة", "مكتبة الحي تفتح أبوابها ليلا", BRIDGE],
        ["المصدر: وكالات", BRIDGE],
        ["كلمات دلالية: قمح، زراعة", BRIDGE],
        ["المصدر: وكالات", HEADING],  # with the end before it, little evidence will do
    ],
    ids=["pointer", "glued", "no mark", "pointers", "source", "tags", "after the end"],
)
def test_another_article_is_cut(between):
    assert kept([*BEFORE, *between, *BRIDGE_TEXT]) == BEFORE


@pytest.mark.parametrize(
    "headlines",
    [
        ["لماذا تأخرت الحافلات عن مدارس الحي؟", BRIDGE],
        ["الوزير: «لن نرفع السعر هذا العام»", "مكتبة الحي تفتح أبوابها ليلا", BRIDGE],
    ],
    ids=["a question", "a quotation"],
)
def test_another_article_is_cut_behind_headlines_that_end_like_sentences(headlines):
    lines = [*BEFORE, "مواضيع ذات صلة", "مكتبة الحي تفتح أبوابها ليلا", *headlines, *BRIDGE_TEXT]
    assert kept(lines) == BEFORE


def test_a_long_headline_on_the_pointers_line_is_no_text_glued_to_it():
    headline = "وزارة الزراعة تعلن خطة لتوسيع صوامع القمح في محافظات الشمال والجنوب قبل نهاية هذا الموسم"
    assert len(headline.split()) > 12
    assert kept([*WHEAT_TEXT[:2], f"للمزيد: {headline}", *WHEAT_TEXT[2:]]) == WHEAT_TEXT


def test_another_article_glued_to_its_pointer_is_cut():
    assert kept([*BEFORE, f"اقرأ أيضا: {BRIDGE} {BRIDGE_TEXT[0]}", *BRIDGE_TEXT[1:]]) == BEFORE


def test_another_article_is_cut_at_its_heading():
    lines = [*BEFORE, BRIDGE, *BRIDGE_TEXT]
    assert kept(lines, headings=[BRIDGE]) == BEFORE
    assert kept(lines) == lines  # what nothing announces is a line of the text: evidence is wanted


def test_a_subheading_that_the_text_repeats_a_little_cuts_nothing():
    lines = [*BEFORE, HEADING, *BRIDGE_TEXT]
    assert kept(lines, headings=[HEADING]) == lines


def test_what_is_cut_is_noted():
    tidied = tidy(
        [A, B, "اقرأ أيضا: عودة العمل في الميناء", C, D, BRIDGE, *BRIDGE_TEXT], [BRIDGE], title=WHEAT
    )
    pointer, heading = tidied.notes
    assert pointer.startswith("a pointer: «اقرأ أيضا")
    assert heading.startswith("a heading that is another article's headline")


def amid(*lines):
    """Lines of one element of a page."""
    page = read_page(lxml.html.fromstring("<div>" + "".join(f"<p>{line}</p>" for line in lines) + "</div>"))
    return cuts.tidy([Line(block.text, block=block) for block in page.blocks], title=WHEAT).lines


def test_a_pointer_amid_the_text_that_is_no_link_stays():
    pointer = "اقرأ أيضا: عودة العمل في الميناء"
    assert amid(A, pointer, B, C) == [A, pointer, B, C]
    assert amid(A, B, C, pointer) == [A, B, C]  # behind the text nothing of the text is lost
    assert amid(*WHEAT_TEXT, f"اقرأ أيضا: {BRIDGE}", *BRIDGE_TEXT) == WHEAT_TEXT


def test_a_label_of_comments_amid_the_text_ends_nothing():
    assert amid(A, B, "تعليقات القراء", C, D) == WHEAT_TEXT


def test_lines_that_were_not_chosen_tell_and_are_not_kept():
    lines = [Line(A), Line(B), Line("اقرأ أيضا", False), Line(BRIDGE, False), *map(Line, BRIDGE_TEXT)]
    assert cuts.tidy(lines, title=WHEAT).lines == [A, B]
    lines = [*map(Line, WHEAT_TEXT), Line("التعليقات", False), Line(LONG)]
    assert cuts.tidy(lines, title=WHEAT).lines == WHEAT_TEXT
    counter = [Line(A), Line(B), Line("التعليقات (3)", False, linked=True), Line(C), Line(D)]
    assert cuts.tidy(counter, title=WHEAT).lines == WHEAT_TEXT
    behind = [*map(Line, WHEAT_TEXT), Line("صورة", False), Line("المصدر: وكالات", False)]
    assert cuts.tidy(behind, title=WHEAT).credits == ["المصدر: وكالات"]


def test_an_agency_behind_the_last_line_is_the_reports_own():
    assert (
        kept([A, B, C, "وغادر الوفد العاصمة مساء أمس (رويترز)"])[-1]
        == "وغادر الوفد العاصمة مساء أمس (رويترز)"
    )
    assert kept([A, "صوامع القمح في الشمال (رويترز)", B]) == [A, B]


def test_articles_after_the_second_go_with_it():
    assert kept([*BEFORE, "اقرأ أيضا", BRIDGE, *BRIDGE_TEXT, "اقرأ أيضا", LIBRARY, *LIBRARY_TEXT]) == BEFORE


def test_the_end_must_follow_a_text():
    # A source at the top ends nothing: the line below it is the article's standfirst.
    headline = f"{BRIDGE} المتآكلة في الماء"
    lines = [SHORT_QUOTE, "المصدر: وكالات", headline, *BRIDGE_TEXT]
    assert kept(lines) == [SHORT_QUOTE, *lines[2:]]
    assert kept([A, B, *lines]) == [A, B, SHORT_QUOTE]


@pytest.mark.parametrize("line", ["المصدر: وكالات", "الوسوم: قمح"])
def test_headlines_after_the_end_go(line):
    assert kept([*BEFORE, line, "عودة العمل في الميناء", "افتتاح سوق السمك"]) == BEFORE
    for sentence in (SHORT_QUOTE, "هل يعود العمل في الميناء؟", "«لن نترك الفلاحين»"):
        assert kept([*BEFORE, line, sentence]) == [*BEFORE, sentence]
    assert kept([*BEFORE, "عودة العمل في الميناء"])[-1] == "عودة العمل في الميناء"


@pytest.mark.parametrize(
    ("line", "goes"),
    [
        (words(25), True),
        (words(26), False),
        ("هل يعود العمل في الميناء الجنوبي؟", True),
        (f"{words(12)}.", False),
        (f"{words(12)}:", False),
        ("وقال مدير الميناء إن العمل يعود", False),
        ("من جهته قال المدير", False),
        ("صورة: سالم الغامدي", False),
    ],
)
def test_the_first_line_after_a_pointer_may_be_its_headline(line, goes):
    expected = [A, B, *([] if goes or line.startswith("صورة") else [line]), C, D]
    assert kept([A, B, "اقرأ أيضا", line, C, D]) == expected


def test_a_source_after_a_pointer_is_no_headline():
    tidied = tidy([*WHEAT_TEXT, "اقرأ أيضا", "المصدر: وكالات"], title=WHEAT)
    assert (tidied.lines, tidied.credits) == (WHEAT_TEXT, ["المصدر: وكالات"])


def test_of_the_lines_after_a_pointer_only_headlines_go():
    headlines = ["عودة العمل في الميناء", "افتتاح سوق السمك في المدينة"]
    assert kept([A, B, "اقرأ أيضا", *headlines, "نعم، قالها لي.", C, D]) == [A, B, "نعم، قالها لي.", C, D]
    question = "هل يعود العمل في الميناء؟"
    assert kept([A, B, "اقرأ أيضا", *headlines, question, C, D]) == [A, B, question, C, D]
    assert kept([A, B, "اقرأ أيضا", *headlines, question]) == [A, B]  # nothing else follows


def test_a_pointer_in_the_midst_ends_nothing():
    assert kept([A, B, "اقرأ أيضا", BRIDGE, C, D]) == [A, B, C, D]
    assert kept([A, B, f"اقرأ أيضا: {BRIDGE}", C, D]) == [A, B, C, D]
    assert kept([A, B, "اقرأ أيضا", C, D]) == [A, B, C, D]


# ---- comments


@pytest.mark.parametrize(
    "line", ["التعليقات (3)", "أضف تعليقا", "تعليقات القراء:", "لا توجد تعليقات", "شروط نشر التعليقات"]
)
def test_nothing_follows_the_comments(line):
    assert kept([*BEFORE, line, "مقال ممتاز جدا شكرا لكم.", B.replace("وقال", "قال")]) == BEFORE


def test_comments_follow_a_text():
    assert kept([f"{words(29)}.", "أضف تعليقا", A]) == [f"{words(29)}.", A]
    assert kept([f"{words(30)}.", "أضف تعليقا", A]) == [f"{words(30)}."]
    long = " ".join(LONG.split() * 2)
    notices = [f"أضف تعليقا {' '.join(long.split()[:count])}." for count in (58, 59)]
    assert kept([A, B, notices[0], C, D]) == [A, B]
    assert kept([A, B, notices[1], C, D]) == [A, B, notices[1], C, D]


def test_comments_above_the_text_are_a_link():
    assert kept(["التعليقات (3)", *BEFORE]) == BEFORE


# ---- repeats


def test_a_paragraph_is_not_said_twice():
    assert kept([*WHEAT_TEXT, *WHEAT_TEXT]) == WHEAT_TEXT
    assert kept([A, f"«{A}", B]) == [A, B]
    assert kept([A, "نعم.", B, "نعم.", C]) == [A, "نعم.", B, "نعم.", C]
    seven, eight = f"{words(7)}.", f"{words(8)}."
    assert kept([A, seven, B, seven, C]) == [A, seven, B, seven, C]
    assert kept([A, eight, B, eight, C]) == [A, eight, B, C]


# ---- whatever the text


PIECES = st.sampled_from(
    [
        *WHEAT_TEXT, *BRIDGE_TEXT, *LIBRARY_TEXT, WHEAT, BRIDGE, LIBRARY, SHORT_QUOTE,
        *(line for lines in GONE for line in lines), *STAY[:8], "التعليقات", "المصدر: وكالات", "بقلم: سالم",
        f"{A} اقرأ أيضا: {BRIDGE} كلمات دلالية: قمح المصدر: وكالات", "صوامع (رويترز) مخاوف", "", " ", "#",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14), st.sampled_from(["", WHEAT]))
def test_nothing_is_invented_and_order_is_kept(lines, title):
    tidied = tidy(lines, title=title)
    place = 0
    for line in tidied.lines:
        place = next(at for at in range(place, len(lines)) if line in lines[at])
    assert all(any(credit in line for line in lines) for credit in tidied.credits)


@given(st.lists(st.text(max_size=40), max_size=8), st.text(max_size=20))
def test_any_text_has_an_end(lines, title):
    tidied = tidy(lines, title=title, authors=[title], headings=lines[:1])
    whole = "\n".join(lines)
    assert all(line in whole for line in [*tidied.lines, *tidied.credits])


@given(st.lists(st.sampled_from([*WHEAT_TEXT, *LIBRARY_TEXT, SHORT_QUOTE, *STAY[:8]]), max_size=10))
def test_what_is_tidy_stays(lines):
    once = kept(lines)
    assert kept(once) == once
    assert [line for line in dict.fromkeys(lines) if line not in once] == []


HOSTILE = {
    "pointers": ["اقرأ أيضا"] * 10_000,
    "pointers with headlines": ["اقرأ أيضا", HEADING] * 3_000,
    "headlines": [f"{BRIDGE} {number}" for number in range(5_000)],
    "headlines between sentences": [line for n in range(2_000) for line in (f"{A} {n}.", f"{BRIDGE} {n}")],
    "sources": [line for n in range(2_000) for line in (f"{BRIDGE} {n}", "المصدر: وكالات")],
    "one long line": [f"{A} " * 5_000],
    "one line of pointers": [f"وَقالَ الوزير اقرأ أيضا: {HEADING}. " * 2_000],
    "comments": ["تعليق", BRIDGE] * 3_000,
    "hashtags": ["#قمح" * 20_000, "#قمح " * 20_000 + "."],
    "brackets": ["(" * 50_000, "(رويترز" * 10_000, "(كلام) " * 10_000],
}


@pytest.mark.parametrize("lines", HOSTILE.values(), ids=HOSTILE)
def test_time_grows_with_the_text_alone(lines):
    begun = time.process_time()
    tidy(lines, title=WHEAT, headings=lines[:100])
    assert time.process_time() - begun < 20
