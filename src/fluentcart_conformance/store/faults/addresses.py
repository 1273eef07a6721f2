"""Faults of the addresses area, from the files of its parts."""

from __future__ import annotations

from fluentcart_conformance.store.faults import addresses_change, addresses_create
from fluentcart_conformance.store.faults.model import Room

room = Room("addresses")
for _part in (addresses_create, addresses_change):
    room.faults += _part.room.faults
