"""`newscrawl ingest` of WARC files: a sample like CC-NEWS, others' habits, and hostile records."""

import gzip
import io
import tracemalloc

import pytest

from newscrawl.article import Outcome
from newscrawl.ingest.archives import Reader
from newscrawl.ingest.sources import Opened, Source
from newscrawl.ingest.take_pages import _batches
from newscrawl.outlets import OutletIndex, load_outlets
from newscrawl.store import articles, versions
from tests.ingest.web import SITE, answer, chunked_gzip, html, other, page, response, revisit
from tests.warc.records_made import pack, record

DNS = other("response", "dns:www.aljazeera.net", "text/dns", b"20200501 www.aljazeera.net. 300 IN A 1.2.3.4")


def news(numbers, block=html, day="2020-05-02T10:00:00Z"):
    return [response(f"{SITE}{n}", block(page(n)), day) for n in numbers]


def outcomes(take_files):
    return [outcome for outcome, _ in take_files.ends().values()]


def test_a_sample_like_cc_news(take_files):
    records = [
        other("warcinfo"),
        DNS,
        other("request", SITE + "1", "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n"),
        *news([1], chunked_gzip),
        other("metadata", SITE + "1"),
        *news([2]),
        response("https://www.unknown.example/news/1", html(page(3))),
        response(SITE + "gone", html("x", status="404 Not Found")),
        response(SITE + "old", html("", "Location: /new", status="301 Moved")),
        response(SITE + "photo.jpg", answer(b"\xff\xd8", "Content-Type: image/jpeg")),
        response(SITE + "short", html("<title>x</title><p>خبر قصير</p>")),
        *news([9]),
    ]
    file = take_files.write("CC-NEWS-1.warc.gz", pack(records)[:-300])
    result = take_files(file)
    assert result.exit_code == 0, result.output
    assert take_files.counts() == {
        "stored": 2,
        "no_page": 4,
        "off_site": 1,
        "http_error": 1,
        "not_article": 2,
        "too_short": 1,
        "bad_row": 1,
    }
    assert sum(take_files.counts().values()) == len(records)
    assert "1 page of no outlet left out; --any-host takes them." in result.stdout
    places, at = {}, 0
    for number, one in enumerate(records):
        places[number], at = f"CC-NEWS-1.warc.gz@{at}", at + len(gzip.compress(one))
    ends = take_files.ends()
    assert ends[places[3]][0] == ends[places[5]][0] == "stored"
    assert ends[places[7]] == ("http_error", "HTTP 404")
    assert ends[places[8]] == ("not_article", "HTTP 301, a redirect to /new")
    assert ends[places[9]] == ("not_article", "the answer is image/jpeg, not a web page")
    assert ends[places[11]][0] == "bad_row"
    assert "cut" in ends[places[11]][1]


def test_articles_are_as_of_their_day(take_files):
    """Also what the page says relative to today."""
    head = '<meta name="date" content="منذ 3 ساعات">'
    block = html(page(1).replace("<article>", "<article><time>منذ 3 ساعات</time>"))
    take_files(
        take_files.write(
            "a.warc.gz", pack([response(SITE + "1", block), response(SITE + "2", html(page(2, head=head)))])
        )
    )
    archive = take_files.archive()
    first, second = archive.numbered([1, 2])
    archive.close()
    assert first.fetched_at.isoformat() == first.first_seen_at.isoformat() == "2020-05-02T10:00:00+00:00"
    assert first.published_at.isoformat().startswith("2020-05-0")
    assert first.outlet == second.outlet == "aljazeera"
    assert second.published_at is None or second.published_at.year == 2020


def test_the_same_again_stores_nothing_twice(take_files):
    records = [
        *news([1, 2]),
        *news([1], lambda text: html(text.replace("رئيسها", "مديرها")), "2020-06-01T00:00:00Z"),
    ]
    file = take_files.write("a.warc.gz", pack(records))
    take_files(file)
    assert take_files.counts() == {"stored": 2, "updated": 1}
    take_files(file)
    assert take_files.counts() == {"unchanged": 2, "duplicate": 1}
    archive = take_files.archive()
    with archive.engine.connect() as connection:
        [one] = [row for row in articles.read_all(connection) if row.url == SITE + "1"]
        kept = versions.of_article(connection, one.id)
    archive.close()
    assert (one.revision, len(kept)) == (2, 2)
    assert "مديرها" in one.body


