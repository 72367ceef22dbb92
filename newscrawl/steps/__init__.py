"""The one flow from page to archive: read, tag, store. Without Scrapy: crawl, ingest and retag share it."""
