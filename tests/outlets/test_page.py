"""docs/outlets.md: its file loads, and it leaves no key out."""

import re
from pathlib import Path

import pytest

from newscrawl.outlets import load_outlets
from newscrawl.outlets.layout import Layout
from newscrawl.outlets.model import CanonicalRules, DateRules, Outlet

PAGE = Path(__file__).resolve().parents[2] / "docs" / "outlets.md"
TEXT = PAGE.read_text(encoding="utf-8")


@pytest.fixture
def qarya(tmp_path):
    blocks = re.findall(r"^```toml\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)
    (tmp_path / "qarya.toml").write_text("\n".join(blocks), encoding="utf-8")
    return load_outlets(tmp_path, only=["qarya"])["qarya"]


def test_the_file_of_the_page_loads(qarya):
    assert qarya.canonical.hosts == {"m.qarya.example": "qarya.example"}
    assert [layout.name for layout in qarya.layouts] == ["since the relaunch", "before"]
    assert qarya.layouts[0].valid_from > qarya.layouts[1].valid_until


@pytest.mark.parametrize(
    "model", [Outlet, CanonicalRules, DateRules, Layout], ids=lambda model: model.__name__
)
def test_every_key_is_in_the_page(model):
    headings = {
        key for row in re.findall(r"^\|(.*?)\|", TEXT, re.MULTILINE) for key in re.findall(r"`(\w+)`", row)
    }
    assert set(model.model_fields) - headings <= {"canonical", "dates", "layouts"}


def test_the_message_of_the_page_is_the_programs(tmp_path):
    message = re.search(r"^    qarya\.toml: layouts\.0\.body: (.*)$", TEXT, re.MULTILINE).group(1)
    with pytest.raises(ValueError, match=re.escape(message)):
        Layout(body="div.story")
