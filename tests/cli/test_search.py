"""`newscrawl search` as a person or a program runs it."""

import json
import re

import pytest
from click.testing import CliRunner

from newscrawl.cli.search import _show_hit, command
from newscrawl.search import open_index
from newscrawl.store import open_store
from tests.search.world import fill, row

ROWS = [
    row(1, "الوزير في القاهرة", "قال وزير الخارجية إن الزيارة ناجحة.", outlet="x"),
    row(2, "أسعار النفط", "ارتفع النفط في الأسواق. رئيس الشركة راض.", outlet="y", section="اقتصاد"),
    row(3, "كرة القدم", "فاز الفريق والرئيس حاضر.", outlet="y", entities={"person": ["محمد صلاح"]}),
]


@pytest.fixture
def run(tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path / 'a.db'}"
    monkeypatch.setenv("NEWSCRAWL_STORE_URL", url)
    monkeypatch.setenv("TZ", "UTC")
    fill(open_store(url).engine, ROWS)
    return lambda *words: CliRunner().invoke(command, list(words))


def test_shows_title_source_and_snippet(run):
    result = run("وزير")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert re.fullmatch(r"1 articles? found in \d+ ms, 1 shown\.", lines[0])
    assert lines[2] == "الوزير في القاهرة"
    assert "الخبر · 2026-11-01" in lines[3]
    assert "https://x.example/1" in lines[3]
    assert "وزير الخارجية" in lines[4]


def test_plain_text_where_there_is_no_terminal(run):
    assert not set(run("وزير").output) & set("\x1b\u2066\u2067\u2068\u2069")


def test_isolates_and_colours_on_a_terminal(run, monkeypatch, capsys, tmp_path):
    (hit,) = open_index(open_store(f"sqlite:///{tmp_path / 'a.db'}").engine).search("وزير").hits
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    _show_hit(hit)
    out = capsys.readouterr().out
    assert out.count("\u2067") == out.count("\u2069") == 3


def test_json_is_one_object_with_marks(run):
    result = run("النفط", "--json")
    found = json.loads(result.output)
    assert found["total"] == 1
    (hit,) = found["hits"]
    assert hit["url"] == "https://x.example/2"
    assert [hit["snippet"]["text"][start:end] for start, end in hit["snippet"]["highlights"]] == ["النفط"]
    assert [hit["title"][start:end] for start, end in hit["title_highlights"]] == ["النفط"]


@pytest.mark.parametrize(
    ("words", "urls"),
    [
        (["رئيس"], ["3", "2"]),
        (["رئيس", "-كرة"], ["2"]),
        (["رئيس", "--limit", "1"], ["3"]),
        (["رئيس", "--section", "اقتصاد"], ["2"]),
        (["رئيس", "--person", "محمد صلاح"], ["3"]),
        (["رئيس OR وزير", "--outlet", "x"], ["1"]),
        (["رئيس", "--outlet", "x", "--outlet", "y", "--until", "2026-11-02"], ["2"]),
        (["رئيس", "--since", "2026-11-03"], ["3"]),
        (["رئيس", "--country", "eg"], ["3", "2"]),
        (["رئيس", "--country", "Pan"], []),
    ],
)
def test_options(run, words, urls):
    found = json.loads(run(*words, "--sort", "date", "--json").output)
    assert [hit["url"].rsplit("/", 1)[-1] for hit in found["hits"]] == urls


def test_nothing_found_says_so_and_exits_1(run):
    result = run("وزييير")
    assert result.exit_code == 1
    assert "Nothing found among 3 articles" in result.output
    result = run("غائب", "--json")
    assert result.exit_code == 1
    assert json.loads(result.output)["hits"] == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (['"وزير'], "quotation mark"),
        (["-وزير"], "not only words to leave out"),
        (["وزير", "--since", "soon"], "is no time"),
        (["وزير", "--outlte", "x"], "No such option"),
        ([], "Missing argument"),
    ],
)
def test_errors_are_explained_and_exit_2(run, words, message):
    result = run(*words)
    assert result.exit_code == 2
    assert message.lower() in result.output.lower()
    assert "Traceback" not in result.output


def test_no_archive_or_an_empty_one_exits_2_with_the_mend(tmp_path, monkeypatch):
    monkeypatch.setenv("NEWSCRAWL_STORE_URL", f"sqlite:///{tmp_path / 'none.db'}")
    result = CliRunner().invoke(command, ["وزير"])
    assert result.exit_code == 2
    assert "no archive yet" in result.output
    open_store(f"sqlite:///{tmp_path / 'none.db'}")
    result = CliRunner().invoke(command, ["وزير"])
    assert result.exit_code == 2
    assert "empty" in result.output
