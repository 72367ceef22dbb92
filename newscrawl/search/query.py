"""What a person types → a query, and a query → an FTS5 expression.

The language:

    وزير الخارجية        these words, with or without proclitics, in any spelling
    "وزير الخارجية"      exactly these words side by side; «…» and “…” do the same
    مصر OR السودان       one or the other; أو, او and | do the same
    مصر -كرة             without a word; NOT كرة does the same
    title:مصر            in the title; عنوان: does the same
    اقتصاد*              any ending

How many of the words an article must have is for `newscrawl.search.matching` to say; everything else always
holds. A word with a hyphen or underscore (عاصي_الحلاني) is looked for in one piece.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice, product

from newscrawl.arabic.stem import PROCLITICS
from newscrawl.arabic.tokens import common_spelling, spellings, tokenise

MAX_LENGTH = 1000
MAX_TERMS = 64
"""More words or phrases than anyone types; SQLite's own limits lie above."""
SHORTEST_PREFIX = 2
"""Letters before a *: with one, or with the article alone, half the vocabulary would match."""
MAX_SPELLINGS = 8
"""Spellings tried of one term."""

_CURLY_QUOTES = str.maketrans(dict.fromkeys("“”„‟", '"'))
_PART = re.compile(
    r"""
      (?P<or>(?<!\S)(?:OR|أو|او)(?!\S)|\|)
    | (?P<not>(?<!\S)NOT(?!\S))
    | (?P<and>(?<!\S)AND(?!\S))
    | (?P<minus>(?<![^\s|])-(?=[^\s-]))?
      (?P<title>(?:title|عنوان|العنوان):\s*)?
      (?: "(?P<quoted>[^"]*)" | «(?P<guillemets>[^«»]*)» | (?P<stray>["«»]) | (?P<word>[^\s|"«»]+) )
    """,
    re.VERBOSE,
)


