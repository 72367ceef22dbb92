"""Pages as they came over the wire, kept in the web archives' own standard (WARC, ISO 28500)."""
