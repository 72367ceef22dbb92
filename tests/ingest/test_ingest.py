"""`newscrawl ingest`: every row in exactly one outcome, bad ones with their line."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from newscrawl.article import article_id
from newscrawl.cli.ingest import command
from newscrawl.entities.taggers import tagged_text
from newscrawl.ingest.lines import Line
from newscrawl.ingest.rows import read_rows
from newscrawl.steps import guard
from newscrawl.steps.session import Session
from newscrawl.store import Archive, open_store
from newscrawl.store import IngestRow as Row
from tests.entities.fake import BREAKS, cannot_be_loaded, use

BODY = (
    "أعلنت الهيئة في بيان أن المشروع سيبدأ العمل فيه خلال الشهر المقبل، وقال رئيسها إن التمويل متوفر من " * 3
)


@pytest.fixture
def tagged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[Result, Archive]]:
    """Ingest bodies, in this process, with the fake tagger."""
    monkeypatch.setenv("NEWSCRAWL_STORE_URL", f"sqlite:///{tmp_path / 'a.db'}")
    use(monkeypatch)

    def ingest(*bodies: str) -> tuple[Result, Archive]:
        file = tmp_path / "rows.jsonl"
        rows = [
            {"url": f"https://x.example/{n}", "title": "عنوان", "text": f"{BODY} {body} {n}"}
            for n, body in enumerate(bodies)
        ]
        file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
        result = CliRunner().invoke(command, [str(file), "--workers", "1"])
        return result, open_store(create=False)

    return ingest


def test_rows_come_with_their_names(tagged: Callable[..., tuple[Result, Archive]]) -> None:
    result, archive = tagged("صلاح في مصر", "غنت فيروز")
    assert result.exit_code == 0, result.output
    assert "without names" not in result.stdout
    first, second = archive.numbered([1, 2])
    assert (first.entities["person"], first.entities["location"]) == (["صلاح"], ["مصر"])
    assert (second.entities["person"], second.tagger) == (["فيروز"], "fake 1")
    [mention] = second.mentions
    assert tagged_text(second)[mention.start : mention.end] == "فيروز"


def test_a_row_that_breaks_the_tagger_is_stored_without_names(
    tagged: Callable[..., tuple[Result, Archive]], monkeypatch: pytest.MonkeyPatch
) -> None:
    result, archive = tagged("صلاح في مصر", BREAKS, "لبنان")
    assert result.exit_code == 0, result.output
    assert "1 article was stored without names: newscrawl retag" in result.stdout
    assert [one.tagger for one in archive.numbered([1, 2, 3])] == ["fake 1", "", "fake 1"]
    use(monkeypatch, identities=cannot_be_loaded)
    result, archive = tagged("صلاح في مصر", BREAKS, "لبنان", "مصر")
    assert "1 article was stored without names" in result.stdout  # the new one; the others are unchanged
    assert [one.tagger for one in archive.numbered([1, 2, 3, 4])] == ["fake 1", "", "fake 1", ""]


def test_a_wrong_tagger_ends_it_before_it_begins(
    tagged: Callable[..., tuple[Result, Archive]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NEWSCRAWL_TAGGER", "camell")
    file = tmp_path / "rows.jsonl"
    file.write_text("{}", encoding="utf-8")
    result = CliRunner().invoke(command, [str(file)])
    assert result.exit_code == 2
    assert "NEWSCRAWL_TAGGER=camell: not one of" in result.stderr
    assert not (tmp_path / "a.db").exists()


def test_without_a_tagger_rows_have_no_names(
    tagged: Callable[..., tuple[Result, Archive]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSCRAWL_TAGGER", "off")
    result, archive = tagged("صلاح في مصر")
    [one] = archive.numbered([1])
    assert (result.exit_code, one.entities, one.tagger) == (0, {}, "")
    assert "without names" not in result.stdout


def _ingest(file: Path, store: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(Path(sys.executable).parent / "newscrawl"), "ingest", str(file), "--workers", "1"],
        env={**os.environ, "NEWSCRAWL_STORE_URL": f"sqlite:///{store}"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_every_row_ends_once_and_again_changes_nothing(tmp_path: Path) -> None:
    """First from a plain file, then from the same rows packed."""
    good = {"url": "https://x.example/1", "title": "عنوان الخبر", "text": BODY, "source": "x"}
    rows = [
        json.dumps({**good, "time": "Sun, 18 Feb 2018 21:35:43 +0400"}),
        "{broken",
        "",
        json.dumps({**good, "url": "https://x.example/2"}),  # the same text at the same outlet
        json.dumps({**good, "url": "https://x.example/3", "text": "قصير جدا"}),
        json.dumps({**good, "url": "https://x.example/4", "text": "An English text of some length. " * 9}),
        json.dumps({"title": "بلا عنوان", "text": BODY}),
        json.dumps([1, 2]),
        json.dumps({**good, "url": "not a url"}),
    ]
    content = "\n".join(rows).encode()
    plain, packed = tmp_path / "rows.jsonl", tmp_path / "rows.jsonl.gz"
    plain.write_bytes(content)
    packed.write_bytes(gzip.compress(content))
    first = _ingest(plain, tmp_path / "a.db")
    assert first.returncode == 0, first.stderr
    second = _ingest(packed, tmp_path / "a.db")
    archive = open_store(f"sqlite:///{tmp_path / 'a.db'}", create=False)
    ends = [[(row.url, row.outcome) for row in archive.candidates(run)] for run in (1, 2)]
    reasons = [row.reason for row in archive.candidates(1, "bad_row")]
    assert archive.count() == 1
    archive.close()
    assert sorted(outcome for _, outcome in ends[0]) == sorted(
        ["stored", "duplicate", "too_short", "not_arabic", "bad_row", "bad_row", "bad_row", "bad_row"]
    )
    assert any("line 2" in reason for reason in reasons)
    assert any("line 7" in reason and "no url" in reason for reason in reasons)
    assert [outcome for _, outcome in ends[1]].count("unchanged") == 1
    assert "4 bad rows" in second.stdout


def test_a_file_cut_short_keeps_what_was_read_and_says_so(tmp_path: Path) -> None:
    row = json.dumps({"url": "https://x.example/1", "title": "عنوان", "body": BODY}) + "\n"
    others = [
        json.dumps({"url": f"https://x.example/{n}", "title": f"عنوان {n}", "body": f"{BODY} {n}"})
        for n in range(2, 5)
    ]
    packed = gzip.compress((row + "\n".join(others)).encode())
    file = tmp_path / "cut.jsonl.gz"
    file.write_bytes(packed[:-10])
    done = _ingest(file, tmp_path / "a.db")
    assert done.returncode == 1
    assert "cannot be read to its end" in done.stdout
    assert "cut" in done.stdout
    archive = open_store(f"sqlite:///{tmp_path / 'a.db'}", create=False)
    assert archive.count() == 3
    archive.close()


@pytest.fixture
def take(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], Result]:
    """Take a file in that holds these bytes, in this process and without a tagger."""
    monkeypatch.setenv("NEWSCRAWL_STORE_URL", f"sqlite:///{tmp_path / 'a.db'}")
    monkeypatch.setenv("NEWSCRAWL_TAGGER", "off")

    def ingest(content: bytes) -> Result:
        file = tmp_path / "rows.jsonl"
        file.write_bytes(content)
        return CliRunner().invoke(command, [str(file), "--workers", "1"])

    return ingest


@pytest.mark.parametrize("content", [b"", b"\n\n", b"not JSON at all\n", b"\x1f\x8bcut", b'{"url": 1}\n[]\n'])
def test_a_file_without_a_readable_row_is_no_success(take: Callable[[bytes], Result], content: bytes) -> None:
    result = take(content)
    assert result.exit_code == 1
    assert "has no row that can be read" in result.stderr or "cannot be read to its end" in result.stdout


def test_times_that_cannot_be_read_are_counted_and_shown(take: Callable[[bytes], Result]) -> None:
    times = ["1518989743000", 1518989743, None, "in spring", 7]
    rows = [
        {"url": f"https://x.example/{n}", "title": f"عنوان {n}", "text": f"{BODY} {n}", "time": time}
        for n, time in enumerate(times)
    ]
    result = take("\n".join(json.dumps(row) for row in rows).encode())
    assert result.exit_code == 0
    assert "x.example: 2 rows state a time that cannot be read" in result.stdout
    assert "rows.jsonl:4 has time 'in spring'" in result.stdout
    archive = open_store(create=False)
    found = [article.published_at for article in archive.numbered([1, 2, 3, 4, 5])]
    archive.close()
    assert {moment.isoformat() for moment in found[:2] if moment} == {"2018-02-18T21:35:43+00:00"}
    assert found[2:] == [None, None, None]


def die_on_line_2(lines: Sequence[Line], *known: Any) -> list[Row]:
    """In the place of `read_rows`, in a worker."""
    if any(line.number == 2 for line in lines):
        os._exit(7)
    return read_rows(lines, *known)


def test_a_row_that_kills_its_worker_costs_that_row(
    tagged: Callable[..., tuple[Result, Archive]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newscrawl.ingest.take_in.read_rows", die_on_line_2)
    result, archive = tagged("صلاح في مصر", "لبنان", "غنت فيروز")
    assert result.exit_code == 0, result.output
    assert archive.count() == 2
    [bad] = archive.candidates(1, "bad_row")
    assert (bad.url, bad.reason) == ("rows.jsonl:2", "line 2: the worker process died (exit code 7)")


def test_without_progress_it_ends_in_order_with_the_reason(
    take: Callable[[bytes], Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: Any, **__: Any) -> None:
        time.sleep(600)

    monkeypatch.setenv("NEWSCRAWL_STALL_TIMEOUT", "2")
    monkeypatch.setattr(Session, "store_rows", never)
    monkeypatch.setattr(guard, "CHECK_SECONDS", 0.1)
    result = take(json.dumps({"url": "https://x.example/1", "title": "عنوان", "text": BODY}).encode())
    assert result.exit_code == 1
    assert (
        "The run was stopped (nothing was read or stored for 2 s (NEWSCRAWL_STALL_TIMEOUT))" in result.stdout
    )


GROWS = """
import time
from newscrawl.cli import main
from newscrawl.steps.session import Session
held = []
def growing(self, rows, *known, **more):
    if any(row.article and row.article.title == "عنوان 7" for row in rows):
        while True:
            held.append(b"x" * 1_000_000)
            time.sleep(0.02)
    return store(self, rows, *known, **more)
