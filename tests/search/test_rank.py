"""Relevance, and the window that is weighed again."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from newscrawl.search.query import parse_query
from newscrawl.search.rank import WINDOW, Found, Scale, page, ranked, window

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
FILLER = "كلام آخر عن شيء بعيد "


def found(title="خبر", body="نص", summary="", hours=0, origin=None):
    return Found(title, summary, body, NOON + timedelta(hours=hours), origin)


def score(query, **texts):
    return Scale(parse_query(query), {}).relevance(found(**texts))


def test_more_of_a_word_and_a_better_place_count_more():
    once, twice = score("وزير", body="الوزير قال"), score("وزير", body="الوزير قال للوزير")
    assert 0 < once < twice < score("وزير", title="الوزير", body="قال وزير آخر إنه")
    assert score("وزير", summary="الوزير") > score("وزير", body="الوزير")
    assert score("غائب", body="الوزير") == 0


def test_a_long_text_says_less_of_each_word():
    assert score("وزير", body="وزير " + FILLER * 100) < score("وزير", body="وزير " + FILLER)


def test_saturation():
    few = score("وزير", body="وزير " * 10 + FILLER * 50)
    assert score("وزير", body="وزير " * 20 + FILLER * 48) < 2 * few


def test_phrases_spellings_and_beginnings_are_counted():
    assert score('"كأس العالم"', body="العالم في كأس") == 0 < score('"كأس العالم"', body="في كأس العالم")
    assert score("ترامب", body="قال ترمب") == score("ترامب", body="قال ترامب")
    assert score("وزار*", body="الوزارة") == score("وزارة", body="الوزارة")
    assert score("مصر OR السودان", body="مصر السودان") > score("مصر OR السودان", body="مصر")


def test_equal_relevance_is_ordered_by_time():
    old, new = found(body="وزير", hours=1), found(body="وزير", hours=2)
    assert [one for _, one in ranked([old, new], parse_query("وزير"), {})] == [new, old]


@given(st.integers(0, 120), st.integers(0, 80), st.integers(1, 40))
def test_pages_part_the_hits_without_gap_or_double(number, offset, limit):
    query = parse_query("وزير")
    hits = [found(body="وزير " * (1 + n % 7), hours=n, origin=n) for n in range(number)]
    size = window(offset, limit)
    whole = [one.origin for _, one in ranked(hits[: max(WINDOW, number)], query, {})]
    shown = page(hits[:size], query, offset, limit, {})
    assert [one.origin for _, one in shown] == whole[offset : offset + limit]
    scores = [score for score, _ in ranked(hits, query, {})]
    assert scores == sorted(scores, reverse=True)
