"""`newscrawl ingest` of saved pages, and where their addresses come from."""

import doctest
import gzip
import os
from datetime import UTC, datetime
from urllib.parse import quote

import pytest

from newscrawl.ingest import addresses
from newscrawl.ingest.addresses import NoAddressError, chosen_address, named_addresses, stated_address
from tests.ingest.web import SITE, page

THEN = datetime(2019, 3, 1, 12, tzinfo=UTC)


def test_the_examples_hold():
    assert doctest.testmod(addresses).failed == 0


def canonical(number):
    return f'<link rel="canonical" href="{SITE}{number}">'


@pytest.mark.parametrize(
    ("head", "address"),
    [
        (f'<link href=" {SITE}1 " rel="Canonical">', SITE + "1"),
        (f'<link rel="canonical" href="/news/1"><meta property=og:url content="{SITE}2">', SITE + "2"),
        (f'<meta name="og:url" content="{SITE}3">', SITE + "3"),
        (f"<!-- saved from url=(0042){SITE}4 -->", SITE + "4"),
        (f'<link rel="canonical" href=""><link rel="shortlink canonical" href="{SITE}5">', SITE + "5"),
    ],
)
def test_addresses_that_pages_state(head, address):
    assert stated_address(page(1, head=head).encode()) == address


@pytest.mark.parametrize(
    "head", ["", "<link rel=canonical href=/news/1>", "<meta property=og:url content=x>"]
)
def test_a_page_that_states_none(head):
    with pytest.raises(NoAddressError, match="states no address"):
        stated_address(page(1, head=head).encode())
    with pytest.raises(NoAddressError):
        stated_address(b"")


@pytest.mark.parametrize(
    ("name", "first"),
    [
        (quote(SITE + "1?a=b&c=د", safe="") + ".html", SITE + "1?a=b&c=د.html"),
        (quote("www.x.example/خبر/1", safe=""), "https://www.x.example/خبر/1"),
        ("www.x.example/news/1.html", "https://www.x.example/news/1.html"),
        ("www.x.example/index.html", "https://www.x.example/"),
        ("x.example%3A8080%2Fnews", "https://x.example:8080/news"),
    ],
)
def test_addresses_in_names(name, first):
    assert named_addresses(name)[0] == first


@pytest.mark.parametrize(
    "name", ["page1.html", "خبر.html", "a/b.html", "%00.html", "https%3A%2F%2F.html", ""]
)
def test_names_that_are_none(name):
    assert named_addresses(name) == ()


def test_of_two_meanings_the_page_chooses():
    names = named_addresses(quote(SITE + "1", safe="") + ".html")
    assert chosen_address(names, b"<p>") == SITE + "1.html"
    assert chosen_address(names, page(1, head=canonical(1)).encode()) == SITE + "1"
    assert chosen_address(names, page(1, head=canonical(7)).encode()) == SITE + "1.html"


def article(take_files, number=1):
    archive = take_files.archive()
    [one] = archive.numbered([number])
    archive.close()
    return one


def test_one_outcome_a_file(take_files):
    take_files.write("in/1.html", page(1, head=canonical(1)))
    take_files.write("in/2.htm", page(2))
    take_files.write("in/3.html", b"")
    take_files.write("in/4.html", page(1, head=canonical(1)))
    take_files.write("in/5.html.gz", gzip.compress(page(5, head=canonical(5)).encode()))
    take_files.write("in/6.html", b"x" * 11_000_000)
    take_files.write("in/7.html", page(7, head='<link rel=canonical href="https://anybody.example/7">'))
    take_files.write("in/notes.txt", "")
    os.utime(take_files.folder / "in/1.html", (THEN.timestamp(), THEN.timestamp()))
    assert take_files(take_files.folder / "in").exit_code == 0
    assert {place: outcome for place, (outcome, _) in take_files.ends().items()} == {
        "1.html": "stored",
        "2.htm": "bad_row",
        "3.html": "bad_row",
        "4.html": "unchanged",
        "5.html.gz": "stored",
        "6.html": "too_large",
        "7.html": "stored",
    }
    one = article(take_files)
    assert (one.url, one.outlet, one.fetched_at) == (SITE + "1", "aljazeera", THEN)
    assert article(take_files, 3).outlet == "anybody.example"
    take_files(take_files.folder / "in")
    assert "stored" not in take_files.counts()


def test_addresses_from_names_and_from_folders(take_files):
    take_files.write("in/" + quote(SITE + "1", safe=""), page(1))
    take_files.write("in/www.aljazeera.net/news/2020/5/1/story-2", page(2))
    take_files.write("in/3.html", page(3, head=canonical(3)))
    assert take_files(take_files.folder / "in", "--url-from", "filename").exit_code == 0
    ends = take_files.ends()
    assert ends["3.html"] == ("bad_row", "the file's name is no address")
    assert sorted(outcome for outcome, _ in ends.values()) == ["bad_row", "stored", "stored"]
    assert {article(take_files, 1).url, article(take_files, 2).url} == {SITE + "1", SITE + "2"}


def test_addresses_from_a_table(take_files):
    arabic = page(2).encode("windows-1256", "replace")
    for name, content in (("1.html", page(1)), ("2.aspx", arabic), ("3.html", page(3)), ("4.html", page(4))):
        take_files.write(f"in/{name}", content)
    table = take_files.write(
        "in/table.csv",
        "\ufeffFile,URL,fetched_at,charset\r\n"
        f'1.html,"{SITE}1",2019-03-01T12:00:00Z,\r\n'
        f"2.aspx,{SITE}2,1 مارس 2019,windows-1256\r\n"
        f"3.html,{SITE}3,in spring,\r\n",
    )
    assert take_files(take_files.folder / "in", "--url-from", table).exit_code == 0
    ends = take_files.ends()
    assert len(ends) == 4
    assert ends["1.html"][0] == ends["2.aspx"][0] == "stored"
    assert ends["3.html"][0] == ends["4.html"][0] == "bad_row"
    assert "line 4 of table.csv: fetched_at 'in spring'" in ends["3.html"][1]
    assert ends["4.html"][1] == "table.csv has no line for it"
    first, second = article(take_files, 1), article(take_files, 2)
    assert (first.url, first.fetched_at) == (SITE + "1", THEN)
    assert (second.title, second.fetched_at.date()) == ("الهيئة تعلن المشروع 2", THEN.date())


@pytest.mark.parametrize("content", ["", "file,address\n1.html,x\n", b"\xff\xfe\x00"])
def test_a_table_that_is_none_ends_it_before_it_begins(take_files, content):
    take_files.write("in/1.html", page(1))
    result = take_files(take_files.folder / "in", "--url-from", take_files.write("table.csv", content))
    assert result.exit_code == 2
    assert "table.csv" in result.stderr
    assert not (take_files.folder / "a.db").exists()
