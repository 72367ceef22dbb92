"""What may be fetched, and the Outcome of what was not."""

import pytest
from scrapy import Request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
)
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.internet.error import ConnectionRefusedError as Refusal
from twisted.internet.error import DNSLookupError
from twisted.internet.error import TimeoutError as TwistedTimeout
from twisted.python.failure import Failure

from newscrawl.article import Outcome
from newscrawl.middlewares import Refused, SiteGuard, _proxy_hosts, _public, is_private, rejection_of


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",
        "100.64.0.1", "::1", "::", "fe80::1", "fd00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "localhost", "LOCALHOST", "localhost.", "www.localhost", "printer.local", "metadata.google.internal",
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


def test_only_the_operators_proxy_may_be_private(monkeypatch):
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    assert _proxy_hosts() == frozenset()
    monkeypatch.setenv("https_proxy", "http://proxy.internal:3128")
    assert _proxy_hosts() == {"proxy.internal"}


@pytest.mark.parametrize(
    ("error", "outcome", "said"),
    [
        (Refused(Outcome.OFF_SITE, "elsewhere"), Outcome.OFF_SITE, "elsewhere"),
        (Refused(Outcome.ROBOTS, "robots.txt forbids it"), Outcome.ROBOTS, "robots.txt forbids it"),
        (HttpError(Response("http://a.example", status=404)), Outcome.HTTP_ERROR, "HTTP 404"),
        (IgnoreRequest("max redirections reached"), Outcome.REDIRECT_LOOP, "redirects"),
        (DownloadCancelledError("larger than maxsize"), Outcome.TOO_LARGE, "larger"),
        (DownloadTimeoutError("took longer"), Outcome.TIMEOUT, "in time"),
        (TwistedTimeout(), Outcome.TIMEOUT, "in time"),
        (TimeoutError(), Outcome.TIMEOUT, "in time"),
        (
            CannotResolveHostError("a.example resolves to 10.0.0.1, an address in a private network"),
            Outcome.FORBIDDEN_ADDRESS,
            "10.0.0.1",
        ),
        (CannotResolveHostError("no such host"), Outcome.NETWORK_ERROR, "no such host"),
        (DownloadFailedError("broken"), Outcome.NETWORK_ERROR, "DownloadFailedError: broken"),
        (Refusal(), Outcome.NETWORK_ERROR, "ConnectionRefusedError"),
        (Exception(), Outcome.NETWORK_ERROR, "Exception"),
    ],
)
def test_each_failure_has_its_outcome(error, outcome, said):
    rejected = rejection_of(Failure(error))
    assert rejected.outcome is outcome
    assert said in rejected.reason
