"""The gate that keeps extraction good: our own golden pages, and the real ones beside the checkout."""

from collections import Counter
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.article import Outcome, Rejected
from tests.extraction import golden
from tests.extraction.pages import make
from tests.extraction.pages.dates import printed

FOLDERS = {"own": golden.OWN, "shared": golden.SHARED}
GOLDS = golden.load(golden.OWN)
ARTICLES = [gold for gold in GOLDS if gold.is_article]


@pytest.fixture(scope="module", params=FOLDERS)
def scored(request):
    golds = golden.load(FOLDERS[request.param])
    if not golds:
        pytest.skip(f"no golden pages at {FOLDERS[request.param].parent.name}/{FOLDERS[request.param].name}")
    return request.param, golden.score_all(golds)


def test_no_measure_is_below_its_floor(scored):
    name, scores = scored
    measured = golden.measures(scores)
    fallen = {
        measure: f"{measured.get(measure, 0.0):.4f} < {floor}"
        for measure, floor in golden.floors()[name].items()
        if golden.floored(measured.get(measure, 0.0)) < floor
    }
    assert not fallen, f"{name}: {fallen}\n{golden.worst(scores)}"


@pytest.mark.parametrize("name", make.names())
def test_the_pages_are_what_their_sources_make(name):
    for file, content in make.written(name).items():
        made = (golden.OWN / file).read_bytes()
        assert made == content, f"{file} is not up to date: python -m tests.extraction.pages.make"


def test_no_page_is_without_a_source():
    files = {path.stem for ending in ("html", "json") for path in golden.OWN.glob(f"*.{ending}")}
    assert files == set(make.names())


def test_there_are_pages_enough_and_their_addresses_differ():
    assert len(ARTICLES) >= 48
    assert len(GOLDS) - len(ARTICLES) >= 14
    assert max(Counter(gold.values["url"] for gold in GOLDS).values()) == 1


@pytest.mark.parametrize("trap", sorted(golden.TRAPS))
def test_every_trap_is_set_on_two_pages(trap):
    assert sum(trap in gold.values["traps"] for gold in GOLDS) >= 2


def test_no_page_names_a_trap_that_is_not_in_the_list():
    assert {trap for gold in GOLDS for trap in gold.values["traps"]} <= golden.TRAPS


@pytest.mark.parametrize("gold", ARTICLES, ids=lambda gold: gold.name)
def test_a_gold_is_of_one_mind(gold):
    values = gold.values
    body = "\n".join(values["body"])
    assert values["body"]
    assert len(values["must_not"]) >= 3
    assert golden.leaks(body, values["must_not"]) == []
    assert golden.lost_paragraphs(body, values["body"]) == []
    reading = golden.Reading(values["title"], body, datetime.fromisoformat(values["published"]))
    marks = golden.score(gold, reading).marks
    assert {key: marks[key] for key in ("f1", "clean", "paragraphs", "title")} == dict.fromkeys(
        ("f1", "clean", "paragraphs", "title"), 1.0
    )
    text = gold.content.decode(values.get("charset", "utf-8"))
    assert 7_000 < len(text.encode()) < 61_000


@pytest.mark.parametrize("gold", [gold for gold in GOLDS if not gold.is_article], ids=lambda gold: gold.name)
def test_what_is_no_article_names_a_known_outcome(gold):
    outcomes = [gold.values["outcome"], *gold.values.get("outcome_accept", [])]
    assert {Outcome(outcome) for outcome in outcomes} <= {
        Outcome.NOT_ARTICLE,
        Outcome.NOT_ARABIC,
        Outcome.TOO_SHORT,
    }


def _gold(**values):
    known = {
        "file": "x.html",
        "title": "عنوان",
        "published": "2026-01-02T23:30:00+00:00",
        "must_not": ["نص لا يجوز أبدا"],
    }
    return golden.Gold(golden.OWN, {"body": ["هذا نص الخبر الأول", "وهذا نصه الثاني"], **known, **values})


