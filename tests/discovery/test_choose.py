from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.article import Outcome
from newscrawl.discovery import Candidate, choose, merge

from .conftest import NOW, make_outlet

SITE = "https://www.marfa-news.com"
FEED = f"{SITE}/rss"


def candidate(path: str, **values) -> Candidate:
    url = path if "://" in path else SITE + path
    return Candidate(**{"url": url, "source": "sitemap", "found_in": FEED, **values})


def hours_ago(hours: float) -> datetime:
    return NOW - timedelta(hours=hours)


def pick(*candidates, outlet=None, **options):
    return choose(candidates, outlet=outlet or make_outlet(), **{"now": NOW, **options})


def outcomes(choice) -> dict[str, Outcome]:
    return {refusal.candidate.url.removeprefix(SITE): refusal.outcome for refusal in choice.refused}


def test_newest_first_then_the_undated_in_order():
    choice = pick(
        candidate("/story/1"),
        candidate("/story/2", published_at=hours_ago(5)),
        candidate("/story/3"),
        candidate("/story/4", modified_at=hours_ago(1)),
    )
    assert [one.url.rpartition("/")[2] for one in choice.accepted] == ["4", "2", "1", "3"]
    assert not choice.refused


def test_a_page_that_is_due_again_has_its_place_by_the_time_when_it_was_first_seen():
    """Or an outlet that lists more than the limit, all with dates, would never be asked for it again."""
    due = candidate("/story/9", source="archive", seen_at=hours_ago(2))
    listed = [candidate(f"/story/{hours}", published_at=hours_ago(hours)) for hours in (1, 3, 5, 7)]
    section = candidate("/story/8", source="section")
    choice = pick(*listed, section, due, limit=3)
    assert [one.url.rpartition("/")[2] for one in choice.accepted] == ["1", "9", "3"]
    assert choice.accepted[1].published_at is None  # that is no date of the article
    again = pick(section, replace(due, url=section.url), *listed, limit=3)
    assert [one.url.rpartition("/")[2] for one in again.accepted] == ["1", "8", "3"]


def test_every_refusal_has_an_outcome_and_a_reason():
    choice = pick(
        candidate("https://adverts.example/story/1"),
        candidate("/story/2", language="en", title="Port opens"),
        candidate("/sport"),
        candidate("/story/4", published_at=hours_ago(100)),
        candidate("/story/5", published_at=hours_ago(2)),
        candidate("/story/6", published_at=hours_ago(3)),
        since=hours_ago(24),
        limit=1,
    )
    assert [one.url for one in choice.accepted] == [SITE + "/story/5"]
    assert outcomes(choice) == {
        "https://adverts.example/story/1": Outcome.OFF_SITE,
        "/story/2": Outcome.NOT_ARABIC,
        "/sport": Outcome.NOT_ARTICLE,
        "/story/4": Outcome.OUT_OF_RANGE,
        "/story/6": Outcome.OVER_LIMIT,
    }
    assert all(refusal.reason for refusal in choice.refused)


def test_the_sites_own_hosts():
    choice = pick(
        candidate("https://m.marfa-news.com/story/1", source="feed"),
        candidate("https://ar.marfa.net/story/1", source="feed"),
        candidate("https://marfa-news.com.evil.example/story/1", source="feed"),
        candidate("http://localhost:3000/story/1"),
    )
    assert len(choice.accepted) == 2
    assert {refusal.outcome for refusal in choice.refused} == {Outcome.OFF_SITE}


def test_a_host_that_stands_for_another_is_the_sites_own():
    outlet = make_outlet(canonical={"hosts": {"localhost:3000": "www.marfa-news.com"}})
    choice = pick(
        candidate("http://localhost:3000/story/1"), candidate("http://localhost:3000/x"), outlet=outlet
    )
    assert [one.url for one in choice.accepted] == ["http://localhost:3000/story/1"]
    assert choice.refused[0].outcome is Outcome.NOT_ARTICLE


@pytest.mark.parametrize("source", ["feed", "news-sitemap", "command-line"])
def test_listings_of_articles_are_trusted_beyond_the_pattern(source):
    assert len(pick(candidate("/new-form/x", source=source)).accepted) == 1
    # and so is what they confirm
    assert len(pick(candidate("/new-form/x"), candidate("/new-form/x", source=source)).accepted) == 1


@pytest.mark.parametrize("source", ["section", "sitemap"])
def test_listings_of_anything_are_not(source):
    assert pick(candidate("/new-form/x", source=source)).refused[0].outcome is Outcome.NOT_ARTICLE
    assert (
        len(pick(candidate("/new-form/x", source=source), outlet=make_outlet(article_url=None)).accepted) == 1
    )


def test_an_arabic_headline_outweighs_an_english_tag():
    assert len(pick(candidate("/story/1", language="en-US", title="افتتاح الميناء")).accepted) == 1
    assert len(pick(candidate("/story/1", language="ar-AE")).accepted) == 1


