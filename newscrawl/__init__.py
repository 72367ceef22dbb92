"""newscrawl: an Arabic news archive you run yourself.

News pages go in on one side; a clean, deduplicated, searchable archive comes out on the other,
and one table tells where every URL ended. See README.md for the way the data goes.
"""

__version__ = "0.1.0"
