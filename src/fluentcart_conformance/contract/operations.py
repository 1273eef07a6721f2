"""The operations of the contract, read from the bundled description."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .errors import ContractError

METHODS = ("get", "post", "put", "patch", "delete")
_STATUS_LENGTH = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """One documented answer: its media types with their schemas, and the node it came from."""

    status: str
    content: Mapping[str, Any]
    node: Mapping[str, Any]

    @property
    def schema(self) -> Any:
        """The JSON schema of the answer, or None when the description gives none."""
        media = self.content.get("application/json")
        return media.get("schema") if isinstance(media, Mapping) else None


@dataclass(frozen=True, slots=True)
class Operation:
    """One documented operation.

    `template` is the path below the namespace, with documented parameter names. `parameters` are
    resolved OpenAPI parameter objects. `answers` is keyed by status (`200`) or class (`4XX`).
    """

    id: str
    method: str
    template: str
    parameters: tuple[Mapping[str, Any], ...] = ()
    request_schema: Any = None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    permission: str = ""
    tags: tuple[str, ...] = ()
    links: Mapping[str, Any] = field(default_factory=dict)
    node: Mapping[str, Any] = field(default_factory=dict)

    def answer(self, status: int) -> Answer | None:
        """The documented answer for a status: exact first, then its class; else None."""
        exact = self.answers.get(str(status))
        return exact if exact is not None else self.answers.get(f"{status // 100}XX")


def read_operations(document: Mapping[str, Any]) -> dict[str, Operation]:
    """Every operation by its operationId. Raises ContractError for a missing or repeated id."""
    found: dict[str, Operation] = {}
    for template, item in document.get("paths", {}).items():
        for method in METHODS:
            node = item.get(method)
            if node is None:
                continue
            operation = _operation(document, template, method.upper(), item, node)
            if operation.id in found:
                raise ContractError(f"operationId {operation.id} is used twice ({template})")
            found[operation.id] = operation
    return found


def _operation(
    document: Mapping[str, Any],
    template: str,
    method: str,
    item: Mapping[str, Any],
    node: Mapping[str, Any],
) -> Operation:
    name = node.get("operationId")
    if not name:
        raise ContractError(f"{method} {template} has no operationId")
    answers = {}
    links: dict[str, Any] = {}
    for status, raw in node.get("responses", {}).items():
        response = resolve(document, raw)
        key = str(status).upper()
        if len(key) != _STATUS_LENGTH:
            raise ContractError(f"{name}: response status {status} is neither a status nor a class")
        answers[key] = Answer(key, response.get("content", {}), response)
        links.update(response.get("links", {}))
    body = resolve(document, node.get("requestBody") or {})
    media = body.get("content", {}).get("application/json", {})
    parameters = [*item.get("parameters", []), *node.get("parameters", [])]
    return Operation(
        id=name,
        method=method,
        template=template,
        parameters=tuple(resolve(document, parameter) for parameter in parameters),
        request_schema=media.get("schema"),
        answers=answers,
        permission=_permission(node.get("x-permission", "")),
        tags=tuple(node.get("tags", [])),
        links=links,
        node=node,
    )


def _permission(value: Any) -> str:
    return " or ".join(map(str, value)) if isinstance(value, list) else str(value)


def resolve(document: Mapping[str, Any], node: Any) -> Any:
    """Follow a local `$ref` (`#/components/...`) to its target; other nodes come back as they are.

    Raises ContractError for a reference to nothing.
    """
    seen: set[str] = set()
    while isinstance(node, Mapping) and isinstance(node.get("$ref"), str):
        ref = node["$ref"]
        if ref in seen:
            raise ContractError(f"reference {ref} leads to itself")
        seen.add(ref)
        node = lookup(document, ref)
    return node


def lookup(document: Mapping[str, Any], ref: str) -> Any:
    """The node a local reference points at. Raises ContractError when there is none."""
    if not ref.startswith("#/"):
        raise ContractError(f"reference {ref} is not local to the bundled description")
    node: Any = document
    for part in ref[2:].split("/"):
        key = part.replace("~1", "/").replace("~0", "~")
        if not isinstance(node, Mapping) or key not in node:
            raise ContractError(f"reference {ref} points at nothing")
        node = node[key]
    return node
