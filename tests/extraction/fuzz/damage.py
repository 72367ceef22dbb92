"""Damage to a page's bytes and tags: as networks, editors and content systems leave it, and worse."""

from __future__ import annotations

import re
from random import Random

from tests.extraction.fuzz.originals import real_pages
from tests.extraction.fuzz.places import Mutator, in_text, some
from tests.extraction.fuzz.words import NAMES, SENTENCES, TAGS, phrases

_TAG = re.compile(rb"<[^<>]{1,300}>")
_END = re.compile(rb"</[a-zA-Z0-9]{1,20}>")
_NAME = re.compile(rb"(</?)([a-zA-Z][a-zA-Z0-9]{0,15})")
_CLASS = re.compile(rb"""(class|id|itemprop|rel)=(["'])[^"'<>]{0,300}\2""")
_SPACE = re.compile(rb" ")


def cut(content: bytes, rng: Random) -> bytes:
    """Cut off anywhere, at the front, the end or in the middle of a character."""
    place = rng.randrange(len(content) + 1)
    return content[:place] if rng.random() < 0.8 else content[place:]


def repeat(content: bytes, rng: Random) -> bytes:
    """A block many times."""
    start = rng.randrange(len(content) + 1)
    block = content[start : start + rng.randrange(1, 4000)]
    return content[:start] + block * rng.choice((2, 5, 50)) + content[start:]


def delete(content: bytes, rng: Random) -> bytes:
    """Bytes gone."""
    mutable = bytearray(content)
    for _ in range(rng.choice((1, 20, 300))):
        if mutable:
            start = rng.randrange(len(mutable))
            del mutable[start : start + rng.choice((1, 3, 60))]
    return bytes(mutable)


def insert(content: bytes, rng: Random) -> bytes:
    """Bytes put in, from the few that mean something and from all."""
    pieces = [content]
    for _ in range(rng.choice((1, 20, 300))):
        last = pieces.pop()
        place = rng.randrange(len(last) + 1)
        junk = rng.choice((b"<", b">", b'"', b"'", b"&", b"</", b"<!--", b"-->", b"]]>", rng.randbytes(3)))
        together = last[:place] + junk + last[place:]
        pieces += [last[:place], junk, last[place:]] if rng.random() < 0.5 else [together]
    return b"".join(pieces)


def swap_bytes(content: bytes, rng: Random) -> bytes:
    """Bytes changed for others."""
    mutable = bytearray(content)
    for _ in range(rng.choice((1, 50, 2000))):
        if mutable:
            mutable[rng.randrange(len(mutable))] = rng.randrange(256)
    return bytes(mutable)


def swap_tags(content: bytes, rng: Random) -> bytes:
    """Tags exchanged with one another."""
    tags = _TAG.findall(content) or [b"<p>"]
    return some(_TAG, lambda _, r: r.choice(tags), content, rng)


def rename_tags(content: bytes, rng: Random) -> bytes:
    """Elements that become other elements."""

    def other(match: bytes, r: Random) -> bytes:
        return (b"</" if match[1:2] == b"/" else b"<") + r.choice(TAGS).encode()

    return some(_NAME, other, content, rng)


def unclose(content: bytes, rng: Random) -> bytes:
    """End tags lost."""
    return some(_END, lambda *_: b"", content, rng)


