"""The documentation names what is there: paths, links, and the floors of the architecture."""

import re
from pathlib import Path

import pytest

from tests.test_layers import FLOORS

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


def test_the_floors_are_those_that_the_layer_test_holds():
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = page.partition("| floor | packages |")[2].partition("\n\n")[0]
    rows = [set(re.findall(r"`(\w+)/?`", row)) for row in table.splitlines()]
    assert [row for row in rows if row] == list(FLOORS)
