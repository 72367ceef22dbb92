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


def names(children, since=None):
    return [child.url.rpartition("/")[2] for child in in_order(children, since=since, zone=RIYADH)]


def child(name, modified_at=None):
    return ChildSitemap(f"https://sahifa.example/maps/{name}", modified_at)


def test_a_day_without_a_time_is_the_whole_day():
    children = [child("old", day(6)), child("that-day", day(7)), child("before-noon", day(7, 11))]
    assert names(children, since=day(7, 12)) == ["that-day"]
    assert names(children, since=day(7, 23).astimezone(UTC)) == ["that-day"]
    assert names(children, since=day(8)) == []


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
