"""What a page says of its article: title, standfirst, writers, section, tags, image, agency, dateline."""

from newscrawl.extraction.metadata.read import Metadata, read_credit, read_metadata

__all__ = ["Metadata", "read_credit", "read_metadata"]
