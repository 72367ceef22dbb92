"""The dashboard "Arabic news": its data view, saved searches, panels and note, and all as one file."""

from __future__ import annotations

from newscrawl.outputs.kibana.lens import (
    BarOverTime,
    Cases,
    Count,
    HorizontalBar,
    Interval,
    Metric,
    Newest,
    Panel,
    Percentile,
    Statistic,
    Table,
    Top,
)
from newscrawl.outputs.kibana.objects import (
    Box,
    Dashboard,
    DataView,
    Json,
    Note,
    Placed,
    SavedSearch,
    as_json,
)

_LINK = {"id": "url", "params": {"openLinkInCurrentTab": False}}
_SECONDS = {
    "id": "duration",
    "params": {
        "inputFormat": "seconds",
        "outputFormat": "humanizePrecise",
        "outputPrecision": 0,
        "showSuffix": True,
        "useShortSuffix": True,
    },
}

DATA_VIEW = DataView(
    id="news-articles",
    title="news-articles",
    name="Arabic news",
    time_field="event_time",
    formats={"url": _LINK, "canonical_url": _LINK, "lag_seconds": _SECONDS},
)

NEWEST = SavedSearch(
    id="news-newest",
    title="Newest articles · آخر الأخبار",
    columns=("title", "outlet_name", "section", "entities.person"),
)
SEARCHES = (
    NEWEST,
    SavedSearch(
        id="news-matches",
        title="Best matches · الأكثر صلة",
        description="What the words in the search bar are about most, first; by time where none are typed.",
        columns=("_score", "title", "outlet_name", "section"),
        sort=("_score", "event_time"),
    ),
    SavedSearch(
        id="news-copies",
        title="Copies of other articles · مقالات منقولة",
        description="Articles whose text first came from another outlet; copy_of is the first one's id.",
        columns=("title", "outlet_name", "agency", "similarity", "copy_of"),
        query="copy_of: *",
    ),
    SavedSearch(
        id="news-agencies",
        title="Agency articles · أخبار الوكالات",
        description='Articles that name a news agency. For one agency: agency: "رويترز"',
        columns=("title", "outlet_name", "agency", "dateline"),
        query="agency: *",
    ),
    SavedSearch(
        id="news-originals",
        title="Copied by others · أخبار نقلها آخرون",
        description="The first article of every story that at least one other outlet has copied.",
        columns=("title", "outlet_name", "agency", "cluster_size"),
        query="cluster_size > 1 and not copy_of: *",
    ),
)

PANELS: tuple[Panel, ...] = (
    Metric(
        id="news-total",
        title="Articles · المقالات",
        measure=Count("Articles · المقالات"),
    ),
    BarOverTime(
        id="news-per-day",
        title="Articles per day, by outlet · المقالات يوميًّا حسب المصدر",
        time=Interval("Day"),
        split=Top("Outlet", "outlet_name", size=12, others=True),
    ),
    HorizontalBar(
        id="news-people",
        title="People · أشخاص",
        top=Top("Person", "entities.person"),
    ),
    HorizontalBar(
        id="news-places",
        title="Places · أماكن",
        top=Top("Place", "entities.location"),
    ),
    HorizontalBar(
        id="news-organizations",
        title="Organisations · مؤسسات",
        top=Top("Organisation", "entities.organization"),
    ),
    HorizontalBar(
        id="news-by-agency",
        title="News agencies · وكالات الأنباء",
        description="Articles that name the agency they come from.",
        top=Top("Agency", "agency"),
    ),
    HorizontalBar(
        id="news-syndication",
        title="Originals and copies, by outlet · الأصل والمنقول حسب المصدر",
        top=Top("Outlet", "outlet_name"),
        split=Cases("Kind", (("original", "not copy_of: *"), ("copy", "copy_of: *"))),
    ),
    Table(
        id="news-clusters",
        title="Most copied stories · أكثر الأخبار تداولًا",
        description="Size counts the whole cluster, Articles only those in the time range.",
        query="cluster_size > 1",
        top=Top("Cluster", "cluster_id", size=15, order_by=1),
        measures=(
            Newest("Newest title", "title.raw"),
            Statistic("Size", "cluster_size", "max"),
            Count(),
            Statistic("Outlets", "outlet", "unique_count"),
        ),
    ),
    Table(
        id="news-lag",
        title="Publication to archive, by outlet · من النشر إلى الأرشيف",
        description="Time from publication until the article was first seen; a backfill counts as late.",
        query="lag_seconds: *",
        top=Top("Outlet", "outlet_name", size=50),
        measures=(
            Count("Dated articles"),
            Statistic("Median", "lag_seconds", "median"),
            Percentile("95 % below", "lag_seconds", 95),
        ),
    ),
)

NOTE = """\
**Reading Arabic in Kibana**

* Words without a field are looked for in title, summary and text, in any form; one is enough. \
*Best matches* puts what is most about all of them first. `and` between words narrows, quotation marks keep \
words together, and words like في and من alone find nothing.
* Exact spelling: `body.exact: "مجلس الأمن"` (also `title.exact`, `summary.exact`). Without `.exact`, a word \
is found with its prefixes and in other spellings: `title: وزير` finds الوزير and للوزير.
* Field names stay in Latin letters; the query bar shows a line with both scripts in the browser's order, \
which may look shuffled and is still sent as typed. Quote every value of more than one word.
* A name as the archive writes it: `entities.person: "محمد صلاح"`. In any spelling of hamza, ة and ى: \
`entities.person.norm`.
* A field with several values is shown as `[a, b]`, its first value being the most mentioned. In a cell that \
mixes Arabic with digits or Latin letters the browser decides the order, so a date or score may stand on the \
other side.
* Days begin at midnight of the zone in *Stack Management → Advanced Settings* (`dateFormat:tz`), by default \
the browser's.
* An article without a date of its own is placed when it was fetched: `not published_at: *` lists them.
"""

DASHBOARD = Dashboard(
    id="news-overview",
    title="Arabic news",
    description="What was published, about whom, by whom first, and how soon it was here.",
    panels=(
        Placed("lens", "news-total", Box(0, 0, 8, 14)),
        Placed("lens", "news-per-day", Box(8, 0, 40, 14)),
        Placed("lens", "news-people", Box(0, 14, 16, 18)),
        Placed("lens", "news-places", Box(16, 14, 16, 18)),
        Placed("lens", "news-organizations", Box(32, 14, 16, 18)),
        Placed("lens", "news-by-agency", Box(0, 32, 20, 16)),
        Placed("lens", "news-syndication", Box(20, 32, 28, 16)),
        Placed("lens", "news-clusters", Box(0, 48, 28, 16)),
        Placed("lens", "news-lag", Box(28, 48, 20, 16)),
        Placed("search", NEWEST.id, Box(0, 64, 48, 20)),
        Note(NOTE, Box(0, 84, 48, 14)),
    ),
)


def saved_objects() -> list[Json]:
    """All objects, each before those that refer to it."""
    return [
        DATA_VIEW.render(),
        *(search.render(DATA_VIEW.id) for search in SEARCHES),
        *(panel.render(DATA_VIEW.id) for panel in PANELS),
        DASHBOARD.render(),
    ]


def to_ndjson() -> bytes:
    """All objects as Kibana imports them: one JSON object a line, the same bytes every time."""
    return "".join(as_json(each) + "\n" for each in saved_objects()).encode("utf-8")
