"""Fixtures of all tests: real Elasticsearch servers."""

pytest_plugins = ["tests.elasticsearch.plugin"]
