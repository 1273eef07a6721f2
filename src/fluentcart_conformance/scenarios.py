"""What a scenario writes with: requirement blocks, prerequisites, money.

    with requirement("RFD-PARTIAL-TOTAL"):
        assert after.total_refund == cents(1000)

A block that fails does not hide the next one. The exchanges since the last block are its evidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import TracebackType

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
from fluentcart_conformance.target.errors import NoAnswer

ABSENT_ID = 10**12
"""An id that no store has given yet, for requests that must find nothing."""


class requirement:  # noqa: N801  (reads as a word of the scenario's own language)
    """A look at one or more requirements; the assertions inside decide all of them."""

    def __init__(self, *ids: str) -> None:
        self.ids = ids

    def __enter__(self) -> None:
        pass

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        scenario = current_scenario()
        if error is None:
            scenario.check(self.ids, "passed")
            return True
        if isinstance(error, AssertionError | Prerequisite):
            # What could not be had inside a block is what the block looks at.
            scenario.check(self.ids, "failed", str(error) or "the assertion failed")
            return True
        if isinstance(error, NoAnswer):
            scenario.check((*self.ids, "GEN-ANSWERS"), "failed", str(error))
            return True
        if isinstance(error, TypeError | ValueError | LookupError | AttributeError) and (
            scenario.judged_wrong
        ):
            # The judge already holds that these answers are malformed: the target's fault.
            scenario.check(self.ids, "failed", f"the answer cannot be read: {error!r}")
            return True
        return False


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


def not_testable(reason: str, *ids: str) -> None:
    """Say why requirements cannot be looked at on this target, and go on."""
    current_scenario().check(ids, "not_testable", reason)


def assert_refused(
    shop: Shop, answer: Answer, key: str, operation: str | None = None, what: str = ""
) -> None:
    """Insist that an answer is the refusal the profile allows, by its status and its code.

    `key` is a row of the profile's `refusals`, `operation` the one that was refused where the row
    has its own statuses for some, `what` the thing refused, for the message.
    """
    said = f"{what}: {answer.excerpt}" if what else answer.excerpt
    if not answer.refused:
        raise AssertionError(said)
    allowed = shop.refusal(key, operation)
    if answer.status not in allowed:
        raise AssertionError(f"{said}; allowed is {allowed}")
    codes = shop.refusal_codes(key, operation)
    if codes and answer.code not in codes:
        raise AssertionError(f"{said}; the code must be one of {codes}")


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
    "Shop",
    "UnreadableAnswer",
    "assert_refused",
    "average",
    "cents",
    "moment",
    "needs",
    "not_testable",
    "order_body",
    "proves",
    "requirement",
    "same_moment",
    "whole",
]
