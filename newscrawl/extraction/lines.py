"""What a line says by itself: a caption, a note, somebody's headline."""

from __future__ import annotations

from collections.abc import Sequence

from newscrawl.arabic.letters import letters
from newscrawl.extraction.echo import goes_on, unfinished
from newscrawl.extraction.phrases import Found, Kind, find, photo_credit

LONGEST = {
    Kind.RELATED: 32,
    Kind.TAGS: 40,
    Kind.SOURCE: 12,
    Kind.COMMENTS: 60,
    Kind.NOTICE: 45,
    Kind.CONTROL: 15,
    Kind.BYLINE: 9,
    Kind.CREDIT: 25,
}
"""Words of a line that a phrase of each kind may take away; a longer line is a paragraph that begins so."""
_HEADLINE = 25
"""No headline has more words; a caption seldom has."""
_MORE_HEADLINES = 6
"""Lines behind those that go with a pointer that are looked at."""
_REPEATED = 8
"""A line of fewer words may well be said twice."""
_SUBHEADING = 8
NOTE = 9
"""Words of a line above or below the text that is no sentence of it."""
_CLOSING_QUOTES = ("»", "”", '"')
_QUOTED_CAPTION = 12
"""Words of a caption that ends in a quotation; a longer line is a sentence with its agency behind it."""
_OPENING_QUOTES = ("«", "“", '"')


def is_note(line: str) -> bool:
    """A short line above or below the text that is no sentence of it."""
    return len(line.split()) <= NOTE and unfinished(line)


def fits(found: Found, line: str) -> bool:
    """Whether a line is as short as lines with such a phrase are that are not the article's."""
    return len(line.split()) <= LONGEST[found.kind]


def goes(found: Found, line: str, *, at_edge: bool) -> bool:
    """Whether a line with such a phrase is cut; `at_edge`: it stands above or below the text."""
    if found.kind in (Kind.NOTICE, Kind.COMMENTS) and line.lstrip().startswith(_OPENING_QUOTES):
        return False  # somebody says so
    if found.kind is Kind.ADVERTISEMENT:
        return found.alone
    if found.kind is Kind.BYLINE and not (at_edge and unfinished(line)):
        return False
    return fits(found, line)


def pointed_to(after: Sequence[str]) -> tuple[Sequence[int], int]:
    """Which lines behind a pointer on a line of its own may be headlines whose text follows, and how many go.

    The first line may be a headline that ends like a sentence, and so may all where nothing else follows.
    Those go with the pointer. One in quotes or with a question mark further down may be a headline as well:
    it does not go, but another article's text may begin behind it.
    """
    end = len(after)
    while end and like_headline(after[end - 1]):
        end -= 1
    gone = 0
    for index, text in enumerate(after):
        if not like_headline(text, sure=0 < index < end):
            break
        gone += 1
    last = gone
    while last and last < min(end, gone + _MORE_HEADLINES) and like_headline(after[last]):
        last += 1
    return range(max(0, gone - 1), last), gone


def like_headline(line: str, *, sure: bool = False) -> bool:
    """Whether a line may be a headline; `sure`: and no short sentence, in quotes or with a question mark."""
    if len(line.split()) > _HEADLINE or line.rstrip().endswith((".", "،", "؛", ":")) or goes_on(line):
        return False
    return find(line) is None and (unfinished(line) or not sure)


def without_caption(line: str) -> list[str]:
    """A line, or what is left of it when it is a photo's caption with the agency in brackets.

    Layouts glue the next sub-heading to a caption: that stays. Behind a finished sentence the brackets name
    the text's own agency.
    """
    end = photo_credit(line)
    if end is None or len(line[:end].split()) > _HEADLINE:
        return [line]
    caption, rest = line[: line.rfind("(", 0, end)].strip(), line[end:].strip(" .")
    quoted = caption.endswith(_CLOSING_QUOTES) and len(caption.split()) <= _QUOTED_CAPTION
    if not caption or not (unfinished(caption) or quoted):
        return [line]
    if not rest:
        return []
    return [rest] if len(rest.split()) <= _SUBHEADING and unfinished(line) else [line]


def once(lines: Sequence[str]) -> list[str]:
    """Without the second copy of a paragraph: pages carry texts twice, for phones and for print."""
    seen: set[str] = set()
    kept = []
    for line in lines:
        same = letters(line)
        if len(line.split()) >= _REPEATED and same in seen:
            continue
        seen.add(same)
        kept.append(line)
    return kept
