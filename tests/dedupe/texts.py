"""Texts for tests of copies: words by chance, and what editors make of a text."""

import random

from newscrawl.arabic.gazetteer import load_gazetteer

_WORDS = sorted({word for entry in load_gazetteer().entries for word in entry.name.split() if len(word) > 3})


def text(seed, words=80):
    """A text of words by chance; every seed has its own."""
    return " ".join(random.Random(seed).choices(_WORDS, k=words))


def cut(body, share):
    """Its first words, so many."""
    words = body.split()
    return " ".join(words[: round(len(words) * share)])


def edited(body, seed, words):
    """With so many words put elsewhere by chance."""
    chance, found = random.Random(seed), body.split()
    for place in chance.sample(range(len(found)), words):
        found[place] = chance.choice(_WORDS)
    return " ".join(found)
