"""What keeps an export from being written."""

from __future__ import annotations


class ExportError(Exception):
    """This export cannot be written as asked; the message says why and how to mend it."""
