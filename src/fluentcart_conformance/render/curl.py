"""An exchange as a curl command that anybody can repeat, with placeholders for secrets."""

from __future__ import annotations

import shlex

from fluentcart_conformance.verdict.events import ExchangeEvent

_USERS = {
    "admin": ("FLUENTCART_USER", "FLUENTCART_APP_PASSWORD"),
    "manager": ("FLUENTCART_MANAGER_USER", "FLUENTCART_MANAGER_APP_PASSWORD"),
    "low": ("FLUENTCART_LOW_USER", "FLUENTCART_LOW_APP_PASSWORD"),
}
_OWN = frozenset(
    {"authorization", "host", "content-length", "connection", "accept-encoding", "user-agent"}
)


def curl(exchange: ExchangeEvent) -> str:
    """The command; credentials are the tool's environment variables, never values."""
    parts = ["curl", "-sS", "-i", "-X", shlex.quote(exchange["method"])]
    parts += _credentials(exchange)
    for name, value in exchange["request"]["headers"].items():
        if name.lower() not in _OWN:
            parts += ["-H", shlex.quote(f"{name}: {value}")]
    if exchange["request"]["body"]:
        # --data-binary would read a file where a hostile body begins with @.
        parts += ["--data-raw", shlex.quote(exchange["request"]["body"])]
    parts.append(shlex.quote(exchange["url"]))
    return " ".join(parts)


def _credentials(exchange: ExchangeEvent) -> list[str]:
    identity = exchange["identity"]
    if identity in _USERS:
        user, password = _USERS[identity]
        return ["-u", f'"${user}:${password}"']
    if identity == "wrong":
        return ["-u", '"$FLUENTCART_USER:wrong-password"']
    sent = {name.lower(): value for name, value in exchange["request"]["headers"].items()}
    if identity != "none" and "authorization" in sent:
        return ["-H", shlex.quote(f"Authorization: {sent['authorization']}")]
    return []


def replay_command(scenario: str) -> str:
    """Runs the one scenario again, against the target and in the profile of the record."""
    return f"fluentcart-conformance replay {shlex.quote(scenario)}"


def pytest_command(scenario: str) -> str:
    """Runs the one scenario again under pytest, from a clone."""
    node = scenario if scenario.startswith("suites/") else f"suites/{scenario}"
    return f"pytest {shlex.quote(node)}"
