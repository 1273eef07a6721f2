"""Workers side by side: what is dealt out together, and scenarios that must be alone."""

from __future__ import annotations

import threading
from pathlib import Path

from fluentcart_conformance.plugin.dealing import parts_of
from fluentcart_conformance.plugin.turns import Turns, forget_turns

PATIENCE = 10.0
SHORT = 0.2


def test_a_file_is_dealt_out_whole_but_for_what_comes_last() -> None:
    early = ["bulk/test_a.py::one", "bulk/test_a.py::two[x::y]", "errors/test_a.py::one"]
    late = ["bulk/test_a.py::late", "errors/test_a.py::late"]
    parts = parts_of([*early, *late])
    assert parts[early[0]] == parts[early[1]]
    assert len(set(parts.values())) == 4
    assert list(parts) == [*early, *late], "the order of the scenarios is kept"


def test_scenarios_of_two_workers_run_side_by_side(tmp_path: Path) -> None:
    one, other = (Turns(tmp_path / "journal-r.jsonl") for _ in range(2))
    with one.turn(alone=False), other.turn(alone=False):
        pass


def test_a_scenario_that_must_be_alone_waits_and_lets_nobody_in(tmp_path: Path) -> None:
    workers = [Turns(tmp_path / "journal-r.jsonl") for _ in range(3)]
    seen: list[str] = []
    begun, go_on = threading.Event(), threading.Event()

    def work(number: int, name: str, *, alone: bool) -> None:
        with workers[number].turn(alone=alone):
            seen.append(f"{name} begins")
            begun.set()
            go_on.wait(PATIENCE)
            seen.append(f"{name} ends")

    first = threading.Thread(target=work, args=(0, "first"), kwargs={"alone": False})
    first.start()
    assert begun.wait(PATIENCE)
    lonely = threading.Thread(target=work, args=(1, "lonely"), kwargs={"alone": True})
    lonely.start()
    lonely.join(SHORT)
    later = threading.Thread(target=work, args=(2, "later"), kwargs={"alone": False})
    later.start()
    later.join(SHORT)
    assert seen == ["first begins"]
    go_on.set()
    for thread in (first, lonely, later):
        thread.join(PATIENCE)
    assert seen.index("lonely ends") == seen.index("lonely begins") + 1
    assert seen.index("first ends") < seen.index("lonely begins") < seen.index("later begins")


def test_the_locks_of_a_run_are_taken_away(tmp_path: Path) -> None:
    journal = tmp_path / "journal-r.jsonl"
    Turns(journal)
    forget_turns(journal)
    forget_turns(journal)
    assert list(tmp_path.iterdir()) == []
