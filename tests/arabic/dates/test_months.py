import pytest

from newscrawl.arabic.dates.months import GREGORIAN, HIJRI, LEVANT_AND_IRAQ, gregorian_months, hijri_months
from newscrawl.arabic.normalise import normalise


def test_every_family_has_twelve_months():
    assert all(len(family) == 12 for family in (*GREGORIAN, HIJRI))
    assert set(gregorian_months().values()) == set(hijri_months().values()) == set(range(1, 13))


def test_no_name_means_two_months():
    for families in (GREGORIAN, (HIJRI,)):
        seen: dict[str, int] = {}
        for family in families:
            for number, names in enumerate(family, start=1):
                for name in names:
                    assert seen.setdefault(normalise(name), number) == number, name


def test_no_name_is_of_both_calendars():
    assert not gregorian_months().keys() & hijri_months().keys()


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("إبريل", 4),
        ("ابريل", 4),
        ("آيار", 5),
        ("أيّار", 5),
        ("فبرایر", 2),
        ("ماى", 5),
        ("أغسـطس", 8),
        ("جويليه", 7),
        ("AOÛT", 8),
        ("Sept", 9),
        ("كانون الثانى", 1),
        ("تشرين الاول", 10),
    ],
)
def test_spellings_meet_in_normalised_form(name, number):
    assert gregorian_months()[normalise(name)] == number


@pytest.mark.parametrize("half", ["كانون", "تشرين", "ربيع", "جمادى", "ذو", "الأول", "الثاني"])
def test_half_a_name_is_none(half):
    assert normalise(half) not in gregorian_months() | hijri_months()


def test_the_levant_counts_its_double_months():
    january, october, november, december = (LEVANT_AND_IRAQ[month] for month in (0, 9, 10, 11))
    assert "كانون 2" in january
    assert "تشرين 1" in october
    assert "تشرين 2" in november
    assert "كانون 1" in december
