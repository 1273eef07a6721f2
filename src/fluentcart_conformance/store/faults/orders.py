"""Faults of the orders area, from the files of its parts."""

from __future__ import annotations

from fluentcart_conformance.store.faults import (
    orders_addresses,
    orders_create,
    orders_customers,
    orders_lines,
    orders_paid,
    orders_read,
    orders_statuses,
    orders_update,
)
from fluentcart_conformance.store.faults.model import Room

room = Room("orders")
for _part in (
    orders_create,
    orders_lines,
    orders_read,
    orders_update,
    orders_paid,
    orders_statuses,
    orders_customers,
    orders_addresses,
):
    room.faults += _part.room.faults
