"""Dedupe: canonical URLs and content hashes. Pure functions."""
