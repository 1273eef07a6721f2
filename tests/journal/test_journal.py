"""The journal: on disk at once, whole after a kill, shared by workers."""

from __future__ import annotations

import json
import re
import threading
from pathlib import Path

from fluentcart_conformance.journal.journal import ABSENT_FROM, Journal, read_journal
from fluentcart_conformance.journal.observe import is_ours


def test_what_was_created_is_on_disk_at_once(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j.jsonl", "r-1", target="https://shop.example")
    journal.created("order", 5, note="x")
    stored = read_journal(journal.path)
    assert (stored.run, stored.target) == ("r-1", "https://shop.example")
    assert stored.namespace == journal.namespace
    assert [(one.kind, one.id, one.extra) for one in stored.entries] == [
        ("order", 5, {"note": "x"})
    ]


def test_what_was_removed_is_no_longer_owned_but_known_to_be_absent(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j.jsonl", "r-1")
    journal.created("order", 5)
    journal.created("order", "5")
    assert journal.owns("order", 5)
    journal.removed("order", 5)
    journal.removed("order", 77)
    assert not journal.owns("order", 5)
    assert journal.absent("order", 5)
    assert not journal.absent("order", 77)
    assert journal.created_count == 1
    assert len(journal.path.read_text().splitlines()) == 3


def test_a_line_cut_by_a_kill_does_not_hide_the_others(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j.jsonl", "r-1")
    journal.created("order", 5)
    with journal.path.open("a") as file:
        file.write('{"run": "r-1", "event": "created", "kind": "ord')
    again = Journal(journal.path, "r-1")
    assert again.namespace == journal.namespace
    assert again.owns("order", 5)
    again.created("customer", 6)
    assert {one.kind for one in read_journal(journal.path).entries} >= {"order"}


def test_workers_write_to_one_file_without_mixing_lines(tmp_path: Path) -> None:
    lead = Journal(tmp_path / "j.jsonl", "r-1")
    workers = [Journal(lead.path, "r-1", lead.namespace, durable=False) for _ in range(4)]

    def work(number: int) -> None:
        for one in range(200):
            workers[number].created("order", number * 1000 + one, text="ä" * 50)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lines = [json.loads(line) for line in lead.path.read_text().splitlines()]
    assert sum(line["event"] == "created" for line in lines) == 800
    lead.reload()
    assert len(lead.entries("order")) == lead.created_count == 800


def test_every_address_and_title_carries_the_namespace(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j.jsonl", "r-1")
    assert re.fullmatch(r"fcc-[0-9a-f]{8}", journal.namespace)
    emails = {journal.email("buyer") for _ in range(50)}
    assert len(emails) == 50
    assert all(is_ours(one, journal.namespace) for one in emails)
    assert journal.title("Shirt").startswith(f"{journal.namespace} ")


def test_only_the_exact_namespace_under_example_com_is_ours() -> None:
    mark = "fcc-1a2b3c4d"
    assert is_ours("FCC-1a2b3c4d-7@EXAMPLE.com", mark)
    for other in (
        "fcc-1a2b3c4d-7@shop.example",
        "fcc-1a2b3c4dd-7@example.com",
        "xfcc-1a2b3c4d@example.com",
        "fcc-1a2b3c4e@example.com",
        "someone@example.com",
        "fcc-1a2b3c4d@example.com.other.example",
        None,
        7,
    ):
        assert not is_ours(other, mark)
    assert not is_ours("someone@example.com", "")


def test_ids_beyond_every_row_are_absent(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j.jsonl", "r-1")
    assert journal.absent("order", journal.absent_id())
    assert not journal.absent("order", ABSENT_FROM - 1)
    journal.declare_absent("order", 999)
    assert journal.absent("order", 999)
    assert not journal.absent("customer", 999)
