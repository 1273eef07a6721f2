"""Customer operations as customers-api writes them: `{success, data}` and plain numbers."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from fluentcart_conformance.store.customers.bulk import BulkResult, bulk_ids
from fluentcart_conformance.store.customers.customers import CustomerFilter
from fluentcart_conformance.store.db import Row, from_json
from fluentcart_conformance.store.http import Refusal, Request, invalid
from fluentcart_conformance.store.paging import Page
from fluentcart_conformance.store.values import integer
from fluentcart_conformance.store.wire.customers import AddressWish, BulkWish, CustomersWire
from fluentcart_conformance.store.wire.text import iso_z, round_half_up

Json = dict[str, Any]

_BULK_ACTIONS = ("update_status", "delete", "export")
_ADDRESS_MEMBERS = (
    "id",
    "type",
    "first_name",
    "last_name",
    "address_1",
    "address_2",
    "city",
    "state",
    "postcode",
    "country",
    "phone",
    "email",
    "company_name",
    "label",
)


class DocumentedCustomers(CustomersWire):
    """The records and envelopes of customers-api."""

    takes_free_info = True
    required_address = {  # noqa: RUF012 - never changed
        "address_1": "Street Address",
        "city": "City",
        "country": "Country",
    }

    def list_filter(self, query: Json) -> CustomerFilter:
        """Read `search` and `filters[...]`; values of no use are ignored."""
        filters = query.get("filters")
        filters = filters if isinstance(filters, dict) else {}
        search = query.get("search")
        status = filters.get("status")
        return CustomerFilter(
            search=search if isinstance(search, str) else "",
            status=status if isinstance(status, str) and status else None,
            date_from=_day(filters.get("date_from")),
            date_to=_day(filters.get("date_to")),
            spent_min=integer(filters.get("total_spent_min")),
            spent_max=integer(filters.get("total_spent_max")),
        )

    def list_order(self, query: Json) -> tuple[str, bool]:
        """Read `order_by` and `order_type` (ASC or DESC, default DESC)."""
        return str(query.get("order_by", "id")), str(query.get("order_type", "")).upper() == "ASC"

    def bulk_wish(self, body: Json) -> BulkWish:
        """Read `action`, `customer_ids` and `data.status`."""
        action = body.get("action")
        if action not in _BULK_ACTIONS:
            raise invalid("action", "in", "Selected action is invalid")
        data = body.get("data")
        status = data.get("status") if isinstance(data, dict) else None
        return BulkWish(str(action), bulk_ids(body.get("customer_ids")), status)

    def address_wish(self, operation: str, body: Json) -> AddressWish:
        """Read `address_id`."""
        del operation
        address_id = integer(body.get("address_id"))
        if address_id is None:
            raise invalid("address_id", "required", "Address ID is required.")
        return AddressWish(address_id)

    def user_wish(self, body: Json) -> int:
        """Read `user_id`, an integer."""
        sent = body.get("user_id")
        if sent is None or sent == "":
            raise invalid("user_id", "required", "User is required.")
        user_id = integer(sent)
        if user_id is None:
            raise Refusal(422, "invalid_user", "WordPress user ID is invalid.")
        return user_id

    def page(self, page: Page, request: Request) -> Json:
        """`{success, data: {customers, pagination}}`."""
        del request
        pagination = {
            "current_page": page.page,
            "per_page": page.per_page,
            "total": page.total,
            "total_pages": page.last_page,
        }
        rows = [_brief(row) for row in page.rows]
        return _done({"customers": rows, "pagination": pagination})

    def created(self, row: Row) -> Json:
        """`data.customer` with phone, and without figures."""
        return _done({"customer": _record(row)})

    def details(self, row: Row, addresses: list[Row], labels: list[Row]) -> Json:
        """`data.customer` with figures and addresses."""
        del labels
        record = _record(row) | {"addresses": [_address(one) for one in addresses]}
        return _done({"customer": record})

    def updated(self, row: Row, labels: list[Row]) -> Json:
        """`data.customer`."""
        del labels
        return _done({"customer": _record(row)})

    def info_updated(self, row: Row) -> Json:
        """`data.customer` with `additional_info`."""
        return _done({"customer": _touched(row, additional_info=_info(row))})

    def stats(self, row: Row) -> Json:
        """`data.stats`: cents and counts; the average rounded half up."""
        figures = {
            "total_spent": row["total_spent"],
            "order_count": row["order_count"],
            "average_order_value": round_half_up(row["total_spent"], row["order_count"]),
            "last_order_date": iso_z(row["last_order_at"]),
            "first_order_date": iso_z(row["first_order_at"]),
        }
        return _done({"stats": figures})

    def orders(self, page: Page, request: Request) -> Json:
        """`data.orders`, all of them."""
        del request
        members = ("id", "status", "payment_status", "total_amount", "currency")
        rows = [
            {name: row[name] for name in members} | {"created_at": iso_z(row["created_at"])}
            for row in page.rows
        ]
        return _done({"orders": rows})

    def addresses(self, rows: list[Row]) -> Json:
        """`data.addresses`."""
        return _done({"addresses": [_address(row) for row in rows]})

    def address_created(self, row: Row) -> Json:
        """`data.address` with created_at."""
        return _done({"address": _address(row) | {"created_at": iso_z(row["created_at"])}})

    def address_updated(self, row: Row) -> Json:
        """`data.address` with updated_at."""
        return _done({"address": _address(row) | {"updated_at": iso_z(row["updated_at"])}})

    def address_deleted(self) -> Json:
        """`{success, message}`, no data."""
        return {"success": True, "message": "Address deleted successfully"}

    def address_made_primary(self, row: Row) -> Json:
        """`data.address`: id, is_primary, updated_at."""
        return _done({"address": _touched(row, is_primary=bool(row["is_primary"]))})

    def users(self, rows: list[Row]) -> Json:
        """`data.users`."""
        members = ("id", "display_name", "user_email", "user_login")
        return _done({"users": [{name: row[name] for name in members} for row in rows]})

    def attached(self, row: Row) -> Json:
        """`data.customer`: id, user_id, updated_at."""
        return _done({"customer": _touched(row, user_id=row["user_id"])})

    def detached(self, row: Row) -> Json:
        """`data.customer` with user_id null."""
        return self.attached(row)

    def bulk_done(self, result: BulkResult) -> Json:
        """`data`: processed, failed and a result per id; export adds the customers."""
        data: Json = {
            "processed": result.done,
            "failed": len(result.outcomes) - result.done,
            "results": [
                {"customer_id": one, "success": done}
                | ({} if done else {"error": "customer_not_found"})
                for one, done in result.outcomes
            ],
        }
        if result.action == "export":
            data["customers"] = [_brief(row) for row in result.rows]
        return _done(data)


def _done(data: Json) -> Json:
    return {"success": True, "data": data}


def _brief(row: Row) -> Json:
    """Return the row of the customers list."""
    return {
        "id": row["id"],
        "email": row["email"],
        "first_name": row["first_name"],
        "last_name": row["last_name"],
        "phone": row["phone"],
        "status": row["status"],
        "total_spent": row["total_spent"],
        "order_count": row["order_count"],
        "created_at": iso_z(row["created_at"]),
        "updated_at": iso_z(row["updated_at"]),
    }


def _record(row: Row) -> Json:
    """Return one customer with what a caller may have written."""
    return _brief(row) | {"user_id": row["user_id"], "additional_info": _info(row)}


def _touched(row: Row, **member: Any) -> Json:
    return {"id": row["id"], **member, "updated_at": iso_z(row["updated_at"])}


def _info(row: Row) -> Json:
    info: Json = from_json(row["additional_info"])
    return info


def _address(row: Row) -> Json:
    return {name: row[name] for name in _ADDRESS_MEMBERS} | {"is_primary": bool(row["is_primary"])}


def _day(value: Any) -> str | None:
    """Return a `YYYY-MM-DD` day, or None for anything that is no day."""
    if not isinstance(value, str) or not re.match(r"\d{4}-\d{2}-\d{2}", value):
        return None
    try:
        return date.fromisoformat(value[:10]).isoformat()
    except ValueError:
        return None
