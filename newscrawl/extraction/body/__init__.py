"""The body: a page's tree → the article's paragraphs, and nothing that is not the article's."""

from newscrawl.extraction.body.read import Text, read_body

__all__ = ["Text", "read_body"]