@pytest.mark.parametrize("form", ["one stream", "plain"])
def test_files_of_other_forms(take_files, form):
    file = take_files.write(
        "a.warc", pack([other("warcinfo"), *news([1, 2]), *news([3], chunked_gzip)], form)
    )
    assert take_files(file).exit_code == 0
    assert take_files.counts() == {"stored": 3, "no_page": 1}


def test_any_host_takes_all_with_their_domain_as_outlet(take_files):
    file = take_files.write("a.warc.gz", pack([response("https://news.unknown.example/1", html(page(1)))]))
    assert take_files(file).exit_code == 0
    assert take_files.counts() == {"off_site": 1}
    take_files(file, "--any-host")
    archive = take_files.archive()
    [one] = archive.numbered([1])
    archive.close()
    assert (one.outlet, one.domain) == ("unknown.example", "unknown.example")
    take_files(
        take_files.write("b.warc.gz", pack([response("https://other.example/1", html(page(2)))])),
        "--any-host",
        "--outlet",
        "mine",
    )
    archive = take_files.archive()
    [two] = archive.numbered([2])
    archive.close()
    assert two.outlet == "mine"


def test_of_many_pages_of_no_outlet_some_are_named(take_files, monkeypatch):
    monkeypatch.setattr("newscrawl.ingest.archives.EXAMPLES", 3)
    records = [response(f"https://unknown.example/{n}", html(page(n))) for n in range(20)]
    take_files(take_files.write("a.warc.gz", pack(records)))
    assert take_files.counts() == {"off_site": 20}
    assert outcomes(take_files) == ["off_site"] * 3


def test_revisits_of_what_is_at_hand(take_files):
    digest = "sha1:ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    records = [
        *news([1]),
        response(SITE + "2", html(page(2)), WARC_Payload_Digest=digest),
        revisit(SITE + "1", SITE + "1"),
        revisit(
            SITE + "2?again",
            "http://elsewhere.example/",
            of_day="2019-01-01T00:00:00Z",
            WARC_Payload_Digest=digest,
        ),
        revisit(SITE + "3", SITE + "3"),
    ]
    first, second = (
        take_files.write("1.warc.gz", pack(records[:3])),
        take_files.write("2.warc.gz", pack(records[3:])),
    )
    take_files(first, second)
    ends = list(take_files.ends().items())
    assert [outcome for place, (outcome, _) in ends if place.startswith("1")] == [
        "stored",
        "stored",
        "unchanged",
    ]
    later = [end for place, end in ends if place.startswith("2")]
    assert sorted(outcome for outcome, _ in later) == ["duplicate", "no_page"]
    assert any(
        f"a revisit of {SITE}3 as of 2020-05-02T10:00:00Z, which is not" in reason for _, reason in later
    )
    archive = take_files.archive()
    with archive.engine.connect() as connection:
        seen = connection.exec_driver_sql("SELECT last_seen_at FROM articles WHERE number = 1").scalar_one()
    archive.close()
    assert str(seen).startswith("2020-05-03 10:00")


def test_a_page_as_a_resource_and_without_content_types(take_files):
    records = [
        other(
            "resource",
            SITE + "1",
            "text/html; charset=windows-1256",
            page(1).encode("windows-1256", "replace"),
        ),
        other("resource", SITE + "2", "image/png"),
        record(
            html(page(3)), WARC_Type="response", WARC_Target_URI=f"<{SITE}3>", WARC_Date="2020-05-02T10:00:00"
        ),
        other("conversion", SITE + "4", "text/plain"),
        other("continuation", SITE + "5"),
    ]
    take_files(take_files.write("a.warc.gz", pack(records)))
    assert take_files.counts() == {"stored": 2, "no_page": 3}
    archive = take_files.archive()
    assert all("الهيئة" in one.title for one in archive.numbered([1, 2]))
    archive.close()


def test_charsets_of_the_header_and_encodings_that_lie(take_files):
    body = page(1).encode("windows-1256", "replace")
    records = [
        response(SITE + "1", answer(body, "Content-Type: text/html; charset=windows-1256")),
        response(SITE + "2", html(page(2), "Content-Encoding: gzip", "Transfer-Encoding: chunked")),
        response(
            SITE + "3", html(gzip.compress(gzip.compress(page(3).encode())), "Content-Encoding: gzip, gzip")
        ),
        response(SITE + "4", html(gzip.compress(page(4).encode())[:-20], "Content-Encoding: gzip")),
    ]
    take_files(take_files.write("a.warc.gz", pack(records)))
    assert take_files.counts() == {"stored": 4}


