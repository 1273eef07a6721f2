"""What a wire layer must know about the customer operations."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

from fluentcart_conformance.store.customers.bulk import BulkResult
from fluentcart_conformance.store.customers.customers import CustomerFilter
from fluentcart_conformance.store.db import Row
from fluentcart_conformance.store.http import Request
from fluentcart_conformance.store.paging import Page

Json = dict[str, Any]


@dataclass(frozen=True)
class BulkWish:
    """A bulk action read from a body: `update_status`, `delete` or `export`."""

    action: str
    ids: list[int]
    status: Any = None


@dataclass(frozen=True)
class AddressWish:
    """Which address is meant, and its type where the caller names one."""

    address_id: int
    kind: str | None = None


class CustomersWire(ABC):
    """Reads the customer operations' requests and writes their answers.

    Attributes:
        required_address: Members a new address needs -> title for people.
        takes_free_info: additional-info takes free members; otherwise labels.
    """

    required_address: dict[str, str]
    takes_free_info: bool

    @abstractmethod
    def list_filter(self, query: Json) -> CustomerFilter:
        """Read what a list is narrowed to."""

    @abstractmethod
    def list_order(self, query: Json) -> tuple[str, bool]:
        """Read the column to sort by and whether upwards."""

    @abstractmethod
    def bulk_wish(self, body: Json) -> BulkWish:
        """Read a bulk action; Refusal 422 for an unknown one."""

    @abstractmethod
    def address_wish(self, operation: str, body: Json) -> AddressWish:
        """Read which address an operation means; Refusal 422 when it names none."""

    @abstractmethod
    def user_wish(self, body: Json) -> int:
        """Read the user to attach; Refusal 422 when none or no number."""

    @abstractmethod
    def page(self, page: Page, request: Request) -> Json:
        """Answer of list_customers."""

    @abstractmethod
    def created(self, row: Row) -> Json:
        """Answer of create_customer."""

    @abstractmethod
    def details(self, row: Row, addresses: list[Row], labels: list[Row]) -> Json:
        """Answer of get_customer."""

    @abstractmethod
    def updated(self, row: Row, labels: list[Row]) -> Json:
        """Answer of update_customer."""

    @abstractmethod
    def info_updated(self, row: Row) -> Json:
        """Answer of update_customer_additional_info."""

    @abstractmethod
    def stats(self, row: Row) -> Json:
        """Answer of get_customer_stats."""

    @abstractmethod
    def orders(self, page: Page, request: Request) -> Json:
        """Answer of get_customer_orders."""

    @abstractmethod
    def addresses(self, rows: list[Row]) -> Json:
        """Answer of get_customer_addresses."""

    @abstractmethod
    def address_created(self, row: Row) -> Json:
        """Answer of create_customer_address."""

    @abstractmethod
    def address_updated(self, row: Row) -> Json:
        """Answer of update_customer_address."""

    @abstractmethod
    def address_deleted(self) -> Json:
        """Answer of delete_customer_address."""

    @abstractmethod
    def address_made_primary(self, row: Row) -> Json:
        """Answer of make_primary_address."""

    @abstractmethod
    def users(self, rows: list[Row]) -> Json:
        """Answer of get_attachable_users."""

    @abstractmethod
    def attached(self, row: Row) -> Json:
        """Answer of attach_user."""

    @abstractmethod
    def detached(self, row: Row) -> Json:
        """Answer of detach_user."""

    @abstractmethod
    def bulk_done(self, result: BulkResult) -> Json:
        """Answer of customers_bulk."""
