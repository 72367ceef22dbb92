"""Where the model lies: as CAMeL Tools keeps it, and as exported for ONNX Runtime."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from newscrawl.config import load_config

MANIFEST = "manifest.json"


def data_folder() -> Path:
    """CAMeL Tools' own folder: $CAMELTOOLS_DATA, or its default in the user's home."""
    # The rule of camel_tools.data.catalogue, whose import would download something.
    chosen = os.environ.get("CAMELTOOLS_DATA")
    if chosen is not None:
        return Path(chosen).expanduser().absolute()
    return Path.home() / ("AppData/Roaming/camel_tools" if sys.platform == "win32" else ".camel_tools")


def original_folder() -> Path:
    """Where `camel_data -i ner-arabert` puts the recogniser."""
    return data_folder() / "data" / "ner" / "arabert"


def exported_folder() -> Path:
    """Where the exported model lies: `camel` in the configured folder of models."""
    return load_config().models.absolute() / "camel"


def has_original() -> bool:
    """Whether CAMeL Tools' own copy is there."""
    return (original_folder() / "config.json").is_file()


def has_exported() -> bool:
    """Whether an exported model is there."""
    return (exported_folder() / MANIFEST).is_file()


def installed() -> bool:
    """Whether the model is here, exported or not; two looks at the disk, and no import."""
    return has_exported() or has_original()
