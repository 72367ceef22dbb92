"""Extraction: page → Article, or a stated rejection. Bytes in, values out."""

from newscrawl.extraction.gate import gate
from newscrawl.extraction.page import extract, read_article
from newscrawl.extraction.rules import RULES

__all__ = ["RULES", "extract", "gate", "read_article"]
