"""Finding a Java that a release can run on."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.servers.elasticsearch.account import passable
from tests.servers.elasticsearch.releases import Release
from tests.servers.elasticsearch.unavailable import NoJava

INSTALLED = Path("/usr/lib/jvm")


@dataclass(frozen=True, slots=True)
class Java:
    """One Java installation."""

    home: Path
    major: int
    modules: frozenset[str]

    def runs(self, release: Release) -> bool:
        """Whether it is new enough and whole enough."""
        return self.major >= release.least_java and (
            not release.java_module or release.java_module in self.modules
        )


def find_java(release: Release) -> Java:
    """JAVA_HOME if it will do, else the oldest installed Java that will: the one the release was made for.

    Raises:
        NoJava: none will do.
    """
    own = os.environ.get("JAVA_HOME")
    if own and (java := _look(Path(own))) and java.runs(release):
        return java
    found = [java for home in _homes() if (java := _look(home))]
    fitting = [java for java in found if java.runs(release)]
    if fitting:
        return min(fitting, key=lambda java: java.major)
    kind = f"full JDK (with {release.java_module})" if release.java_module else "Java"
    have = ", ".join(str(major) for major in sorted({java.major for java in found})) or "none"
    raise NoJava(
        f"Elasticsearch {release.version} needs a {kind} of version {release.least_java} or newer; "
        f"JAVA_HOME, {INSTALLED} and the PATH have: {have}."
    )


def _homes() -> Iterator[Path]:
    if INSTALLED.is_dir():
        yield from sorted({home.resolve() for home in INSTALLED.iterdir()})
    if program := shutil.which("java"):
        yield Path(program).resolve().parents[1]


def _look(home: Path) -> Java | None:
    """What is in a folder, if it is a Java that the server's account can start."""
    if not os.access(home / "bin/java", os.X_OK) or not passable(home / "bin"):
        return None
    try:
        told = (home / "release").read_text("utf-8")
    except OSError:
        return _ask(home)
    version = re.search(r'^JAVA_VERSION="(\d+)', told, re.MULTILINE)
    modules = re.search(r'^MODULES="([^"]*)"', told, re.MULTILINE)
    if not version or not modules:
        return _ask(home)
    return Java(home, int(version[1]), frozenset(modules[1].split()))


def _ask(home: Path) -> Java | None:
    """Java 8 has no modules and is too old in any case."""
    command = [str(home / "bin/java"), "--list-modules"]
    told = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    version = re.search(r"^java\.base@(\d+)", told.stdout, re.MULTILINE)
    if told.returncode or not version:
        return None
    return Java(home, int(version[1]), frozenset(line.split("@")[0] for line in told.stdout.splitlines()))
