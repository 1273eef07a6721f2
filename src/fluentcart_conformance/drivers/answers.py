"""What came back, read once: accepted or refused, message, code, field errors."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from fluentcart_conformance.contract.exchange import Exchange
from fluentcart_conformance.drivers.record import Record
from fluentcart_conformance.drivers.values import UnreadableAnswer


@dataclass(frozen=True, repr=False)
class Answer:
    """One answer of the store to a domain action.

    `exchange` is the evidence; everything else is read from it on demand and never raises, except
    `members`, which insists on a JSON object.
    """

    exchange: Exchange

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.exchange.status

    @property
    def accepted(self) -> bool:
        """Whether the store says that it did what was asked (any 2xx)."""
        return 200 <= self.status < 300

    @property
    def refused(self) -> bool:
        """Whether the store refused in words (any 4xx); a 5xx is neither accepted nor refused."""
        return 400 <= self.status < 500

    @cached_property
    def body(self) -> Any:
        """The JSON body, or None where there is none or it cannot be read."""
        try:
            return json.loads(self.exchange.response_body.decode("utf-8-sig"))
        except (ValueError, RecursionError):
            return None

    @property
    def members(self) -> Mapping[str, Any]:
        """The body as a JSON object.

        Raises:
            UnreadableAnswer: when it is anything else.
        """
        if isinstance(self.body, dict):
            return self.body
        raise UnreadableAnswer(f"the answer is not a JSON object but {self.excerpt}")

    def part(self, name: str) -> Record:
        """A member of the body that is an object.

        Raises:
            UnreadableAnswer: when it is missing or anything else.
        """
        value = self.members.get(name)
        if not isinstance(value, dict):
            raise UnreadableAnswer(f"the answer has no object {name!r}: {self.excerpt}")
        return Record(value)

    @property
    def excerpt(self) -> str:
        """The status and the beginning of the body, for messages."""
        text = self.exchange.response_body[:300].decode("utf-8", "replace")
        return f"{self.status} {text}"

    @cached_property
    def message(self) -> str:
        """The sentence meant for people, wherever the profile puts it; empty if there is none."""
        return _first_text(self.body)

    @cached_property
    def code(self) -> str:
        """The error code as text, wherever the profile puts it; empty if there is none."""
        if not isinstance(self.body, dict):
            return ""
        error = self.body.get("error")
        holder = error if isinstance(error, dict) else self.body
        value = holder.get("code")
        return str(value) if isinstance(value, str | int) else ""

    @cached_property
    def wrong_members(self) -> frozenset[str]:
        """The members that a refusal names as wrong, nested ones with dots; empty if it names none.

        Stores name them as keys of the body, each over a map of broken rules, or as WordPress does
        in `data.params`.
        """
        if not isinstance(self.body, dict):
            return frozenset()
        data = self.body.get("data")
        params = data.get("params") if isinstance(data, dict) else None
        if isinstance(params, dict | list):
            return frozenset(one for one in params if isinstance(one, str))
        if "message" in self.body:
            return frozenset()
        return frozenset(name for name, rules in self.body.items() if isinstance(rules, dict))

    def __repr__(self) -> str:
        """The outcome on one line."""
        return f"answer {self.excerpt}"

    def __str__(self) -> str:
        """Method, path and outcome on one line."""
        return f"{self.exchange.method} {self.exchange.url} -> {self.excerpt}"


def _first_text(body: Any) -> str:
    if not isinstance(body, dict):
        return ""
    for holder in (body, body.get("error"), body.get("data")):
        if isinstance(holder, dict) and isinstance(holder.get("message"), str):
            return str(holder["message"])
    for rules in body.values():
        if isinstance(rules, dict):
            for text in rules.values():
                if isinstance(text, str):
                    return text
    return ""
