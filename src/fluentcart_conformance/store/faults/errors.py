"""Faults of errors."""

from __future__ import annotations

from fluentcart_conformance.store.faults.model import Room

room = Room("errors")
add = room.add
