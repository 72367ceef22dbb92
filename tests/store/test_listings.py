from newscrawl.store import Validators
from newscrawl.store.schema import listings

from .conftest import SITE, rows

FEED = SITE + "/feed"


def test_an_unknown_listing_has_no_validators(archive):
    assert archive.validators(FEED) == Validators()


def test_validators_are_kept_apart_from_the_answer(archive):
    archive.note_listing(FEED, "sahifa", "200, 20 entries", ok=True)
    assert archive.validators(FEED) == Validators()  # its candidates are still open
    archive.keep_validators({FEED: Validators('"a1"', "Tue, 24 Nov 2026 08:00:00 GMT")})
    assert archive.validators(FEED) == Validators('"a1"', "Tue, 24 Nov 2026 08:00:00 GMT")
    archive.note_listing(FEED, "sahifa", "HTTP 500", ok=False)
    assert archive.validators(FEED).etag == '"a1"'
    archive.keep_validators({FEED: Validators()})
    assert archive.validators(FEED) == Validators()


def test_failures_in_a_row_are_counted(archive):
    counts = []
    for ok in (True, False, False, True, False):
        archive.note_listing(FEED, "sahifa", "", ok=ok)
        [row] = rows(archive, listings)
        counts.append(row.failures)
    assert counts == [0, 1, 2, 0, 1]


def test_validators_of_a_listing_never_noted_are_not_invented(archive):
    archive.keep_validators({FEED: Validators('"a1"')})
    assert rows(archive, listings) == []
