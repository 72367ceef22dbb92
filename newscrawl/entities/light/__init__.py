"""The light tagger: shipped with the package, quick, without torch. Made by training/ (`make model`)."""

from newscrawl.entities.light.tagger import LightTagger

__all__ = ["LightTagger"]
