"""Kept pages read again: which they are, and what the archive makes of what is read now."""

from dataclasses import replace
from datetime import timedelta, timezone

import pytest

from newscrawl.article import Mention, Outcome, Rejected
from newscrawl.extraction.differences import differences, reread
from newscrawl.extraction.rules import RULES
from newscrawl.store import Arrival, Reading
from newscrawl.store import schema as tables

from .conftest import NOW, SITE, arrive, found, make, rows
from .test_pages import HERE, end, id_of, kept

LONGER = "افتتح الوزير صباح اليوم المعرض في القاهرة وقال إن الدورة القادمة ستقام في أسوان"


@pytest.fixture
def file(archive, run):
    return archive.pages.open_file(run.id, "newscrawl-1.warc.gz", HERE, NOW)


def waiting(archive, below=RULES, **more):
    return archive.to_reread(below=below, **more)


def read(archive, number, now, *, failed=False):
    """A page as `now` reads it."""
    [page] = archive.pages.numbered([number])
    before = archive.articles_of([page]).get(page.article_id or "")
    told = differences(before.article if before else None, now)
    if before and not isinstance(now, Rejected):
        now = reread(before.article, now)
    return Reading(page, before, now, told, failed)


def apply(archive, *readings):
    run = archive.begin_run("reextract", "kept pages", {})
    return run, [(one.outcome, one.article_id) for one in run.apply(readings)]


def test_the_newest_page_of_each_article_waits_and_of_each_address_that_was_refused(archive, run, file):
    end(run, kept(file), make())
    end(run, kept(file, 1, b"e" * 20), arrival=arrive("/2"))
    again = archive.begin_run("crawl", "sahifa", {})
    end(again, kept(file, 2, original=1), make())
    end(again, kept(file, 3, b"f" * 20), arrival=arrive("/2"))
    assert waiting(archive) == [3, 4]


def test_pages_that_today_s_rules_have_read_wait_only_when_all_are_asked_for(archive, run, file):
    end(run, kept(file, rules=RULES), make())
    end(run, kept(file, 1, rules=RULES - 1), arrival=arrive("/2"))
    assert waiting(archive) == [2]
    assert waiting(archive, below=None) == [1, 2]


def test_only_pages_of_an_outlet_or_of_late(archive, run, file):
    end(run, kept(file), make())
    later = NOW + timedelta(days=1)
    end(run, kept(file, 1, fetched_at=later), arrival=Arrival(SITE + "/2", "other", SITE + "/2"))
    assert waiting(archive, outlets=["other"]) == [2] == waiting(archive, since=later)


def test_a_text_that_only_our_rules_change_is_a_revision_of_ours(archive, run, file):
    end(run, kept(file), make())
    archive.settle_deliveries([], [], [])
    _, ends = apply(archive, read(archive, 1, make(body=LONGER, rules=RULES)))
    assert ends == [(Outcome.UPDATED, make().id)]
    assert [(one.cause, one.rules) for one in archive.history(make().id)] == [("", 0), ("rules", RULES)]
    assert found(archive, "أسوان") == [make().id]
    assert waiting(archive) == []


def test_the_outlet_s_next_edit_is_its_own(archive, run, file):
    end(run, kept(file), make())
    apply(archive, read(archive, 1, make(body=LONGER)))
    end(archive.begin_run("crawl", "sahifa", {}), kept(file, 9, b"n" * 20), make(body=LONGER + " ومصر"))
    assert [one.cause for one in archive.history(make().id)] == ["", "rules", "outlet"]


def test_a_crawl_that_reads_the_same_bytes_otherwise_changed_nothing_of_the_outlet_s(archive, run, file):
    end(run, kept(file), make())
    end(archive.begin_run("crawl", "sahifa", {}), kept(file, 9, original=1), make(body=LONGER))
    assert [one.cause for one in archive.history(make().id)] == ["", "rules"]


def test_another_date_or_author_is_no_revision_and_keeps_the_names(archive, run, file):
    mention = Mention("القاهرة", "LOCATION", 40, 47, "القاهرة")
    end(run, kept(file), make(mentions=[mention], entities={"location": ["القاهرة"]}, tagger="light 9"))
    before = rows(archive, tables.articles)[0]
    _, ends = apply(archive, read(archive, 1, make(authors=["منى علي"])))
    assert ends == [(Outcome.UPDATED, make().id)]
    article = archive.article(make().id)
    assert (article.authors, article.mentions, article.revision) == (["منى علي"], [mention], 1)
    assert rows(archive, tables.articles)[0].version > before.version


