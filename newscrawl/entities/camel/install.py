"""`newscrawl models install camel`: have the model, export it, and see that it still tags alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.resources import files
from itertools import islice
from pathlib import Path

from newscrawl.entities.camel.download import download
from newscrawl.entities.camel.errors import ModelError
from newscrawl.entities.camel.export import Say, export
from newscrawl.entities.camel.folders import exported_folder, has_original, original_folder
from newscrawl.entities.camel.manifest import Manifest
from newscrawl.entities.camel.tokens import sentences

COMPARED = 600
"""Sentences that tags are compared on: some 17,000 tokens, two minutes on two cores."""
FEWEST = 100
"""With fewer sentences than these the bundled ones are added: too few say too little."""


def install(source: Path | None, texts: Iterable[str], say: Say) -> Manifest:
    """Install the model.

    Args:
        source: a folder with the model in CAMeL Tools' own form; None: CAMeL Tools' own copy, which is
            downloaded if it is not there.
        texts: real articles to compare tags on, as many as are needed; the bundled text if too few.
        say: called with a line on each step.

    Raises:
        ModelError: the model cannot be had or exported.
        OSError: a folder cannot be written.
    """
    if source is not None and not (source / "config.json").is_file():
        raise ModelError(f"{source} holds no model: name the folder that has config.json and vocab.txt in it")
    if source is None:
        source = original_folder()
        if not has_original():
            say("downloading CAMeL Tools' recogniser (542 MB)")
            source = download()
    return export(source, exported_folder(), _compared(texts), say)


def _compared(texts: Iterable[str]) -> Sequence[Sequence[str]]:
    found = list(islice(_tokens(texts), COMPARED))
    return found if len(found) >= FEWEST else [*found, *_tokens([bundled_text()])]


def _tokens(texts: Iterable[str]) -> Iterable[list[str]]:
    for text in texts:
        for sentence in sentences(text):
            yield [token.text for token in sentence]


def bundled_text() -> str:
    """Our own newsroom's articles, one paragraph a line: about 300 sentences."""
    return (files("newscrawl.entities.camel") / "data" / "newsroom.txt").read_text(encoding="utf-8")
