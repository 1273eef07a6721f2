"""The random walk: a Hypothesis state machine over the steps of the model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from inspect import signature
from typing import Any, Protocol

from hypothesis import reject
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from fluentcart_conformance.fuzz.model.picture import SETTABLE, SHIPPING
from fluentcart_conformance.fuzz.model.shop_steps import ShopSteps

_ENOUGH = 6
_PICK = st.integers(0, 7)
_PRICE = st.sampled_from((1999, 333, 2500, 1, 99_999, 1050))
_LINE = st.tuples(st.integers(0, 3), st.integers(1, 5), _PRICE)
_SHARE = st.sampled_from((50, 100, 1, 33, 101, 150, 200))
_SHIPPING_COST = st.sampled_from((0, 500, 799))


# How often a step is chosen, beside the others of its rule.
_MONEY = ("pay", "pay", "pay", "refund", "refund", "refund", "settle_by_hand")
_LIFE = (
    "set_status", "set_status", "edit", "edit", "add_custom_item", "ship", "give_to", "give_to",
    "give_to_a_new_customer", "delete_order",
)  # fmt: skip
_SEVERAL = (
    "set_status_of_several", "set_status_of_several", "ship_several", "delete_several",
)  # fmt: skip
_PEOPLE = ("rename", "set_status_of_customers", "delete_customer", "customer_arrives")
_BOOK = ("add_address", "add_address", "add_address", "make_primary", "move_address",
         "drop_address")  # fmt: skip
_LOOKS = (
    "look_at_figures", "look_at_orders_of", "look_up_customer", "search", "filter_by_status",
)  # fmt: skip
_NUMBERS = {
    "order": _PICK,
    "customer": _PICK,
    "first": _PICK,
    "second": _PICK,
    "address": _PICK,
    "line": _PICK,
    "name": _PICK,
    "city": _PICK,
    "share": _SHARE,
    "quantity": st.integers(1, 4),
    "shipping": _SHIPPING_COST,
    "price": st.sampled_from((333, 1200)),
    "kind": st.sampled_from(("billing", "shipping")),
}
_STATUS = {
    "ship": SHIPPING,
    "ship_several": SHIPPING,
    "set_status_of_customers": ("inactive", "active"),
}


class Guide(Protocol):
    """Who opens a walk, follows every step of it and ends it."""

    def new_world(self) -> ShopSteps:
        """A fresh shop to walk."""

    def walk(self, world: ShopSteps, step: Callable[..., None], given: Mapping[str, Any]) -> bool:
        """Do one step; False when the walk cannot go on."""

    def finish(self, world: ShopSteps) -> None:
        """Look at everything at the end of a walk."""


class ShopWalk(RuleBasedStateMachine):
    """Walks through a shop of its own; every rule does one step of the model."""

    guide: Guide

    def __init__(self) -> None:
        super().__init__()
        self.world: ShopSteps = self.guide.new_world()

    def _do(self, name: str, data: st.DataObject) -> None:
        step = getattr(self.world, name)
        wanted = list(signature(step).parameters)
        given = {one: data.draw(_strategy(name, one)) for one in wanted}
        if not self.guide.walk(self.world, step, given):
            reject()

    @initialize(data=st.data())
    def opening(self, data: st.DataObject) -> None:
        """Two people, one of whom buys something twice: else nothing can go to the wrong one."""
        self._do("customer_arrives", data)
        self._do("customer_arrives", data)
        self._do("order", data)
        self._do("order", data)

    @precondition(lambda self: len(self.world.orders) < _ENOUGH)
    @rule(data=st.data())
    def order(self, data: st.DataObject) -> None:
        """Somebody orders something."""
        self._do("order", data)

    @rule(data=st.data(), step=st.sampled_from(_MONEY))
    def money(self, data: st.DataObject, step: str) -> None:
        """Money comes or goes."""
        self._do(step, data)

    @rule(data=st.data(), step=st.sampled_from(_MONEY))
    def more_money(self, data: st.DataObject, step: str) -> None:
        """Money comes or goes: half of all steps with orders."""
        self._do(step, data)

    @rule(data=st.data(), step=st.sampled_from(_LIFE))
    def life(self, data: st.DataObject, step: str) -> None:
        """An order moves on, changes hands, is edited or deleted."""
        self._do(step, data)

    @rule(data=st.data(), step=st.sampled_from(_LIFE))
    def more_life(self, data: st.DataObject, step: str) -> None:
        """As often as money."""
        self._do(step, data)

    @rule(data=st.data(), step=st.sampled_from(_SEVERAL))
    def several(self, data: st.DataObject, step: str) -> None:
        """Several orders at once."""
        self._do(step, data)

    @precondition(lambda self: len(self.world.customers) < _ENOUGH)
    @rule(data=st.data(), step=st.sampled_from(_PEOPLE))
    def people(self, data: st.DataObject, step: str) -> None:
        """Customers."""
        self._do(step, data)

    @rule(data=st.data(), step=st.sampled_from(_BOOK))
    def address_book(self, data: st.DataObject, step: str) -> None:
        """Addresses."""
        self._do(step, data)

    @rule(data=st.data(), step=st.sampled_from(_LOOKS))
    def look(self, data: st.DataObject, step: str) -> None:
        """Lists and figures."""
        self._do(step, data)

    def teardown(self) -> None:
        """Everything is looked at once more."""
        self.guide.finish(self.world)


def _strategy(step: str, name: str) -> st.SearchStrategy[Any]:
    if name == "status":
        return st.sampled_from(_STATUS.get(step, SETTABLE))
    if step == "order" and name == "lines":
        return st.lists(_LINE, min_size=1, max_size=3)
    if step == "order" and name == "discount":
        return st.sampled_from((0, 250, 1))
    return _NUMBERS[name]
