"""What the discovery tests share: the samples, a clock that stands still, and one outlet."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from newscrawl.discovery import Listing, read_listing
from newscrawl.outlets.model import Outlet

SAMPLES = Path(__file__).with_name("samples")
DUBAI = ZoneInfo("Asia/Dubai")
NOW = datetime(2026, 9, 28, 12, tzinfo=UTC)


def read(content: bytes | str, url: str = "https://news.example/listing", **options) -> Listing:
    data = content.encode() if isinstance(content, str) else content
    return read_listing(data, url, **{"zone": DUBAI, "now": NOW, **options})


def sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


@pytest.fixture
def outlet() -> Outlet:
    return make_outlet()


def make_outlet(**changes) -> Outlet:
    values = {
        "id": "marfa",
        "name": "المرفأ",
        "name_en": "Al Marfa",
        "domain": "marfa-news.com",
        "aliases": ("marfa.net",),
        "homepage": "https://www.marfa-news.com/",
        "country": "AE",
        "timezone": "Asia/Dubai",
        "kind": "newspaper",
        "feeds": ("https://www.marfa-news.com/rss",),
        "article_url": r"^https?://(?:www\.)?marfa-news\.com/story/\d+",
    }
    return Outlet(**{**values, **changes})
