"""What an accepted write changes is what the next read shows, and nothing else changes.

One write of each operation (orders-api and customers-api), seen through another operation. Writes
that touch different members are read together.
"""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from fluentcart_conformance.drivers.book import Book
from fluentcart_conformance.drivers.records import Record
from fluentcart_conformance.plugin.context import Workbench
from fluentcart_conformance.scenarios import (
    SIDE_EFFECTS,
    Address,
    Answer,
    Customer,
    Line,
    Order,
    Shop,
    requirement,
)

UNICODE = "Grüße an Zoë Ångström, 日本語 и кириллица, עברית, e\u0301, 🙂 ½ €"
MARKUP = 'O\'Neil & "Sons" <b>bold</b> <script>alert(1)</script> 5 < 6 > 4 \\ %s {{x}}'
CONTROL = "one\u0000two\u0007three\u001bfour\u009ffive\r\nsix"
KEPT = f"Kept {UNICODE}"
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
OWNER = {"customer_id", "customer"} | ADDRESS


def check(book: Book) -> None:
    """One look at both laws."""
    with requirement("GEN-READ-AFTER-WRITE"):
        assert book.unseen == {}
    with requirement("GEN-UNTOUCHED"):
        assert book.moved == {}


@dataclass
class Desk:
    """An order to be written to, as it was last read; `created` is the answer to its making."""

    created: Answer
    now: Order
    office: int


@pytest.fixture(scope="module")
def desk(shop: Shop) -> Desk:
    """An order with words of every script, or plain ones where those are refused.

    Its buyer has nothing else: an order that changes hands may take the address book along.
    """
    customer = shop.new_customer()
    home = shop.new_address(customer, address_1="1 First Street")
    office = shop.new_address(customer, address_1="2 Second Street", city="Albany")

    def make(words: str) -> Answer:
        lines = [Line(shop.product(), 3, 333, words), Line(shop.product(index=1), 1, 1999)]
        return shop.create_order(customer, lines, billing_address_id=home.id, note=words)

    created = make(KEPT)
    order = shop.order_made(created if created.accepted else make("Kept plain words"))
    return Desk(created, order, office.id)


def billing(order: Order, name: str) -> str:
    """A member of the billing address, empty where there is none."""
    address = order.address("billing")
    return address.text(name) if address else ""


def move(shop: Shop, order: Order, city: str) -> Answer | None:
    """Write a city into the billing address of an order; None where it has no address."""
    copy = order.address("billing")
    if copy is None:
        return None
    return shop.update_order_address(
        order.id, copy.id, name="Ann Example", first_name="Ann", last_name="Example",
        address_1="2 Second Street", city=city, state="MA", country="US", postcode="10001",
    )  # fmt: skip


def test_a_write_to_an_order_is_read_back_and_leaves_the_rest(shop: Shop, desk: Desk) -> None:
    book, order = Book(shop, SIDE_EFFECTS), desk.now
    book.wrote("create_order", desk.created)
    book.named["create_order"] = {"id"}
    book.seen("create_order", order.total_amount == 2998, order.raw)
    with requirement("GEN-UNICODE"):
        assert desk.created.accepted, desk.created.excerpt
        # Whether they are stored at all is looked at where orders are created.
        stored = [one for one in (order.text("note"), order.items[0].title) if "Kept" in one]
        assert stored == [KEPT] * len(stored)
    book.turn()
    written = shop.update_order(order, note=UNICODE)
    book.wrote("update_order", written, {"note"})
    if "custom_item_stored" not in shop.profile.absent:
        book.wrote("create_custom_item", shop.create_custom_item(order.id, "Gift", 155), LINES)
    book.wrote("update_order_address_id", shop.use_address(order.id, desk.office), ADDRESS)
    desk.now = now = book.read(order)
    book.seen("update_order", now.text("note") == UNICODE, now.text("note"))
    titles = [one.title for one in now.items]
    book.seen("create_custom_item", "Gift" in titles, titles)
    street = billing(now, "address_1")
    book.seen("update_order_address_id", street == "2 Second Street", street)
    with requirement("GEN-UNICODE"):
        assert written.accepted, written.excerpt
        assert now.text("note") == UNICODE
    book.turn()
    moved = move(shop, now, UNICODE)
    if moved is not None:
        book.wrote("update_order_address", moved, ADDRESS)
        desk.now = now = book.read(now)
        city = billing(now, "city")
        book.seen("update_order_address", city == UNICODE, city)
        with requirement("GEN-UNICODE"):
            assert moved.accepted, moved.excerpt
            assert city == UNICODE
    check(book)


