"""Spiders, made from outlets: `scrapy list`, `scrapy crawl aljazeera`, `… news`, `… site`."""
