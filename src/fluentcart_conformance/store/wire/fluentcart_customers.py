"""Customer operations as the plugin puts them on the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fluentcart_conformance.store.customers.bulk import BulkResult, bulk_ids
from fluentcart_conformance.store.customers.customers import CustomerFilter
from fluentcart_conformance.store.db import Row, from_json
from fluentcart_conformance.store.geo import country_name, state_name
from fluentcart_conformance.store.http import Refusal, Request, invalid
from fluentcart_conformance.store.paging import Page
from fluentcart_conformance.store.profiles import Profile
from fluentcart_conformance.store.values import integer
from fluentcart_conformance.store.wire.customers import AddressWish, BulkWish, CustomersWire
from fluentcart_conformance.store.wire.full_record import (
    FullRecordForm,
    full_address_text,
    full_customer,
    label_relation,
)
from fluentcart_conformance.store.wire.paginator import paginator
from fluentcart_conformance.store.wire.text import iso_offset

if TYPE_CHECKING:
    from fluentcart_conformance.store.wire.orders_tree import OrderRenderer

Json = dict[str, Any]

_BULK_ACTIONS = {"change_customer_status": "update_status", "delete_customers": "delete"}


class FluentCartCustomers(CustomersWire):
    """The full record everywhere, one paginator, `{message, data}` for writes."""

    takes_free_info = False
    required_address = {  # noqa: RUF012 - never changed
        "name": "Name",
        "email": "Email",
        "address_1": "Street Address",
        "city": "City",
        "country": "Country",
    }

    def __init__(self, profile: Profile, order_rows: OrderRenderer) -> None:
        self.order_rows = order_rows
        self.is_later = profile.version >= (1, 5)
        self.form = FullRecordForm(
            no_user=None if self.is_later else "0", absent=None if self.is_later else ""
        )

    def list_filter(self, query: Json) -> CustomerFilter:
        """Read `search`; there are no other filters."""
        search = query.get("search")
        return CustomerFilter(search=search if isinstance(search, str) else "")

    def list_order(self, query: Json) -> tuple[str, bool]:
        """Read `sort_by` and `sort_type` (asc or desc, default desc)."""
        return str(query.get("sort_by", "id")), str(query.get("sort_type", "")).lower() == "asc"

    def bulk_wish(self, body: Json) -> BulkWish:
        """Read `action`, `customer_ids` and `new_status`."""
        ids = bulk_ids(body.get("customer_ids"))
        action = body.get("action")
        if not isinstance(action, str) or action not in _BULK_ACTIONS:
            raise Refusal(400, "validation_error", "Selected action is invalid")
        return BulkWish(_BULK_ACTIONS[action], ids, body.get("new_status"))

    def address_wish(self, operation: str, body: Json) -> AddressWish:
        """Read `id` for an update, `address.id` for a deletion, `addressId` and `type` else."""
        kind = None
        if operation == "update_customer_address":
            sent = body.get("id")
        elif operation == "delete_customer_address":
            address = body.get("address")
            sent = address.get("id") if isinstance(address, dict) else None
        else:
            sent, kind = body.get("addressId"), body.get("type")
        address_id = integer(sent)
        if address_id is None:
            raise Refusal(422, "validation_error", "Please use a valid address ID!")
        if operation == "make_primary_address" and not isinstance(kind, str):
            raise Refusal(422, "validation_error", "Address set as primary failed.")
        return AddressWish(address_id, kind)

    def user_wish(self, body: Json) -> int:
        """Read `user_id`, a string of digits."""
        sent = body.get("user_id")
        if sent is None or sent == "":
            raise invalid("user_id", "required", "User is required.")
        if not isinstance(sent, str):
            raise invalid("user_id", "string", "The user_id must be a string.")
        user_id = integer(sent)
        if user_id is None:
            raise invalid("user_id", "3", "User not found.")
        return user_id

    def page(self, page: Page, request: Request) -> Json:
        """`{customers: paginator}`."""
        rows = [self._full(row) for row in page.rows]
        return {"customers": paginator(page, rows, request)}

    def created(self, row: Row) -> Json:
        """`{message, data: customer}`."""
        return {"message": "Customer created successfully!", "data": self._full(row)}

    def details(self, row: Row, addresses: list[Row], labels: list[Row]) -> Json:
        """`{customer}` with label relations."""
        del addresses
        relations = [label_relation(label, "Customer") for label in labels]
        return {"customer": self._full(row, labels) | {"labels": relations}}

    def updated(self, row: Row, labels: list[Row]) -> Json:
        """`{message, data: customer}`."""
        del labels
        return {"message": "Customer updated successfully!", "data": self._full(row)}

    def info_updated(self, row: Row) -> Json:
        """`{message, data: true}`."""
        del row
        return {"message": "Customer updated successfully!", "data": True}

    def stats(self, row: Row) -> Json:
        """`{widgets: []}`; the figures are in the record."""
        del row
        return {"widgets": []}

    def orders(self, page: Page, request: Request) -> Json:
        """`{orders: paginator}` of whole order rows."""
        rows = [self.order_rows.row(row) for row in page.rows]
        return {"orders": paginator(page, rows, request)}

    def addresses(self, rows: list[Row]) -> Json:
        """`{addresses}`, newest first."""
        return {"addresses": [self._address(row) for row in reversed(rows)]}

    def address_created(self, row: Row) -> Json:
        """`{message, data: address}`."""
        message = f"{row['type'].capitalize()} address created successfully!"
        return {"message": message, "data": self._address(row)}

    def address_updated(self, row: Row) -> Json:
        """`{message, data: address}`."""
        message = f"{row['type'].capitalize()} address updated successfully!"
        return {"message": message, "data": self._address(row)}

    def address_deleted(self) -> Json:
        """`{message, data: ""}`."""
        return {"message": "Address successfully deleted.", "data": ""}

    def address_made_primary(self, row: Row) -> Json:
        """`{message, data: ""}`."""
        del row
        return {"message": "Address successfully set as the primary", "data": ""}

    def users(self, rows: list[Row]) -> Json:
        """`{users}`: ID, display_name, user_email."""
        return {
            "users": [
                {
                    "ID": row["id"],
                    "display_name": row["display_name"],
                    "user_email": row["user_email"],
                }
                for row in rows
            ]
        }

    def attached(self, row: Row) -> Json:
        """`{message}`."""
        del row
        return {"message": "User attached successfully"}

    def detached(self, row: Row) -> Json:
        """`{message}`."""
        del row
        return {"message": "User detached successfully"}

    def bulk_done(self, result: BulkResult) -> Json:
        """`{message, data: ""}`; an action that reached nobody is refused."""
        if not result.done:
            raise Refusal(400, "validation_error", "Customer update failed.")
        message = (
            "Selected Customers has been deleted permanently"
            if result.action == "delete"
            else "Customer Status has been changed"
        )
        return {"message": message, "data": ""}

    def _full(self, row: Row, labels: list[Row] | None = None) -> Json:
        return full_customer(row, self.form, labels)

    def _address(self, row: Row) -> Json:
        absent = self.form.absent
        more = {"company_name": row["company_name"]}
        if self.is_later:
            more |= {"vat_number": "", "legal_registration_id": ""}
        plain = {name: row[name] for name in ("address_1", "city")}
        optional = {name: row[name] or absent for name in ("address_2", "phone")}
        return {
            "id": row["id"],
            "customer_id": str(row["customer_id"]),
            "is_primary": str(row["is_primary"]),
            "type": row["type"],
            "status": row["status"],
            "label": row["label"],
            "name": row["name"],
            **plain,
            **optional,
            "state": row["state"],
            "email": row["email"],
            "postcode": row["postcode"],
            "country": row["country"],
            "meta": from_json(row["meta"]) or [],
            "created_at": iso_offset(row["created_at"]),
            "updated_at": iso_offset(row["updated_at"]),
            "formatted_address": {
                "country": country_name(row["country"]),
                "state": state_name(row["country"], row["state"]),
                **plain,
                "postcode": row["postcode"],
                **optional,
                "type": row["type"],
                "name": row["name"],
                "first_name": None,
                "last_name": None,
                "full_name": None,
                **more,
                "label": row["label"],
                "full_address": full_address_text(row),
            },
            **more,
        }
