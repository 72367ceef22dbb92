import re
import tomllib
import unicodedata
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.arabic.normalise import normalise
from newscrawl.extraction.phrases import (
    SURE,
    Kind,
    find,
    leaks,
    may_begin,
    photo_credit,
    split_glued,
)

TABLE = tomllib.loads(
    resources.files("newscrawl.extraction").joinpath("data", "phrases.toml").read_text(encoding="utf-8")
)
FORMS = {"alone", "mark", "open", "start", "within"}
ENTRIES = [
    (Kind(kind), form, entry["text"])
    for kind, forms in TABLE.items()
    if kind in set(Kind)
    for form, entries in forms.items()
    for entry in entries
]
BEGINNINGS = [entry for entry in ENTRIES if entry[1] != "within"]

LINES = {
    "alone": ("%s", "%s (3)", "%s!"),
    "mark": ("%s", "%s:", "%s : خبر", "%s | خبر", "%s - خبر", "%s.. خبر", "%s «خبر»", "%s… خبر", "%s» خبر"),
    "open": ("%s", "%s: المجلس", "%s المجلس"),
    "start": ("%s", "%s المجلس", "%s\u00a0المجلس", "%s 7"),
    "within": ("%s", "المجلس %s", "المجلس، %s."),
}  # fmt: skip
"""How a line looks that has a phrase of each form."""


def harakat(text):
    """With a fatha behind every Arabic letter."""
    return re.sub(r"([\u0620-\u064a])", "\\1\u064e", text)


SPELLINGS = {
    "as listed": str,
    "no hamza": lambda text: re.sub("[أإآ]", "ا", text),
    "hamza below": lambda text: re.sub("^ا", "إ", text),
    "madda": lambda text: re.sub("^[اأإ]", "آ", text),
    "harakat": harakat,
    "tanwin": lambda text: text + "\u064b",
    "tatweel": lambda text: re.sub(r"(?<=[بتسشعقكلمني])(?=[\u0621-\u064a])", "ـ", text),
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "Persian letters": lambda text: text.translate(str.maketrans("يك", "یک")),
    "teh marbuta": lambda text: re.sub("ة(?= |$)", "ه", text),
    "capitals": str.upper,
    "two spaces": lambda text: text.replace(" ", "  "),
    "no-break space": lambda text: text.replace(" ", "\u00a0"),
    "no space": lambda text: text.replace(" ", ""),
    "mark of direction": lambda text: text[:1] + "\u200f" + text[1:],
}
BULLETS = ("", "• ", "- ", "** ", "«", '"', "(", "[ ", "◄ ", "\u200f", "\ufeff", "🔴 ", ".. ", "ـ ")


def test_every_entry_says_where_it_was_seen():
    for kind, forms in TABLE.items():
        for form, entries in forms.items():
            if form == "words":
                assert entries == [word.strip() for word in entries if word.strip()], kind
                continue
            assert form in FORMS, (kind, form)
            for entry in entries:
                assert set(entry) == {"text", "seen"}, entry
                assert all(value and value == value.strip() for value in entry.values()), entry
                assert normalise(entry["text"]), entry


def test_the_table_has_every_kind():
    assert {kind for kind, _, _ in ENTRIES} == set(Kind)


@pytest.mark.parametrize("kind", sorted(TABLE))
def test_no_entry_is_listed_twice(kind):
    forms = TABLE[kind]
    texts = [normalise(entry["text"]) for form in forms if form != "words" for entry in forms[form]]
    texts += [normalise(word) for word in forms.get("words", [])]
    assert sorted(texts) == sorted(set(texts))


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_entry_is_found_in_every_spelling(spelling):
    spell = SPELLINGS[spelling]
    missed = [
        (kind, line, found)
        for kind, form, text in ENTRIES
        for frame in LINES[form]
        if (found := find(line := frame % spell(text))) is None or found.kind is not kind
    ]
    assert missed == []


@pytest.mark.parametrize("bullet", BULLETS)
def test_every_entry_is_found_behind_a_bullet(bullet):
    missed = [
        text
        for kind, _, text in BEGINNINGS
        if (found := find(bullet + text)) is None or found.kind is not kind
    ]
    assert missed == []


