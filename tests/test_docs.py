"""Every path that a page of the documentation names is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [*ROOT.glob("*.md"), *sorted((ROOT / "docs").glob("*.md"))]
_PATH = re.compile(r"`((?:newscrawl|tests|bench|scripts|training|docker|docs)/[\w./-]+)`")
_LINK = re.compile(r"\]\(([\w./-]+?)(?:#[\w-]+)?\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_named_paths_are_there(page):
    text = page.read_text(encoding="utf-8")
    named = {ROOT / name for name in _PATH.findall(text)}
    linked = {page.parent / name for name in _LINK.findall(text)}
    assert sorted(str(path) for path in named | linked if not path.exists()) == []
