"""The row of the embedded search index that stands for one article."""

from __future__ import annotations

from newscrawl.arabic.tokens import index_terms


def text_row(title: str, summary: str, body: str) -> dict[str, str]:
    """Values for the columns of `article_text`: stems, and exact forms for quoted phrases."""
    row = {}
    for column, text in (("title", title), ("summary", summary), ("body", body)):
        row[column], row[f"{column}_exact"] = index_terms(text)
    return row
