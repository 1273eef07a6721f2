"""Which permission an operation on orders needs (orders-api: the line Permission of each)."""

from __future__ import annotations

from fluentcart_conformance.drivers.stage import NOBODY, Ask, ask_everything, set_stage
from fluentcart_conformance.scenarios import Answer, Shop, needs, requirement
from fluentcart_conformance.target.preflight import TargetReport

# In an order in which the administrator's requests can follow one another.
PERMISSIONS = {
    "list_orders": "AUT-PERM-LIST-ORDERS",
    "get_order": "AUT-PERM-GET-ORDER",
    "get_order_transactions": "AUT-PERM-GET-ORDER-TRANSACTIONS",
    "get_order_transaction": "AUT-PERM-GET-ORDER-TRANSACTION",
    "get_shipping_methods": "AUT-PERM-GET-SHIPPING-METHODS",
    "calculate_shipping": "AUT-PERM-CALCULATE-SHIPPING",
    "create_order": "AUT-PERM-CREATE-ORDER",
    "create_custom_item": "AUT-PERM-CREATE-CUSTOM-ITEM",
    "update_order": "AUT-PERM-UPDATE-ORDER",
    "update_order_address_id": "AUT-PERM-UPDATE-ORDER-ADDRESS-ID",
    "update_order_address": "AUT-PERM-UPDATE-ORDER-ADDRESS",
    "orders_bulk": "AUT-PERM-ORDERS-BULK",
    "update_transaction_status": "AUT-PERM-UPDATE-TRANSACTION-STATUS",
    "sync_statuses": "AUT-PERM-SYNC-STATUSES",
    "mark_as_paid": "AUT-PERM-MARK-AS-PAID",
    "update_statuses": "AUT-PERM-UPDATE-STATUSES",
    "generate_missing_licenses": "AUT-PERM-GENERATE-MISSING-LICENSES",
    "change_customer": "AUT-PERM-CHANGE-CUSTOMER",
    "create_and_change_customer": "AUT-PERM-CREATE-AND-CHANGE-CUSTOMER",
    "accept_dispute": "AUT-PERM-ACCEPT-DISPUTE",
    "refund_order": "AUT-PERM-REFUND-ORDER",
    "delete_order": "AUT-PERM-DELETE-ORDER",
}
# Whether these can be carried out depends on what the target has; being served is enough.
CONDITIONAL = ("calculate_shipping", "generate_missing_licenses", "accept_dispute", "delete_order")


@needs("low_identity")
def test_each_operation_serves_those_with_the_permission_alone(
    shop: Shop, target: TargetReport
) -> None:
    asks = ask_everything(shop, set_stage(shop), next(iter(target.shipping_methods), NOBODY))
    for operation, requirement_id in PERMISSIONS.items():
        ask = asks[operation]
        body = {} if ask.json is None else {"json": ask.json}
        low = shop.as_("low").send(operation, *ask.ids, **body)
        admin = _served(shop, operation, ask)
        with requirement(requirement_id):
            assert low.status in shop.refusal("auth.forbidden"), f"without it: {low}"
            assert admin.status not in (401, 403), f"with it: {admin}"
            assert operation in CONDITIONAL or admin.accepted, f"with it: {admin}"


def _served(shop: Shop, operation: str, ask: Ask) -> Answer:
    """The administrator's request, through the driver where it makes or removes something."""
    if operation == "create_order":
        return shop.create_order_with(ask.json)
    if operation == "create_and_change_customer":
        names = {key: value for key, value in ask.json.items() if key != "email"}
        return shop.create_and_change_customer(ask.ids[0], ask.json["email"], **names)
    if operation == "delete_order":
        return shop.delete_order(ask.ids[0])
    body = {} if ask.json is None else {"json": ask.json}
    return shop.send(operation, *ask.ids, **body)
