"""A tagger in worker processes: one bad text costs one text, and nothing else."""

import os

import pytest
from pebble import ProcessExpired

from newscrawl.article import Outcome
from newscrawl.config import ConfigError
from newscrawl.entities import TaggerUnavailable, pool
from newscrawl.entities.pool import TaggerPool, chosen_kind, preparation, settle
from newscrawl.workers import Workers

from .fake import BREAKS, DIES, HANGS, cannot_be_loaded, use
from .test_articles import make

PREPARED = "NEWSCRAWL_TEST_PREPARED"


@pytest.fixture
def workers():
    workers = Workers(1)
    yield workers
    workers.close()


@pytest.fixture
def tagger(monkeypatch, workers):
    use(monkeypatch)
    return TaggerPool("light", workers)


def names(found):
    return [one and [mention.text for mention in one.mentions] for one in found]


def test_texts_are_tagged_and_a_bad_one_costs_one(tagger, caplog):
    assert tagger.load() == "fake 1"
    texts = ["صلاح في مصر", f"{BREAKS} مصر", "لبنان", f"{DIES} مصر", "فيفا"]
    found = tagger.collect(texts, tagger.submit(texts))
    assert names(found) == [["صلاح", "مصر"], None, ["لبنان"], None, ["فيفا"]]
    assert caplog.text.count("tagging failed on the text that begins") == 2
    assert "ValueError: broken" in caplog.text
    with pytest.raises(TimeoutError):
        tagger.submit([HANGS], 0.3).result()
    with pytest.raises(ProcessExpired):
        tagger.submit([DIES]).result()
    assert names(tagger.collect(["مصر"], tagger.submit(["مصر"]))) == [["مصر"]]


def test_camel_works_in_a_process_of_its_own(monkeypatch):
    use(monkeypatch)
    tagger = TaggerPool("camel", workers=None)
    assert tagger.load() == "fake 1"
    assert names(tagger.submit(["في مصر"]).result()) == [["مصر"]]
    tagger.close()


def test_a_tagger_that_cannot_be_loaded_has_no_identity(monkeypatch, workers, caplog):
    use(monkeypatch, identity=cannot_be_loaded)
    assert TaggerPool("light", workers).load() == ""
    assert "the model is gone" in caplog.text


def prepare():
    os.environ[PREPARED] = "yes"
    raise RuntimeError("prepared badly")


def prepared():
    return os.environ.get(PREPARED)


def test_workers_are_prepared_and_survive_that_it_fails():
    workers = Workers(1, prepare=prepare)
    assert workers.submit(10, prepared).result() == "yes"
    workers.close()
    assert preparation("camel") is preparation(None) is None
    assert preparation("light").args == ("light",)


def test_articles_stored_without_names_are_counted(tagger):
    untagged, tagged = make("خبر", "نص"), make("خبر", "نص")
    tagged.tagger = "fake 1"
    for outcome in (Outcome.STORED, Outcome.UPDATED, Outcome.UNCHANGED, Outcome.DUPLICATE):
        tagger.note_stored(untagged, outcome)
        tagger.note_stored(tagged, outcome)
    assert tagger.unnamed == 2


@pytest.mark.parametrize(
    ("choice", "here", "kind"),
    [
        ("auto", True, "camel"), ("auto", False, "light"), ("light", True, "light"), ("camel", True, "camel"),
        ("off", True, None), ("", False, "light"),
    ],
)  # fmt: skip
def test_the_choice_is_settled_without_loading_anything(monkeypatch, choice, here, kind):
    monkeypatch.setattr("newscrawl.entities.camel.installed", lambda: here)
    monkeypatch.setattr(pool, "load_tagger", None)
    monkeypatch.setenv("NEWSCRAWL_TAGGER", choice)
    assert chosen_kind() == kind


def test_what_is_not_installed_is_said(monkeypatch):
    def missing(choice):
        raise TaggerUnavailable("no camel here")

    monkeypatch.setattr("newscrawl.entities.camel.installed", lambda: False)
    monkeypatch.setattr(pool, "load_tagger", missing)
    with pytest.raises(TaggerUnavailable, match="no camel here"):
        settle("camel")
    monkeypatch.setenv("NEWSCRAWL_TAGGER", "camell")
    with pytest.raises(ConfigError, match="NEWSCRAWL_TAGGER=camell: not one of auto, camel, light, off"):
        chosen_kind()
