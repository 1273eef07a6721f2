"""Texts of every script, with markup and with control characters (the string members)."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from fluentcart_conformance.scenarios import Answer, Customer, Line, Order, Shop, requirement

UNICODE = "Grüße an Zoë Ångström, 日本語 и кириллица, עברית, e\u0301, 🙂 ½ €"
MARKUP = 'O\'Neil & "Sons" <b>bold</b> <script>alert(1)</script> 5 < 6 > 4 \\ %s {{x}}'
CONTROL = "one\u0000two\u0007three\u001bfour\u009ffive\r\nsix"


@dataclass(frozen=True)
class Place:
    """A way to write a text into an order, and to read it again."""

    write: Callable[[Shop, Order, str], Answer]
    read: Callable[[Order], str]


def _city(order: Order) -> str:
    address = order.address("billing")
    return address.text("city") if address else ""


def _move(shop: Shop, order: Order, text: str) -> Answer:
    address = order.address("billing")
    if address is None:
        address = shop.new_address(order.customer)
        shop.given(shop.use_address(order.id, address.id), "give an order an address")
        address = shop.order(order.id).address("billing") or address
    return shop.update_order_address(
        order.id, address.id, first_name="Ann", last_name="Example", name="Ann Example",
        address_1="1 Main St", city=text, country="US", state="NY", postcode="10001",
    )  # fmt: skip


PLACES = {
    "an update of the note": Place(
        lambda shop, order, text: shop.update_order(order, note=text),
        lambda order: order.text("note"),
    ),
    "the city of an address": Place(_move, _city),
}


@pytest.fixture(scope="module")
def order(shop: Shop, customer: Customer) -> Order:
    """An order with an address of its own."""
    home = shop.new_address(customer)
    lines = [Line(shop.product(), 2, 1333)]
    return shop.new_order(customer, lines, billing_address_id=home.id, note="Plain words")


def test_every_script_is_kept_character_by_character(
    shop: Shop, customer: Customer, order: Order
) -> None:
    for what, place in PLACES.items():
        answer = place.write(shop, order, UNICODE)
        with requirement("GEN-UNICODE"):
            assert answer.accepted, f"{what}: {answer.excerpt}"
            assert place.read(shop.order(order.id)) == UNICODE, what
    words = f"Kept {UNICODE}"
    made = shop.create_order(customer, [Line(shop.product(), title=words)], note=words)
    with requirement("GEN-UNICODE"):
        assert made.accepted, made.excerpt
        fresh = shop.order(shop.created_order(made) or 0)
        # Whether they are stored at all is looked at where orders are created.
        stored = [text for text in (fresh.text("note"), fresh.items[0].title) if "Kept" in text]
        assert stored == [words] * len(stored)
    changed = shop.create_and_change_customer(order.id, shop.fresh_email(), "Zoë", "Ångström🙂")
    with requirement("GEN-UNICODE"):
        assert changed.accepted, changed.excerpt
        owner = shop.order(order.id).customer
        assert (owner.first_name, owner.last_name) == ("Zoë", "Ångström🙂")


def test_markup_is_only_text(shop: Shop, customer: Customer, order: Order) -> None:
    for what, place in PLACES.items():
        before = place.read(shop.order(order.id))
        answer = place.write(shop, order, MARKUP)
        after = html.unescape(place.read(shop.order(order.id)))
        with requirement("GEN-TEXT-NOT-MARKUP"):
            assert answer.accepted or answer.refused, f"{what}: {answer.excerpt}"
            wanted = "O'Neil" if answer.accepted else html.unescape(before)
            assert wanted in after.replace("\\'", "'"), f"{what}: {after!r}"
    made = shop.create_order(customer, [Line(shop.product(), title=MARKUP[:200])], note=MARKUP)
    with requirement("GEN-TEXT-NOT-MARKUP"):
        assert made.accepted or made.refused, made.excerpt
        assert made.refused or shop.order(shop.created_order(made) or 0).items


def test_control_characters_do_no_harm(shop: Shop, customer: Customer, order: Order) -> None:
    for what, place in PLACES.items():
        answer = place.write(shop, order, CONTROL)
        after = place.read(shop.order(order.id))
        with requirement("GEN-CONTROL-CHARS"):
            assert answer.accepted or answer.refused, f"{what}: {answer.excerpt}"
            assert not answer.accepted or "one" in after, f"{what}: {after!r}"
    made = shop.create_order(customer, [Line(shop.product(), title=CONTROL)], note=CONTROL)
    with requirement("GEN-CONTROL-CHARS"):
        assert made.accepted or made.refused, made.excerpt
        assert made.refused or shop.order(shop.created_order(made) or 0).items
