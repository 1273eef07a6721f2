"""The contract's own files agree with each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from fluentcart_conformance.contract import (
    Contract,
    Judge,
    about,
    general,
    laws,
    load_contract,
    load_requirements,
    load_rulings,
    paging,
    profile_names,
)
from fluentcart_conformance.contract.requirements import check_operations
from fluentcart_conformance.contract.schema_check import CompiledSchema

from .shapes import exchange

PROFILES = ("documented", "fluentcart-1.3", "fluentcart-1.5")


@pytest.fixture(params=PROFILES)
def contract(request: pytest.FixtureRequest) -> Contract:
    return load_contract(request.param)


def ids_in(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key in ("x-requirement", "x-error-requirement"):
            named = node.get(key)
            yield from [named] if isinstance(named, str) else (named or {}).values()
        for value in node.values():
            yield from ids_in(value)
    elif isinstance(node, list):
        for value in node:
            yield from ids_in(value)


def constants(module: Any) -> set[str]:
    text = module.__loader__.get_source(module.__name__)
    return set(re.findall(r'"([A-Z]{3}-[A-Z0-9-]+)"', text))


def test_there_are_the_three_profiles() -> None:
    assert profile_names() == list(PROFILES)


def test_all_38_operations_are_described(contract: Contract) -> None:
    assert len(contract.operations) == 38
    for operation in contract.operations.values():
        assert "200" in operation.answers, operation.id
        assert "4XX" in operation.answers, operation.id
        assert operation.permission, operation.id


def test_every_requirement_named_in_the_description_exists(contract: Contract) -> None:
    assert set(ids_in(contract.document)) - set(load_requirements()) == set()


def test_every_requirement_names_operations_that_exist() -> None:
    known = set(load_contract("documented").operations)

    assert check_operations(load_requirements(), known) == []


@pytest.mark.parametrize("module", [general, about, laws, paging])
def test_every_requirement_the_judge_cites_exists(module: Any) -> None:
    assert constants(module) - set(load_requirements()) == set()


def test_what_the_judge_alone_proves_can_be_proved() -> None:
    named = set(ids_in(load_contract("documented").document))
    cited = constants(general) | constants(laws)
    alone = {one.id for one in load_requirements().values() if one.proof == "judge"}

    assert alone - named - cited == set()


def test_every_response_schema_compiles(contract: Contract) -> None:
    components = contract.document["components"]["schemas"]
    for operation in contract.operations.values():
        for answer in operation.answers.values():
            if answer.schema is not None:
                CompiledSchema(answer.schema, components, operation.id).is_valid({})


def test_there_is_a_ruling_on_each_of_the_41_points() -> None:
    rulings = load_rulings()

    assert len(rulings) == 41
    assert all(set(one.form) == set(PROFILES) for one in rulings)


def test_the_address_answered_is_the_one_that_was_sent() -> None:
    body = {
        "success": True,
        "data": {"address": {"id": 3, "is_primary": True, "updated_at": "2026-11-20T10:00:00Z"}},
    }
    judge = Judge(load_contract("documented"))

    def found(sent: bytes) -> list[str]:
        made = exchange("POST", "/customers/1/address/make-primary", body, request_body=sent)
        return [one.requirement for one in judge.judge(made).findings]

    assert found(b'{"address_id": 3}') == []
    assert found(b'{"address_id": "3"}') == []
    assert found(b'{"address_id": 4}') == ["ADR-PRIMARY-ID"]
