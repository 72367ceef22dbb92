"""Extraction: page → Article, or a stated rejection. Bytes in, values out."""

from newscrawl.extraction.gate import gate
from newscrawl.extraction.page import extract

__all__ = ["extract", "gate"]
