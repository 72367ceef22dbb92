"""What `make ablate` switches off is off, and on again afterwards."""

import pytest

from bench.evaluate.ablate import change
from bench.evaluate.marks import Marks
from bench.evaluate.switches import Switch, counts, off, switches, watched
from newscrawl.extraction import choice, phrases
from newscrawl.extraction.features import NAMES
from newscrawl.page.roles import roles_of

POINTER = "اقرأ أيضا: خبر آخر"


def test_every_family_has_switches_with_names_of_their_own():
    names = [str(one) for one in switches()]
    assert len(names) == len(set(names))
    assert {one.family for one in switches()} == {"rule", "phrases", "role", "weight", "weight in disputes"}
    assert counts()["rules"] == sum(one.family == "rule" for one in switches())


@pytest.mark.parametrize(
    ("switch", "finds"),
    [
        (Switch("rule", "extraction.phrases.find"), lambda: phrases.find(POINTER)),
        (Switch("phrases", "related"), lambda: phrases.find(POINTER)),
        (Switch("role", "byline"), lambda: roles_of("div", "post-author")),
        (Switch("weight", "read"), lambda: choice.learned().blocks[NAMES.index("read")]),
    ],
)
def test_what_is_off_finds_nothing_until_it_is_on_again(switch, finds):
    with off(switch):
        assert not finds()
    assert finds()


def test_what_fails_without_a_rule_leaves_the_rule_on():
    with pytest.raises(ZeroDivisionError), off(Switch("rule", "extraction.phrases.find")):
        raise ZeroDivisionError
    assert phrases.find(POINTER)


def test_a_rule_that_found_nothing_is_not_among_those_that_did():
    with watched() as found:
        phrases.find("وصل الوفد إلى المدينة مساء الاثنين")
        assert "extraction.phrases.find" not in found
        phrases.find(POINTER)
    assert "extraction.phrases.find" in found


def test_a_change_is_told_in_one_cell():
    before = [Marks(f1=1.0, recall=1.0, leaks=["س"], title=True), Marks(kind=True)]
    after = [Marks(f1=0.5, recall=0.4, leaks=[], title=True), Marks(kind=False)]
    assert change(before, after) == "F1 -500 lost +1 leaks -1 kind -1"
    assert change(before, before) == ""
