"""The canonical name of every mention of an article: standard, full, without proclitics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from newscrawl.arabic.gazetteer import Entry
from newscrawl.arabic.normalise import normalise
from newscrawl.arabic.stem import ARTICLE, CONJUNCTIONS, PREPOSITIONS, known_words, stem
from newscrawl.arabic.tokens import tokenise
from newscrawl.article import EntityLabel, Mention
from newscrawl.entities.name_lists import (
    LABEL_OF,
    LEAST_SKELETON,
    Key,
    exact_words,
    is_demonym,
    key_of,
    name_words,
    plain_words,
    skeleton,
    standard_entry,
)
from newscrawl.entities.protocol import Span


@dataclass(slots=True)
class _Named:
    """A span, its words, and what the gazetteer knows of them."""

    span: Span
    words: list[str]
    exact: tuple[str, ...]
    entry: Entry | None
    label: EntityLabel


def name_mentions(text: str, spans: Sequence[Span]) -> list[Mention]:
    """Mentions of one article's spans, in order of place, each with its canonical name.

    The name is the gazetteer's standard name where that knows it; else a person's full name of the same
    article; else the words without proclitics, spelled as the article mostly spells them. A name that the
    gazetteer has in another class gets that class: روسيا is a place also where it plays football.

    Args:
        text: the article's text, which is read for the words it uses.
        spans: in any order. One without a letter or digit is left out, and a lone nationality (الروسي) that
            was taken for a person.
    """
    nearby = frozenset(token.exact for token in tokenise(text)) if spans else frozenset()
    named: list[_Named] = []
    end_before = -1
    for span in sorted(spans, key=lambda span: span.start):
        after_name = end_before >= 0 and not text[end_before : span.start].strip()
        one = _read(text, span, nearby, after_name)
        if one is not None:
            named.append(one)
            end_before = span.end
    named = _without_demonyms(named)
    names = _article_names(named)
    return [
        Mention(text[one.span.start : one.span.end], one.label, one.span.start, one.span.end, name)
        for one, name in zip(named, names, strict=True)
    ]


def _read(text: str, span: Span, nearby: frozenset[str], after_name: bool) -> _Named | None:
    words = plain_words(text[span.start : span.end])
    if not words or not any(character.isalnum() for word in words for character in word):
        return None
    words[0] = without_proclitics(words[0], nearby, after_name=after_name)
    exact = exact_words(words)
    entry = standard_entry(exact, span.label)
    return _Named(span, words, exact, entry, LABEL_OF[entry.kind] if entry else span.label)


def _without_demonyms(named: list[_Named]) -> list[_Named]:
    """Leave out الروسي taken for a person, unless somebody of the article has it for a family name."""
    families = {one.exact[-1] for one in named if one.label == "PERSON" and len(one.exact) > 1}
    return [
        one
        for one in named
        if one.label != "PERSON"
        or len(one.exact) > 1
        or one.exact[0] in families
        or not is_demonym(one.exact[0])
    ]


def _article_names(named: list[_Named]) -> list[str]:
    spelled = _spellings(named)
    names = [one.entry.name if one.entry else spelled[_identity(one)] for one in named]
    people = [index for index, one in enumerate(named) if one.label == "PERSON"]
    for index, full in zip(people, full_names([named[i].exact for i in people]), strict=True):
        names[index] = names[people[full]]
    return names


def _identity(one: _Named) -> tuple[str, str]:
    """What the spellings of one name in one article share."""
    key = key_of(one.exact)
    bones = skeleton(key)
    return one.label, bones if len(bones.replace(" ", "")) >= LEAST_SKELETON else " ".join(key)


def _spellings(named: list[_Named]) -> dict[tuple[str, str], str]:
    """For each name its most frequent spelling in the article, the first among equals."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for one in named:
        counts.setdefault(_identity(one), Counter())[" ".join(one.words)] += 1
    return {identity: spellings.most_common(1)[0][0] for identity, spellings in counts.items()}


def full_names(names: Sequence[Key]) -> list[int]:
    """For each person's name of an article, in order, the index of the name that says it in full.

    بوتين → فلاديمير بوتين, شي → شي جي بينغ.

    A name of two words or more is full. A shorter one is taken for the last full name before it that ends
    with it, then for one that begins with it; where none stands before, for the first that follows. A first
    name that several full names share says nothing, and stays as it is.

    Returns:
        Indices into `names`; a full name, or one that stays alone, has its own.
    """
    keys = [key_of(name) for name in names]
    return [index if len(key) > 1 else _full(index, key, keys) for index, key in enumerate(keys)]


def _full(index: int, short: Key, keys: list[Key]) -> int:
    size = len(short)
    ending = [i for i, key in enumerate(keys) if len(key) > size and key[-size:] == short]
    beginning = [i for i, key in enumerate(keys) if len(key) > size and key[:size] == short]
    if len({keys[i] for i in beginning}) > 1:
        beginning = []
    for found in (ending, beginning):
        before = [i for i in found if i < index]
        if found:
            return before[-1] if before else found[0]
    return index


_JOINED = (*CONJUNCTIONS, *PREPOSITIONS)


def without_proclitics(word: str, nearby: AbstractSet[str], *, after_name: bool = False) -> str:
    """A word as written, without و ف ب ك ل that belong to the sentence and not to the name.

    Args:
        word: the first word of a name, without marks (see `plain_words`).
        nearby: the normalised words of the article. A name met there without a clitic settles it.
        after_name: another name stands right before, so that a و at the beginning means *and*.
    """
    exact = normalise(word)
    if len(exact) != len(word) or exact[:1] not in _JOINED or len(exact) < 4:
        return word
    base = stem(exact)
    if base == exact:
        return word[_evident(exact, nearby) :]
    cut = len(exact) - len(base)
    before = exact[:cut]
    if before.endswith("لل") or not exact.endswith(base):  # للصين; لله, للذين
        return ARTICLE + word[cut if exact.endswith(base) else 2 :]
    if before.endswith(ARTICLE):
        return word[cut - 2 :]
    if exact in name_words() and base not in nearby:
        return word  # وارث, بكري: a name in its own right
    known = base in known_words() or base in name_words() or base in nearby
    return word[cut:] if known or (after_name and before == "و") else word


def _evident(exact: str, nearby: AbstractSet[str]) -> int:
    """How many first letters of an unlisted word are clitics, by its other places in the article."""
    if exact in known_words() or exact in name_words():
        return 0
    for cut in (1, 2):
        if (
            all(letter in _JOINED for letter in exact[:cut])
            and len(exact) - cut > 2
            and exact[cut:] in nearby
        ):
            return cut
    return 0
