"""Where another article begins in the same text: told by words, for pages whose markup does not say.

The evidence is how news is written. A lead repeats its own headline in full sentences, so the lines after
another article's headline echo it, while the lines after a link to related news, or after a sub-heading,
go on with what was said before. And a lead begins anew: it is the next paragraph of a report that begins
with "and", "also" or "for his part".
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from itertools import islice

from newscrawl.arabic.function_words import ARABIC
from newscrawl.arabic.normalise import normalise
from newscrawl.arabic.stem import stem

# Learned by scripts/learn_boundary.py, which prints them and how often they are right, from articles set
# one after another (another begins) and articles with another's headline in their midst (none begins).
_ECHO, _MEMORY, _GOES_ON, _BIAS = 10.1, -4.8, -4.0, -0.9

AFTER_A_POINTER = 0.6
"""Where a line like "read also" stands before the headline: the chance from which another article begins."""
UNANNOUNCED = 0.9
"""Where nothing but the words tells."""

_LEAD_WORDS = 60
_BACK_WORDS = 80
_FAR = 2000
"""Characters of a paragraph that hold more words than are looked at."""
_LEAST_STEMS = 3
_HEADLINE_WORDS = range(5, 26)
_BARE_HEADLINE_WORDS = range(7, 23)
"""A sub-heading has two to six words; a headline that nothing announces must be longer to be one."""
_LEAST_LEAD = 12
_LEAST_REST = 40
_MOST_SUBHEADINGS = 1
"""An article with more lines without a full stop than this is one with sub-headings, or a list."""

_WORD = re.compile(r"\w+")
_SENTENCE_END = tuple('.!؟?…:؛،,"»”)')
_NUMBERED = re.compile(r"\W*\d|[*•#–(-]")
# The words with which a paragraph goes on with what was said, as they stand normalised.
_CONNECTOR = re.compile(
    r"(?:و|ف|كما |من جه|من جان|بدور|في المقابل|في حين|في غضون|الى ذلك|لكن|ثم |غير ان|الا ان|يذكر|يشار|"
    r"جاء ذلك|ياتي ذلك|تجدر|كذلك|ايضا|بينما|اذ |حيث|بعدها|هذا و|اما |مضيفا|قائلا|بحسب|وفق)"
)


def stems(text: str) -> list[str]:
    """The stems of a text's words that mean something, in order."""
    words = _WORD.findall(normalise(text))
    return [stem(word) for word in words if len(word) > 1 and word not in ARABIC]


def chance(headline: str, before: Sequence[str], after: Sequence[str]) -> float:
    """How likely `after` is the text of `headline`, and not more of `before`: 0 to 1.

    Args:
        headline: the line between them.
        before: the paragraphs of the article so far.
        after: the paragraphs that follow.
    """
    own = set(stems(headline))
    if len(own) < _LEAST_STEMS or not after:
        return 0.0
    echo = len(own & set(_first(after))) / len(own)
    memory = len(own & set(_last(before))) / len(own)
    logit = _ECHO * echo + _MEMORY * memory + _GOES_ON * goes_on(after[0]) + _BIAS
    return 1 / (1 + math.exp(-logit))


def _first(paragraphs: Iterable[str]) -> list[str]:
    """The first stems of a text."""
    found = (one for paragraph in paragraphs for one in stems(paragraph[:_FAR]))
    return list(islice(found, _LEAD_WORDS))


def _last(paragraphs: Sequence[str]) -> list[str]:
    """The last stems of a text, the last first."""
    found = (one for paragraph in reversed(paragraphs) for one in reversed(stems(paragraph[-_FAR:])))
    return list(islice(found, _BACK_WORDS))


def goes_on(paragraph: str) -> bool:
    """Whether a paragraph begins like the continuation of another."""
    return _CONNECTOR.match(normalise(paragraph[:60]).lstrip(' "«“(-*')) is not None


def unfinished(line: str) -> bool:
    """Whether a line ends like a headline or sub-heading: without a full stop or a closing quote."""
    return not line.rstrip().endswith(_SENTENCE_END)


def begins_after_pointer(headline: str, before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether another article begins at a headline that a line like "read also" points to."""
    if len(headline.split()) not in _HEADLINE_WORDS or _words(after) < _LEAST_REST:
        return False
    return chance(headline, before, after) >= AFTER_A_POINTER


def begins_unannounced(lines: Sequence[str], index: int) -> bool:
    """Whether another article begins at a line of a text that nothing else sets apart."""
    line, before, after = lines[index], lines[:index], lines[index + 1 :]
    if len(line.split()) not in _BARE_HEADLINE_WORDS or not unfinished(line) or _NUMBERED.match(line):
        return False
    if len(before) < 2 or _words(after) < _LEAST_REST:
        return False
    if len(after[0].split()) < _LEAST_LEAD or goes_on(after[0]):
        return False
    if sum(map(unfinished, before[1:])) > _MOST_SUBHEADINGS:
        return False
    return chance(line, before, after) >= UNANNOUNCED


def _words(paragraphs: Sequence[str]) -> int:
    return sum(len(paragraph.split()) for paragraph in paragraphs)
