"""Faults of the list of orders, from the files of its parts."""

from __future__ import annotations

from fluentcart_conformance.store.faults import lists_pages, lists_search
from fluentcart_conformance.store.faults.model import Room

room = Room("lists")
room.faults += [*lists_pages.room.faults, *lists_search.room.faults]
