"""Delivery: sends the outbox to Elasticsearch, and judges each of its answers."""

from __future__ import annotations

from newscrawl.outputs.delivery.answers import Report
from newscrawl.outputs.delivery.deliver import Deliverer, rebuild

__all__ = ["Deliverer", "Report", "rebuild"]
