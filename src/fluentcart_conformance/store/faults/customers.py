"""Faults of the customers area, from the files of its parts."""

from __future__ import annotations

from fluentcart_conformance.store.faults import (
    customers_create,
    customers_figures,
    customers_list,
    customers_update,
)
from fluentcart_conformance.store.faults.model import Room

room = Room("customers")
for _part in (customers_list, customers_create, customers_update, customers_figures):
    room.faults += _part.room.faults
