import pytest
from scrapy import Request

from newscrawl.spiders.loader import OutletSpiderLoader


@pytest.fixture
def loader(monkeypatch):
    monkeypatch.delenv("NEWSCRAWL_OUTLETS_DIR", raising=False)
    return OutletSpiderLoader.from_settings(None)


def test_every_outlet_is_a_spider(loader):
    names = loader.list()
    assert len(names) >= 75
    assert names == sorted(set(names))
    assert {"news", "site"} <= set(names)


def test_each_loads_under_its_own_name(loader):
    for name in loader.list():
        assert loader.load(name).name == name


def test_an_unknown_name_is_told_with_close_ones(loader):
    with pytest.raises(KeyError, match=r"did you mean .*albayan"):
        loader.load("albayann")
    with pytest.raises(KeyError, match="`newscrawl outlets` lists them"):
        loader.load("zzzzzzzzzz")


def test_the_spider_of_an_address(loader):
    assert loader.find_by_request(Request("https://www.albayan.ae/news/1")) == ["albayan"]
    assert loader.find_by_request(Request("https://nobody.example/1")) == []
