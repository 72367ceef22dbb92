"""A word finds its other spellings where the archive has them, and nothing else."""

import pytest

from newscrawl.search import Match, open_index
from tests.search.world import archive, row

ROWS = [
    row(1, "غورباتشوف يلقي كلمة", "تحدث ميخائيل غورباتشوف عن الإصلاح."),
    row(2, "زيارة", "التقى جورباتشوف الوفد، ثم غادر."),
    row(3, "سباق أبو ظبي", "بدأ السباق في أبو ظبي صباحا."),
    row(4, "وصول الوفد", "وصل الوفد إلى أبوظبي."),
    row(5, "عبدالفتاح", "قال عبدالفتاح إنه راض."),
    row(6, "خبر", "قال عبد الفتاح إن العمل تم."),
    row(7, "القطاع المصرفي", "تحسن القطاع المصرفي كثيرا."),
    row(8, "زيارة مصر", "وصل إلى مصر في المساء، وبقي في مصر في الصيف."),
    row(9, "فندق", "فندق جديد"), row(10, "بندق", "زرعوا البندق."),
]  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return open_index(archive(tmp_path_factory.mktemp("respelling") / "a.db", ROWS))


def numbers(index, query, **options):
    return {int(hit.id, 16) for hit in index.search(query, **options).hits}


FOUND = [
    ("جورباتشوف", {1, 2}), ("غورباتشوف", {1, 2}), ("غورباتشيوف", {1}), ("وغورباتشوف", {1, 2}),
    ("أبو ظبي", {3, 4}), ("أبوظبي", {3, 4}), ("ابوظبى", {3, 4}), ("بأبوظبي", {3, 4}),
    ("عبد الفتاح", {5, 6}), ("عبدالفتاح", {5, 6}),
    ("مصرفي", {7}), ("بندق", {10}), ("title:أبوظبي", {3}),
]  # fmt: skip


@pytest.mark.parametrize(("query", "found"), FOUND)
def test_finds(index, query, found):
    assert numbers(index, query, match=Match.ALL) == found


def test_what_is_quoted_or_begun_is_as_typed(index):
    assert numbers(index, '"أبوظبي"') == {4}
    assert numbers(index, "جوربا*") == {2}


def test_another_spelling_lacks_nothing_and_is_shown(index):
    hits = index.search("أبوظبي السباق").hits
    assert [(int(hit.id, 16), hit.missing) for hit in hits] == [(3, ()), (4, ("السباق",))]
    assert [hits[0].title.text[start:end] for start, end in hits[0].title.highlights] == [
        "سباق",
        "أبو",
        "ظبي",
    ]


def test_it_is_left_out_in_every_spelling(index):
    assert numbers(index, "الوفد -غورباتشوف") == {4}
    assert numbers(index, "وصل -أبوظبي") == {8}


def test_the_results_tell_the_other_spellings(index):
    assert index.search("الوفد أبوظبي").spellings == {"أبوظبي": ("ابو ظبي",)}
    assert index.search("الوفد").spellings == {}


def test_spellings_are_counted_and_newest_first_finds_them(index):
    assert index.search("غورباتشوف").total == 2
    assert numbers(index, "أبوظبي", newest_first=True) == {3, 4}
