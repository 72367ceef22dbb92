"""Words of the archive near a word that it does not have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import sqlalchemy as sa

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويء"
LEAST_ARTICLES = 2
"""A word of one article may be the same slip again."""


def nearest_words(connection: sa.Connection, words: Iterable[str]) -> dict[str, str]:
    """For each word that no article has: the one in most articles that is one letter away, if any.

    Args:
        connection: to an SQLite store.
        words: normalised words, exact or stems.
    """
    connection.exec_driver_sql(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.article_words USING fts5vocab(main, article_text, row)"
    )
    nearest: dict[str, str] = {}
    for word in dict.fromkeys(words):
        if len(word) < 3 or _most_frequent(connection, [word], least=1):
            continue
        near = _most_frequent(connection, sorted(set(_one_letter_away(word))), least=LEAST_ARTICLES)
        if near:
            nearest[word] = near
    return nearest


def _most_frequent(connection: sa.Connection, words: list[str], *, least: int) -> str | None:
    query = sa.text(
        "SELECT term FROM temp.article_words WHERE term IN :words AND doc >= :least ORDER BY doc DESC LIMIT 1"
    ).bindparams(sa.bindparam("words", expanding=True))
    return connection.execute(query, {"words": words, "least": least}).scalar()


def _one_letter_away(word: str) -> Iterator[str]:
    """One letter dropped, swapped with its neighbour, changed or added."""
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        if after:
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in LETTERS:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]
