import pytest

from tests.extraction.helpers import article, meta, read


@pytest.mark.parametrize(
    ("value", "free"),
    [
        (True, True), (False, False), ("True", True), ("true", True), ("False", False),
         ("false", False),
        ("http://schema.org/False", False), ([False], False), ([], None), ("maybe", None),
         (None, None), (5, None),
    ],
)  # fmt: skip
def test_ways_to_state_it(value, free):
    assert read(linked=article(isAccessibleForFree=value)).is_accessible_for_free is free


def test_a_part_that_is_paid_for():
    part = {"@type": "WebPageElement", "isAccessibleForFree": "False", "cssSelector": ".paywall"}
    assert read(linked=article(hasPart=part)).is_accessible_for_free is False
    assert read(linked=article(hasPart=[{}, part])).is_accessible_for_free is False
    assert read(linked=article(hasPart=[{}])).is_accessible_for_free is None


@pytest.mark.parametrize(("tier", "free"), [("free", True), ("locked", False), ("metered", None), ("", None)])
def test_the_tier_of_a_meta_tag(tier, free):
    assert (
        read(
            head=meta(article_content_tier=tier).replace("content:tier", "content_tier")
        ).is_accessible_for_free
        is free
    )
