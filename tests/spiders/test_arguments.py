from datetime import UTC, datetime, timedelta

import pytest

from newscrawl.spiders.arguments import (
    ArgumentError,
    CrawlArguments,
    NewsArguments,
    SiteArguments,
    read_arguments,
)
from newscrawl.spiders.site import SiteSpider


def test_typed():
    values = read_arguments(NewsArguments, {"limit": "5", "since": "2d", "country": "EG, SA,"})
    assert values.limit == 5
    assert values.country == ("EG", "SA")
    assert abs(datetime.now(UTC) - timedelta(days=2) - values.since) < timedelta(minutes=1)
    assert read_arguments(CrawlArguments, {}).limit is None
    two = "https://example.org/a,12, https://example.org/b"
    assert read_arguments(CrawlArguments, {"urls": two}).urls == tuple(two.split(", "))


@pytest.mark.parametrize(
    ("model", "values", "fault", "mend"),
    [
        (CrawlArguments, {"limit": "many"}, "-a limit=many:", "integer"),
        (CrawlArguments, {"limit": "0"}, "-a limit=0:", "greater than or equal to 1"),
        (CrawlArguments, {"since": "lately"}, "-a since=lately:", "write 12h, 2d, 1w, yesterday"),
        (CrawlArguments, {"since": "1d", "until": "2d"}, "since lies after until", "swap them"),
        (CrawlArguments, {"limmit": "5"}, "-a limmit=: this spider has no such argument", "-a limit="),
        (NewsArguments, {"url": "x"}, "-a url=: this spider has no such argument", "-a outlets="),
        (CrawlArguments, {"urls": "example.org/1"}, "-a urls", "e.g. https://example.org/"),
        (SiteArguments, {}, "-a url= is needed", "e.g. https://example.org/"),
        (SiteArguments, {"url": "example.org"}, "-a url=example.org:", "e.g. https://example.org/"),
    ],
)
def test_an_error_names_the_argument_and_the_mend(model, values, fault, mend):
    with pytest.raises(ArgumentError) as caught:
        read_arguments(model, values)
    message = str(caught.value)
    assert fault in message.splitlines()[0]
    assert mend in message
    assert "Arguments of this spider:" in message
    assert all(f"-a {name}=" in message for name in model.model_fields)


def test_every_fault_is_told_at_once():
    with pytest.raises(ArgumentError) as caught:
        read_arguments(CrawlArguments, {"limit": "x", "since": "y"})
    assert [line.split("=")[0] for line in str(caught.value).splitlines()[:2]] == ["-a limit", "-a since"]


@pytest.mark.parametrize(
    "url",
    ["http://[::1", "//x", "javascript:1", "http://x.example:99999/", "http://..example/",
     "http://a b.example/", "http://x\n.example/", "http://[fe80::1%25eth0]/"],
)  # fmt: skip
def test_an_address_that_leads_nowhere_is_told_in_a_sentence_of_ours(url):
    with pytest.raises(ArgumentError) as caught:
        SiteSpider.check_arguments(url=url)
    first, *_ = str(caught.value).split("\nArguments")
    assert first.startswith(f"-a url={url}: ")
    assert "pydantic" not in first
    assert "pattern" not in first
    assert first.count(f"-a url={url}") == len(set(first.split(f"-a url={url}"))) - 1
