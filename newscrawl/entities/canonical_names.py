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
from newscrawl.entities.tidying import tidied


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
    for span in tidied(text, spans, nearby):
        after_name = end_before >= 0 and not text[end_before : span.start].strip()
        one = _read(text, span, nearby, after_name)
        if one is not None:
            named.append(one)
            end_before = span.end
    named = _of_one_class(_without_demonyms(named))
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


def _of_one_class(named: list[_Named]) -> list[_Named]:
    """One class for each name of the article: what most of its mentions are taken for, the first of equals.

    What the gazetteer knows has its class from there.
    """
    votes: dict[Key, Counter[EntityLabel]] = {}
    for one in named:
        # What is some other name elsewhere (an event, a work) is what it is once taken for.
        votes.setdefault(key_of(one.exact), Counter())[one.label] += 1 if one.label == "MISC" else len(named)
    for one in named:
        if one.entry is None:
            one.label = votes[key_of(one.exact)].most_common(1)[0][0]
    return named


def _article_names(named: list[_Named]) -> list[str]:
    spelled = _spellings(named)
    names = [one.entry.name if one.entry else spelled[_identity(one)] for one in named]
    for label, find in (("PERSON", full_names), ("ORGANIZATION", whole_names)):
        some = [index for index, one in enumerate(named) if one.label == label]
        for index, full in zip(some, find([named[i].exact for i in some]), strict=True):
            names[index] = names[some[full]]
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

    بوتين → فلاديمير بوتين, شي → شي جي بينغ, أحمد فوزي → أحمد فوزي عبد القهار.

    A name is short for a longer one that begins or ends with it, or that has its words in their order and its
    first among them. Of several it is the last before it that ends with it, then one that begins so; where
    none stands before, the first that follows. A short name that begins several longer ones says nothing, and
    stays as it is. A father's name (بن) is not his son's.

    Returns:
        Indices into `names`; a full name, or one that stays alone, has its own.
    """
    keys = [key_of(name) for name in names]
    trimmed = [_without_swallowed(index, keys) for index in range(len(keys))]
    bones = [_bones(keys[index]) for index in trimmed]
    found = [_full(index, key, bones) for index, key in enumerate(bones)]
    for _ in names:  # the full name of a full name: chains are short
        found = [found[full] for full in found]
    return [trimmed[full] for full in found]


def _without_swallowed(index: int, keys: Sequence[Key]) -> int:
    """The name without words of the sentence behind it, where it stands without them too.

    They are in no list of names, or the shorter name stood twice before: who is named in full is so at first.
    """
    long = keys[index]
    if keys.count(long) == 1:
        for size in range(2, len(long)):
            shorter = [i for i, key in enumerate(keys) if key == long[:size]]
            names = any(word in name_words() or word in _SONS for word in long[size:])
            if shorter and (not names or sum(i < index for i in shorter) > 1):
                return shorter[0]
    return index


def _bones(key: Key) -> Key:
    return tuple(_word_bones(word) for word in key)


def _word_bones(word: str) -> str:
    bones = skeleton((word,))
    return bones if len(bones) >= LEAST_SKELETON else word


def _full(index: int, short: Key, keys: list[Key]) -> int:
    longer = [i for i, key in enumerate(keys) if len(key) > len(short)]
    ending = [i for i in longer if _ends_with(keys[i], short)]
    beginning = [i for i in longer if keys[i][0] == short[0] and _in_order(short, keys[i])]
    if len({keys[i] for i in beginning}) > 1 and len(short) == 1:
        beginning = []
    for found in (ending, beginning):
        before = [i for i in found if i < index]
        if found:
            return before[-1] if before else found[0]
    return index


def _ends_with(long: Key, short: Key) -> bool:
    rest = len(long) - len(short)
    return long[rest:] == short and (len(short) == 1 or long[rest - 1] not in _SONS)


_SONS = ("بن", "ابن", "بنت")


def _in_order(short: Key, long: Key) -> bool:
    """Whether a name's words stand in another in their order."""
    rest = iter(long)
    return all(word in rest for word in short)


def whole_names(names: Sequence[Key]) -> list[int]:
    """For each organisation's name of an article, in order, the index of the longest that holds its words.

    أناليتيكا → كامبريدج أناليتيكا. Where several longer names hold it that do not hold each other, it stays.
    """
    keys = [key_of(name) for name in names]
    return [_whole(index, key, keys) for index, key in enumerate(keys)]


def _whole(index: int, short: Key, keys: list[Key]) -> int:
    longer = [i for i, key in enumerate(keys) if len(key) > len(short) and _holds(key, short)]
    longest = max(longer, key=lambda i: (len(keys[i]), -i), default=index)
    return longest if all(_holds(keys[longest], keys[i]) for i in longer) else index


def _holds(long: Key, short: Key) -> bool:
    return any(long[start : start + len(short)] == short for start in range(len(long) - len(short) + 1))


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
