"""What hangs off an order: transactions, addresses, customer, shipping, custom items."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fluentcart_conformance.store.customers.handlers import read_new_customer
from fluentcart_conformance.store.http import Refusal, Request, Response
from fluentcart_conformance.store.orders.handlers import CREATE, MANAGE, acting
from fluentcart_conformance.store.orders.journal import order_or_404
from fluentcart_conformance.store.orders.money import to_number
from fluentcart_conformance.store.routing import Routes

if TYPE_CHECKING:
    from fluentcart_conformance.store.shop import Shop

routes = Routes()


@routes.route("PUT", "/orders/{order}/transactions/{transaction}/status",
              operation="update_transaction_status", permission=MANAGE)  # fmt: skip
def update_transaction_status(request: Request, shop: Shop) -> Response:
    """The status of a transaction, and the order's payment status with it."""
    row = shop.orders.payments.set_transaction_status(
        request.params["order"], request.params["transaction"], request.fields.get("status")
    )
    return Response(200, shop.wire.orders.transaction_updated(row))


@routes.route("POST", "/orders/{order}/transactions/{transaction_id}/accept-dispute",
              operation="accept_dispute", permission=MANAGE)  # fmt: skip
def accept_dispute(request: Request, shop: Shop) -> Response:
    """A chargeback is accepted."""
    note = request.fields.get("dispute_note")
    shop.orders.payments.accept_dispute(
        request.params["order"],
        request.params["transaction_id"],
        note if isinstance(note, str) else "",
        acting(request, shop),
    )
    return Response(200, {"message": "Dispute accepted!"})


@routes.route("POST", "/orders/{order_id}/change-customer", operation="change_customer",
              permission=MANAGE)  # fmt: skip
def change_customer(request: Request, shop: Shop) -> Response:
    """The order goes to another customer."""
    order_id = request.params["order_id"]
    order_or_404(shop.db, order_id)
    customer_id = _customer_id(request.fields.get("customer_id"))
    changed = shop.orders.customers.change(order_id, customer_id, acting(request, shop))
    message = "Customer changed successfully"
    return Response(
        200, {"message": message if changed else "Customer is already attached to this order"}
    )


def _customer_id(sent: Any) -> int:
    if sent in (None, "", 0, "0") or isinstance(sent, list | dict | bool):
        raise Refusal(423, "customer_required", "Customer id is required")
    number = to_number(sent)
    if number is None or number != number.to_integral_value() or not 0 < number < 2**63:
        raise Refusal(404, "customer_not_found", f"Customer with ID {sent} not found")
    return int(number)


@routes.route("POST", "/orders/{order_id}/create-and-change-customer",
              operation="create_and_change_customer", permission=MANAGE)  # fmt: skip
def create_and_change_customer(request: Request, shop: Shop) -> Response:
    """A new customer gets the order; without the order there is no customer either."""
    order_id = request.params["order_id"]
    order_or_404(shop.db, order_id)
    fields, info, user_id = read_new_customer(request.fields, shop)
    customer = shop.customers.create(fields, info, user_id)
    shop.orders.customers.change(order_id, customer["id"], acting(request, shop))
    tree = shop.orders.reader.details(order_id)
    return Response(200, shop.wire.orders.customer_created(tree, request))


@routes.route("POST", "/orders/{order_id}/update-address-id",
              operation="update_order_address_id", permission=MANAGE)  # fmt: skip
def update_order_address_id(request: Request, shop: Shop) -> Response:
    """An address of the customer becomes one of the order."""
    order_id, sent = request.params["order_id"], request.fields
    shop.orders.addresses.assign(order_id, sent.get("address_id"), sent.get("address_type"))
    tree = shop.orders.reader.details(order_id)
    return Response(200, shop.wire.orders.address_assigned(tree, request))


@routes.route("PUT", "/orders/{order}/address/{id}", operation="update_order_address",
              permission=MANAGE)  # fmt: skip
def update_order_address(request: Request, shop: Shop) -> Response:
    """Members sent are changed in an address of the order."""
    shop.orders.addresses.edit(request.params["order"], request.params["id"], request.fields)
    return Response(200, shop.wire.orders.address_edited())


@routes.route("POST", "/orders/{order}/create-custom", operation="create_custom_item",
              permission=CREATE)  # fmt: skip
def create_custom_item(request: Request, shop: Shop) -> Response:
    """A line that is in no catalogue."""
    order_id = request.params["order"]
    row = shop.orders.custom_items.add(
        order_id, request.fields.get("product"), acting(request, shop)
    )
    return Response(200, shop.wire.orders.custom_item_added(row, order_id))


@routes.route("GET", "/orders/shipping_methods", operation="get_shipping_methods",
              permission=MANAGE)  # fmt: skip
def get_shipping_methods(request: Request, shop: Shop) -> Response:
    """Methods for a place, and the others."""
    query = request.query
    country, state = query.get("country_code"), query.get("state")
    here, elsewhere = shop.orders.shipping.methods(
        country if isinstance(country, str) else "",
        state if isinstance(state, str) else "",
        query.get("order_items"),
    )
    spell = shop.wire.orders.shipping_method
    body = {
        "shipping_methods": [spell(row) for row in here],
        "other_shipping_methods": [spell(row) for row in elsewhere],
    }
    return Response(200, body)


@routes.route("POST", "/orders/calculate-shipping", operation="calculate_shipping",
              permission=(CREATE, MANAGE))  # fmt: skip
def calculate_shipping(request: Request, shop: Shop) -> Response:
    """What a method charges for some lines; nothing is stored."""
    sent = request.fields
    charge, lines = shop.orders.shipping.calculate(sent.get("order_items"), sent.get("shipping_id"))
    return Response(200, shop.wire.orders.shipping_calculated(charge, lines))
