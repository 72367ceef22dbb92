"""Canonical names of mentions; what is known of names; how names are spelled and compared."""

from newscrawl.entities.names.canonical import name_mentions
from newscrawl.entities.names.lists import country_code

__all__ = ["country_code", "name_mentions"]
