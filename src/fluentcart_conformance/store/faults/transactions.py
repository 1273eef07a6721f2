"""Faults of transactions."""

from __future__ import annotations

from fluentcart_conformance.store.faults.model import Room

room = Room("transactions")
add = room.add
