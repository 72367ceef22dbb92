"""The version of the rules that turn a page into an article; every article carries that of its text."""

RULES = 2
"""Raised with every change that reads one of the golden pages otherwise: tests/extraction/test_rules.py fails
until it is. `newscrawl reextract` then reads the kept pages of older versions again."""
