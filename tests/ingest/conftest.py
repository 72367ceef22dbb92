"""`newscrawl ingest` in this process, on an archive of the test's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from newscrawl.cli.ingest import command
from newscrawl.store import Archive, open_store


class HereWorkers:
    """In the place of `Workers`: jobs are done in this process, at once. A process takes seconds to start."""

    broken = ""
    answered = 0

    def __init__(self, *_: object, **__: object) -> None:
        pass

    def submit(self, _timeout: float, function: Callable[..., Any], *args: Any, **known: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(function(*args, **known))
        except Exception as error:
            future.set_exception(error)
        return future

    def close(self) -> None:
        pass


class Taking:
    """Runs the command and asks the archive what became of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *words: object, given: bytes | None = None) -> Result:
        result = CliRunner().invoke(command, [*map(str, words), "--workers", "1"], input=given)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    def fails(self, *words: object) -> Result:
        """Run it, and let it end by an exception, which the program says in words (`newscrawl.cli.main`)."""
        return CliRunner().invoke(command, [*map(str, words), "--workers", "1"])

    def write(self, name: str, content: bytes | str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def archive(self) -> Archive:
        return open_store(create=False)

    def ends(self, run: int | None = None) -> dict[str, tuple[str, str]]:
        """Outcome and reason by place, of the newest run or of one."""
        archive = self.archive()
        rows = archive.candidates(run or archive.newest_runs(1)[0].id)
        archive.close()
        return {row.url: (row.outcome, row.reason) for row in rows}

    def counts(self) -> dict[str, int]:
        """How many ended how in the newest run, counted ones too."""
        archive = self.archive()
        [run] = archive.newest_runs(1)
        archive.close()
        total: Counter[str] = Counter()
        for tally in run.tallies:
            total.update({outcome.value: number for outcome, number in tally.counts.items()})
        return dict(total)


@pytest.fixture
def take_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Taking:
    monkeypatch.setenv("NEWSCRAWL_STORE_URL", f"sqlite:///{tmp_path / 'a.db'}")
    monkeypatch.setenv("NEWSCRAWL_TAGGER", "off")
    monkeypatch.setattr("newscrawl.steps.session.Workers", HereWorkers)
    return Taking(tmp_path)
