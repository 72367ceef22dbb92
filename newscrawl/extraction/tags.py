"""The article's tags: those that the page shows, else those that it states and that are about the article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from newscrawl.arabic.normalise import normalise
from newscrawl.extraction.sitenames import SiteNames, title_key
from newscrawl.extraction.surroundings import Surroundings
from newscrawl.page import Node
from newscrawl.page.statements import Statements, as_list, clean, string

MOST = 50
LONGEST = 60
"""Characters; what is longer is a sentence."""
_LONGEST_LIST = 3000
_LONGEST_AROUND = 400
"""Characters of a list of tags with its label."""
_EVIDENCE = 6000
"""Characters of the text behind the headline in which the words of tags are looked for."""
_DASHED = re.compile(r"\s[-–—/]\s")
_SPLIT = re.compile(r"[،,;؛|\n•·]")
_WORD = re.compile(r"\w+")
_LABEL = re.compile(
    r"^\s*(?:ال)?(?:كلمات|وسوم|أوسمة|اوسمة|تاغات|تاجات|تاقات|تاج|مواضيع|هاشتاغ|tags?|keywords|topics)"
    r"(?:\s+(?:ال)?(?:دلالية|دليلية|مفتاحية|دالة|بحث|مقال|خبر|ذات صلة))?\s*(?:[:：]|$)",
    re.IGNORECASE,
)
"""What stands before a list of tags: كلمات دلالية, الوسوم, الكلمات المفتاحية."""
_FOLDER = re.compile(r"/[^/]*/?(?:ar/?)?$|\?.*$")
"""The last part of a link's path, behind the folder that tells tags from sections."""
_GENERIC = frozenset({"news", "اخبار", "الاخبار", "خبر", "عاجل", "breakingnews", "arabic", "latestnews"})
"""Words for every page of every site, as keys."""
_ABOUT = 0.5
"""This share of the keywords at least must stand in headline, description or text; a template's do not."""


def read_tags(around: Surroundings, site: SiteNames, title: str, section: str) -> list[str]:
    """The tags as published, in the page's order, each once, fifty at most.

    A list that readers see is taken as it stands, but for the section before it. Meta tags also carry
    what is for search engines: the headline cut into words, or the same words on every page; both are
    refused.
    """
    said = around.page.said
    shown = _clean_list(_shown(around, section), site, title)
    if shown:
        return shown
    tagged = [clean(text) for name in ("article:tag", "og:article:tag") for text in said.metas.get(name, ())]
    for stated in (tagged, _listed(said.article.get("keywords"))):
        tags = _clean_list(stated, site, title)
        if tags and not _is_headline(tags, title):
            return tags
    lists = [_clean_list(stated, site, title) for stated in _meta(said)]
    lists = [tags for tags in lists if tags and not _is_headline(tags, title)]
    evidence = _evidence(around, title) if lists else set()
    return next((tags for tags in lists if _is_about(tags, evidence)), [])


def _meta(said: Statements) -> Iterator[list[str]]:
    for name in ("news_keywords", "keywords", "parsely-tags", "sailthru.tags"):
        yield _SPLIT.split(said.meta.get(name, "")[:_LONGEST_LIST])


def _listed(value: Any) -> list[str]:
    """The keywords of a JSON-LD value: a text with commas, a list of texts or of DefinedTerms."""
    found: list[str] = []
    for item in as_list(value)[: 4 * MOST]:
        text = string(item.get("name")) if isinstance(item, dict) else string(item)
        found += _SPLIT.split(text[:_LONGEST_LIST])
    return found


def _clean_list(texts: Iterable[str], site: SiteNames, title: str) -> list[str]:
    found: dict[str, str] = {}
    heading = title_key(title)
    for text in texts:
        tag = _LABEL.sub("", clean(clean(text[: 3 * LONGEST]))).strip("# \t،,.:؛-–")
        key = title_key(tag)
        if not key or key.isdigit() or key in _GENERIC or key == heading:
            continue
        if len(tag) <= LONGEST and not _LABEL.match(tag) and not site.names(tag):
            found.setdefault(key, tag)
        if len(found) >= MOST:
            break
    return list(found.values())


def _shown(around: Surroundings, section: str) -> list[str]:
    """The texts of the first list of tags that the article shows."""
    for node in around.after("tags"):
        texts = _without_section(_texts_of(around, node), around.inside(node, "a"), section)
        if texts:
            return texts
    linked = map(around.page.text_of, around.after("tag link"))
    texts = [text for text in linked if len(text) < 2 * LONGEST]
    if texts:
        return texts
    return next((tags for line, node in around.labelled if (tags := _behind_label(around, line, node))), [])


def _behind_label(around: Surroundings, line: str, node: Node) -> list[str]:
    """The tags that follow a label: on its line, in its element, or in the element around both."""
    label = _LABEL.match(line)
    if not label:
        return []
    links = around.links(node)
    if links and node.tag not in ("body", "article", "main"):
        return [around.page.text_of(link) for link in links]
    rest = line[label.end() :].strip()
    if rest:
        marked = _SPLIT.split(rest)
        return marked if len(marked) > 1 else _DASHED.split(rest)
    short = node.parent is not None and len(around.page.text_of(node.parent)) <= _LONGEST_AROUND
    return _texts_of(around, node.parent) if node.parent is not None and short else []


def _without_section(texts: list[str], links: list[Node], section: str) -> list[str]:
    """The tags without the section before them, where its link leads to another folder than theirs."""
    tags = [text for text in texts if text.strip()]
    folders = [_FOLDER.sub("", link.href) for link in links]
    apart = len(tags) > 2 and title_key(tags[0]) == title_key(section) and len(folders) > 2
    return tags[1:] if apart and folders[0] != folders[1] == folders[2] else tags


def _texts_of(around: Surroundings, node: Node) -> list[str]:
    """The tags of a list: the texts of its links, or where these hold none, of all its parts."""
    links = around.links(node)
    if len(around.page.text_of(node)) > _LONGEST_LIST:
        return []
    if links:
        return [around.page.text_of(link) for link in links]
    pieces = [node.get("content")]
    pieces += [span.text for block in around.page.blocks_of(node) for span in block.spans]
    return [tag for piece in pieces for tag in _SPLIT.split(piece) if tag.strip()]


def _words(text: str) -> set[str]:
    return {word.removeprefix("و").removeprefix("ال") for word in _WORD.findall(normalise(text))}


def _evidence(around: Surroundings, title: str) -> set[str]:
    """The words of headline, descriptions, and the first text behind the headline."""
    said = around.page.said
    texts = [title, *(said.meta.get(name, "") for name in ("description", "og:description"))]
    texts += [string(said.article.get("description")), string(said.article.get("articlebody"))]
    length = 0
    if around.headline.block is not None:
        for block in islice(around.page.blocks, around.headline.block.index + 1, None):
            texts.append(block.text)
            length += len(block.text)
            if length > _EVIDENCE:
                break
    return _words(" ".join(text[:_EVIDENCE] for text in texts))


def _is_about(tags: list[str], evidence: set[str]) -> bool:
    """Whether enough of the keywords stand in what the page says of the article."""
    hits = sum(1 for tag in tags if (words := _words(tag)) and len(words & evidence) * 2 > len(words))
    return hits >= max(1, _ABOUT * len(tags))


def _is_headline(tags: list[str], title: str) -> bool:
    """Whether the keywords are the headline cut into single words."""
    words = set(_WORD.findall(normalise(title)))
    single = sum(1 for tag in tags if title_key(tag) in words)
    return len(tags) >= 3 and single >= 0.8 * len(tags)
