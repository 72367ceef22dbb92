"""The unprivileged account that the server runs under when we are root, whom Elasticsearch refuses."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
from pathlib import Path

from tests.servers.elasticsearch.unavailable import Unavailable

NAME = "newscrawl-test"


def passable(path: Path) -> bool:
    """Whether the account that the server will run under can enter this folder."""
    if os.geteuid() != 0:
        return True
    whole = path.resolve()
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in (whole, *whole.parents))


def prefix() -> list[str]:
    """What to put before a command: it drops root, and has the kernel end the command with us.

    The kernel watches the thread that starts the command, so start servers from one that lasts.

    Raises:
        Unavailable: we are root and cannot become anybody else.
    """
    setpriv = shutil.which("setpriv")
    if os.geteuid() != 0:
        return [setpriv, "--pdeathsig", "KILL"] if setpriv else []
    if setpriv is None:
        raise Unavailable("Elasticsearch refuses to run as root, and setpriv (util-linux) is not installed.")
    user = _user()
    return [
        setpriv,
        f"--reuid={user.pw_uid}",
        f"--regid={user.pw_gid}",
        "--clear-groups",
        "--pdeathsig",
        "KILL",
    ]


def give(folder: Path) -> None:
    """Make the folder and all in it the account's own."""
    if os.geteuid() != 0:
        return
    user = _user()
    for path in (folder, *folder.rglob("*")):
        os.chown(path, user.pw_uid, user.pw_gid)


def _user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        pass
    useradd = shutil.which("useradd")
    if useradd is None:
        raise Unavailable(f"Elasticsearch refuses to run as root: make a system user named {NAME}.")
    command = [useradd, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        return pwd.getpwnam(NAME)  # also when another process made it meanwhile
    except KeyError:
        raise Unavailable(f"useradd could not make the system user {NAME}: {made.stderr.strip()}") from None
