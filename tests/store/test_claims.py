"""Pages that state another address as theirs: believed where the texts agree, of nobody where they differ."""

from datetime import timedelta

import pytest

from newscrawl.article import Outcome, article_id
from newscrawl.store import Arrival
from newscrawl.store import schema as tables
from newscrawl.store.versions import Wanted

from .conftest import NOW, SITE, keep, make, rows

TOPICS = ["الميزانية", "المباراة", "الزلزال", "الانتخابات", "المهرجان", "الأسعار"]


def story(path, number, claims=None, more=""):
    """A page with a text of its own, read where it stands, that may state another address."""
    topic = TOPICS[number]
    body = " ".join(f"{topic} {word}{number}" for word in ("صرح", "الوزير", "أمس", "بأن", "العمل", "يستمر"))
    address = SITE + path
    return make(path, body + more, title=topic, canonical_url=SITE + (claims or path), read_at=address)


def addresses(archive):
    return {row.canonical_url: row.title for row in rows(archive, tables.articles)}


def sound(archive):
    """Every id is that of its address, and every revision and visit belongs to an article that is there."""
    ids = {row.id for row in rows(archive, tables.articles)}
    assert ids == {article_id(row.canonical_url) for row in rows(archive, tables.articles)}
    assert {row.article_id for row in rows(archive, tables.revisions)} <= ids
    assert {row.article_id for row in rows(archive, tables.visits)} <= ids | {None}
    return True


@pytest.mark.parametrize("claimed", ["/politics", "/view.php", "/story/0"])
def test_a_site_that_states_one_address_on_every_page_keeps_every_article(archive, run, claimed):
    pages = [story(f"/story/{number}", number, claimed) for number in range(6)]
    assert [keep(run, page) for page in pages] == [Outcome.STORED] * 6
    assert addresses(archive) == {SITE + f"/story/{number}": TOPICS[number] for number in range(6)}
    assert sound(archive)
    later = archive.begin_run("crawl", "sahifa", {})
    again = [story(f"/story/{number}", number, claimed) for number in range(5)]
    assert [keep(later, page) for page in again] == [Outcome.UNCHANGED] * 5
    changed = story("/story/5", 5, claimed, more=" وأضاف أن النتائج تعلن غدا")
    assert keep(later, changed) is Outcome.UPDATED
    assert archive.count() == 6
    assert sound(archive)


def test_pages_that_state_their_neighbours_address_keep_their_own_texts(archive, run):
    for number in range(6):
        assert keep(run, story(f"/{number}", number, f"/{max(number - 1, 0)}")) is Outcome.STORED
    for number in range(6):
        article = archive.article(article_id(SITE + f"/{number}"))
        assert article is not None
        assert article.title == TOPICS[number]
        assert article.revision == 1
    assert sound(archive)


def test_the_page_that_stands_at_a_claimed_address_gets_it(archive, run):
    claimant, owner = story("/old", 0, "/home"), story("/home", 1)
    assert keep(run, claimant) is Outcome.STORED
    assert keep(run, owner) is Outcome.STORED
    assert addresses(archive) == {SITE + "/old": TOPICS[0], SITE + "/home": TOPICS[1]}
    assert sound(archive)


def test_a_mobile_page_that_came_first_and_its_article_are_one(archive, run):
    assert keep(run, story("/m/7", 0, "/7")) is Outcome.STORED
    assert keep(run, story("/7", 0)) is Outcome.DUPLICATE
    later = archive.begin_run("crawl", "sahifa", {})
    assert keep(later, story("/m/7", 0, "/7", more=" سطر زائد")) is Outcome.DUPLICATE
    assert keep(later, story("/7", 0, more=" فقرة جديدة")) is Outcome.UPDATED
    assert keep(later, story("/8", 1)) is Outcome.STORED
    assert addresses(archive) == {SITE + "/7": TOPICS[0], SITE + "/8": TOPICS[1]}


