"""`newscrawl outlets check`: saved pages, the archive's numbers, and exit codes that a script can trust."""

import json

import pytest
from click.testing import CliRunner

from newscrawl.cli import main
from newscrawl.store import open_store
from tests.extraction.test_scorecard import CANONICAL, DATED, page
from tests.outlets.test_registry import GOOD
from tests.store.test_health import past

LAYOUTS = """
[[layouts]]
name = "old"
body = "//article"
valid_until = 2026-03-01
[[layouts]]
name = "new"
body = "//article"
byline = "//cite"
"""


@pytest.fixture(autouse=True)
def qarya(monkeypatch, tmp_path):
    folder = tmp_path / "outlets"
    folder.mkdir()
    (folder / "qarya.toml").write_text(GOOD + LAYOUTS, encoding="utf-8")
    monkeypatch.setenv("NEWSCRAWL_OUTLETS_DIR", str(folder))
    monkeypatch.setenv("NEWSCRAWL_STORE_URL", f"sqlite:///{tmp_path / 'news.db'}")


@pytest.fixture
def save(tmp_path):
    def write(name, html):
        (tmp_path / name).write_bytes(html)
        return str(tmp_path / name)

    return write


@pytest.fixture
def archive(tmp_path):
    archive = open_store(f"sqlite:///{tmp_path / 'news.db'}")
    yield archive
    archive.close()


def check(*arguments):
    return CliRunner().invoke(main, ["outlets", "check", *arguments])


def test_sound_pages(save):
    result = check("qarya", save("1.html", page()), save("2.html", page()))
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert (
        lines[0].split()
        == "page title words published authors section tags image agency leaks layout".split()
    )
    row = next(line for line in lines if line.startswith("1.html"))
    assert "عنوان الخبر الطويل" in row
    assert "2026-03-08 14:15 meta" in row
    assert row.endswith("2 new")
    assert "1.html: (layout 2: byline: found nothing)" in lines
    assert lines[-1].startswith("2 of 2 pages without fault; 2 articles, 0 leaks, ")
    assert "published_at 100%" in lines[-1]


def test_every_fault_is_named_with_its_mend(save):
    undated = save("undated.html", page(CANONICAL))
    english = save("english.html", page(body="<p>Hello</p>"))
    nowhere = save("nowhere.html", page(DATED))
    result = check("qarya", save("1.html", page()), undated, english, nowhere)
    assert result.exit_code == 1
    faults = [line for line in result.stdout.splitlines() if ".html: " in line and "(layout" not in line]
    assert [line.split(":")[0] for line in faults] == ["undated.html", "english.html", "nowhere.html"]
    assert all("; " in line for line in faults)
    assert result.stdout.splitlines()[-1].startswith("1 of 4 pages without fault; ")


def test_json(save):
    result = check("qarya", "--json", save("1.html", page()), save("2.html", page(CANONICAL)))
    assert result.exit_code == 1
    values = json.loads(result.stdout)
    assert values["outlet"] == "qarya"
    assert [one["published_at"] for one in values["pages"]] == ["2026-03-08T14:15:00+02:00", None]
    assert values["pages"][1]["faults"] == ["no date; name its place with published in [[layouts]]"]
    assert values["summary"]["fields"]["published_at"] == 0.5
    assert (values["summary"]["sound"], values["summary"]["pages"]) == (1, 2)


def test_the_address_of_one_file(save):
    file = save("1.html", page(DATED))
    result = check("qarya", "--json", "--url", "https://qarya.example/news/9", file)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["pages"][0]["url"] == "https://qarya.example/news/9"
    for files in ([], [file, file]):
        refused = check("qarya", "--url", "https://qarya.example/news/9", *files)
        assert refused.exit_code == 2
        assert "--url is the address of one page" in refused.stderr


def test_the_day_of_the_fetch(save):
    file = save("1.html", page('<meta name="date" content="2026-02-01">' + CANONICAL))
    for day, layout in (("2026-03-01", "1 old"), ("2026-03-02", "2 new")):
        values = json.loads(check("qarya", "--json", "--fetched", day, file).stdout)
        assert values["pages"][0]["layout"] == layout


