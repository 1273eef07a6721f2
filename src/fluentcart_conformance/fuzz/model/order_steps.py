"""Steps with orders and money."""

from __future__ import annotations

from typing import Any

from fluentcart_conformance.drivers.orders import Line
from fluentcart_conformance.drivers.records import average
from fluentcart_conformance.fuzz.model.customer_steps import CustomerSteps
from fluentcart_conformance.fuzz.model.picture import (
    OPEN,
    CustomerPicture,
    LinePicture,
    OrderPicture,
)

# The steps after which the figures of the buyer are looked at, and what wrong ones break.
_FIGURES = {
    "order": "CUS-STATS-UNPAID",
    "pay": "CUS-STATS-PAID",
    "settle by hand": "CUS-STATS-PAID",
    "refund": "RFD-CUSTOMER-FIGURES",
    "delete order": "ORD-DELETE-CUSTOMER-FIGURES",
}
_SETTLED = ("pending", "paid", "partially_refunded", "refunded")


class OrderSteps(CustomerSteps):
    """What can be done with one order; each step looks at the order and at another one."""

    def order(
        self, customer: int, lines: list[tuple[int, int, int]], discount: int, shipping: int
    ) -> None:
        """A customer orders lines (product, quantity, price in cents)."""
        buyer = self.a_customer(customer)
        if buyer is None:
            return
        chosen = [
            Line(self.shop.product(index=product), quantity, price)
            for product, quantity, price in lines
        ]
        self.begin("order", customer=customer, lines=lines, discount=discount, shipping=shipping)
        pictures = [
            LinePicture(one.price, one.quantity, one.product.fulfillment_type) for one in chosen
        ]
        subtotal = sum(one.total for one in pictures)
        less = min(discount, subtotal - 1)
        more: dict[str, Any] = {"shipping_total": shipping}
        more |= self.shop.discount(less) if less > 0 else {}
        record = self.shop.customer(buyer.id)
        answer = self.shop.create_order(record, chosen, **more)
        if not self.settle("order", answer, right=True):
            return
        made = self.shop.created_order(answer)
        if made is None:
            self.diverge("ORD-CREATE-ANSWER", "order: no id", "an order_id", answer.excerpt[:160])
            return
        if not self.shop.get_order(made).accepted:
            self.diverge(
                "ORD-CREATE-READ-BACK", "order: not there", f"order {made}", "none", "whole"
            )
        shown = self.shop.order(made)
        status = shown.status if shown.status in OPEN else OPEN[0]
        picture = OrderPicture(
            len(self.orders), made, buyer.number, pictures, max(less, 0), shipping, status,
            shown.shipping_status,
        )  # fmt: skip
        self.orders.append(picture)
        if shown.text("fulfillment_type") != ("digital" if picture.digital else "physical"):
            self.diverge(
                "ORD-CREATE-ORDER-FULFILMENT", "order: fulfillment_type",
                "digital" if picture.digital else "physical", shown.text("fulfillment_type"),
                "fulfillment_type",
            )  # fmt: skip
            for line in picture.lines:
                line.kind = shown.text("fulfillment_type") or line.kind
        self._look("order", picture)

    def pay(self, order: int) -> None:
        """Mark an order as paid; what is paid or canceled cannot be paid."""
        picture = self.an_order(order)
        if picture is None:
            return
        self.begin("pay", order=order)
        answer = self.shop.mark_as_paid(picture.id)
        # Of an order whose payment is known to be shown wrongly nobody can say what it owes.
        right = None if "payment_status" in picture.blind else picture.payable
        if self.settle("pay", answer, right=right):
            picture.pay()
        self._look("pay", picture)

    def refund(self, order: int, share: int) -> None:
        """Give back a share in percent of what is left; more than all must be refused."""
        picture = self.an_order(order, lambda one: one.paid > 0)
        if picture is None:
            return
        amount = max(picture.left * share // 100, 1)
        self.begin("refund", order=order, share=share)
        record = self.check_order("look before refund", picture)
        if record is None or not record.charges:
            return
        answer = self.shop.refund(record, amount)
        open_ended = picture.status == "canceled" and amount <= picture.left
        unknown = open_ended or "total_paid" in picture.blind
        right = None if unknown else amount <= picture.left
        if self.settle("refund", answer, right=right):
            picture.give_back(amount)
        self._look("refund", picture)

    def set_status(self, order: int, status: str) -> None:
        """Change the order status; a canceled order is locked."""
        picture = self.an_order(order)
        if picture is None:
            return
        self.begin("set status", order=order, status=status)
        answer = self.shop.change_status(picture.id, status)
        if self.settle("set status", answer, right=picture.may_become(status)):
            picture.status = status
        self._look("set status", picture)

    def ship(self, order: int, status: str) -> None:
        """Change the shipping status of an order that is shipped at all."""
        picture = self.an_order(order, lambda one: not one.digital)
        if picture is None:
            return
        self.begin("ship", order=order, status=status)
        answer = self.shop.change_shipping_status(picture.id, status)
        if self.settle("ship", answer, right=picture.shipping_status != status):
            picture.shipping_status = status
        self._look("ship", picture)

    def edit(self, order: int, line: int, quantity: int, shipping: int) -> None:
        """Change the quantity of one line and the shipping of an unpaid order."""
        picture = self.an_order(order, lambda one: one.editable)
        if picture is None:
            return
        self.begin("edit", order=order, line=line, quantity=quantity, shipping=shipping)
        record = self.check_order("look before edit", picture)
        if record is None or not record.items:
            return
        rows = self.shop.lines_again(record)
        chosen = rows[line % len(rows)]
        total = chosen["unit_price"] * quantity
        before = chosen["quantity"]
        chosen |= {"quantity": quantity, "line_total": total, "item_total": total, "total": total}
        answer = self.shop.update_order(record, order_items=rows, shipping_total=shipping)
        if self.settle("edit", answer, right=True):
            self._line_of(picture, chosen, before).quantity = quantity
            picture.shipping = shipping
        self._look("edit", picture)

    @staticmethod
    def _line_of(picture: OrderPicture, row: dict[str, Any], quantity: int) -> LinePicture:
        same = [line for line in picture.lines if line.price == row["unit_price"]]
        exact = [line for line in same if line.quantity == quantity]
        return (exact or same or picture.lines)[0]

    def add_custom_item(self, order: int, price: int) -> None:
        """Add an item that is no product to an unpaid order."""
        picture = self.an_order(order, lambda one: one.editable)
        if picture is None:
            return
        self.begin("add custom item", order=order, price=price)
        answer = self.shop.create_custom_item(picture.id, "Gift wrap", price)
        if self.settle("add custom item", answer, right=True):
            picture.lines.append(LinePicture(price, 1, picture.lines[0].kind))
        self._look("add custom item", picture)

    def settle_by_hand(self, order: int) -> None:
        """Set the charge to succeeded and let the store work out the rest."""
        picture = self.an_order(order, lambda one: one.payable and one.status in OPEN)
        if picture is None:
            return
        self.begin("settle by hand", order=order)
        record = self.check_order("look before settling", picture)
        if record is None or not record.charges:
            return
        answer = self.shop.set_transaction_status(picture.id, record.charge.id, "succeeded")
        if self.settle("settle by hand", answer, right=True):
            self.shop.sync_statuses(picture.id)
            if picture.status in OPEN:
                picture.either = ("processing", "completed")
            picture.pay()
        self._look("settle by hand", picture)

    def give_to(self, order: int, customer: int) -> None:
        """Give an order to another customer."""
        picture, heir = self.an_order(order), self.a_customer(customer)
        if picture is None or heir is None or heir.number == picture.buyer:
            return
        old = self.customer(picture.buyer)
        self.begin("give to", order=order, customer=customer)
        answer = self.shop.change_customer(picture.id, heir.id)
        if self.settle("give to", answer, right=True):
            picture.buyer = heir.number
        self._look("give to", picture)
        for one in (old, heir):
            if not one.gone:
                self.check_customer("give to", one)
        self._figures_followed("ORD-CHANGE-CUSTOMER-STATS", [old, heir])

    def give_to_a_new_customer(self, order: int, name: int) -> None:
        """Create a customer and give them an order."""
        picture = self.an_order(order)
        if picture is None:
            return
        self.begin("give to a new customer", order=order, name=name)
        old = self.customer(picture.buyer)
        from fluentcart_conformance.fuzz.model.customer_steps import NAMES  # noqa: PLC0415

        first, last = NAMES[name % len(NAMES)].split(" ")
        email = self.shop.fresh_email("n").lower()
        answer = self.shop.create_and_change_customer(picture.id, email, first, last)
        if self.settle("give to a new customer", answer, right=True):
            made = self.shop.order(picture.id).customer
            heir = CustomerPicture(
                len(self.customers), made.id, email, first, last, made.status or "active"
            )
            self.customers.append(heir)
            picture.buyer = heir.number
            self.check_customer("give to a new customer", heir)
        self._look("give to a new customer", picture)
        self._figures_followed("ORD-NEW-CUSTOMER-STATS", [old, self.customer(picture.buyer)])

    def delete_order(self, order: int) -> None:
        """Delete an order, or be told why not."""
        picture = self.an_order(order)
        if picture is None:
            return
        self.begin("delete order", order=order)
        answer = self.shop.delete_order(picture.id)
        if self.settle("delete order", answer, right=None):
            picture.gone = True
        self._look("delete order", picture)

    def _look(self, do: str, picture: OrderPicture) -> None:
        self.check_order(do, picture)
        self.check_bystander(do, picture)
        requirement = _FIGURES.get(do)
        if requirement is not None:
            self._figures_followed(requirement, [self.customer(picture.buyer)])

    # -- figures -----------------------------------------------------------------------------

    def orders_of(self, picture: CustomerPicture) -> list[OrderPicture]:
        """The living orders of a customer."""
        return [one for one in self.living_orders() if one.buyer == picture.number]

    def figures_of(self, picture: CustomerPicture) -> tuple[int, int] | None:
        """How many orders count and the cents spent; None when an order is in between."""
        mine = self.orders_of(picture)
        if any(one.payment_status not in _SETTLED for one in mine):
            return None
        counted = [one for one in mine if one.paid or self.shop.wire.unpaid_orders_count]
        return len(counted), sum(one.paid - one.refunded for one in mine)

    def _figures_followed(self, requirement: str, of: list[CustomerPicture]) -> None:
        """The figures are those of the orders; whose are known to be wrong is let be."""
        for one in of:
            wanted = None if one.gone or one.confused else self.figures_of(one)
            if wanted is None:
                continue
            figures = self.shop.figures(one.id)
            shown = figures.order_count, figures.total_spent
            mean = average(figures.total_spent, figures.order_count)
            shown_mean = figures.average_order_value
            # Of statistics the judge compares count, amount and average by himself.
            judged = self.shop.wire.figures_from_stats
            if not judged and shown == wanted and shown_mean not in (None, mean):
                one.confused = True
                self.diverge(
                    "CUS-STATS-AVERAGE", "figures: average", f"{mean}", f"{shown_mean}",
                    "average", "get_customer",
                )  # fmt: skip
            if shown != wanted:
                one.confused = True
                self.diverge(
                    requirement, "figures", "orders and cents {} {}".format(*wanted),
                    "{} {}".format(*shown), "figures",
                )  # fmt: skip
