"""Refusals of the plugin that are a map of fields and broken rules."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from fluentcart_conformance.contract import Judge, load_contract

from .shapes import exchange

RULES = {"exist": "Email already exists."}


@cache
def plugin() -> Judge:
    return Judge(load_contract("fluentcart-1.3"))


@pytest.mark.parametrize("path", ["/customers", "/orders"])
@pytest.mark.parametrize(
    ("body", "right"),
    [
        ({"email": RULES}, True),
        ({"email": {**RULES, "_more": {"a": 1}}, "_links": [], "trace_id": None}, True),
        ({"email": {}}, False),
        ({"email": "taken"}, False),
        ({"email": {"exist": ""}}, False),
        ({"ok": False}, False),
        ({}, False),
    ],
)
def test_one_member_at_least_is_a_field_with_a_sentence(
    path: str, body: dict[str, Any], right: bool
) -> None:
    found = plugin().judge(exchange("POST", path, body, status=422)).findings
    assert [one.kind for one in found] == ([] if right else ["error_shape"])
