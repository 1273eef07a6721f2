"""Who sends a request: real identities from the settings, and deliberately wrong ones."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from .settings import Settings

ADMIN = "admin"
MANAGER = "manager"
LOW = "low"
NONE = "none"
WRONG = "wrong"
GARBLED = "garbled"
REAL = (ADMIN, MANAGER, LOW)
NEVER_A_PASSWORD = "not the password of anybody"  # noqa: S105  it is sent to be refused
GARBLED_HEADER = "Basic %%%not-base64%%%"


class SecretText(str):
    """A header's value that no `repr` shows: tracebacks and assertion texts stay clean."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'[secret]'"


@dataclass(frozen=True, slots=True)
class Identity:
    """A caller: `name` in this tool, and the Authorization header it sends (None sends none)."""

    name: str
    user: str = ""
    header: SecretText | None = None


def basic(user: str, password: str) -> SecretText:
    """The Authorization header of HTTP Basic for an application password."""
    pair = f"{user}:{password}".encode()
    return SecretText("Basic " + base64.b64encode(pair).decode("ascii"))


def identities_of(settings: Settings) -> dict[str, Identity]:
    """Every identity by name; `manager` and `low` only when the settings have them.

    `none` sends no Authorization, `wrong` the administrator's user with a wrong password,
    `garbled` a header that is not valid Basic.
    """
    found = {
        NONE: Identity(NONE),
        WRONG: Identity(
            WRONG, settings.user or ADMIN, basic(settings.user or ADMIN, NEVER_A_PASSWORD)
        ),
        GARBLED: Identity(GARBLED, "", SecretText(GARBLED_HEADER)),
    }
    pairs = {
        ADMIN: (settings.user, settings.app_password),
        MANAGER: (settings.manager_user, settings.manager_app_password),
        LOW: (settings.low_user, settings.low_app_password),
    }
    for name, (user, password) in pairs.items():
        if user and password is not None:
            found[name] = Identity(name, user, basic(user, password.get_secret_value()))
    return found
