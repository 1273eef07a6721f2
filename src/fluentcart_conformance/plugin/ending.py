"""The end of a run: what it created is taken away, and the record says so."""

from __future__ import annotations

from typing import Any

from fluentcart_conformance.journal.cleanup import clean_up as take_away
from fluentcart_conformance.journal.guard import Guard, Policy
from fluentcart_conformance.journal.journal import Journal
from fluentcart_conformance.target.client import StoreClient
from fluentcart_conformance.target.preflight import TargetReport
from fluentcart_conformance.target.settings import Settings


def clean_up(settings: Settings, report: TargetReport, journal: Journal) -> list[dict[str, Any]]:
    """Take away what the run created; returns the events for the record."""
    journal.reload()
    client = StoreClient(settings, report.root)
    client.guard = Guard(journal, Policy.of(settings, embedded=report.embedded))
    try:
        outcome = take_away(client, journal, report)
    finally:
        client.close()
    return [{"type": "cleanup", **outcome.as_json()}]
