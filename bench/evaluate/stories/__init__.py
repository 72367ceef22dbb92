"""What `make evaluate ARGS=stories` measures: whether articles of one event are found to be so."""
