"""One model of filters: its options, its JSON, and the two forms that read it."""

import dataclasses
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa

from newscrawl.filters import FLAGS, KINDS, NAMES, VALUES, Filters
from newscrawl.search.elastic.dsl import to_elastic
from newscrawl.search.query import parse_query
from newscrawl.store.articles import conditions
from newscrawl.store.schema import articles

ALL = Filters(
    outlets=("sahel", "almarfa"),
    countries=("EG",),
    sections=("سياسة",),
    languages=("ar",),
    stories=("5" * 32,),
    people=("مُحمَّد صلاح",),
    organizations=("الأمم المتحدة",),
    places=("القاهرة", "مصر"),
    since=datetime(2026, 11, 1, 3, tzinfo=timezone(timedelta(hours=3))),
    until=datetime(2026, 11, 2, tzinfo=UTC),
    originals=True,
    collapse=True,
)
ATTRIBUTES = [field.name for field in dataclasses.fields(Filters)]


def clauses(filters):
    return to_elastic(parse_query("خبر"), filters)["bool"]["filter"]


def test_every_attribute_has_an_option():
    assert [*(VALUES | NAMES).values(), "since", "until", *FLAGS] == ATTRIBUTES
    assert list(KINDS) == list(NAMES.values())


def test_options_are_read_under_their_own_names():
    assert Filters.from_options(outlet=("x",), org=("y",), place=("z",)) == Filters(
        outlets=("x",), organizations=("y",), places=("z",)
    )
    with pytest.raises(TypeError, match="colour"):
        Filters.from_options(colour=("red",))


def test_nothing_chosen_is_nothing_asked():
    assert conditions(Filters()) == []
    assert clauses(Filters()) == []


@pytest.mark.parametrize("attribute", [name for name in ATTRIBUTES if name != "collapse"])
def test_each_filter_is_asked_in_sql_and_in_elasticsearch(attribute):
    one = Filters(**{attribute: getattr(ALL, attribute)})
    number = len(one.places) or 1  # each name is a condition of its own
    assert len(conditions(one)) == number
    assert len(clauses(one)) == number


def test_which_article_stays_of_a_cluster_is_no_matter_of_the_filters():
    collapsed = Filters(collapse=True)
    assert (conditions(collapsed), clauses(collapsed)) == ([], [])


def test_the_sql():
    made = sa.select(articles.c.number).where(*conditions(Filters(outlets=("x",), people=("أحمد",))))
    assert (
        str(made.compile(compile_kwargs={"literal_binds": True})).split("WHERE", 1)[1].split()
        == (
            "articles.outlet IN ('x') AND articles.number IN (SELECT article_names.number FROM article_names "
            "WHERE article_names.name_id IN (SELECT names.id FROM names "
            "WHERE names.key = 'احمد' AND names.kind = 'person'))"
        ).split()
    )


def test_the_elasticsearch_clauses():
    assert clauses(ALL) == [
        {"terms": {"outlet": ["sahel", "almarfa"]}},
        {"terms": {"country": ["EG"]}},
        {"terms": {"section": ["سياسة"]}},
        {"terms": {"language": ["ar"]}},
        {"terms": {"story_id": ["5" * 32]}},
        {"term": {"entities.person.norm": "محمد صلاح"}},
        {"term": {"entities.organization.norm": "الامم المتحده"}},
        {"term": {"entities.location.norm": "القاهره"}},
        {"term": {"entities.location.norm": "مصر"}},
        {"bool": {"must_not": {"exists": {"field": "copy_of"}}}},
        {
            "range": {
                "event_time": {
                    "gte": "2026-11-01T03:00:00.000+03:00",
                    "lte": "2026-11-02T00:00:00.000+00:00",
                }
            }
        },
    ]


def test_json_and_back():
    values = json.loads(json.dumps(ALL.to_json()))
    assert Filters.from_json(values).to_json() == values
    assert values["since"] == "2026-11-01T00:00:00+00:00"
    assert values["person"] == ["محمد صلاح"]


def test_equal_choices_have_equal_json():
    one = Filters(outlets=("a", "b"), people=("أحمد",))
    assert one.to_json() == Filters(outlets=("b", "a", "b"), people=("احمد",)).to_json()


def test_the_json_of_older_exports_is_read():
    old = {"outlet": ["sahel"], "country": [], "since": None, "until": None}
    assert Filters.from_json(old) == Filters(outlets=("sahel",))
