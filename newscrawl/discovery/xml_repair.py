"""XML as it arrives on the web → XML that a strict parser takes, with no DTD in it.

A listing needs no DTD, and a DTD is where entity bombs and external entities live: parsers are
started at the root element, so that whatever stands before it is never seen by any of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.entities import html5

_SPACE = re.compile(rb"[\s\x00]*")
_NAME = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
_DOCTYPE = re.compile(rb"<!doctype\s+([^\s>\[]*)", re.I)
# Unclosed quotes and comments run to the end, in one step: no input makes this quadratic.
_DOCTYPE_TOKEN = re.compile(rb"""<!--.*?(?:-->|\Z)|"[^"]*(?:"|\Z)|'[^']*(?:'|\Z)|[\[\]>]""", re.S)
_LISTING_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?(rss|feed|rdf|urlset|sitemapindex)[\s>]", re.I)
_JUNK_LIMIT = 1 << 16

_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_CDATA = re.compile(rb"(<!\[CDATA\[.*?(?:\]\]>|\Z))", re.S)
_LOOSE_AMPERSAND = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)")
_ENTITY = re.compile(
    rb"&(?:(amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});|([A-Za-z][A-Za-z0-9]{1,30});)?"
)
_PREFIX = re.compile(rb"<([A-Za-z_][\w.-]{0,30}):[A-Za-z_]")
_DECLARED_PREFIX = re.compile(rb"xmlns:([\w.-]+)\s*=")
_MAX_PREFIXES = 64

_NAMESPACES = {
    b"atom": b"http://www.w3.org/2005/Atom",
    b"content": b"http://purl.org/rss/1.0/modules/content/",
    b"dc": b"http://purl.org/dc/elements/1.1/",
    b"dcterms": b"http://purl.org/dc/terms/",
    b"feedburner": b"http://rssnamespace.org/feedburner/ext/1.0",
    b"image": b"http://www.google.com/schemas/sitemap-image/1.1",
    b"itunes": b"http://www.itunes.com/dtds/podcast-1.0.dtd",
    b"media": b"http://search.yahoo.com/mrss/",
    b"news": b"http://www.google.com/schemas/sitemap-news/0.9",
    b"rdf": b"http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    b"video": b"http://www.google.com/schemas/sitemap-video/1.1",
    b"xhtml": b"http://www.w3.org/1999/xhtml",
}


_NAMES = rb"urlset|url|loc|sitemapindex|sitemap|lastmod|rss|feed|channel|item|entry|title|link|guid|id"
_WRONG_CASE = re.compile(rb"</?(?:[\w.-]{1,30}:)?(?!(?:%b)[\s/>])(?i:%b)[\s/>]" % (_NAMES, _NAMES))
_TAG = re.compile(rb"(</?(?:[A-Za-z_][\w.-]*:)?)([A-Za-z_][\w.-]*)(?=[\s/>])")


@dataclass(frozen=True, slots=True)
class Root:
    """The root element of a document."""

    name: str
    """Without prefix, in lower case; `html` for an HTML doctype; empty when there is no element."""
    offset: int
    """Where it begins."""
    junk: bool = False
    """Something that is not XML stood before it."""


def find_root(content: bytes) -> Root:
    """Find the root element, past declaration, comments, processing instructions and DOCTYPE.

    A listing that stands after a program's error messages (`<br /><b>Warning</b>…<?xml …`) is found
    as well. Linear in the length; never raises.
    """
    root = _after_prolog(content)
    if root.name in ("rss", "feed", "rdf", "urlset", "sitemapindex", "html"):
        return root
    hidden = _LISTING_ROOT.search(content[:_JUNK_LIMIT])
    # Inside a document that calls itself HTML such a tag is an example in the text.
    if hidden and not re.search(rb"<(?:!doctype\s+)?html[\s>]", content[: hidden.start()], re.I):
        return Root(hidden[1].decode("ascii").lower(), hidden.start(), junk=True)
    return root


def _after_prolog(content: bytes) -> Root:
    position = 0
    while True:
        position = _SPACE.match(content, position).end()  # type: ignore[union-attr]  # matches always
        if content.startswith(b"<?", position):
            position = _after(content, b"?>", position)
        elif content.startswith(b"<!--", position):
            position = _after(content, b"-->", position)
        elif doctype := _DOCTYPE.match(content, position):
            if doctype[1].lower() == b"html":
                return Root("html", position)
            position = _after_doctype(content, doctype.end())
        else:
            name = _NAME.match(content, position)
            return Root(name[1].decode("ascii", "replace").lower() if name else "", position)


