import doctest
import socket

import pytest

from newscrawl.outlets import domains, registered_domain


@pytest.mark.parametrize(
    ("given", "domain"),
    [
        ("https://www.aljazeera.net/news/", "aljazeera.net"),
        ("arabic.cnn.com", "cnn.com"),
        ("www.okaz.com.sa", "okaz.com.sa"),
        ("www.spa.gov.sa", "spa.gov.sa"),
        ("WWW.BBC.CO.UK.", "bbc.co.uk"),
        ("www.nna-leb.gov.lb:8080", "nna-leb.gov.lb"),
        ("www.almarfa.example", "almarfa.example"),
        ("a.b.almarfa.example", "almarfa.example"),
        ("almarfa.example", "almarfa.example"),
        ("http://user:pass@m.site.test:81/x", "site.test"),
        ("//cdn.qarya.example/a", "qarya.example"),
        ("qarya.example/a//b", "qarya.example"),
        ("one.blogspot.com", "one.blogspot.com"),
        ("localhost", "localhost"),
        ("localhost:3000", "localhost"),
        ("127.0.0.1", "127.0.0.1"),
        ("http://127.0.0.1:8000/rss", "127.0.0.1"),
        ("::1", "::1"),
        ("http://[::1]:8000/", "::1"),
        ("gov.sa", "gov.sa"),
        ("com", "com"),
        ("https://www.أخبار.مصر/", "xn--igbicxr.xn--wgbh1c"),
        ("", ""),
        ("http://[", ""),
        ("/a/path", ""),
    ],
)
def test_registered_domain(given, domain):
    assert registered_domain(given) == domain


def test_nothing_is_fetched_or_written(monkeypatch, tmp_path):
    def refuse(*_args, **_kwargs):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    domains._suffixes.cache_clear()
    domains._registered.cache_clear()
    assert registered_domain("www.qarya.com.eg") == "qarya.com.eg"
    assert list(tmp_path.iterdir()) == []


def test_examples():
    assert not doctest.testmod(domains).failed
