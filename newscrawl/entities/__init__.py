"""Entities: who, where, which organisation. The Tagger protocol, the taggers, canonical names."""

from newscrawl.article import Mention
from newscrawl.entities.tagger import Tagger, TaggerChoice, TaggerUnavailable, configured_tagger, load_tagger

__all__ = ["Mention", "Tagger", "TaggerChoice", "TaggerUnavailable", "configured_tagger", "load_tagger"]
