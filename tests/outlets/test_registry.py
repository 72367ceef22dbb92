"""Outlet files read and refused; whose a URL is."""

import subprocess
import sys

import pytest

from newscrawl.outlets import (
    Outlet,
    OutletError,
    OutletIndex,
    load_outlets,
    outlet_ids,
    outlets_from_environment,
)

# ruff: noqa: E501  (a table reads better in rows)


GOOD = """
id = "qarya"
name = "صوت القرية"
name_en = "Voice of the Village"
domain = "qarya.example"
homepage = "https://qarya.example/"
country = "EG"
timezone = "Africa/Cairo"
kind = "newspaper"
feeds = ["https://qarya.example/rss"]
"""


@pytest.fixture
def folder(tmp_path):
    def write(text, name="qarya.toml"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path

    return write


def faults(folder):
    with pytest.raises(OutletError) as raised:
        load_outlets(folder)
    assert str(raised.value).splitlines() == list(raised.value.faults)
    assert raised.value.__context__ is None  # nobody is shown pydantic's or TOML's own traceback
    return list(raised.value.faults)


def test_an_extra_folder_adds(folder):
    outlets = load_outlets(folder(GOOD))
    assert outlets["qarya"].name == "صوت القرية"
    assert outlets["qarya"].zone.key == "Africa/Cairo"
    assert list(outlets) == sorted(outlets)
    assert "aljazeera" in outlets


def test_an_extra_file_replaces_ours(folder):
    outlets = load_outlets(folder(GOOD.replace("qarya", "aljazeera"), "aljazeera.toml"))
    assert outlets["aljazeera"].name == "صوت القرية"
    assert len(outlets) == len(load_outlets())


def test_only_those_asked_for(folder):
    assert list(load_outlets(folder(GOOD), only=["youm7", "qarya"])) == ["qarya", "youm7"]


def test_a_fault_elsewhere_does_not_stop_the_one_asked_for(folder):
    folder(GOOD)
    assert list(load_outlets(folder("broken", "other.toml"), only=["qarya"])) == ["qarya"]


def test_an_unknown_id_names_the_near_ones():
    with pytest.raises(OutletError, match=r"^no outlet 'aljazera'; did you mean aljazeera"):
        load_outlets(only=["aljazera"])


def test_ids_without_reading_files(folder):
    assert "qarya" in outlet_ids(folder("not even TOML"))


def test_drafts_are_left_alone(folder):
    folder("broken", "_draft.toml")
    folder("broken", ".qarya.toml.swp")
    assert load_outlets(folder("broken", "notes.txt")) == load_outlets()


def test_the_environment_names_the_folder(folder, monkeypatch):
    monkeypatch.setenv("NEWSCRAWL_OUTLETS_DIR", str(folder(GOOD)))
    assert "qarya" in outlets_from_environment()
    monkeypatch.setenv("NEWSCRAWL_OUTLETS_DIR", " ")
    assert "qarya" not in outlets_from_environment()


def test_a_folder_that_is_not_there(tmp_path):
    (fault,) = faults(tmp_path / "nowhere")
    assert fault.endswith("nowhere: no such folder of outlets; make it or unset NEWSCRAWL_OUTLETS_DIR")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('kind = "newspaper"', "kind = newspaper"), "not TOML: Invalid value (at line 9, column 8); mend that line"),
        (('kind = "newspaper"', 'kind = "newspaper'), "not TOML: Illegal character '\\n' (at line 9, column 18); mend that line"),
        (("feeds", "feed"), "feed: unknown key; did you mean feeds?"),
        (('"EG"', '"EG"\ncanonical.keep = true'), "canonical.keep: unknown key; did you mean keep_query?"),
        (("feeds =", "feeds = []\nxyzzy ="), "xyzzy: unknown key; there are id, name, "),
        (('domain = "qarya.example"', ""), "domain: missing; add it"),
        (("Africa/Cairo", "Africa/Kairo"), "timezone: 'Africa/Kairo' is no IANA time zone; did you mean Africa/Cairo?"),
        (("Africa/Cairo", "Africa"), "timezone: 'Africa' is no IANA time zone; "),
        (("Africa/Cairo", "../zone"), "timezone: '../zone' is no IANA time zone; "),
        (('"EG"', '"XX"'), "country: 'XX' is no ISO 3166-1 country; write two letters (EG), or pan"),
        (('"EG"', '"eg"'), "country: 'eg' is no ISO 3166-1 country; write two letters in capitals (EG), or pan"),
        (('"newspaper"', '"paper"'), "kind: 'paper' is none of the choices; write 'agency', "),
        (('"qarya"', '"karya"'), "id: 'karya' is not the file's name; rename the file to karya.toml or write id = \"qarya\""),
        (('"qarya"', '"Qarya"'), "id: not an id; use small Latin letters, digits and _, beginning with a letter"),
        (('"صوت القرية"', '""'), "name: empty; fill it in"),
        (('"صوت القرية"', "7"), "name: not a text; put it in quotes"),
        (("https://qarya.example/rss", "/rss"), "feeds.0: '/rss' is no absolute address; begin it with https://"),
        (("https://qarya.example/rss", "ftp://qarya.example/"), "feeds.0: 'ftp://qarya.example/' is no absolute address; "),
        (("https://qarya.example/rss", "https://[qarya/"), "feeds.0: 'https://[qarya/' is no absolute address; "),
        (("https://qarya.example/rss", "https://q.example/{yyyy}"), "feeds.0: 'https://q.example/{yyyy}' has braces; "),
        (('["https://qarya.example/rss"]', '"https://qarya.example/rss"'), "feeds: not a list; put it in [ ]"),
        (('feeds = ["https://qarya.example/rss"]', ""), "nothing to read; give at least one of feeds, sitemaps and sections"),
        (("feeds =", 'sitemaps = ["https://q.example/{year}"]\nfeeds ='), "sitemaps.0: {year} is no placeholder; there are {yyyy-mm-dd} {yyyy} {mm} "),
        (("feeds =", 'sitemaps = ["https://q.example/{yyyy"]\nfeeds ='), "sitemaps.0: 'https://q.example/{yyyy' has a brace without its pair; "),
        (("feeds =", "article_url = '^https://(qarya'\nfeeds ="), "article_url: '^https://(qarya' is no regular expression (missing ), "),
        (('"qarya.example"', '"https://qarya.example/"'), "domain: 'https://qarya.example/' is no host name; "),
        (("feeds =", "conditional_requests = 2\nfeeds ="), "conditional_requests: neither true nor false; "),
        (('"EG"', '"EG"\ncanonical = 3'), "canonical: not a table; write its keys under a [heading]"),
        (('"EG"', "\"EG\"\ncanonical.rewrite = [['(a)', '\\2']]"), r"canonical.rewrite.0: '\\2' names a group that '(a)' lacks; "),
        (('"EG"', "\"EG\"\ncanonical.rewrite = [['a)', '']]"), "canonical.rewrite.0: 'a)' is no regular expression ("),
        (('"EG"', "\"EG\"\ncanonical.rewrite = [['a', '\\q']]"), r"canonical.rewrite.0: '\\q' is no replacement ("),
        (('"EG"', '"EG"\ncanonical.hosts = { "https://m" = "a.example" }'), "canonical.hosts.https://m: 'https://m' is no host; "),
        (('"EG"', '"EG"\ncanonical.keep_query = true\ncanonical.strip_params = ["*"]'), "canonical: keep_query contradicts strip_params"),
    ],
)  # fmt: skip
def test_one_fault_one_line(folder, change, message):
    old, new = change
    assert old in GOOD
    where = folder(GOOD.replace(old, new, 1))
    found = [fault.removeprefix(f"{where / 'qarya.toml'}: ") for fault in faults(where)]
    assert any(fault.startswith(message) for fault in found), found
    assert all(fault.count("\n") == 0 and ("; " in fault) for fault in found)


