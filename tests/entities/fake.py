"""A tagger that is quick and finds what a test expects; in a worker process, by `use`."""

import os
import time

from newscrawl.article import Mention
from newscrawl.entities.taggers import find_names

LABELS = {
    "مصر": "LOCATION",
    "لبنان": "LOCATION",
    "فيفا": "ORGANIZATION",
    "صلاح": "PERSON",
    "فيروز": "PERSON",
}
"""Word → label of the names that it finds."""
BREAKS, DIES, HANGS = "ينكسر", "يموت", "يتعلق"
"""Words in a text that make it raise, make the process die, and make it hang."""


class FakeTagger:
    """Finds the words of LABELS."""

    def __init__(self, identity="fake 1"):
        self.identity = identity

    def tag(self, texts):
        return [self._tag(text) for text in texts]

    def _tag(self, text):
        if BREAKS in text:
            raise ValueError("broken")
        if DIES in text:
            os._exit(7)
        if HANGS in text:
            time.sleep(60)
        found, place = [], 0
        for word in text.replace("\n", " ").split(" "):
            if word in LABELS:
                found.append(Mention(word, LABELS[word], place, place + len(word), word))
            place += len(word) + 1
        return found


def find_by(kind, texts):
    """In the place of `find_names_by`."""
    return find_names(FakeTagger(), texts)


def newer_find_by(kind, texts):
    return find_names(FakeTagger("fake 2"), texts)


def identities_of(kinds):
    """In the place of `identities_of`."""
    return [FakeTagger().identity for _ in kinds]


def newer_identities_of(kinds):
    return ["fake 2" for _ in kinds]


def cannot_be_loaded(kinds):
    raise FileNotFoundError("the model is gone")


def use(monkeypatch, find=find_by, identities=identities_of):
    """Let worker processes use the fake tagger: they import the functions by their names."""
    monkeypatch.setattr("newscrawl.steps.tag.find_names_by", find)
    monkeypatch.setattr("newscrawl.steps.tag.identities_of", identities)
    monkeypatch.setenv("NEWSCRAWL_TAGGER", "light")
    monkeypatch.setattr("newscrawl.steps.session.preparation", lambda kind: None)
