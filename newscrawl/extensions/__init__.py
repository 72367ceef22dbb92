"""Scrapy extensions and middlewares: the run's books, progress, robots.txt, the guard, the resolver."""
