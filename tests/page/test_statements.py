"""JSON-LD as pages write it: what is no text is not let in by its escapes."""

from __future__ import annotations

import json

import pytest
from lxml import html

from newscrawl.page.jsonld import read_linked_data
from newscrawl.page.statements import read_statements


def linked(written):
    script = f"<script type='application/ld+json'>{written}</script>"
    page = html.fromstring(f"<html><head>{script}</head><body><p>نص</p></body></html>")
    return read_statements(page).linked


@pytest.mark.parametrize(
    "escape", [r"\ud800", r"\uDFFF", r"\u0000", r"\u001f", r"\uffff", r"\uFFFE", r"\b", "&#1;"]
)
def test_what_is_no_text_is_left_out(escape):
    (found,) = linked(f'{{"@type":"NewsArticle","headline":"خبر{escape}","author":[{{"name":"س{escape}"}}]}}')
    assert found["headline"] == "خبر"
    assert found["author"] == [{"name": "س"}]


def test_escaped_letters_are_letters():
    (found,) = linked(json.dumps({"headline": "خبر 😀"}) + "\n")
    assert found["headline"] == "خبر 😀"


@pytest.mark.parametrize("depth", [30, 900, 100_000])
@pytest.mark.parametrize("escape", ["", r"\u0001"])
def test_depth_without_end_is_no_fault(depth, escape):
    found = linked('{"a":' * depth + f'"{escape}"' + "}" * depth)
    assert [set(item) for item in found] == ([{"a"}] if depth < 900 else [{"a"}] * len(found))


ARTICLE = '{"@type":"NewsArticle","headline":"خبر","datePublished":"2026-11-25"}'
FORGIVEN = {
    "cdata": f"//<![CDATA[\n{ARTICLE}\n//]]>",
    "cdata in comments": f"/*<![CDATA[*/{ARTICLE}/*]]>*/",
    "html comment": f"<!-- {ARTICLE} -->",
    "comments": f"/* النوع */ {ARTICLE} // انتهى",
    "a comment behind a line": ARTICLE.replace(",", ", // سطر\n", 1),
    "trailing comma": ARTICLE.replace("}", ",}"),
    "references": ARTICLE.replace('"', "&quot;"),
    "a mark": f"\ufeff{ARTICLE}",
    "two in a row": f'{{"@type":"WebSite","name":"س"}}\n{ARTICLE}',
    "two with a comma": f'{{"@type":"WebSite"}},{ARTICLE},',
    "semicolon": f"{ARTICLE};",
    "graph": f'{{"@graph":[{ARTICLE}]}}',
    "main entity": f'{{"@type":"WebPage","mainEntity":{ARTICLE}}}',
}


@pytest.mark.parametrize("kind", FORGIVEN)
def test_what_browsers_forgive_is_read(kind):
    script = f"<script type='application/ld+json; charset=utf-8'>{FORGIVEN[kind]}</script>"
    page = html.fromstring(f"<html><head>{script}</head><body>ن</body></html>")
    article = read_statements(page).article
    assert (article["headline"], article["datepublished"]) == ("خبر", "2026-11-25")


def test_an_address_in_a_string_is_no_comment():
    (found,) = linked('{"@id":"https://x.example/a", "headline":"قال: /* كذا */, ]",}')
    assert (found["@id"], found["headline"]) == ("https://x.example/a", "قال: /* كذا */, ]")


def test_a_number_without_end_costs_only_itself():
    text = '{"@type": "NewsArticle", "headline": "خبر", "wordCount": NUMBER}'.replace("NUMBER", "9" * 6000)
    [item] = read_linked_data(text)
    assert (item["headline"], item["wordcount"]) == ("خبر", None)
