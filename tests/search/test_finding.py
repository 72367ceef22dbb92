"""What a query finds, in which order, under which filters: golden queries end to end."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.search import Filters, Match, QueryError, open_index
from newscrawl.search.embedded import EmbeddedIndex
from tests.search.world import archive, row

ROWS = [
    row(1, "الوزير يزور المستشفى", "قال المسؤول الأميركي إن الزيارة بدأت.", outlet="y", country="SA"),
    row(2, "اجتماع في القاهرة", "رحبت مصر بالوفد، وقال وزير الخارجية إن لبنان والسودان شاركا.",
        entities={"person": ["محمد صلاح"], "location": ["مصر", "لبنان"]}),
    row(3, "إيران تعلن", "علی رضا في طهران سنة ١٤٠٥ ک", section="سياسة"),
    row(4, "اللبن والحليب", "أسعار الألبان لمصر ولبني.", outlet="z", language="ar-EG", story_id="4" * 32),
    row(5, "كأس العالم", "من ذهب كأس العالم، ومن فضة العالم كأس.",
        entities={"person": ["محمد صلاح"], "organization": ["فيفا"]}),
    row(6, "العالم في كأس", "شؤون القرآن والسلطان في شنجهاي، ﺍﻟﻌﺮﺑﻴﺔ 1,000"),
    row(7, "خبر", "كلمة واحدة"), row(8, "خبر", "كلمة واحدة"), row(9, "خبر", "كلمة واحدة"),
    row(10, "خلاصة", "نص", summary="ملخص عن الجزائر"),
]  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return open_index(archive(tmp_path_factory.mktemp("search") / "a.db", ROWS))


def numbers(index, query, filters=None, **options):
    results = index.search(query, filters, **options)
    return [int(hit.id, 16) for hit in results.hits]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("وزير", {1, 2}), ("الوزير", {1, 2}), ("كالوزير", {1, 2}), ("فللوزير", {1, 2}), ("بوزير", {1, 2}),
        ('"وزير"', {2}), ('"الوزير"', {1}), ("مصر", {2, 4}), ("بمصر", {2, 4}), ('"مصر"', {2}),
        ("لبنان", {2}), ("للبنان", {2}), ("لبن", {4}), ("السودان", {2}), ("سودان", {2}), ("سود", set()),
        ("مستشفي", {1}), ("مستشفى", {1}), ("مسئول", {1}), ("مسؤول", {1}), ("أمريكي", {1}),
        ("الامريكي", {1}), ('"الأمريكي"', set()), ("ايران", {3}), ("إيرانِ", {3}), ("علي", {3}), ("على", {3}),
        ("1405", {3}), ("۱۴۰۵", {3}), ("طه\u200cـران", {3}), ("كأس العالم", {5, 6}), ('"كأس العالم"', {5}),
        ("«العالم في كأس»", {6}), ("كاس -ذهب", {6}), ("كأس NOT ذهب", {6}), ("شئون", {6}), ("قران", {6}),
        ("شنغهاي", {6}), ("العربية", {6}), ("1000", {6}), ("١٬٠٠٠", {6}), ("title:العالم", {5, 6}),
        ("title:ذهب", set()), ("سلط*", {6}), ("الجزائر", {10}), ("مصر OR طهران", {2, 3, 4}),
        ("مصر | طهران -لبنان", {3, 4}), ("وزير مصر", {2}), ("غائبة", set()),
    ],
)  # fmt: skip
def test_finds(index, query, found):
    assert set(numbers(index, query, match=Match.ALL)) == found


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(outlets=("x",)), {2}),
        (Filters(outlets=("y", "z")), {4}),
        (Filters(countries=("EG",)), {2, 4}),
        (Filters(languages=("ar-EG",)), {4}),
        (Filters(stories=("4" * 32, "5" * 32)), {4}),
        (Filters(people=("محمد صلاح",)), {2}),
        (Filters(places=("مصر", "لبنان")), {2}),
        (Filters(places=("مصر", "قطر")), set()),
        (Filters(people=("مُحمَّد  صلاحـ",), places=("لبنان",)), {2}),
        (Filters(places=("محمد صلاح",)), set()),
        (Filters(organizations=("فيفا",)), set()),
        (Filters(since=datetime(2026, 11, 2, 12, tzinfo=UTC)), {2, 4}),
        (Filters(since=datetime(2026, 11, 2, 12, 0, 0, 1, tzinfo=UTC)), {4}),
        (Filters(until=datetime(2026, 11, 2, 15, tzinfo=timezone(timedelta(hours=3)))), {2}),
        (Filters(sections=("سياسة",)), set()),
        (Filters(outlets=("' OR 1=1 --",)), set()),
    ],
)
def test_filters(index, filters, found):
    results = index.search("مصر", filters)
    assert {int(hit.id, 16) for hit in results.hits} == found
    assert results.total == len(found)


def test_a_title_weighs_more_and_time_breaks_ties(index):
    assert numbers(index, "الوزير") == [1, 2]
    assert numbers(index, "كلمة") == [9, 8, 7]
    assert numbers(index, "مصر", newest_first=True) == [4, 2]
    scores = [hit.score for hit in index.search("مصر").hits]
    assert scores == sorted(scores, reverse=True)


def test_pages_share_one_total(index):
    first = index.search("كلمة", limit=2)
    second = index.search("كلمة", limit=2, offset=2)
    assert first.total == second.total == 3
    assert len({hit.id for hit in first.hits + second.hits}) == 3
    assert index.search("كلمة", offset=5).total == 3


def test_a_hit_tells_where_it_is_from(index):
    (hit,) = index.search("طهران").hits
    assert (hit.url, hit.outlet_name) == ("https://x.example/3", "الخبر")
    assert hit.published_at == hit.event_time == datetime(2026, 11, 3, 12, tzinfo=UTC)
    assert [hit.snippet.text[start:end] for start, end in hit.snippet.highlights] == ["طهران"]


def test_the_summary_lends_its_snippet(index):
    (hit,) = index.search("الجزائر").hits
    assert hit.snippet.text == "ملخص عن الجزائر"


def test_suggests_words_of_the_archive(index):
    assert index.suggest("كلممة مصر") == {"كلممه": "كلمه"}
    assert index.suggest("قسسسطنطينية") == {}


@settings(max_examples=400, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [
                    "وزير",
                    "OR",
                    "|",
                    "NOT",
                    "AND",
                    "-",
                    '"',
                    "«",
                    "»",
                    "title:",
                    "*",
                    "(",
                    "NEAR(",
                    "^",
                    "{a}:",
                ]
            ),
            st.text(max_size=8),
        ),
        max_size=12,
    )
)
def test_anything_typed_is_found_or_explained(index, parts):
    for query in ("".join(parts), " ".join(parts)):
        try:
            results = index.search(query)
            index.suggest(query)
        except QueryError as error:
            assert str(error)
        else:
            assert results.total_most >= len(results.hits)


def test_the_longest_queries_stay_within_sqlite_limits(index):
    for query in (" ".join(["وزير"] * 64), "|".join(["مصر"] * 64), "وزير " + " ".join(["-مصر"] * 63)):
        assert isinstance(index, EmbeddedIndex)
        index.search(query)
