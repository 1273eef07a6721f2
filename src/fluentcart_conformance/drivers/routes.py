"""Where each documented operation is reached, below the API root."""

from __future__ import annotations

import re

ROUTES: dict[str, tuple[str, str]] = {
    "list_orders": ("GET", "/orders"),
    "calculate_shipping": ("POST", "/orders/calculate-shipping"),
    "create_order": ("POST", "/orders"),
    "orders_bulk": ("POST", "/orders/do-bulk-action"),
    "mark_as_paid": ("POST", "/orders/{order}/mark-as-paid"),
    "generate_missing_licenses": ("POST", "/orders/{order}/generate-missing-licenses"),
    "get_order": ("GET", "/orders/{order_id}"),
    "update_order": ("POST", "/orders/{order_id}"),
    "update_order_address_id": ("POST", "/orders/{order_id}/update-address-id"),
    "refund_order": ("POST", "/orders/{order_id}/refund"),
    "change_customer": ("POST", "/orders/{order_id}/change-customer"),
    "create_and_change_customer": ("POST", "/orders/{order_id}/create-and-change-customer"),
    "delete_order": ("DELETE", "/orders/{order_id}"),
    "update_statuses": ("PUT", "/orders/{order}/statuses"),
    "get_order_transactions": ("GET", "/orders/{order}/transactions"),
    "accept_dispute": ("POST", "/orders/{order}/transactions/{transaction_id}/accept-dispute/"),
    "get_order_transaction": ("GET", "/orders/{id}/transactions/{transaction_id}"),
    "update_order_address": ("PUT", "/orders/{order}/address/{id}"),
    "update_transaction_status": ("PUT", "/orders/{order}/transactions/{transaction}/status"),
    "create_custom_item": ("POST", "/orders/{order}/create-custom"),
    "get_shipping_methods": ("GET", "/orders/shipping_methods"),
    "sync_statuses": ("PUT", "/orders/{order}/sync-statuses"),
    "list_customers": ("GET", "/customers"),
    "create_customer": ("POST", "/customers"),
    "get_customer": ("GET", "/customers/{customerId}"),
    "update_customer": ("PUT", "/customers/{customerId}"),
    "update_customer_additional_info": ("PUT", "/customers/{customerId}/additional-info"),
    "get_customer_stats": ("GET", "/customers/get-stats/{customer}"),
    "get_customer_orders": ("GET", "/customers/{customerId}/orders"),
    "get_customer_addresses": ("GET", "/customers/{customerId}/address"),
    "update_customer_address": ("PUT", "/customers/{customerId}/address"),
    "create_customer_address": ("POST", "/customers/{customerId}/address"),
    "delete_customer_address": ("DELETE", "/customers/{customerId}/address"),
    "make_primary_address": ("POST", "/customers/{customerId}/address/make-primary"),
    "get_attachable_users": ("GET", "/customers/attachable-user"),
    "attach_user": ("POST", "/customers/{customerId}/attachable-user"),
    "detach_user": ("POST", "/customers/{customerId}/detach-user"),
    "customers_bulk": ("POST", "/customers/do-bulk-action"),
}

_PARAMETER = re.compile(r"\{[^}]+\}")


def route(operation: str, ids: tuple[object, ...]) -> tuple[str, str]:
    """Method and path of an operation, its parameters filled in order."""
    method, template = ROUTES[operation]
    left = iter(ids)
    return method, _PARAMETER.sub(lambda _: str(next(left)), template)


def parameters(operation: str) -> int:
    """How many ids the path of an operation takes."""
    return len(_PARAMETER.findall(ROUTES[operation][1]))
