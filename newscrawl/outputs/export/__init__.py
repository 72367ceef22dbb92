"""The archive as files for other programs: JSON Lines and Parquet, whole or only what changed.

Days are days of `event_time` in UTC. Every file is written beside its place and moved there when it is
whole, so a reader never sees half of one.
"""

from __future__ import annotations

from newscrawl.outputs.export.folder import Plan, carry_out, locked, make_plan
from newscrawl.outputs.export.manifest import ExportError
from newscrawl.outputs.export.writers import Target, export_file, export_stream, read_target

__all__ = [
    "ExportError",
    "Plan",
    "Target",
    "carry_out",
    "export_file",
    "export_stream",
    "locked",
    "make_plan",
    "read_target",
]
