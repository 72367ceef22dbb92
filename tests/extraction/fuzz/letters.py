"""Damage to a page's letters: charsets mixed and lied about, controls, halves, floods of marks."""

from __future__ import annotations

import re
from random import Random

from tests.extraction.fuzz.places import Mutator, in_head, some
from tests.extraction.fuzz.words import CHARSETS

_SPACE = re.compile(rb" ")


def nulls(content: bytes, rng: Random) -> bytes:
    """Zero bytes and other controls between words."""
    return some(_SPACE, lambda _, r: bytes([r.choice((0, 0, 1, 8, 11, 12, 27, 127))]), content, rng)


def mixed_charsets(content: bytes, rng: Random) -> bytes:
    """A part of the page in another charset."""
    start = rng.randrange(len(content) + 1)
    end = rng.randrange(start, len(content) + 1)
    part = content[start:end].decode("utf-8", "replace")
    name = rng.choice(("windows-1256", "iso-8859-6", "utf-16", "cp720"))
    return content[:start] + part.encode(name, "replace") + content[end:]


def recode(content: bytes, rng: Random) -> bytes:
    """The whole page in another charset, with its mark or without."""
    names = "utf-16 utf-16-le utf-16-be utf-32 utf-7 windows-1256 iso-8859-6 utf-8-sig cp864".split()
    return content.decode("utf-8", "replace").encode(rng.choice(names), "replace")


def lie_of_charset(content: bytes, rng: Random) -> bytes:
    """A charset that the page does not have, or that nobody has."""
    name = rng.choice(CHARSETS)
    if rng.random() < 0.5:
        content = content.decode("utf-8", "replace").encode("windows-1256", "replace")
    typed = f'<meta http-equiv=content-type content="text/html; charset={name}">'
    return in_head(content, f'<meta charset="{name}">{typed}')


def halves(content: bytes, rng: Random) -> bytes:
    """Halves of characters, encoded as UTF-8 must not have them, and overlong forms."""
    junk = b"\xed\xa0\x80 \xed\xbf\xbf \xc0\x80 \xf4\x90\x80\x80 \xff\xfe \xd8 \xef\xbf\xbf".split(b" ")
    return some(_SPACE, lambda _, r: r.choice(junk), content, rng)


def marks(content: bytes, rng: Random) -> bytes:
    """Floods of marks of direction, harakat, tatweel and joiners."""
    junk = "\u202e\u200f\u2067\u064b\u0651\u0640\u200d\u200b\ufeff\u0303\u20e3\u061c\u0600\U000e0041"
    return some(_SPACE, lambda _, r: (r.choice(junk) * r.choice((1, 3, 200))).encode(), content, rng)


LETTERS: tuple[Mutator, ...] = (nulls, mixed_charsets, recode, lie_of_charset, halves, marks)
