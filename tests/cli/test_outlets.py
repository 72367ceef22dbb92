import json

import pytest
from click.testing import CliRunner

from newscrawl.cli.outlets import command
from tests.outlets.test_registry import GOOD


@pytest.fixture(autouse=True)
def no_extra_folder(monkeypatch):
    monkeypatch.delenv("NEWSCRAWL_OUTLETS_DIR", raising=False)


def run(*arguments):
    return CliRunner().invoke(command, arguments)


def test_the_table_is_whole_and_plain_in_a_pipe():
    result = run()
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    headings = "id name name in Latin letters country kind feeds sitemaps sections"
    assert " ".join(lines[0].split()) == headings
    assert "\x1b" not in result.stdout
    assert "…" not in result.stdout
    row = next(line for line in lines if line.startswith("asharqbusiness "))
    assert "اقتصاد الشرق مع بلومبرغ" in row
    assert "Asharq Business with Bloomberg" in row
    assert row.split()[-3:] == ["1", "0", "0"]
    assert all(line == line.rstrip() for line in lines)
    assert lines[-1] == f"{len(lines) - 3} outlets"


def test_colour_is_not_forced_into_a_pipe(monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "40")
    result = run("--country", "SA")
    assert "\x1b" not in result.stdout
    assert "Asharq Business with Bloomberg" in result.stdout


def test_filters():
    listed = json.loads(run("--country", "eg", "--kind", "newspaper", "--json").stdout)
    assert {"youm7", "almasryalyoum"} <= {one["id"] for one in listed}
    assert {(one["country"], one["kind"]) for one in listed} == {("EG", "newspaper")}


@pytest.mark.parametrize(("option", "value"), [("--country", "XX"), ("--kind", "paper")])
def test_a_filter_that_fits_nothing_says_what_there_is(option, value):
    result = run(option, value)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith(f"no outlet with {option[2:]} {value!r}; there are ")


def test_one_in_full():
    result = run("nna")
    assert result.exit_code == 0
    assert "الوكالة الوطنية للإعلام" in result.stdout
    assert "https://www.nna-leb.gov.lb/ar/sitemap/n/3?date={yyyy-mm-dd}" in result.stdout
    assert "hosts: localhost:3000 → www.nna-leb.gov.lb" in result.stdout
    assert "aliases               -\n" in result.stdout


def test_one_as_json():
    outlet = json.loads(run("aljazeera", "--json").stdout)
    assert outlet["name"] == "الجزيرة نت"
    assert outlet["canonical"]["keep_query"] is False


def test_layouts_are_shown_a_line_each(monkeypatch, tmp_path):
    layouts = '[[layouts]]\nbody = "//article"\nremove = ["//aside", "//nav"]\nvalid_from = 2026-03-01\n'
    text = f'{GOOD}{layouts}[[layouts]]\ntitle = "//h1"\n'
    (tmp_path / "qarya.toml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("NEWSCRAWL_OUTLETS_DIR", str(tmp_path))
    lines = run("qarya").stdout.splitlines()
    place = next(number for number, line in enumerate(lines) if line.startswith("layouts "))
    assert lines[place].split(maxsplit=1)[1] == "valid_from 2026-03-01; body //article; remove //aside, //nav"
    assert lines[place + 1].strip() == "title //h1"


def test_showing_may_be_named():
    assert run("show", "youm7").stdout == run("youm7").stdout
    assert "--country" in run("--help").stdout


def test_an_unknown_id():
    result = run("aljazera")
    assert result.exit_code == 2
    assert result.stderr.startswith("no outlet 'aljazera'; did you mean aljazeera")


def test_an_unknown_id_like_no_other():
    result = run("zzzzzzzzz")
    assert result.exit_code == 2
    assert result.stderr == "no outlet 'zzzzzzzzz'; `newscrawl outlets` lists them all\n"


def test_a_faulty_file_is_a_message(monkeypatch, tmp_path):
    (tmp_path / "qarya.toml").write_text("id = ", encoding="utf-8")
    monkeypatch.setenv("NEWSCRAWL_OUTLETS_DIR", str(tmp_path))
    result = run()
    assert result.exit_code == 2
    assert "qarya.toml: not TOML: Invalid value (at end of document)" in result.stderr


def test_through_the_group():
    from newscrawl.cli import main

    assert CliRunner().invoke(main, ["outlets", "youm7"]).exit_code == 0