store, Session.store_rows = Session.store_rows, growing
if __name__ == "__main__":
    main()
"""


@pytest.mark.faults
def test_a_row_that_fills_the_memory_ends_it_in_order_twice_and_then_rests(tmp_path: Path) -> None:
    rows = [{"url": f"https://x.example/{n}", "title": f"عنوان {n}", "text": f"{BODY} {n}"} for n in range(9)]
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    (tmp_path / "grows.py").write_text(GROWS, encoding="utf-8")
    store = f"sqlite:///{tmp_path / 'a.db'}"
    given = {"NEWSCRAWL_STORE_URL": store, "NEWSCRAWL_TAGGER": "off", "NEWSCRAWL_MEMORY_MB": "256"}

    def ingest() -> int:
        words = [sys.executable, str(tmp_path / "grows.py"), "ingest", str(file), "--workers", "1"]
        return subprocess.run(words, env={**os.environ, **given}, timeout=120, check=False).returncode

    assert [ingest() for _ in range(3)] == [1, 1, 0]
    archive = open_store(store)
    assert archive.count() == 8
    [third, second, first] = archive.newest_runs(3)
    assert [run.status for run in (third, second, first)] == ["finished", "stopped", "stopped"]
    assert "of memory in use (NEWSCRAWL_MEMORY_MB=256)" in second.reason
    assert [row.url for row in archive.candidates(third.id, "quarantined")] == ["rows.jsonl:8"]
    archive.close()


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root mounts a small disk")
def test_a_full_disk_is_no_rows_fault(tmp_path: Path) -> None:
    rows = [
        {
            "url": f"https://x.example/{n}",
            "title": f"عنوان {n}",
            "text": f"{BODY} {n} {os.urandom(900).hex()}",
        }
        for n in range(900)
    ]
    file, disk = tmp_path / "rows.jsonl", tmp_path / "disk"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.decode()}")
    try:
        done = _ingest(file, disk / "a.db")
        assert done.returncode == 2
        assert "its disk is full" in done.stderr
        shutil.copytree(disk, tmp_path / "copy")
    finally:
        subprocess.run(["umount", str(disk)], check=True)
    archive = open_store(f"sqlite:///{tmp_path / 'copy' / 'a.db'}")
    [run] = archive.newest_runs(1)
    assert run.status == "stopped"
    assert "its disk is full" in run.reason
    archive.begin_run(
        "ingest", "rows.jsonl", {}
    )  # which closes what was killed, and accuses what was under way
    assert archive.struck("rows.jsonl:") == {}
    archive.close()


DIES = """
import os, signal
from newscrawl.cli import main
from newscrawl.steps.session import Session
store = Session.store_rows
def deadly(self, rows, *known, **more):
    if any(row.article and "سم" in row.article.title.split() for row in rows):
        os.kill(os.getpid(), signal.SIGKILL)
    return store(self, rows, *known, **more)
