"""Search through the command's own index: what an Arabic reader means is found."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.article import Article
from newscrawl.dedupe.content import content_hash
from newscrawl.search import EmbeddedIndex, Filters, QueryError
from newscrawl.store import Arrival, Proposal, open_store

TEXTS = {
    "minister": ("الوزير يفتتح الميناء", "قال الوزير إن العمل بدأ أمس في الميناء الجديد."),
    "to-minister": ("رسالة للوزير", "وجه النواب رسالة للوزير بشأن أسعار الخبز."),
    "egypt": ("ومصر تستضيف القمة", "تستضيف القاهرة القمة، وشارك لبنان بوفد كبير فيها."),
    "spelling": ("إستعداد الأندية", "بدأت الأنديه إستعداداتها في مستشفى المدينة بقيادة علی حسن عام ٢٠٢٦."),
    "harakat": ("كُتُبٌ جَدِيدَةٌ", "صدرت عن الدار كتـــب جديدة في الشعر والرواية."),
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedIndex:
    archive = open_store(f"sqlite:///{tmp_path_factory.mktemp('search') / 'a.db'}")
    run = archive.begin_run("crawl", "test", {})
    for day, (slug, (title, body)) in enumerate(TEXTS.items(), 1):
        url = f"https://x.example/{slug}"
        run.propose([Proposal(url, "x" if day % 2 else "y", "")])
        article = Article(
            url=url,
            canonical_url=url,
            outlet="x" if day % 2 else "y",
            outlet_name="س",
            domain="x.example",
            title=title,
            body=body,
            fetched_at=datetime(2026, 11, day, tzinfo=UTC),
            content_hash=content_hash(title, body),
        )
        run.keep(Arrival(url, article.outlet, url), article)
    return EmbeddedIndex(archive.engine)


def _found(index: EmbeddedIndex, query: str, **filters: object) -> set[str]:
    results = index.search(query, Filters(**filters))  # type: ignore[arg-type]
    assert results.total == len(results.hits)
    return {hit.url.rsplit("/", 1)[-1] for hit in results.hits}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("وزير", {"minister", "to-minister"}),
        ("الوزير", {"minister", "to-minister"}),
        ("والوزير", {"minister", "to-minister"}),
        ("للوزير", {"minister", "to-minister"}),
        ('"للوزير"', {"to-minister"}),
        ("مصر", {"egypt"}),
        ("لبنان", {"egypt"}),
        ("لبن", set()),
        ("استعداد", {"spelling"}),
        ("أندية", {"spelling"}),
        ("مستشفي", {"spelling"}),
        ("علي", {"spelling"}),
        ("2026", {"spelling"}),
        ("كتب", {"harakat"}),
        ("جديده", {"harakat", "minister"} - {"minister"}),
        ("وزير -رسالة", {"minister"}),
        ("ميناء OR رواية", {"minister", "harakat"}),
        ("title:الميناء", {"minister"}),
        ("استعد*", {"spelling"}),
        ("«أسعار الخبز»", {"to-minister"}),
    ],
)
def test_finds(index: EmbeddedIndex, query: str, found: set[str]) -> None:
    assert _found(index, query) == found


def test_filters(index: EmbeddedIndex) -> None:
    assert _found(index, "وزير", outlets=("y",)) == {"to-minister"}
    assert _found(index, "وزير", until=datetime(2026, 11, 1, 12, tzinfo=UTC)) == {"minister"}
    assert _found(index, "وزير", people=("أحمد",)) == set()


def test_snippets_come_from_the_original_text(index: EmbeddedIndex) -> None:
    (hit,) = index.search("كتب").hits
    assert "كتـــب" in hit.snippet.text
    assert [hit.snippet.text[start:end] for start, end in hit.snippet.highlights] == ["كتـــب"]
    assert [hit.title.text[start:end] for start, end in hit.title.highlights] == ["كُتُبٌ"]


@pytest.mark.parametrize(
    "query", ["", "  ", '"', "«كلمة", "-وزير", "OR", "وزير OR", "؟!", "title:", "ا" * 2000]
)
def test_an_unreadable_query_is_explained(index: EmbeddedIndex, query: str) -> None:
    with pytest.raises(QueryError):
        index.search(query)


@settings(max_examples=300, deadline=None)
@given(
    st.text(
        alphabet=st.one_of(st.sampled_from('"«»()*:-^+{}|ORوزير كلمة\x00\n'), st.characters()), max_size=60
    )
)
def test_anything_typed_is_data(index: EmbeddedIndex, query: str) -> None:
    try:
        index.search(query)
    except QueryError as error:
        assert str(error)
