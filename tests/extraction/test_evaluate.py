"""What `make evaluate` measures on pages that nobody here wrote stays above its floors."""

import pytest

from bench.evaluate import listings, plain
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


@pytest.mark.slow
@pytest.mark.parametrize("part", LARGE)
def test_large_parts_are_above_their_floors(part):
    assert below({part: _measure(part)}) == []


def test_a_floor_is_for_a_part_that_there_is():
    assert set(floors()) <= {*PARTS, "plain", "listings"}


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


@pytest.mark.slow
def test_whole_articles_stay_whole_in_plain_layouts():
    measured = plain.report(1_000)
    if not measured:
        pytest.skip("../shared/corpus is absent")
    assert below({"plain": measured}) == []


def test_forms_of_every_kind_are_for_tuning_and_for_judging():
    halves = {(form.kind, form.half) for form in listings.forms()}
    kinds = {form.kind for form in listings.forms()}
    assert halves == {(kind, half) for kind in kinds for half in ("tuning", "judging")}
    assert len({(form.kind, form.name) for form in listings.forms()}) == len(listings.forms())


def test_made_listings_are_refused():
    measured = listings.report(1, articles=False)
    if not measured:
        pytest.skip("../shared/corpus is absent")
    assert below({"listings": measured}) == []


@pytest.mark.slow
def test_no_article_is_refused_for_its_kind():
    measured = listings.report(1)
    if not measured:
        pytest.skip("../shared/corpus is absent")
    assert below({"listings": measured}) == []
