"""Objects of this run that generated requests may speak of, always in the state that is needed."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from fluentcart_conformance.contract.exchange import Exchange
from fluentcart_conformance.drivers.core import Prerequisite
from fluentcart_conformance.drivers.orders import Line
from fluentcart_conformance.drivers.records import Customer, Order
from fluentcart_conformance.drivers.shop import Shop
from fluentcart_conformance.drivers.values import UnreadableAnswer
from fluentcart_conformance.fuzz.attempt import Subject
from fluentcart_conformance.fuzz.counting import Counting
from fluentcart_conformance.fuzz.looks import Look, look_at
from fluentcart_conformance.fuzz.people import People
from fluentcart_conformance.fuzz.states import (
    AFTER_PAYMENT,
    LEADING_TO,
    Fits,
    anyhow,
    paid,
    partly_refunded,
    unpaid,
)
from fluentcart_conformance.target.errors import (
    NoAnswerError,
    TargetGoneError,
    UnsafeRequestError,
)

_WORN = 12


class Pool(People):
    """A small stock of own orders beside the people they belong to."""

    def __init__(self, shop: Shop, *, harmless_gateway: bool = False) -> None:
        self._client = Counting(shop.client)
        super().__init__(replace(shop, client=self._client))
        self.harmless_gateway = harmless_gateway
        self._looks: dict[Subject, tuple[int, Look]] = {}
        self._standing: dict[Subject, Look] = {}
        self._orders: dict[int, Order] = {}
        self._uses: dict[int, int] = {}
        self._neighbours_order: Order | None = None
        self._shipping: int | None = None
        self._spare: Order | None = None
        self._focused: Order | None = None
        self._heirs: list[Customer] = []
        self._untouched: Order | None = None
        self._left_behind: Order | None = None
        self._turn = 0

    def turn(self) -> int:
        """Another number each time, so that what is written is never what stands there already."""
        self._turn += 1
        return self._turn

    def look(self, subject: Subject) -> Look:
        """How a subject looks now; read anew only when something was written since."""
        at, known = self._looks.get(subject, (-1, None))
        if known is None or at != self._client.writes:
            known = look_at(self.shop, subject)
            self._looks = {subject: (self._client.writes, known), **self._still_true()}
        return known

    def standing(self, subject: Subject) -> Look:
        """How something nobody may change looked when it was looked at first."""
        if subject not in self._standing:
            self._standing[subject] = self.look(subject)
        return self._standing[subject]

    def stands(self, subject: Subject, look: Look) -> None:
        """From now on it looks like this: what changed it has been told."""
        self._standing[subject] = look

    def before(self, exchange: Exchange) -> list[Exchange]:
        """What this pool sent before an exchange, as far as it is remembered."""
        sent = self._client.history
        at = next((i for i in range(len(sent) - 1, -1, -1) if sent[i] is exchange), 0)
        return sent[:at]

    def has_sent(self, email: str) -> bool:
        """Whether an accepted request brought this e-mail in, as far as it is remembered."""
        words = email.encode()
        return any(
            one.request_body and words in one.request_body and 200 <= one.status < 300
            for one in self._client.history
        )

    def _still_true(self) -> dict[Subject, tuple[int, Look]]:
        now = self._client.writes
        return {one: seen for one, seen in self._looks.items() if seen[0] == now}

    def focus(self, order_id: int | None) -> None:
        """Speak of this order alone from now on; None ends it, for customers too.

        Raises:
            Prerequisite: when the order cannot be read.
        """
        self._person = self._focused = None
        if order_id is None:
            return
        order = self.shop.order(order_id)
        if order.customer_id != self.me.customer.id:
            self.focus_customer(order.customer_id)
        self._focused = order

    def focus_customer(self, customer_id: int) -> None:
        """Speak of this customer alone from now on, and of none of the orders.

        Raises:
            Prerequisite: when the customer cannot be read.
        """
        self._focused = None
        super().focus_customer(customer_id)

    # -- orders ------------------------------------------------------------------------------

    def order(self, fits: Fits = anyhow, beside: Order | None = None) -> Order:
        """An order of `me` in a state; made when there is none. The one in focus, if there is.

        Another one than `beside`, if that is given.
        """
        if self._focused is not None:
            return self._focused
        for number, order in list(self._orders.items()):
            if beside is not None and number == beside.id:
                continue
            if self._uses[number] >= _WORN:
                del self._orders[number]
            elif self._is(order, fits) and (now := self._as_it_is_now(order, fits)) is not None:
                self._uses[number] += 1
                return now
        return self.learn(self._made(fits))

    def orders_of_all_sorts(self) -> list[Order]:
        """An open order, a paid one and one given back in part, as far as they can be had.

        Raises:
            TargetGoneError: when the store has gone.
        """
        found = []
        for fits in (unpaid, paid, partly_refunded):
            try:
                found.append(self.order(fits))
            except (Prerequisite, UnreadableAnswer, UnsafeRequestError):
                continue
            except TargetGoneError:
                raise
            except NoAnswerError:
                continue  # the finding of the operation that does not answer
        return found

    def _as_it_is_now(self, order: Order, fits: Fits) -> Order | None:
        """The order read again where its state matters; the look is wanted afterwards anyway."""
        if fits is anyhow:
            return order
        look = self.look(Subject("order", order.id))
        if look.record is None or look.gone:
            self.forget(order.id)
            return None
        now = self.learn(Order(look.record.raw))
        return now if self._is(now, fits) else None

    def _is(self, order: Order, fits: Fits) -> bool:
        try:
            return order.customer_id == self.me.customer.id and fits(order)
        except UnreadableAnswer:
            return False

    def _made(self, fits: Fits) -> Order:
        me, shop = self.me, self.shop
        more = {
            "billing_address_id": me.billing[0].id,
            "shipping_address_id": me.shipping[0].id,
        }
        make = shop.paid_order if fits in AFTER_PAYMENT else shop.new_order
        order = make(me.customer, self.lines(), **more)
        step = LEADING_TO.get(fits)
        if step is None:
            return order
        shop.given(step(shop, order), "bring an order into a state")
        return shop.order(order.id)

    def lines(self) -> list[Line]:
        """Two lines with odd amounts."""
        first = self.shop.product()
        second = self.shop.product(index=1)
        return [
            Line(first, quantity=3, unit_price=first.unit_price + 133),
            Line(second, unit_price=second.unit_price + 67),
        ]

    def learn(self, order: Order) -> Order:
        """Take in what an order has become."""
        self._orders[order.id] = order
        self._uses.setdefault(order.id, 0)
        if self._spare is not None and self._spare.id == order.id:
            self._spare = order
        return order

    def forget(self, order_id: int) -> None:
        """The order is gone."""
        self._orders.pop(order_id, None)
        if self._spare is not None and self._spare.id == order_id:
            self._spare = None

    def discard(self, subject: Subject) -> None:
        """Take away an object that a request has spoilt; what cannot go is let be."""
        with suppress(Prerequisite, UnreadableAnswer, UnsafeRequestError):
            if subject.kind == "order":
                self.forget(subject.id)
                self.shop.take_away_order(subject.id)
            elif subject.kind == "customer":
                self.leave(subject.id)
                self._unburden(subject.id)
                self.shop.delete_customers([subject.id])

    def _unburden(self, customer: int) -> None:
        """Take what hangs on a customer away: a store may keep it when the customer goes.

        Some delete the orders and keep their lines, or keep the links to labels.
        """
        if self.shop.profile.wire["customer_additional_info"] == "labels":
            self.shop.update_additional_info(customer, labels=[])
        for order in self.shop.orders_of(customer):
            self.forget(order.id)
            self.shop.take_away_order(order.id)

    def passing_order(self) -> tuple[Order, Customer]:
        """An order that may change hands, and a customer who does not have it now."""
        if self._focused is not None:
            return self._focused, self.neighbour.customer
        while len(self._heirs) < 2:
            self._heirs.append(self.shop.new_customer())
        if self._spare is None or self._uses[self._spare.id] >= _WORN:
            self._spare = self.learn(self.shop.new_order(self._heirs[0]))
        self._uses[self._spare.id] += 1
        owner = self._spare.customer_id
        return self._spare, next(one for one in self._heirs if one.id != owner)

    @property
    def neighbours_order(self) -> Order:
        """A paid order of the neighbour, with addresses."""
        if self._neighbours_order is None:
            one = self.neighbour
            made = self.shop.paid_order(
                one.customer,
                self.lines(),
                billing_address_id=one.billing[0].id,
                shipping_address_id=one.shipping[0].id,
            )
            self._neighbours_order = made
        return self._neighbours_order

    @property
    def untouched_order(self) -> Order:
        """An order of `me` that no request is about."""
        known = self._untouched
        if known is None or known.customer_id != self.me.customer.id:
            self._untouched = self._made(anyhow)
            return self._untouched
        return known

    @property
    def left_behind(self) -> Order:
        """An order that does not go along when another one of its customer changes hands."""
        if self._left_behind is None:
            self.passing_order()
            self._left_behind = self.shop.new_order(self._heirs[0])
        return self._left_behind

    # -- what else a request needs -----------------------------------------------------------

    @property
    def shipping_method(self) -> int:
        """A shipping method of the store.

        Raises:
            Prerequisite: when it has none.
        """
        if self._shipping is None:
            shop = self.shop
            first, second = shop.shipping_methods_in(shop.shipping_methods({"country_code": "US"}))
            rows = [row for row in [*first, *second] if isinstance(row, dict) and row.get("id")]
            if not rows:
                raise Prerequisite("the store has no shipping method")
            self._shipping = int(rows[0]["id"])
        return self._shipping
