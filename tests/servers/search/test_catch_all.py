"""Words without a field, as Kibana's bar and any client send them: ranked as `newscrawl search` ranks."""

import pytest

from newscrawl.search.elastic.mapping import CATCH_ALL, READ_ALIAS, WRITE_ALIAS, document
from tests.search.world import row
from tests.servers.search.conftest import article_of

FILLER = "وتحدث الحاضرون طويلا عن أمور أخرى ثم افترقوا دون اتفاق يذكر بينهم. "
ROWS = [
    row(1, "أسعار النفط ترتفع", "تراجع المخزون في مصر." + FILLER * 5),
    row(2, "اجتماع الوزراء", "ناقش الوزراء أسعار الوقود، وذكروا النفط." + FILLER * 5),
    row(3, "من هنا وهناك", "أخبار في كل يوم من كل مكان." + FILLER * 5),
    row(4, "مباراة في القاهرة", "فاز الأهلي في مصر." + FILLER * 5, summary="ملخص عن المريخ"),
]  # fmt: skip


@pytest.fixture(scope="module")
def client(cluster):
    cluster.empty()
    lines = []
    for one in ROWS:
        lines += [{"index": {"_id": one["id"]}}, document(article_of(one))]
    assert not cluster.client.bulk(index=WRITE_ALIAS, operations=lines, refresh=True)["errors"]
    return cluster.client


def kql(text):
    """What Kibana sends for words in KQL without a field."""
    return {"bool": {"filter": [], "must": [], "should": [_multi(text)], "minimum_should_match": 1}}


def _multi(text):
    if text.startswith('"'):
        return {"multi_match": {"type": "phrase", "query": text.strip('"'), "lenient": True}}
    return {"multi_match": {"type": "best_fields", "query": text, "lenient": True}}


def lucene(text):
    """What Kibana sends for words in Lucene's language."""
    return {"query_string": {"query": text, "analyze_wildcard": True}}


def numbers(client, query):
    hits = client.search(index=READ_ALIAS, query=query)["hits"]["hits"]
    return [int(hit["_id"], 16) for hit in hits]


@pytest.fixture(params=[kql, lucene])
def bar(request):
    return request.param


def test_several_words_put_what_is_about_them_first(client, bar):
    assert numbers(client, bar("أسعار النفط في مصر"))[:2] == [1, 2]
    assert set(numbers(client, bar("أسعار النفط في مصر"))) == {1, 2, 4}


def test_stop_words_match_nothing_by_themselves(client, bar):
    assert numbers(client, bar("من في كل")) == []
    assert numbers(client, bar("في المريخ")) == [4]


def test_a_phrase_is_found_in_any_form_of_its_words(client, bar):
    assert numbers(client, bar('"اسعار نفط"')) == [1]


def test_words_of_a_title_count_four_times_as_much(client):
    explained = client.explain(index=READ_ALIAS, id=ROWS[0]["id"], query={"match": {CATCH_ALL: "نفط"}})
    assert "'value': 4.0, 'description': 'freq, " in str(explained["explanation"])
    assert numbers(client, {"match": {CATCH_ALL: "نفط"}}) == [1, 2]


def test_titles_do_not_join_into_phrases(client):
    """A title is in the field several times; its end and its next beginning are no phrase."""
    assert numbers(client, {"match_phrase": {CATCH_ALL: "ترتفع أسعار"}}) == []
