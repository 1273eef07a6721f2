"""The sixteen customer operations: read the request, ask the rules, write the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fluentcart_conformance.store.customers.forms import address_fields, customer_fields
from fluentcart_conformance.store.http import Refusal, Request, Response, invalid
from fluentcart_conformance.store.paging import Page, paging
from fluentcart_conformance.store.routing import Routes
from fluentcart_conformance.store.values import integer

if TYPE_CHECKING:
    from fluentcart_conformance.store.shop import Shop

routes = Routes()

VIEW = "customers/view"
MANAGE = "customers/manage"
DELETE = "customers/delete"


@routes.route("GET", "/customers", operation="list_customers", permission=VIEW)
def list_customers(request: Request, shop: Shop) -> Response:
    """One page of customers, narrowed and sorted."""
    wire = shop.wire.customers
    column, ascending = wire.list_order(request.query)
    wanted = paging(request.query, shop.profile.customers_per_page_max)
    page = shop.customers.page(wire.list_filter(request.query), wanted, column, ascending=ascending)
    return Response(200, wire.page(page, request))


@routes.route("POST", "/customers", operation="create_customer", permission=MANAGE)
def create_customer(request: Request, shop: Shop) -> Response:
    """A new customer."""
    row = shop.customers.create(*read_new_customer(request.fields, shop))
    return Response(200, shop.wire.customers.created(row))


@routes.route("GET", "/customers/{customerId}", operation="get_customer", permission=VIEW)
def get_customer(request: Request, shop: Shop) -> Response:
    """One customer with addresses and labels."""
    customer_id = request.params["customerId"]
    row = shop.customers.get(customer_id)
    answer = shop.wire.customers.details(
        row, shop.addresses.all(customer_id), shop.customers.labels(customer_id)
    )
    return Response(200, answer)


@routes.route("PUT", "/customers/{customerId}", operation="update_customer", permission=MANAGE)
def update_customer(request: Request, shop: Shop) -> Response:
    """Members sent are changed, the others stay."""
    customer_id = request.params["customerId"]
    shop.customers.get(customer_id)
    body = request.fields
    fields = customer_fields(body, full_name_mode=shop.full_name_mode, partial=True)
    _cleared(body, fields)
    row = shop.customers.update(customer_id, fields)
    info = _info(body)
    if info:
        row = shop.customers.add_info(customer_id, info)
    answer = shop.wire.customers.updated(row, shop.customers.labels(customer_id))
    return Response(200, answer)


@routes.route(
    "PUT",
    "/customers/{customerId}/additional-info",
    operation="update_customer_additional_info",
    permission=MANAGE,
)
def update_customer_additional_info(request: Request, shop: Shop) -> Response:
    """Free members are merged; the plugin takes labels only."""
    customer_id = request.params["customerId"]
    row = shop.customers.get(customer_id)
    if shop.wire.customers.takes_free_info:
        if not request.body:
            raise Refusal(422, "validation_error", "Nothing to update.")
        row = shop.customers.add_info(customer_id, _texts(request.body))
    else:
        shop.customers.set_labels(customer_id, _labels(request.fields))
    return Response(200, shop.wire.customers.info_updated(row))


@routes.route(
    "GET", "/customers/get-stats/{customer}", operation="get_customer_stats", permission=VIEW
)
def get_customer_stats(request: Request, shop: Shop) -> Response:
    """Count, sum and average of the customer's orders."""
    row = shop.customers.get(request.params["customer"])
    return Response(200, shop.wire.customers.stats(row))


@routes.route(
    "GET", "/customers/{customerId}/orders", operation="get_customer_orders", permission=VIEW
)
def get_customer_orders(request: Request, shop: Shop) -> Response:
    """The customer's orders: all of them as documented, a page in the plugin's form."""
    customer_id = request.params["customerId"]
    if shop.profile.is_documented:
        rows = shop.customers.orders(customer_id)
        page = Page(rows, 1, max(1, len(rows)), len(rows))
    else:
        wanted = paging(request.query, shop.profile.orders_per_page_max)
        page = shop.customers.orders_page(customer_id, wanted)
    return Response(200, shop.wire.customers.orders(page, request))


@routes.route(
    "GET", "/customers/{customerId}/address", operation="get_customer_addresses", permission=VIEW
)
def get_customer_addresses(request: Request, shop: Shop) -> Response:
    """The customer's addresses, of one `type` if asked."""
    kind = request.query.get("type")
    rows = shop.addresses.all(request.params["customerId"], kind if isinstance(kind, str) else None)
    return Response(200, shop.wire.customers.addresses(rows))


@routes.route(
    "POST",
    "/customers/{customerId}/address",
    operation="create_customer_address",
    permission=MANAGE,
)
def create_customer_address(request: Request, shop: Shop) -> Response:
    """A new address of this customer."""
    customer_id = request.params["customerId"]
    shop.customers.get(customer_id)
    wire = shop.wire.customers
    fields = address_fields(request.fields, wire.required_address, partial=False)
    row = shop.addresses.create(customer_id, fields, primary=_primary(request.fields))
    return Response(200, wire.address_created(row))


