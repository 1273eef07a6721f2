"""What passes between the network and the store's rules: request, response, refusal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Identity:
    """A caller: a WordPress user with an application password and the store's permissions."""

    name: str
    user: str
    password: str
    role: str
    permissions: frozenset[str]
    user_id: int = 0

    def may(self, *permissions: str) -> bool:
        """Tell whether the caller holds at least one of these permissions."""
        return "*" in self.permissions or not self.permissions.isdisjoint(permissions)


ANONYMOUS = Identity("anonymous", "", "", "", frozenset())


@dataclass
class Request:
    """One request, already taken apart.

    Attributes:
        method: Upper case; HEAD arrives as GET.
        path: Below the REST root, without trailing slash: `/fluent-cart/v2/orders/1`.
        query: Query string with PHP arrays: `a[]=1&b[c]=2` is `{"a": ["1"], "b": {"c": "2"}}`.
        headers: Names in lower case.
        raw: The body as sent.
        body: The decoded JSON object or form fields; {} when there is none, and for JSON that
            is not an object.
        params: Path parameters as integers; more than 18 digits become `TOO_LARGE_ID`.
        identity: The authenticated caller.
        site: Scheme and host the caller used, for links.
    """

    method: str
    path: str
    query: dict[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes = b""
    body: dict[str, Any] = field(default_factory=dict)
    params: dict[str, int] = field(default_factory=dict)
    identity: Identity = ANONYMOUS
    site: str = ""
    rest_root: str = "/wp-json"

    @property
    def fields(self) -> dict[str, Any]:
        """Body members, and query members the body does not name (WordPress merges them)."""
        return {**self.query, **self.body} if self.query else self.body

    @property
    def url(self) -> str:
        """The absolute address asked for, without query."""
        return f"{self.site}{self.rest_root}{self.path}"


TOO_LARGE_ID = 2**63 - 1


@dataclass
class Response:
    """One answer: a JSON body, or `raw` bytes of another kind."""

    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None


FieldErrors = dict[str, dict[str, str]]


class Refusal(Exception):
    """The store says no: a 4xx that changes nothing.

    Attributes:
        status: HTTP status, 400..499.
        code: A word of the store (`customer_not_found`, `validation_error`, ...); the wire
            layer decides whether and where it shows.
        message: One sentence for people.
        fields: For validation, `{field: {rule: sentence}}`.
        data: More members some refusals carry.
    """

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        fields: FieldErrors | None = None,
        data: Any = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.fields = fields
        self.data = data


def invalid(field_name: str, rule: str, message: str, status: int = 422) -> Refusal:
    """Return a refusal of one field."""
    return Refusal(status, "validation_error", message, {field_name: {rule: message}})


def not_found(what: str, row_id: object) -> Refusal:
    """Return the 404 for an unknown `customer`, `order`, `transaction`, `address`..."""
    return Refusal(404, f"{what}_not_found", f"{what.capitalize()} with ID {row_id} not found")
