"""Other words for what a query says, where its own words find little: synonyms, dialect, another number.

They stand for the word typed, and count for less (`WEIGHT`). Only words that the archive has are added. A
phrase of the table that stands in the query (رئيس الحكومة) may be replaced as a whole; then the other one
stands for each of its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import takewhile

from newscrawl.arabic.normalise import normalise
from newscrawl.arabic.related import Related, Stems, other_numbers, stems
from newscrawl.arabic.tokens import tokenise
from newscrawl.search.query import Query, Term
from newscrawl.search.respelling import MAX_OTHERS, Vocabulary

ENOUGH = 10
"""Articles with all words as typed: a page. Where there are so many, no other words are looked for: where ten
articles have every word, the best of them are as good as any (nDCG@10 .93 on 36 needs judged by hand)."""
WEIGHT = 0.75
"""What a word counts that stands for the one typed."""


@dataclass(frozen=True, slots=True)
class _Other:
    """What may stand for the words of some groups."""

    groups: range
    forms: tuple[Stems, ...]
    """A word in its numbers, or a phrase."""
    typed: tuple[str, ...] = ()
    """The exact forms of the first one; its stems where it is not in the table."""
    written: str = ""
    """The first one as people write it; else the word typed, whose forms these are."""

    def term(self, known: Mapping[str, int]) -> Term | None:
        """A term for those forms that the archive has; None if it has none."""
        found = [form for form in self.forms if all(word in known for word in form)]
        if not found:
            return None
        if found[0] != self.forms[0]:
            found.sort(key=lambda form: -known[form[0]])
        first, *others = found[: MAX_OTHERS + 1]
        typed = self.typed if self.typed and first == self.forms[0] else first
        text = self.written if self.typed else "، ".join(_like(self.written, *form) for form in found)
        return Term(first, typed=typed, text=text, also=tuple(others), weight=WEIGHT / len(self.groups))


def reworded(query: Query, vocabulary: Vocabulary, related: Related) -> Query:
    """The query with other words beside its own."""
    others = _others(query, related)
    if not others:
        return query
    known = vocabulary.known(words_beside(query, related))
    added: list[dict[Term, None]] = [{} for _ in query.groups]
    for other in others:
        term = other.term(known)
        if term:
            for place in other.groups:
                added[place][term] = None
    groups = tuple((*group, *added[place]) for place, group in enumerate(query.groups))
    return replace(query, groups=groups)


def words_beside(query: Query, related: Related) -> set[str]:
    """The words of which `reworded` must know whether the archive has them."""
    return {word for other in _others(query, related) for form in other.forms for word in form}


def _others(query: Query, related: Related) -> list[_Other]:
    return [*_other_numbers(query), *_related(query, related)]


def _other_numbers(query: Query) -> Iterator[_Other]:
    for place, group in enumerate(query.groups):
        forms = other_numbers(group[0].words[0]) if _is_single(group) else ()
        if forms:
            run = range(place, place + 1)
            yield _Other(run, tuple((form,) for form in sorted(forms)), written=group[0].text)


def _like(written: str, form: str) -> str:
    """A form of a word with the letters that the word is written with: رئيسين, not رءيسين.

    >>> _like("الرئيس", "رءيسين"), _like("شركة", "شركات"), _like("مهندس", "مهندسه")
    ('رئيسين', 'شركات', 'مهندسة')
    """
    start = next((at for at in range(len(written)) if normalise(written[at:])[:2] == form[:2]), len(written))
    pairs = zip(normalise(written[start:]), form, strict=False)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return written[start : start + same] + form[same:].replace("ه", "ة")


def _related(query: Query, related: Related) -> Iterator[_Other]:
    """The words of the table that stand in the query, and what may stand for them."""
    longest = max(map(len, related), default=0)
    for first in range(len(query.groups)):
        words: Stems = ()
        for last in range(first, min(first + longest, len(query.groups))):
            if not _is_single(query.groups[last]):
                break
            words = (*words, *stems(query.groups[last][0].typed[0]))
            for phrase in related.get(words, ()):
                yield _related_to(range(first, last + 1), phrase)


def _related_to(groups: range, phrase: str) -> _Other:
    words = stems(phrase)
    numbers = sorted(other_numbers(words[0])) if len(words) == 1 else ()
    typed = tuple(token.exact for token in tokenise(phrase))
    return _Other(groups, (words, *((form,) for form in numbers)), typed, phrase)


def _is_single(group: tuple[Term, ...]) -> bool:
    """One word, as it stands in a text; no quotation, no alternatives."""
    if len(group) != 1:
        return False
    term = group[0]
    return len(term.words) == 1 and not (term.exact or term.prefix or term.title_only)
