"""Hypothesis strategies: news markup grown from a small grammar, and bytes of every kind."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.extraction.fuzz.claims import odd_json
from tests.extraction.fuzz.reading import URL, Page
from tests.extraction.fuzz.words import CHARSETS, DATES, META, NAMES, PAGE_URLS, SENTENCES, TAGS, phrases

_BLOCKS = tuple("p p p div section article h2 h3 ul ol li blockquote table tr td aside".split())
_INLINE = tuple("a span b strong em time br font small figcaption img".split())


def _element(tag: str, name: str, inside: list[str]) -> str:
    attributes = {
        "a": " href='/news/2'",
        "time": " datetime='2026-11-20T10:00:00+03:00'",
        "img": " src='/x.jpg'",
    }
    return f"<{tag} class='{name}'{attributes.get(tag, '')}>{''.join(inside)}</{tag}>"


def _document(title: str, statements: list[str], body: list[str], closed: bool) -> Page:
    head = f"<meta charset=utf-8><title>{title} | صحيفة الساحل</title>{''.join(statements)}"
    html = f"<html lang=ar><head>{head}</head><body><article><h1>{title}</h1>{''.join(body)}"
    return Page((html + "</article></body></html>" * closed).encode("utf-8", "surrogatepass"), made="grown")


def news_pages() -> st.SearchStrategy[Page]:
    """Plausible news markup: sentences, phrases of all kinds and dates in elements that news pages use."""
    texts = st.one_of(
        st.sampled_from(SENTENCES),
        st.sampled_from(SENTENCES),
        st.sampled_from(phrases()),
        st.sampled_from(DATES),
        st.text(st.characters(codec="utf-8", exclude_characters="<"), max_size=30),
    )
    names = st.sampled_from(("", "", *NAMES))
    tags = st.sampled_from(_BLOCKS + _INLINE)
    blocks = st.recursive(
        texts, lambda inner: st.builds(_element, tags, names, st.lists(inner, max_size=5)), max_leaves=25
    )
    statements = st.one_of(
        st.builds(lambda n, v: f'<meta property="{n}" content="{v}">', st.sampled_from(META), texts),
        st.builds(
            lambda d: f"<script type='application/ld+json'>{d}</script>",
            st.randoms(use_true_random=False).map(odd_json),
        ),
    )
    return st.builds(
        _document, texts, st.lists(statements, max_size=6), st.lists(blocks, max_size=20), st.booleans()
    )


def any_bytes() -> st.SearchStrategy[Page]:
    """Bytes of no kind, characters of every kind, and tags in no order; under any declared charset."""
    tags = [mark for tag in TAGS for mark in (f"<{tag}>", f"</{tag}>")]
    soup = st.lists(st.sampled_from([*tags, *SENTENCES, "&#0;", "<!--", "-->", "<![CDATA["]))
    contents = st.one_of(
        st.binary(max_size=4000),
        st.text(max_size=1000).map(lambda text: text.encode("utf-8", "surrogatepass")),
        soup.map(lambda pieces: "".join(pieces).encode()),
    )
    return st.builds(
        Page,
        contents,
        st.sampled_from((URL, *PAGE_URLS)),
        st.one_of(st.none(), st.sampled_from(CHARSETS)),
        st.just("bytes"),
    )
