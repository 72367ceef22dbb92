"""What is not an article, and the signs by which that is told."""

from newscrawl.extraction.kinds.rules import not_an_article

__all__ = ["not_an_article"]
