"""An article's lines without those that are not its own: pointers, tags, notices, captions, a second article.

Works on text alone, so that it also mends pages whose markup tells nothing (`div` and `br` soup).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace

from newscrawl.arabic.letters import letters
from newscrawl.extraction.echo import (
    AFTER_A_POINTER,
    AFTER_THE_END,
    NEAR,
    begins_after_pointer,
    begins_at_heading,
    has_words,
    unfinished,
)
from newscrawl.extraction.lines import (
    LONGEST,
    NOTE,
    fits,
    goes,
    is_note,
    like_headline,
    once,
    pointed_to,
    without_caption,
)
from newscrawl.extraction.phrases import (
    Found,
    Kind,
    find,
    split_glued,
)
from newscrawl.page import Block

_TOP = 2
"""So many lines at the beginning may be the byline or the headline once more."""
_MOST_NOTES = 4
_ARTICLE = 30
"""Words of the shortest text that may have ended."""
_GLUED_HEADLINE = 12
"""Words taken for the headline where it is glued to its text."""
_HASHTAGS = re.compile(r"(?:\s*#\w+)+\s*")
_MOST_TOLD, _SHOWN = 50, 80
"""So many notes, and characters of a line in one."""
_LETTER = re.compile(r"[^\W_]")


@dataclass(slots=True, frozen=True)
class Line:
    """A line of the page."""

    text: str
    chosen: bool = True
    """Whether it may be the article's. One that may not still tells: a pointer, the end, a headline."""
    heading: bool = False
    """Whether it is a heading in another `<article>` element than the text's first line."""
    linked: bool = False
    """Whether it is a link, as a counter of comments is, or a table of contents."""
    block: Block | None = None
    """Where it stands; None where no markup is known."""


@dataclass(slots=True)
class Tidy:
    """What is left of a text, and what was taken away that says whose it is."""

    lines: list[str]
    credits: list[str] = field(default_factory=list)
    """Lines that named the source or the author."""
    notes: list[str] = field(default_factory=list)
    """What was cut and on what evidence, for people."""


def tidy(
    lines: Sequence[Line],
    *,
    title: str = "",
    authors: Collection[str] = (),
    is_site: Callable[[str], bool] | None = None,
) -> Tidy:
    """Take from a text the lines that are not the article's.

    Args:
        lines: the page's lines from the first of the text on, in order.
        title: the article's, which layouts repeat above the text.
        authors: a line that is nothing but one's name is no paragraph.
        is_site: tells whether a whole line is the site's name.
    """
    pieces = [
        line if piece is line.text else replace(line, text=piece)
        for line in lines
        for piece in split_glued(line.text)
    ]
    return _Walk(pieces, title, authors, is_site or _never).result()


def _never(_: str) -> bool:
    return False