@pytest.mark.parametrize("other", ["/print/7", "/7/light"])
def test_from_another_page_to_its_own_is_no_edit_of_the_outlets(archive, run, other):
    assert keep(run, story(other, 0, "/7")) is Outcome.STORED
    later = archive.begin_run("crawl", "sahifa", {})
    assert keep(later, story("/7", 0, more=" سطر زائد")) is Outcome.UPDATED
    last = archive.begin_run("crawl", "sahifa", {})
    assert keep(last, story("/7", 0, more=" فقرة جديدة")) is Outcome.UPDATED
    (row,) = rows(archive, tables.articles)
    assert [one.cause for one in archive.history(row.id)] == ["", "page", "outlet"]
    with archive.snapshot() as snapshot:
        long_ago = NOW - timedelta(days=400)
        assert [one.revision for one in snapshot.edits(Wanted(since=long_ago))] == [3]
        assert [one.cause for one in snapshot.edits(Wanted(since=long_ago, ours=True))] == ["page"]


def test_an_edit_after_the_own_page_had_the_same_words_is_the_outlets(archive, run):
    assert keep(run, story("/print/7", 0, "/7")) is Outcome.STORED
    later = archive.begin_run("crawl", "sahifa", {})
    assert keep(later, story("/7", 0)) is Outcome.UNCHANGED
    (row,) = rows(archive, tables.articles)
    assert row.url == f"{SITE}/7"
    assert [one.version for one in archive.waiting(0, 9)] == [row.version]
    last = archive.begin_run("crawl", "sahifa", {})
    assert keep(last, story("/7", 0, more=" فقرة جديدة")) is Outcome.UPDATED
    assert [one.cause for one in archive.history(row.id)] == ["", "outlet"]


def test_a_page_whose_other_form_has_the_same_canonical_address_is_told_by_its_own(archive, run):
    def come(run, path, more=""):
        page = story("/7", 0, more=more)
        page.url = SITE + path
        return keep(run, page, Arrival(page.url, "sahifa", f"{SITE}/7"))

    assert come(run, "/7?amp=1") is Outcome.STORED
    later = archive.begin_run("crawl", "sahifa", {})
    assert come(later, "/7?utm_source=rss", more=" سطر زائد") is Outcome.UPDATED
    last = archive.begin_run("crawl", "sahifa", {})
    assert come(last, "/7", more=" فقرة جديدة") is Outcome.UPDATED
    (row,) = rows(archive, tables.articles)
    assert [one.cause for one in archive.history(row.id)] == ["", "page", "outlet"]


def test_a_mobile_page_alone_is_revised(archive, run):
    assert keep(run, story("/m/7", 0, "/7")) is Outcome.STORED
    later = archive.begin_run("crawl", "sahifa", {})
    assert keep(later, story("/m/7", 0, "/7", more=" فقرة جديدة")) is Outcome.UPDATED
    assert addresses(archive) == {SITE + "/7": TOPICS[0]}


def test_a_page_that_begins_to_claim_another_address_stays_the_article_it_was(archive, run):
    assert keep(run, story("/7", 0)) is Outcome.STORED
    later = archive.begin_run("crawl", "sahifa", {})
    assert keep(later, story("/7", 0, "/new-address", more=" فقرة جديدة")) is Outcome.UPDATED
    assert addresses(archive) == {SITE + "/7": TOPICS[0]}


def test_the_archive_and_the_index_learn_of_both_ids_of_a_moved_article(archive, run):
    first = story("/a", 0, "/wrong")
    keep(run, first)
    claimed = article_id(SITE + "/wrong")
    archive.settle_deliveries(archive.waiting(0, 9), [], [])
    assert archive.pending() == 0
    keep(run, story("/b", 1, "/wrong"))
    removal, moved, new = archive.waiting(0, 9)
    assert (removal.article_id, removal.article) == (claimed, None)
    assert [moved.article.canonical_url, new.article.canonical_url] == [SITE + "/a", SITE + "/b"]
    assert removal.version < moved.version < new.version
    assert archive.requeue_all() == 3
    assert {row.article_id for row in archive.candidates(run.id)} == {moved.article_id, new.article_id}
    # The address is nobody's, until the page that stands there comes.
    owner = story("/wrong", 2)
    assert keep(run, owner) is Outcome.STORED
    assert {one.article_id: one.article for one in archive.waiting(0, 9)}[claimed] is not None
