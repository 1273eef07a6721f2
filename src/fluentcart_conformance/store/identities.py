"""Who may call: the store's identities and HTTP Basic with application passwords."""

from __future__ import annotations

import base64
import binascii
import re

from fluentcart_conformance.store.http import Identity

MANAGER_PERMISSIONS = frozenset({"orders/view", "orders/create", "customers/view"})

ADMIN = Identity("admin", "admin", "adm1 nApp Pass word", "administrator", frozenset({"*"}))
MANAGER = Identity("manager", "manager", "mana gerA ppPa ss01", "editor", MANAGER_PERMISSIONS)
LOW = Identity("low", "subscriber", "lowA ppPa ssWo rd02", "subscriber", frozenset())

_NOT_IN_A_PASSWORD = re.compile(r"[^A-Za-z0-9]")


class Identities:
    """The known callers; headers are looked up once and remembered."""

    def __init__(self, identities: dict[str, Identity] | None = None) -> None:
        self.by_name = identities or {i.name: i for i in (ADMIN, MANAGER, LOW)}
        self._by_header: dict[str, Identity] = {}

    def authenticate(self, header: str | None) -> Identity | None:
        """Return the caller of an Authorization header.

        None stands for no header, another scheme, garbled Base64, an unknown user or a wrong
        password alike. WordPress ignores spaces in an application password; so does this.
        """
        if not header:
            return None
        known = self._by_header.get(header)
        if known is not None:
            return known
        identity = self._look_up(header)
        if identity is not None:
            self._by_header[header] = identity
        return identity

    def _look_up(self, header: str) -> Identity | None:
        scheme, _, token = header.strip().partition(" ")
        if scheme.lower() != "basic":
            return None
        try:
            decoded = base64.b64decode(token.strip(), validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            return None
        user, colon, password = decoded.partition(":")
        if not colon:
            return None
        for identity in self.by_name.values():
            if identity.user == user and _bare(identity.password) == _bare(password):
                return identity
        return None

    def described(self) -> dict[str, dict[str, str]]:
        """Return `{name: {user, password}}` for the line `serve` prints."""
        return {
            name: {"user": identity.user, "password": identity.password}
            for name, identity in self.by_name.items()
        }


def _bare(password: str) -> str:
    return _NOT_IN_A_PASSWORD.sub("", password)