@given(
    st.sampled_from(BEGINNINGS),
    st.sampled_from(sorted(SPELLINGS)),
    st.text(alphabet="•-–*«»\"'([ \u00a0\u200f\ufeff.:ـ▪🔴", max_size=12),
    st.sampled_from(["", ":", ": خبر", " خبر", " (4)"]),
)
def test_what_is_found_at_a_beginning_may_begin(entry, spelling, bullet, after):
    kind, _, text = entry
    line = bullet + SPELLINGS[spelling](text) + after
    assert may_begin(line)
    if not after:
        assert find(line).kind is kind


@given(st.text(max_size=80))
def test_whatever_the_line_there_is_an_answer(line):
    found = find(line)
    if found is not None:
        assert found.rest in normalise(line)
        assert may_begin(line) or found.kind is Kind.NOTICE  # only notices have phrases in their midst
    photo_credit(line)


def test_few_lines_may_begin():
    lines = ("ارتفع سعر القمح", "قال الوزير", "بدأت الدراسة", "يلتقي المنتخبان", "فاز الفريق", "", "   ")
    assert [line for line in lines if may_begin(line)] == []


# Sentences as reporters write them, each beginning as some entry does.
SENTENCES = """
شارك الرئيس في افتتاح القمة العربية التي تستضيفها بغداد
شارك الخبراء في ندوة عن تغير المناخ
شارك الموضوعيون من النقاد في الجلسة
شاركهم في الرحلة عدد من الصحفيين
شارك على رأس الوفد وزير الخارجية
شارك هذا العام أكثر من مئة ناشر في المعرض
اقرأ الوزير البيان كاملا قبل أن يوقع عليه؟
اقرأ باسم ربك الذي خلق
للمزيد سألنا أستاذ الاقتصاد في الجامعة
المزيد من القوات وصلت إلى المطار
المصدر الأكبر للقلق هو نقص المياه
المصادر الطبية أعلنت ارتفاع عدد الضحايا
مصدر أمني قال إن المهاجم فر سيرا على الأقدام
وقال المصدر: لن نوقع على الاتفاق قبل الأحد
تابع المنتخب تدريباته في العاصمة
تابع آخرون المباراة من المقاهي المجاورة
تابع أخباره من المنفى طوال عشرين عاما
تابع موقعه على التل قبل أن ينسحب
تابعوا المباراة من المدرجات رغم المطر
اشترك ليونيل ميسي في هدفين من أهداف فريقه الثلاثة
اشترك في المناورات ثلاثة آلاف جندي
انضم إلى الفريق قادما من الدوري الإسباني
حمل التطبيقيون من الطلاب لافتات تطالب بالوظائف
حمل المتظاهرون صور الضحايا ورددوا هتافات
نشر فيديو يوثق لحظة انهيار الجسر
نشر فيلما وثائقيا عن الثورة
نشر قوات إضافية على الحدود
صورة الغبار في الشعر الجاهلي
الصورة التي هزت العالم عادت إلى المتحف
الصور التي التقطتها الأقمار تظهر تقدم الرمال
التعليقات التي أثارها القرار لم تتوقف
تعليق الدراسة في ثلاث محافظات بسبب الأمطار
الردود الدولية على القرار جاءت متباينة
إعلان حالة الطوارئ في الجنوب
إعلانات الوظائف تراجعت إلى النصف
إعداد الموازنة يحتاج إلى شهرين
تحرير المدينة استغرق تسعة أشهر
ترجمة الرواية إلى الفرنسية صدرت في باريس
متابعة الأسعار في الأسواق مهمة الوزارة
تحقيق العدالة مطلب الأهالي
حوار الأديان في مؤتمر بالدوحة
أعدهم الاتحاد للمشاركة في البطولة
كتبها الشاعر في السجن قبل وفاته بعام
كتبهم القديمة ما زالت تباع في المكتبات
بقلمه الساخر انتقد أوضاع البلاد
شاهد الملايين المباراة النهائية
شاهد من أهلها يروي ما جرى في تلك الليلة
طالع الرئيس التقرير قبل الاجتماع
انظر إلى ما فعلته الحرب بالمدن
آخر الأخبار الواردة من الجبهة تشير إلى تقدم الجيش
مختارات من شعر المتنبي صدرت بالإنجليزية
مواضيع أخرى ناقشها المجتمعون منها التعليم
العلامات التجارية الكبرى انسحبت من السوق
سمات القائد في رأي الخبراء
دلالات الزيارة وتوقيتها
وسوم كثيرة انتشرت بعد الحادث
طباعة الأوراق النقدية أدت إلى التضخم
حفظ السلام مهمة البعثة الأممية
عاجل الرئيس منافسه بسؤال عن الفساد
السابق لأوانه الحديث عن اتفاق
قد يهمك الأمر أكثر مما تظن
لا تفوت الفرصة على بلدك، قال الرئيس
ذات صلة بالملف النووي كانت الزيارة
متعلقات الضحية وجدت في السيارة
هاشتاغ يطالب بالإفراج عن الصحفي يتصدر
الأكثر مشاهدة في رمضان مسلسل تاريخي
الأكثر قراءة بين الروايات العربية
أرشيف الدولة يضم ملايين الوثائق
عدسة المصور التقطت لحظة العناق
تصوير الفيلم بدأ في الصحراء
مشاركة المقالع في معرض البناء
انشر الخبرات بين الطلاب تكسب
كلمات البحث عن الحقيقة كانت آخر ما قاله
رابط الخبرين واضح للمحققين
أعلنت الشركة إغلاق خدمة Google News في إسبانيا
وقالت الشركة إن خدمة أخبار جوجل ستعود قريبا
Sharepoint خدمة للشركات
Byblos مدينة قديمة
""".strip().split("\n")


