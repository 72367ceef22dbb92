"""A text of megabytes is found by all its words, and costs a search no more than a long article."""

from newscrawl.arabic.tokens import word_spans, words
from newscrawl.search import EmbeddedIndex, rank, snippets
from tests.search.world import archive, row

BODY = "افتتح الوزير المعرض " * 200_000 + "ختام"


def test_only_the_beginning_of_a_long_text_is_read(tmp_path, monkeypatch):
    read = []

    def counted(reader):
        def count(text):
            read.append(len(text))
            return reader(text)

        return count

    monkeypatch.setattr(rank, "words", counted(words))
    monkeypatch.setattr(snippets, "word_spans", counted(word_spans))
    rows = [row(1, BODY, "نص"), row(2, "خبر", "نص", summary=BODY), row(3, "خبر", BODY), row(4, "خبر", "ختام")]
    engine = archive(tmp_path / "a.db", rows)
    index = EmbeddedIndex(engine)
    hits = index.search("معرض").hits
    assert {int(hit.id, 16) for hit in hits} == {1, 2, 3}
    assert all(hit.title.highlights or hit.snippet.highlights for hit in hits)
    assert {int(hit.id, 16) for hit in index.search("ختام").hits} == {1, 2, 3, 4}
    engine.dispose()
    assert 0 < max(read) <= snippets.LONGEST < len(BODY) / 100


def test_of_a_packed_text_only_the_beginning_is_unpacked(tmp_path):
    engine = archive(tmp_path / "a.db", [row(1, "خبر", BODY)])
    [found] = EmbeddedIndex(engine).search("معرض").hits
    assert found.snippet.text == f"{' '.join(BODY.split()[:30])} …"
    engine.dispose()
