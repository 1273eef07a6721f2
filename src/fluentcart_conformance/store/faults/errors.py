"""Faults of the errors area, from the files of its parts."""

from __future__ import annotations

from fluentcart_conformance.store.faults import errors_refusals, errors_requests
from fluentcart_conformance.store.faults.model import Room

room = Room("errors")
for _part in (errors_requests, errors_refusals):
    room.faults += _part.room.faults
