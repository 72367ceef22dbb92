"""The packaged outlet files: every one valid, and every pattern true to real URLs."""

import csv
from collections import defaultdict
from importlib import resources
from pathlib import Path

import pytest

from newscrawl.outlets import OutletIndex, load_outlets, outlet_ids
from newscrawl.outlets.registry import read_outlet

SAMPLES = Path(__file__).resolve().parents[2].parent / "shared" / "outlets" / "article_urls.tsv"

# In the list of article URLs, but two feeds' addresses that some program had guessed.
NOT_ARTICLES = {"https://alwatan.sy/rss", "https://alwatan.sy/rss.xml"}

DATA = resources.files("newscrawl.outlets").joinpath("data")
FILES = sorted((file for file in DATA.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
OUTLETS = load_outlets()


def samples():
    if not SAMPLES.is_file():
        return {}
    urls = defaultdict(list)
    with SAMPLES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            urls[row["domain"]].append(row["url"])
    return urls


URLS = samples()
needs_samples = pytest.mark.skipif(
    not URLS, reason="no ../shared/outlets/article_urls.tsv beside this checkout"
)


def test_there_are_many():
    assert len(FILES) >= 80
    assert list(OUTLETS) == outlet_ids() == [file.name.removesuffix(".toml") for file in FILES]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_file_is_valid_and_says_where_its_facts_come_from(file):
    outlet = read_outlet(file)
    head, *rest = file.read_text(encoding="utf-8").splitlines()
    assert head.startswith("# Facts compiled from public records")
    if outlet.confidence != "high":
        assert any(line.startswith("# Recheck: ") for line in rest)


@pytest.mark.parametrize("outlet", OUTLETS.values(), ids=OUTLETS)
def test_addresses_are_the_outlets_own(outlet):
    assert outlet.covers_host(outlet.homepage.split("/")[2])
    for alias in outlet.aliases:
        assert alias != outlet.domain


@needs_samples
@pytest.mark.parametrize("outlet", OUTLETS.values(), ids=OUTLETS)
def test_pattern_matches_real_articles(outlet):
    urls = [url for url in URLS[outlet.domain] if url not in NOT_ARTICLES]
    if not urls:
        pytest.skip("no sample URL of this outlet")
    if outlet.article_pattern is None:
        pytest.skip("this outlet's pattern is not known")
    assert [url for url in urls if not outlet.article_pattern.match(url)] == []


@needs_samples
def test_known_exceptions_are_not_taken_for_articles():
    pattern = OUTLETS["alwatansy"].article_pattern
    assert [url for url in NOT_ARTICLES if pattern.match(url)] == []


@needs_samples
def test_every_real_url_finds_its_outlet():
    index = OutletIndex(OUTLETS.values())
    ids = {outlet.domain: outlet.id for outlet in OUTLETS.values()}
    lost = [
        url
        for domain, urls in URLS.items()
        if domain in ids
        for url in urls
        if getattr(index.outlet_for_url(url), "id", None) != ids[domain]
    ]
    assert lost == []


# One page of another language or edition on the same domain each, as their sites spell them.
@pytest.mark.parametrize(
    ("outlet_id", "own", "foreign"),
    [
        ("bbcarabic", "https://www.bbc.com/arabic/articles/cwy7e71yjkko", "https://www.bbc.com/news/articles/cwy7e71yjkko"),
        ("dwarabic", "http://www.dw.com/ar/محاكمة/a-19034872?maca=ara-rss", "https://www.dw.com/en/trial/a-19034872"),
        (
            "anadoluarabic",
            "https://www.aa.com.tr/ar/الدول-العربية/بمشاركة-مئات-الخبراء/3817682",
            "https://www.aa.com.tr/en/middle-east/hundreds-of-experts/3817682",
        ),
        (
            "france24ar",
            "https://www.france24.com/ar/رياضة/20260430-كأس",
            "https://www.france24.com/en/sport/20260430-cup",
        ),
        ("unnewsarabic", "https://news.un.org/ar/story/2020/04/1052982", "https://news.un.org/en/story/2020/04/1052982"),
        ("sharjah24", "https://sharjah24.ae/ar/Articles/2026/09/26/KMR12", "https://sharjah24.ae/en/Articles/2026/09/26/KMR12"),
        ("wam", "https://www.wam.ae/ar/article/hszrfc62", "https://www.wam.ae/en/article/hszrfc62"),
        ("menafnarabic", "https://menafn.com/arabic/1099728915/ربح", "https://menafn.com/1099728915/Profit"),
    ],
)  # fmt: skip
def test_shared_domains_are_narrowed(outlet_id, own, foreign):
    pattern = OUTLETS[outlet_id].article_pattern
    assert pattern.match(own)
    assert not pattern.match(foreign)


@pytest.mark.parametrize(
    ("outlet_id", "template"),
    [
        ("aljazeera", "https://www.aljazeera.net/sitemap.xml?yyyy={yyyy}&mm={mm}&dd={dd}"),
        ("youm7", "https://www.youm7.com/Sitemap/{yyyy}/{m}/{d}"),
        ("nna", "https://www.nna-leb.gov.lb/ar/sitemap/n/3?date={yyyy-mm-dd}"),
    ],
)
def test_sitemaps_of_a_day(outlet_id, template):
    assert OUTLETS[outlet_id].sitemaps == (template,)