def test_what_is_read_as_before_is_not_written(archive, run, file):
    end(run, kept(file), make())
    before = rows(archive, tables.articles), rows(archive, tables.outbox)
    reading, ends = apply(archive, read(archive, 1, make(fetched_at=NOW + timedelta(days=9))))
    assert ends == [(Outcome.UNCHANGED, make().id)]
    assert (rows(archive, tables.articles), rows(archive, tables.outbox)) == before
    assert waiting(archive) == []
    assert archive.only_counted(reading.id, "unchanged") == 1


def test_an_article_that_would_be_refused_now_stays(archive, run, file):
    end(run, kept(file), make())
    reading, ends = apply(archive, read(archive, 1, Rejected(Outcome.NOT_ARTICLE, "a gallery")))
    assert ends == [(Outcome.NOT_ARTICLE, make().id)]
    assert archive.article(make().id).body == make().body
    [told] = archive.candidates(reading.id)
    assert told.reason == "a gallery; its article stays as it was"


def test_a_page_that_was_refused_is_an_article_now(archive, run, file):
    end(run, kept(file))
    _, ends = apply(archive, read(archive, 1, make(fetched_at=NOW)))
    assert ends == [(Outcome.STORED, make().id)]
    assert archive.article(make().id).first_seen_at == NOW
    page = archive.pages.find(id_of("/1"))
    assert (page.article_id, page.revision, page.outcome) == (make().id, 1, "stored")
    assert archive.visits([id_of("/1")])[id_of("/1")].outcome is Outcome.STORED


def test_an_article_that_changed_meanwhile_is_read_again_next_time(archive, run, file):
    end(run, kept(file), make())
    reading = read(archive, 1, make(body=LONGER))
    end(
        archive.begin_run("crawl", "sahifa", {}), kept(file, 9, b"n" * 20), make(body="نص جديد كتبته الصحيفة")
    )
    _, ends = apply(archive, reading)
    assert ends == [(Outcome.POSTPONED, make().id)]
    assert archive.article(make().id).body == "نص جديد كتبته الصحيفة"
    assert waiting(archive) == [2]


def test_a_page_that_cannot_be_read_waits_on(archive, run, file):
    end(run, kept(file), make())
    gone = read(archive, 1, Rejected(Outcome.EXTRACT_ERROR, "the file is gone"), failed=True)
    reading, ends = apply(archive, gone)
    assert ends == [(Outcome.EXTRACT_ERROR, make().id)]
    assert waiting(archive) == [1]
    assert "the file is gone" in archive.candidates(reading.id)[0].reason


def test_a_chunk_is_stored_whole_or_not_at_all(archive, run, file, monkeypatch):
    end(run, kept(file), make())
    end(run, kept(file, 1, b"e" * 20), make("/2", body="نص آخر عن الوزير"), arrive("/2"))
    readings = [read(archive, 1, make(body=LONGER)), read(archive, 2, make("/2", body=LONGER + " أيضا"))]
    broken = replace(readings[1].page, id=None, at=None)
    readings[1] = Reading(broken, readings[1].before, readings[1].now, readings[1].differences)
    with pytest.raises(AttributeError):
        apply(archive, *readings)
    assert archive.article(make().id).revision == 1


def test_the_time_that_a_listing_stated_keeps_its_offset(archive, run, file):
    stated = NOW.astimezone(timezone(timedelta(hours=3)))
    end(run, kept(file, listed_at=stated), make())
    [page] = archive.pages.numbered([1])
    assert page.listed_at.isoformat() == stated.isoformat()


def test_a_duplicate_at_another_address_is_not_the_page_that_the_text_was_read_from(archive, run, file):
    end(run, kept(file), make())
    other = archive.begin_run("crawl", "sahifa", {})
    assert end(other, kept(file, 5, b"o" * 20), make("/2"), arrive("/2")) is Outcome.DUPLICATE
    end(archive.begin_run("crawl", "sahifa", {}), kept(file, 9, original=1), make(body=LONGER))
    assert [one.cause for one in archive.history(make().id)] == ["", "rules"]
