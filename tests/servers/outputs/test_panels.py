"""Every panel's and saved search's numbers on a real server, against counts of the same documents."""

import itertools
import json
import math
import random
import re
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from elasticsearch import BadRequestError

from newscrawl.article import Article
from newscrawl.outputs.kibana import saved_objects
from newscrawl.outputs.kibana.dashboard import NOTE
from newscrawl.search.elastic.mapping import READ_ALIAS, WRITE_ALIAS, document
from newscrawl.search.elastic.setup import set_up
from tests.outputs.kibana.aggregations import kql_query, read_rows, request_body

LENSES = {each["id"]: each for each in saved_objects() if each["type"] == "lens"}
SEARCHES = {each["id"]: each for each in saved_objects() if each["type"] == "search"}
RIYADH = timezone(timedelta(hours=3))

# Each KQL string that is shipped: what it means, as a plain query and as Python.
MEANINGS = {
    "copy_of: *": ({"exists": {"field": "copy_of"}}, lambda doc: "copy_of" in doc),
    "not copy_of: *": (
        {"bool": {"must_not": {"exists": {"field": "copy_of"}}}},
        lambda doc: "copy_of" not in doc,
    ),
    "agency: *": ({"exists": {"field": "agency"}}, lambda doc: "agency" in doc),
    "lag_seconds: *": ({"exists": {"field": "lag_seconds"}}, lambda doc: "lag_seconds" in doc),
    "cluster_size > 1": (
        {"range": {"cluster_size": {"gt": 1}}},
        lambda doc: doc.get("cluster_size", 0) > 1,
    ),
    "cluster_size > 1 and not copy_of: *": (
        {
            "bool": {
                "filter": {"range": {"cluster_size": {"gt": 1}}},
                "must_not": {"exists": {"field": "copy_of"}},
            }
        },
        lambda doc: doc.get("cluster_size", 0) > 1 and "copy_of" not in doc,
    ),
}
EXAMPLES = {
    'body.exact: "مجلس الأمن"': lambda doc: " مجلس الأمن " in doc["body"],
    "title: وزير": lambda doc: "وزير" in doc["title"],
    'entities.person: "محمد صلاح"': lambda doc: "محمد صلاح" in doc.get("entities", {}).get("person", ()),
    "not published_at: *": lambda doc: "published_at" not in doc,
}
"""The examples in the dashboard's note."""


# --- the documents --------------------------------------------------------------------------------


def articles():
    """66 articles of six outlets over eight days: more names than a panel shows, clusters, agencies."""
    chance = random.Random(19)
    outlets = [("ahram", "الأهرام"), ("jazeera", "الجزيرة"), ("bbc", "بي بي سي"), ("mini", "الصغير")]
    outlets += [("kuwait", "الأنباء"), ("rabat", "الرباط")]
    people = [f"شخص {number}" for number in range(28)] + ["محمد صلاح"]
    places = [f"مدينة {number}" for number in range(9)]
    made = [_article(number, chance, outlets, people, places) for number in range(66)]
    rest = iter(made)
    for number, size in enumerate((2, 5, 3, 4, 2, 3)):
        first, *others = cluster = list(itertools.islice(rest, size))
        for each in cluster:
            each.cluster_id, each.cluster_size = f"cluster-{number}", size
            if number == 4:  # most of this cluster is not here, as when the time range cuts it
                each.cluster_size = 9
        for each in others:
            each.copy_of, each.similarity = first.id, 0.875
    for each in rest:
        each.cluster_id, each.cluster_size = each.id, 1
    return made