def test_all_faults_at_once(folder):
    folder(GOOD.replace("EG", "XX").replace("Africa/Cairo", "Nowhere"))
    found = faults(folder("= 1", "other.toml"))
    assert len(found) == 3
    assert "other.toml: not TOML: Invalid statement (at line 1, column 1)" in found[0]


def test_not_utf8(tmp_path):
    (tmp_path / "qarya.toml").write_bytes(GOOD.encode("cp1256"))
    (fault,) = faults(tmp_path)
    assert fault.endswith("save it as UTF-8")


def test_a_folder_named_like_a_file(tmp_path):
    (tmp_path / "qarya.toml").mkdir()
    (fault,) = faults(tmp_path)
    assert "cannot be read" in fault


def outlet(outlet_id, domain, **more):
    values = {
        "id": outlet_id,
        "name": "صحيفة",
        "name_en": "Paper",
        "domain": domain,
        "homepage": f"https://{domain}/",
        "country": "EG",
        "timezone": "Africa/Cairo",
        "kind": "newspaper",
        "sections": [f"https://{domain}/"],
    }
    return Outlet.model_validate(values | more)


INDEX = OutletIndex(
    [
        outlet("qarya", "qarya.example", aliases=["old-name.example"], article_url=r"^https://qarya\.example/\d+$"),
        outlet("sport", "sport.qarya.example"),
        outlet("world", "world.example", homepage="https://world.example/ar", article_url=r"^https?://world\.example/a/خبر-\d+"),
        outlet("mirror", "world.example", homepage="https://world.example/mirror/", article_url=r"^https?://world\.example/m/"),
        outlet("bare", "bare.example", homepage="https://bare.example/ar"),
    ]
)  # fmt: skip


