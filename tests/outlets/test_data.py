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


def test_every_file_is_valid_and_says_where_its_facts_come_from():
    texts = {file.name: file.read_text(encoding="utf-8").splitlines() for file in FILES}
    unsaid = [
        n for n, lines in texts.items() if not lines[0].startswith("# Facts compiled from public records")
    ]
    assert unsaid == []
    unsure = [file.name for file in FILES if read_outlet(file).confidence != "high"]
    assert [n for n in unsure if not any(line.startswith("# Recheck: ") for line in texts[n])] == []


def test_addresses_are_the_outlets_own():
    strange = [one.id for one in OUTLETS.values() if not one.covers_host(one.homepage.split("/")[2])]
    assert strange == []
    assert [one.id for one in OUTLETS.values() if one.domain in one.aliases] == []


@needs_samples
def test_patterns_match_real_articles():
    known = [outlet for outlet in OUTLETS.values() if outlet.article_pattern is not None]
    urls = [(one, url) for one in known for url in URLS[one.domain] if url not in NOT_ARTICLES]
    assert len({one.id for one, _ in urls}) > 50
    assert [(one.id, url) for one, url in urls if not one.article_pattern.match(url)] == []


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
