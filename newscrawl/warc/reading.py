"""One page read back out of its file, by the place that the store knows."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

from newscrawl.warc.answers import read_answer
from newscrawl.warc.as_fetched import AsFetched, digest_text
from newscrawl.warc.records import Record, read_records


class DamagedPageError(ValueError):
    """A kept page cannot be read back; the message says why."""


def read_page(packed: bytes, digest: bytes | None = None) -> AsFetched:
    """Read the record of a page, as the bytes of its file are; of a `revisit` the headers, and no body.

    Args:
        packed: from the record's place in the file, as many bytes as the store says.
        digest: what the body must have (`AsFetched.digest`); None: not looked at, as of a `revisit`.

    Raises:
        DamagedPageError: it is not what was written.
    """
    record = next(read_records(BytesIO(packed), max_block=2**40), Record(0, fault="there is nothing"))
    if record.fault or record.block is None:
        raise DamagedPageError(record.fault)
    try:
        moment = datetime.fromisoformat(record.headers.get("warc-date", "")).astimezone(UTC)
        page = read_answer(record.block, record.headers.get("warc-target-uri", ""), moment)
    except ValueError as error:  # a NoAnswerError too
        raise DamagedPageError(str(error)) from error
    if digest is not None and page.digest != digest:
        raise DamagedPageError(f"its body is not the one that was kept ({digest_text(digest)})")
    return page
