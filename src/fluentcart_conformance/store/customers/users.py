"""WordPress users, and which customer each belongs to."""

from __future__ import annotations

from fluentcart_conformance.store.customers.customers import CustomerService
from fluentcart_conformance.store.db import Database, Row
from fluentcart_conformance.store.http import Refusal


class UserService:
    """Attaches WordPress users to customers; a user belongs to one customer at most."""

    def __init__(self, db: Database, customers: CustomerService) -> None:
        self.db = db
        self.customers = customers

    def attachable(self) -> list[Row]:
        """Return the users no customer has, by id."""
        sql = (
            "SELECT u.* FROM wp_users u LEFT JOIN customers c ON c.user_id = u.id "
            "WHERE c.id IS NULL ORDER BY u.id"
        )
        return self.db.all(sql)

    def check_free(self, user_id: int, but_for: int | None = None) -> None:
        """Make sure a user exists and is free, or belongs to customer `but_for` already.

        Raises:
            Refusal: 422 invalid_user for an unknown user, a number below 1, or a taken user.
        """
        if user_id < 1 or self.db.get("wp_users", user_id) is None:
            raise _invalid_user("User not found.")
        holder = self.db.value("SELECT id FROM customers WHERE user_id = ?", (user_id,))
        if holder is not None and holder != but_for:
            raise _invalid_user("User already linked to a customer.")

    def attach(self, customer_id: int, user_id: int) -> Row:
        """Attach a user and return the customer's row.

        Raises:
            Refusal: 404 customer_not_found, 422 invalid_user.
        """
        customer = self.customers.get(customer_id)
        self.check_free(user_id)
        self.db.update("customers", customer["id"], {"user_id": user_id})
        return self.customers.get(customer_id)

    def detach(self, customer_id: int) -> Row:
        """Take the user away, if there is one, and return the customer's row."""
        self.customers.get(customer_id)
        self.db.update("customers", customer_id, {"user_id": None})
        return self.customers.get(customer_id)


def _invalid_user(message: str) -> Refusal:
    return Refusal(422, "invalid_user", message, {"user_id": {"3": message}})
