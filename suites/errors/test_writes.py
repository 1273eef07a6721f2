"""What an accepted write changes is what the next read shows, and nothing else changes.

Writes of every operation on an order (orders-api), seen through another operation. Writes that
touch different members are read together. Those on customers and addresses are read back where
their operations are looked at.
"""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from fluentcart_conformance.drivers.book import Book
from fluentcart_conformance.scenarios import (
    SIDE_EFFECTS,
    Answer,
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
STATUS = {"status", "completed_at"}
LINES = {
    "order_items", "subtotal", "total_amount", "total_tax", "tax_total", "total", "transactions",
    "formatted_total",
}  # fmt: skip
ADDRESS = {"billing_address", "order_addresses", "shipping_address"}


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
    book.wrote("update_statuses", shop.change_status(order.id, "processing"), STATUS)
    desk.now = now = book.read(order)
    book.seen("update_order", now.text("note") == UNICODE, now.text("note"))
    titles = [one.title for one in now.items]
    book.seen("create_custom_item", "Gift" in titles, titles)
    street = billing(now, "address_1")
    book.seen("update_order_address_id", street == "2 Second Street", street)
    book.seen("update_statuses", now.status == "processing", now.status)
    with requirement("GEN-UNICODE"):
        assert written.accepted, written.excerpt
        assert now.text("note") == UNICODE
    book.turn()
    failed = shop.set_transaction_status(order.id, now.charge.id, "failed")
    book.wrote("update_transaction_status", failed, PAYMENT)
    held = shop.bulk_orders("change_order_status", [order.id], new_status="on-hold")
    book.wrote("orders_bulk", held, STATUS)
    moved = move(shop, now, UNICODE)
    if moved is not None:
        book.wrote("update_order_address", moved, ADDRESS)
    desk.now = now = book.read(now)
    book.seen("update_transaction_status", now.charge.status == "failed", now.charge.raw)
    book.seen("orders_bulk", now.status == "on-hold", now.status)
    if moved is not None:
        city = billing(now, "city")
        book.seen("update_order_address", city == UNICODE, city)
        with requirement("GEN-UNICODE"):
            assert moved.accepted, moved.excerpt
            assert city == UNICODE
    check(book)


def test_markup_and_control_characters_are_only_text(shop: Shop, desk: Desk) -> None:
    """Each where the other is not, in two turns: in the note and in the city of an address."""
    for note, city in ((MARKUP, CONTROL), (CONTROL, MARKUP)):
        before = desk.now
        written, moved = shop.update_order(before, note=note), move(shop, before, city)
        desk.now = shop.order(before.id)
        _is_only_text(note, written, before.text("note"), desk.now.text("note"))
        if moved is not None:
            _is_only_text(city, moved, billing(before, "city"), billing(desk.now, "city"))
    owner = desk.now.customer
    made = shop.create_order(owner, [Line(shop.product(), title=MARKUP[:200])], note=MARKUP)
    with requirement("GEN-TEXT-NOT-MARKUP"):
        assert made.accepted or made.refused, made.excerpt


def _is_only_text(sent: str, answer: Answer, before: str, after: str) -> None:
    with requirement("GEN-TEXT-NOT-MARKUP" if sent == MARKUP else "GEN-CONTROL-CHARS"):
        assert answer.accepted or answer.refused, answer.excerpt
        wanted = html.unescape(before)
        if answer.accepted:
            wanted = "O'Neil" if sent == MARKUP else "one"
        assert wanted in html.unescape(after).replace("\\'", "'"), f"{after!r}"


def test_what_was_deleted_is_gone_everywhere(shop: Shop, desk: Desk) -> None:
    gone = desk.now
    shop.take_away_order(gone.id)
    again = {"customer_id": gone.customer_id, "order_items": [Line(shop.product()).members()],
             "shipping_total": 0, "note": "Back again"}  # fmt: skip
    attempts: dict[str, Callable[[], Answer]] = {
        "get_order": lambda: shop.get_order(gone.id),
        "get_order_transaction": lambda: shop.transaction_of(gone.id, gone.charge.id),
        "mark_as_paid": lambda: shop.mark_as_paid(gone.id),
        "update_order": lambda: shop.send("update_order", gone.id, json=again),
        "update_statuses": lambda: shop.change_status(gone.id, "completed"),
        "delete_order": lambda: shop.send("delete_order", gone.id),
    }
    for operation, attempt in attempts.items():
        answer = attempt()
        with requirement("GEN-DELETED-GONE"):
            assert answer.refused, f"{operation} {gone.id}: {answer.excerpt}"
    with requirement("GEN-DELETED-GONE"):
        rows = {one.id for one in shop.orders_of(gone.customer_id)}
        assert gone.id not in rows, rows
