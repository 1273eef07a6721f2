"""Faults of auth."""

from __future__ import annotations

from fluentcart_conformance.store.faults.model import Room

room = Room("auth")
add = room.add
