"""A selftest of two faults from end to end, and its errors."""

from __future__ import annotations

import json

import pytest

from fluentcart_conformance.cli.main import call


def test_a_fault_is_killed_by_the_requirement_it_names(capfd: pytest.CaptureFixture[str]) -> None:
    words = ["selftest", "--faults", "refund-cent-more", "--faults", "list-page-ignored"]
    code = call([*words, "--format", "json"])
    found = json.loads(capfd.readouterr().out)
    assert [one["result"] for one in found["outcomes"]] == ["killed", "killed"]
    assert found["fails_without_faults"] == {}
    assert code == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["selftest", "--faults", "no-such-fault"], "unknown fault"),
        (["selftest", "--part", "5"], "no part"),
        (["selftest", "--area", "gardens"], "unknown area"),
        (["serve", "--fault", "refund-cent-mor"], "did you mean refund-cent-more"),
        (
            ["serve", "--fault", "refund-hundredfold", "--fault", "refund-amount-as-cents"],
            "exclude each other",
        ),
        (["serve", "--personality", "nobody"], "known: plain, stranger"),
        (["serve", "--with", "gzip,hats"], "unknown switch"),
    ],
)
def test_what_is_not_known_ends_with_two(
    words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(words) == 2
    assert says in capsys.readouterr().err


def test_faults_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["faults", "--requirement", "RFD-UNIT", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert "refund-cent-more" in {one["id"] for one in found}
