"""The tag step: one bad text costs one article its names, and nothing else."""

import asyncio

import pytest

from newscrawl.article import Outcome
from newscrawl.steps.tag import Tagging, fill_in, preparation
from newscrawl.workers import Workers
from tests.entities.fake import BREAKS, DIES, HANGS, cannot_be_loaded, use
from tests.entities.test_articles import make


class Archive:
    """Holds articles by id with the tagger that tagged them."""

    def __init__(self, **tagged):
        self.tagged = tagged

    def already_tagged(self, articles, identity):
        return {article.id for article in articles if self.tagged.get(article.id) == identity}


@pytest.fixture(scope="module")
def workers():
    workers = Workers(1)
    yield workers
    workers.close()


@pytest.fixture
def tagging(monkeypatch, workers):
    use(monkeypatch)
    return Tagging("light", workers, Archive(), seconds=30)


def articles(*bodies):
    made = [make("خبر", body) for body in bodies]
    for number, article in enumerate(made):
        article.url = article.canonical_url = f"https://x.example/{number}"
    return made


def texts(job):
    return [found and [mention.text for mention in found.mentions] for found in job.result()]


def test_a_bad_text_costs_one_article_its_names(tagging, caplog):
    assert tagging.identity() == "fake 1"
    some = articles("صلاح في مصر", f"{BREAKS} مصر", "لبنان", f"{DIES} مصر", "فيفا")
    job = tagging.start(some)
    assert texts(job) == [["صلاح", "مصر"], None, ["لبنان"], None, ["فيفا"]]
    fill_in(job)
    assert [one.tagger for one in some] == ["fake 1", "", "fake 1", "", "fake 1"]
    assert some[0].entities["location"] == ["مصر"]
    assert "finding the names in https://x.example/1 failed: ValueError: broken" in caplog.text
    assert "finding the names in https://x.example/3 failed: the worker process died" in caplog.text
    assert texts(tagging.start(articles("مصر"))) == [["مصر"]]


def test_a_text_that_takes_too_long_is_given_up(monkeypatch, workers, caplog):
    use(monkeypatch)
    assert texts(Tagging("light", workers, Archive(), seconds=0.3).start(articles(HANGS))) == [None]
    assert "it took more than 0.3 s" in caplog.text


def test_what_the_archive_has_with_this_taggers_names_is_not_tagged_again(monkeypatch, workers):
    use(monkeypatch)
    same, older, new = articles("مصر", "لبنان", "فيفا")
    archive = Archive(**{same.id: "fake 1", older.id: "fake 0"})
    assert Tagging("light", workers, archive, 30).untagged([same, older, new]) == [older, new]


def test_off_it_tags_and_counts_nothing(workers):
    off = Tagging(None, workers, Archive(), 30)
    assert off.identity() == asyncio.run(off.loaded()) == ""
    assert off.untagged(articles("مصر")) == off.start([]).result() == []
    off.note_stored(make("خبر", "نص"), Outcome.STORED)
    assert off.unnamed == 0


def test_camel_works_in_a_process_of_its_own(monkeypatch):
    use(monkeypatch)
    tagging = Tagging("camel", workers=None, archive=Archive(), seconds=30)
    assert tagging.identity() == "fake 1"
    assert texts(tagging.start(articles("في مصر"))) == [["مصر"]]
    tagging.close()


def test_a_tagger_that_cannot_be_loaded_has_no_identity_and_it_is_said_once(monkeypatch, workers, caplog):
    use(monkeypatch, identities=cannot_be_loaded)
    tagging = Tagging("light", workers, Archive(), 30)
    assert tagging.identity() == asyncio.run(tagging.loaded()) == ""
    assert tagging.untagged(articles("مصر")) == []
    assert caplog.text.count("loading the tagger light failed") == 1
    assert "the model is gone" in caplog.text


def test_articles_stored_without_names_are_counted(tagging):
    untagged, tagged = make("خبر", "نص"), make("خبر", "نص")
    tagged.tagger = "fake 1"
    for outcome in (Outcome.STORED, Outcome.UPDATED, Outcome.UNCHANGED, Outcome.DUPLICATE):
        tagging.note_stored(untagged, outcome)
        tagging.note_stored(tagged, outcome)
    assert tagging.unnamed == 2


def test_only_the_light_tagger_is_prepared_in_every_worker():
    assert preparation("camel") is preparation(None) is None
    assert preparation("light").args == ("light",)