@pytest.mark.parametrize(
    ("url", "outlet_id"),
    [
        ("https://qarya.example/12", "qarya"),
        ("http://WWW.qarya.example:80/an/old/pattern", "qarya"),
        ("https://old-name.example/12", "qarya"),
        ("https://sport.qarya.example/12", "sport"),
        ("https://live.sport.qarya.example/12", "sport"),
        ("https://world.example/ar/12", "world"),
        ("https://world.example/ar", "world"),
        ("https://world.example/a/%D8%AE%D8%A8%D8%B1-7", "world"),
        ("https://world.example/m/7", "mirror"),
        ("https://world.example/en/12", None),
        ("https://world.example/article/12", None),
        ("https://bare.example/en/12", "bare"),
        ("https://notqarya.example/12", None),
        ("https://example/", None),
        ("http://[", None),
        ("", None),
    ],
)
def test_outlet_for_url(url, outlet_id):
    assert getattr(INDEX.outlet_for_url(url), "id", None) == outlet_id


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("http://localhost:3000/ar/سياسة/815885", "https://www.qarya.example/ar/سياسة/815885"),
        ("http://old.example/1", "https://qarya.example/1"),
        ("https://m.qarya.example/amp/1", "https://m.qarya.example/amp/1"),
        ("http://localhost:4000/1", "http://localhost:4000/1"),
    ],
)
def test_reachable(url, address):
    hosts = {
        "localhost:3000": "www.qarya.example",
        "old.example": "qarya.example",
        "m.qarya.example": "qarya.example",
    }
    assert outlet("qarya", "qarya.example", canonical={"hosts": hosts}).reachable(url) == address


def test_asking_for_a_domain_does_not_load_the_model():
    program = "import sys, newscrawl.outlets as o; o.registered_domain; sys.exit('pydantic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_unknown_names_are_attribute_errors():
    import newscrawl.outlets

    with pytest.raises(AttributeError, match="nonsense"):
        _ = newscrawl.outlets.nonsense
