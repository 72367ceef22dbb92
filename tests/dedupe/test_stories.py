"""Which articles report one event, and what stories they make."""

import random
from collections import Counter

import pytest

from newscrawl.dedupe.stories import (
    ALIKE,
    DAYS_APART,
    IN_LEAD,
    KEPT,
    SAME_OUTLET,
    WORDS,
    Report,
    alike,
    likeness,
    stories,
    terms_of,
    weighed,
)

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


def reports(*texts, at=None, outlets=None):
    """Reports of (title, body), all counted together with articles on other things."""
    terms = [terms_of(*text) for text in texts]
    around = [*terms, *(terms_of(text, text) for text in FILLING)] * 20
    counted = Counter(term for one in around for term in one)
    weights = [weighed(one, counted, len(around)) for one in terms]
    at = at or [0.0] * len(texts)
    outlets = outlets or [f"outlet{number}" for number in range(len(texts))]
    return [Report(*one) for one in zip(outlets, at, weights, strict=True)]


def test_two_reports_of_one_event_in_different_words_are_alike_and_one_of_another_event_is_not():
    quake, too, match = reports(QUAKE, QUAKE_TOO, MATCH)
    assert likeness(quake, too) >= ALIKE
    assert likeness(quake, match) < ALIKE / 4


def test_a_text_is_wholly_like_itself():
    one, same = reports(QUAKE, QUAKE)
    assert likeness(one, same) == pytest.approx(1)


def test_hours_lessen_a_likeness_and_after_two_days_none_is_left():
    at = [0.0, 0.5, 1.5, DAYS_APART]
    first, *later = reports(*[QUAKE] * 4, at=at)
    likenesses = [likeness(first, other) for other in later]
    assert likenesses == sorted(likenesses, reverse=True)
    assert likenesses[-1] == 0


def test_two_reports_of_one_outlet_must_be_twice_as_alike():
    one, other = reports(QUAKE, QUAKE_TOO)
    mine, too = reports(QUAKE, QUAKE_TOO, outlets=["sahifa"] * 2)
    assert likeness(mine, too) == pytest.approx(likeness(one, other) * SAME_OUTLET)


def test_a_word_says_more_in_the_title_than_in_the_lead_and_least_behind_it():
    terms = terms_of("مصر", f"لبنان {'كلام ' * (WORDS // 2)} سوريا {'كلام ' * WORDS} تونس")
    assert terms["مصر"] > terms["لبنان"] > terms["سوريا"]
    assert "تونس" not in terms


def test_spellings_of_a_word_are_one_term():
    assert terms_of("الزلزال", "") == terms_of("زلزال", "")
    assert terms_of("إندونيسيا", "") == terms_of("اندونيسيا", "")


def test_what_few_articles_have_weighs_more():
    weights = weighed({"لومبوك": 1.0, "قال": 1.0}, {"لومبوك": 2, "قال": 90}, 100)
    assert weights["لومبوك"] > 10 * weights["قال"]


def test_what_all_articles_have_says_nothing_and_an_empty_text_neither():
    assert weighed({"قال": 1.0}, {"قال": 100}, 100) == {}
    assert weighed({}, {}, 0) == {}
    [one, other] = reports(("", ""), QUAKE)
    assert likeness(one, other) == 0


def test_a_long_list_of_terms_is_cut_to_those_of_most_weight_whatever_their_order():
    terms = {f"كلمة{number}": IN_LEAD for number in range(3 * KEPT)}
    turned = dict(reversed(terms.items()))
    assert len(weighed(terms, {}, 100)) == KEPT
    assert weighed(terms, {}, 100) == weighed(turned, {}, 100)


def test_pairs_are_found_as_likeness_says_whatever_order_the_articles_come_in():
    texts = [QUAKE, MATCH, QUAKE_TOO, QUAKE, MATCH]
    some = dict(zip("abcde", reports(*texts, at=[5.0, 3.9, 5.2, 9.0, 4.1]), strict=True))
    wanted = {
        (one, other): pytest.approx(likeness(some[one], some[other]))
        for one in some
        for other in some
        if one < other and likeness(some[one], some[other]) >= ALIKE
    }
    assert wanted.keys() == {("a", "c"), ("b", "e")}
    for seed in range(5):
        order = random.Random(seed).sample(list(some), len(some))
        assert alike({id: some[id] for id in order}) == wanted


def test_a_follow_up_does_not_put_two_events_together():
    quake = dict.fromkeys([("a", "b"), ("a", "c"), ("b", "c")], 0.5)
    aid = dict.fromkeys([("x", "y"), ("x", "z"), ("y", "z")], 0.5)
    assert stories({**quake, **aid, ("c", "x"): 0.9, ("c", "y"): 0.3}) == [["a", "b"], ["c", "x", "y", "z"]]
    assert stories({**quake, **aid, ("c", "x"): 0.3}) == [["a", "b", "c"], ["x", "y", "z"]]


def test_an_article_like_no_other_is_in_no_story():
    assert stories({}) == []
