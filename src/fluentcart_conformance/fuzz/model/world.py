"""The walked shop: the picture, the store, and the comparison after every step."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

from fluentcart_conformance.contract.exchange import Exchange
from fluentcart_conformance.drivers.answers import Answer
from fluentcart_conformance.drivers.records import Order, Record
from fluentcart_conformance.drivers.shop import Shop
from fluentcart_conformance.drivers.values import UnreadableAnswer
from fluentcart_conformance.fuzz.breach import Breach, levelled
from fluentcart_conformance.fuzz.laws import order_laws
from fluentcart_conformance.fuzz.model.blame import ACCEPTED, OPERATIONS, REFUSED, blamed
from fluentcart_conformance.fuzz.model.compare import (
    Mismatch,
    adopt_customer,
    adopt_order,
    blinded,
    customer_mismatches,
    order_mismatches,
)
from fluentcart_conformance.fuzz.model.kept import customer_changes, order_changes
from fluentcart_conformance.fuzz.model.picture import CustomerPicture, OrderPicture
from fluentcart_conformance.fuzz.model.step import EVERYTHING, Divergence, Recorder, Step


class World:
    """One walk through a shop of its own.

    `known` are causes that earlier walks found: they are believed, so that the walk can go on.
    """

    def __init__(self, shop: Shop, known: Collection[str] = ()) -> None:
        self.recorder = Recorder(shop.client)
        self.shop = replace(shop, client=self.recorder)
        self.known = known
        self.customers: list[CustomerPicture] = []
        self.orders: list[OrderPicture] = []
        self.steps: list[Step] = []
        self._bystander = 0
        self._done = False
        self._last: dict[tuple[str, int], Record] = {}
        self.stopped = False
        self.looked: set[str] = set()

    # -- finding one's way -------------------------------------------------------------------

    def living_orders(self) -> list[OrderPicture]:
        """The orders that are not deleted."""
        return [one for one in self.orders if not one.gone]

    def living_customers(self) -> list[CustomerPicture]:
        """The customers that are not deleted."""
        return [one for one in self.customers if not one.gone]

    def an_order(self, number: int, fits: Callable[[OrderPicture], bool] | None = None) -> Any:
        """Any living order by a number, or None; one that fits where there is such."""
        rows = self.living_orders()
        rows = [one for one in rows if fits(one)] if fits is not None else rows
        return rows[number % len(rows)] if rows else None

    def a_customer(self, number: int) -> Any:
        """Any living customer by a number, or None."""
        rows = self.living_customers()
        return rows[number % len(rows)] if rows else None

    def customer(self, number: int) -> CustomerPicture:
        """The customer of this number."""
        return next(one for one in self.customers if one.number == number)

    # -- steps -------------------------------------------------------------------------------

    def begin(self, do: str, **given: Any) -> None:
        """Write the step down before it is done."""
        self.steps.append(Step(do, given))
        self._done = False

    def settle(self, do: str, answer: Answer, *, right: bool | None) -> bool:
        """Whether the store did the step; `right` says whether it had to, None leaves it open.

        Raises:
            Divergence: when the store did what it must not, or refused what it must do.
        """
        self._done = done = answer.accepted
        if right is None or done == right:
            return done
        if done:
            requirement = ACCEPTED.get(do, "GEN-REFUSAL-KEEPS")
            self.diverge(requirement, f"{do}: accepted", "a refusal", answer.excerpt[:160])
        elif answer.refused or answer.status >= 500:
            requirement = REFUSED.get(do, "GEN-READ-AFTER-WRITE")
            self.diverge(requirement, f"{do}: refused", "it to be done", answer.excerpt[:160])
        return done

    def diverge(  # noqa: PLR0917  (what is wrong, told in one line by every caller)
        self,
        requirement: str,
        aspect: str,
        expected: str,
        got: str,
        member: str = "",
        operation: str = "",
    ) -> None:
        """Raise, unless the cause is known already; `member` is what is in a wrong state.

        `operation` is to blame; without it, that of the step.
        """
        do = self.steps[-1].do if self.steps else ""
        operation = operation or OPERATIONS.get(do, "get_order")
        breach = Breach(
            requirement, operation, aspect, expected, got, self.story, tuple(self._evidence()),
            member,
        )  # fmt: skip
        if breach.cause not in self.known:
            raise Divergence(breach)

    def _differ(self, do: str, wrong: list[Mismatch], blame: str = "", of: str = "") -> None:
        """Raise for the first difference: where one is known, the others follow from it."""
        for member, expected, got in wrong[:1] if wrong else ():
            requirement = blame or blamed(do, member)
            self.looked.add(requirement)
            self.diverge(
                requirement, f"{do}: {member}{of}", f"{member}{of} {expected}", f"{got}",
                "others" if blame else member,
            )  # fmt: skip

    def _evidence(self) -> list[Exchange]:
        return self.recorder.exchanges[-60:]

    @property
    def story(self) -> str:
        """The steps so far, one a line."""
        return "\n".join(f"{number}. {step}" for number, step in enumerate(self.steps, 1))

    # -- comparing ---------------------------------------------------------------------------

    def check_order(self, do: str, picture: OrderPicture) -> Order | None:
        """Compare one order; None when it cannot be read.

        Raises:
            Divergence: for the first difference that is not known.
        """
        answer = self.shop.get_order(picture.id)
        if picture.gone:
            self._check_gone(do, answer)
            return None
        if not answer.accepted:
            self.diverge("ORD-GET-ENDPOINT", f"{do}: order gone", "the order", answer.excerpt[:160])
            picture.gone = answer.status == 404
            return None
        order = self.shop.order_in(answer)
        buyer = self.customer(picture.buyer).id
        wrong = order_mismatches(picture, order, buyer)
        self._differ(do, wrong)
        if wrong or picture.blind:
            self._adopt(picture, order, wrong)
        self._kept(do, blamed(do, ""), picture, order)
        for one in [] if picture.blind else order_laws(order, "model"):
            self.diverge(one.requirement, one.aspect, one.expected, one.got, one.member)
        return order

    def _kept(self, do: str, requirement: str, picture: OrderPicture, order: Order) -> None:
        """Members that the picture does not know of stay as they were."""
        before = self._last.get(("order", picture.number))
        self._last["order", picture.number] = order
        changed = [] if before is None else order_changes(do, before, order, done=self._done)
        changed = [one for one in changed if one.partition("/")[0] not in picture.blind]
        if changed:
            self.diverge(
                requirement, f"{do}: moves {levelled(changed[0])}",
                f"{changed[0]} of order {picture.number} to stay", f"a change at {changed[:4]}",
                "others" if requirement == "ORD-OTHERS-UNTOUCHED" else changed[0],
            )  # fmt: skip

    def _adopt(self, picture: OrderPicture, order: Order, wrong: list[Mismatch]) -> None:
        """What is known to be wrong with an order is not looked at again in this walk."""
        picture.blind |= blinded(member for member, _, _ in wrong)
        owner = next((one.number for one in self.customers if one.id == order.customer_id), None)
        adopt_order(picture, order, owner)

    def _check_gone(self, do: str, answer: Answer) -> None:
        if answer.accepted:
            self.diverge("ORD-DELETE-GONE", f"{do}: still there", "no such order", "the order")

    def check_customer(self, do: str, picture: CustomerPicture) -> None:
        """Compare one customer with their addresses.

        Raises:
            Divergence: for the first difference that is not known.
        """
        answer = self.shop.get_customer(picture.id)
        if picture.gone:
            if answer.accepted:
                self.diverge("BLK-CUS-DELETE", f"{do}: still there", "nobody", "the customer")
            return
        if not answer.accepted:
            self.diverge("CUS-GET-ID", f"{do}: customer gone", "the customer", answer.excerpt[:160])
            picture.gone = answer.status == 404
            return
        customer, addresses = self.shop.customer_in(answer), self.shop.addresses(picture.id)
        wrong = customer_mismatches(picture, customer, addresses)
        self._differ(do, wrong)
        if wrong:
            adopt_customer(picture, customer, addresses)
        book = {str(one.id): one.raw for one in addresses}
        shown = Record({**customer.raw, "addresses": book})
        before = self._last.get(("customer", picture.number))
        self._last["customer", picture.number] = shown
        changed = [] if before is None else customer_changes(do, before, shown, done=self._done)
        if changed:
            self.diverge(
                blamed(do, ""), f"{do}: moves {levelled(changed[0])}",
                f"{changed[0]} to stay", f"a change at {changed[:4]}", changed[0],
            )  # fmt: skip

    def check_other_customer(self, do: str, *touched: CustomerPicture) -> None:
        """Compare another customer, one after the other by turns.

        Raises:
            Divergence: when something of theirs changed.
        """
        rows = [one for one in self.living_customers() if one not in touched]
        if rows:
            self._bystander += 1
            done, self._done = self._done, False
            try:
                self.check_customer(f"{do}, to somebody else", rows[self._bystander % len(rows)])
            finally:
                self._done = done

    def check_bystander(self, do: str, *touched: OrderPicture) -> None:
        """Compare another order, one after the other by turns.

        Raises:
            Divergence: when it changed.
        """
        rows = [one for one in self.living_orders() if one not in touched]
        if not rows:
            return
        self._bystander += 1
        picture = rows[self._bystander % len(rows)]
        answer = self.shop.get_order(picture.id)
        if not answer.accepted:
            self.diverge(
                "ORD-OTHERS-UNTOUCHED", f"{do}: another order gone", "the order",
                answer.excerpt[:160],
            )  # fmt: skip
            picture.gone = answer.status == 404
            return
        order = self.shop.order_in(answer)
        wrong = order_mismatches(picture, order, self.customer(picture.buyer).id)
        self._differ(do, wrong, "ORD-OTHERS-UNTOUCHED", f" of order {picture.number}")
        if wrong or picture.blind:
            self._adopt(picture, order, wrong)
        self._kept(f"{do}, to another order", "ORD-OTHERS-UNTOUCHED", picture, order)

    def walk(self, step: Step) -> None:
        """Do a step that was written down.

        Raises:
            Divergence: when store and picture differ.
        """
        if step.do == EVERYTHING:
            self.inventory()
        else:
            getattr(self, step.do.replace(" ", "_"))(**step.given)

    def inventory(self) -> None:
        """Compare everything, at the end of a walk.

        Raises:
            Divergence: for whatever changed unseen.
        """
        self.begin(EVERYTHING)
        for order in self.orders:
            self.check_order(EVERYTHING, order)
        for customer in self.customers:
            self.check_customer(EVERYTHING, customer)


__all__ = ["EVERYTHING", "Divergence", "Recorder", "Step", "UnreadableAnswer", "World"]
