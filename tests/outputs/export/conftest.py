"""A small archive per test, and exporting it without the command line."""

from datetime import date

import pytest

from newscrawl.filters import Filters
from newscrawl.outputs.export.folder import carry_out, locked, make_plan
from newscrawl.outputs.export.manifest import NAME, read_manifest

from .world import filled


@pytest.fixture
def archive(tmp_path):
    archive = filled(tmp_path / "news.db")
    yield archive
    archive.close()


class Folder:
    """A folder of exports, and what one asks of it in a test."""

    def __init__(self, archive, path):
        self.archive, self.path = archive, path

    def export(self, form="parquet", *, full=False, advance=lambda count: None, **chosen):
        """Export; gives the days written, as numbers of the month."""
        with locked(self.path), self.archive.snapshot() as snapshot:
            plan = make_plan(self.path, form, snapshot, Filters(**chosen), full=full)
            carry_out(plan, snapshot, advance)
        return [day.day for day in plan.write]

    def files(self):
        """Path within the folder → inode and bytes, of every file a reader would see."""
        return {
            str(path.relative_to(self.path)): (path.stat().st_ino, path.read_bytes())
            for path in sorted(self.path.rglob("*"))
            if path.is_file() and not path.name.startswith("_")
        }

    @property
    def manifest(self):
        return read_manifest(self.path)

    def damage_manifest(self):
        (self.path / NAME).write_text("{", encoding="utf-8")

    @property
    def counts(self):
        """Day of the month → articles, by the manifest."""
        return {day.day: count for day, count in self.manifest.days.items()}


@pytest.fixture
def folder(archive, tmp_path):
    return Folder(archive, tmp_path / "news")


def day_file(day, name="articles.parquet"):
    return f"day={date(2026, 11, day).isoformat()}/{name}"
