"""How a server of either major is started: the bundle lacks bin/elasticsearch, so this does its work."""

from __future__ import annotations

import os
from pathlib import Path

LAUNCH = """
source "$(dirname "$0")/elasticsearch-env"
export JAVA JAVA_TYPE ES_HOME ES_PATH_CONF ES_DISTRIBUTION_TYPE
exec "$JAVA" -Xms4m -Xmx64m -XX:+UseSerialGC -cp "$ES_HOME/lib/tools/server-launcher/*" \
    org.elasticsearch.server.launcher.ServerLauncher
"""


def server_command(home: Path) -> list[str]:
    """The launcher, which starts the node as its child. 9.4 has one of its own; before, it was a CLI tool."""
    if (home / "lib/tools/server-launcher").is_dir():
        return ["bash", "-c", LAUNCH, str(home / "bin/elasticsearch")]
    return tool_command(home)


def tool_command(home: Path, *words: str) -> list[str]:
    """A command-line tool; which one is told by its environment."""
    return ["bash", str(home / "bin/elasticsearch-cli"), *words]


def environment(tool: str, java_home: Path, folder: Path, java_options: str) -> dict[str, str]:
    """Nothing of ours but the PATH: proxies and Java options of the user must not change a test."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "LC_ALL": "C.UTF-8",
        "HOME": str(folder / "tmp"),
        "CLI_NAME": tool,
        "CLI_LIBS": f"lib/tools/{tool}-cli",
        "ES_JAVA_HOME": str(java_home),
        "ES_JAVA_OPTS": java_options,
        "ES_PATH_CONF": str(folder / "config"),
        "ES_TMPDIR": str(folder / "tmp"),
    }
