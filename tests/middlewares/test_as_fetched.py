"""A page's answer is noted as it came, and nothing else is."""

import gzip
import ipaddress

import pytest
from scrapy import Request
from scrapy.exceptions import NotConfigured
from scrapy.http import HtmlResponse
from scrapy.utils.test import get_crawler

from newscrawl.middlewares.as_fetched import NoteAsFetched, take

URL = "https://sahifa.example/1"
BODY = gzip.compress(b"<html>")


def noted(request=None, **more):
    request = request or Request(URL, cb_kwargs={"arrival": object()}, headers={"User-Agent": "newscrawl"})
    values = {
        "headers": {"Content-Encoding": "gzip", "Set-Cookie": ["a=1", "b=2"]},
        "body": BODY,
        "protocol": "HTTP/1.1",
        "ip_address": ipaddress.ip_address("192.0.2.7"),
    }
    response = HtmlResponse(URL, request=request, **{**values, **more})
    assert NoteAsFetched().process_response(request, response) is response
    return response


def test_a_page_is_noted_with_its_headers_bytes_and_request():
    response = noted()
    page = take(response)
    assert (page.url, page.status, page.reason, page.protocol) == (URL, 200, "OK", "HTTP/1.1")
    assert page.body is response.body
    assert page.headers == (("Content-Encoding", "gzip"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"))
    assert page.request_headers == (("User-Agent", "newscrawl"),)
    assert page.ip == "192.0.2.7"


def test_it_is_taken_once_so_that_no_request_holds_its_bytes():
    response = noted()
    assert take(response) is not None
    assert response.request.meta == {}
    assert take(response) is None


def test_the_address_of_a_proxy_is_not_the_servers():
    arrival = {"arrival": object()}
    page = take(noted(Request(URL, cb_kwargs=arrival, meta={"proxy": "http://127.0.0.1:3128"})))
    assert page.ip == ""


def test_listings_and_errors_are_not_noted():
    assert take(noted(Request(URL))) is None
    for status in (301, 304, 404, 503):
        assert take(noted(status=status)) is None


def test_without_kept_pages_it_is_not_there():
    NoteAsFetched.from_crawler(get_crawler())
    with pytest.raises(NotConfigured):
        NoteAsFetched.from_crawler(get_crawler(settings_dict={"NEWSCRAWL_PAGES": "off"}))
