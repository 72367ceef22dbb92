"""`python -m tests.servers.elasticsearch`: a real Elasticsearch until Ctrl-C."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from contextlib import suppress

from tests.servers.elasticsearch.java import find_java
from tests.servers.elasticsearch.provision import provision
from tests.servers.elasticsearch.releases import RELEASES, Release
from tests.servers.elasticsearch.server import ElasticServer, StartFailed
from tests.servers.elasticsearch.unavailable import Unavailable


def main() -> None:
    """Read the arguments; fetch or serve."""
    parser = argparse.ArgumentParser(prog="python -m tests.servers.elasticsearch", description=__doc__)
    parser.add_argument("--version", default="8.19", help="8 or 9, or more of it (default: %(default)s)")
    parser.add_argument("--port", type=int, default=0, help="default: a free one")
    parser.add_argument("--provision", action="store_true", help="only fetch what is not here yet")
    choice = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with suppress(KeyboardInterrupt):
            sys.exit(_fetch_all() if choice.provision else _serve(choice.version, choice.port))
    except (Unavailable, StartFailed, ValueError) as error:
        sys.exit(str(error))


def _serve(version: str, port: int) -> int:
    with ElasticServer(version, port=port) as server:
        print(f"Elasticsearch {server.version}: {server.url}")
        print(f"Log:  {server.folder}/logs/console.log")
        print("Stop: Ctrl-C; its data go with it.", flush=True)
        threading.Event().wait()
    return 0


def _fetch_all() -> int:
    """0 if at least one release is ready."""
    states = [_fetch(release) for release in RELEASES]
    for release, (ready, why) in zip(RELEASES, states, strict=True):
        print(f"{release.version:8} {'ready' if ready else 'missing':8} {why}")
    return 0 if any(ready for ready, _ in states) else 1


def _fetch(release: Release) -> tuple[bool, str]:
    """Java first: a server that nothing here can run is not worth its gigabyte."""
    try:
        java = find_java(release)
        return True, f"{provision(release)}, Java {java.major} in {java.home}"
    except Unavailable as error:
        return False, error.reason


if __name__ == "__main__":
    main()
