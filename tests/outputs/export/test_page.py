"""Every code block of docs/export.md runs, in order, on an export of a small archive."""

import contextlib
import io
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from .world import BODY, filled, keep, make

PAGE = Path(__file__).parents[3] / "docs" / "export.md"

BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
MINUTE_TO_WEEKDAY = re.compile(r"^(?:\S+\s+){5}")


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A folder to work in, with its archive, in which one article was corrected."""
    folder = tmp_path_factory.mktemp("desk")
    archive = filled(folder / "news.db")
    later = BODY.replace("ناجحة", "فاشلة")
    keep(archive, make(2, hour=18, body=later, fetched_at=datetime(2026, 11, 25, tzinfo=UTC)))
    archive.close()
    return folder


def run(desk, language, text):
    """Run a block where the blocks before it ran; gives what it printed."""
    if language == "python":
        return run_python(desk, text)
    programs = {
        "sh": ["bash", "-euc", text],
        "crontab": ["sh", "-euc", MINUTE_TO_WEEKDAY.sub("", text)],
    }
    done = subprocess.run(
        programs[language],
        cwd=desk,
        env={
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "NEWSCRAWL_STORE_URL": f"sqlite:///{desk / 'news.db'}",
            "PYTHONIOENCODING": "utf-8",
        },
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, f"{text}\n{done.stdout}\n{done.stderr}"
    return done.stdout + done.stderr


def run_python(desk, text):
    printed = io.StringIO()
    with contextlib.chdir(desk), contextlib.redirect_stdout(printed):
        exec(compile(text, str(PAGE), "exec"), {"__name__": "__main__"})
    return printed.getvalue()


EXPECTED = [
    "7 articles written in 4 days",
    "Nothing new since",
    "6 articles written in 3 days",
    "7 articles of 4 days written to news.parquet",
    "1 article written in 1 day",
    "│ 2026-11-22 │ almarfa │        2 │",
    "",
    "almarfa",
    "الخبر رقم 1 ",
    "https://sahel.example/1",
    "الخبر رقم 7",
    "almarfa",
]


def test_every_block_is_looked_at():
    assert len(BLOCKS) == len(EXPECTED)
    assert {language for language, _ in BLOCKS} == {"sh", "crontab", "python"}


@pytest.mark.parametrize("number", range(len(BLOCKS)))
def test_the_blocks_run(desk, number):
    assert EXPECTED[number] in run(desk, *BLOCKS[number])
