"""An Article as the document that Elasticsearch gets."""

from __future__ import annotations

from typing import Any

from newscrawl.article import Article


def document(article: Article) -> dict[str, Any]:
    """The article's JSON without what is empty, and with `lag_seconds`.

    An empty string would be a term of its own in every table of agencies or sections.
    """
    values = article.to_json()
    values["lag_seconds"] = article.lag_seconds
    values["entities"] = {kind: names for kind, names in article.entities.items() if names}
    return {key: value for key, value in values.items() if value not in ("", None, [], {})}
