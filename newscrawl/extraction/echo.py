"""Where another article begins in the same text: told by words, for pages whose markup does not say.

The evidence is how news is written. A lead repeats its own headline in full sentences, so the lines after
another article's headline echo it, in words that were not yet said, while the lines after a link to related
news, or after a sub-heading, go on with what was said before: they share its words and names, and come back
to the words of their own headline. A lead begins anew: it is the next paragraph of a report that begins with
"and", "also" or "for his part". And a report of two sentences has hardly ended yet.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from itertools import dropwhile, islice
from typing import NamedTuple

from newscrawl.arabic.language import FUNCTION_WORDS
from newscrawl.arabic.normalise import normalise
from newscrawl.arabic.stem import stem


class Evidence(NamedTuple):
    """What speaks for another article, each 0 to 1."""

    echo: float
    """Share of the headline's stems in the lead that follows."""
    news: float
    """Share of them that are there and were not said before."""
    goes_on: float
    """Whether the text that follows begins like a continuation."""
    faith: float
    """Share of the first headline's stems in the text that follows."""
    kinship: float
    """Share of the stems of the text that follows, the headline's aside, in the text before."""
    length: float
    """Of the text before: 1 from a hundred words on."""


# Learned by scripts/learn_echo.py, which prints them and how often they are right, from articles set one
# after another (another begins), articles with another's headline in their midst, and the pointers that
# real articles have in their midst (none begins).
_WEIGHTS = Evidence(echo=9.4, news=6.3, goes_on=-7.5, faith=-2.3, kinship=-1.8, length=3.7)
_BIAS = -4.3

AFTER_A_POINTER = 0.92
"""Where a line like "read also" stands before the headline: the chance from which another article begins."""
AFTER_THE_END = 0.35
"""Where the article's source or tags have shown that it has ended."""
AT_A_HEADING = 0.95
"""Where the line is a heading in another `<article>` element.

Where nothing marks the line, no chance is enough: of 3,000 whole articles of the ANT corpus, four have a
line that passes even .99.
"""

NEAR = 200
"""Lines before and after a place that are looked at: more than the words below fill."""
_LEAD_WORDS = 60
_TEXT_WORDS = 200
_BACK_WORDS = 600
_LONG = 150
"""Words of a text that may well have ended."""
_FAR = 2000
"""Characters of a paragraph that hold more words than are looked at."""
_LEAST_STEMS = 3
_USUAL_FAITH = 0.2
"""Taken where there is no first headline: between what articles and others have."""
_HEADLINE_WORDS = range(5, 26)
_BARE_HEADLINE_WORDS = range(7, 23)
"""A sub-heading has two to six words; a headline that nothing announces must be longer to be one."""
_LEAST_LEAD = 12
_LEAST_REST = 30
_MOST_SUBHEADINGS = 1
"""An article with more lines without a full stop than this is one with sub-headings, or a list."""

_EMPTY = frozenset(stem(normalise(word)) for word in (*FUNCTION_WORDS, "حول", "دون", "بشأن", "هل", "كيف"))
"""Stems of words that every article has."""
_WORD = re.compile(r"\w+")
_ARABIC = re.compile("[\u0621-\u064a]")
_SENTENCE_END = tuple('.!؟?…:؛،,"»”)')
_NUMBERED = re.compile(r"\W*\d|[*•#–(-]")
# The words with which a paragraph goes on with what was said, as they stand normalised.
_CONNECTOR = re.compile(
    r"(?:كما |من جه|من جان|بدور|في المقابل|في حين|في غضون|الي ذلك|لكن|ثم |غير ان|الا ان|يذكر|يشار|جاء ذلك|"
    r"ياتي ذلك|تجدر|كذلك|ايضا|بينما|فيما |فضلا|فقد |ويري |وها |اذ |حيث|بعدها|هذا و|اما |مضيفا|قائلا|بحسب|"
    r"وفق|و\W)"
)


def stems(text: str) -> list[str]:
    """The stems of a text's words that mean something, in order.

    >>> stems("أخبار على مدار الساعة")
    ['اخبار', 'مدار', 'ساعه']
    """
    found = (stem(word) for word in _WORD.findall(normalise(text)) if len(word) > 1)
    return [one for one in found if one not in _EMPTY]


