"""What a scenario writes with: requirement blocks, prerequisites, money.

    with requirement("RFD-PARTIAL-TOTAL"):
        assert after.total_refund == cents(1000)

A block that fails does not hide the next one. The exchanges since the last block are its evidence.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from fluentcart_conformance.drivers.answers import Answer
from fluentcart_conformance.drivers.core import Prerequisite, Product
from fluentcart_conformance.drivers.orders import Line, order_body
from fluentcart_conformance.drivers.records import Address, Customer, Item, Order, average
from fluentcart_conformance.drivers.shop import Shop
from fluentcart_conformance.drivers.values import (
    Cents,
    UnreadableAnswer,
    cents,
    moment,
    same_moment,
    whole,
)
from fluentcart_conformance.plugin.context import current_scenario
from fluentcart_conformance.plugin.looking import assert_refused, requirement, told_before
from fluentcart_conformance.plugin.refusals import Refusals
from fluentcart_conformance.plugin.scene import Scene, refusals_of_everything, set_scene
from fluentcart_conformance.plugin.wrong import Wrong

ABSENT_ID = 10**12
"""An id that no store has given yet, for requests that must find nothing."""


SIDE_EFFECTS = frozenset(
    {
        "updated_at",
        "activities",
        "order_operation",
        "order_tax_rates",
        "variants",
        "purchase_value",
        "purchase_count",
        "ltv",
        "aov",
        "first_purchase_date",
        "last_purchase_date",
        "user_id",
        "user_link",
    }
)
"""Members of an order that other writes may move along: log, stock, the buyer's figures and user.

They move even for an order that is left alone, when another order of the same buyer is paid.
FluentCart 1.5 notes with every edit of an order how its tax was found, in `order_tax_rates`."""


def refusals_on_an_order(shop: Shop, arrange: Callable[[], Order]) -> Refusals[Order]:
    """Requests on one order that must be refused; `arrange` makes an order like it."""
    return Refusals(
        shop,
        arrange,
        look=lambda order: {"the order": shop.order(order.id)},
        known=lambda order: {"the order": order},
        apart_from=SIDE_EFFECTS,
    )


def not_testable(reason: str, *ids: str) -> None:
    """Say why requirements cannot be looked at on this target, and go on."""
    current_scenario().check(ids, "not_testable", reason)


@dataclass
class Watched:
    """An order that refused requests must not change, compared with how it read the last time.

    Several scenarios may watch one order: what one of them finds moved is not found again by the
    next.
    """

    shop: Shop
    order: Order

    def moved(self) -> list[str]:
        """Paths of the members that changed since the last look, side effects apart."""
        before, self.order = self.order, self.shop.order(self.order.id)
        return self.order.differences(before, SIDE_EFFECTS)


needs = pytest.mark.needs
"""Marks a scenario with the capabilities it stands on: `@needs("wp_users")`."""

late = pytest.mark.late
"""Marks a scenario that comes last: time has passed by then, and much was seen that it needs."""

reading_run = pytest.mark.reading_run
"""Marks a scenario for runs that write nothing: it looks at what the shop holds already."""

proves = pytest.mark.proves
"""Names requirements of a scenario that do not stand in it as words: `@proves("ORD-...")`."""

__all__ = [
    "ABSENT_ID",
    "SIDE_EFFECTS",
    "Address",
    "Answer",
    "Cents",
    "Customer",
    "Item",
    "Line",
    "Order",
    "Prerequisite",
    "Product",
    "Refusals",
    "Scene",
    "Shop",
    "UnreadableAnswer",
    "Watched",
    "Wrong",
    "assert_refused",
    "average",
    "cents",
    "late",
    "moment",
    "needs",
    "not_testable",
    "order_body",
    "proves",
    "reading_run",
    "refusals_of_everything",
    "refusals_on_an_order",
    "requirement",
    "same_moment",
    "set_scene",
    "told_before",
    "whole",
]
