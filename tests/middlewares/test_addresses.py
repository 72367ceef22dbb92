"""Where requests may go."""

import pytest
from scrapy import Request
from twisted.internet.error import DNSLookupError

from newscrawl.article import Outcome
from newscrawl.middlewares.addresses import SiteGuard, _proxy_hosts, _public, is_private, private_address
from newscrawl.middlewares.refusals import Refused
from tests.middlewares.loopback import Answer, fetched


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",
        "100.64.0.1", "::1", "::", "fe80::1", "fd00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "localhost", "LOCALHOST", "localhost.", "www.localhost", "printer.local", "metadata.google.internal",
        # Translations, tunnels and groups, which lead to private hosts as well as to others.
        "64:ff9b::a9fe:a9fe", "64:ff9b::8.8.8.8", "64:ff9b:1::1", "2002:a00:1::", "2002:808:808::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2", "::10.0.0.1", "::ffff:0:10.0.0.1", "::ffff:8.8.8.8",
        "192.88.99.1", "224.0.0.251", "239.1.2.3", "ff02::1", "ff0e::1", "fe80::1%eth0", "fec0::1",
        "255.255.255.255", "192.0.0.8", "3fff::1",
        "0x7f.1", "0x7f000001", "0X7F.1", "2130706433", "127.1", "0177.0.0.1", "127.0.0.1.", "127.0.0.0x1",
    ],
)  # fmt: skip
def test_private(host):
    assert is_private(host)


@pytest.mark.parametrize(
    "host",
    ["8.8.8.8", "2606:4700::1111", "www.aljazeera.net", "a.example", "localhost.example", "0xnews.example"],
)
def test_public(host):
    assert not is_private(host)


def refusal(url, sites=None):
    with pytest.raises(Refused) as caught:
        SiteGuard().process_request(Request(url, meta={"sites": sites} if sites else {}))
    return caught.value


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9200/", "http://[::1]/", "http://2130706433/", "http://0x7f.1/"]
)
@pytest.mark.parametrize("sites", [None, {"sahifa.example"}, {"127.0.0.1"}])
def test_private_addresses_are_refused_whatever_the_sites(url, sites):
    assert refusal(url, sites).outcome is Outcome.FORBIDDEN_ADDRESS


@pytest.mark.parametrize("url", ["file:///etc/hosts", "ftp://sahifa.example/1", "data:text/html,1"])
def test_other_schemes_are_refused(url):
    error = refusal(url)
    assert error.outcome is Outcome.FORBIDDEN_ADDRESS
    assert "neither http nor https" in error.reason


@pytest.mark.parametrize("url", ["https://other.example/1", "https://sahifa.example.evil.example/"])
def test_other_sites_are_refused(url):
    error = refusal(url, {"sahifa.example"})
    assert error.outcome is Outcome.OFF_SITE
    assert "not on sahifa.example" in error.reason


@pytest.mark.parametrize("url", ["https://sahifa.example/1", "http://m.sahifa.example/1"])
def test_the_site_itself_passes(url):
    assert SiteGuard().process_request(Request(url, meta={"sites": {"sahifa.example"}})) is None
    assert SiteGuard().process_request(Request(url)) is None


def test_names_that_resolve_to_private_addresses_are_refused():
    assert _public("8.8.8.8", "a.example") == "8.8.8.8"
    with pytest.raises(DNSLookupError, match=r"a\.example resolves to 10\.0\.0\.1.*private network"):
        _public("10.0.0.1", "a.example")


def test_a_name_is_forgotten_once_it_resolves_publicly():
    with pytest.raises(DNSLookupError):
        _public("fe80::1", "b.example")
    assert private_address("b.example") == "fe80::1"
    _public("8.8.8.8", "b.example")
    assert private_address("b.example") == ""


def test_only_the_operators_proxy_may_be_private(monkeypatch):
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    assert _proxy_hosts() == frozenset()
    monkeypatch.setenv("https_proxy", "http://proxy.internal:3128")
    assert _proxy_hosts() == {"proxy.internal"}


def test_a_name_that_resolves_into_a_private_network_has_its_own_outcome():
    """Twisted drops the resolver's error on its way; the connection is never made."""
    with Answer({"/": lambda: [b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"]}) as answer:
        url = f"http://intranet.example:{answer.port}/"
        end, _ = fetched({url: {}}, names={"intranet.example": "127.0.0.1"})
    reason = "intranet.example resolves to 127.0.0.1, an address in a private network"
    assert end == ["forbidden_address", reason]
    assert answer.asked == []
