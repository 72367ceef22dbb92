"""What a run says of itself under its table."""

import doctest
import io
from datetime import UTC, datetime

import pytest

from newscrawl import report
from newscrawl.article import Outcome
from newscrawl.report import flags, print_run
from newscrawl.store import Drift, OutletTally, Run

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def printed(*drift, kind="crawl"):
    run = Run(1, kind, "sahifa", {}, NOW, NOW, "finished", "", [OutletTally("sahifa", {Outcome.STORED: 2})])
    run.drift = list(drift)
    stream = io.StringIO()
    print_run(run, stream)
    return stream.getvalue().splitlines()


def test_doctests():
    result = doctest.testmod(report)
    assert result.attempted > 0
    assert result.failed == 0


def test_a_flag_stands_whole_between_table_and_sentence():
    *_, flag, sentence = printed(Drift("aljazeera", "body", 210.2, 539.6))
    assert flag == (
        "⚠ aljazeera: bodies of 210 words against 540 in the 30 days before; "
        "newscrawl outlets check aljazeera shows more"
    )
    assert sentence.startswith("2 new articles")


def test_no_drift_no_flag():
    assert not any("⚠" in line for line in printed())


@pytest.mark.parametrize(
    ("drift", "words"),
    [
        (
            Drift("x", "authors", 0.05, 0.8),
            "x: authors in 5 % of articles against 80 % in the 30 days before;",
        ),
        (Drift("x", "pages", 0.0, 0.97), "x: articles on 0 % of pages against 97 % in the 30 days before;"),
    ],
)
def test_drops_in_words(drift, words):
    [line] = flags([drift])
    assert words in line


def test_one_line_for_each_outlet():
    lines = flags([Drift("a", "body", 1, 2), Drift("a", "tags", 0, 1), Drift("b", "tags", 0, 1)])
    assert [line.split(":")[0] for line in lines] == ["⚠ a", "⚠ b"]
    assert "against 2, tags in 0 % of articles against 100 %, in the 30 days" in lines[0]


def test_names_are_text_whatever_stands_in_them():
    tallies = [OutletTally("[/red]صحيفة\x1b[2J", {Outcome.BAD_ROW: 1}, problems=["[x]\x1b]0;title\x07"])]
    run = Run(1, "ingest", "[bold]corpus\x07.jsonl", {}, NOW, NOW, "finished", "", tallies)
    stream = io.StringIO()
    print_run(run, stream)
    text = stream.getvalue()
    assert "Run 1: [bold]corpus.jsonl" in text
    assert "[/red]صحيفة[2J" in text
    assert "[x]]0;title" in text
    assert not {"\x1b", "\x07"} & set(text)


def test_a_narrow_screen_gets_every_outcome_in_whole_words(monkeypatch):
    counts = {outcome: number for number, outcome in enumerate(Outcome, start=1)}
    tallies = [OutletTally("sahifa", counts), OutletTally("khabar", {Outcome.STORED: 40})]
    run = Run(1, "crawl", "news", {}, NOW, NOW, "finished", "", tallies)
    texts = {}
    for columns in ("80", "400"):
        monkeypatch.setenv("COLUMNS", columns)
        stream = io.StringIO()
        print_run(run, stream)
        texts[columns] = stream.getvalue()
        assert "…" not in texts[columns]
    narrow = " ".join(texts["80"].split())
    for outcome in (Outcome.STORED, Outcome.KNOWN, Outcome.DUPLICATE, Outcome.INTERRUPTED):
        assert outcome.value in narrow
    assert "15 http error" in narrow or "15 http" in narrow
    assert " http error " in texts["400"]
    assert max(map(len, texts["80"].split("\n")[:40])) <= 80
