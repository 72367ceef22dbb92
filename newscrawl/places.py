"""Where data of ours lies that no setting puts elsewhere: in the project, else in the user's data folder."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_data_path

PROJECT_FILE = "scrapy.cfg"
"""What makes a folder a project, as for Scrapy."""
ARCHIVE = "newscrawl.db"


def data_folder() -> Path:
    """The folder of archive and models; it need not exist.

    In a project, be it in a folder far below its root, it is `data` at the root. Elsewhere it is the user's
    data folder (~/.local/share/newscrawl on Linux), so that no command starts an archive wherever it is
    called.
    """
    try:
        here = Path.cwd()
    except FileNotFoundError:  # the folder was deleted under us
        return user_data_path("newscrawl")
    for folder in (here, *here.parents):
        if (folder / PROJECT_FILE).is_file():
            return folder / "data"
    return user_data_path("newscrawl")


def archive_url() -> str:
    """The SQLAlchemy URL of the archive in `data_folder`."""
    return f"sqlite:///{data_folder() / ARCHIVE}"
