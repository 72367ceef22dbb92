"""Articles compared in a worker, and samples of shingles as they are kept."""

from newscrawl.arabic.tokens import index_terms
from newscrawl.dedupe.comparing import (
    Batch,
    Compared,
    compare,
    likenesses,
    sample_from,
    sample_of,
    sample_of_terms,
)
from newscrawl.dedupe.shingles import shingled

from .texts import cut, text

REPORT, OTHER = text(1), text(2)


def test_a_sample_comes_back_and_is_the_same_from_search_terms():
    assert sample_from(sample_of(REPORT)) == list(shingled(REPORT).sample)
    assert sample_of_terms(index_terms(REPORT)[1]) == sample_of(REPORT)
    assert sample_from(sample_of("")) == []


def test_links_are_of_those_that_are_copies_the_smaller_number_first():
    texts = {7: ("a", REPORT), 3: ("b", cut(REPORT, 0.5)), 5: ("c", OTHER)}
    [links] = compare([Batch([Compared(7, (3, 5)), Compared(5, (7,))], texts)])
    assert [(link.one, link.other, link.likeness.contained) for link in links] == [(3, 7, 1.0)]


def test_an_article_that_is_gone_is_like_none():
    assert compare([Batch([Compared(7, (3,))], {7: ("a", REPORT)})]) == [[]]


def test_likenesses_of_pairs():
    one, other = likenesses([(("a", REPORT), ("b", REPORT)), (("a", REPORT), ("b", OTHER))])
    assert one.jaccard == 1.0
    assert other is None


def test_two_of_one_outlet_must_be_more_alike():
    follow_up = f"{REPORT} {OTHER}"
    pair = ("a", REPORT), ("a", follow_up)
    assert likenesses([pair]) == [None]
    assert likenesses([(pair[0], ("b", follow_up))])[0].contained == 1.0
