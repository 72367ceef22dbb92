"""`newscrawl ingest`: every row in exactly one outcome, bad ones with their line."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from newscrawl.store import open_store

BODY = (
    "أعلنت الهيئة في بيان أن المشروع سيبدأ العمل فيه خلال الشهر المقبل، وقال رئيسها إن التمويل متوفر من " * 3
)


def _ingest(file: Path, store: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(Path(sys.executable).parent / "newscrawl"), "ingest", str(file), "--workers", "1"],
        env={**os.environ, "NEWSCRAWL_STORE_URL": f"sqlite:///{store}"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("packed", [False, True])
def test_every_row_ends_once_and_again_changes_nothing(tmp_path: Path, packed: bool) -> None:
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
    file = tmp_path / ("rows.jsonl.gz" if packed else "rows.jsonl")
    content = "\n".join(rows).encode()
    file.write_bytes(gzip.compress(content) if packed else content)
    first = _ingest(file, tmp_path / "a.db")
    assert first.returncode == 0, first.stderr
    second = _ingest(file, tmp_path / "a.db")
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
    packed = gzip.compress(row.encode() * 3)
    file = tmp_path / "cut.jsonl.gz"
    file.write_bytes(packed[:-10])
    done = _ingest(file, tmp_path / "a.db")
    assert done.returncode == 1
    assert "cannot be read to its end" in done.stdout
