"""The rules about customers: who exists, one e-mail each, figures from their orders."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fluentcart_conformance.store.db import Database, Row, from_json, marks, new_uuid, to_json
from fluentcart_conformance.store.http import Refusal, not_found
from fluentcart_conformance.store.paging import Page, Paging, read_page
from fluentcart_conformance.store.purge import purge_orders

SORTABLE = (
    "id",
    "email",
    "first_name",
    "last_name",
    "status",
    "country",
    "city",
    "state",
    "postcode",
    "created_at",
    "updated_at",
    "total_spent",
    "order_count",
    "purchase_count",
)
_BY_ID = re.compile(r"id\s*=\s*(\d{1,18})")


@dataclass(frozen=True)
class CustomerFilter:
    """Which customers a list shows; None means no matter.

    Attributes:
        date_from: First day of creation, `YYYY-MM-DD`.
        date_to: Last day of creation, inclusive.
        spent_min: Least total_spent in cents, inclusive.
        spent_max: Greatest total_spent in cents, inclusive.
    """

    search: str = ""
    status: str | None = None
    date_from: str | None = None
    date_to: str | None = None
    spent_min: int | None = None
    spent_max: int | None = None

    def where(self) -> tuple[str, list[Any]]:
        """Return the FROM and WHERE of a list, and its values."""
        conditions: list[str] = []
        values: list[Any] = []
        plain = (
            ("status = ?", self.status),
            ("date(created_at) >= ?", self.date_from),
            ("date(created_at) <= ?", self.date_to),
            ("total_spent >= ?", self.spent_min),
            ("total_spent <= ?", self.spent_max),
        )
        for condition, value in plain:
            if value is not None:
                conditions.append(condition)
                values.append(value)
        if self.search.strip():
            condition, searched = self._search()
            conditions.append(condition)
            values += searched
        text = " AND ".join(conditions)
        return ("FROM customers WHERE " + text if text else "FROM customers"), values

    def _search(self) -> tuple[str, list[Any]]:
        """A whole e-mail finds its owner alone; else each word is in name, e-mail or is the id."""
        text = self.search.strip()
        by_id = _BY_ID.fullmatch(text)
        if by_id:
            return "id = ?", [int(by_id[1])]
        conditions: list[str] = []
        values: list[Any] = [text, text]
        for word in text.split():
            conditions.append(
                "(instr(casefold(email || ' ' || first_name || ' ' || last_name), ?) OR id = ?)"
            )
            values += [word.casefold(), int(word) if _is_small_number(word) else -1]
        no_owner = "NOT EXISTS (SELECT 1 FROM customers WHERE email = ?)"
        return f"(email = ? OR ({no_owner} AND {' AND '.join(conditions)}))", values


def _is_small_number(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) <= 18


class CustomerService:
    """Reads and changes customers. Records are rows of the customers table."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def find(self, customer_id: int) -> Row | None:
        """Return a customer's row or None."""
        return self.db.get("customers", customer_id)

    def get(self, customer_id: int) -> Row:
        """Return a customer's row.

        Raises:
            Refusal: 404 customer_not_found.
        """
        row = self.find(customer_id)
        if row is None:
            raise not_found("customer", customer_id)
        return row

    def page(self, wanted: CustomerFilter, paging: Paging, column: str, *, ascending: bool) -> Page:
        """Return one page of customers; an unknown column sorts by id."""
        where, values = wanted.where()
        column = column if column in SORTABLE else "id"
        direction = "ASC" if ascending else "DESC"
        order = f"{column} {direction}" + (f", id {direction}" if column != "id" else "")
        return read_page(self.db, paging, select="*", where=where, order=order, params=values)

    def create(
        self,
        fields: Mapping[str, str],
        additional_info: Mapping[str, Any] | None = None,
        user_id: int | None = None,
    ) -> Row:
        """Create a customer from checked fields and return the row.

        Raises:
            Refusal: 422 invalid_email when the e-mail belongs to somebody.
        """
        self._refuse_taken_email(fields["email"], None)
        row = {
            **fields,
            "uuid": new_uuid(),
            "user_id": user_id,
            "additional_info": to_json(additional_info or {}),
        }
        try:
            customer_id = self.db.insert("customers", row)
        except sqlite3.IntegrityError:
            raise _email_taken() from None
        return self.get(customer_id)

    def update(self, customer_id: int, fields: Mapping[str, str]) -> Row:
        """Change the members sent, leave the others, return the row.

        Raises:
            Refusal: 404 customer_not_found, 422 invalid_email.
        """
        self.get(customer_id)
        if "email" in fields:
            self._refuse_taken_email(fields["email"], customer_id)
        self.db.update("customers", customer_id, fields)
        return self.get(customer_id)

    def add_info(self, customer_id: int, info: Mapping[str, Any]) -> Row:
        """Merge members into the customer's additional info and return the row."""
        row = self.get(customer_id)
        merged = {**from_json(row["additional_info"]), **info}
        self.db.update("customers", customer_id, {"additional_info": to_json(merged)})
        return self.get(customer_id)

    def labels(self, customer_id: int) -> list[Row]:
        """Return label rows of a customer, each with `relation_id` and `label_id`."""
        sql = (
            "SELECT l.*, r.id AS relation_id, r.label_id, r.labelable_id FROM label_relations r "
            "JOIN labels l ON l.id = r.label_id "
            "WHERE r.labelable_type = 'Customer' AND r.labelable_id = ? ORDER BY r.id"
        )
        return self.db.all(sql, (customer_id,))

    def set_labels(self, customer_id: int, label_ids: Iterable[int]) -> None:
        """Give a customer exactly these labels.

        Raises:
            Refusal: 404 customer_not_found, 422 for an unknown label.
        """
        self.get(customer_id)
        wanted = list(dict.fromkeys(label_ids))
        known = self.db.value(
            f"SELECT count(*) FROM labels WHERE id IN ({marks(wanted)})",  # noqa: S608 - marks
            wanted,
        )
        if known != len(wanted):
            message = "Label not found."
            raise Refusal(422, "validation_error", message, {"labels": {"exists": message}})
        self.db.run(
            "DELETE FROM label_relations WHERE labelable_type = 'Customer' AND labelable_id = ?",
            (customer_id,),
        )
        for label_id in wanted:
            relation = {
                "label_id": label_id,
                "labelable_id": customer_id,
                "labelable_type": "Customer",
            }
            self.db.insert("label_relations", relation)
        self.db.update("customers", customer_id, {})

    def orders(self, customer_id: int) -> list[Row]:
        """Return all order rows of a customer, oldest first.

        Raises:
            Refusal: 404 customer_not_found.
        """
        self.get(customer_id)
        return self.db.all("SELECT * FROM orders WHERE customer_id = ? ORDER BY id", (customer_id,))

    def orders_page(self, customer_id: int, paging: Paging) -> Page:
        """Return one page of a customer's order rows, newest first."""
        self.get(customer_id)
        where = "FROM orders WHERE customer_id = ?"
        return read_page(
            self.db, paging, select="*", where=where, order="id DESC", params=(customer_id,)
        )

    def delete(self, customer_id: int) -> None:
        """Delete a customer with addresses, orders and everything that hangs on them.

        Raises:
            Refusal: 404 customer_not_found.
        """
        orders = [row["id"] for row in self.orders(customer_id)]
        purge_orders(self.db, orders)
        self.db.run(
            "DELETE FROM label_relations WHERE labelable_type = 'Customer' AND labelable_id = ?",
            (customer_id,),
        )
        self.db.delete("customers", customer_id)

    def _refuse_taken_email(self, email: str, but_for: int | None) -> None:
        holder = self.db.value("SELECT id FROM customers WHERE email = ?", (email,))
        if holder is not None and holder != but_for:
            raise _email_taken()


def _email_taken() -> Refusal:
    message = "Email already exists."
    return Refusal(422, "invalid_email", message, {"email": {"exist": message}})