@pytest.mark.parametrize("line", SENTENCES)
def test_sentences_that_begin_alike_are_not_found(line):
    assert find(line) is None
    assert find(f"{line}.") is None


@pytest.mark.parametrize(
    ("line", "kind", "alone", "marked", "rest"),
    [
        ("اقرأ أيضا", Kind.RELATED, True, True, ""),
        ("• اقرأ أيضاً:", Kind.RELATED, True, True, ""),
        ("اقرأ أيضا: إغلاق الميناء", Kind.RELATED, False, True, "اغلاق الميناء"),
        ("اقرأ أيضا إغلاق الميناء", Kind.RELATED, False, False, "اغلاق الميناء"),
        ("اقرأ أيضا في بي بي سي: إغلاق الميناء", Kind.RELATED, False, True, "اغلاق الميناء"),
        ("قد يعجبك أيضا ... إغلاق الميناء", Kind.RELATED, False, True, "اغلاق الميناء"),
        ("المصدر: وكالات", Kind.SOURCE, False, True, "وكالات"),
        ("مصدر الصورة: وكالات", Kind.CREDIT, False, True, ": وكالات"),
        ("كتب: سالم الغامدي", Kind.BYLINE, False, True, "سالم الغامدي"),
        ("كتب:سالم الغامدي", Kind.BYLINE, False, True, "سالم الغامدي"),
        ("كتبت سلمى", Kind.BYLINE, False, True, "سلمي"),
        ("أضف تعليقا", Kind.COMMENTS, True, True, ""),
        ("أضف تعليقك هنا", Kind.COMMENTS, False, True, "هنا"),
        ("تابع موقعنا", Kind.NOTICE, True, True, ""),
        ("شارك الخبرفيسبوكتويتر", Kind.NOTICE, False, True, "فيسبوكتويتر"),
        ("عدد المشاهدات1250", Kind.CONTROL, False, True, "1250"),
        ("إعلان", Kind.ADVERTISEMENT, True, True, ""),
        ("شارك | فيسبوك | تويتر", Kind.CONTROL, True, True, ""),
        ("شاركفيسبوكتويتر طباعة", Kind.CONTROL, True, True, ""),
        ("التعليقات (12)", Kind.COMMENTS, True, True, ""),
        ("© 2026 صحيفة المرفأ. جميع الحقوق محفوظة", Kind.NOTICE, False, True, ""),
        ("وهذا المقال لا يعبر إلا عن رأي كاتبه", Kind.NOTICE, False, True, ""),
    ],
)
def test_what_is_found_and_what_follows_it(line, kind, alone, marked, rest):
    found = find(line)
    assert (found.kind, found.alone, found.marked, found.rest) == (kind, alone, marked, rest)


