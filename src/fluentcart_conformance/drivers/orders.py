"""Actions on orders. Money in cents, everywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fluentcart_conformance.drivers.core import Prerequisite
from fluentcart_conformance.drivers.order_reads import OrderReads
from fluentcart_conformance.drivers.records import Customer, Order, Transaction
from fluentcart_conformance.drivers.values import UnreadableAnswer, whole, whole_or_none

if TYPE_CHECKING:
    from fluentcart_conformance.drivers.answers import Answer
    from fluentcart_conformance.drivers.core import Product


@dataclass(frozen=True)
class Line:
    """A line to order: a product, how many, and the price of one in cents."""

    product: Product
    quantity: int = 1
    unit_price: int | None = None
    title: str | None = None

    @property
    def price(self) -> int:
        """The price of one in cents."""
        return self.product.unit_price if self.unit_price is None else self.unit_price

    @property
    def total(self) -> int:
        """The line's total in cents."""
        return self.price * self.quantity

    def members(self) -> dict[str, Any]:
        """The documented members, consistent with each other."""
        return {
            "post_id": self.product.post_id,
            "variation_id": self.product.object_id,
            "object_id": self.product.object_id,
            "quantity": self.quantity,
            "title": self.title or self.product.title,
            "price": self.price,
            "unit_price": self.price,
            "item_total": self.total,
            "line_total": self.total,
            "total": self.total,
            "fulfillment_type": self.product.fulfillment_type,
            "payment_type": "onetime",
            "other_info": {"payment_type": "onetime"},
        }


def order_body(
    customer: Customer, lines: Sequence[Line], more: Mapping[str, Any]
) -> dict[str, Any]:
    """The body of create order: what every profile asks for, totals in cents included.

    `total_amount` follows from the lines and the amounts in `more`, unless given.
    """
    subtotal = sum(line.total for line in lines)
    person = {
        "id": customer.id,
        "email": customer.email,
        "first_name": customer.first_name,
        "last_name": customer.last_name,
        "full_name": f"{customer.first_name} {customer.last_name}".strip(),
    }
    return {
        "customer_id": customer.id,
        "customer": person,
        "order_items": [line.members() for line in lines],
        "subtotal": subtotal,
        "shipping_total": 0,
        "total_amount": grand_total(subtotal, more),
        "payment_method": "offline_payment",
        **more,
    }


def grand_total(subtotal: int, amounts: Mapping[str, Any]) -> int:
    """Lines less discounts plus shipping and tax, in cents; amounts not there count as 0."""
    less = ("manual_discount_total", "coupon_discount_total")
    plus = ("shipping_total", "tax_total")
    total = subtotal - sum(whole(amounts.get(name) or 0, name) for name in less)
    return total + sum(whole(amounts.get(name) or 0, name) for name in plus)


