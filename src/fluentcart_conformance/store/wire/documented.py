"""The wire layer of profile `documented`: customers-api wrapped, orders-api bare."""

from __future__ import annotations

from fluentcart_conformance.store.http import Refusal, Response
from fluentcart_conformance.store.profiles import Profile
from fluentcart_conformance.store.wire.base import Wire, wordpress_error
from fluentcart_conformance.store.wire.documented_customers import DocumentedCustomers
from fluentcart_conformance.store.wire.orders_documented import DocumentedOrders

CUSTOMER_OPERATIONS = frozenset(
    {
        "list_customers",
        "create_customer",
        "get_customer",
        "update_customer",
        "update_customer_additional_info",
        "get_customer_stats",
        "get_customer_orders",
        "get_customer_addresses",
        "update_customer_address",
        "create_customer_address",
        "delete_customer_address",
        "make_primary_address",
        "get_attachable_users",
        "attach_user",
        "detach_user",
        "customers_bulk",
    }
)


class DocumentedWire(Wire):
    """Speaks the documents to the letter."""

    def __init__(self, profile: Profile) -> None:
        super().__init__(profile)
        self.customers = DocumentedCustomers()
        self.orders = DocumentedOrders()

    def refusal(self, operation: str, refusal: Refusal) -> Response:
        """Customer operations: `{success: false, error: {code, message}}`; others WordPress' form.

        A refused caller is answered in WordPress' form everywhere. Wrong members are named as
        WordPress does, in `data.params`.
        """
        if operation not in CUSTOMER_OPERATIONS and refusal.code == "order_not_found":
            code = "fluent_cart_entity_not_found"
            return wordpress_error(Refusal(refusal.status, code, "Order not found"))
        if operation not in CUSTOMER_OPERATIONS or refusal.code == "rest_forbidden":
            return wordpress_error(_with_params(refusal))
        code = "validation_error" if refusal.code.startswith("rest_") else refusal.code
        error = {"code": code, "message": refusal.message}
        return Response(refusal.status, {"success": False, "error": error})


def _with_params(refusal: Refusal) -> Refusal:
    """The refusal with what is said of each wrong member, where it knows them."""
    if not refusal.fields or refusal.data is not None:
        return refusal
    params = {name: next(iter(rules.values())) for name, rules in refusal.fields.items()}
    return Refusal(refusal.status, refusal.code, refusal.message, data={"params": params})