def _after(content: bytes, end: bytes, position: int) -> int:
    found = content.find(end, position)
    return len(content) if found < 0 else found + len(end)


def _after_doctype(content: bytes, position: int) -> int:
    depth = 0
    for token in _DOCTYPE_TOKEN.finditer(content, position):
        if token[0] == b"[":
            depth += 1
        elif token[0] == b"]":
            depth -= 1
        elif token[0] == b">" and depth <= 0:
            return token.end()
    return len(content)


def mend(content: bytes, root: Root) -> tuple[bytes, list[str]]:
    """Return the document from its root element on, mended, and the names of the faults mended.

    Control characters that XML forbids are removed; HTML's named entities and `&` signs standing
    alone are written as XML wants them (a recovering parser would drop them, and half a URL with
    them); namespace prefixes nobody declared are declared; where tags are in capitals, all names are written
    in lower case; the text of an element in which the document was cut off goes. `content` must be UTF-8.
    """
    faults: list[str] = []
    body = content[root.offset :] if root.offset else content
    cleaned = without_cut_end(body)
    if len(cleaned) < len(body):
        faults.append("cut off")
    if _CONTROL.search(cleaned):  # a search first: no copy of the many that have none
        cleaned = _CONTROL.sub(b"", cleaned)
        faults.append("control characters")
    if _WRONG_CASE.search(cleaned):
        cleaned = _TAG.sub(lambda tag: tag[1] + tag[2].lower(), cleaned)
        faults.append("names in capitals")
    if _LOOSE_AMPERSAND.search(cleaned):
        pieces = _CDATA.split(cleaned)
        mended = b"".join(
            _ENTITY.sub(_xml_entity, piece) if i % 2 == 0 else piece for i, piece in enumerate(pieces)
        )
        if mended != cleaned:
            faults.append("bare & signs or HTML entities")
        cleaned = mended
    prefixes = _undeclared_prefixes(cleaned)
    if prefixes:
        faults.append("undeclared prefix " + ", ".join(prefix.decode("ascii") for prefix in prefixes))
        cleaned = _declare(cleaned, prefixes)
    return cleaned, faults


def without_cut_end(content: bytes) -> bytes:
    """The document without the text or tag in which it was cut off; all of it where it was not.

    >>> without_cut_end(b"<loc>https://x/1</loc><loc>https://x/ha"), without_cut_end(b"<loc>https://x/1</lo")
    (b'<loc>https://x/1</loc><loc>', b'<loc>https://x/1')
    """
    end = content.rfind(b">") + 1
    tag = content.find(b"<", end)
    if tag >= 0:
        # A text before an unfinished tag is whole, unless that tag is a text itself.
        return content[: end if content.startswith(b"<![", tag) else tag]
    return content[:end] if content[end:].strip() else content


def _xml_entity(match: re.Match[bytes]) -> bytes:
    if match[1]:
        return match[0]
    if match[2]:
        meaning = html5.get(match[2].decode("ascii") + ";")
        if meaning:
            # As numbers, because some of them stand for `<` and `&` (`&LT;`, `&AMP;`).
            return "".join(f"&#{ord(character)};" for character in meaning).encode("ascii")
    return b"&amp;" + match[0][1:]


def _undeclared_prefixes(content: bytes) -> list[bytes]:
    root_tag = content[: content.find(b">") + 1]
    declared = set(_DECLARED_PREFIX.findall(root_tag)) | {b"xml", b"xmlns"}
    used: dict[bytes, None] = {}
    for match in _PREFIX.finditer(content):
        if match[1] not in declared and match[1].isascii():
            used[match[1]] = None
            if len(used) >= _MAX_PREFIXES:
                break
    # A prefix declared further down is declared for that part of the document.
    return [prefix for prefix in used if b"xmlns:" + prefix not in content]


def _declare(content: bytes, prefixes: list[bytes]) -> bytes:
    name = re.match(rb"<[\w.:-]+", content)
    if name is None:
        return content
    declarations = b"".join(
        b' xmlns:%s="%s"' % (prefix, _NAMESPACES.get(prefix, b"urn:undeclared:" + prefix))
        for prefix in prefixes
    )
    return content[: name.end()] + declarations + content[name.end() :]
