"""Faults of bulk."""

from __future__ import annotations

from fluentcart_conformance.store.faults.model import Room

room = Room("bulk")
add = room.add
