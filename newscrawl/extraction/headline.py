"""The headline, found once for everyone: the line that agrees best with what the page states as its title.

Where nothing that the page shows agrees with what it states, the words tell: a lead repeats its headline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newscrawl.arabic.normalise import normalise
from newscrawl.extraction.echo import stems, unfinished
from newscrawl.extraction.sitenames import HOME, MOST_CUTS, SEPARATOR, SiteNames, title_key, without_site
from newscrawl.extraction.topic import without_stranger
from newscrawl.page import Block, Node, Page
from newscrawl.page.statements import clean, string

LONGEST = 500
"""Characters; what is longer is no headline."""
SAME = 0.5
"""From this agreement on, a heading and a stated title are two forms of one headline."""

_MOST = 40
"""So many headings, and forms of one, are looked at."""
_SHORTEST = 20
"""Characters of a headline that may be told by its words alone."""
_MOST_BLOCKS = 4
"""Lines that a headline may be broken into."""
_CUT_LENGTH = 100
"""A title that stops here may have been cut by a length limit: Google asks for at most 110 characters."""
_WORDS = range(3, 26)
"""Words of a headline that nothing marks."""
_ABOVE = 12
"""So many lines above the text may hold it."""
_LEAD = 3
"""Paragraphs that repeat it."""
_ECHO = 0.3
"""Share of its stems in them, at least; leads of the newsroom's pages and the corpora have about .6."""
_NOT_HEADLINES = frozenset({"a", "body", "article", "form", "img", "main", "section"})

_WORD = re.compile(r"\w+")
_ELLIPSIS = ("…", "...", "..")


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline as published, and the block that shows it, if one does."""

    text: str = ""
    block: Block | None = None
    node: Node | None = None
    """The element around it: a heading may be broken into several blocks."""


class Wording:
    """A title as written, with its forms for comparing."""

    __slots__ = ("key", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        words = _WORD.findall(normalise(_uncut(text)))
        self.key = "".join(words)
        self.words = frozenset(words)


@dataclass(frozen=True, slots=True)
class _Heading:
    """One reading of an element that may be the headline."""

    wording: Wording
    node: Node
    block: Block


def find_headline(page: Page, site: SiteNames, sections: Sequence[str] = ()) -> Headline:
    """Find the article's headline, and tell the page which block shows it.

    Args:
        page: the page; its `headline` is set.
        site: the site's names, which are no headlines.
        sections: the page's stated sections.
    """
    stated = [Wording(title) for title in dict.fromkeys(stated_titles(page, site, sections))]
    shown = [one for one in _headings(page) if not _is_sign(one.wording.text, site, sections)]
    best = (
        _agreeing(shown, stated)
        or _alone(page, shown, stated)
        or _spelled_out(page, stated)
        or _echoed(page, stated, site)
    )
    if best is None:
        return Headline(without_stranger(page, _whole(stated[0].text, stated))) if stated else Headline()
    page.choose_headline(best.block)
    text = without_site(best.wording.text, site, [])
    return Headline(_whole(text, stated), best.block, best.node)


def agreement(first: Wording, second: Wording) -> float:
    """How surely two texts are forms of one headline: 1 the same letters … 0 nothing in common."""
    if first.key == second.key:
        return 1.0 if first.key else 0.0
    short, long = sorted((first.key, second.key), key=len)
    if len(short) >= 12 and short in long:
        return 0.9
    shared = len(first.words & second.words)
    return 0.8 * shared / min(len(first.words), len(second.words)) if shared >= 3 else 0.0


def stated_titles(page: Page, site: SiteNames, sections: Sequence[str]) -> Iterator[str]:
    """The titles that the page states to machines, the most trustworthy first, without the site's name."""
    said = page.said
    for value in (
        string(said.article.get("headline")),
        said.meta.get("og:title", ""),
        said.meta.get("twitter:title", ""),
        said.meta.get("headline", ""),
        string(said.article.get("name")),
        said.title,
    ):
        title = without_site(clean(clean(value[: 2 * LONGEST])), site, sections)
        if title and len(title) <= LONGEST and not _is_sign(title, site, sections):
            yield _without_tail(title)


def _without_tail(title: str) -> str:
    """A title without a short last part behind a bar: a bar parts a site's name, or follows one word."""
    head, bar, tail = title.rpartition("|")
    if bar and len(head.split()) >= 4 and len(tail.split()) <= 3:
        return head.strip()
    return title


def _headings(page: Page) -> list[_Heading]:
    """What the page may show as headline: every h1, and what calls itself headline."""
    tops = page.tagged("h1")[:_MOST]
    called = [node for node in page.nodes if "headline" in node.roles and node.tag not in _NOT_HEADLINES]
    found: list[_Heading] = []
    for node in dict.fromkeys([*tops, *called[:_MOST]]):
        blocks = page.blocks_of(node)
        if 0 < len(blocks) <= _MOST_BLOCKS:
            found += [_Heading(Wording(text), node, blocks[0]) for text in dict.fromkeys(_forms(page, node))]
    return [heading for heading in found if 1 < len(heading.wording.text) <= LONGEST]


def _forms(page: Page, node: Node) -> Iterator[str]:
    """A heading's text: without a kicker in a child of its own, then whole, then without either end child."""
    children = [child for child in page.children(node) if child.end > child.start][:_MOST]
    kickers = [child for child in children if child.roles & {"section", "standfirst"}]
    if kickers:
        yield _text_without(page, node, kickers)
    yield _text_without(page, node, [])
    if len(children) > 1 or (children and page.text_of(children[0]) != page.text_of(node)):
        yield _text_without(page, node, children[:1])
        yield _text_without(page, node, children[-1:])