def test_the_longest_wording_is_taken():
    assert find("للمزيد من التفاصيل: الميناء").rest == "الميناء"
    assert find("المقال السابق: الميناء").rest == "الميناء"


def test_a_phrase_in_the_midst_counts_only_in_short_lines():
    notice = "يذكر أن جميع الحقوق محفوظة"
    assert find(notice).kind is Kind.NOTICE
    assert find(f"{'كلام طويل ' * 40}{notice}") is None
    assert find("هل جميع الحقوق محفوظة؟") is None


def test_a_long_line_is_read_at_its_beginning_only():
    assert find("اقرأ أيضا: " + "كلمة " * 5_000).kind is Kind.RELATED
    assert len(find("اقرأ أيضا: " + "كلمة " * 5_000).rest) < 700


# ---- glued lines


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("انتهى البيان.المصدر: وكالات", ["انتهى البيان.", "المصدر: وكالات"]),
        ("انتهى البيان؟ المصدر: وكالات", ["انتهى البيان؟", "المصدر: وكالات"]),
        ("«انتهى البيان» مصدر الخبر : وكالات", ["«انتهى البيان»", "مصدر الخبر : وكالات"]),
        ("انتهى. اقرأ أيضا: الميناء يعود", ["انتهى.", "اقرأ أيضا: الميناء يعود"]),
        ("انتهى اقرأ أيضا : الميناء يعود", ["انتهى", "اقرأ أيضا : الميناء يعود"]),
        (
            "انتهى. إقرأ ايضاً: الميناء كلمات دلالية: بحر، سفن",
            ["انتهى.", "إقرأ ايضاً: الميناء", "كلمات دلالية: بحر، سفن"],
        ),
        (
            "قالَ الوَزيرُ إنَّ الأمرَ صَعبٌ. اقرأ أيضًا: المِيناءُ. المَصدَر: وكالات",
            ["قالَ الوَزيرُ إنَّ الأمرَ صَعبٌ.", "اقرأ أيضًا: المِيناءُ.", "المَصدَر: وكالات"],
        ),
        ("ألف  كلمة   هنا. اقرأ أيضا: الميناء", ["ألف  كلمة   هنا.", "اقرأ أيضا: الميناء"]),
        ("  ألف. اقرأ أيضا: الميناء ", ["ألف.", "اقرأ أيضا: الميناء"]),
        # whole
        ("اقرأ أيضا: الميناء يعود", ["اقرأ أيضا: الميناء يعود"]),
        ("• اقرأ أيضا: الميناء يعود", ["•", "اقرأ أيضا: الميناء يعود"]),
        ("وقال المصدر: لن نوقع", ["وقال المصدر: لن نوقع"]),
        ("انتهى البيان. المصدر الأول: لن نوقع", ["انتهى البيان. المصدر الأول: لن نوقع"]),
        ("سنقرأ أيضا: هذا وذاك", ["سنقرأ أيضا: هذا وذاك"]),
        ("انتهى. اقرأ أيضا الميناء", ["انتهى. اقرأ أيضا الميناء"]),
        ("قالت الجدة: شاهد: هذا البيت", ["قالت الجدة: شاهد: هذا البيت"]),
        ("", [""]),
    ],
)
def test_glued_lines_are_cut(line, pieces):
    assert split_glued(line) == pieces


PARTS = [
    "قال الوزير إن الأمر صعب", "قالَ الوَزيرُ إنَّ الأمرَ صَعبٌ", "ا\u0655قرأ", "اقرأ أيضا:", "إِقْرَأْ أَيْضاً :",
    "كلمات دلالية:", "المصدر:", "المَصْدَر:",
    ".", "؟", "»", "  ", "\u00a0", "\u200f", "ـ", "\u064b", "ﷺ", "ﻻ", ":", "خبر",
]  # fmt: skip


