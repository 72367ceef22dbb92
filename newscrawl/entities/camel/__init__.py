"""CAMeL Tools' recogniser `ner-arabert`, many times quicker, one tag for every token.

Importing this loads no model, no torch and no onnxruntime, and asks nothing of the network.
"""

from newscrawl.entities.camel.model_files import ModelError, installed
from newscrawl.entities.camel.tagger import CamelTagger

__all__ = ["CamelTagger", "ModelError", "installed"]
