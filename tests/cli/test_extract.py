"""`newscrawl extract`: one JSON object, and exit codes that a script can trust."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from newscrawl.cli import main

BODY = "".join(
    f"<p>قال رئيس الهيئة في الفقرة رقم {n} إن العمل في المشروع الجديد سيبدأ بعد شهرين من اليوم.</p>"
    for n in range(6)
)
PAGE = (
    '<html lang="ar"><head><title>خبر</title><meta property="og:type" content="article">'
    '<meta property="article:published_time" content="2026-11-08T14:15:00+02:00"></head>'
    f"<body><article><h1>عنوان الخبر الطويل</h1>{BODY}</article></body></html>"
)


def test_an_article_is_printed_as_json(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(PAGE.encode("windows-1256"))
    done = CliRunner().invoke(main, ["extract", str(page), "--url", "https://x.example/news/1"])
    assert done.exit_code == 0, done.output
    article = json.loads(done.output)
    assert article["title"] == "عنوان الخبر الطويل"
    assert article["published_at"] == "2026-11-08T14:15:00+02:00"
    assert article["published_source"] == "meta"
    assert article["body"].count("\n\n") == 5


def test_a_rejection_is_printed_and_exits_with_3(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html><body><p>Hello</p></body></html>")
    done = CliRunner().invoke(main, ["extract", str(page), "--url", "https://x.example/news/1"])
    assert done.exit_code == 3
    assert set(json.loads(done.output)) == {"outcome", "reason"}


def test_a_wrong_url_exits_with_2(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE)
    done = CliRunner().invoke(main, ["extract", str(page), "--url", "x.example/news"])
    assert done.exit_code == 2
    assert "--url" in done.output


def test_the_setting_says_how_short_an_article_may_be(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE)
    words = ["extract", str(page), "--url", "https://x.example/news/1"]
    done = CliRunner().invoke(main, words, env={"NEWSCRAWL_MIN_WORDS": "1000"})
    assert done.exit_code == 3
    assert json.loads(done.output)["reason"].endswith(" words, fewer than 1000")
    done = CliRunner().invoke(main, words, env={"NEWSCRAWL_MIN_WORDS": "x"})
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("NEWSCRAWL_MIN_WORDS=x: ")
