"""Scrapy commands of ours, which take the place of Scrapy's of the same name."""
