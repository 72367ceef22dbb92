import gzip
import json
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.extraction.echo import (
    AFTER_A_POINTER,
    AFTER_THE_END,
    AT_A_HEADING,
    NEAR,
    begins_after_pointer,
    begins_at_heading,
    chance,
    goes_on,
    has_words,
    stems,
    unfinished,
    weigh,
)

CORPUS = Path(__file__).resolve().parents[3].parent / "shared" / "corpus" / "antcorpus_2018.jsonl.gz"

WHEAT = "محصول القمح يتجاوز التوقعات بعد موسم ماطر في الشمال"
WHEAT_TEXT = [
    "أعلنت وزارة الزراعة أمس أن محصول القمح هذا العام تجاوز كل التوقعات بعد موسم ماطر شهدته محافظات الشمال.",
    "وقال الوزير إن الحكومة ستشتري الحبوب من الفلاحين بسعر أعلى من السعر العالمي، وفق بيان صدر عن مكتبه.",
    "وأضاف أن صوامع القمح التي بنيت في العامين الماضيين تكفي لتخزين المحصول كله، وهو ما يغطي حاجة البلاد.",
    "وطالب اتحاد الفلاحين بصرف المستحقات خلال أسبوعين من التسليم، مشيرا إلى أن تأخرها أضر بصغار المزارعين.",
]
BRIDGE = "إغلاق جسر الملك القديم أمام الشاحنات شهرين لإصلاح الدعائم"
BRIDGE_TEXT = [
    "قررت بلدية العاصمة إغلاق جسر الملك القديم أمام الشاحنات مدة شهرين ابتداء من الأحد لإصلاح دعائم تشققت.",
    "وستحول حركة الشاحنات إلى الطريق الدائري، فيما يبقى الجسر مفتوحا أمام السيارات الصغيرة في الاتجاهين.",
    "وأوضح مهندس المشروع أن الدعائم الأربع تحتاج إلى تدعيم بالخرسانة، بعد أن كشفت الفحوص تآكل الحديد فيها.",
]
LIBRARY = "مكتبة الحي تفتح أبوابها ليلا لطلاب الامتحانات"
LIBRARY_TEXT = [
    "فتحت مكتبة الحي الشرقي أبوابها ليلا لطلاب الامتحانات الذين لا يجدون في بيوتهم مكانا هادئا للدراسة.",
    "وقالت أمينة المكتبة إن عدد الطلاب بلغ مئتين في الليلة الأولى، وإن متطوعين يقدمون لهم القهوة والشاي.",
]


# ---- the words that lines begin and end with


@pytest.mark.parametrize(
    ("paragraph", "continues"),
    [
        ("وقال الوزير إن الأمر صعب.", True),
        ("«وقد بدأ العمل»، قال الوزير.", True),
        ("فيما ذهب آخرون إلى رأي مخالف.", True),
        ("كما أشار إلى أن العمل بدأ.", True),
        ("من جهته، قال المدير.", True),
        ("من جانب آخر، قال المدير.", True),
        ("بدوره قال المدير.", True),
        ("في المقابل، رفض الاتحاد.", True),
        ("إلى ذلك، رفض الاتحاد.", True),
        ("لكنّ الاتحاد رفض.", True),
        ("يُذكر أن الاتحاد رفض.", True),
        ("جاء ذلك في مؤتمر صحفي.", True),
        ("تجدر الإشارة إلى أن الاتحاد رفض.", True),
        ("بحسب البيان، بدأ العمل.", True),
        ("- وقال الوزير", True),
        ("وفي العاصمة بدأ العمل.", True),
        ("وهو ما رفضه الاتحاد.", True),
        ("و«هذا ما كان»، قال المدير.", True),
        ("فقد رفض الاتحاد.", True),
        ("فضلا عن ذلك رفض الاتحاد.", True),
        ("وزير الزراعة يزور الشمال", False),
        ("بالأمس بدأ العمل", False),
        ("للمرة الأولى يبدأ العمل باكرا", False),
        ("وفاة شاعر الأرز", False),
        ("وصل القطار الأول إلى المحطة", False),
        ("فوز المنتخب على ضيفه", False),
        ("فاز المنتخب على ضيفه", False),
        ("فرنسا تعيد فتح السفارة", False),
        ("أعلنت الوزارة بدء العمل.", False),
        ("قال الوزير إن الأمر صعب.", False),
        ("كمال وزير جديد للزراعة", False),
        ("إلى الشمال اتجهت القافلة", False),
        ("في حي الزهور افتتحت مكتبة", False),
        ("", False),
    ],
)
def test_paragraphs_that_go_on_with_another(paragraph, continues):
    assert goes_on(paragraph) is continues


