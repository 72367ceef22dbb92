"""The bundled newsroom: a small world of our own Arabic news sites, served on loopback."""

from tests.newsroom.newsroom import Newsroom

__all__ = ["Newsroom"]
