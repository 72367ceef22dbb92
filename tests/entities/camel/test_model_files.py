"""Agreement and the refusal below 99 %; what a set-up without torch can do."""

import pytest
from click.testing import CliRunner

from newscrawl.cli.models import command
from newscrawl.entities import TaggerUnavailable
from newscrawl.entities.camel import CamelTagger, ModelError, install, model_files
from newscrawl.entities.camel.model_files import agreement


def test_all_alike():
    tags = [["O", "B-PERS", "I-PERS"], []]
    found = agreement(tags, tags)
    assert (found.tokens, found.tags, found.named, found.entities, found.enough) == (3, 1.0, 1.0, 1.0, True)


def test_over_all_tokens_over_names_and_over_entities():
    first = [["O", "B-PERS", "I-PERS", "O", "B-LOC"]]
    second = [["O", "B-PERS", "O", "O", "B-LOC"]]
    found = agreement(first, second)
    assert found.tags == pytest.approx(4 / 5)
    assert found.named == pytest.approx(2 / 3)
    assert found.entities == pytest.approx(2 * 1 / 4)
    assert not found.enough


@pytest.mark.parametrize(("wrong", "enough"), [(0, True), (10, True), (11, False)])
def test_the_line_is_at_99_per_cent(wrong, enough):
    first = [["O"] * 1000]
    second = [["B-LOC"] * wrong + ["O"] * (1000 - wrong)]
    assert agreement(first, second).enough is enough


def test_nothing_to_compare():
    found = agreement([], [])
    assert (found.tokens, found.tags, found.named, found.entities) == (0, 1.0, 1.0, 1.0)


def test_a_missing_tag_is_a_fault():
    with pytest.raises(ValueError, match="shorter"):
        agreement([["O", "O"]], [["O"]])


@pytest.fixture
def light_setup(monkeypatch, tmp_path):
    """A set-up without torch, where CAMeL Tools' own copy of the model lies."""
    monkeypatch.setattr(model_files, "find_spec", lambda name: None)
    monkeypatch.setenv("CAMELTOOLS_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("NEWSCRAWL_MODELS", str(tmp_path / "models"))
    folder = tmp_path / "data" / "data" / "ner" / "arabert"
    folder.mkdir(parents=True)
    (folder / "config.json").write_text("{}")
    return folder


NEEDS = "needs torch and transformers: make setup CAMEL=1, or pip install 'newscrawl[camel]'"


def test_without_torch_the_install_command_says_what_is_missing_before_it_downloads(light_setup, monkeypatch):
    monkeypatch.setattr(install, "download", lambda: pytest.fail("542 MB for nothing"))
    (light_setup / "config.json").unlink()
    result = CliRunner().invoke(command, ["install", "camel"])
    assert result.exit_code == 1
    assert result.stderr == f"Error: reading CAMeL Tools' model {NEEDS}\n"


def test_without_torch_a_copy_of_camel_tools_is_not_used(light_setup):
    assert model_files.has_original()
    assert not model_files.installed()
    with pytest.raises(TaggerUnavailable, match="pip install"):
        CamelTagger()


def test_which_package_is_missing(monkeypatch):
    monkeypatch.setattr(model_files, "find_spec", lambda name: None if name == "transformers" else object())
    with pytest.raises(ModelError, match="model needs transformers: make setup"):
        model_files.check_torch()
