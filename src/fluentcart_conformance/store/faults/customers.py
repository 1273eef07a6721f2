"""Faults of customers."""

from __future__ import annotations

from fluentcart_conformance.store.faults.model import Room

room = Room("customers")
add = room.add
