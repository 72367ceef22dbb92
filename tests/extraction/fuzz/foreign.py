"""What is no page at all."""

from __future__ import annotations

import gzip
import json
from random import Random

from tests.extraction.fuzz.words import SENTENCES


def foreign(rng: Random) -> bytes:
    """Bytes of another kind: nothing, plain text, JSON, feeds, pictures, archives, noise."""
    text = "\n".join(rng.choices(SENTENCES, k=rng.randrange(40)))
    return rng.choice(
        (
            b"", b" ", b"\x00", b"<", b"<html>", b"\xef\xbb\xbf", b"\xff\xfe", text.encode(),
            text.encode("utf-16"), json.dumps({"title": text, "body": [text] * 5}).encode(),
            f"<?xml version='1.0'?><rss><item>{text}</item></rss>".encode(),
            b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + rng.randbytes(5000),
            b"\x89PNG\r\n\x1a\n" + rng.randbytes(5000), gzip.compress(text.encode()),
            b"PK\x03\x04" + rng.randbytes(3000), b"GIF89a" + bytes(3000),
            rng.randbytes(rng.randrange(20_000)), bytes(50_000), b"\xff" * 20_000, b"\xd8" * 20_000,
            f"<svg xmlns='x'><text>{text}</text></svg>".encode(), b"<!DOCTYPE html>" * 2000, b"&" * 50_000,
            b"<" * 50_000, b"<!" * 20_000, b"</" * 20_000, b"<a " * 20_000, b"<!--" * 20_000,
            b"<p" + b" a='" * 20_000, b"]]>" * 20_000,
        )
    )  # fmt: skip
