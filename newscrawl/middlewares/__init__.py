"""Scrapy's downloader side: what may be asked for, how politely, how large an answer may be, and why not."""