@routes.route(
    "PUT",
    "/customers/{customerId}/address",
    operation="update_customer_address",
    permission=MANAGE,
)
def update_customer_address(request: Request, shop: Shop) -> Response:
    """Members sent are changed in an address of this customer."""
    customer_id = request.params["customerId"]
    shop.customers.get(customer_id)
    wire = shop.wire.customers
    wish = wire.address_wish("update_customer_address", request.fields)
    before = shop.addresses.get(customer_id, wish.address_id)
    body = request.fields
    if body.get("state") is not None and body.get("country") is None:
        body = {**body, "country": before["country"] or None}
    fields = address_fields(body, wire.required_address, partial=True)
    row = shop.addresses.update(
        customer_id, wish.address_id, fields, primary=_primary(request.fields)
    )
    return Response(200, wire.address_updated(row))


@routes.route(
    "DELETE",
    "/customers/{customerId}/address",
    operation="delete_customer_address",
    permission=MANAGE,
)
def delete_customer_address(request: Request, shop: Shop) -> Response:
    """An address of this customer goes."""
    customer_id = request.params["customerId"]
    shop.customers.get(customer_id)
    wish = shop.wire.customers.address_wish("delete_customer_address", request.fields)
    shop.addresses.delete(customer_id, wish.address_id)
    return Response(200, shop.wire.customers.address_deleted())


@routes.route(
    "POST",
    "/customers/{customerId}/address/make-primary",
    operation="make_primary_address",
    permission=MANAGE,
)
def make_primary_address(request: Request, shop: Shop) -> Response:
    """An address becomes the primary one of its type."""
    customer_id = request.params["customerId"]
    shop.customers.get(customer_id)
    wish = shop.wire.customers.address_wish("make_primary_address", request.fields)
    row = shop.addresses.make_primary(customer_id, wish.address_id, wish.kind)
    return Response(200, shop.wire.customers.address_made_primary(row))


@routes.route(
    "GET", "/customers/attachable-user", operation="get_attachable_users", permission=VIEW
)
def get_attachable_users(request: Request, shop: Shop) -> Response:
    """WordPress users no customer has."""
    del request
    return Response(200, shop.wire.customers.users(shop.users.attachable()))


@routes.route(
    "POST", "/customers/{customerId}/attachable-user", operation="attach_user", permission=MANAGE
)
def attach_user(request: Request, shop: Shop) -> Response:
    """A free WordPress user is given to the customer."""
    customer_id = request.params["customerId"]
    shop.customers.get(customer_id)
    row = shop.users.attach(customer_id, shop.wire.customers.user_wish(request.fields))
    return Response(200, shop.wire.customers.attached(row))


@routes.route(
    "POST", "/customers/{customerId}/detach-user", operation="detach_user", permission=MANAGE
)
def detach_user(request: Request, shop: Shop) -> Response:
    """The customer's WordPress user is taken away; nothing attached is no error."""
    row = shop.users.detach(request.params["customerId"])
    return Response(200, shop.wire.customers.detached(row))


@routes.route(
    "POST", "/customers/do-bulk-action", operation="customers_bulk", permission=(MANAGE, DELETE)
)
def customers_bulk(request: Request, shop: Shop) -> Response:
    """One action on many customers; deleting needs its own permission."""
    wish = shop.wire.customers.bulk_wish(request.fields)
    if not request.identity.may(DELETE if wish.action == "delete" else MANAGE):
        raise Refusal(403, "rest_forbidden", "Sorry, you are not allowed to do that.")
    result = shop.customer_bulk.run(wish.action, wish.ids, wish.status)
    return Response(200, shop.wire.customers.bulk_done(result))


def read_new_customer(
    body: dict[str, Any], shop: Shop
) -> tuple[dict[str, str], dict[str, Any], int | None]:
    """Read fields, additional info and WordPress user of a new customer.

    Raises:
        Refusal: 422 for fields or a user that cannot be taken.
    """
    fields = customer_fields(body, full_name_mode=shop.full_name_mode, partial=False)
    user_id = None
    if body.get("user_id") not in (None, "", 0, "0"):
        user_id = integer(body["user_id"]) or -1
        shop.users.check_free(user_id)
    return fields, _info(body), user_id


def _cleared(body: dict[str, Any], fields: dict[str, str]) -> None:
    """Let null empty the members that may be empty."""
    for name in ("phone", "notes", "country", "city", "state", "postcode"):
        if name in body and body[name] is None:
            fields[name] = ""


def _info(body: dict[str, Any]) -> dict[str, Any]:
    sent = body.get("additional_info")
    if sent is None or sent == []:
        return {}
    if not isinstance(sent, dict):
        raise invalid("additional_info", "object", "The additional_info must be an object.")
    return _texts(sent)


def _texts(info: Any) -> dict[str, Any]:
    """Company and notes are texts; any other field may be anything."""
    members = info if isinstance(info, dict) else {}
    for name in ("company", "notes"):
        if not isinstance(members.get(name), str | None):
            raise invalid(name, "string", f"The {name} must be a string.")
    return members


def _labels(body: dict[str, Any]) -> list[int]:
    sent = body.get("labels")
    if sent is None:
        message = "Customer does not have any changes to update."
        raise Refusal(400, "validation_error", message)
    ids = [integer(one) for one in sent] if isinstance(sent, list) else [None]
    if any(one is None for one in ids):
        raise invalid("labels", "array", "The labels must be a list of label ids.")
    return [one for one in ids if one is not None]


def _primary(body: dict[str, Any]) -> bool:
    sent = body.get("is_primary")
    if sent in (None, "", False, True):
        return sent is True
    number = integer(sent)
    if number is None:
        raise invalid("is_primary", "numeric", "The is_primary must be a number.")
    return number == 1
