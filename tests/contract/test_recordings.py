"""What three real stores answered: every finding is a known deviation, and the other way round."""

from __future__ import annotations

from functools import cache

import pytest

from fluentcart_conformance.contract import Exchange, Finding, Judge, load_contract
from fluentcart_conformance.paths import data_dir
from fluentcart_conformance.verdict.deviations import Deviation, load_deviations
from fluentcart_conformance.verdict.occurrences import Occurrence

from .recorded import PROFILES, recorded

VERSIONS = tuple(PROFILES)


@cache
def judged(version: str) -> tuple[tuple[Exchange, Finding], ...]:
    judge = Judge(load_contract(PROFILES[version]))
    return tuple(
        (exchange, found)
        for row, exchange in recorded(version)
        for found in judge.judge(exchange).findings
    )


def deviations(version: str) -> tuple[Deviation, ...]:
    return load_deviations([data_dir() / "deviations" / f"fluentcart-{version}.yaml"])


def occurrence(exchange: Exchange, found: Finding) -> Occurrence:
    return Occurrence(
        requirement=found.requirement,
        operations=(found.operation,),
        pointer=found.pointer,
        expected=found.expected,
        got=found.got,
        kind=found.kind,
        cause=found.cause,
        scenario=None,
        exchanges=(exchange.note,),
        statuses=(exchange.status,),
        source="judge",
    )


@pytest.mark.parametrize("version", VERSIONS)
def test_every_finding_in_an_accepted_answer_is_a_known_deviation(version: str) -> None:
    known = deviations(version)
    unknown = [
        (found.requirement, found.operation, found.pointer, found.got, exchange.note)
        for exchange, found in judged(version)
        if exchange.status < 300
        and not any(one.covers(occurrence(exchange, found)) for one in known)
    ]

    assert unknown == []


@pytest.mark.parametrize("version", VERSIONS)
def test_few_accepted_answers_have_a_finding_at_all(version: str) -> None:
    accepted = {exchange.note for exchange, _ in judged(version) if exchange.status < 300}

    assert len(accepted) < {"1.3.0": 450, "1.3.25": 90, "1.5.2": 90}[version]


@pytest.mark.parametrize("version", VERSIONS)
def test_every_exchange_finds_its_operation(version: str) -> None:
    contract = load_contract(PROFILES[version])
    strays = {
        row["case"]
        for row, exchange in recorded(version)
        if exchange.status < 300
        and (matched := contract.match_url(exchange.method, exchange.url)) is not None
        and matched[0].id != row["operation"]
    }

    assert strays <= {"wrong method GET"}


@pytest.mark.parametrize("version", VERSIONS)
def test_a_server_error_is_one_finding(version: str) -> None:
    judge = Judge(load_contract(PROFILES[version]))
    crashes = [exchange for _, exchange in recorded(version) if exchange.status >= 500]
    found = [judge.judge(exchange) for exchange in crashes]

    assert len(crashes) > 170
    assert all(len(one.findings) == 1 for one in found if one.operation is not None)


@pytest.mark.parametrize("version", VERSIONS)
def test_business_refusals_by_500_and_leaks_are_found(version: str) -> None:
    words = {found.got for _, found in judged(version)}
    kinds = {found.requirement for _, found in judged(version)}

    assert any("a refusal meant as 400" in one for one in words)
    assert "GEN-NO-5XX" in kinds
    assert ("GEN-NO-LEAK" in kinds) is True
