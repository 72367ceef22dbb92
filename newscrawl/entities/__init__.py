"""Entities: who, where, which organisation. The Tagger protocol, the taggers, canonical names."""

from newscrawl.article import Mention
from newscrawl.entities.protocol import Tagger, TaggerUnavailable
from newscrawl.entities.taggers import TaggerChoice, configured_tagger, load_tagger

__all__ = ["Mention", "Tagger", "TaggerChoice", "TaggerUnavailable", "configured_tagger", "load_tagger"]
