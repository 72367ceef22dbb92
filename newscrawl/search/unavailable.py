"""An index that cannot be asked."""

from __future__ import annotations


class IndexUnavailableError(Exception):
    """The index cannot be asked; the message says why and how to mend it."""
