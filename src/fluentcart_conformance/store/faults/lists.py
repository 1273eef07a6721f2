"""Faults of lists."""

from __future__ import annotations

from fluentcart_conformance.store.faults.model import Room

room = Room("lists")
add = room.add