def _article(number, chance, outlets, people, places):
    outlet, name = chance.choices(outlets, weights=(9, 7, 5, 3, 2, 1))[0]
    url = f"https://{outlet}.example/{number}"
    # No two at the same time, so that "the newest" is one; around midnight, so that zones matter.
    published = datetime(2026, 11, 3, 22, tzinfo=RIYADH)
    published += timedelta(hours=chance.randrange(190), minutes=number % 60, seconds=number)
    seen = published + timedelta(seconds=chance.randrange(30, 90_000))
    return Article(
        url=url,
        canonical_url=url,
        outlet=outlet,
        outlet_name=name,
        domain=f"{outlet}.example",
        title=f"{'للوزير' if number % 3 else 'كرة القدم'} {number}",
        body=f"انعقد {'مجلس الأمن' if number % 2 else 'بمجلس الأمن'} اليوم.",
        fetched_at=seen,
        first_seen_at=seen,
        published_at=published if number % 11 else None,
        agency=chance.choice(["", "", "رويترز", "أ ف ب"]),
        dateline=chance.choice(["", "القاهرة"]),
        section=chance.choice(["سياسة", ""]),
        entities={
            "person": chance.sample(people, chance.randrange(0, 6)),
            "location": chance.sample(places, chance.randrange(0, 3)),
            "organization": chance.sample(["الأمم المتحدة", "الفيفا"], chance.randrange(0, 3)),
            "misc": [],
        },
    )


@pytest.fixture
def server(each_clean_elasticsearch):
    """A client, the documents that are in the index, and how to write KQL there."""
    client = each_clean_elasticsearch.client()
    set_up(client)
    documents = [document(article) for article in articles()]
    operations = [line for doc in documents for line in ({"index": {"_id": doc["id"]}}, doc)]
    answer = client.bulk(operations=operations, index=WRITE_ALIAS, refresh=True)
    assert not answer["errors"], answer
    yield client, documents
    client.close()


def understands_kql(client):
    """Whether the server has the `kql` query; the 9.x server of the tests comes without that module."""
    try:
        client.search(index=READ_ALIAS, size=0, query=kql_query("id: *"))
    except BadRequestError:
        return False
    return True


# --- the same numbers, counted in Python ----------------------------------------------------------


def top(documents, field, size):
    """(value, documents that have it), as `terms` orders them: most first, then by the value."""
    found = defaultdict(list)
    for doc in documents:
        value = doc.get(field) if "." not in field else doc.get("entities", {}).get(field.split(".")[1])
        for each in value if isinstance(value, list) else [value] * (value is not None):
            found[each].append(doc)
    return sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))[:size]


def bars(documents, field):
    return [{"top": value, "measure-0": len(docs)} for value, docs in top(documents, field, 20)]


def per_day(documents, zone):
    rows = []
    for outlet, docs in top(documents, "outlet_name", 12):
        days = Counter(datetime.fromisoformat(doc["event_time"]).astimezone(zone).date() for doc in docs)
        day = min(days)
        while day <= max(days):
            midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
            rows.append({"split": outlet, "time": int(midnight.timestamp() * 1000), "measure-0": days[day]})
            day += timedelta(days=1)
    return rows


def syndication(documents):
    return [
        {
            "top": outlet,
            "split": kind,
            "measure-0": sum(("copy_of" in doc) == (kind == "copy") for doc in docs),
        }
        for outlet, docs in top(documents, "outlet_name", 20)
        for kind in ("original", "copy")
    ]


def clusters(documents):
    found = defaultdict(list)
    for doc in documents:
        if doc["cluster_size"] > 1:
            found[doc["cluster_id"]].append(doc)
    ordered = sorted(found.items(), key=lambda pair: (-max(d["cluster_size"] for d in pair[1]), pair[0]))
    return [
        {
            "top": cluster,
            "measure-0": [max(docs, key=lambda d: datetime.fromisoformat(d["event_time"]))["title"]],
            "measure-1": max(doc["cluster_size"] for doc in docs),
            "measure-2": len(docs),
            "measure-3": len({doc["outlet"] for doc in docs}),
        }
        for cluster, docs in ordered[:15]
    ]


EXPECTED = {
    "news-total": lambda docs: [{"measure-0": len(docs)}],
    "news-per-day": lambda docs: per_day(docs, UTC),
    "news-people": lambda docs: bars(docs, "entities.person"),
    "news-places": lambda docs: bars(docs, "entities.location"),
    "news-organizations": lambda docs: bars(docs, "entities.organization"),
    "news-by-agency": lambda docs: bars(docs, "agency"),
    "news-syndication": syndication,
    "news-clusters": clusters,
}


