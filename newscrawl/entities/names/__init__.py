"""Names, not strings: the canonical name of every mention of an article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from newscrawl.arabic.gazetteer import Entry
from newscrawl.arabic.tokens import tokenise
from newscrawl.article import EntityLabel, Mention
from newscrawl.entities.names.clitics import without_proclitics
from newscrawl.entities.names.demonyms import is_demonym
from newscrawl.entities.names.resolve import resolve
from newscrawl.entities.names.standard import LABEL_OF, LEAST_SKELETON, country_code, key_of, standard
from newscrawl.entities.names.written import exact_words, plain_words, skeleton
from newscrawl.entities.spans import Span

__all__ = ["country_code", "name_mentions"]


@dataclass(slots=True)
class _Named:
    """A span on its way to a name."""

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
    entry = standard(exact, span.label)
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
    for index, full in zip(people, resolve([named[i].exact for i in people]), strict=True):
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
