"""`newscrawl models` as a person runs it."""

import json
import shutil

import pytest
from click.testing import CliRunner

from newscrawl.cli import main
from newscrawl.cli.models import command
from tests.cli.world import closed_url, isolate
from tests.entities.camel.world import make_world


@pytest.fixture
def world(tmp_path_factory):
    return make_world(tmp_path_factory)


@pytest.fixture
def place(monkeypatch, tmp_path):
    """Folders of one's own, with nothing in them."""
    isolate(monkeypatch, tmp_path)
    monkeypatch.setenv("CAMELTOOLS_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("NEWSCRAWL_MODELS", str(tmp_path / "models"))
    return tmp_path


def run(*words):
    return CliRunner().invoke(command, list(words))


def exported(world, place):
    return shutil.copytree(world.exported, place / "models" / "camel")


def test_it_is_a_command():
    result = CliRunner().invoke(main, ["models", "install", "--help"])
    assert result.exit_code == 0
    assert "--from" in result.output


def test_int8_is_used_where_it_agrees(world):
    made = world.record["installs"]["accepted"]
    assert made["code"] == 0
    assert "It is used." in made["output"]
    assert made["files"] == [
        "camel",
        *(
            f"camel/{name}"
            for name in (
                "fp32.onnx",
                "int8.onnx",
                "int8.onnx.data",
                "manifest.json",
                "tokenizer.json",
                "words.f32",
            )
        ),
    ]


def test_int8_is_refused_where_it_does_not(world):
    """Random weights: int8 decides one tag in twenty otherwise."""
    made = world.record["installs"]["refused"]
    assert made["code"] == 0
    assert "int8 is refused, under 99 % of all tags" in made["output"]
    manifest = json.loads((world.folder / "refused" / "camel" / "manifest.json").read_text())
    assert manifest["precision"] == "fp32"
    assert manifest["agreement"]["tokens"] > 6000
    assert 0.5 < manifest["agreement"]["tags"] < 0.99


def test_a_second_install_takes_the_place_of_the_first(world):
    first, second = (world.record["installs"][name] for name in ("accepted", "again"))
    assert second["code"] == 0
    assert second["files"] == first["files"]


def test_a_model_of_other_labels_is_refused_and_nothing_is_left(world):
    made = world.record["installs"]["wrong"]
    assert made["code"] == 1
    assert "B-PER is none of CAMeL Tools' own" in made["output"]
    assert not (world.folder / "wrong" / "camel").exists()


def test_offline_is_one_sentence_and_nothing_is_left(place, monkeypatch):
    monkeypatch.setattr("newscrawl.entities.camel.model_files.missing_packages", list)
    monkeypatch.setenv("HOME", str(place / "home"))
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, closed_url())
    monkeypatch.setenv("NO_PROXY", "")
    result = run("install", "camel")
    assert result.exit_code == 1
    last = result.output.strip().splitlines()[-1]
    assert last.startswith("Error: CAMeL Tools' model could not be downloaded (")
    assert "Traceback" not in result.output
    assert not list((place / "data").iterdir())
    assert not (place / "models").exists()


def test_from_a_folder_without_a_model(place):
    result = run("install", "camel", "--from", str(place))
    assert result.exit_code == 1
    assert f"{place} holds no model: name the folder that has config.json" in result.output


def test_only_camel_can_be_installed(place):
    assert run("install", "light").exit_code == 2


def test_list_without_anything(place):
    result = run("list")
    assert result.exit_code == 0
    assert "not installed: `newscrawl models install camel`" in result.stdout
    assert "light" in result.stdout


def test_list_an_export(world, place):
    folder = exported(world, place)
    result = run("list", "--verify")
    assert result.exit_code == 0
    row = next(line for line in result.stdout.splitlines() if line.strip().startswith("camel"))
    manifest = json.loads((folder / "manifest.json").read_text())
    assert "installed" in row
    assert "int8" in row
    assert f"{int(manifest['agreement']['tags'] * 10_000) / 100:.2f} %" in row
    assert manifest["exported_at"][:10] in row
    assert "All files of camel are as they were written." in result.stdout


def test_list_a_damaged_export(world, place):
    folder = exported(world, place)
    with (folder / "int8.onnx.data").open("ab") as stream:
        stream.write(b"x")
    result = run("list", "--verify")
    assert result.exit_code == 1
    assert "damaged: int8.onnx.data; run `newscrawl models install camel` again" in result.output


def test_list_an_export_without_a_manifest_that_can_be_read(world, place):
    (exported(world, place) / "manifest.json").write_text("[]")
    result = run("list")
    assert result.exit_code == 0
    assert "cannot be read" in result.stdout


def test_list_what_camel_data_downloaded(world, place, monkeypatch):
    monkeypatch.setenv("CAMELTOOLS_DATA", str(world.data))
    assert "not exported, slow" in run("list").stdout


def test_text_that_is_no_article(world, place):
    text = place / "rows.jsonl"
    text.write_text('{"title": "بلا متن"}\n')
    result = run("install", "camel", "--from", str(world.model), "--text", str(text))
    assert result.exit_code == 2
    assert f"{text}:1: no JSON object with title and body" in result.output