def rows(client, lens, **options):
    """What the server answers to a panel; KQL as such where it can, else by its meaning."""
    kql = kql_query if understands_kql(client) else lambda query: MEANINGS[query][0]
    answer = client.search(index=READ_ALIAS, **request_body(lens, kql=kql, **options))
    assert answer["_shards"]["failed"] == 0
    return read_rows(lens, answer)


def test_every_panel_shows_what_the_documents_say(server):
    client, documents = server
    assert EXPECTED.keys() | {"news-lag"} == LENSES.keys()
    for id, expected in EXPECTED.items():
        wanted = expected(documents)
        assert wanted, id
        assert rows(client, LENSES[id]) == wanted, id
    assert len(bars(documents, "entities.person")) == 20  # so that the cut was tested
    riyadh = ZoneInfo("Asia/Riyadh")
    assert per_day(documents, riyadh) != per_day(documents, UTC)
    assert rows(client, LENSES["news-per-day"], time_zone="Asia/Riyadh") == per_day(documents, riyadh)

    dated = [doc for doc in documents if "lag_seconds" in doc]
    found = rows(client, LENSES["news-lag"])
    assert len(dated) < len(documents)
    assert [(row["top"], row["measure-0"]) for row in found] == [
        (outlet, len(docs)) for outlet, docs in top(dated, "outlet_name", 50)
    ]
    for row, (_outlet, docs) in zip(found, top(dated, "outlet_name", 50), strict=True):
        lags = sorted(doc["lag_seconds"] for doc in docs)
        assert between_neighbours(row["measure-1"], lags, 0.5), row
        assert between_neighbours(row["measure-2"], lags, 0.95), row


def between_neighbours(value, ordered, share):
    """Whether a percentile lies between the values around its place.

    Between them Elasticsearch's t-digest interpolates in a way of its own.
    """
    place = share * len(ordered)
    low = ordered[max(0, math.floor(place) - 1)]
    high = ordered[min(len(ordered) - 1, math.ceil(place))]
    return low <= value <= high


def shipped_queries():
    """Every KQL string in the saved objects."""
    found = set()
    for lens in LENSES.values():
        state = lens["attributes"]["state"]
        found.add(state["query"]["query"])
        for layer in state["datasourceStates"]["formBased"]["layers"].values():
            for column in layer["columns"].values():
                found.update(case["input"]["query"] for case in column["params"].get("filters", []))
    for search in SEARCHES.values():
        source = json.loads(search["attributes"]["kibanaSavedObjectMeta"]["searchSourceJSON"])
        found.add(source["query"]["query"])
    return found - {""}


def ids(client, query):
    return {hit["_id"] for hit in client.search(index=READ_ALIAS, size=1000, query=query)["hits"]["hits"]}


def test_every_kql_query_is_written_down_with_its_meaning():
    assert shipped_queries() == MEANINGS.keys()
    assert set(re.findall(r"`([^`]+: [^`]+)`", NOTE)) == EXAMPLES.keys()


def test_every_search_shows_its_columns_and_finds_what_it_means(server):
    client, documents = server
    for id, search in SEARCHES.items():
        columns = search["attributes"]["columns"]
        order = [{field: direction} for field, direction in search["attributes"]["sort"]]
        answer = client.search(index=READ_ALIAS, size=100, sort=order, fields=columns, _source=False)
        seen = {name for hit in answer["hits"]["hits"] for name in hit["fields"]}
        assert seen == set(columns) - {"_score"}, id
        times = [hit["sort"][0] for hit in answer["hits"]["hits"]]
        assert times == sorted(times, reverse=True)
    for query, (plain, holds) in MEANINGS.items():
        wanted = {doc["id"] for doc in documents if holds(doc)}
        assert 0 < len(wanted) < len(documents), query
        assert ids(client, plain) == wanted, query
    if not understands_kql(client):
        pytest.skip("this server has no kql query; the queries' meanings were compared instead")
    every = {query: holds for query, (_, holds) in MEANINGS.items()} | EXAMPLES
    for query, holds in every.items():
        wanted = {doc["id"] for doc in documents if holds(doc)}
        assert 0 < len(wanted) < len(documents), query
        assert ids(client, kql_query(query)) == wanted, query
