"""The links that the description declares, and what their expressions point at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from fluentcart_conformance.contract.contract import load_contract
from fluentcart_conformance.drivers.answers import Answer
from fluentcart_conformance.drivers.routes import ROUTES
from fluentcart_conformance.fuzz.attempt import Aim
from fluentcart_conformance.fuzz.breach import Breach

PARAMETER = re.compile(r"\{([^}]+)\}")


@dataclass(frozen=True, eq=False)
class Link:
    """A declared link. `parameters` and `body` hold runtime expressions."""

    source: str
    name: str
    target: str
    parameters: Mapping[str, Any]
    body: Any

    def __str__(self) -> str:
        """`create_order -> GetOrder`."""
        return f"{self.source} -> {self.name}"


@dataclass(frozen=True)
class Visit:
    """An answer with what led to it: links are followed from here."""

    aim: Aim
    answer: Answer


@dataclass
class LinkOutcome:
    """The links by what their walking answered (the status), what broke, what was left out.

    `by_machine` counts the links that random walks met, `steps` every walk along a link.
    """

    declared: list[Link]
    walked: dict[Link, int] = field(default_factory=dict)
    by_machine: int = 0
    steps: int = 0
    breaches: dict[str, Breach] = field(default_factory=dict)
    looked: set[str] = field(default_factory=set)
    left_out: str = ""

    def __str__(self) -> str:
        """One line for the record."""
        accepted = sum(200 <= status < 300 for status in self.walked.values())
        words = f"{len(self.walked)} of {len(self.declared)} links walked, {accepted} accepted, "
        words += f"{self.by_machine} by the state machine, {self.steps} steps along links"
        missing = [str(one) for one in self.declared if one not in self.walked]
        if missing:
            words += f"; not walked: {', '.join(missing)}"
        return f"{words}; {self.left_out}" if self.left_out else words

    @property
    def listed(self) -> str:
        """Every walked link with its status."""
        return ", ".join(f"{link} {status}" for link, status in self.walked.items())


def declared_links(profile: str) -> list[Link]:
    """The links of accepted answers in the description of a profile."""
    found = []
    for item in load_contract(profile).document["paths"].values():
        for operation in item.values():
            if isinstance(operation, dict) and "responses" in operation:
                found += list(_links_of(operation))
    return found


def _links_of(operation: Mapping[str, Any]) -> Iterator[Link]:
    answer = operation["responses"].get("200") or {}
    for name, link in (answer.get("links") or {}).items():
        yield Link(
            operation["operationId"],
            name,
            link["operationId"],
            link.get("parameters") or {},
            link.get("requestBody"),
        )


def worked_out(expression: Any, here: Visit) -> Any:
    """A runtime expression of OpenAPI, or a table or list of them, worked out."""
    if isinstance(expression, dict):
        return {name: worked_out(one, here) for name, one in expression.items()}
    if isinstance(expression, list):
        return [worked_out(one, here) for one in expression]
    if not isinstance(expression, str) or not expression.startswith("$"):
        return expression
    where, _, pointer = expression.partition("#")
    if where == "$response.body":
        return _at(here.answer.body, pointer)
    if where.startswith("$request.path."):
        names = PARAMETER.findall(ROUTES[here.aim.operation][1])
        return here.aim.ids[names.index(where.removeprefix("$request.path."))]
    if where == "$request.body":
        return _at(here.aim.body, pointer)
    raise LookupError(f"the expression {expression} is not known")


def _at(value: Any, pointer: str) -> Any:
    for part in pointer.split("/")[1:]:
        value = value[int(part)] if isinstance(value, list) else _member(value, part)
    if value is None:
        raise LookupError(f"nothing at {pointer}")
    return value


def _member(value: Any, name: str) -> Any:
    if not isinstance(value, dict):
        # What the answer lacks is one case for the walker, whatever stands there instead.
        raise LookupError(f"no member {name}")  # noqa: TRY004
    return value[name]


def merged(mine: Any, linked: Any) -> Any:
    """What the link says, put over what the driver would send."""
    if isinstance(mine, dict) and isinstance(linked, dict):
        return {**mine, **{name: merged(mine.get(name), one) for name, one in linked.items()}}
    return linked
