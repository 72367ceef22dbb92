"""Which articles are alike as reports of one event."""

import random

import pytest

from newscrawl.dedupe.reports import DAY, Alike, Reports, alike, compare, length, packed, terms_in
from newscrawl.dedupe.stories import ALIKE, DAYS_APART, DAYS_COUNTED, KEPT, SAME_OUTLET

QUAKE = (
    "زلزال قوي يضرب جزيرة لومبوك الإندونيسية",
    "قتل عشرات في زلزال ضرب جزيرة لومبوك وأعلنت السلطات الطوارئ.",
)
QUAKE_TOO = "عشرات القتلى في لومبوك", "ارتفعت حصيلة الزلزال في الجزيرة الإندونيسية إلى عشرات القتلى والجرحى."
MATCH = "برشلونة يهزم ريال مدريد", "سجل ميسي هدفين في ملعب كامب نو وقاد فريقه إلى صدارة الدوري."
FILLING = [
    "اجتمع الوزير في العاصمة",
    "قالت الحكومة إن الأسعار ارتفعت",
    "وأعلنت السلطات نتائج الانتخابات",
    "سجل المؤشر هبوطا في البورصة",
    "قتل شخص في حادث سير",
]


def made(some, wanted):
    """Reports of (number, day, outlet, packed terms)."""
    numbers, days, outlets, terms = zip(*some, strict=True)
    at = [round(day * DAY) for day in days]
    return Reports(numbers, at, outlets, [length(one) for one in terms], b"".join(terms), wanted)


def likenesses(*texts, at=None, outlets=None, wanted=None, order=None, bar=0.01):
    """How alike (title, body) are, by their places, counted together with articles on other things."""
    at = at or [100.0] * len(texts)
    outlets = outlets or [f"outlet{number}" for number in range(len(texts))]
    some = list(zip(range(len(texts)), at, outlets, terms_in(texts), strict=True))
    filling = terms_in([(text, text) for text in FILLING])
    days = sorted({int(day) for day in at})
    some += [
        (1000 + 100 * place + number, day + 0.5, f"filling{number}", filling[number % len(FILLING)])
        for place, day in enumerate(days)
        for number in range(40)
    ]
    if order is not None:
        random.Random(order).shuffle(some)
    wanted = range(len(texts)) if wanted is None else wanted
    return {(one, other): like for one, other, like in alike(made(some, wanted), bar) if other < 1000}


def test_two_reports_of_one_event_in_different_words_are_alike_and_one_of_another_event_is_not():
    found = likenesses(QUAKE, QUAKE_TOO, MATCH)
    assert found[0, 1] >= ALIKE
    assert found.get((0, 2), 0) < ALIKE / 4


def test_a_text_is_wholly_like_itself():
    assert likenesses(QUAKE, QUAKE)[0, 1] == pytest.approx(1)


def test_hours_lessen_a_likeness_and_after_two_days_none_is_left():
    found = likenesses(*[QUAKE] * 4, at=[100.0, 100.5, 101.5, 100.0 + DAYS_APART])
    of_first = [found.get((0, other), 0) for other in (1, 2, 3)]
    assert of_first == sorted(of_first, reverse=True)
    assert of_first[1] > of_first[2] == 0


def test_two_reports_of_one_outlet_must_be_twice_as_alike():
    mine = likenesses(QUAKE, QUAKE_TOO, outlets=["sahifa"] * 2)
    assert mine[0, 1] == pytest.approx(likenesses(QUAKE, QUAKE_TOO)[0, 1] * SAME_OUTLET)


def test_what_few_articles_have_weighs_more_and_what_all_have_nothing():
    rare, common = packed({"لومبوك": 6}), packed({"قال": 6})
    both = packed({"لومبوك": 6, "قال": 6})
    some = [(number, 9.5, f"o{number}", common) for number in range(3, 60)]
    some += [(0, 9.5, "x", both), (1, 9.5, "y", rare), (2, 9.5, "z", both)]
    found = {(one, other): like for one, other, like in alike(made(some, [0]))}
    assert found.keys() == {(0, 1), (0, 2)}
    assert found[0, 1] > 0.99


def test_words_are_counted_in_the_articles_of_the_days_around():
    rare, other = packed({"نادر": 6, "عام": 6}), packed({"نادر": 6})
    near = [(number, 3.5, f"n{number}", packed({"عام": 6})) for number in range(10, 20)]
    own = [(0, 3.5, "x", rare), (1, 3.5, "y", other)]
    far = [(number, 4.5 + DAYS_COUNTED, f"f{number}", other) for number in range(20, 40)]
    [alone] = [pair for pair in alike(made([*own, *near], [0])) if pair.other == 1]
    [beside] = [pair for pair in alike(made([*own, *near, *far], [0])) if pair.other == 1]
    assert alone.likeness == beside.likeness > 0.9


def test_empty_texts_are_like_nothing():
    assert (0, 1) not in likenesses(("", ""), ("", ""))
    assert alike(made([(1, 5.0, "x", b"")], [1])) == []
    assert alike(Reports([], [], [], [], b"", [])) == []


def test_of_a_long_list_the_terms_of_most_weight_are_left():
    names = {f"اسم{number}": 6 for number in range(KEPT)}
    long = packed(names | {f"كلام{number}": 1 for number in range(KEPT)})
    some = [(0, 5.0, "x", packed(names)), (1, 5.0, "y", long)]
    some += [(number, 5.0, f"o{number}", packed({f"آخر{number}": 6})) for number in range(2, 30)]
    assert alike(made(some, [0])) == [Alike(0, 1, pytest.approx(1))]


def test_pairs_are_found_whatever_order_the_articles_come_in():
    texts = [QUAKE, MATCH, QUAKE_TOO, QUAKE, MATCH]
    at = [105.0, 103.9, 105.2, 109.0, 104.1]
    wanted = likenesses(*texts, at=at, bar=ALIKE)
    assert wanted.keys() == {(0, 2), (1, 4)}
    for seed in range(5):
        assert likenesses(*texts, at=at, bar=ALIKE, order=seed) == pytest.approx(wanted)


def test_only_pairs_of_a_wanted_article_are_found():
    assert likenesses(QUAKE, MATCH, QUAKE, MATCH, wanted=[3], bar=ALIKE).keys() == {(1, 3)}


def test_many_articles_are_compared_a_few_at_a_time():
    terms = [packed({f"اسم{number}": 6, f"لقب{number}": 6}) for number in range(100)]
    some = [
        (200 * turn + number, 9.5, f"o{turn}", one) for turn in (0, 1) for number, one in enumerate(terms)
    ]
    [found] = compare([made(some, range(100))])
    assert found is not None
    assert [(pair.one, pair.other) for pair in found] == [(number, number + 200) for number in range(100)]


def test_an_article_is_packed_to_five_bytes_a_term_whatever_its_order():
    terms = {"زلزال": 9, "لومبوك": 300}
    assert packed(terms) == packed(dict(reversed(terms.items())))
    assert length(packed(terms)) == 2
    assert len(packed(terms)) == 10
