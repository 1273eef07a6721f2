"""Lets a request out only when it cannot touch what this run did not make.

Ids are read the way a lenient store reads them: `"12abc"`, `12.9`, `"-12"` and `[12]` can all end
up as row 12, so every reading must be harmless.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from ..target.errors import ReadOnlyError, UnsafeRequestError
from ..target.settings import Settings
from .journal import Journal
from .named import Named, named_in_body, named_in_path

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
DESTRUCTIVE = frozenset({"delete_orders", "delete_customers", "delete", "capture_payments"})
# Writes without an id of their own that create something or nothing at all.
CREATING = frozenset(
    {
        "/orders",
        "/orders/calculate-shipping",
        "/customers",
        "/products",
        "/labels",
        "/coupons",
        "/shipping/zones",
        "/shipping/methods",
        "/wp/v2/users",
    }
)
BULK = {"/orders/do-bulk-action": "order", "/customers/do-bulk-action": "customer"}
_NUMBER = re.compile(r"\s*([+-]?\d+)(?:\.\d*)?([eE][+-]?\d+)?")
_LONGEST_EXPONENT = 4
_NEW_ADDRESS = re.compile(r"/customers/[^/]+/address")


@dataclass(frozen=True, slots=True)
class Policy:
    """What this run may do.

    `loopback`: the target is on this machine. `embedded`: it is the store that the run started
    itself. `attachable_users`: WordPress users that the operator lends to the run.
    """

    writes: bool
    destructive: bool
    loopback: bool = False
    embedded: bool = False
    attachable_users: frozenset[int] = field(default_factory=frozenset)

    @classmethod
    def of(cls, settings: Settings, *, embedded: bool = False) -> Policy:
        """The policy that the settings ask for."""
        return cls(
            writes=settings.writes_allowed,
            destructive=settings.destructive_allowed,
            loopback=settings.loopback,
            embedded=embedded or settings.embedded,
            attachable_users=frozenset(settings.attachable_users),
        )


class Guard:
    """Called before each sending as `guard(method, path, json)`; raises to hold a request back.

    `path` is below the API root, or WordPress's own (`/wp/v2/users/5`). Raises ReadOnlyError or
    UnsafeRequestError, with the reason.
    """

    def __init__(self, journal: Journal, policy: Policy | Settings) -> None:
        self._journal = journal
        self._policy = policy if isinstance(policy, Policy) else Policy.of(policy)
        self.cleaning = False

    def __call__(self, method: str, path: str, json: Any) -> None:
        """Raise when `method path json` could write to what is not this run's own."""
        method = method.upper()
        if method in SAFE_METHODS:
            return
        if not self._policy.writes:
            raise ReadOnlyError(f"{method} {path}: this run only reads (see --allow-writes)")
        if self._journal.unwritten is not None and not self.cleaning:
            raise UnsafeRequestError(
                f"{method} {path}: what it makes could not be written down, "
                f"{self._journal.unwritten.strerror}"
            )
        own = _normal(path)
        named = list(named_in_path(own)) + list(named_in_body(method, own, json))
        if own in BULK:
            self._check_bulk(own, json)
        elif not named and own not in CREATING and not self._policy.loopback:
            raise UnsafeRequestError(f"{method} {path}: nothing says what this would change")
        for one in named:
            self._check(one, f"{method} {path}")
        addressed = method == "POST" and _NEW_ADDRESS.fullmatch(own)
        nobody = any(0 in plausible_ids(one.value) for one in named_in_path(own))
        if addressed and nobody and not self._policy.embedded:
            # Some stores make an address for nobody, and never let it go again.
            raise UnsafeRequestError(f"POST {path}: what this makes could not be taken away")

    def _check_bulk(self, path: str, json: Any) -> None:
        action = json.get("action") if isinstance(json, dict) else None
        allowed = self._policy.destructive or self.cleaning
        if not allowed and isinstance(action, str) and action.strip().lower() in DESTRUCTIVE:
            raise UnsafeRequestError(f"{path}: {action} needs --allow-destructive")

    def _check(self, named: Named, request: str) -> None:
        if named.kind == "user" and named.where == "path" and not str(named.value).isdigit():
            raise UnsafeRequestError(f"{request}: a WordPress user is named by its number only")
        numbers = plausible_ids(named.value)
        if self._policy.embedded:
            # Nobody's shop: a suite may find out whether -7 is taken for 7.
            numbers -= {-number for number in numbers if number < 0}
        for number in numbers:
            if not self._harmless(named.kind, number):
                raise UnsafeRequestError(
                    f"{request}: {named.where} {named.value!r} may be {named.kind} {number}, "
                    "which this run did not make"
                )

    def _harmless(self, kind: str, number: int) -> bool:
        kinds = _SAME_TABLE.get(kind, (kind,))
        if any(self._journal.owns(one, number) for one in kinds):
            return True
        if any(self._journal.absent(one, number) for one in kinds):
            return True
        if kind == "user" and number in self._policy.attachable_users:
            return True
        if number < 0:
            # No row by itself; its positive is among the readings and is checked on its own.
            return True
        # Row 0 is no row, yet some stores answer it with another one.
        return number == 0 and (self._policy.loopback or self._policy.destructive)


# An address is spoken of in orders and in customers; either list may know it.
_SAME_TABLE = {
    "address": ("address", "order_address"),
    "order_address": ("order_address", "address"),
}


def plausible_ids(value: Any) -> set[int]:
    """The row numbers that a lenient store may read from `value`."""
    if value is None:
        return set()
    if isinstance(value, bool):
        return {int(value)}
    if isinstance(value, int):
        return {value, abs(value)} if value < 0 else {value}
    if isinstance(value, float):
        return _of_float(value)
    if isinstance(value, str):
        return _of_text(value)
    inner: Iterable[Any] = value.values() if isinstance(value, dict) else value
    found = {number for one in inner for number in plausible_ids(one)}
    # A list cast to a number is 1 when it holds anything.
    return found | {1} if value else found


def _of_float(value: float) -> set[int]:
    if not math.isfinite(value):
        return {0}
    return plausible_ids(int(value)) | plausible_ids(round(value))


def _of_text(text: str) -> set[int]:
    if not text.strip():
        return set()
    match = _NUMBER.match(text)
    if match is None:
        return {0}
    digits, exponent = match.groups()
    found = plausible_ids(int(digits[:40]))
    if exponent and len(exponent) <= _LONGEST_EXPONENT:
        found |= plausible_ids(float(match.group().strip()))
    return found


def _normal(path: str) -> str:
    """The path as a store resolves it: decoded, below the API, no empty segments."""
    decoded = unquote(unquote(path))
    parts = [part for part in decoded.split("/") if part]
    if any(part in (".", "..") for part in parts):
        raise UnsafeRequestError(f"{path}: a write must not climb through the path")
    if parts[:1] == ["fluent-cart"]:
        parts = parts[2:]
    return "/" + "/".join(parts)
