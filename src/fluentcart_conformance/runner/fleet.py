"""Runs the sites of a fleet, each as a process of its own, and gathers their verdicts."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fluentcart_conformance.contract.requirements import load_requirements
from fluentcart_conformance.verdict.compute import verdict_of_record
from fluentcart_conformance.verdict.deviations import load_deviations
from fluentcart_conformance.verdict.record import RecordError
from fluentcart_conformance.verdict.verdict import Verdict

from .fleet_file import Fleet, Site

_PATIENCE = 120.0
INTERRUPTED = 130
# What makes a run speak to a CI; here the fleet does.
_OF_CI = ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY")


@dataclass(frozen=True)
class Outcome:
    """How one site ended. `verdict` is None when there is none; `words` say why, in one line."""

    site: Site
    exit_code: int
    verdict: Verdict | None
    words: str = ""


class FleetRun:
    """One run over a fleet. `done` is called with each outcome as it comes, from any thread."""

    def __init__(
        self, fleet: Fleet, reports: Path, done: Callable[[Outcome], None] = lambda _: None
    ) -> None:
        self._fleet = fleet
        self._reports = reports.resolve()
        self._done = done
        hosts = {site.host for site in fleet.sites}
        self._hosts = {host: threading.Semaphore(fleet.per_host) for host in hosts}
        self._stopping = threading.Event()
        self._running: list[subprocess.Popen[bytes]] = []
        self._lock = threading.Lock()

    def run(self) -> list[Outcome]:
        """Run all sites; outcomes in the order of the file. Ctrl-C lets each clean up first."""
        with ThreadPoolExecutor(self._fleet.parallel) as pool:
            waiting = [pool.submit(self._one, site) for site in self._fleet.sites]
            try:
                for one in waiting:
                    one.exception()
            except KeyboardInterrupt:
                self._stop()
        return [one.result() for one in waiting]

    def _stop(self) -> None:
        self._stopping.set()
        with self._lock:
            for process in self._running:
                process.send_signal(signal.SIGINT)

    def _one(self, site: Site) -> Outcome:
        with self._hosts[site.host]:
            if self._stopping.is_set():
                outcome = Outcome(site, INTERRUPTED, None, "not begun")
            else:
                outcome = self._outcome(site, self._process(site))
        self._done(outcome)
        return outcome

    def _process(self, site: Site) -> int:
        folder = self._reports / site.name
        folder.mkdir(parents=True, exist_ok=True)
        # An earlier record must not be taken for that of a run that never began.
        (folder / "run.jsonl").unlink(missing_ok=True)
        with (folder / "run.log").open("wb") as log:
            process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-m", "fluentcart_conformance", "run", "--reports", str(folder)],
                cwd=folder,
                env=environment(site, self._fleet),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # Ctrl-C reaches each run once, from here.
                start_new_session=True,
            )
            with self._lock:
                self._running.append(process)
            try:
                return self._wait(process)
            finally:
                with self._lock:
                    self._running.remove(process)

    def _wait(self, process: subprocess.Popen[bytes]) -> int:
        try:
            return process.wait(self._fleet.timeout)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGINT)
        try:
            return process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return INTERRUPTED

    def _outcome(self, site: Site, code: int) -> Outcome:
        folder = self._reports / site.name
        try:
            known = load_deviations([Path(one) for one in site.settings.get("deviations", ())])
            verdict = verdict_of_record(folder / "run.jsonl", load_requirements(), known)
        except RecordError:
            lines = (folder / "run.log").read_text("utf-8", "replace").split("\n")
            said = next((line for line in reversed(lines) if line.strip()), "no word")
            return Outcome(site, code, None, said.removeprefix("fluentcart-conformance: "))
        return Outcome(site, code, verdict)


def environment(site: Site, fleet: Fleet) -> dict[str, str]:
    """The environment of a site's run: its own settings and credentials, and no other site's."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("FLUENTCART_") and name not in fleet.variables and name not in _OF_CI
    }
    for key, value in site.settings.items():
        kept[f"FLUENTCART_{key.upper()}"] = _text(value)
    for key, variable in site.credentials.items():
        kept[f"FLUENTCART_{key.upper()}"] = os.environ[variable]
    return kept


def _text(value: Any) -> str:
    """A setting as its variable holds it."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(one, str | int) for one in value):
        return ",".join(map(str, value))
    return json.dumps(value)


def worst(outcomes: list[Outcome]) -> int:
    """The exit code of the fleet: that of the site that ended worst."""
    return max((abs(one.exit_code) for one in outcomes), default=0)
