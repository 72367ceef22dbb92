"""Running `scrapy crawl` on the newsroom in a process of its own, as cron would."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.newsroom import Newsroom

ROOT = Path(__file__).resolve().parents[2]
OUTLETS = "sahel,almarfa,albaydar,majma"


def environment(room: Newsroom, store: Path) -> dict[str, str]:
    """The environment of a crawl of this newsroom into this store."""
    return {
        **os.environ,
        "http_proxy": room.proxy_url,
        "no_proxy": "",
        "NEWSCRAWL_OUTLETS_DIR": str(room.outlets_dir),
        "NEWSCRAWL_STORE_URL": f"sqlite:///{store}",
        "NEWSCRAWL_DOWNLOAD_DELAY": "0",
        "NEWSCRAWL_CONCURRENT_REQUESTS_PER_DOMAIN": "8",
        "NEWSCRAWL_DOWNLOAD_TIMEOUT": "8",
        "NEWSCRAWL_RETRIES": "1",
    }


def start(room: Newsroom, store: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start a crawl."""
    scrapy = str(Path(sys.executable).parent / "scrapy")
    workers = "1" if arguments else "2"  # two have work only in a crawl of all outlets
    return subprocess.Popen(
        [scrapy, "crawl", *(arguments or ("news", "-a", f"outlets={OUTLETS}"))],
        cwd=ROOT,
        env=environment(room, store) | {"NEWSCRAWL_WORKERS": workers},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def crawl(room: Newsroom, store: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Crawl to the end."""
    process = start(room, store, *arguments)
    out, err = process.communicate(timeout=180)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)