class QueryError(ValueError):
    """A query that cannot be read; the message says what is wrong with it and how to write it."""


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand side by side; one word alone in most cases."""

    words: tuple[str, ...]
    """Exact forms where `exact` or `prefix`, else stems."""
    exact: bool = False
    prefix: bool = False
    """The last word is only a beginning."""
    title_only: bool = False
    typed: tuple[str, ...] = field(default=(), compare=False)
    """The exact forms of the words, for an index that finds stems and spellings itself."""
    text: str = field(default="", compare=False)
    """The term as typed, with its quotation marks, for people."""
    also: tuple[tuple[str, ...], ...] = ()
    """Other ways to write the word, as stems that stand side by side (`newscrawl.search.respelling`)."""
    names: tuple[str, ...] = ()
    """Instead of words: normalised names, of which an article mentions one (`newscrawl.search.naming`)."""
    weight: float = 1.0
    """What it counts; less than one where it stands for what was typed (`newscrawl.search.rewording`)."""


@dataclass(frozen=True, slots=True)
class Query:
    """Groups to look for: an article has a group if it has one of its terms. It has nothing of `without`.

    How many of the groups it must have, `newscrawl.search.matching` decides.
    """

    groups: tuple[tuple[Term, ...], ...]
    without: tuple[Term, ...] = ()

    @property
    def terms(self) -> tuple[Term, ...]:
        """Every term looked for."""
        return tuple(term for group in self.groups for term in group)


def parse_query(text: str) -> Query:
    """Read a query.

    Raises:
        QueryError: empty or too long, an unclosed quotation mark, only exclusions, an operator without
            its words.
    """
    if len(text) > MAX_LENGTH:
        raise QueryError(f"the query has {len(text):,} characters; at most {MAX_LENGTH:,} are read")
    reader = _Reader()
    for part in _PART.finditer(text.translate(_CURLY_QUOTES)):
        reader.read(part)
    return reader.finish()


class _Reader:
    """Collects the parts of a query from left to right."""

    def __init__(self) -> None:
        self.groups: list[list[Term]] = []
        self.without: list[Term] = []
        self.operator = ""
        """An OR or NOT that waits for its word, as typed."""
        self.joinable = False
        """Whether an OR may follow: the part just read is looked for."""

    def read(self, part: re.Match[str]) -> None:
        place = f"at character {part.start() + 1}"
        if part["stray"]:
            raise QueryError(f"the quotation mark {place} has no partner: close it or leave it out")
        if part["or"] or part["not"]:
            if self.operator or (part["or"] and not self.joinable):
                raise QueryError(f"{part[0]} {place} needs a word on both sides, as in: مصر OR السودان")
            self.operator = part["or"] or part["not"]
        elif part["and"]:
            if self.operator or not self.joinable:
                raise QueryError(f"AND {place} needs a word on both sides; words side by side mean the same")
        else:
            self._add(part, place)

    def _add(self, part: re.Match[str], place: str) -> None:
        term = _term(part, place)
        if term is None:
            return
        excluded = bool(part["minus"]) or self.operator == "NOT"
        if excluded and self.operator not in ("", "NOT"):
            raise QueryError(f"{self.operator} cannot join a word that is left out ({place})")
        if excluded:
            self.without.append(term)
        elif self.operator:
            self.groups[-1].append(term)
        else:
            self.groups.append([term])
        self.operator = ""
        self.joinable = not excluded

    def finish(self) -> Query:
        if self.operator:
            raise QueryError(f"a word is missing after {self.operator}")
        if not self.groups and self.without:
            raise QueryError("a query needs a word to look for, not only words to leave out")
        if not self.groups:
            raise QueryError("there is no word to look for in this query")
        query = Query(tuple(map(tuple, self.groups)), tuple(self.without))
        if len(query.terms) + len(query.without) > MAX_TERMS:
            raise QueryError(f"the query has more than {MAX_TERMS} words")
        return query


def _term(part: re.Match[str], place: str) -> Term | None:
    """One term, or None where nothing in it can be looked for (only punctuation)."""
    word, title_only = part["word"], bool(part["title"])
    text = part[0].removeprefix("-")
    if word is None:
        words = tuple(token.exact for token in tokenise(part["quoted"] or part["guillemets"] or ""))
        return Term(words, exact=True, title_only=title_only, typed=words, text=text) if words else None
    if re.fullmatch("(?:title|عنوان|العنوان):", word):
        raise QueryError(f"{word} {place} needs a word after it")
    tokens = list(tokenise(word))
    if not tokens:
        return None
    typed = tuple(token.exact for token in tokens)
    if not word.endswith("*"):
        return Term(tuple(token.stem for token in tokens), title_only=title_only, typed=typed, text=text)
    if len(tokens[-1].exact) < SHORTEST_PREFIX or tokens[-1].exact in PROCLITICS:
        raise QueryError(f"{word} {place} needs at least {SHORTEST_PREFIX} letters of a word before the *")
    return Term(typed, prefix=True, title_only=title_only, typed=typed, text=text)


def term_spellings(term: Term) -> list[tuple[str, ...]]:
    """The ways a term may be spelled; exact ones and beginnings of words in one way only.

    The common spelling comes first: the index files them all under it (`index_terms`). The others are there
    to be highlighted, and for articles that were indexed before it did.
    """
    if term.names:
        return []
    if term.exact or term.prefix:
        return [term.words]
    common = tuple(map(common_spelling, term.words))
    listed = islice(product(*map(spellings, term.words)), MAX_SPELLINGS)
    return list(dict.fromkeys([common, *listed, *term.also]))


def to_match(query: Query) -> str:
    """The query as an FTS5 MATCH expression, names aside. Words are quoted: nothing typed is ever syntax."""
    groups = [[_match(term) for term in group if not term.names] for group in query.groups]
    wanted = " AND ".join(f"({' OR '.join(group)})" for group in groups)
    if not query.without:
        return wanted
    return f"({wanted}) NOT ({' OR '.join(map(_match, query.without))})"


def _match(term: Term) -> str:
    columns = ["title", "summary", "body"]
    if not term.title_only:
        return _in_columns(term, columns)
    # The title must contain it; the whole article decides how it ranks.
    return f"({_in_columns(term, ['title'])} AND {_in_columns(term, columns)})"


def _in_columns(term: Term, columns: list[str]) -> str:
    exact_columns = [f"{column}_exact" for column in columns]
    if term.exact:
        columns = exact_columns
    elif term.prefix:
        # وزار* means الوزارة too, whose stem begins so, and الوزار* its exact form.
        columns = columns + exact_columns
    words = [_quoted(words, term) for words in term_spellings(term)]
    return "({" + " ".join(columns) + "} : (" + " OR ".join(words) + "))"


def _quoted(words: tuple[str, ...], term: Term) -> str:
    return '"' + " ".join(words).replace('"', '""') + '"' + (" *" if term.prefix else "")
