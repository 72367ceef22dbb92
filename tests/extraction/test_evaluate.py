"""What `make evaluate` measures on pages that nobody here wrote stays above its floors."""

import pytest

from bench.evaluate import plain, whole
from bench.evaluate.floors import below, floors
from bench.evaluate.marks import Marks, is_lost, mark, totals
from bench.evaluate.readers import DEFAULT, OURS, PRECISION, READERS, Found
from bench.evaluate.run import Cache, rows_of, samples_of
from bench.evaluate.samples import PARTS, AbsentError, Sample, half_of, site_of

QUICK = ["pages", "pages-2", "kinds", "kinds-opaque", "cases"]
LARGE = [part for part in PARTS if part not in (*QUICK, "golden")]


def _measure(part):
    try:
        rows = list(rows_of(samples_of(part), Cache(None), readers=(OURS,)))
    except AbsentError as reason:
        pytest.skip(str(reason))
    return totals([row.marks for row in rows], OURS)


@pytest.mark.parametrize("part", QUICK)
def test_small_parts_are_above_their_floors(part):
    assert below({part: _measure(part)}) == []


@pytest.mark.evaluation
@pytest.mark.parametrize("part", LARGE)
def test_large_parts_are_above_their_floors(part):
    assert below({part: _measure(part)}) == []


def test_a_floor_is_for_a_part_that_there_is():
    others = {"whole", "whole-quick", "listings", "copies", "stories", "search", "search-elastic"}
    assert set(floors()) <= {*PARTS, *others}


def test_what_misses_a_floor_is_named(monkeypatch):
    from bench.evaluate import floors as module

    monkeypatch.setattr(module, "floors", lambda: {"pages": {"f1": 0.9, "lost": 1}, "kinds": {"kind": 3}})
    assert below({"pages": {"f1": 0.9, "lost": 1}}) == []
    assert below({"pages": {"f1": 0.85, "lost": 2}}) == [
        "pages: f1 is 0.850, its floor 0.9",
        "pages: lost is 2.000, its floor 1",
    ]


def test_an_article_is_lost_where_trafilatura_reads_it():
    def marks(ours, default, precision):
        return {OURS: Marks(recall=ours), DEFAULT: Marks(recall=default), PRECISION: Marks(recall=precision)}

    assert is_lost(marks(0.5, 0.3, 0.9))
    assert not is_lost(marks(0.7, 0.9, 0.9))
    assert not is_lost(marks(0.1, 0.7, 0.2))


def test_a_page_that_is_no_article_is_right_when_it_is_turned_away():
    page = Sample("kinds", "a", "a", b"", "https://a.example/", is_article=False)
    assert mark(page, Found(reason="not_article")).kind is True
    assert mark(page, Found("عنوان", "نص")).kind is False


def test_pages_of_one_publisher_fall_in_one_half():
    names = ("fundus__at__DerStandard__2024_05_03.html.gz", "fundus__at__DerStandard__2025_01_01.html.gz")
    assert len({half_of(site_of(name, "https://example.com/x")) for name in names}) == 1
    assert site_of("wcxb__0044.html.gz", "https://www.one.example/a") == "one.example"


@pytest.mark.parametrize("layout", plain.LAYOUTS)
def test_a_plain_layout_holds_the_article(layout):
    page = plain.page_of(layout, "عنوان", ["فقرة أولى", "فقرة ثانية"]).decode()
    assert page.index(">عنوان<") < page.index("فقرة أولى") < page.index("فقرة ثانية")
    assert "%" not in page


def test_every_reader_has_a_column():
    assert READERS == (OURS, DEFAULT, PRECISION)


@pytest.mark.parametrize(
    ("part", "articles"),
    [("whole-quick", 60), pytest.param("whole", whole.ARTICLES, marks=pytest.mark.evaluation)],
)
def test_whole_articles_stay_whole_and_second_ones_are_found_in_plain_layouts(part, articles):
    measured = whole.report(articles)
    if not measured:
        pytest.skip("../shared/corpus is absent")
    assert below({part: measured}) == []


ARTICLES = [
    {"docno": f"XX-{day}-2018010{day % 7}", "title": f"عنوان {day}", "text": f"أولى {day}\nثانية\nثالثة"}
    for day in range(60)
]
POINTER = whole.POINTERS[20 % len(whole.POINTERS)]


def test_a_second_article_stands_behind_its_pointer_and_headline():
    made = whole.followed(20, ARTICLES)
    page = made.html.decode()
    assert list(made.own) == ["أولى 20", "ثانية", "ثالثة"]
    assert len(made.other) == 1
    assert made.other[0] not in made.own
    places = [page.index(text) for text in (">أولى 20<", "ثالثة", f"{POINTER}:", made.other[0])]
    assert places == sorted(places)


def test_a_pointer_in_the_midst_has_the_report_on_both_sides():
    made = whole.interrupted(20, ARTICLES)
    page = made.html.decode()
    assert page.index("أولى 20") < page.index(POINTER) < page.index("ثالثة")
    assert not made.other


def test_two_texts_share_words_but_not_runs_of_words():
    first, second = "قال الوزير إن الحكومة قررت اليوم", "قررت الحكومة اليوم كما قال الوزير"
    assert whole.kept_share(first, [second]) > 0.6
    assert whole.runs_share(first, [second]) == 0
    assert whole.runs_share(first, [first]) == 1
