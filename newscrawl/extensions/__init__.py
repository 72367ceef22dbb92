"""Scrapy extensions: the run with its tallies and its progress line, and the delivery to Elasticsearch."""