@pytest.mark.parametrize("end", [".", "!", "؟", "?", "…", ":", "؛", "،", ",", '"', "»", "”", ")", ". "])
def test_a_sentence_has_an_end(end):
    assert not unfinished(f"بدأ العمل في الميناء{end}")


@pytest.mark.parametrize("line", [WHEAT, "بدأ العمل ", "عدد السفن 7", "", "العمل يبدأ -"])
def test_a_headline_has_none(line):
    assert unfinished(line)


@given(st.lists(st.text(alphabet="اب \n", max_size=20), max_size=8), st.integers(1, 12))
def test_so_many_words(paragraphs, least):
    assert has_words(paragraphs, least) == (sum(len(text.split()) for text in paragraphs) >= least)


def test_stems_are_of_words_that_mean_something():
    assert stems("في البيت من الوزيرِ، و") == stems("وزير بيت")[::-1]
    assert stems("") == []
    assert stems("على الوزير إلى البيت حتى") == stems("الوزير البيت")  # however they are spelled


# ---- evidence


def test_the_evidence_for_another_article():
    evidence = weigh(WHEAT, BRIDGE, WHEAT_TEXT, BRIDGE_TEXT)
    assert evidence.echo > 0.8
    assert evidence.news > 0.8
    assert evidence.kinship < 0.1
    assert evidence.length == 70 / 150
    assert evidence.goes_on == 0
    assert evidence.faith < 0.2


def test_the_evidence_for_the_same_article():
    evidence = weigh(WHEAT, BRIDGE, WHEAT_TEXT[:1], WHEAT_TEXT[1:])
    assert evidence.echo < 0.2
    assert evidence.goes_on == 1
    assert evidence.faith > 0.2
    again = weigh(WHEAT, WHEAT, WHEAT_TEXT[:1], WHEAT_TEXT)
    assert again.echo > 0.8
    assert again.news == 0  # it was all said before
    assert again.kinship > 0.1


def test_no_evidence_where_there_is_too_little():
    assert weigh(WHEAT, "جسر الملك", WHEAT_TEXT, BRIDGE_TEXT) is None
    assert weigh(WHEAT, BRIDGE, WHEAT_TEXT, []) is None
    assert chance(WHEAT, "جسر الملك", WHEAT_TEXT, BRIDGE_TEXT) == 0
    assert weigh("", BRIDGE, WHEAT_TEXT, BRIDGE_TEXT).faith == 0.2


def test_each_piece_of_evidence_weighs_its_way():
    likely = chance(WHEAT, BRIDGE, WHEAT_TEXT, BRIDGE_TEXT)
    assert likely > AT_A_HEADING
    assert chance(WHEAT, BRIDGE, WHEAT_TEXT, LIBRARY_TEXT) < 0.5  # no echo
    assert chance(WHEAT, BRIDGE, BRIDGE_TEXT, BRIDGE_TEXT) < likely  # said before
    assert chance(WHEAT, BRIDGE, WHEAT_TEXT, ["و" + BRIDGE_TEXT[0], *BRIDGE_TEXT[1:]]) < likely
    assert chance(BRIDGE, BRIDGE, WHEAT_TEXT, BRIDGE_TEXT) < likely  # the first headline's own words
    assert 0 < AFTER_THE_END < AFTER_A_POINTER < AT_A_HEADING < 1


def test_only_what_is_near_counts():
    far = [*BRIDGE_TEXT, *([filler(10)] * 60)]
    assert weigh(WHEAT, BRIDGE, far, BRIDGE_TEXT).news == weigh(WHEAT, BRIDGE, [], BRIDGE_TEXT).news
    assert weigh(WHEAT, BRIDGE, WHEAT_TEXT, [*(LIBRARY_TEXT * 5), *BRIDGE_TEXT]).echo < 0.2


@pytest.mark.parametrize("short", ["عاجل", "جسر الملك القديم", "الحكومة ترد على البلدية"])
def test_a_short_line_is_no_lead(short):
    assert weigh(WHEAT, BRIDGE, WHEAT_TEXT, [short, *BRIDGE_TEXT]) == weigh(
        WHEAT, BRIDGE, WHEAT_TEXT, BRIDGE_TEXT
    )


