"""`make run`: crawl the newsroom as cron would, then search what came in and show whom it names."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from newscrawl.store import open_store
from tests.newsroom.newsroom import Newsroom

QUERY = "الوزير"
FIRST_DAY = "2026-10-01"
"""Before every article of the newsroom."""


def demo() -> int:
    """Crawl the first edition into an empty archive, the second into any other; search; show the names.

    Returns:
        The crawl's exit code.
    """
    archive = open_store()
    before = archive.count()
    archive.close()
    edition = 2 if before else 1
    programs = Path(sys.executable).parent
    with Newsroom(edition=edition, slow_seconds=20) as room:
        print(f"The bundled newsroom, edition {edition}: four sites served on this machine.\n", flush=True)
        environment = {
            **os.environ,
            "http_proxy": room.proxy_url,
            "no_proxy": "",
            "NEWSCRAWL_OUTLETS_DIR": str(room.outlets_dir),
            "NEWSCRAWL_DOWNLOAD_DELAY": "0",
            "NEWSCRAWL_CONCURRENT_REQUESTS_PER_DOMAIN": "8",
            "NEWSCRAWL_DOWNLOAD_TIMEOUT": "8",
        }
        crawl = [str(programs / "scrapy"), "crawl", "news", "-a", "outlets=sahel,almarfa,albaydar,majma"]
        code = subprocess.run(crawl, env=environment, check=False).returncode
    print(f"\n$ newscrawl search {QUERY}", flush=True)
    subprocess.run([str(programs / "newscrawl"), "search", QUERY, "--limit", "3"], check=False)
    print(f"\n$ newscrawl entities --since {FIRST_DAY} --top 5", flush=True)
    names = [str(programs / "newscrawl"), "entities", "--since", FIRST_DAY, "--top", "5"]
    subprocess.run(names, check=False)
    print(
        "\nNext:\n"
        '  .venv/bin/newscrawl search "كلمة أخرى"          search this archive\n'
        '  .venv/bin/newscrawl entity "اسم"                when, where and with whom a name is mentioned\n'
        f"  .venv/bin/newscrawl clusters --since {FIRST_DAY} which articles copy which\n"
        "  make run                                        again: only what changed is stored\n"
        "  .venv/bin/newscrawl runs                        where every URL ended\n"
        "  make run OUTLETS=aljazeera,bbcarabic            live outlets, into the same archive\n"
        "  .venv/bin/scrapy list                           every outlet there is"
    )
    return code
