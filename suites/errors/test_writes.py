"""What an accepted write changes is what the next read shows, and nothing else changes.

One write of each operation (orders-api and customers-api), seen through another operation.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from fluentcart_conformance.drivers.records import Record
from fluentcart_conformance.scenarios import (
    SIDE_EFFECTS,
    Answer,
    Line,
    Order,
    Shop,
    needs,
    requirement,
)

PAYMENT = {
    "status", "payment_status", "total_paid", "total_refund", "refunded_at", "completed_at",
    "invoice_no", "receipt_number", "transactions", "refund_total", "children", "refundable",
    "payment_method", "payment_method_title", "shipping_status",
}  # fmt: skip
LINES = {
    "order_items", "subtotal", "total_amount", "total_tax", "tax_total", "total", "transactions",
    "formatted_total",
}  # fmt: skip
ADDRESS = {"billing_address", "order_addresses", "shipping_address"}


@dataclass
class Book:
    """What was written and not seen, and what moved without having been named."""

    shop: Shop
    unseen: dict[str, str] = field(default_factory=dict)
    moved: dict[str, list[str]] = field(default_factory=dict)

    def note(self, operation: str, answer: Answer, seen: bool, shown: object) -> None:
        """Enter an accepted write; refusals belong to the scenarios of the operation."""
        if answer.accepted and not seen:
            self.unseen[operation] = f"{answer.status}, then read: {shown!r:.120}"

    def compare(
        self, operation: str, before: Record, after: Record, named: Collection[str]
    ) -> None:
        """Enter what changed besides the members that were named."""
        found = after.differences(before, apart_from=SIDE_EFFECTS | set(named))
        if found:
            self.moved[operation] = found

    def step(self, operation: str, answer: Answer, before: Order, named: Collection[str]) -> Order:
        """The order after a write: `named` may differ if it was accepted, nothing otherwise."""
        after = self.shop.order(before.id)
        self.compare(operation, before, after, named if answer.accepted else ())
        return after

    def check(self) -> None:
        """One look at both laws."""
        with requirement("GEN-READ-AFTER-WRITE"):
            assert self.unseen == {}
        with requirement("GEN-UNTOUCHED"):
            assert self.moved == {}


def test_a_write_to_an_order_is_read_back_and_leaves_the_rest(shop: Shop) -> None:
    book, customer = Book(shop), shop.new_customer()
    home = shop.new_address(customer, address_1="1 First Street")
    office = shop.new_address(customer, address_1="2 Second Street", city="Albany")
    lines = [Line(shop.product(), 3, 333), Line(shop.product(index=1), 1, 1999)]
    order = shop.new_order(customer, lines, billing_address_id=home.id, note="As it was")
    book.note("create_order", shop.get_order(order.id), order.total_amount == 2998, order.raw)
    answer = shop.update_order(order, note="As it is")
    now = book.step("update_order", answer, order, {"note"})
    book.note("update_order", answer, now.text("note") == "As it is", now.text("note"))
    if "custom_item_stored" not in shop.profile.absent:
        answer = shop.create_custom_item(order.id, "Gift wrap", 155)
        now = book.step("create_custom_item", answer, now, LINES)
        titles = [one.title for one in now.items]
        book.note("create_custom_item", answer, "Gift wrap" in titles, titles)
    answer = shop.use_address(order.id, office.id)
    now = book.step("update_order_address_id", answer, now, ADDRESS)
    street = _billing(now, "address_1")
    book.note("update_order_address_id", answer, street == "2 Second Street", street)
    copy = now.address("billing")
    if copy:
        answer = shop.update_order_address(
            order.id, copy.id, name="Ann Example", first_name="Ann", last_name="Example",
            address_1="2 Second Street", city="Boston", state="MA", country="US",
        )  # fmt: skip
        now = book.step("update_order_address", answer, now, ADDRESS)
        city = _billing(now, "city")
        book.note("update_order_address", answer, city == "Boston", city)
    book.check()


def _billing(order: Order, name: str) -> str:
    address = order.address("billing")
    return address.text(name) if address else ""


def test_a_change_of_state_is_read_back_and_leaves_the_rest(shop: Shop) -> None:
    book = Book(shop)
    now = order = shop.new_order(None, [Line(shop.product(), 3, 333)])
    status = {"status", "completed_at"}
    answer = shop.bulk_orders("change_order_status", [order.id], new_status="processing")
    now = book.step("orders_bulk", answer, now, status)
    book.note("orders_bulk", answer, now.status == "processing", now.status)
    answer = shop.change_status(order.id, "on-hold")
    now = book.step("update_statuses", answer, now, status)
    book.note("update_statuses", answer, now.status == "on-hold", now.status)
    for word in ("failed", "pending"):
        answer = shop.set_transaction_status(order.id, order.charge.id, word)
        now = book.step("update_transaction_status", answer, now, PAYMENT)
        book.note("update_transaction_status", answer, now.charge.status == word, now.charge.raw)
    answer = shop.sync_statuses(order.id)
    now = book.step("sync_statuses", answer, now, PAYMENT)
    book.note("sync_statuses", answer, now.payment_status == "pending", now.payment_status)
    answer = shop.mark_as_paid(order.id)
    now = book.step("mark_as_paid", answer, now, PAYMENT)
    book.note("mark_as_paid", answer, now.payment_status == "paid", now.payment_status)
    answer = shop.refund(now, 1)
    now = book.step("refund_order", answer, now, PAYMENT)
    book.note("refund_order", answer, now.total_refund == 1, now.total_refund)
    book.check()


def test_a_change_of_owner_is_read_back_and_leaves_the_rest(shop: Shop) -> None:
    book, other = Book(shop), shop.new_customer()
    now = order = shop.new_order(None, [Line(shop.product(), 3, 333)])
    owner = {"customer_id", "customer"} | ADDRESS
    answer = shop.change_customer(order.id, other.id)
    now = book.step("change_customer", answer, now, owner)
    book.note("change_customer", answer, now.customer_id == other.id, now.customer_id)
    email = shop.fresh_email()
    answer = shop.create_and_change_customer(order.id, email)
    now = book.step("create_and_change_customer", answer, now, owner)
    book.note("create_and_change_customer", answer, now.customer.email == email, now.customer_id)
    answer = shop.delete_order(order.id)
    gone = shop.get_order(order.id)
    book.note("delete_order", answer, gone.refused, gone.excerpt)
    book.check()


def test_a_write_to_a_customer_is_read_back_and_leaves_the_rest(shop: Shop) -> None:
    book, email = Book(shop), shop.fresh_email()
    made = shop.new_customer(email=email)
    before = shop.customer(made.id)
    book.note("create_customer", shop.get_customer(made.id), before.email == email, before.raw)
    answer = shop.update_customer(before, last_name="Later")
    now = shop.customer(made.id)
    book.note("update_customer", answer, now.last_name == "Later", now.last_name)
    book.compare("update_customer", before, now, {"last_name", "full_name"})
    if "customer_additional_fields" not in shop.profile.absent:
        answer = shop.update_additional_info(made.id, company="Later & Co")
        before, now = now, shop.customer(made.id)
        info = now.member("additional_info")
        book.note("update_customer_additional_info", answer, "Later & Co" in str(info), info)
        book.compare("update_customer_additional_info", before, now, {"additional_info"})
    home = shop.new_address(made, address_1="1 First Street")
    office = shop.new_address(made, address_1="2 Second Street")
    streets = {one.id: one for one in shop.addresses(made.id)}
    book.note("create_customer_address", shop.get_addresses(made.id), office.id in streets, streets)
    answer = shop.update_address(made.id, streets[office.id], city="Boston")
    after = {one.id: one for one in shop.addresses(made.id)}
    city = after[office.id].text("city")
    book.note("update_customer_address", answer, city == "Boston", city)
    book.compare("update_customer_address", streets[office.id], after[office.id],
                 {"city", "formatted_address"})  # fmt: skip
    book.compare("update_customer_address", streets[home.id], after[home.id], ())
    answer = shop.make_primary(made.id, office.id)
    primary = {one.id: one.is_primary for one in shop.addresses(made.id)}
    book.note("make_primary_address", answer, primary[office.id], primary)
    answer = shop.delete_address(made.id, home.id)
    left = [one.id for one in shop.addresses(made.id)]
    book.note("delete_customer_address", answer, left == [office.id], left)
    answer = shop.set_customers_status([made.id], "inactive")
    last = shop.customer(made.id)
    book.note("customers_bulk", answer, last.status == "inactive", last.status)
    book.compare("customers_bulk", now, last, {"status", "addresses"})
    book.check()


@needs("wp_users")
def test_attaching_and_detaching_are_read_back(shop: Shop) -> None:
    book, made, user = Book(shop), shop.new_customer(), shop.new_user()
    before = shop.customer(made.id)
    answer = shop.attach_user(made.id, user)
    now = shop.customer(made.id)
    book.note("attach_user", answer, now.user_id == user, now.user_id)
    book.compare("attach_user", before, now, {"user_id", "user_link"})
    answer = shop.detach_user(made.id)
    now = shop.customer(made.id)
    book.note("detach_user", answer, now.user_id is None, now.user_id)
    book.compare("detach_user", before, now, {"user_id", "user_link"})
    book.check()