def wrap(content: bytes, rng: Random) -> bytes:
    """Everything in one more element, closed or not; a prolog of another language."""
    before, after = rng.choice(
        (
            (b'<?xml version="1.0" encoding="utf-16"?>', b""),
            (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x" "http://x.example/x.dtd">', b""),
            (b"<frameset><frame src=x></frameset><noframes>", b"</noframes>"),
            (b"<form action=x><input type=text>", b"</form>"), (b"<!--", b"-->"), (b"<![CDATA[", b"]]>"),
            *((f"<{tag}>".encode(), f"</{tag}>".encode()) for tag in TAGS),
        )
    )  # fmt: skip
    return before + content + (after if rng.random() < 0.5 else b"")


def wrap_text(content: bytes, rng: Random) -> bytes:
    """An element opened before the text and never closed."""
    return in_text(content, f"<{rng.choice(TAGS)} class='{rng.choice(NAMES)}' style='display:none'>")


def references(content: bytes, rng: Random) -> bytes:
    """Character references that mean nothing, or too much."""
    junk = (
        "&#0;", "&#xD800;", "&#x110000;", "&#99999999999999999999;", "&nbsp;", "&;", "&#;", "&#x;",
        "&amp;amp;", "&#8238;", "&lt;p&gt;", "&zwnj;", "&unknown;", "&#x00;&#xDFFF;", "&NotEqualTilde;",
        "&#xFFFE;", "&" * 500,
    )  # fmt: skip
    return some(_SPACE, lambda _, r: r.choice(junk).encode(), content, rng)


def entity_bomb(content: bytes, rng: Random) -> bytes:
    """Entities that name one another, used in the text."""
    entities = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))
    outside = '<!ENTITY f SYSTEM "file:///etc/hostname">'
    bomb = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a0 "لا">{entities}{outside}]>'
    return bomb.encode() + in_text(content, "<p>&a11; &f;</p>" * rng.choice((1, 50)))


def cdata(content: bytes, rng: Random) -> bytes:
    """CDATA, processing instructions, conditional comments and doctypes in the midst."""
    junk = b"<![CDATA[ ]]> <?php <!--[if <![endif]--> <!DOCTYPE <!> <?".split()
    return some(_SPACE, lambda _, r: r.choice(junk), content, rng)


def class_names(content: bytes, rng: Random) -> bytes:
    """Classes, ids and roles of others, repeated and joined in ways that patterns stumble over."""

    def other(_: bytes, r: Random) -> bytes:
        name = r.choice(("-", " ", "_", "")).join(r.choices(NAMES, k=r.choice((1, 2, 40))))
        name = r.choice((name, "-" * 3000, "a-" * 2000, " " * 3000, "aB" * 2000, "تاريخ" * 300, name.upper()))
        return f"{r.choice(('class', 'id', 'itemprop', 'rel', 'style', 'itemtype'))}='{name}'".encode()

    return some(_CLASS, other, content, rng)


def phrases_about(content: bytes, rng: Random) -> bytes:
    """Phrases that rules act on, as lines, headings, links and glued together."""

    def piece() -> str:
        text = rng.choice(("", " ", ": ", " - ", " | ")).join(
            rng.choices((*phrases(), *SENTENCES), k=rng.choice((1, 1, 4)))
        )
        tag = rng.choice(("p", "h2", "h3", "a", "li", "div", "strong", "figcaption", "td", "span", "br"))
        return f"<{tag} class='{rng.choice(NAMES)}' href='/x'>{text}</{tag}>"

    return in_text(content, "".join(piece() for _ in range(rng.choice((1, 10, 200)))))


def scramble(content: bytes, rng: Random) -> bytes:
    """Pieces of the page in another order."""
    places = sorted(rng.randrange(len(content) + 1) for _ in range(rng.choice((1, 5, 50))))
    pieces = [content[start:end] for start, end in zip([0, *places], [*places, len(content)], strict=True)]
    rng.shuffle(pieces)
    return b"".join(pieces)


def splice(content: bytes, rng: Random) -> bytes:
    """The first part of the page and the last part of another."""
    other = rng.choice(real_pages()).content
    return content[: rng.randrange(len(content) + 1)] + other[rng.randrange(len(other) + 1) :]


DAMAGE: tuple[Mutator, ...] = (
    cut, repeat, delete, insert, swap_bytes, swap_tags, rename_tags, unclose, wrap, wrap_text, references,
    entity_bomb, cdata, class_names, phrases_about, scramble, splice,
)  # fmt: skip
