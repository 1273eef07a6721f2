"""Faults of addresses."""

from __future__ import annotations

from fluentcart_conformance.store.faults.model import Room

room = Room("addresses")
add = room.add
