"""No scenario passes without having looked at anything."""

from __future__ import annotations

from typing import Any

import pytest

from fluentcart_conformance.selftest.once import Seen, run_once
from fluentcart_conformance.selftest.vacuity import NO_CHECK, NO_EXCHANGE, vacuous


def _check(scenario: str, outcome: str = "passed", *exchanges: str) -> dict[str, Any]:
    return {
        "type": "check",
        "requirement": "ORD-NOTE",
        "outcome": outcome,
        "scenario": scenario,
        "exchanges": list(exchanges),
        "message": "",
    }


def _seen(*events: dict[str, Any]) -> Seen:
    seen = Seen()
    for event in events:
        seen.seen(event)
    return seen


def test_a_scenario_that_makes_no_check_is_vacuous() -> None:
    seen = _seen(
        {"type": "scenario", "id": "empty"},
        _check("sound", "passed", "e-1"),
        {"type": "scenario", "id": "sound"},
    )
    assert vacuous(seen) == {"empty": NO_CHECK}


def test_a_scenario_that_checks_no_exchange_is_vacuous() -> None:
    seen = _seen(
        _check("blind"),
        _check("blind", "failed"),
        {"type": "scenario", "id": "blind"},
        _check("half"),
        _check("half", "passed", "e-2"),
        {"type": "scenario", "id": "half"},
    )
    assert vacuous(seen) == {"blind": NO_EXCHANGE}


def test_what_the_profile_or_the_target_lacks_is_not_vacuous() -> None:
    seen = _seen(
        _check("absent", "not_applicable"),
        {"type": "scenario", "id": "absent"},
        _check("untried", "not_testable"),
        {"type": "scenario", "id": "untried"},
    )
    assert vacuous(seen) == {}


@pytest.mark.parametrize("profile", ["documented", "fluentcart-1.5"])
def test_every_scenario_of_the_suites_looks_at_the_store(profile: str) -> None:
    seen = run_once(profile)
    assert (seen.problems, seen.failed) == ([], {})
    assert len(seen.ran) > 200
    assert vacuous(seen) == {}
