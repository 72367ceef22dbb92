"""The archive as files for other programs: JSON Lines and Parquet, whole or only what changed.

Days are days of `event_time` in UTC. Every file is written beside its place and moved there when it is
whole, so a reader never sees half of one.
"""
