"""`make evaluate ARGS=search`: how well what analysts type is answered, beside stock analyzers.

The needs (needs.tsv) were written before any search of the corpus. What the systems of `systems.py` found
first was pooled, shuffled and judged by reading, without knowing which system found it (`pool.py`):
grades.tsv holds 0 (not about it), 1 (in part) or 2 (about it) by the article's address.
"""
