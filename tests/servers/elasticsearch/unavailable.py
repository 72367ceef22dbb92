"""The one way to say that no Elasticsearch can be had on this machine."""

from __future__ import annotations


class Unavailable(Exception):  # noqa: N818 - a state of the machine, not an error of ours
    """Why there is no server here, in one sentence that says what to do about it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NoJava(Unavailable):
    """No Java here is new enough, or whole enough, for the release."""
