"""Every part of every answer belongs to a requirement of its own.

So nothing is left to the general requirements on shape, refusals and cents, which therefore count
as judged under others.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from fluentcart_conformance.contract.contract import load_contract
from fluentcart_conformance.contract.operations import resolve
from fluentcart_conformance.contract.requirements import load_requirements

_CHECKS = ("type", "required", "enum", "const", "pattern", "minimum", "x-unit")
_DEEPEST = 25


def _is_named(node: Any) -> bool:
    named = node.get("x-requirement")
    return isinstance(named, str) or (isinstance(named, dict) and "default" in named)


def _unnamed(root: Any, node: Any, place: str, depth: int = 0) -> Iterator[str]:
    """Places where something is demanded and no node above names a requirement."""
    if depth > _DEEPEST or not isinstance(node, dict) or _is_named(node):
        return
    if "$ref" in node:
        yield from _unnamed(root, resolve(root, {"$ref": node["$ref"]}), place, depth + 1)
    elif any(word in node for word in _CHECKS):
        yield place
    for name, part in (node.get("properties") or {}).items():
        yield from _unnamed(root, part, f"{place}/{name}", depth + 1)
    for word in ("items", "additionalProperties"):
        yield from _unnamed(root, node.get(word), f"{place}/{word}", depth + 1)
    for word in ("oneOf", "anyOf", "allOf"):
        for number, part in enumerate(node.get(word) or ()):
            yield from _unnamed(root, part, f"{place}/{word}/{number}", depth + 1)


@pytest.mark.parametrize("profile", ["documented", "fluentcart-1.3", "fluentcart-1.5"])
def test_no_part_of_an_answer_is_left_to_the_general_requirements(profile: str) -> None:
    contract = load_contract(profile)
    found = [
        f"{operation.id} {answer.status}{place}"
        for operation in contract.operations.values()
        for answer in operation.answers.values()
        if answer.schema is not None
        for place in _unnamed(contract.document, answer.schema, "")
    ]
    assert found == []


@pytest.mark.parametrize("name", ["GEN-RESPONSE-SHAPE", "GEN-ERROR-BODY", "GEN-CENTS-WHOLE"])
def test_what_is_judged_under_others_says_so(name: str) -> None:
    assert "of its own" in (load_requirements()[name].untestable or "")
