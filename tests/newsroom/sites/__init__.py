"""The four sites of the newsroom, one file each."""