class _Walk:
    """One walk down a text's lines."""

    def __init__(
        self,
        lines: Sequence[Line],
        title: str,
        authors: Collection[str],
        is_site: Callable[[str], bool],
    ) -> None:
        self.is_site = is_site
        self.lines = lines
        self.work = [line.text for line in lines]
        self.last = max((index for index, line in enumerate(lines) if line.chosen), default=0)
        """The last chosen line."""
        self.title = title
        self.names = {letters(name) for name in (title, *authors)} - {""}
        self.kept: list[str] = []
        self.credits: list[str] = []
        self.notes: list[str] = []
        self.reason = ""
        """Why the text ends where it is cut off."""
        self.noticed = len(lines)
        """How many lines were kept when the last notice was met."""
        self.pointers: set[str] = set()
        """Those that are no links, and stay amid the text only."""
        self.end = 0
        """The line that ended the article (its source, its tags), as far as one has; 0: none yet."""

    def result(self) -> Tidy:
        index = 0
        while index <= self.last < len(self.work):
            line = self.work[index]
            following = index + 1
            if self._is_text(line):
                found = find(line)
                ahead = self._plain(index) if found is None else self._told(index, found)
                if ahead is None:
                    self._note(f"{self.reason}, and the rest goes", line)
                    break
                following += ahead
            index = following
        else:
            self._read_on(index)
        self._drop_trailing_headlines()
        self._drop_trailing_notes()
        self._drop_top_notes()
        return Tidy(once(self.kept), self.credits, self.notes)

    def _read_on(self, index: int) -> None:
        """Behind the chosen lines the source or the author may stand, until something else begins."""
        for line in self.work[index:]:
            found = find(line)
            if found is None or len(line.split()) > LONGEST[Kind.SOURCE]:
                continue
            if found.kind in (Kind.RELATED, Kind.COMMENTS):
                return
            if found.kind in (Kind.SOURCE, Kind.BYLINE):
                self.credits.append(line)

    def _keep(self, index: int, pieces: Sequence[str] | None = None) -> None:
        """Keep a line, or what is left of it, where it was chosen."""
        if self.lines[index].chosen:
            self.kept.extend([self.work[index]] if pieces is None else pieces)

    def _note(self, reason: str, line: str) -> None:
        """Say what goes and why."""
        if len(self.notes) < _MOST_TOLD:
            self.notes.append(f"{reason}: «{line[:_SHOWN]}»")

    def _is_text(self, line: str) -> bool:
        """Whether a line is more than a rule, a name or hashtags."""
        if not _LETTER.search(line) or _HASHTAGS.fullmatch(line) or letters(line) in self.names:
            return False
        return len(line.split()) > NOTE or not self.is_site(line)

    def _plain(self, index: int) -> int | None:
        """A line without a phrase: 0 when done with it, None when another article begins there."""
        line, before = self.work[index], self.kept[-NEAR:]
        if self.end and self._begins(line, self._after(index)):
            self.reason = "a headline behind the article's end"
            return None
        if self.lines[index].heading and begins_at_heading(
            self.title, [*before, line, *self._after(index)], len(before)
        ):
            self.reason = "a heading that is another article's headline: the lines behind it repeat it"
            return None
        last = index == self.last  # "(رويترز)" behind the last line is the report's own agency
        kept = [line] if last else without_caption(line)
        if kept != [line] and self.lines[index].chosen:
            self._note("a photo's credit", line)
        self._keep(index, kept)
        return 0

    def _after(self, index: int) -> Sequence[str]:
        """The chosen lines behind one."""
        behind = range(index + 1, min(self.last + 1, index + 1 + NEAR))
        return [self.work[place] for place in behind if self.lines[place].chosen]

    def _told(self, index: int, found: Found) -> int | None:
        """A line with a phrase: how many lines after it go with it, None when the article ends there."""
        line = self.work[index]
        if found.kind is Kind.RELATED:
            ahead = self._related(index, found)
            if ahead is None:
                self.reason = "another article begins behind a pointer"
            elif self.lines[index].chosen and (not self.kept or self.kept[-1] is not line):
                self._note("a pointer", line)
            return ahead
        if found.kind in (Kind.SOURCE, Kind.TAGS) and self._long_enough():
            self.end = self.end or index
        at_edge = len(self.kept) < _TOP or index > self.last - _TOP
        if not goes(found, line, at_edge=at_edge):
            self._keep(index)
            return 0
        if self.lines[index].chosen:
            self._note(f"a line of {found.kind}", line)
        if found.kind is Kind.COMMENTS and self._long_enough() and not self._goes_on(index):
            self.reason = "readers' comments begin"
            return None
        if found.kind in (Kind.SOURCE, Kind.BYLINE):
            self.credits.append(line)
        elif found.kind is Kind.NOTICE:
            self.noticed = len(self.kept)
        return 0

    def _goes_on(self, index: int) -> bool:
        """Whether the text goes on behind a label of comments: it is a link, or heads nothing of the text.

        A label heads what stands in its box, the smallest element that holds more than it. If nothing chosen
        stands there, the text goes on where the element that holds it so far does; if something does, then
        only where one element holds lines before and behind the label.
        """
        label = self.lines[index].block
        chosen = [line.block for line in self.lines if line.chosen and line.block is not None]
        before = [block for block in chosen if label is not None and block.index < label.index]
        if label is None or self.lines[index].linked or not before:
            return self.lines[index].linked
        box = next((node for node in label.node.above() if node.end - node.start > 1), label.node)
        text = next((node for node in before[0].node.above() if node.end > before[-1].index), box)
        behind = chosen[len(before) + self.lines[index].chosen :]
        headed = [block for block in behind if block.index < box.end]
        homes = {block.node.parent for block in before}
        return any(block.node.parent in homes for block in headed or behind) or (
            not headed and any(block.index < text.end for block in behind)
        )

    def _long_enough(self) -> bool:
        """Whether what was kept may be a whole article."""
        return has_words(self.kept, _ARTICLE)

    def _related(self, index: int, found: Found) -> int | None:
        line, after = self.work[index], self._after(index)
        if not found.marked and not (fits(found, line) and unfinished(line)):
            self._keep(index)
            return 0
        if found.alone:
            places, ahead = pointed_to(self.work[index + 1 : min(self.last + 1, index + 1 + NEAR)])
            begins = any(
                self._begins(self.work[index + 1 + place], self._after(index + 1 + place)) for place in places
            )
            return None if begins else ahead
        if fits(found, line) and unfinished(line):
            if self._begins(found.rest, after):
                return None
            if self._points_nowhere(index):
                self.pointers.add(line)
                self._keep(index)
            return 0
        words = found.rest.split()  # a paragraph: a headline and its text may stand on the pointer's own line
        headline, lead = " ".join(words[:_GLUED_HEADLINE]), " ".join(words[_GLUED_HEADLINE:])
        if self._begins(headline, [lead, *after] if lead else after):
            return None
        if not fits(found, line):  # it is no pointer
            self._keep(index)
        return 0

    def _points_nowhere(self, index: int) -> bool:
        """Whether a line with pointer and headline stands amid the text without a link."""
        return self.lines[index].block is not None and not self.lines[index].linked

    def _begins(self, headline: str, after: Sequence[str]) -> bool:
        """Whether another article begins at a headline pointed to."""
        bar = AFTER_THE_END if self.end else AFTER_A_POINTER
        return begins_after_pointer(self.title, headline, self.kept[-NEAR:], after, bar=bar)

    def _drop_trailing_headlines(self) -> None:
        """After the article's end come headlines of others, if anything."""
        if self.end:
            after = {line for line in self.work[self.end :] if like_headline(line, sure=True)}
            while len(self.kept) > 1 and self.kept[-1] in after:
                self.kept.pop()

    def _drop_trailing_notes(self) -> None:
        """After a notice at the end comes who the author is, in a few words, if anything."""
        while len(self.kept) > max(1, self.noticed) and is_note(self.kept[-1]):
            self.kept.pop()
        while self.kept and self.kept[-1] in self.pointers:
            self.kept.pop()

    def _drop_top_notes(self) -> None:
        """Before the lead come a byline, a date, a caption, on lines of a few words."""
        while len(self.kept) > 1 and len(self.credits) < _MOST_NOTES:
            if not is_note(self.kept[0]):
                break
            self.credits.append(self.kept.pop(0))
