"""Faults of shipping."""

from __future__ import annotations

from fluentcart_conformance.store.faults.model import Room

room = Room("shipping")
add = room.add
