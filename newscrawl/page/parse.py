"""Bytes → a parsed page, or why it is none: decoded, cleaned of what is no text, measured, parsed once."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree, html
from lxml.html import HtmlElement

from newscrawl.article import Outcome, Rejected


@dataclass(slots=True)
class Source:
    """A parsed page, before it is walked."""

    text: str
    """The page's source as text."""
    tree: HtmlElement


def parse(content: bytes, encoding: str | None = None) -> Source | Rejected:
    """Decode and parse a page. Never raises.

    Args:
        content: the page's bytes, in whatever charset.
        encoding: the charset of the Content-Type header, if any.
    """
    text = as_one_document(only_text(decode(content, encoding)))
    reason = too_large_source(text)
    if reason:
        return Rejected(Outcome.TOO_LARGE, reason)
    try:
        tree = tree_of(text)
    except (etree.LxmlError, ValueError, RecursionError) as error:
        return Rejected(Outcome.NOT_ARTICLE, f"not readable as HTML: {error}")
    if tree is None:
        return Rejected(Outcome.NOT_ARTICLE, "not an HTML page")
    reason = too_large_tree(tree, len(text))
    if reason:
        return Rejected(Outcome.TOO_LARGE, reason)
    if len(text) > LARGE_SOURCE:
        drop_long_attributes(tree)
    return Source(text, tree)


_PARSER = html.HTMLParser(
    collect_ids=False, default_doctype=False, encoding="utf-8", remove_comments=True, remove_pis=True
)
# Every element is of one class: lxml.html asks Python for the class of each, a fifth of the walk's time.
_PARSER.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
_BEGINNING, _FIRST_LINES = 50, 4096
"""Characters in which a page says that it is HTML, and in which its first tag stands."""
_DOCTYPE = re.compile(r"< ?! ?doctype[^>\n]*/[^<>\n]*>", re.IGNORECASE)
"""One with a slash in it, behind which libxml2 reads nothing."""
_CLOSED = re.compile(r"(<html[^\n>]*?)\s*/>")
"""A document's tag that ends the document: <html lang="ar"/>."""


def tree_of(text: str) -> HtmlElement | None:
    """A page's source as a tree, as trafilatura's `load_html` makes it; None where it is no HTML.

    Raises:
        lxml.etree.LxmlError: libxml2 reads nothing.
    """
    beginning = text[:_BEGINNING].lower()
    if "doctype" in beginning and (doctype := _DOCTYPE.match(text)):
        text = text[doctype.end() :]
    closed = _CLOSED.search(text, 0, _FIRST_LINES)
    if closed:
        text = f"{text[: closed.end(1)]}>{text[closed.end() :]}"
    tree = html.fromstring(text.encode(), parser=_PARSER)
    return tree if "html" in beginning or len(tree) > 1 else None


MAX_CHARACTERS = 5_000_000
"""A longer page is no news page."""
MAX_ATTRIBUTES = 2_000
"""Of one tag, which has a dozen. libxml2's time grows with their square: 50,000 take five seconds."""
MAX_ELEMENTS = 30_000
"""A news page has some thousand elements, with a long discussion below it some ten thousand."""
MAX_TEXT = 500_000
"""Characters that a page shows. The longest article has a fifth of it, a book of 300 pages as much."""

LARGE_SOURCE = 300_000
"""Characters of a page in which attributes are looked at for their length, and the text is measured."""
LONGEST_ATTRIBUTE = 20_000
"""Characters; what is longer is an image in letters or was made to hurt, and every pattern would walk it."""

