"""Which sitemaps of an index are read first, and which are left."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from newscrawl.discovery import ChildSitemap
from newscrawl.discovery.children import in_order

RIYADH = ZoneInfo("Asia/Riyadh")


def day(number, hour=0, minute=0):
    return datetime(2026, 11, number, hour, minute, tzinfo=RIYADH)


def names(children, since=None, until=None):
    ordered = in_order(children, since=since, until=until, zone=RIYADH)
    return [child.url.rpartition("/")[2] for child in ordered]


def child(name, modified_at=None):
    return ChildSitemap(f"https://sahifa.example/maps/{name}", modified_at)


def test_a_day_without_a_time_is_the_whole_day():
    children = [child("old", day(6)), child("that-day", day(7)), child("before-noon", day(7, 11))]
    assert names(children, since=day(7, 12)) == ["that-day"]
    assert names(children, since=day(7, 23).astimezone(UTC)) == ["that-day"]


def test_a_day_written_as_midnight_utc_is_a_whole_day_too():
    """Midnight in Greenwich is three in the morning in Riyadh."""
    written = datetime(2026, 11, 7, tzinfo=UTC)
    assert names([child("that-day", written), child("old", day(5))], since=day(7, 20)) == ["that-day"]


def test_an_index_whose_dates_stand_still_is_looked_into():
    children = [child("a", day(3)), child("b", day(5, 9)), child("c", day(4))]
    assert names(children, since=day(20)) == ["b"]
    assert names([*children, child("undated")], since=day(20)) == ["undated"]


def test_a_backfill_begins_with_what_last_changed_in_its_days():
    children = [child(f"{number:02}", day(number, 9)) for number in range(1, 29)]
    assert names(children, since=day(7), until=day(9, 23))[:5] == ["09", "08", "07", "10", "11"]


def test_a_backfill_begins_with_the_names_of_its_days():
    months = [child(f"news-{year}-{month:02}.xml") for year in (2025, 2026) for month in range(1, 13)]
    assert names(months, since=day(3).replace(month=3), until=day(4).replace(month=4))[:4] == [
        "news-2026-04.xml", "news-2026-03.xml", "news-2026-05.xml", "news-2026-06.xml",
    ]  # fmt: skip
    days = [child(f"map_202611{number:02}.xml") for number in range(1, 29)]
    assert names(days, since=day(12), until=day(13, 20))[:3] == [
        "map_20261113.xml", "map_20261112.xml", "map_20261114.xml",
    ]  # fmt: skip
    assert sorted(names(days, since=day(12), until=day(13))) == sorted(one.url[-16:] for one in days)


def test_every_kind_of_name_has_its_turn():
    children = [
        child(f"{kind}{number}.xml") for kind in ("tag", "story", "writer") for number in range(1, 80)
    ]
    assert names(children)[:5] == ["tag79.xml", "story79.xml", "writer79.xml", "tag1.xml", "story1.xml"]


def test_the_newest_come_first_and_undated_ones_are_never_left_out():
    children = [child("a", day(3)), child("undated"), child("b", day(5, 9))]
    assert names(children, since=day(4)) == ["b", "undated"]
    assert names(children) == ["b", "a", "undated"]


def test_names_with_years_are_read_from_the_newest():
    children = [child(f"posts-{year}-{month:02}.xml") for year in (2009, 2025, 2026) for month in (1, 2, 12)]
    ordered = names(children)
    assert ordered[:3] == ["posts-2026-12.xml", "posts-2026-02.xml", "posts-2026-01.xml"]
    assert ordered[-1] == "posts-2009-01.xml"
    assert names([child("7/map_20261103.xml"), child("9/map_20251231.xml")])[0] == "map_20261103.xml"


def test_numbered_names_are_read_from_both_ends():
    ordered = names([child(f"post-sitemap{number}.xml") for number in range(1, 24)])
    assert ordered[:4] == [f"post-sitemap{number}.xml" for number in (23, 1, 22, 2)]
    assert len(set(ordered)) == 23


@given(
    st.lists(
        st.tuples(st.from_regex(r"[a-z0-9\-]{0,12}\.xml", fullmatch=True), st.none() | st.integers(0, 50))
    )
)
def test_nothing_is_lost_or_doubled(entries):
    children = [
        child(f"{place}/{name}", None if age is None else day(28) - timedelta(hours=age))
        for place, (name, age) in enumerate(entries)
    ]
    ordered = in_order(children, since=None, zone=RIYADH)
    assert sorted(one.url for one in ordered) == sorted(one.url for one in children)
