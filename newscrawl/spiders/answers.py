"""What the headers of an answer, and of the request before it, say."""

from __future__ import annotations

from scrapy.http import Response

NEVER_READ = (
    "HTTP 304, not modified, though it was asked for without a condition. A cache between this machine and "
    "the outlet may be broken; until that is mended the listing cannot be read."
)


def header(response: Response, name: str) -> str:
    """A header's value; "" where there is none."""
    value = response.headers.get(name)
    return value.decode("latin-1") if value else ""


def is_not_modified(response: Response) -> bool:
    """Whether an answer says that what was read before is still so."""
    return response.status == 304 and _is_conditional(response)


def is_unreadable(response: Response) -> bool:
    """Whether it says so though nothing was asked that it could be said to."""
    return response.status == 304 and not _is_conditional(response)


def _is_conditional(response: Response) -> bool:
    request = response.request
    return request is not None and any(
        name in request.headers for name in ("If-None-Match", "If-Modified-Since")
    )
