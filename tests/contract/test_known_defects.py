"""Known defects that a single recorded answer shows, each of which the judge must see.

A row says what the store was asked, and what was wrong with its answer. The list is no inventory:
that every other finding in an accepted answer is a known deviation is for `test_recordings.py` to
hold, and defects that only a sequence of requests shows (another order's line deleted, a refund of
a foreign transaction) are the scenarios' to find.
"""

from __future__ import annotations

import pytest

from .recorded import PROFILES
from .test_recordings import judged

ALL = tuple(PROFILES)
_BEFORE_15 = ("1.3.0", "1.3.25")
_SINCE_1325 = ("1.3.25", "1.5.2")

# What is wrong, in which versions, operation, the beginning of the case, requirement, place.
DEFECTS = (
    ("order 0 is answered with another order", ALL, "get_order", "id=0", "ORD-GET-SAME-ID",
     "/order/id"),
    ("the transactions of order 0 are another order's", ALL, "get_order_transactions", "order id=0",
     "TRX-LIST-DETAILS", "/order/id"),
    ("an update empties the order's status", ALL, "get_order",
     "state: after seed 004 sample update", "ORD-RECORD-VALUES", "/order/status"),
    ("an update empties the payment status", ALL, "get_order",
     "state: after seed 004 sample update", "ORD-RECORD-VALUES", "/order/payment_status"),
    ("an update empties the fulfilment type", ALL, "get_order",
     "state: after seed 004 sample update", "ORD-RECORD-TYPES", "/order/fulfillment_type"),
    ("an update takes any status", ALL, "get_order", "state: after update status=bogus",
     "ORD-RECORD-VALUES", "/order/status"),
    ("a transaction takes any status", _BEFORE_15, "update_transaction_status",
     "pending -> bogus", "TRX-RECORD-VALUES", "/transaction/status"),
    ("and gives it to the order", _BEFORE_15, "get_order",
     "state: after transaction pending -> bogus", "ORD-RECORD-VALUES", "/order/payment_status"),
    ("paying without a transaction type empties it", ALL, "get_order",
     "state: paid without transaction_type", "TRX-RECORD-TYPES",
     "/order/transactions/0/transaction_type"),
    ("a new customer takes any status", ALL, "create_customer", "status bogus",
     "CUS-CREATE-RECORD", "/data/status"),
    ("create order names no uuid", ("1.3.0",), "create_order", "", "ORD-CREATE-UUID", "/uuid"),
    ("customer_id of an order is text", ("1.3.0",), "get_order", "", "ORD-RECORD-TYPES",
     "/order/customer_id"),
    ("customer_id of a row is text", ("1.3.0",), "list_orders", "", "LST-ROW-TYPES",
     "/orders/data/0/customer_id"),
    ("can_send_payment_reminder is not there", ("1.3.0",), "get_order", "", "ORD-DETAILS-MEMBERS",
     "/can_send_payment_reminder"),
    ("fee_total is not there", ("1.3.0",), "get_order", "", "ORD-RECORD-MEMBERS",
     "/order/fee_total"),
    ("is_custom of a line is not there", ("1.3.0",), "get_order", "", "ORD-ITEM-MEMBERS",
     "/order/order_items/0/is_custom"),
    ("a bulk delete answers an empty text for data", ("1.3.0",), "orders_bulk", "",
     "BLK-ORD-ANSWER", "/data"),
    ("a customer without orders has a purchase date of zeros", ("1.3.25",), "get_customer", "",
     "CUS-DATES-ISO", "/customer/last_purchase_date"),
    ("a page far beyond the end has the first page's orders", _SINCE_1325, "list_orders",
     '{"page": 1000', "LST-PAGE-BEYOND", "/orders/data"),
    ("a page far beyond the end has the first page's customers", _SINCE_1325, "list_customers",
     '{"page": 1000', "CUS-LIST-PAGE-BEYOND", "/customers/data"),
)  # fmt: skip


@pytest.mark.parametrize("version", PROFILES)
@pytest.mark.parametrize("defect", DEFECTS, ids=[row[0] for row in DEFECTS])
def test_a_known_defect_is_a_finding_in_the_versions_that_have_it(
    version: str, defect: tuple[str, tuple[str, ...], str, str, str, str]
) -> None:
    _, versions, operation, case, requirement, place = defect
    found = [
        exchange.note
        for exchange, one in judged(version)
        if exchange.status < 300
        and (one.operation, one.requirement, one.pointer) == (operation, requirement, place)
        and exchange.note.startswith(case)
    ]
    assert bool(found) is (version in versions), found[:3]
