"""WARC records and files as other programs write them, made by hand."""

import gzip

FORMS = ("members", "one stream", "plain")
"""How a file's records may be packed."""


def record(block=b"", *, length=None, version="1.0", **fields):
    """A record's bytes; `warc_type="response"` is its field WARC-Type."""
    names = {name.replace("_", "-"): value for name, value in fields.items()}
    names["Content-Length"] = len(block) if length is None else length
    lines = [f"WARC/{version}", *(f"{name}: {value}" for name, value in names.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def pack(records, form="members"):
    """A file that holds records."""
    if form == "members":
        return b"".join(map(gzip.compress, records))
    whole = b"".join(records)
    return gzip.compress(whole) if form == "one stream" else whole
