"""`python -m tests.newsroom serve`: the newsroom until Ctrl-C."""

from __future__ import annotations

import argparse
import sys
import threading
from contextlib import suppress

from tests.newsroom.demo import demo
from tests.newsroom.newsroom import Newsroom
from tests.newsroom.server import CONTROL_HOST


def main() -> None:
    """Read the arguments and serve."""
    parser = argparse.ArgumentParser(prog="python -m tests.newsroom", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("demo", help="crawl it and search it: what `make run` does")
    serve = commands.add_parser("serve", help="serve until Ctrl-C")
    serve.add_argument("--port", type=int, default=0, help="default: a free one")
    serve.add_argument("--edition", type=int, choices=(1, 2), default=1, help="2 is the second visit")
    serve.add_argument("--slow-seconds", type=float, default=20, help="how long the slow page takes")
    choice = parser.parse_args()
    if choice.command == "demo":
        sys.exit(demo())
    with Newsroom(choice.edition, choice.slow_seconds, choice.port) as room, suppress(KeyboardInterrupt):
        candidates = sum(len(ends) for ends in room.expected().values())
        print(f"Edition {room.edition}: {len(room.sites)} sites, {candidates} candidate URLs.")
        print(f"Proxy:    {room.proxy_url}")
        print(f"Outlets:  {room.outlets_dir}")
        print(f"Crawl:    http_proxy={room.proxy_url} with the outlet files above")
        print(f"Look:     curl -x {room.proxy_url} http://www.almarfa.example/")
        print(f"Log:      curl -x {room.proxy_url} http://{CONTROL_HOST}/log", flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main()