def test_a_leak_costs_f1_and_cleanness():
    gold = _gold()
    text = "هذا نص الخبر الأول\n\nوهذا نصه الثاني\n\nنص لا يجوز أبدا"
    marks = golden.score(gold, golden.Reading("عنوان", text)).marks
    assert marks["clean"] == 0.0
    assert marks["f1"] < 1.0
    assert marks["paragraphs"] == 1.0


def test_a_lost_paragraph_costs_f1_and_paragraphs():
    marks = golden.score(_gold(), golden.Reading("عنوان", "هذا نص الخبر الأول")).marks
    assert marks["paragraphs"] == 0.5
    assert marks["f1"] < 0.9
    assert marks["clean"] == 1.0


def test_optional_words_neither_help_nor_hurt():
    body = ["هذا نص الخبر"]
    assert golden.body_f1("هذا نص الخبر المصدر وكالات", body, ["المصدر: وكالات"]) == 1.0
    assert golden.body_f1("هذا نص الخبر", body, ["المصدر: وكالات"]) == 1.0
    assert golden.body_f1("هذا نص الخبر المصدر وكالات", body) < 1.0


def test_a_short_must_not_leaks_only_as_a_line():
    assert golden.leaks("قال في إعلان رسمي", ["إعلان"]) == []
    assert golden.leaks("قال\nإعلان\nرسمي", ["إعلان"]) == ["إعلان"]


def test_the_day_is_that_of_the_golds_own_clock():
    gold = _gold(published="2026-01-03T01:30:00+03:00")
    same = datetime(2026, 1, 2, 22, 30, tzinfo=UTC)
    marks = golden.score(gold, golden.Reading("عنوان", "نص", same)).marks
    assert (marks["day"], marks["instant"]) == (1.0, 1.0)
    marks = golden.score(gold, golden.Reading("عنوان", "نص", "2026-01-02")).marks
    assert (marks["day"], marks["instant"]) == (0.0, 0.0)


def test_no_date_is_right_only_where_the_gold_accepts_none():
    assert golden.score(_gold(), golden.Reading("عنوان", "نص")).marks["day"] == 0.0
    assert golden.score(_gold(published_accept=[""]), golden.Reading("عنوان", "نص")).marks["day"] == 1.0


def test_a_rejected_article_has_no_field_right():
    rejected = golden.Reading(rejected=Rejected(Outcome.NOT_ARTICLE, "no text"))
    marks = golden.score(_gold(authors=[], section=""), rejected).marks
    assert set(marks.values()) == {0.0, 1.0}
    assert [key for key, mark in marks.items() if mark] == ["clean"]


def test_a_floor_is_never_lowered(tmp_path, monkeypatch):
    path = tmp_path / "floors.toml"
    path.write_text("[own]\nf1 = 0.950\n", encoding="utf-8")
    monkeypatch.setattr(golden, "FLOORS", path)
    assert "f1 = 0.950" in golden.raised({"own": {"f1": 0.5}})
    assert "f1 = 0.976" in golden.raised({"own": {"f1": 0.97654}})


def test_the_worst_page_comes_first_with_what_is_wrong():
    good, bad = (
        golden.Score("good", {"f1": 1.0, "clean": 1.0}),
        golden.Score("bad", {"f1": 0.2, "clean": 0.5}),
    )
    bad.leaked.append("سطر تسرب")
    assert golden.worst([good, bad]).splitlines() == ["bad: F1 0.200", "    leaked    سطر تسرب"]


@given(st.text(), st.lists(st.text(), max_size=4))
def test_f1_is_a_share(found, wanted):
    assert 0.0 <= golden.body_f1(found, wanted) <= 1.0
    everything = "\n".join(wanted)
    assert golden.body_f1(everything, wanted) in (0.0, 1.0)


@pytest.mark.parametrize(
    ("day", "text"),
    [
        ("2023-07-19", "الأربعاء 1 محرم 1445"),
        ("2021-03-01", "الاثنين 17 رجب 1442"),
        ("2026-11-24", "الثلاثاء 13 جمادى الآخرة 1448"),
    ],
)
def test_printed_hijri_days(day, text):
    assert printed(datetime.fromisoformat(day), "$A $hd $hm $hy") == text
