"""A listing's bytes → the same text in UTF-8, unpacked: every parser is told the charset, and none guesses.

gzip comes off, however it got there, and never more than a set size comes out. Working on bytes, not str,
keeps a 50 MB sitemap at 50 MB: most are UTF-8 already and pass through.
"""

from __future__ import annotations

import codecs
import re
import zlib

from w3lib.encoding import http_content_type_encoding

from newscrawl.config import variable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = ((b"<\x00\x00\x00", "utf-32-le"), (b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"))
_DECLARED = re.compile(
    rb"""<(?:\?xml|meta)\s[^>]{0,200}?(?:encoding|charset)\s*=\s*["']?\s*([\w.:-]{2,30})""", re.I
)
# Python also has "encodings" that are no charset (base64, idna, unicode_escape): not a server's to choose.
_CHARSET = re.compile(r"utf-(?:8|16|32)(?:-[bl]e)?|cp\d{3,4}|iso8859-\d+|ascii|mac-arabic|koi8-r|latin-1")
_LATIN = frozenset({"cp1252", "iso8859-1", "iso8859-15", "ascii"})
_CHUNK = 1 << 20


def to_utf8(content: bytes, encoding: str | None = None, content_type: str | None = None) -> bytes:
    """Return the same text as UTF-8 without a byte order mark. Never raises.

    In this order: a byte order mark; UTF-8 whenever the bytes are valid UTF-8, whatever they are
    called (Arabic text is not that by accident); `encoding` (the caller's), the `Content-Type`
    header, the document's own declaration; else windows-1256, the old Arabic web's.
    """
    for mark, name in _BOMS:
        if content.startswith(mark):
            return _transcode(content[len(mark) :], name)
    for start, name in _WIDE:
        if content.startswith(start):
            return _transcode(content, name)
    if _is_utf8(content):
        return content
    declared = _DECLARED.search(content[:2048])
    labels = (
        encoding,
        http_content_type_encoding(content_type),
        declared[1].decode("ascii") if declared else None,
    )
    return _transcode(content, _best(content, next(filter(None, map(_charset, labels)), None)))


def _is_utf8(content: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(content)
    try:
        for start in range(0, len(view), _CHUNK):
            decoder.decode(view[start : start + _CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _charset(label: str | None) -> str | None:
    """Return Python's name of a charset, or None for what is not one."""
    if not label:
        return None
    try:
        name = codecs.lookup(label.strip()).name
    except (LookupError, ValueError):
        return None
    return name if _CHARSET.fullmatch(name) else None


def _best(content: bytes, label: str | None) -> str:
    """Choose the charset to read with, for bytes that are not valid UTF-8.

    Labelled UTF-8 with a few broken bytes is UTF-8; labelled so with hardly one whole character it
    is windows-1256 in a UTF-8 template. A Latin label is a server's default setting.
    """
    if label in (None, "utf-8"):
        sample = content[: 1 << 18].decode("utf-8", "replace")
        broken = sample.count("\ufffd")
        whole = len(sample) - broken - sum(map(sample.count, map(chr, range(128))))
        return "utf-8" if whole > broken else "cp1256"
    return "cp1256" if label in _LATIN or label is None else label


def _transcode(content: bytes, name: str) -> bytes:
    text = content.decode(name, "replace")
    return text.encode("utf-8", "replace")


_MAGIC = b"\x1f\x8b"
_LAYERS = 2
"""A .xml.gz that the server compressed again for the journey."""


def unpack(content: bytes, url: str, max_bytes: int) -> tuple[bytes, list[str]]:
    """Return the listing's plain bytes, and what was wrong with its wrapping.

    Empty when it would be larger than `max_bytes` (a small file that unpacks to gigabytes is an
    attack or an accident; neither is read). A truncated file yields what could be unpacked, without the
    line or text in which it ends.
    Never raises.
    """
    problems: list[str] = []
    for _ in range(_LAYERS):
        if not content.startswith(_MAGIC):
            break
        content, whole = _gunzip(content, max_bytes)
        if not whole and len(content) <= max_bytes:
            content = content[: max(map(content.rfind, (b"\n", b">"))) + 1] or content
            problems.append(
                f"{url}: the gzip data is cut short or damaged; read {len(content):,} bytes of it. "
                "Fetch it again; if it stays so, tell the outlet."
            )
    if len(content) > max_bytes:
        return b"", [
            f"{url}: larger than {max_bytes:,} bytes unpacked, so not read. "
            f"If that is right for this outlet, raise {variable('max_sitemap_bytes')}."
        ]
    return content, problems


def _gunzip(content: bytes, max_bytes: int) -> tuple[bytes, bool]:
    """Unpack all members of a gzip file up to one byte more than `max_bytes`, and whether all were whole."""
    pieces: list[bytes] = []
    size = 0
    while content.startswith(_MAGIC) and size <= max_bytes:
        member = zlib.decompressobj(wbits=31)
        try:
            piece = member.decompress(content, max_bytes + 1 - size)
        except zlib.error:
            # The object holds back what it had before the damage; ask for it in small steps.
            piece = _until_damage(content, max_bytes + 1 - size)
            pieces.append(piece)
            return b"".join(pieces), False
        pieces.append(piece)
        size += len(piece)
        if not member.eof:
            return b"".join(pieces), size > max_bytes
        content = member.unused_data
    return b"".join(pieces), True


def _until_damage(content: bytes, max_bytes: int) -> bytes:
    """Return what a damaged gzip member holds before the damage."""
    member = zlib.decompressobj(wbits=31)
    pieces: list[bytes] = []
    size = 0
    try:
        for start in range(0, len(content), 1024):
            piece = member.decompress(content[start : start + 1024], max_bytes - size)
            pieces.append(piece)
            size += len(piece)
            if size >= max_bytes or member.eof:
                break
    except zlib.error:
        pass  # this is the damage; what came before it is the answer
    return b"".join(pieces)
