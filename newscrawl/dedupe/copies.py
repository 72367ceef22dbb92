"""Whether one text copies another: cut, added to, re-headlined, with paragraphs in another order.

Two texts of like size are copies by the share of all their shingles that both have; a cut one and its
original by the share of the shorter text that stands in the other. Two texts in one frame (weather, prices,
fixtures, obituaries, a king's congratulations) have most words in common, too, and are none: they differ by
figures, or by words in the frame's gaps of which the other text has not all. An editor who rewords a report
cuts and adds whole sentences besides. A page that begins with another report, and has this one behind it, is
a copy of the first: else every page with two reports would make one of them.

Bars were chosen on pairs of the AntCorpus (31,525 articles of 2018), where outlets' own follow-ups repeat up
to nine tenths of the earlier text, by reading some 80 of the 2,737 pairs over them. Those of frames let all
of 594 pairs of different outlets pass whose figures agree, and stop 235 of 243 made ones.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import chain, pairwise

import numpy as np

from newscrawl.dedupe.shingles import Shingled, among, exact_words, in_common, of_words

LIKE = 0.45
"""Share of all shingles of two texts that both have."""
CONTAINED = 0.75
"""Share of the shorter text's shingles that the longer one has …"""
SHORTEST = 20
"""… if it has so many: of less, a sentence that everybody quotes is all."""
SAME_OUTLET = 0.8
"""`LIKE` for two texts of one outlet, whose follow-ups repeat the background of a story."""

FIGURES = 4
"""Different figures that both texts must have before figures tell them apart …"""
FIGURES_SHARED = 0.5
"""… which they do where the text with fewer shares less than this with the other."""
GAP_WORDS = 4
"""Words in a gap of a frame, at most."""
GAPS = 3
"""Gaps that are filled otherwise, at least: fewer are a correction …"""
GAPS_PER_100 = 5.0
"""… and so many for each 100 words of the shorter text …"""
GAPS_SHARE = 0.6
"""… and of all places where the texts differ, but for those where one word is spelt otherwise …"""
SPELT_ALIKE = 0.6
"""… of whose letters so many are the same, in the same order: another spelling is no other fact."""
FRAMED = 0.82
"""Likeness of two texts above which so many gaps (`GAPS_PER_100`) cannot be."""
BEFORE = 0.8
"""Words of another report before the shared ones, for each of these, with which a page is that report's …"""
BEFORE_WORDS = 60
"""… if they are so many; fewer are a lead."""
EARLIEST = 0.1
"""Share of what two texts share that may stand anywhere, a phrase, before the shared part begins."""
ALIGNED = 4_000_000
"""Product of two texts' words above which they are not laid beside each other: that would take seconds."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text that is compared with others; made by `Text.of`."""

    words: list[str] = field(repr=False)
    shingled: Shingled = field(repr=False)

    @classmethod
    def of(cls, text: str) -> Text:
        """Read a text."""
        words = exact_words(text)
        return cls(words, of_words(words))


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much two texts have in common.

    Attributes:
        jaccard: share of all their shingles that both have, 0 to 1.
        contained: share of the shorter one's shingles that the other has, 0 to 1.
    """

    jaccard: float
    contained: float


def likeness(one: Shingled, other: Shingled) -> Likeness:
    """How much two texts have in common; nothing, where one has no words."""
    shared = in_common(one, other)
    if not shared:
        return Likeness(0.0, 0.0)
    both, shorter = len(one.all) + len(other.all) - shared, min(len(one.all), len(other.all))
    return Likeness(shared / both, shared / shorter)


def copied(one: Text, other: Text, *, same_outlet: bool = False) -> Likeness | None:
    r"""How alike two texts are if one copies the other; None if it does not. Which one does is not told.

    Args:
        one: a text.
        other: another.
        same_outlet: whether both are of one outlet.

    >>> report = "أعلنت الوزارة اليوم افتتاح مدرسة جديدة في حي النزهة تضم عشرين فصلا ومكتبة وملعبا كبيرا"
    >>> copied(Text.of(report), Text.of(f"أخبار المدينة\n{report}"))
    Likeness(jaccard=0.8666666666666667, contained=1.0)
    >>> copied(Text.of(report), Text.of("افتتحت الوزارة صباح اليوم مدرسة فيها عشرون فصلا بحي النزهة")) is None
    True
    """
    found = likeness(one.shingled, other.shingled)
    shorter = min(len(one.shingled.all), len(other.shingled.all))
    if same_outlet:
        alike = found.jaccard >= SAME_OUTLET
    else:
        alike = found.jaccard >= LIKE or (found.contained >= CONTAINED and shorter >= SHORTEST)
    if not alike or _begins_otherwise(one, other) or _begins_otherwise(other, one):
        return None
    return None if _of_one_frame(one.words, other.words, found) else found


def _begins_otherwise(one: Text, other: Text) -> bool:
    """Whether a text has another report before what it shares with the other text."""
    shared = np.flatnonzero(among(one.shingled.row, other.shingled.all))
    if not len(shared):
        return False
    before = int(shared[int(EARLIEST * len(shared))]) - int(EARLIEST * len(shared))
    return before >= max(BEFORE_WORDS, BEFORE * len(shared))


def _of_one_frame(one: Sequence[str], other: Sequence[str], found: Likeness) -> bool:
    if _other_figures(one, other):
        return True
    # The matcher may find other gaps the other way round.
    first, second = (one, other) if list(one) < list(other) else (other, one)
    return found.jaccard < FRAMED and _other_gaps(first, second)


def _other_figures(one: Sequence[str], other: Sequence[str]) -> bool:
    first, second = _figures(one), _figures(other)
    fewer = min(len(first), len(second))
    return fewer >= FIGURES and len(first & second) < FIGURES_SHARED * fewer


def _figures(words: Sequence[str]) -> set[str]:
    return {word for word in words if word[0].isdigit()}


def _other_gaps(one: Sequence[str], other: Sequence[str]) -> bool:
    if len(one) * len(other) > ALIGNED:
        return False
    known, known_too = set(one), set(other)
    enough = max(GAPS, GAPS_PER_100 * min(len(one), len(other)) / 100)
    if min(_runs(one, known_too), _runs(other, known)) < enough:
        return False  # as it would be found below, without laying the texts beside each other
    pairs = (
        (one[a:b], other[c:d])
        for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
        if tag != "equal"
    )
    places = [pair for pair in pairs if not _spelt_alike(*pair)]
    gaps = sum(
        0 < len(ours) <= GAP_WORDS
        and 0 < len(theirs) <= GAP_WORDS
        and not known_too.issuperset(ours)
        and not known.issuperset(theirs)
        for ours, theirs in places
    )
    return gaps >= max(enough, GAPS_SHARE * len(places))


def _runs(words: Sequence[str], known: Set[str]) -> int:
    """Runs of words that the other text has not: each stands in one gap, and a gap needs one."""
    new = [word not in known for word in words]
    return sum(is_new and not was_new for was_new, is_new in pairwise(chain([False], new)))


def _spelt_alike(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    if not 0 < len(ours) <= GAP_WORDS or not 0 < len(theirs) <= GAP_WORDS:
        return False
    letters, others = "".join(ours), "".join(theirs)
    return SequenceMatcher(None, letters, others, autojunk=False).ratio() >= SPELT_ALIKE
