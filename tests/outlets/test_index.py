import subprocess
import sys

import pytest

from newscrawl.outlets import Outlet, OutletIndex


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