BOMB = html(gzip.compress(bytes(30_000_000)), "Content-Encoding: gzip")
PACKED = html(b"x", "Content-Encoding: gzip, gzip, gzip, gzip")
HOSTILE = {
    "a bomb in the answer": (response(SITE + "x", BOMB), "too_large"),
    "packed over and over": (response(SITE + "x", PACKED), "too_large"),
    "a large page": (response(SITE + "x", html("x" * 11_000_000)), "too_large"),
    "a bomb of a record": (response(SITE + "x", html(bytes(200_000_000))), "bad_row"),
    "no HTTP": (response(SITE + "x", b"\0" * 5000), "bad_row"),
    "nothing": (response(SITE + "x", b""), "bad_row"),
    "NULs in the page": (response(SITE + "x", html("\0" * 5000)), "not_article"),
    "a line break in its address": (response(SITE + "x\r\n\r\nWARC/1.0\r\n", html(page(1))), "bad_row"),
    "a control in its address": (response(SITE + "\x1b]0;x\x07\x00y", html("<p>x")), "not_article"),
    "an address that is none": (response("https://[::1", html(page(1))), "bad_row"),
    "no date": (response(SITE + "x", html(page(1)), "yesterday"), "bad_row"),
    "a date to come": (response(SITE + "x", html(page(1)), "2999-01-01T00:00:00Z"), "bad_row"),
    "a date of old": (response(SITE + "x", html(page(1)), "0001-01-01T00:00:00Z"), "bad_row"),
    "a length that lies": (response(SITE + "x", html(page(1)), length=10**12), "bad_row"),
    "endless headers": (response(SITE + "x", html(page(1)), X="x" * 200_000), "bad_row"),
    "endless HTTP headers": (response(SITE + "x", html(page(1), *["a: b"] * 200_000)), "bad_row"),
    "a wrong digest": (response(SITE + "x", html(page(1)), WARC_Block_Digest="sha1:" + "A" * 32), "stored"),
    "a status of its own": (response(SITE + "x", html(page(1), status="999 Request denied")), "http_error"),
}  # fmt: skip


def test_hostile_records_cost_themselves(take_files):
    records = [one for name, (made, _) in HOSTILE.items() for one in (made, *news([name.replace(" ", "-")]))]
    result = take_files(take_files.write("a.warc.gz", pack(records)))
    assert result.exit_code == 0, result.output
    by_place = take_files.ends()
    at, found = 0, {}
    for number, name in enumerate(HOSTILE):
        bad, good = records[2 * number : 2 * number + 2]
        found[name] = by_place.get(f"a.warc.gz@{at}", ("none", ""))[0]
        at += len(gzip.compress(bad))
        assert by_place[f"a.warc.gz@{at}"][0] == "stored", f"what follows {name}"
        at += len(gzip.compress(good))
    assert found == {name: outcome for name, (_, outcome) in HOSTILE.items()}


@pytest.mark.parametrize("host", ["www.aljazeera.net", "unknown.example"])
def test_memory_does_not_grow_with_the_file(host):
    """Of what is read and looked at ahead of the workers and the store."""

    def peak(pages):
        records = (response(f"https://{host}/news/{n}", html("x" * 20_000)) for n in range(pages))
        stream = io.BytesIO(b"".join(map(gzip.compress, records)))
        reader = Reader(OutletIndex(load_outlets(only=["aljazeera"]).values()), False, 10**7)
        source = Source("a.warc.gz", "-", "a.warc.gz")
        tracemalloc.start()
        number = sum(
            len(batch.found) + batch.counted.total()
            for batch in _batches(reader.read(source, Opened(stream)))
        )
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert number == pages
        return found

    peak(10)
    assert peak(600) < peak(150) + 1_000_000  # of 9 MB more


def test_a_file_of_nothing_is_no_success(take_files):
    result = take_files(take_files.write("a.warc.gz", pack([other("warcinfo"), DNS])))
    assert result.exit_code == 1
    assert "has no row and no page that can be read" in result.stderr
    assert take_files.counts() == {"no_page": 2}
    assert take_files(take_files.write("b.warc.gz", b"rubbish" * 999)).exit_code == 1


def test_every_outcome_is_counted_for_somebody(take_files):
    """A run's table shows records of no outlet in a line of their own."""
    result = take_files(take_files.write("a.warc.gz", pack([DNS, *news([1])])))
    assert "(no outlet)" in result.stdout
    assert "no page" in result.stdout
    assert Outcome.NO_PAGE.value == "no_page"