def test_markup_is_only_text(shop: Shop, customer: Customer, desk: Desk) -> None:
    before, now, answers = _write_texts(shop, desk, MARKUP)
    for what, (answer, text) in answers.items():
        with requirement("GEN-TEXT-NOT-MARKUP"):
            assert answer.accepted or answer.refused, f"{what}: {answer.excerpt}"
            wanted = "O'Neil" if answer.accepted else html.unescape(text(before))
            after = html.unescape(text(now))
            assert wanted in after.replace("\\'", "'"), f"{what}: {after!r}"
    made = shop.create_order(customer, [Line(shop.product(), title=MARKUP[:200])], note=MARKUP)
    with requirement("GEN-TEXT-NOT-MARKUP"):
        assert made.accepted or made.refused, made.excerpt


def test_control_characters_do_no_harm(shop: Shop, desk: Desk) -> None:
    _, now, answers = _write_texts(shop, desk, CONTROL)
    for what, (answer, text) in answers.items():
        with requirement("GEN-CONTROL-CHARS"):
            assert answer.accepted or answer.refused, f"{what}: {answer.excerpt}"
            assert not answer.accepted or "one" in text(now), f"{what}: {text(now)!r}"


Text = Callable[[Order], str]


def _write_texts(
    shop: Shop, desk: Desk, words: str
) -> tuple[Order, Order, dict[str, tuple[Answer, Text]]]:
    """Write a text into the note and the city; the order before and after, and the answers."""
    before = desk.now
    answers: dict[str, tuple[Answer, Text]] = {
        "the note": (shop.update_order(before, note=words), lambda one: one.text("note"))
    }
    moved = move(shop, before, words)
    if moved is not None:
        answers["the city"] = (moved, lambda one: billing(one, "city"))
    desk.now = shop.order(before.id)
    return before, desk.now, answers


def test_a_change_of_owner_is_read_back_and_leaves_the_rest(shop: Shop, desk: Desk) -> None:
    book, other, order = Book(shop, SIDE_EFFECTS), shop.new_customer(), desk.now
    book.wrote("change_customer", shop.change_customer(order.id, other.id), OWNER)
    desk.now = now = book.read(order)
    book.seen("change_customer", now.customer_id == other.id, now.customer_id)
    book.turn()
    email = shop.fresh_email()
    made = shop.create_and_change_customer(order.id, email, "Zoë", "Ångström🙂")
    book.wrote("create_and_change_customer", made, OWNER)
    desk.now = now = book.read(now)
    book.seen("create_and_change_customer", now.customer.email == email, now.customer_id)
    with requirement("GEN-UNICODE"):
        assert made.accepted, made.excerpt
        owner = now.customer
        assert (owner.first_name, owner.last_name) == ("Zoë", "Ångström🙂")
    check(book)


def test_a_change_of_state_is_read_back_and_leaves_the_rest(shop: Shop, customer: Customer) -> None:
    book, status = Book(shop, SIDE_EFFECTS), {"status", "completed_at"}
    order = shop.new_order(customer, [Line(shop.product(), 3, 333)])
    failed = shop.set_transaction_status(order.id, order.charge.id, "failed")
    book.wrote("update_transaction_status", failed, PAYMENT)
    busy = shop.bulk_orders("change_order_status", [order.id], new_status="processing")
    book.wrote("orders_bulk", busy, status)
    now = book.read(order)
    book.seen("update_transaction_status", now.charge.status == "failed", now.charge.raw)
    book.seen("orders_bulk", now.status == "processing", now.status)
    book.turn()
    again = shop.set_transaction_status(order.id, order.charge.id, "pending")
    book.wrote("update_transaction_status", again, PAYMENT)
    book.wrote("sync_statuses", shop.sync_statuses(order.id), PAYMENT)
    book.wrote("update_statuses", shop.change_status(order.id, "on-hold"), status)
    now = book.read(now)
    book.seen("update_transaction_status", now.charge.status == "pending", now.charge.raw)
    book.seen("sync_statuses", now.payment_status == "pending", now.payment_status)
    book.seen("update_statuses", now.status == "on-hold", now.status)
    book.turn()
    book.wrote("mark_as_paid", shop.mark_as_paid(order.id), PAYMENT)
    book.wrote("refund_order", shop.refund(now, 1), PAYMENT)
    now = book.read(now)
    book.seen("mark_as_paid", now.total_paid == now.total_amount, now.total_paid)
    book.seen("refund_order", now.total_refund == 1, now.total_refund)
    check(book)


