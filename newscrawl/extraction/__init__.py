"""Extraction: page → Article, or a stated rejection. Bytes in, values out."""

from newscrawl.extraction.gate import gate
from newscrawl.extraction.page import extract, read_article

__all__ = ["extract", "gate", "read_article"]