def test_range_is_inclusive_and_a_midnight_is_a_day():
    since = datetime(2026, 9, 27, 10, tzinfo=UTC)
    dubai_midnight = datetime(2026, 9, 26, 20, tzinfo=UTC)  # the whole of the 27th in Dubai
    kept = pick(
        candidate("/story/1", published_at=since),
        candidate("/story/2", modified_at=dubai_midnight),
        since=since,
        until=since,
    )
    assert len(kept.accepted) == 2
    gone = pick(
        candidate("/story/1", published_at=since - timedelta(seconds=1)),
        candidate("/story/2", modified_at=dubai_midnight - timedelta(days=1)),
        candidate("/story/3", modified_at=since + timedelta(seconds=1)),
        since=since,
        until=since,
    )
    assert [refusal.outcome for refusal in gone.refused] == [Outcome.OUT_OF_RANGE] * 3


def test_a_backfill_takes_what_was_changed_later_where_its_address_has_the_day():
    """A site that was moved has touched all its pages on one day."""
    of_august = ["/2026/08/14/x", "/news/2026-8-31/x", "/20260801/x", "/2026/08/x"]
    others = ["/2026/09/02/x", "/2026/07/31/x", "/2025/08/14/x", "/story/2026", "/story/202608143"]
    choice = pick(
        *(candidate(path, modified_at=hours_ago(5)) for path in of_august + others),
        candidate("/2026/08/15/y", published_at=hours_ago(5)),
        outlet=make_outlet(article_url=None),
        since=datetime(2026, 7, 31, 20, tzinfo=UTC),
        until=datetime(2026, 8, 31, 19, tzinfo=UTC),
    )
    assert [one.url.removeprefix(SITE) for one in choice.accepted] == of_august
    assert {refusal.outcome for refusal in choice.refused} == {Outcome.OUT_OF_RANGE}


def test_a_clock_in_the_future_earns_no_precedence():
    choice = pick(
        candidate("/story/1", published_at=NOW),
        candidate("/story/2", published_at=NOW + timedelta(hours=3)),
        candidate("/story/3", published_at=NOW + timedelta(days=300)),
    )
    assert [one.url[-1] for one in choice.accepted] == ["1", "2", "3"]


def test_one_url_in_several_listings():
    merged = merge(
        [
            candidate("/story/1", found_in="s", modified_at=hours_ago(1)),
            candidate("/story/1", found_in="f", source="feed", title="من الخلاصة", published_at=hours_ago(4)),
            candidate(
                "/story/1", found_in="n", source="news-sitemap", published_at=hours_ago(3), language="ar"
            ),
        ]
    )
    assert merged.source == "news-sitemap"
    assert merged.found_in == "n"
    assert merged.title == "من الخلاصة"
    assert merged.published_at == hours_ago(4)
    assert merged.modified_at == hours_ago(1)
    assert merged.language == "ar"


def test_times_without_offset_are_refused():
    with pytest.raises(ValueError, match="no offset"):
        pick(since=datetime(2026, 1, 1))  # noqa: DTZ001


moments = st.none() | st.datetimes(
    min_value=datetime(2026, 9, 1),  # noqa: DTZ001
    max_value=datetime(2026, 12, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
candidates = st.builds(
    Candidate,
    url=st.sampled_from(
        [f"{SITE}/story/{n}" for n in range(12)]
        + [f"{SITE}/x{n}" for n in range(4)]
        + ["https://other.example/1", "http://x/"]
    ),
    source=st.sampled_from(["feed", "sitemap", "news-sitemap", "section", "command-line"]),
    found_in=st.just(FEED),
    title=st.sampled_from(["", "خبر", "News"]),
    published_at=moments,
    modified_at=moments,
    language=st.sampled_from(["", "ar", "en"]),
)


@given(st.lists(candidates, max_size=30), moments, moments, st.none() | st.integers(0, 5))
def test_choice_is_a_partition(found, since, until, limit):
    choice = pick(*found, since=since, until=until, limit=limit)
    accepted = [one.url for one in choice.accepted]
    refused = [refusal.candidate.url for refusal in choice.refused]
    assert sorted(accepted + refused) == sorted({one.url for one in found})
    assert limit is None or len(accepted) <= limit
    dated = [one.published_at or one.modified_at for one in choice.accepted]
    past = [moment for moment in dated if moment and moment <= NOW]
    assert past == sorted(past, reverse=True)


@given(st.lists(candidates, min_size=1, max_size=6))
def test_merging_keeps_every_known_fact(found):
    merged = merge([replace(one, url=SITE) for one in found])
    assert bool(merged.title) == any(one.title for one in found)
    assert (merged.published_at is None) == all(one.published_at is None for one in found)
