"""What a person types → a query: words, "phrases", OR, -without, title:word, word*."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newscrawl.arabic.tokens import tokenise

MAX_LENGTH = 1000
_PART = re.compile(
    r"""(?P<minus>(?<!\S)-(?=\S))|(?P<field>(?:title|عنوان|العنوان):)|(?P<phrase>"[^"]*"|«[^»]*»|“[^”]*”)"""
    r"""|(?P<quote>["«»“”])|(?P<or>(?<!\S)(?:OR|أو|\|)(?!\S))|(?P<word>[^\s"«»“”]+)"""
)


class QueryError(ValueError):
    """A query that cannot be read; the message says what is wrong with it and how to write it."""


@dataclass(frozen=True, slots=True)
class Term:
    """One condition: words that stand together (exact forms in quotes, else one word's stem)."""

    words: tuple[str, ...]
    exact: bool = False
    title_only: bool = False
    prefix: bool = False
    without: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """Groups that must all match; in a group, one of its terms must."""

    groups: tuple[tuple[Term, ...], ...]
    without: tuple[Term, ...] = ()

    @property
    def stems(self) -> frozenset[str]:
        """Stems to highlight."""
        return frozenset(w for g in self.groups for t in g if not t.exact and not t.prefix for w in t.words)

    @property
    def exact(self) -> frozenset[str]:
        """Exact forms to highlight."""
        return frozenset(w for g in self.groups for t in g if t.exact for w in t.words)

    @property
    def prefixes(self) -> tuple[str, ...]:
        """Beginnings of words to highlight."""
        return tuple(t.words[0] for g in self.groups for t in g if t.prefix)


def parse_query(text: str) -> Query:  # noqa: C901, PLR0912  (one branch per sign of the language)
    """Read a query.

    Raises:
        QueryError: empty, too long, an unclosed quotation mark, nothing but exclusions, or a bare OR.
    """
    if len(text) > MAX_LENGTH:
        raise QueryError(f"the query has {len(text)} characters, at most {MAX_LENGTH} are read")
    groups: list[list[Term]] = []
    excluded: list[Term] = []
    minus = title = join = False
    for part in _PART.finditer(text):
        kind = part.lastgroup
        if kind == "quote":
            raise QueryError(
                f"the quotation mark {part[0]} at place {part.start() + 1} has no partner; add or drop it"
            )
        if kind == "minus":
            minus = True
        elif kind == "field":
            title = True
        elif kind == "or":
            if not groups or join or minus:
                raise QueryError(f"{part[0]} needs a word on both sides")
            join = True
        else:
            terms = _terms(part[0], phrase=kind == "phrase", title_only=title, without=minus)
            if minus:
                excluded += terms
            elif join and terms:
                groups[-1] += terms[:1]
                groups += [[term] for term in terms[1:]]
            else:
                groups += [[term] for term in terms]
            minus = title = join = False
    if join or minus or title:
        raise QueryError("the query ends where a word is missing")
    if not groups:
        if excluded:
            raise QueryError("a query needs a word to look for, not only words to leave out")
        raise QueryError("there is no word to look for in this query")
    return Query(tuple(tuple(group) for group in groups), tuple(excluded))


def _terms(text: str, *, phrase: bool, title_only: bool, without: bool) -> list[Term]:
    if phrase:
        words = tuple(token.exact for token in tokenise(text))
        return [Term(words, exact=True, title_only=title_only, without=without)] if words else []
    tokens = list(tokenise(text))
    prefix = text.endswith("*") and len(tokens) == 1
    return [
        Term(
            (token.exact if prefix else token.stem,),
            title_only=title_only,
            prefix=prefix,
            without=without,
        )
        for token in tokens
    ]


def to_match(query: Query) -> str:
    """The query as an FTS5 MATCH expression. Every word is quoted: nothing typed is ever syntax."""
    wanted = " AND ".join("(" + " OR ".join(_match(term) for term in group) + ")" for group in query.groups)
    if not query.without:
        return wanted
    return f"({wanted}) NOT ({' OR '.join(_match(term) for term in query.without)})"


def _match(term: Term) -> str:
    suffix = "_exact" if term.exact or term.prefix else ""
    columns = ("title",) if term.title_only else ("title", "summary", "body")
    quoted = '"' + " ".join(word.replace('"', '""') for word in term.words) + '"'
    return "{" + " ".join(name + suffix for name in columns) + "} : " + quoted + (" *" if term.prefix else "")
