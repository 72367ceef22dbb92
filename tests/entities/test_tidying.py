"""What of a recogniser's spans is a name, and where it ends."""

import pytest

from tests.entities.test_canonical_names import mentions, names


def shown(marked):
    """The mentions as they stand in the text."""
    return [mention.text for mention in mentions(marked)]


@pytest.mark.parametrize(
    ("marked", "found"),
    [
        ("[P:الدكتورة هالة مصطفى]", ["هالة مصطفى"]),
        ("[P:معالي الوزير ناصر القحطاني]", ["ناصر القحطاني"]),
        ("[P:السيد البدوي] فاز", ["السيد البدوي"]),
        ("[P:حسن طاهر رحمه الله]", ["حسن طاهر"]),
        ("[P:ماهر زين ولي العهد]", ["ماهر زين"]),
        ("[P:توفيق جاد على] المنصة", ["توفيق جاد"]),
        ("[P:توفيق علي] وقف", ["توفيق علي"]),
        ("[L:نهر الأردن إلى] الغرب", ["نهر الأردن"]),
        ("[O:آيندهوفن الهولندي]", ["آيندهوفن"]),
        ("[O:وزارة النقل الهولندية]", ["وزارة النقل الهولندية"]),
        ("[O:الجيش اللبناني]", ["الجيش اللبناني"]),
    ],
)
def test_words_that_are_no_part_of_the_name_come_off(marked, found):
    assert shown(marked) == found


def test_people_that_are_joined_are_one_each():
    assert names("[P:ماجد عمر وسعيد طارق] و[P:وائل جسار]") == ["ماجد عمر", "سعيد طارق", "وائل جسار"]
    assert shown("[P:كمال وهبان]") == ["كمال وهبان"]


def test_a_hyphen_joins_what_a_recogniser_tore():
    assert shown("قال [P:جان]-[P:كلود] يونكر") == ["جان-كلود"]
    assert shown("قال [P:جان] - [P:كلود]") == ["جان", "كلود"]


@pytest.mark.parametrize("generic", ["الوزارة", "للحكومة", "الشركة", "والنادي", "المستشفى"])
def test_what_only_says_what_an_organisation_is_is_none(generic):
    assert shown(f"قالت [O:{generic}] و[O:وزارة النقل]") == ["وزارة النقل"]


def test_pieces_of_addresses_are_no_names_and_hashtags_may_hold_some():
    assert shown("على www.mot.gov.[O:sa] أو [O:mot]@mail.sa أو https://x.example/[L:oman]/1") == []
    assert shown("قال #[P:ماجد_عمر] أمس") == ["ماجد_عمر"]
