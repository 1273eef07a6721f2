"""Reading, creating, editing and deleting orders: request in, rules asked, answer out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fluentcart_conformance.store.http import Refusal, Request, Response
from fluentcart_conformance.store.orders.inputs import OrderInput, read_order
from fluentcart_conformance.store.orders.journal import Actor, order_or_404
from fluentcart_conformance.store.orders.listing import read_list
from fluentcart_conformance.store.orders.refunding import read_refund
from fluentcart_conformance.store.paging import paging
from fluentcart_conformance.store.routing import Routes

if TYPE_CHECKING:
    from fluentcart_conformance.store.shop import Shop

routes = Routes()

VIEW = "orders/view"
CREATE = "orders/create"
MANAGE = "orders/manage"
DELETE = "orders/delete"
REFUND = "orders/can_refund"
MANAGE_STATUSES = "orders/manage_statuses"


def acting(request: Request, shop: Shop) -> Actor:
    """Return the caller as the history of an order names him."""
    sql = "SELECT id FROM wp_users WHERE user_login = ?"
    user_id = shop.db.value(sql, (request.identity.user,))
    return Actor(request.identity.user, int(user_id or 0))


@routes.route("GET", "/orders", operation="list_orders", permission=VIEW)
def list_orders(request: Request, shop: Shop) -> Response:
    """One page of orders, searched, filtered and sorted."""
    wish = read_list(request.query)
    page = shop.orders.listing.page(wish, paging(request.query, shop.profile.orders_per_page_max))
    wire = shop.wire.orders
    trees = shop.orders.reader.trees(page.rows, wire.list_relations(wish))
    return Response(200, wire.page(page, trees, wish, request))


@routes.route("POST", "/orders", operation="create_order", permission=CREATE)
def create_order(request: Request, shop: Shop) -> Response:
    """A new order made by hand."""
    sent = _read(request, shop)
    row = shop.orders.creation.create(sent, acting(request, shop))
    return Response(200, shop.wire.orders.created(row))


@routes.route("GET", "/orders/{order_id}", operation="get_order", permission=VIEW)
def get_order(request: Request, shop: Shop) -> Response:
    """One order with everything that belongs to it."""
    return _details(request, shop, request.params["order_id"])


@routes.route("GET", "/orders/{order}/transactions", operation="get_order_transactions",
              permission=VIEW)  # fmt: skip
def get_order_transactions(request: Request, shop: Shop) -> Response:
    """The whole order, which holds its transactions."""
    return _details(request, shop, request.params["order"])


@routes.route("GET", "/orders/{id}/transactions/{transaction_id}",
              operation="get_order_transaction", permission=VIEW)  # fmt: skip
def get_order_transaction(request: Request, shop: Shop) -> Response:
    """The whole order, if the transaction is one of its own."""
    order_id, transaction_id = request.params["id"], request.params["transaction_id"]
    shop.orders.payments.transaction_of_order(order_id, transaction_id)
    return _details(request, shop, order_id)


def _details(request: Request, shop: Shop, order_id: int) -> Response:
    tree = shop.orders.reader.details(order_id)
    return Response(200, shop.wire.orders.details(tree, request))


@routes.route("POST", "/orders/{order_id}", operation="update_order", permission=MANAGE)
def update_order(request: Request, shop: Shop) -> Response:
    """Members and lines sent are changed, the others stay."""
    order_id = request.params["order_id"]
    order_or_404(shop.db, order_id)
    shop.orders.updating.update(order_id, _read(request, shop), acting(request, shop))
    tree = shop.orders.reader.details(order_id)
    return Response(200, shop.wire.orders.updated(tree, request))


def _read(request: Request, shop: Shop) -> OrderInput:
    return read_order(request.fields, decimal_discount=shop.wire.orders.decimal_discount)


@routes.route("DELETE", "/orders/{order_id}", operation="delete_order", permission=DELETE)
def delete_order(request: Request, shop: Shop) -> Response:
    """The order goes with all its data."""
    row = shop.orders.updating.delete(request.params["order_id"])
    return Response(200, shop.wire.orders.deleted(row))


@routes.route("POST", "/orders/do-bulk-action", operation="orders_bulk", permission=MANAGE)
def orders_bulk(request: Request, shop: Shop) -> Response:
    """One action on many orders."""
    sent = request.fields
    result = shop.orders.bulk.run(
        sent.get("action"), sent.get("order_ids"), sent.get("new_status"), acting(request, shop)
    )
    return Response(200, shop.wire.orders.bulk_done(result))


@routes.route("POST", "/orders/{order}/mark-as-paid", operation="mark_as_paid", permission=MANAGE)
def mark_as_paid(request: Request, shop: Shop) -> Response:
    """The whole amount came in."""
    order_id = request.params["order"]
    shop.orders.payments.mark_as_paid(order_id, request.fields, acting(request, shop))
    return Response(200, {"message": "Order has been marked as paid"})


@routes.route("POST", "/orders/{order_id}/refund", operation="refund_order", permission=REFUND)
def refund_order(request: Request, shop: Shop) -> Response:
    """Money goes back."""
    order_id = request.params["order_id"]
    order_or_404(shop.db, order_id)
    in_cents = shop.profile.refund_amount_unit == "cents"
    wish = read_refund(request.fields.get("refund_info"), in_cents=in_cents)
    result = shop.orders.refunds.refund(order_id, wish, acting(request, shop))
    return Response(200, shop.wire.orders.refunded(result))


@routes.route("PUT", "/orders/{order}/statuses", operation="update_statuses",
              permission=MANAGE_STATUSES)  # fmt: skip
def update_statuses(request: Request, shop: Shop) -> Response:
    """The order status or the shipping status moves; `manage_stock` finds no stock module."""
    order_id, sent = request.params["order"], request.fields
    shop.orders.statuses.change(
        order_id, sent.get("action"), sent.get("statuses"), acting(request, shop)
    )
    tree = shop.orders.reader.details(order_id)
    return Response(200, shop.wire.orders.status_updated(tree, request))


@routes.route("PUT", "/orders/{order}/sync-statuses", operation="sync_statuses",
              permission=MANAGE)  # fmt: skip
def sync_statuses(request: Request, shop: Shop) -> Response:
    """Statuses follow from the transactions."""
    order_id = request.params["order"]
    shop.orders.payments.sync(order_id, acting(request, shop))
    tree = shop.orders.reader.details(order_id)
    return Response(200, shop.wire.orders.synced(tree, request))


@routes.route("POST", "/orders/{order}/generate-missing-licenses",
              operation="generate_missing_licenses", permission=MANAGE)  # fmt: skip
def generate_missing_licenses(request: Request, shop: Shop) -> Response:
    """No product of this shop is licensed, so nothing is ever missing."""
    order_or_404(shop.db, request.params["order"])
    raise Refusal(400, "no_missing_licenses", "No missing licenses found!")
