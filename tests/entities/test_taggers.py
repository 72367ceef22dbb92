"""Which tagger a choice stands for."""

import pytest

from newscrawl.config import ConfigError
from newscrawl.entities import TaggerUnavailable, taggers
from newscrawl.entities.taggers import chosen_kind, settle


@pytest.mark.parametrize(
    ("choice", "here", "kind"),
    [
        ("auto", True, "camel"), ("auto", False, "light"), ("light", True, "light"), ("camel", True, "camel"),
        ("off", True, None), ("", False, "light"),
    ],
)  # fmt: skip
def test_the_choice_is_settled_without_loading_anything(monkeypatch, choice, here, kind):
    monkeypatch.setattr("newscrawl.entities.camel.installed", lambda: here)
    monkeypatch.setattr(taggers, "load_tagger", None)
    monkeypatch.setenv("NEWSCRAWL_TAGGER", choice)
    assert chosen_kind() == kind


def test_what_is_not_installed_is_said(monkeypatch):
    def missing(choice):
        raise TaggerUnavailable("no camel here")

    monkeypatch.setattr("newscrawl.entities.camel.installed", lambda: False)
    monkeypatch.setattr(taggers, "load_tagger", missing)
    with pytest.raises(TaggerUnavailable, match="no camel here"):
        settle("camel")
    monkeypatch.setenv("NEWSCRAWL_TAGGER", "camell")
    with pytest.raises(ConfigError, match="NEWSCRAWL_TAGGER=camell: not one of auto, camel, light, off"):
        chosen_kind()
