"""Scrapy extensions and middlewares: the run's books, its progress line, robots.txt, the guard, the resolver."""
