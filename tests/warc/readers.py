"""What other people's readers make of a WARC file."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import NamedTuple

from fastwarc.warc import ArchiveIterator as FastIterator
from fastwarc.warc import WarcRecordType
from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import BufferedReader
from warcio.checker import Checker

# warcio undoes it with the package brotlipy, and breaks with brotli (its issue 73). Without, it reads on.
BufferedReader.DECOMPRESSORS.pop("br", None)


class Read(NamedTuple):
    """A record."""

    type: str
    url: str
    content: bytes
    """Behind the HTTP headers, where it has these."""


def checked(*paths: Path) -> bool:
    """Whether `warcio check` finds no fault, and fastwarc none in any record's digests."""
    checker = Checker(argparse.Namespace(inputs=list(map(str, paths)), verbose=False))
    return checker.process_all() == 0 and all(map(_digests_agree, paths))


def _digests_agree(path: Path) -> bool:
    blocks = [record.verify_block_digest() for record in FastIterator(str(path), parse_http=False)]
    answers = FastIterator(str(path), record_types=WarcRecordType.response, auto_decode="none")
    payloads = [record.verify_payload_digest() for record in answers]
    return bool(blocks) and all(blocks) and all(payloads)


def by_warcio(path: Path) -> list[Read]:
    """The records as warcio reads them; content encodings are not undone."""
    with path.open("rb") as stream:
        return [
            Read(
                record.rec_type,
                record.rec_headers.get_header("WARC-Target-URI") or "",
                record.raw_stream.read(),
            )
            for record in ArchiveIterator(stream)
        ]


def by_fastwarc(path: Path) -> list[Read]:
    """The records as fastwarc reads them."""
    return [
        Read(record.headers["WARC-Type"], record.headers.get("WARC-Target-URI") or "", record.reader.read())
        for record in FastIterator(str(path), auto_decode="none")
    ]