def _text_without(page: Page, node: Node, left_out: Sequence[Node]) -> str:
    lines = []
    for block in page.blocks_of(node):
        spans = [span for span in block.spans if span.node.inside(node)]
        kept = [span.text for span in spans if not any(span.node.inside(other) for other in left_out)]
        lines.append("".join(kept))
    return clean(" ".join(lines))


def _agreeing(headings: list[_Heading], stated: list[Wording]) -> _Heading | None:
    best, highest = None, 0.0
    for heading in headings:
        score = max((agreement(heading.wording, title) for title in stated), default=0.0)
        if score >= SAME and score > highest:
            best, highest = heading, score
    return best


def _alone(page: Page, headings: list[_Heading], stated: list[Wording]) -> _Heading | None:
    """The only h1 that is long enough for a headline, where nothing stated agrees with any heading."""
    least = 4 if any(len(title.text.split()) > 2 for title in stated) else 2  # a word or two is no headline
    fitting = [
        heading
        for heading in headings
        if heading.node.tag == "h1"
        and len(heading.wording.text.split()) >= least
        and not _in_masthead(page, heading)
        and (heading.block.index < page.run.stop or not page.run)  # what stands below the text heads a list
    ]
    if not fitting:
        return None
    copies = {heading.wording.key for heading in fitting if heading.node is fitting[0].node}
    alone = all(heading.wording.key in copies for heading in fitting if heading.node is not fitting[0].node)
    return fitting[0] if alone or not stated else None


def _spelled_out(page: Page, stated: list[Wording]) -> _Heading | None:
    """The line that is a stated title, or the title without what a mark parts from its ends.

    For pages without headings: the longest such text is the headline, the rest is the site's.
    """
    wanted = {title_key(text) for title in stated for text in _parts(title.text)}
    found = [
        block
        for block in page.blocks
        if _SHORTEST <= len(block.text) <= LONGEST and title_key(block.text) in wanted
    ]
    best = max(found, key=lambda block: len(block.text), default=None)
    return _Heading(Wording(best.text), best.node, best) if best else None


def _parts(title: str) -> Iterator[str]:
    """A title, and what is left of it without its first or last pieces."""
    yield title
    for match in list(SEPARATOR.finditer(title))[:MOST_CUTS]:
        for text in (title[: match.start()], title[match.end() :]):
            if len(text) >= _SHORTEST:
                yield text


def _echoed(page: Page, stated: list[Wording], site: SiteNames) -> _Heading | None:
    """The line above the text whose words the lead repeats, more than those of a stated title."""
    run = page.run
    text = page.blocks[run.start : run.stop][:_LEAD]
    lead = {stem for block in text for stem in stems(block.text)}
    most = max([_ECHO, *(_echo(title.text, lead) for title in stated)])
    best: Block | None = None
    for block in page.blocks[max(0, run.start - _ABOVE) : run.start + 1]:
        if block.words in _WORDS and block.linked * 2 < block.words and unfinished(block.text):
            echo = _echo(block.text, lead)
            if echo > most and block is not text[0] and not site.names(block.text):
                best, most = block, echo
    return _Heading(Wording(_with_broken_lines(page, best)), best.node, best) if best else None


def _with_broken_lines(page: Page, block: Block) -> str:
    """A headline's text with the lines before and behind it that only a line break parts from it."""
    lines = [one for one in page.blocks_of(block.node) if one.node is block.node]
    whole = len(lines) <= _MOST_BLOCKS and sum(one.words for one in lines) in _WORDS
    broken = whole and all(unfinished(one.text.rstrip(". …")) and not one.linked for one in lines)
    return " ".join(one.text for one in lines) if broken else block.text


def _echo(title: str, lead: set[str]) -> float:
    own = set(stems(title))
    return len(own & lead) / len(own) if len(own) >= _WORDS[0] else 0.0


def _in_masthead(page: Page, heading: _Heading) -> bool:
    if page.furniture(heading.block) >= SAME:
        return True
    names = " ".join(node.names[:200] for node in (heading.node, heading.node.parent) if node is not None)
    return "logo" in names.lower() or "site-title" in names


def _is_sign(text: str, site: SiteNames, sections: Sequence[str]) -> bool:
    """Whether a text is the site's name, a section's, or the home page's: a sign, no headline."""
    key = title_key(text)
    return not key or key in HOME or site.names(text) or key in {title_key(section) for section in sections}


def _uncut(text: str) -> str:
    return text.rstrip(".… ") if text.endswith(_ELLIPSIS) else text


def _whole(text: str, stated: list[Wording]) -> str:
    """The title itself, or the stated one that it is a cut copy of."""
    begun = _uncut(text)
    for other in (title.text for title in stated):
        if len(other) > len(begun) and other.startswith(begun) and not other.endswith(_ELLIPSIS):
            in_a_word = text == begun and other[len(begun)].isalpha()
            if text != begun or in_a_word or len(text) >= _CUT_LENGTH:
                return other
    return text


def same_title(text: str, title: str) -> bool:
    """Whether a text is the title, which may carry the site's name or be cut short; both normalised."""
    if len(text) < 10 or len(title) < 10 or len(text) >= 2 * len(title):
        return False
    return text in title or title in text
