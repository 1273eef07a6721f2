"""Records of the shop read into the domain's terms, whatever the profile's spelling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from fluentcart_conformance.drivers.record import Record
from fluentcart_conformance.drivers.values import (
    Cents,
    UnreadableAnswer,
    whole,
    whole_or_none,
)

T = TypeVar("T", bound=Record)


class Transaction(Record):
    """One payment or refund of an order."""

    @property
    def order_id(self) -> int:
        """The order it belongs to."""
        return whole(self.member("order_id"), "transaction.order_id")

    @property
    def status(self) -> str:
        """succeeded, pending, refunded, failed ..."""
        return self.text("status")

    @property
    def type(self) -> str:
        """charge or refund."""
        return self.text("transaction_type")

    @property
    def total(self) -> Cents:
        """Its amount in cents."""
        return self.money("total")

    @property
    def parent_id(self) -> int | None:
        """The charge that a refund belongs to."""
        meta = self.raw.get("meta")
        return whole_or_none(meta.get("parent_id")) if isinstance(meta, dict) else None


class Item(Record):
    """One line of an order; money in cents."""

    @property
    def order_id(self) -> int:
        """The order it belongs to."""
        return whole(self.member("order_id"), "item.order_id")

    @property
    def quantity(self) -> int:
        """How many."""
        return whole(self.member("quantity"), "item.quantity")

    @property
    def unit_price(self) -> Cents:
        """Price of one in cents."""
        return self.money("unit_price")

    @property
    def line_total(self) -> Cents:
        """Total of the line in cents."""
        return self.money("line_total")

    @property
    def title(self) -> str:
        """The line's title."""
        return self.text("title")

    @property
    def object_id(self) -> int | None:
        """The variation that was bought."""
        return whole_or_none(self.raw.get("object_id"), "item.object_id")


class Address(Record):
    """An address of a customer or of an order."""

    @property
    def type(self) -> str:
        """billing or shipping."""
        return self.text("type")

    @property
    def person(self) -> str:
        """First and last name in one, or the one name where the profile keeps only that."""
        names = (self.text("first_name"), self.text("last_name"))
        return " ".join(one for one in names if one) or self.text("name")

    @property
    def is_primary(self) -> bool:
        """Whether it is the customer's primary address of its type (true, 1 and "1" mean so)."""
        return self.member("is_primary") in (True, 1, "1")


class Customer(Record):
    """A customer, with the figures where the profile shows them."""

    @property
    def email(self) -> str:
        """The e-mail address."""
        return self.text("email")

    @property
    def first_name(self) -> str:
        """The first name."""
        return self.text("first_name")

    @property
    def last_name(self) -> str:
        """The last name."""
        return self.text("last_name")

    @property
    def status(self) -> str:
        """active or inactive."""
        return self.text("status")

    @property
    def user_id(self) -> int | None:
        """The WordPress user attached, or None."""
        return whole_or_none(self.raw.get("user_id"), "customer.user_id")


@dataclass(frozen=True)
class Figures:
    """What a customer has bought: money in cents, dates as printed."""

    order_count: int
    total_spent: Cents
    average_order_value: Cents | None
    first_order_date: str
    last_order_date: str


class Order(Record):
    """An order as the details or a list row show it; money in cents."""

    @property
    def uuid(self) -> str:
        """The order's uuid."""
        return self.text("uuid")

    @property
    def status(self) -> str:
        """pending, on-hold, processing, completed, canceled or failed."""
        return self.text("status")

    @property
    def payment_status(self) -> str:
        """pending, paid, partially_refunded, refunded ..."""
        return self.text("payment_status")

    @property
    def shipping_status(self) -> str:
        """unshipped, shipped, delivered, unshippable or empty."""
        return self.text("shipping_status")

    @property
    def customer_id(self) -> int:
        """The customer who bought."""
        return whole(self.member("customer_id"), "order.customer_id")

    @property
    def total_amount(self) -> Cents:
        """What the order costs."""
        return self.money("total_amount")

    @property
    def subtotal(self) -> Cents:
        """Sum of the lines before discount, shipping and tax."""
        return self.money("subtotal")

    @property
    def total_paid(self) -> Cents:
        """What has been paid."""
        return self.money("total_paid")

    @property
    def total_refund(self) -> Cents:
        """What has been given back."""
        return self.money("total_refund")

    @property
    def shipping_total(self) -> Cents:
        """What shipping costs."""
        return self.money("shipping_total")

    @property
    def manual_discount_total(self) -> Cents:
        """What was taken off by hand."""
        return self.money("manual_discount_total")

    @property
    def invoice_no(self) -> str:
        """The invoice number, empty before payment."""
        return self.text("invoice_no")

    @property
    def items(self) -> list[Item]:
        """The lines."""
        return [Item(row) for row in self.rows("order_items")]

    def item_at(self, unit_price: int) -> Item:
        """The one line with this unit price (cents).

        Raises:
            UnreadableAnswer: when there is none or more than one.
        """
        found = [one for one in self.items if one.unit_price == unit_price]
        if len(found) != 1:
            prices = [int(one.unit_price) for one in self.items]
            raise UnreadableAnswer(f"no single line at {unit_price} among those at {prices}")
        return found[0]

    @property
    def transactions(self) -> list[Transaction]:
        """Charges and refunds, as ordered by the store."""
        return [Transaction(row) for row in self.rows("transactions")]

    @property
    def charges(self) -> list[Transaction]:
        """The transactions that are not refunds."""
        return [one for one in self.transactions if one.type != "refund"]

    @property
    def refunds(self) -> list[Transaction]:
        """The refund transactions."""
        return [one for one in self.transactions if one.type == "refund"]

    @property
    def charge(self) -> Transaction:
        """The first charge."""
        if not self.charges:
            raise UnreadableAnswer(f"order {self.id} shows no charge transaction")
        return self.charges[0]

    def address(self, kind: str) -> Address | None:
        """The billing or shipping address, None where there is none."""
        value = self.raw.get(f"{kind}_address")
        return Address(value) if isinstance(value, dict) and value else None

    @property
    def customer(self) -> Customer:
        """The customer as embedded in the order."""
        value = self.member("customer")
        if not isinstance(value, dict):
            raise UnreadableAnswer("order.customer is not an object")
        return Customer(value)


@dataclass(frozen=True, repr=False)
class Page(Generic[T]):
    """One page of a list."""

    rows: list[T]
    current_page: int
    per_page: int
    total: int
    last_page: int

    def __repr__(self) -> str:
        """Which page, with how many rows."""
        return f"page {self.current_page} of {self.last_page} with {len(self.rows)} rows"

    @property
    def ids(self) -> list[int]:
        """The ids of the rows in their order."""
        return [row.id for row in self.rows]


def average(total: int, count: int) -> Cents:
    """Total over count in cents, half a cent rounded up; 0 without any."""
    return Cents((2 * total + count) // (2 * count) if count else 0)


__all__ = [
    "Address",
    "Customer",
    "Figures",
    "Item",
    "Order",
    "Page",
    "Record",
    "Transaction",
    "average",
]
