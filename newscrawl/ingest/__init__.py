"""Ingest: rows of a JSON Lines file → the same gate, dedupe, credit, names and store as crawled pages."""
