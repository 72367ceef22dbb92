"""A delivery in one sentence, for the end of a crawl and of `newscrawl index`."""

from __future__ import annotations

from newscrawl.outputs.delivery.deliver import Report


def sentence(report: Report, pending: int, dead: int) -> str:
    """What arrived, what waits and why, and what was refused.

    Args:
        report: of the delivery.
        pending: articles that wait in the outbox.
        dead: dead letters, those of earlier deliveries included.
    """
    text = f"Elasticsearch: {report.arrived:,} delivered, {pending:,} pending"
    if pending:
        trouble = report.trouble.rstrip(".")
        text += f": {trouble}" if trouble else ""
        text += "" if text.endswith("?") else "."
        text += " `newscrawl index` sends them."
    else:
        text += "."
    if dead:
        text += f" {dead:,} refused: see `newscrawl deadletters`."
    return text
