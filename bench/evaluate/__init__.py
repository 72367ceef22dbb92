"""`make evaluate`: how well pages that nobody here wrote are read, beside trafilatura in the same run."""
