"""A person is found under any spelling of the name that the archive knows."""

import pytest

from newscrawl.search import Match, open_index
from newscrawl.search.naming import MOST_GROUPS, names_in
from newscrawl.search.query import parse_query
from tests.search.world import archive, row

ROWS = [
    row(1, "لقاء في موسكو", "استقبل الرئيس الروسي بوتن الوفد.", entities={"person": ["فلاديمير بوتين"]}),
    row(2, "زيارة", "وصل سيرغي شويغو صباحا.", entities={"person": ["سيرغي شويغو"]}),
    row(3, "تصريح", "قال سيرجي شويجو إن العمل تم.", entities={"person": ["سيرجي شويجو"]}),
    row(4, "اجتماع الخرطوم", "ترأس البرهان الجلسة.", entities={"person": ["عبد الفتاح البرهان"]}),
    row(5, "خبر آخر", "لا أحد هنا."),
    row(6, "برهان جديد", "قدم الباحث عبد الكريم نظرية."),
]  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return open_index(archive(tmp_path_factory.mktemp("naming") / "a.db", ROWS))


def hits(index, query, **options):
    return {int(hit.id, 16): hit.missing for hit in index.search(query, **options).hits}


def test_by_another_name_of_the_gazetteer(index):
    assert hits(index, "فلاديمير بوتين")[1] == ()
    assert hits(index, "الرئيس بوتين")[1] == ()


def test_by_a_name_that_only_the_archive_has(index):
    assert hits(index, "عبد الفتاح البرهان")[4] == ()
    assert hits(index, "عبدالفتاح البرهان")[4] == ()
    assert next(iter(hits(index, "عبدالفتاح البرهان"))) == 4


def test_in_other_spellings_of_its_words(index):
    assert {2, 3} <= {number for number, missing in hits(index, "سيرغي شويغو").items() if not missing}


def test_the_text_itself_counts_more(index):
    assert next(iter(hits(index, "سيرغي شويغو"))) == 2


def test_a_name_is_said_to_have_been_asked_for(index):
    assert "فلاديمير بوتين" in index.search("بوتين").other_words["بوتين"]


def test_with_all_words_or_quoted_the_text_must_have_them(index):
    assert 4 not in hits(index, "عبد الفتاح البرهان", match=Match.ALL)
    assert 4 not in hits(index, '"عبد الفتاح البرهان"')


def test_what_may_be_a_name():
    assert [one.keys[0] for one in names_in(parse_query("محمد صلاح يعود"))] == [
        "محمد صلاح",
        "محمد صلاح يعود",
        "صلاح يعود",
    ]
    assert names_in(parse_query("محمد OR صلاح")) == names_in(parse_query("صلاح*")) == []
    assert names_in(parse_query(" ".join(["محمد"] * (MOST_GROUPS + 1)))) == []