def squeezed(text):
    return "".join(text.split())


@given(st.lists(st.sampled_from(PARTS), max_size=30), st.sampled_from(["", " "]))
def test_cutting_loses_nothing_but_white_space(parts, space):
    line = space.join(parts)
    assert squeezed("".join(split_glued(line))) == squeezed(line)


@given(st.text(max_size=60), st.text(max_size=60))
def test_cutting_loses_nothing_of_any_text(before, after):
    line = f"{before}. اقرأ أيضا: {after}"
    assert squeezed("".join(split_glued(line))) == squeezed(line)


@given(st.lists(st.sampled_from(PARTS), max_size=30))
def test_a_line_is_cut_where_its_normalised_form_is(parts):
    line = " ".join(parts)
    pieces = [normalise(piece) for piece in split_glued(line)]
    assert [squeezed(piece) for piece in pieces if piece] == [
        squeezed(piece) for piece in split_glued(normalise(line)) if piece
    ]


def test_a_ligature_makes_up_for_a_mark():
    assert split_glued("ﻻ اقرأ أيضا: ا\u0655قرأ") == ["ﻻ", "اقرأ أيضا: ا\u0655قرأ"]


def test_a_line_of_a_thousand_pointers_is_cut_in_a_thousand():
    line = "قالَ الوَزيرُ كلمته. اقرأ أيضا: الميناء " * 1_000
    pieces = split_glued(line)
    assert len(pieces) == 1_001
    assert pieces[1] == "اقرأ أيضا: الميناء قالَ الوَزيرُ كلمته."
    assert pieces[-1] == "اقرأ أيضا: الميناء"


# ---- photo credits


@pytest.mark.parametrize("agency", [entry["text"] for entry in TABLE["photo_agency"]["alone"]])
def test_every_photo_agency_in_brackets_is_a_credit(agency):
    caption = f"عمال يرممون رصيف الميناء ({agency})"
    assert photo_credit(caption) == len(caption)
    assert photo_credit(f"{caption} عودة العمل") == len(caption)
    assert photo_credit(f"عمال في الميناء [ {agency.upper()} – 2026 ]") is not None
    assert photo_credit(f"عمال في الميناء ({agency}ون)") is None


@pytest.mark.parametrize("word", TABLE["photographer"]["words"])
def test_every_word_for_photographers_in_brackets_is_a_credit(word):
    assert photo_credit(f"عمال في الميناء ({word} سالم الغامدي)") is not None
    assert photo_credit(f"عمال في الميناء (من {word} سالم)") is None


@pytest.mark.parametrize(
    ("line", "end"),
    [
        ("عمال (يمين) في الميناء (رويترز) عودة", 31),
        ("قال (محذرا) إن الأمر صعب", None),
        ("قال الوزير لرويترز", None),
        ("قالت وكالة الأنباء (الأردنية)", None),
        ("رويترز)", None),
        ("(رويترز", None),
        ("(أ)", None),
        ("", None),
        (f"({'كلام ' * 20}رويترز)", None),
    ],
)
def test_photo_credits(line, end):
    assert photo_credit(line) == end


# ---- leaks


def test_leaks_are_the_lines_that_no_reporter_writes():
    lines = {
        Kind.RELATED: "اقرأ أيضا: عودة العمل في الميناء",
        Kind.TAGS: "كلمات دلالية: ميناء، سفن",
        Kind.SOURCE: "المصدر: وكالات",
        Kind.COMMENTS: "أضف تعليقا",
        Kind.NOTICE: "تابعونا على تلغرام",
        Kind.ADVERTISEMENT: "إعلان",
        Kind.CONTROL: "طباعة",
        Kind.BYLINE: "كتب: سالم الغامدي",
        Kind.CREDIT: "صورة: رويترز",
    }
    assert set(lines) == set(Kind)
    body = "\n\n".join(["أعلن مدير الميناء عودة العمل.", *(f" {line} " for line in lines.values()), ""])
    assert leaks(body) == [lines[kind] for kind in Kind if kind in SURE]
    assert leaks("") == []
