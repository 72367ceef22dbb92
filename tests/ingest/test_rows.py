"""One row of any kind: an article, or an outcome of its own."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.article import Outcome
from newscrawl.ingest.lines import Line
from newscrawl.ingest.rows import read_rows
from newscrawl.ingest.times import UnreadableTimeError, read_time

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
MOMENT = datetime(2019, 4, 7, 5, 30, 15, tzinfo=UTC)
SECONDS = int(MOMENT.timestamp())
BODY = "قال وزير الاقتصاد إن المصانع الجديدة ستوفر آلاف فرص العمل في المحافظات خلال العام المقبل. " * 4


def read(**values):
    [row] = read_rows([Line(7, json.dumps(row_of(**values)).encode())], "rows.jsonl", "", NOW)
    return row


def row_of(**values):
    return {"url": "https://paper.example/1", "title": "مصانع جديدة", "text": BODY, **values}


# --- times ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("unit", [1, 10**3, 10**6, 10**9])
@pytest.mark.parametrize(
    "form", [int, float, str, lambda number: f"{number}.0", lambda number: f" {number:e} "]
)
@pytest.mark.parametrize("key", ["published_at", "time", "day", "date"])
def test_epoch_times_by_their_magnitude(unit, form, key):
    row = read(**{key: form(SECONDS * unit)})
    assert abs(row.article.published_at - MOMENT) < timedelta(minutes=30 if "e" in str(form(1)) else 1)
    assert row.reason == ""


@given(st.integers(788_918_400, int(NOW.timestamp())), st.sampled_from([1, 10**3, 10**6, 10**9]))
def test_any_moment_in_any_unit(seconds, unit):
    moment = datetime.fromtimestamp(seconds, UTC)
    assert read_time(seconds * unit, NOW) == read_time(str(seconds * unit), NOW) == moment


@pytest.mark.parametrize(
    ("value", "day"),
    [(20190407, "2019-04-07"), ("20190407", "2019-04-07"), ("2019-04-07T05:30:15Z", "2019-04-07"),
     ("7 أبريل 2019", "2019-04-07"), (20190407.0, "2019-04-07")],
)  # fmt: skip
def test_written_days(value, day):
    assert f"{read_time(value, NOW):%Y-%m-%d}" == day


@pytest.mark.parametrize("value", [None, "", "  ", "NaN", float("nan"), "NaT", "None", "null", "<NA>"])
def test_no_time_is_none_and_no_fault(value):
    row = read(published_at=value)
    assert (row.article.published_at, row.reason) == (None, "")


@pytest.mark.parametrize(
    "value",
    [0, -1, 7, 12345, 2019, "2019", 10**10 * 3, 10**40, "9" * 400, 1e300, float("inf"), "-5", True, [SECONDS],
     {"$date": 1}, "soon", "31/31/2019", "2099-01-01", 20191345],
)  # fmt: skip
def test_a_time_that_cannot_be_read_is_said_and_never_today(value):
    row = read(time=value)
    assert row.outcome is Outcome.STORED
    assert row.article.published_at is None
    assert row.reason.startswith("time ")


def test_the_first_time_that_can_be_read_counts():
    row = read(published_at="?", time=SECONDS * 1000, day="2001-01-01")
    assert (row.article.published_at, row.reason) == (MOMENT, "")


@given(st.one_of(st.integers(), st.floats(), st.text(max_size=30), st.booleans(), st.lists(st.integers())))
def test_any_value_is_a_time_none_or_a_sentence(value):
    try:
        moment = read_time(value, NOW)
    except UnreadableTimeError as error:
        assert len(str(error)) < 300
        return
    assert moment is None or moment.year >= 1995


# --- credit ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("author", "agency", "dateline", "authors"),
    [
        ("الرباط - رويترز", "رويترز", "الرباط", []),
        ("فرانس برس", "فرانس برس", "", []),
        (["منى حسن", "د ب أ"], "د ب أ", "", ["منى حسن"]),
        ({"name": "القاهرة ـ سمير عادل"}, "", "القاهرة", ["سمير عادل"]),
        ("3017-20d9-40a2", "", "", ["3017-20d9-40a2"]),
    ],
)
def test_lines_of_credit(author, agency, dateline, authors):
    article = read(author=author).article
    assert (article.agency, article.dateline, article.authors) == (agency, dateline, authors)


def test_an_agency_that_the_row_names_and_one_in_the_text():
    assert read(agency="الأناضول", author="رويترز").article.agency == "الأناضول"
    assert read(text=f"دمشق (سانا) - {BODY}").article.agency == "سانا"


# --- rows of any kind -----------------------------------------------------------------------------


BAD = [
    (b"{", "not JSON"),
    (b"[" * 100_000, "not JSON"),
    (b'"x"', "not a JSON object"),
    (b"\xff\xfe{", "not JSON"),
    (b'{"url": NaN, "title": Infinity, "text": null}', "no url and no title and no body or text"),
    *(
        (json.dumps(row_of(**values)).encode(), why)
        for values, why in [
            ({"url": 5}, "no url"),
            ({"title": {"a": 1}}, "no title"),
            ({"text": [BODY]}, "no body or text"),
            ({"title": "ع" * 3000}, "title"),
            ({"url": "http://[::1"}, "line 7"),
            ({"url": "javascript:x"}, "line 7"),
        ]
    ),
]


@pytest.mark.parametrize(("content", "why"), BAD)
def test_a_bad_row_costs_itself(content, why):
    good = json.dumps(row_of()).encode()
    rows = read_rows([Line(6, good), Line(7, content), Line(8, good)], "rows.jsonl", "", NOW)
    assert [row.outcome for row in rows] == [Outcome.STORED, Outcome.BAD_ROW, Outcome.STORED]
    assert rows[1].reason.startswith("line 7: ")
    assert why in rows[1].reason


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(alphabet=st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(
    st.dictionaries(
        st.sampled_from("source outlet author authors tags time day section agency summary".split()), JSON
    )
)
def test_values_of_any_type_make_texts_that_a_database_keeps(values):
    article = read(**values).article
    texts = [
        article.outlet,
        article.section,
        article.agency,
        article.summary,
        *article.authors,
        *article.tags,
    ]
    for text in texts:
        assert "\x00" not in text
        text.encode()


def test_a_number_without_end_costs_only_itself():
    content = json.dumps(row_of(views=0, time=1)).replace(": 1}", f": {'9' * 6000}}}")
    [row] = read_rows([Line(7, content.encode())], "rows.jsonl", "", NOW)
    assert (row.outcome, row.article.published_at) == (Outcome.STORED, None)
