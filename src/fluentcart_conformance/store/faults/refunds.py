"""Faults of the refunds area, from the files of its parts."""

from __future__ import annotations

from fluentcart_conformance.store.faults import refunds_done, refunds_refused
from fluentcart_conformance.store.faults.model import Room

room = Room("refunds")
for _part in (refunds_done, refunds_refused):
    room.faults += _part.room.faults
