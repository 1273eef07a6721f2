"""An embedded store that is treated as somebody's shop, and the tool as a process at it."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fluentcart_conformance.journal.journal import StoredJournal, read_journal
from fluentcart_conformance.store.server import EmbeddedStore
from tests.journal.arrange import TABLES
from tests.tool import spawned

PATIENCE = 60.0


def rows(store: EmbeddedStore) -> dict[str, list[Any]]:
    """Every row of the store's tables, to compare before and after."""
    return {
        table: store.database.all(f"SELECT * FROM {table} ORDER BY 1")  # noqa: S608
        for table in TABLES
    }


def credentials(store: EmbeddedStore) -> dict[str, str]:
    """The variables that name the store's identities."""
    admin, low = store.identities["admin"], store.identities["low"]
    return {
        "FLUENTCART_USER": admin.user,
        "FLUENTCART_APP_PASSWORD": admin.password,
        "FLUENTCART_LOW_USER": low.user,
        "FLUENTCART_LOW_APP_PASSWORD": low.password,
    }


@dataclass
class Running:
    """The tool at work, in a process group of its own as on a terminal."""

    process: subprocess.Popen[str]
    folder: Path

    @property
    def reports(self) -> Path:
        """Where its reports go."""
        return self.folder / "reports"

    def journal(self) -> StoredJournal:
        """What it has journalled so far."""
        files = list(self.reports.glob("journal-*.jsonl"))
        return read_journal(files[0]) if files else StoredJournal()

    def made(self, number: int) -> None:
        """Wait until it has created that many objects."""
        end = time.monotonic() + PATIENCE
        while self.journal().created < number:
            assert self.process.poll() is None, "the run ended before it was interrupted"
            assert time.monotonic() < end, "the run creates nothing"
            time.sleep(0.05)

    def removes(self, kind: str) -> None:
        """Wait until it has taken an object of that kind away."""
        end = time.monotonic() + PATIENCE
        while kind not in {one for one, _ in self.journal().removed}:
            assert self.process.poll() is None, "the run ended before it was interrupted"
            assert time.monotonic() < end, "the run removes nothing"
            time.sleep(0.02)

    def send(self, number: signal.Signals) -> None:
        """A signal to the whole group, as a terminal sends Ctrl-C."""
        os.killpg(self.process.pid, number)

    def end(self) -> tuple[int, str]:
        """Wait for its end; exit code and everything it printed."""
        out, _ = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, out


def begin(folder: Path, *words: str, **variables: str) -> Running:
    """Start `fluentcart-conformance WORDS` in `folder`."""
    # Tests may be started in the background, where SIGINT is ignored, and children inherit that.
    ours = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        process = spawned(folder, *words, **variables)
    finally:
        signal.signal(signal.SIGINT, ours)
    return Running(process, folder)
