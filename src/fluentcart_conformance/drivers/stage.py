"""One good request for each of the 38 operations, on objects that the run made for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fluentcart_conformance.drivers.customers import ADDRESS
from fluentcart_conformance.drivers.orders import Line, order_body
from fluentcart_conformance.drivers.records import Address, Customer, Order
from fluentcart_conformance.drivers.shop import Shop

NOBODY = 10**12


@dataclass(frozen=True)
class Ask:
    """A request: the ids of its path and its body (None sends none)."""

    ids: tuple[int, ...] = ()
    json: Any = None


@dataclass(frozen=True)
class Stage:
    """What the requests are about: a buyer with two addresses, an open and a paid order."""

    customer: Customer
    other: Customer
    home: Address
    office: Address
    open: Order
    paid: Order

    def secrets(self) -> dict[str, str]:
        """Texts that only somebody with permission may read, by what they are."""
        texts = {
            "the customer's e-mail": self.customer.email,
            "the customer's uuid": self.customer.text("uuid"),
            "an address": self.home.text("address_1"),
            "the order's uuid": self.open.uuid,
        }
        return {what: text for what, text in texts.items() if text}


def set_stage(shop: Shop) -> Stage:
    """Make the objects; nothing else may touch them."""
    customer, other = shop.new_customer(), shop.regular
    street = f"1 Quiet Street {shop.fresh('home')}"
    home = shop.new_address(customer, address_1=street)
    office = shop.new_address(customer, address_1="2 Office Park")
    line = Line(shop.product(), quantity=2)
    first = shop.new_order(customer, [line], billing_address_id=home.id)
    return Stage(customer, other, home, office, first, shop.paid_order(customer, [line]))


def ask_everything(shop: Shop, stage: Stage, shipping_id: int) -> dict[str, Ask]:
    """Each operation by its name; together they would leave nothing on the stage as it is."""
    return {**_orders(shop, stage, shipping_id), **_customers(shop, stage)}


def _orders(shop: Shop, stage: Stage, shipping_id: int) -> dict[str, Ask]:
    order, charge = stage.open, stage.open.charge.id
    copy = order.address("billing")
    line = Line(shop.product())
    rows = [{"id": line.product.object_id, "quantity": 1}]
    status = {"action": "change_order_status", "statuses": {"order_status": "canceled"}}
    bulk = {"action": "change_order_status", "order_ids": [order.id], "new_status": "processing"}
    edited = shop.update_body(order, note="Nobody wrote this")
    paid = {"payment_method": "offline_payment", "transaction_type": "charge"}
    named = {"email": shop.fresh_email("nobody"), **shop.wire.customer_names("No", "Body")}
    return {
        "list_orders": Ask(),
        "get_order": Ask((order.id,)),
        "get_order_transactions": Ask((order.id,)),
        "get_order_transaction": Ask((order.id, charge)),
        "get_shipping_methods": Ask(),
        "calculate_shipping": Ask((), {"order_items": rows, "shipping_id": shipping_id}),
        "create_order": Ask((), order_body(stage.customer, [line], {})),
        "create_custom_item": Ask((order.id,), shop.wire.custom_item("Nothing", 333, 1)),
        "update_order": Ask((order.id,), {**shop.wire.whole_update(order.raw), **edited}),
        "update_order_address_id": Ask((order.id,), {"address_id": stage.office.id}),
        "update_order_address": Ask(
            (order.id, copy.id if copy else NOBODY), {"order_id": order.id, "city": "Nowhere"}
        ),
        "orders_bulk": Ask((), bulk),
        "update_statuses": Ask((order.id,), status),
        "change_customer": Ask((order.id,), {"customer_id": stage.other.id}),
        "create_and_change_customer": Ask((order.id,), named),
        "update_transaction_status": Ask((order.id, charge), {"status": "failed"}),
        "sync_statuses": Ask((order.id,), {}),
        "mark_as_paid": Ask((order.id,), paid),
        "generate_missing_licenses": Ask((order.id,), {}),
        "accept_dispute": Ask((stage.paid.id, stage.paid.charge.id), {"dispute_note": "No"}),
        "refund_order": Ask((stage.paid.id,), shop.wire.refund(stage.paid.charge.id, 1, {})),
        "delete_order": Ask((order.id,)),
    }


def _customers(shop: Shop, stage: Stage) -> dict[str, Ask]:
    customer, wire = stage.customer, shop.wire
    own = (customer.id,)
    address = wire.new_address("billing", customer, dict(ADDRESS))
    return {
        "list_customers": Ask(),
        "get_customer": Ask(own),
        "get_customer_stats": Ask(own),
        "get_customer_orders": Ask(own),
        "get_customer_addresses": Ask(own),
        "get_attachable_users": Ask(),
        "create_customer": Ask((), wire.new_customer(shop.fresh_email("nobody"), "No", "Body", {})),
        "update_customer": Ask(own, wire.changed_customer(customer, {"last_name": "Nobody"})),
        "update_customer_additional_info": Ask(own, {"company": "Nobody & Co"}),
        "create_customer_address": Ask(own, address),
        "update_customer_address": Ask(
            own, wire.changed_address(stage.office, {"city": "Nowhere"})
        ),
        "make_primary_address": Ask(own, wire.primary_address(stage.office.id, "billing")),
        "delete_customer_address": Ask(own, wire.dropped_address(stage.office.id)),
        "attach_user": Ask(own, wire.attached_user(NOBODY)),
        "detach_user": Ask(own, {}),
        "customers_bulk": Ask((), _inactive(shop, customer)),
    }


def _inactive(shop: Shop, customer: Customer) -> Mapping[str, Any]:
    return shop.wire.bulk_customers(shop.wire.bulk_customer_status, [customer.id], "inactive")