def test_a_write_to_a_customer_is_read_back_and_leaves_the_rest(
    shop: Shop, workbench: Workbench
) -> None:
    book, email = Book(shop, SIDE_EFFECTS), shop.fresh_email()
    made = shop.new_customer(email=email)
    users = workbench.missing("wp_users") is None
    user = shop.new_user() if users else 0
    attached = shop.attach_user(made.id, user) if users else None
    before = shop.customer(made.id)
    book.named = {"create_customer": {"id"}, "attach_user": {"user_id"}}
    book.seen("create_customer", before.email == email, before.raw)
    if attached is not None and attached.accepted:
        book.seen("attach_user", before.user_id == user, before.user_id)
    book.turn()
    book.wrote("update_customer", shop.update_customer(before, last_name="Later"),
               {"last_name", "full_name"})  # fmt: skip
    if "customer_additional_fields" not in shop.profile.absent:
        answer = shop.update_additional_info(made.id, company="Later & Co")
        book.wrote("update_customer_additional_info", answer, {"additional_info"})
    if users:
        book.wrote("detach_user", shop.detach_user(made.id), {"user_id", "user_link"})
    home = shop.new_address(made, address_1="1 First Street")
    office = shop.new_address(made, address_1="2 Second Street")
    answer = shop.update_address(made.id, office, city="Boston")
    book.wrote("update_customer_address", answer, {"addresses"})
    book.wrote("make_primary_address", shop.make_primary(made.id, office.id), {"addresses"})
    _compare_addresses(book, shop.addresses(made.id), home, office)
    answer = shop.delete_address(made.id, home.id)
    book.wrote("delete_customer_address", answer, {"addresses"})
    left = [one.id for one in shop.addresses(made.id)]
    book.seen("delete_customer_address", left == [office.id], left)
    book.wrote("customers_bulk", shop.set_customers_status([made.id], "inactive"), {"status"})
    now = shop.customer(made.id)
    book.seen("update_customer", now.last_name == "Later", now.last_name)
    info = now.raw.get("additional_info")
    book.seen("update_customer_additional_info", "Later & Co" in str(info), info)
    book.seen("detach_user", now.user_id is None, now.user_id)
    book.seen("customers_bulk", now.status == "inactive", now.status)
    book.compare(before, now, "addresses")
    check(book)


def _compare_addresses(book: Book, now: list[Address], home: Address, office: Address) -> None:
    """What the list shows of two addresses, the second of which was changed and made primary."""
    shown = {one.id: one for one in now}
    after = shown.get(office.id)
    book.named["create_customer_address"] = {"addresses"}
    book.seen("create_customer_address", {home.id, office.id} <= shown.keys(), sorted(shown))
    book.seen("update_customer_address", after is not None and after.text("city") == "Boston", now)
    book.seen("make_primary_address", after is not None and after.is_primary, now)
    for one, changed in ((home, set()), (office, {"city", "formatted_address"})):
        known = shown.get(one.id)
        if known is not None:
            # The answer to a create may show less than the list does.
            was = {name: value for name, value in one.raw.items() if name in known.raw}
            rest = {name: known.raw[name] for name in was}
            found = Record(rest).differences(Record(was), SIDE_EFFECTS | {"is_primary"} | changed)
            if found:
                book.moved[f"addresses of {one.id}"] = found


def test_what_was_deleted_is_gone_everywhere(shop: Shop, customer: Customer, desk: Desk) -> None:
    """The one alone, the other in bulk; each is asked for in about half of the ways."""
    single = desk.now
    bulk = shop.new_order(customer, [Line(shop.product(), 1, 1111)])
    shop.take_away_order(single.id)
    shop.given(shop.bulk_orders("delete_orders", [bulk.id]), "delete an order in bulk")
    shop.journal.removed("order", bulk.id)
    again = {"customer_id": customer.id, "order_items": [Line(shop.product()).members()],
             "shipping_total": 0, "note": "Back again"}  # fmt: skip
    attempts: tuple[tuple[str, Order, Callable[[Order], Answer]], ...] = (
        ("get_order", single, lambda one: shop.get_order(one.id)),
        ("get_order", bulk, lambda one: shop.get_order(one.id)),
        ("get_order_transactions", bulk, lambda one: shop.transactions_of(one.id)),
        ("get_order_transaction", single, lambda one: shop.transaction_of(one.id, one.charge.id)),
        ("mark_as_paid", bulk, lambda one: shop.mark_as_paid(one.id)),
        ("update_order", single, lambda one: shop.send("update_order", one.id, json=again)),
        ("update_statuses", bulk, lambda one: shop.change_status(one.id, "completed")),
        ("delete_order", single, lambda one: shop.send("delete_order", one.id)),
    )
    for operation, order, attempt in attempts:
        answer = attempt(order)
        with requirement("GEN-DELETED-GONE"):
            assert answer.refused, f"{operation} {order.id}: {answer.excerpt}"
    with requirement("GEN-DELETED-GONE"):
        rows = {one.id for one in shop.orders_of(customer.id)}
        assert rows.isdisjoint({single.id, bulk.id}), rows
