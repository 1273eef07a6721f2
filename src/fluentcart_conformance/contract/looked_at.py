"""Which general requirements and laws an answer was held against and met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from . import general
from .about import mismatches
from .exchange import Exchange
from .laws import laws_of
from .paging import broken_laws, has_rows, is_list
from .refusal import is_missing_route, states_outcome

_REDIRECT = 300
_NAMES_ITS_ID = ("get_order", "get_order_transactions", "get_order_transaction", "get_customer")


def looked_at(
    operation: str, params: Mapping[str, str], exchange: Exchange, body: Any
) -> Iterator[str]:
    """Ids of requirements beyond the schema's own; those that the answer breaks are left out."""
    if not is_missing_route(body):
        yield general.OPERATION_PRESENT
    if states_outcome(body):
        yield general.STATUS_MATCHES
    if exchange.status < _REDIRECT:
        yield from laws_of(operation, body)
        if operation in _NAMES_ITS_ID and not mismatches(operation, body, params):
            yield general.ABOUT_REQUESTED
        if is_list(operation, body) and not broken_laws(operation, body, exchange):
            yield general.PAGING_ARITHMETIC
            if has_rows(operation, body):
                yield general.PAGING_UNIQUE
