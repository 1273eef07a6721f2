"""The contract as Schemathesis reads it: one operation object for each documented operation."""

from __future__ import annotations

import copy
from functools import cache
from typing import TYPE_CHECKING, Any

from fluentcart_conformance.contract.contract import load_contract

if TYPE_CHECKING:
    from schemathesis import APIOperation, BaseSchema

_METHODS = ("get", "post", "put", "patch", "delete")


@cache
def schema_of(profile: str) -> BaseSchema:
    """The strict description of a profile, loaded by Schemathesis."""
    # Half a second that runs without fuzzing need not pay for.
    import schemathesis  # noqa: PLC0415

    return schemathesis.openapi.from_dict(_document(profile))


@cache
def operations(profile: str) -> dict[str, APIOperation[Any, Any, Any, Any]]:
    """Schemathesis' operations by operation id."""
    found = {}
    for result in schema_of(profile).get_all_operations():
        operation = result.ok() if hasattr(result, "ok") else None
        if operation is None:
            raise ValueError(f"the description has an operation that cannot be read: {result}")
        found[operation.definition.raw["operationId"]] = operation
    return found


def operation_ids(profile: str) -> list[str]:
    """The ids of all operations, without loading Schemathesis."""
    return list(load_contract(profile).operations)


def _document(profile: str) -> dict[str, Any]:
    """The description without what the generator must not touch: who asks is not its business."""
    document = copy.deepcopy(dict(load_contract(profile).document))
    document.pop("security", None)
    document.get("components", {}).pop("securitySchemes", None)
    for item in document["paths"].values():
        for method in _METHODS:
            item.get(method, {}).pop("security", None)
    return document
