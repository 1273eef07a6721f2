"""Faults of the bulk area, from the files of its parts."""

from __future__ import annotations

from fluentcart_conformance.store.faults import bulk_customers, bulk_orders
from fluentcart_conformance.store.faults.model import Room

room = Room("bulk")
for _part in (bulk_orders, bulk_customers):
    room.faults += _part.room.faults
