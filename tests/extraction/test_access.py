import pytest

from newscrawl.extraction.access import read_access

from .helpers import article, meta, page_of


def free_to_read(**parts):
    return read_access(page_of(**parts).said)


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
    assert free_to_read(linked=article(isAccessibleForFree=value)) is free


def test_a_part_that_is_paid_for():
    part = {"@type": "WebPageElement", "isAccessibleForFree": "False", "cssSelector": ".paywall"}
    assert free_to_read(linked=article(hasPart=part)) is False
    assert free_to_read(linked=article(hasPart=[{}, part])) is False
    assert free_to_read(linked=article(hasPart=[{}])) is None


@pytest.mark.parametrize(("tier", "free"), [("free", True), ("locked", False), ("metered", None), ("", None)])
def test_the_tier_of_a_meta_tag(tier, free):
    head = meta(article_content_tier=tier).replace("content:tier", "content_tier")
    assert free_to_read(head=head) is free
