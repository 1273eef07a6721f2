"""How files are dealt out to shards."""

from __future__ import annotations

import pytest

from fluentcart_conformance.plugin.narrowing import Narrowing, Since, fingerprint, fingerprints
from fluentcart_conformance.plugin.shards import Shard, split, weigh

FILE = "refunds/test_amounts.py"
OTHER = "auth/test_permissions.py"


@pytest.mark.parametrize("text", ["0/2", "3/2", "1", "a/b", "1/0", "-1/2", "", "1/2/3"])
def test_what_is_no_shard_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="shard"):
        Shard.parse(text)


def test_shards_are_counted_from_one() -> None:
    assert Shard.parse(" 2/3 ") == Shard(2, 3)
    assert str(Shard(2, 3)) == "2/3"


@pytest.mark.parametrize("count", [1, 2, 3, 7, 20])
def test_every_file_is_in_one_shard_and_the_order_does_not_matter(count: int) -> None:
    weights = {f"area/test_{number}.py": float(number % 5) for number in range(17)}
    shards = split(weights, count)
    assert sorted(file for shard in shards for file in shard) == sorted(weights)
    backwards = dict(reversed(weights.items()))
    assert split(backwards, count) == shards
    for index in range(1, count + 1):
        assert Shard(index, count).files(weights) == set(shards[index - 1])


def test_no_shard_is_heavier_than_another_by_more_than_one_file() -> None:
    weights = {f"{letter}.py": float(ord(letter) - 96) for letter in "abcdefghijkl"}
    loads = [sum(weights[file] for file in shard) for shard in split(weights, 3)]
    assert max(loads) - min(loads) <= max(weights.values())


def test_past_seconds_weigh_and_unknown_files_weigh_as_usual() -> None:
    seconds = {f"{FILE}::a": 4.0, f"{FILE}::b": 2.0, f"{OTHER}::a": 1.0}
    files = [FILE, FILE, OTHER, "new.py", "new.py"]
    assert weigh(files, seconds) == {FILE: 6.0, OTHER: 1.0, "new.py": 4.0}
    assert weigh(files, {}) == {FILE: 2.0, OTHER: 1.0, "new.py": 2.0}


def test_a_resumed_shard_is_the_same_shard() -> None:
    scenarios: dict[str, list[str]] = {f"f{n}.py::s{m}": [] for n in range(6) for m in range(n + 1)}
    for index in (1, 2):
        whole = Narrowing(shard=Shard(index, 2)).keep(scenarios)
        done = frozenset(sorted(scenarios)[::2])
        rest = Narrowing(shard=Shard(index, 2), finished=done).keep(scenarios)
        assert rest == whole - done


def test_a_settled_scenario_runs_again_when_its_file_changed_or_its_requirement_is_open() -> None:
    settled = f"{FILE}::settled"
    since = Since(
        "r-1",
        settled=frozenset({settled, f"{OTHER}::moved", "gone.py::gone"}),
        still_open=frozenset({"RFD-OPEN"}),
        files={FILE: fingerprint(FILE), OTHER: "another"},
    )
    promised = {
        settled: ["RFD-A"],
        f"{FILE}::new": ["RFD-A"],
        f"{OTHER}::moved": ["AUT-A"],
    }
    assert Narrowing(since=since).keep(promised) == {f"{FILE}::new", f"{OTHER}::moved"}
    assert Narrowing(since=since).keep({settled: ["RFD-A", "RFD-OPEN"]}) == {settled}


def test_every_file_of_scenarios_has_a_fingerprint() -> None:
    found = fingerprints()
    assert found[FILE] == fingerprint(FILE) != fingerprint(OTHER)
    assert all(len(one) == 16 for one in found.values())
    assert fingerprint("no/such.py") == ""