_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_CODE = re.compile(r"<(script|style)\b.*?(?:</\1|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL | re.IGNORECASE)
"""What is no markup, and full of `<`."""
_OPENED = re.compile(r"<[a-zA-Z]")
_COUNT = etree.XPath("count(//*)")
_SHOWN = etree.XPath("//body//text()[not(parent::script or parent::style)]", smart_strings=False)
_LONG_ATTRIBUTES = etree.XPath(f"//@*[string-length(.) > {LONGEST_ATTRIBUTE}]")


def too_large_source(source: str) -> str:
    """Why a page is too large to be parsed; empty where it is not."""
    if len(source) > MAX_CHARACTERS:
        return f"{len(source):,} characters, more than {MAX_CHARACTERS:,}"
    if crowded(source) and crowded(_CODE.sub(" ", source)):
        return f"a tag with more than {MAX_ATTRIBUTES:,} attributes"
    return ""


def crowded(source: str) -> bool:
    """Whether a source has a tag with too many attributes; a `>` in quotes ends it early."""
    return any(_attributes(piece) > MAX_ATTRIBUTES for piece in _long_pieces(source, 2 * MAX_ATTRIBUTES))


def _long_pieces(source: str, least: int) -> Iterator[str]:
    """What stands between two `>` and has more than so many characters; the rest is leapt over."""
    start = 0
    while start + least < len(source):
        end = source.rfind(">", start, start + least + 1)
        if end < 0:
            end = source.find(">", start + least)
            end = end if end >= 0 else len(source)
            yield source[start:end]
        start = end + 1


def _attributes(before_end: str) -> int:
    """How many attributes the tag has that ends a piece of source."""
    opened = _OPENED.search(before_end)
    return len(_QUOTED.sub("", before_end[opened.end() :]).split()) if opened else 0


def too_large_tree(tree: HtmlElement, source_length: int) -> str:
    """Why a parsed page is too large to be read; empty where it is not.

    Args:
        tree: the page.
        source_length: characters of its source: a small page holds neither many elements nor much text.
    """
    elements = int(_COUNT(tree)) if source_length > 2 * MAX_ELEMENTS else 0
    if elements > MAX_ELEMENTS:
        return f"{elements:,} elements, more than {MAX_ELEMENTS:,}"
    shown = sum(map(len, _SHOWN(tree))) if source_length > LARGE_SOURCE else 0
    return f"{shown:,} characters of text, more than {MAX_TEXT:,}" if shown > MAX_TEXT else ""


def drop_long_attributes(tree: HtmlElement) -> None:
    """Take out of the tree the attributes that no page needs to be understood."""
    for value in _LONG_ATTRIBUTES(tree):
        element = value.getparent()
        if element is not None:
            element.attrib.pop(value.attrname, None)


_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([a-zA-Z0-9_-]+)""", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SINGLE_BYTE = ("windows-1256", "iso-8859-6")
_NO_CHARSETS = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"})
"""Python's own codecs, in which no page is written (its documentation: "Python Specific Encodings")."""
_BROKEN_SHARE = 0.02
"""A UTF-8 page cut in the middle or patched with a foreign widget still has fewer broken sequences."""
_SCAN = 64 * 1024
_TAGS = 1024
"""Bytes at a page's beginning, where tags are more than text."""
_ZEROS = 4
"""One byte of so many is zero at least; text in other charsets has none."""

_WORD = re.compile("[\u0621-\u064a]+")
# The commonest two-letter beginnings and little words of running Arabic: no other single-byte reading of
# the same bytes has them.
_TELLTALE = re.compile(r"\b(?:ال\w+|من|في|على|عن|ان|أن|إلى|الى|هذا|هذه|التي|الذي)\b")


def decode(content: bytes, declared: str | None = None) -> str:
    """Decode a page.

    In order: a byte order mark; UTF-16 that has none; UTF-8 if the bytes are UTF-8 (nothing else looks so);
    the declared charset (header, then meta) if it reads as Arabic; whichever Arabic single-byte charset
    reads best; else UTF-8 with replacement characters. Never raises.

    Args:
        content: the page's bytes.
        declared: the charset of the Content-Type header, if any.
    """
    for bom, name in _BOMS:
        if content.startswith(bom):
            return content.decode(name, errors="replace").removeprefix("\ufeff")
    wide = _without_mark(content)
    if wide:
        return content.decode(wide, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    lenient = content.decode("utf-8", errors="replace")
    broken = lenient.count("\ufffd")
    beyond_ascii = sum(1 for character in lenient if character > "\x7f")
    if broken <= max(3, _BROKEN_SHARE * beyond_ascii) and beyond_ascii > broken:
        return lenient
    names = [*_declared(content, declared), *_SINGLE_BYTE]
    readings = [text for name in dict.fromkeys(names) if (text := _read(content, name)) is not None]
    if not readings:
        return lenient
    return max(readings, key=_arabicness)


def _without_mark(content: bytes) -> str:
    """UTF-16 without a byte order mark, told by its tags: every other byte of ASCII text is zero there."""
    start = content[:_TAGS]
    if start.count(0) * _ZEROS < len(start):
        return ""
    if b"<\0" in start and start.find(b"<\0") % 2 == 0:
        return "utf-16-le"
    return "utf-16-be" if b"\0<" in start and start.find(b"\0<") % 2 == 0 else ""


def _declared(content: bytes, header: str | None) -> list[str]:
    meta = _META.search(content[:_SCAN])
    names = [header, meta.group(1).decode("ascii") if meta else None]
    return [_normal(name) for name in names if name and _normal(name)]


def _normal(name: str) -> str:
    try:
        found = codecs.lookup(name.strip()).name
    except (LookupError, ValueError):  # unknown, or not even a name
        return ""
    if found.startswith("utf") or found in _NO_CHARSETS:
        return ""
    return {"cp1256": "windows-1256", "iso8859-6": "iso-8859-6"}.get(found, found)


def _read(content: bytes, name: str) -> str | None:
    try:
        return content.decode(name, errors="replace")
    except (LookupError, UnicodeError):
        return None


def _arabicness(text: str) -> float:
    """How much a reading looks like Arabic: telltale words per Arabic word."""
    sample = text[: _SCAN * 4]
    words = len(_WORD.findall(sample))
    if not words:
        return 0.0
    return len(_TELLTALE.findall(sample)) / words - sample.count("\ufffd") / len(sample)


_BOUNDS = re.compile(r"</(?:html|body)\s*>|<!doctype[^>]{0,300}>", re.IGNORECASE)


def as_one_document(text: str) -> str:
    """A page's source without document ends in its midst: libxml2 reads nothing behind the first of them.

    Browsers read on: proxies and advertisements put a document of their own before a site's.

    >>> as_one_document("<html><p>a</html><!doctype html><html><p>b</html>")
    '<html><p>a<html><p>b'
    """
    for end in ("</html>", "</HTML>"):
        place = text.find(end)
        if place >= 0 and (text.find("<html", place) >= 0 or text.find("<HTML", place) >= 0):
            return _BOUNDS.sub("", text)
    return text


_CONTROLS = bytes([*range(9), 0xB, 0xC, *range(0xE, 0x20)])
_NO_CHARACTERS = re.compile("[\ufffe\uffff]")
# &#0; and those of halves (&#xD800;) become U+FFFD in libxml2, which is text.
_REFERENCE = re.compile(
    r"&#(?:0*(?:[1-8]|1[124-9]|2\d|3[01]|6553[45])(?!\d)"
    r"|[xX]0*(?:[1-8bBcCeEfF]|1[0-9a-fA-F]|[fF]{3}[eEfF])(?![0-9a-fA-F]));?"
)


def only_text(text: str) -> str:
    """A page's source without them, and without halves of characters.

    >>> only_text("كا&#x1;تب &#65534;&#1575;")
    'كاتب &#1575;'
    """
    sound = text.encode("utf-8", "ignore").translate(None, _CONTROLS)  # faster than a pattern
    text = sound.decode()
    if b"\xef\xbf" in sound:
        text = _NO_CHARACTERS.sub("", text)
    text, found = _REFERENCE.subn("", text)
    # What stood around a reference may make another: &#&#1;1;
    return _REFERENCE.sub("\ufffd", text) if found else text
