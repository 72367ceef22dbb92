"""Compressed listings: gzip taken off, however it got there, and never more than a set size."""

from __future__ import annotations

import zlib

_MAGIC = b"\x1f\x8b"
_LAYERS = 2
"""A .xml.gz that the server compressed again for the journey."""


def unpack(content: bytes, url: str, max_bytes: int) -> tuple[bytes, list[str]]:
    """Return the listing's plain bytes, and what was wrong with its wrapping.

    Empty when it would be larger than `max_bytes` (a small file that unpacks to gigabytes is an
    attack or an accident; neither is read). A truncated file yields what could be unpacked.
    Never raises.
    """
    problems: list[str] = []
    for _ in range(_LAYERS):
        if not content.startswith(_MAGIC):
            break
        content, whole = _gunzip(content, max_bytes)
        if not whole and len(content) <= max_bytes:
            problems.append(
                f"{url}: the gzip data is cut short or damaged; read {len(content):,} bytes of it. "
                "Fetch it again; if it stays so, tell the outlet."
            )
    if len(content) > max_bytes:
        return b"", [
            f"{url}: larger than {max_bytes:,} bytes unpacked, so not read. "
            "If that is right for this outlet, raise max_bytes."
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
