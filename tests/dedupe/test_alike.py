"""Which texts of one address are one article."""

import pytest

from newscrawl.dedupe.alike import one_article

TEXT = " ".join(f"كلمة{number}" for number in range(200))
OTHER = " ".join(f"لفظ{number}" for number in range(200))
BACKGROUND = " ".join(f"خلفية{number}" for number in range(150))


@pytest.mark.parametrize(
    ("title", "body", "other_title", "other_body", "one"),
    [
        ("عنوان", TEXT, "عنوان آخر تماما", TEXT + " نسخة للطباعة", True),
        ("وزير المالية يعلن الموازنة", TEXT, "وزير المالية يعلن الموازنة", TEXT[: len(TEXT) * 2 // 3], True),
        ("وزير المالية يعلن الموازنة", TEXT, "وزير المالية يعلن الموازنة", OTHER, False),
        ("أخبار", TEXT, "أخبار", OTHER, False),
        ("", TEXT, "", OTHER, False),
        ("", "", "", "", True),
        ("سعر الذهب يوم 5 مايو", TEXT, "سعر الذهب يوم 6 مايو", TEXT + " بزيادة طفيفة", False),
        ("سعر الذهب يوم ٥ مايو", TEXT, "سعر الذهب يوم 5 مايو", TEXT + " بزيادة طفيفة", True),
        ("قصف على المدينة", "خبر " * 20 + BACKGROUND, "نزوح من القرى", TEXT + BACKGROUND, False),
    ],
)
def test_pairs(title, body, other_title, other_body, one):
    assert one_article(title, body, other_title, other_body) is one
    assert one_article(other_title, other_body, title, body) is one