class OrderActions(OrderReads):
    """What can be done with an order as a whole."""

    def create_order(
        self, customer: Customer, lines: Sequence[Line] | None = None, /, **more: Any
    ) -> Answer:
        """Create an order; further documented members by name."""
        chosen = [Line(self.product())] if lines is None else lines
        return self.create_order_with(order_body(customer, chosen, more))

    def create_order_with(self, body: Any, **kwargs: Any) -> Answer:
        """Create an order from a body of the scenario's own; journals what came of it."""
        answer = self.send("create_order", json=body, **kwargs)
        made = self.created_order(answer)
        if made is not None:
            self.journal.created("order", made)
        return answer

    def created_order(self, answer: Answer) -> int | None:
        """The id that a create-order answer names, if any."""
        if not answer.accepted or not isinstance(answer.body, dict):
            return None
        try:
            return whole_or_none(answer.body.get("order_id"))
        except UnreadableAnswer:
            return None

    def new_order(
        self, customer: Customer | None = None, lines: Sequence[Line] | None = None, /,
        **more: Any,
    ) -> Order:  # fmt: skip
        """An unpaid order of this run, read back; of the regular customer unless one is given."""
        buyer = customer or self.regular
        order = self.order_made(self.create_order(buyer, lines, **more))
        return self._bought_by(buyer, order)

    def _bought_by(self, buyer: Customer, order: Order) -> Order:
        if order.customer_id != buyer.id:
            # Nothing may be done in the name of a customer that the run did not make.
            raise UnreadableAnswer(f"{order} went to another customer than it was made for")
        self.learnt["buyers are kept"] = True
        return order

    def order_made(self, answer: Answer) -> Order:
        """The order that a create-order answer announces, read back."""
        return self.order(self.announced(answer))

    def announced(self, answer: Answer) -> int:
        """The id of the order that a create-order answer announces."""
        made = self.created_order(self.given(answer, "create an order"))
        if made is None:
            raise UnreadableAnswer(f"create order names no order_id: {answer.excerpt}")
        return made

    def paid_order(
        self, customer: Customer | None = None, lines: Sequence[Line] | None = None, /,
        **more: Any,
    ) -> Order:  # fmt: skip
        """A paid order of this run, read back; of the regular customer unless one is given."""
        buyer = customer or self.regular
        return self._bought_by(buyer, self.order(self.paid_order_id(buyer, lines, **more)))

    def paid_order_id(
        self, buyer: Customer, lines: Sequence[Line] | None = None, /, **more: Any
    ) -> int:
        """The id of a paid order of this run, for whoever need not read it."""
        made = self._to_be_paid(buyer, lines, more)
        answer = self.mark_as_paid(made)
        if not answer.accepted and "user_tz" not in more:
            # FluentCart 1.3.14 takes no payment for an order that names no time zone.
            self.take_away_order(made)
            made = self._to_be_paid(buyer, lines, {"user_tz": "UTC", **more})
            answer = self.mark_as_paid(made)
        self.given(answer, "mark an order as paid")
        return made

    def _to_be_paid(
        self, buyer: Customer, lines: Sequence[Line] | None, more: Mapping[str, Any]
    ) -> int:
        """A new order's id, read back only until it was seen once that buyers are kept."""
        if not self.learnt.get("buyers are kept"):
            return self.new_order(buyer, lines, **more).id
        return self.announced(self.create_order(buyer, lines, **more))

    def update_order(self, order: Order, /, **changes: Any) -> Answer:
        """Update an order; the customer and the lines are repeated unless given.

        The profile adds the members that it would otherwise clear.
        """
        return self.update_order_alone(order, **{**self.wire.whole_update(order.raw), **changes})

    def update_order_alone(self, order: Order, /, **changes: Any) -> Answer:
        """Update an order with the documented minimum and these changes: nothing else repeated."""
        return self.send("update_order", order.id, json=self.update_body(order, **changes))

    def update_body(self, order: Order, /, **changes: Any) -> dict[str, Any]:
        """The documented minimum of an update, totals in step with the changes."""
        rows = changes.get("order_items", self.lines_again(order))
        kept = [row for row in rows if row.get("id") not in changes.get("deletedItems", ())]
        subtotal = sum(whole(row["unit_price"]) * whole(row["quantity"]) for row in kept)
        return {
            "customer_id": order.customer_id,
            "order_items": rows,
            "subtotal": subtotal,
            "shipping_total": order.raw.get("shipping_total"),
            "total_amount": grand_total(subtotal, {**order.raw, **changes}),
            **changes,
        }

    def discount(self, amount: int) -> dict[str, Any]:
        """The members of a create or update that take cents off by hand."""
        row = {"type": "fixed", "value": self.wire.discount_value(amount), "label": "Discount"}
        return {"discount": row, "manual_discount_total": amount}

    def lines_again(self, order: Order) -> list[dict[str, Any]]:
        """The lines of an order as an update repeats them."""
        names = (
            "id", "post_id", "object_id", "quantity", "title", "post_title", "unit_price",
            "line_total", "fulfillment_type", "payment_type",
        )  # fmt: skip
        rows = []
        for item in order.items:
            row = {name: item.raw.get(name) for name in names}
            row |= {"order_id": order.id, "variation_id": item.object_id}
            row |= {"price": item.unit_price, "item_total": item.line_total}
            row |= {"total": item.line_total, "quantity": item.quantity}
            row["other_info"] = {"payment_type": "onetime"}
            rows.append(row)
        return rows

    def delete_order(self, order_id: object) -> Answer:
        """Delete one order; journals that it is gone."""
        answer = self.send("delete_order", order_id)
        if answer.accepted:
            self.journal.removed("order", order_id)
        return answer

    def take_away_order(self, order_id: object) -> None:
        """Make sure that an own order is gone, in whichever way the store lets orders go.

        Stores may keep an order that is open, or paid: canceled first, or in bulk, it goes.

        Raises:
            Prerequisite: when it is there all the same.
        """
        said = self.delete_order(order_id)
        if said.accepted:
            return
        self.change_status(order_id, "canceled")
        if self.delete_order(order_id).accepted:
            return
        self.bulk_orders("delete_orders", [order_id])
        if not self.get_order(order_id).refused:
            raise Prerequisite(f"an order cannot be deleted: {said}")
        self.journal.removed("order", order_id)

    def mark_as_paid(self, order_id: object, /, **members: Any) -> Answer:
        """Mark an order as paid by an offline charge, unless the members say otherwise."""
        body = {"payment_method": "offline_payment", "transaction_type": "charge", **members}
        return self.send("mark_as_paid", order_id, json=body)

    def refund(
        self, order: Order, amount: int, /, transaction: Transaction | None = None,
        **more: Any,
    ) -> Answer:  # fmt: skip
        """Refund cents of an order; the charge is meant unless another transaction is given."""
        meant = transaction or order.charge
        return self.send("refund_order", order.id, json=self.wire.refund(meant.id, amount, more))

    def change_status(self, order_id: object, status: Any, /, **more: Any) -> Answer:
        """Change the order status."""
        body = {"action": "change_order_status", "statuses": {"order_status": status}, **more}
        return self.send("update_statuses", order_id, json=body)

    def change_shipping_status(self, order_id: object, status: Any, /, **more: Any) -> Answer:
        """Change the shipping status."""
        statuses = {"shipping_status": status}
        body = {"action": "change_shipping_status", "statuses": statuses, **more}
        return self.send("update_statuses", order_id, json=body)

    def sync_statuses(self, order_id: object) -> Answer:
        """Let the store work the statuses out from the latest transaction."""
        return self.send("sync_statuses", order_id)

    def bulk_orders(self, action: str, ids: Sequence[Any], /, **more: Any) -> Answer:
        """A bulk action on orders; `new_status` and `manage_stock` by name."""
        body = {"action": action, "order_ids": list(ids), **more}
        return self.send("orders_bulk", json=body)