def weigh(title: str, headline: str, before: Sequence[str], after: Sequence[str]) -> Evidence | None:
    """The evidence for another article at a headline; None where the headline is too short to tell."""
    own = set(stems(headline))
    after = list(dropwhile(_is_short, after))
    if len(own) < _LEAST_STEMS or not after:
        return None
    text = _first(after, _TEXT_WORDS)
    lead, all_of_it, said = set(text[:_LEAD_WORDS]), set(text), set(_last(before, _BACK_WORDS))
    first, rest = set(stems(title)), all_of_it - own
    return Evidence(
        echo=len(own & lead) / len(own),
        news=len((own & lead) - said) / len(own),
        goes_on=float(goes_on(after[0])),
        faith=len(first & all_of_it) / len(first) if first else _USUAL_FAITH,
        kinship=len(rest & said) / len(rest) if rest else 0.0,
        length=_length(before),
    )


def chance(title: str, headline: str, before: Sequence[str], after: Sequence[str]) -> float:
    """How likely `after` is the text of `headline`, and not more of `before`: 0 to 1.

    Args:
        title: the article's own headline; may be empty.
        headline: the line between the texts.
        before: the paragraphs of the article so far.
        after: the paragraphs that follow.
    """
    evidence = weigh(title, headline, before, after) if _ARABIC.search(headline) else None
    if evidence is None:  # nothing was learned from texts of other languages
        return 0.0
    logit = _BIAS + sum(weight * value for weight, value in zip(_WEIGHTS, evidence, strict=True))
    return 1 / (1 + math.exp(-logit))


def _is_short(line: str) -> bool:
    """Whether a line is too short to be a lead: another headline, a sub-heading, a dateline."""
    return len(line.split()) < _LEAST_LEAD


def _first(paragraphs: Iterable[str], words: int) -> list[str]:
    """The first stems of a text."""
    found = (one for paragraph in paragraphs for one in stems(paragraph[:_FAR]))
    return list(islice(found, words))


def _last(paragraphs: Sequence[str], words: int) -> list[str]:
    """The last stems of a text, the last first."""
    found = (one for paragraph in reversed(paragraphs) for one in reversed(stems(paragraph[-_FAR:])))
    return list(islice(found, words))


def _length(paragraphs: Iterable[str]) -> float:
    """How long a text is, 0 to 1."""
    words = (word for paragraph in paragraphs for word in paragraph[:_FAR].split())
    return sum(1 for _ in islice(words, _LONG)) / _LONG


def goes_on(paragraph: str) -> bool:
    """Whether a paragraph begins like the continuation of another: وقال, but not وزير."""
    text = normalise(paragraph[:60]).lstrip(' "«“(-*')
    if _CONNECTOR.match(text):
        return True
    word = _WORD.match(text)
    return word is not None and word[0].startswith(("و", "ف")) and stem(word[0]) != word[0]


def unfinished(line: str) -> bool:
    """Whether a line ends like a headline or sub-heading: without a full stop or a closing quote."""
    return not line.rstrip().endswith(_SENTENCE_END)


def begins_after_pointer(
    title: str,
    headline: str,
    before: Sequence[str],
    after: Sequence[str],
    *,
    bar: float = AFTER_A_POINTER,
) -> bool:
    """Whether another article begins at a headline that a line like "read also" points to.

    Args:
        title: the article's own headline; may be empty.
        headline: the one pointed to.
        before: the paragraphs of the article so far.
        after: the paragraphs that follow the headline.
        bar: the chance from which it does.
    """
    if len(headline.split()) not in _HEADLINE_WORDS or not has_words(after, _LEAST_REST):
        return False
    return chance(title, headline, before, after) >= bar


def begins_at_heading(title: str, lines: Sequence[str], index: int) -> bool:
    """Whether another article begins at a line that the page marks as a heading.

    Args:
        title: the article's own headline; may be empty.
        lines: the text.
        index: of the line.
    """
    line = lines[index]
    if len(line.split()) not in _BARE_HEADLINE_WORDS or not unfinished(line) or _NUMBERED.match(line):
        return False
    before, after = lines[max(0, index - NEAR) : index], lines[index + 1 : index + 1 + NEAR]
    if len(before) < 2 or not has_words(after, _LEAST_REST):
        return False
    if len(after[0].split()) < _LEAST_LEAD or goes_on(after[0]):
        return False
    if sum(map(unfinished, before[1:])) > _MOST_SUBHEADINGS:
        return False
    return chance(title, line, before, after) >= AT_A_HEADING


def has_words(paragraphs: Iterable[str], least: int) -> bool:
    """Whether paragraphs have so many words at least."""
    words = (word for paragraph in paragraphs for word in paragraph[:_FAR].split())
    return next(islice(words, least - 1, None), None) is not None
