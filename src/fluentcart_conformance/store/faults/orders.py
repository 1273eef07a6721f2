"""Faults of orders."""

from __future__ import annotations

from fluentcart_conformance.store.faults.model import Room

room = Room("orders")
add = room.add
