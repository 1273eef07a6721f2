"""The whole tree of an order: the row, its relations and the members worked out from them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fluentcart_conformance.store.db import Row, from_json
from fluentcart_conformance.store.geo import country_name, state_name
from fluentcart_conformance.store.orders.reading import OrderTree
from fluentcart_conformance.store.wire import orders_form as forms
from fluentcart_conformance.store.wire.full_record import (
    full_address_text,
    full_customer,
    label_relation,
)
from fluentcart_conformance.store.wire.orders_form import Json, OrderForm

_ADDRESS_TEXTS = ("address_1", "address_2", "city", "state", "postcode", "country")
_UTM = ("utm_campaign", "utm_term", "utm_source", "utm_medium", "utm_content", "utm_id")
_LATER: Json = {
    "business_info": [],
    "display_tax_lines": [],
    "display_shipping_tax_lines": [],
    "is_b2b_order": False,
    "is_reverse_charge_tax_order": False,
    "order_tax_rates": [],
    "tax_summary": {
        "foldedRateLines": [],
        "includedInPrices": 0,
        "shippingTaxLines": [],
        "shouldRender": False,
        "taxRateLines": [],
    },
}


class OrderRenderer:
    """Writes order trees in one form."""

    def __init__(self, form: OrderForm) -> None:
        self.form = form

    def row(self, row: Row) -> Json:
        """Return an order without relations."""
        return forms.order_row(row, self.form)

    def transaction(self, row: Row) -> Json:
        """Return a transaction."""
        return forms.transaction(row, self.form)

    def with_parts(self, tree: OrderTree, site: str) -> Json:
        """Return an order with the relations and counts that were loaded."""
        members = self.row(tree.order)
        for name, part in tree.parts.items():
            members[name] = self.part(name, part, tree, site)
        return members

    def details(self, tree: OrderTree, site: str) -> Json:
        """Return the whole order with the members that are worked out."""
        uuid = tree.order["uuid"]
        members = self.with_parts(tree, site)
        checkout = f"{site}/?fluent-cart=custom_checkout&order_hash={uuid}"
        members |= {
            "custom_checkout_url": checkout,
            "has_missing_licenses": False,
            "receipt_url": f"{site}/?order_hash={uuid}",
        }
        return members | _LATER if self.form.later else members

    def part(self, name: str, part: Any, tree: OrderTree, site: str) -> Any:
        """Return one relation."""
        write = self._writer(name, tree, site)
        if isinstance(part, list):
            return [write(row) for row in part]
        return write(part) if part else None

    def _writer(self, name: str, tree: OrderTree, site: str) -> Callable[[Row], Any]:
        """Return what writes one row of a relation."""
        if name.endswith(("_address", "_addresses")):
            return lambda row: self._address(row, tree, site)
        writers: dict[str, Callable[[Row], Any]] = {
            "order_items": lambda row: forms.line(row, self.form, site),
            "transactions": self.transaction,
            "customer": lambda row: self.customer(row, site),
            "parent_order": self.row,
            "children": self.row,
            "order_operation": self._operation,
            "subscriptions": self._subscription,
            "activities": self._activity,
            "labels": self._label,
            "applied_coupons": self._coupon,
        }
        return writers[name]

    def customer(self, row: Row, site: str) -> Json:
        """Return the full record of the order's customer."""
        if self.form.observed:
            return full_customer(row, self.form.customer, site=site)
        record = full_customer(row, self.form.customer, row["labels"], site)
        own = dict.fromkeys(("address_1", "address_2", "type", "company_name", "label"), "")
        record["formatted_address"] |= {
            **own,
            "name": record["full_name"],
            "email": row["email"],
            "phone": row["phone"],
            "full_address": full_address_text({**row, **own}),
        }
        return record | {"labels": [self._label(label) for label in row["labels"]]}

    def _address(self, row: Row, tree: OrderTree, site: str) -> Json:
        texts = {name: row[name] for name in _ADDRESS_TEXTS}
        names = {name: row[name] for name in ("first_name", "last_name")}
        name = row["name"] or " ".join(part for part in names.values() if part)
        business = {"vat_number": "", "legal_registration_id": ""} if self.form.later else {}
        members: Json = {
            "id": row["id"],
            "order_id": str(row["order_id"]),
            "type": row["type"],
            "name": name,
            **texts,
            "meta": from_json(row["meta"]) or self.form.empty_object(),
            "created_at": self.form.moment(row["created_at"]),
            "updated_at": self.form.moment(row["updated_at"]),
            "email": row["email"],
            **names,
            "full_name": name,
            "formatted_address": {
                **texts,
                "country": country_name(row["country"]),
                "state": state_name(row["country"], row["state"]),
                "type": row["type"],
                "name": name,
                **names,
                "full_name": name,
                "email": row["email"],
                "company_name": row["company_name"],
                **business,
                "label": row["label"],
                "phone": row["phone"],
                "full_address": full_address_text(row),
            },
            "company_name": row["company_name"],
            **business,
            "phone": row["phone"],
            "label": row["label"],
        }
        if self.form.observed:
            customer = tree.parts.get("customer")
            shown = {"customer": self.customer(customer, site)} if customer else {}
            members["order"] = self.row(tree.order) | shown
        return members

    def _operation(self, row: Row) -> Json | None:
        if self.form.observed:
            # The plugin keeps this for orders from its own checkout only.
            return None
        return {
            "id": row["id"],
            "order_id": str(row["order_id"]),
            "created_via": row["created_via"],
            "emails_sent": str(row["emails_sent"]),
            "sales_recorded": str(row["sales_recorded"]),
            **{name: row[name] for name in _UTM},
            "cart_hash": row["cart_hash"],
            "refer_url": row["refer_url"],
            "meta": from_json(row["meta"]),
            "created_at": self.form.moment(row["created_at"]),
            "updated_at": self.form.moment(row["updated_at"]),
        }

    def _activity(self, row: Row) -> Json:
        return {
            "id": row["id"],
            "status": row["status"],
            "log_type": row["log_type"],
            "module_type": row["module_type"],
            "module_id": row["module_id"],
            "module_name": row["module_name"],
            "user_id": str(row["wp_user_id"] or 0),
            "title": row["title"],
            "content": row["content"],
            "read_status": row["read_status"],
            "created_by": row["created_by"],
            "created_at": self.form.moment(row["created_at"]),
            "updated_at": self.form.moment(row["updated_at"]),
            "user": {
                "ID": row["wp_user_id"] or 0,
                "display_name": row["display_name"] or row["created_by"],
                "user_email": row["user_email"] or "",
            },
        }

    def _label(self, row: Row) -> Json:
        if self.form.observed:
            return label_relation(row, "Order")
        return {
            "id": row["id"],
            "value": row["value"],
            "color": row["color"],
            "created_at": self.form.moment(row["created_at"]),
            "updated_at": self.form.moment(row["updated_at"]),
        }

    def _subscription(self, row: Row) -> Json:
        moments = ("next_billing_date", "expiry_date", "activated_at", "canceled_at")
        return {
            "id": row["id"],
            "parent_id": row["parent_order_id"],
            "customer_id": row["customer_id"],
            "status": row["status"],
            "payment_method": row["payment_method"],
            "vendor_subscription_id": row["vendor_subscription_id"],
            "billing_interval": row["billing_interval"],
            "bill_times": row["bill_times"],
            "recurring_amount": row["recurring_amount"],
            "trial_days": row["trial_days"],
            "initial_amount": row["initial_amount"],
            "currency": row["currency"],
            "uuid": row["uuid"],
            **{name: row[name] for name in moments},
            "created_at": self.form.moment(row["created_at"]),
            "updated_at": self.form.moment(row["updated_at"]),
        }

    def _coupon(self, row: Row) -> Json:
        stamps = {name: self.form.moment(row[name]) for name in ("created_at", "updated_at")}
        return {**row, **stamps}