def test_brackets_in_a_title_are_text(save):
    titled = page().replace("عنوان الخبر الطويل".encode(), "[red]صور[/red] من القرية".encode())
    assert "[red]صور[/red] من القرية" in check("qarya", save("1.html", titled)).stdout


def test_an_unknown_outlet(save):
    result = check("qaria", save("1.html", page()))
    assert result.exit_code == 2
    assert "no outlet 'qaria'; did you mean qarya" in result.stderr


def test_a_file_that_is_not_there():
    assert check("qarya", "nowhere.html").exit_code == 2


def test_no_archive_and_no_pages():
    result = check("qarya")
    assert result.exit_code == 2
    assert "no archive yet" in result.stderr


def test_no_numbers_yet(archive):
    result = check("qarya")
    assert result.exit_code == 2
    assert "run `newscrawl crawl qarya`, or give saved pages" in result.stderr


def test_the_numbers_of_the_last_runs(archive):
    past(archive, 5, 40, outlet="qarya", words=500, authors=40)
    past(archive, 2, 5, outlet="qarya", words=120)
    past(archive, 1, 5, outlet="qarya", words=80, rejected=10, guarded=4)
    result = check("qarya")
    assert result.exit_code == 0, result.output
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert lines[0] == "qarya runs 2–3 30 days before"
    assert {
        "articles 10 40",
        "of pages 50% 100%",
        "words in a body 100 500",
        "authors 0% 100%",
        "tags 0% 0%",
        "trafilatura's text 40% 0%",
    } <= set(lines)
    assert lines[-1].startswith("⚠ qarya: articles on 50 % of pages against 100 %, bodies of 100 words ")


def test_too_few_to_judge(archive):
    past(archive, 1, 5, outlet="qarya")
    lines = [" ".join(line.split()) for line in check("qarya").stdout.splitlines()]
    assert lines[0] == "qarya run 1 30 days before"
    assert "words in a body 500 ·" in lines
    assert lines[-1] == "Too few to judge: it takes 10 articles, and 30 in the days before."


def test_the_numbers_as_json(archive):
    past(archive, 5, 40, outlet="qarya", words=500)
    past(archive, 1, 10, outlet="qarya", words=100)
    values = json.loads(check("qarya", "--json").stdout)
    assert (values["runs"], values["latest"]["words"], values["before"]["articles"]) == ([2], 1000, 40)
    assert values["drift"] == [{"outlet": "qarya", "measure": "body", "latest": 100.0, "before": 500.0}]


def test_runs_tells_where_the_guard_was_used(archive):
    past(archive, 2, guarded=0)
    past(archive, 1, outlet="qarya", guarded=7)
    lines = CliRunner().invoke(main, ["runs"]).stdout.splitlines()
    told = [line for line in lines if "trafilatura's text" in line]
    assert told == ["trafilatura's text was stored, as it found more than our reading: qarya 7 articles"]
    newest, older = map(json.loads, CliRunner().invoke(main, ["runs", "--json"]).stdout.splitlines())
    assert (newest["guarded"], older["guarded"]) == ({"qarya": 7}, {})


def test_runs_shows_the_flag_and_keeps_its_exit_code(archive):
    past(archive, 5, 40, words=500)
    past(archive, 1, 10, words=100)
    result = CliRunner().invoke(main, ["runs"])
    assert result.exit_code == 0
    flags = [line for line in result.stdout.splitlines() if "⚠" in line]
    assert flags == [
        "⚠ sahifa: bodies of 100 words against 500 in the 30 days before; "
        "newscrawl outlets check sahifa shows more"
    ]
    newest, older = map(json.loads, CliRunner().invoke(main, ["runs", "--json"]).stdout.splitlines())
    assert [drift["measure"] for drift in newest["drift"]] == ["body"]
    assert older["drift"] == []


def test_help_needs_no_archive():
    result = check("--help")
    assert result.exit_code == 0
    assert "exit code 0" in " ".join(result.stdout.split())