Session.store_rows = deadly
if __name__ == "__main__":
    main()
"""


@pytest.mark.faults
def test_a_row_that_kills_the_process_twice_costs_that_row(tmp_path: Path) -> None:
    rows = [
        {"url": f"https://x.example/{n}", "title": f"عنوان {n}", "text": f"{BODY} {n}"} for n in range(150)
    ]
    rows[102]["title"] = "عنوان سم"
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    (tmp_path / "dies.py").write_text(DIES, encoding="utf-8")
    environ = {
        **os.environ,
        "NEWSCRAWL_STORE_URL": f"sqlite:///{tmp_path / 'a.db'}",
        "NEWSCRAWL_TAGGER": "off",
    }

    def ingest() -> subprocess.CompletedProcess[str]:
        words = [sys.executable, str(tmp_path / "dies.py"), "ingest", str(file), "--workers", "1"]
        return subprocess.run(words, env=environ, capture_output=True, text=True, timeout=120, check=False)

    archive = open_store(environ["NEWSCRAWL_STORE_URL"])
    assert [(ingest().returncode, archive.count()) for _ in range(2)] == [(-9, 100), (-9, 102)]
    third = ingest()
    assert third.returncode == 0, third.stderr
    assert archive.count() == 149
    assert "1 row left out, for two runs were killed of each" in third.stdout
    [row] = archive.candidates(3, "quarantined")
    assert row.url == "rows.jsonl:103"
    assert "line 103: it was under way when run 2 was killed, 2 times in all; it rests until" in row.reason
    [(_, name, _)] = archive.quarantined_listings()
    assert name.startswith("rows.jsonl:103 (")
    assert not archive.visits([article_id("rows.jsonl:103")])
    # Once it is mended it is another row, and no other has a strike.
    rows[102]["title"] = "عنوان"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert ingest().returncode == 0
    assert archive.count() == 150
    assert list(archive.struck("rows.jsonl:")) == [name]
    archive.close()


def _stored(store: Path) -> int:
    with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as connection, suppress(sqlite3.Error):
        [[number]] = connection.execute("SELECT count(*) FROM articles")
        return int(number)
    return 0


@pytest.mark.usefixtures("heeds_hang_up")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_it_in_order_and_the_same_command_goes_on(
    tmp_path: Path, number: signal.Signals
) -> None:
    file, store = tmp_path / "rows.jsonl", tmp_path / "a.db"
    rows = (
        {"url": f"https://x.example/{n}", "title": f"عنوان {n}", "text": f"{BODY} {n}"} for n in range(20_000)
    )
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    open_store(f"sqlite:///{store}").close()
    process = subprocess.Popen(
        [str(Path(sys.executable).parent / "newscrawl"), "ingest", str(file), "--workers", "1"],
        env={**os.environ, "NEWSCRAWL_STORE_URL": f"sqlite:///{store}", "NEWSCRAWL_TAGGER": "off"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while process.poll() is None and not _stored(store):
        time.sleep(0.05)
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert f"The run was stopped (interrupted by {number.name})" in out
    assert "Traceback" not in err
    archive = open_store(f"sqlite:///{store}", create=False)
    [run] = archive.newest_runs(1)
    assert run.status == "stopped"
    assert 0 < archive.count() < 20_000
    assert archive.count() == sum(tally.candidates for tally in run.tallies)
    archive.close()
