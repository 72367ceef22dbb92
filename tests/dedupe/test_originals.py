"""Which of several copies is the original."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from newscrawl.dedupe.originals import Member, credits_outlet, in_order

START = datetime(2026, 11, 1, 9, tzinfo=UTC)
OUTLETS = {
    "spa": ("وكالة الأنباء السعودية", "spa.gov.sa"),
    "okaz": ("عكاظ", "okaz.com.sa"),
    "raya": ("الراية", "raya.com"),
    "masress": ("مصرس", "masress.com"),
}


def member(outlet, minutes=0, credit="", **more):
    name, domain = OUTLETS[outlet]
    at = START + timedelta(minutes=minutes)
    return Member(f"{outlet}{minutes}", outlet, name, domain, credit, at, outlet == "masress", **more)


def order(*members):
    found = [one.id for one in in_order(members)]
    shuffled = list(members)
    random.Random(1).shuffle(shuffled)
    assert [one.id for one in in_order(shuffled)] == found
    return found


def test_the_earliest_is_the_original():
    assert order(member("okaz", 20), member("raya", 5), member("raya", 40)) == ["raya5", "okaz20", "raya40"]


@pytest.mark.parametrize("credit", ["واس", "وكالة الأنباء السعودية", "SPA", "و ا س"])
def test_whom_an_earlier_copy_credits_is_the_original(credit):
    assert order(member("okaz", 0, credit), member("spa", 30), member("raya", 10))[0] == "spa30"


def test_an_outlet_credited_by_its_name():
    assert order(member("okaz", 0, "صحيفة الراية"), member("raya", 30)) == ["raya30", "okaz0"]


def test_what_credits_another_outlet_of_the_cluster_is_no_original_though_it_is_credited_itself():
    chain = member("okaz", 0, "واس"), member("raya", 5, "عكاظ"), member("spa", 30)
    assert order(*chain) == ["spa30", "okaz0", "raya5"]


def test_a_credit_for_somebody_who_is_not_there_counts_only_where_the_times_are_equal():
    assert order(member("okaz", 0, "رويترز"), member("raya", 5))[0] == "okaz0"
    assert order(member("okaz", 0, "رويترز"), member("raya", 0))[0] == "raya0"


def test_a_site_that_republishes_others_is_the_original_of_none():
    assert order(member("masress", 0), member("okaz", 50, "رويترز"))[0] == "okaz50"


def test_its_own_name_in_the_credit_makes_nobody_a_copy():
    assert order(member("spa", 0, "واس"), member("okaz", 5)) == ["spa0", "okaz5"]


@pytest.mark.parametrize(
    ("credit", "outlet", "is_named"),
    [
        ("موقع عكاظ", "okaz", True),
        ("okaz", "okaz", True),
        ("عكاظ الرياضية اليوم", "okaz", False),
        ("", "okaz", False),
        ("وام", "spa", False),
    ],
)
def test_credits_outlet(credit, outlet, is_named):
    assert credits_outlet(credit, outlet, *OUTLETS[outlet]) is is_named


@pytest.mark.parametrize(
    ("credit", "name", "same"),
    [
        ("وكالة الساحل", "وكالة الساحل للأنباء", True),
        ("الجزيرة الإخبارية", "الجزيرة", True),
        ("وكالة الشاطئ", "وكالة الساحل للأنباء", False),
        ("وكالة الأنباء", "وكالة الساحل للأنباء", False),
    ],
)
def test_a_house_is_cited_without_the_end_of_its_name(credit, name, same):
    assert credits_outlet(credit, "x1", name, "news.example") is same
