"""Delivery: the outbox into Elasticsearch, and what to do with every answer."""

from __future__ import annotations

from newscrawl.outputs.delivery.deliver import Deliverer, Report

__all__ = ["Deliverer", "Report"]
