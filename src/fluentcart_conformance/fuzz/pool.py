"""Objects of this run that generated requests may speak of, always in the state that is needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from fluentcart_conformance.contract.exchange import Exchange
from fluentcart_conformance.drivers.answers import Answer
from fluentcart_conformance.drivers.core import Prerequisite
from fluentcart_conformance.drivers.orders import Line
from fluentcart_conformance.drivers.records import Address, Customer, Order
from fluentcart_conformance.drivers.shop import Shop
from fluentcart_conformance.drivers.values import UnreadableAnswer
from fluentcart_conformance.fuzz.attempt import Subject
from fluentcart_conformance.fuzz.counting import Counting
from fluentcart_conformance.fuzz.looks import Look, look_at

_WORN = 12
Fits = Callable[[Order], bool]


def unpaid(order: Order) -> bool:
    """An order that can still be paid and edited."""
    return (
        order.payment_status == "pending"
        and order.status in ("pending", "on-hold", "processing")
        and order.total_amount > 0
        and order.total_paid == 0
        and len(order.transactions) == 1
    )


def paid(order: Order) -> bool:
    """An order of which at least two units can be given back."""
    return (
        order.payment_status in ("paid", "partially_refunded")
        and order.total_paid - order.total_refund >= 200
        and order.charge.status == "succeeded"
    )


def paid_whole(order: Order) -> bool:
    """An order that was paid and of which nothing was given back."""
    return order.payment_status == "paid" and order.total_paid > 0 and order.total_refund == 0


def refunded(order: Order) -> bool:
    """An order that was given back whole."""
    return order.payment_status == "refunded" and order.total_refund == order.total_paid > 0


def canceled(order: Order) -> bool:
    """An order that was canceled before it was paid."""
    return order.status == "canceled" and order.payment_status == "pending"


def anyhow(_order: Order) -> bool:
    """Any order."""
    return True


def partly_refunded(order: Order) -> bool:
    """An order of which a part was given back."""
    return paid(order) and order.total_refund > 0


_AFTER_PAYMENT = (paid, paid_whole, partly_refunded, refunded)
# The step that leads to a state from an unpaid or a paid order.
_LEADING_TO: dict[Fits, Callable[[Shop, Order], Answer]] = {
    canceled: lambda shop, order: shop.change_status(order.id, "canceled"),
    partly_refunded: lambda shop, order: shop.refund(order, 103),
    refunded: lambda shop, order: shop.refund(order, order.total_paid),
}


@dataclass
class Person:
    """A customer of this run with the addresses they were given."""

    customer: Customer
    billing: list[Address] = field(default_factory=list)
    shipping: list[Address] = field(default_factory=list)


class Pool:
    """A small stock of own objects: one customer to work on, one neighbour nobody may touch."""

    def __init__(self, shop: Shop, *, harmless_gateway: bool = False) -> None:
        self._client = Counting(shop.client)
        self.shop = replace(shop, client=self._client)
        self._looks: dict[Subject, tuple[int, Look]] = {}
        self.harmless_gateway = harmless_gateway
        self._labels: list[int] | None = None
        self._labelled = False
        self._orders: dict[int, Order] = {}
        self._uses: dict[int, int] = {}
        self._me: Person | None = None
        self._alone: Customer | None = None
        self._neighbour: Person | None = None
        self._neighbours_order: Order | None = None
        self._users: list[int] | None = None
        self._holders: set[int] = set()
        self._shipping: int | None = None
        self._spare: Order | None = None
        self._focused: Order | None = None
        self._person: Person | None = None
        self._heirs: list[Customer] = []

    def look(self, subject: Subject) -> Look:
        """How a subject looks now; read anew only when something was written since."""
        at, known = self._looks.get(subject, (-1, None))
        if known is None or at != self._client.writes:
            known = look_at(self.shop, subject)
            self._looks = {subject: (self._client.writes, known), **self._still_true()}
        return known

    def before(self, exchange: Exchange) -> list[Exchange]:
        """What this pool sent before an exchange, as far as it is remembered."""
        sent = list(self._client.history)
        at = next((i for i in range(len(sent) - 1, -1, -1) if sent[i] is exchange), 0)
        return sent[:at]

    def _still_true(self) -> dict[Subject, tuple[int, Look]]:
        now = self._client.writes
        return {one: seen for one, seen in self._looks.items() if seen[0] == now}

    # -- people ------------------------------------------------------------------------------

    @property
    def me(self) -> Person:
        """The customer that requests are about."""
        if self._person is not None:
            return self._person
        if self._me is None:
            self._me = self.person()
        return self._me

    @property
    def neighbour(self) -> Person:
        """A customer whom no request is about."""
        if self._neighbour is None:
            self._neighbour = self.person()
        return self._neighbour

    def person(self) -> Person:
        """A new customer with two billing addresses and a shipping address."""
        shop = self.shop
        someone = Person(shop.new_customer())
        for street in ("1 First St", "2 Second St"):
            someone.billing.append(shop.new_address(someone.customer, address_1=street))
        someone.shipping.append(shop.new_address(someone.customer, "shipping", city="Boston"))
        return someone

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
        """Speak of this customer alone from now on, who is given addresses if there are none.

        Raises:
            Prerequisite: when the customer cannot be read.
        """
        self._focused = None
        if self._person is not None and self._person.customer.id == customer_id:
            return
        someone = Person(self.shop.customer(customer_id))
        for address in self.shop.addresses(customer_id):
            getattr(someone, address.type).append(address)
        while len(someone.billing) < 2:
            someone.billing.append(self.shop.new_address(someone.customer))
        if not someone.shipping:
            someone.shipping.append(self.shop.new_address(someone.customer, "shipping"))
        self._person = someone

    @property
    def somebody_alone(self) -> Customer:
        """A customer with neither order nor address, whom a store can delete without remains.

        The customer in focus, if there is one.
        """
        if self._person is not None:
            return self._person.customer
        if self._alone is None:
            self._alone = self.shop.new_customer()
        return self._alone

    def renew(self) -> None:
        """Forget the customers that requests are about: they are not what they were."""
        self._me = self._alone = None

    # -- orders ------------------------------------------------------------------------------

    def order(self, fits: Fits = anyhow) -> Order:
        """An order of `me` in a state; made when there is none. The one in focus, if there is."""
        if self._focused is not None:
            return self._focused
        for number, order in list(self._orders.items()):
            if self._uses[number] >= _WORN:
                del self._orders[number]
            elif self._is(order, fits) and (now := self._as_it_is_now(order, fits)) is not None:
                self._uses[number] += 1
                return now
        return self.learn(self._made(fits))

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
        make = shop.paid_order if fits in _AFTER_PAYMENT else shop.new_order
        order = make(me.customer, self.lines(), **more)
        step = _LEADING_TO.get(fits)
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

    # -- what else a request needs -----------------------------------------------------------

    def user_for(self, customer_id: int) -> int:
        """A WordPress user of this run whom no customer has, to be attached to this one.

        Raises:
            Prerequisite: when the target lets none be made.
        """
        if self._users is None:
            self._users = [self.shop.new_user()]
        self._holders.add(customer_id)
        for holder in self._holders:
            self.shop.detach_user(holder)
        self._holders = {customer_id}
        return self._users[0]

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

    def other_labels(self) -> list[int]:
        """Labels that the customer does not have now: one or none, by turns."""
        if self._labels is None:
            self._labels = self.shop.label_ids()[:1]
        self._labelled = not self._labelled
        return self._labels if self._labelled else []