def filler(count):
    """So many words that no headline has."""
    return " ".join(f"طرف{number}" for number in range(count))


def test_so_many_words_are_near():
    stem = 1 / len(set(stems(BRIDGE)))
    for before, echo in ((59, stem), (60, 0)):
        assert weigh("", BRIDGE, [], [f"{filler(before)} جسر"]).echo == echo
    whole = weigh("", BRIDGE, [], BRIDGE_TEXT).news
    for after, news in ((599, whole - stem), (600, whole)):
        before = ["جسر", *([filler(10)] * (after // 10)), filler(after % 10)]
        assert weigh("", BRIDGE, before, BRIDGE_TEXT).news == pytest.approx(news)
    for before, faith in ((199, 1), (200, 0)):
        assert weigh("قمح", BRIDGE, [], [f"{filler(before)} قمح"]).faith == faith


TEXTS = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [WHEAT, BRIDGE, LIBRARY, *WHEAT_TEXT, *BRIDGE_TEXT, *LIBRARY_TEXT, "", " ", "و", "1", "#"]
    ),
)


@given(TEXTS, TEXTS, st.lists(TEXTS, max_size=6), st.lists(TEXTS, max_size=6))
def test_a_chance_lies_between_none_and_one(title, headline, before, after):
    assert 0 <= chance(title, headline, before, after) <= 1
    assert begins_after_pointer(title, headline, before, after) in (True, False)
    lines = [*before, headline, *after]
    assert begins_at_heading(title, lines, len(before)) in (True, False)


# ---- beginnings

SECOND = [(BRIDGE, BRIDGE_TEXT), (LIBRARY, [*LIBRARY_TEXT, *WHEAT_TEXT[1:]])]


@pytest.mark.parametrize(("headline", "text"), SECOND)
@pytest.mark.parametrize("title", [WHEAT, ""])
def test_another_article_begins_after_a_pointer(headline, text, title):
    assert begins_after_pointer(title, headline, WHEAT_TEXT, text)
    assert begins_after_pointer(title, headline, WHEAT_TEXT, text)


@pytest.mark.parametrize("headline", [BRIDGE, LIBRARY, "توقعات بارتفاع أسعار الخبز في أسواق العاصمة"])
@pytest.mark.parametrize("place", [1, 2])
def test_a_pointer_in_an_articles_midst_begins_none(headline, place):
    assert not begins_after_pointer(WHEAT, headline, WHEAT_TEXT[:place], WHEAT_TEXT[place:])
    assert not begins_after_pointer(WHEAT, headline, WHEAT_TEXT[:place], WHEAT_TEXT[place:])


@pytest.mark.parametrize(
    ("headline", "after"),
    [
        ("إغلاق جسر الملك القديم", BRIDGE_TEXT),  # four words
        (" ".join([BRIDGE] * 3), BRIDGE_TEXT),  # twenty-seven
        (BRIDGE, BRIDGE_TEXT[:1]),  # a summary, no text
        (BRIDGE, []),
    ],
)
def test_what_is_no_headline_with_a_text_begins_none(headline, after):
    assert not begins_after_pointer(WHEAT, headline, WHEAT_TEXT, after)


def test_texts_of_other_languages_tell_nothing():
    lead = ["The old bridge of the king closes to lorries for two months, the city said on Sunday."] * 4
    assert chance("Wheat harvest", "The old bridge of the king closes to lorries", ["Wheat."] * 4, lead) == 0


def test_a_headline_may_be_long():
    long = f"{BRIDGE} و{BRIDGE} و{BRIDGE.rsplit(' ', 2)[0]}"
    assert len(long.split()) == 25
    assert begins_after_pointer(WHEAT, long, WHEAT_TEXT, BRIDGE_TEXT)
    assert not begins_after_pointer(WHEAT, f"{long} غدا", WHEAT_TEXT, BRIDGE_TEXT)


# ---- at a heading


def joined(headline=BRIDGE, text=BRIDGE_TEXT, before=WHEAT_TEXT):
    return WHEAT, [*before, headline, *text], len(before)


def test_another_article_begins_at_heading():
    assert begins_at_heading(*joined())


def test_a_text_has_so_many_words_at_least():
    lead = " ".join(BRIDGE_TEXT[0].split()[:12])
    assert begins_at_heading(*joined(text=[lead, filler(18)]))
    assert not begins_at_heading(*joined(text=[lead, filler(17)]))
    assert not begins_at_heading(*joined(text=[lead.rsplit(" ", 1)[0], filler(40)]))
    assert begins_at_heading(*joined(before=WHEAT_TEXT[:2]))


def test_a_weak_echo_is_a_subheading():
    weak = "ازدحام خانق في شوارع العاصمة صباح اليوم قبل العيد"
    assert chance(WHEAT, weak, WHEAT_TEXT, BRIDGE_TEXT) < AT_A_HEADING
    assert not begins_at_heading(*joined(weak))


SUBHEADINGS = ["خلفية القرار الأخير", "ماذا قال الوزير"]
NOT_AT_A_HEADING = {
    "a sub-heading": joined("إغلاق جسر الملك القديم شهرين"),
    "a sentence": joined(f"{BRIDGE}."),
    "a question": joined(f"{BRIDGE}؟"),
    "a numbered heading": joined(f"2- {BRIDGE}"),
    "a bullet": joined(f"• {BRIDGE}"),
    "a bracket": joined(f"({BRIDGE}"),
    "long": joined(" ".join([BRIDGE] * 3)),
    "too near the top": joined(before=WHEAT_TEXT[:1]),
    "too little follows": joined(text=[BRIDGE_TEXT[0]]),
    "a short line follows": joined(text=["جسر الملك القديم", *BRIDGE_TEXT]),
    "the text goes on": joined(text=["و" + BRIDGE_TEXT[0], *BRIDGE_TEXT[1:]]),
    "an article with sub-headings": joined(
        before=[WHEAT_TEXT[0], SUBHEADINGS[0], WHEAT_TEXT[1], SUBHEADINGS[1], WHEAT_TEXT[2]]
    ),
    "no echo": joined(LIBRARY),
    "the same article": (WHEAT, [*WHEAT_TEXT[:2], BRIDGE, *WHEAT_TEXT[2:]], 2),
}


@pytest.mark.parametrize("case", NOT_AT_A_HEADING)
def test_no_article_begins_at_heading(case):
    assert not begins_at_heading(*NOT_AT_A_HEADING[case])


def test_one_subheading_is_no_list():
    before = [WHEAT_TEXT[0], SUBHEADINGS[0], *WHEAT_TEXT[1:]]
    assert begins_at_heading(*joined(before=before))
    assert begins_at_heading(*joined(before=[SUBHEADINGS[1], *before]))  # the first line is the headline


def test_far_lines_do_not_count():
    lines = [*SUBHEADINGS * 3, *(WHEAT_TEXT * NEAR), BRIDGE, *BRIDGE_TEXT, *WHEAT_TEXT * NEAR]
    assert begins_at_heading(WHEAT, lines, lines.index(BRIDGE))


# ---- real articles


@pytest.fixture(scope="module")
def real():
    """Some 600 articles of all the corpus's outlets: title and paragraphs."""
    if not CORPUS.exists():
        pytest.skip("../shared/corpus is absent")
    articles = []
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        for line in islice(lines, 0, None, 40):
            row = json.loads(line)
            text = [part.strip() for part in row["text"].split("\n") if len(part.strip()) > 1]
            if len(text) >= 4 and has_words(text, 120):
                articles.append((row["title"].strip(), text))
    return articles[:600]


def test_whole_articles_are_not_cut(real):
    cut = [
        title
        for title, lines in real
        if any(begins_at_heading(title, lines, index) for index in range(len(lines)))
    ]
    assert len(cut) <= 0.01 * len(real), cut


def test_joined_articles_are_told_from_interrupted_ones(real):
    false = found = unannounced = 0
    for number, (title, text) in enumerate(real):
        headline, other = real[(number + len(real) // 2) % len(real)]
        middle = min(2 + number % (len(text) - 2), len(text) - 1)
        false += begins_after_pointer(title, headline, text[:middle], text[middle:])
        found += begins_after_pointer(title, headline, text, other)
        unannounced += begins_at_heading(title, [*text, headline, *other], len(text))
    assert false <= 0.02 * len(real)
    assert found >= 0.75 * len(real)  # measured: 0.92
    assert unannounced >= 0.45 * len(real)  # measured: 0.57
