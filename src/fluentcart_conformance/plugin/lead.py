"""The life of a run in the process that leads it: store, preflight, record, cleanup, verdict."""

from __future__ import annotations

import secrets
import shlex
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

import pytest

from fluentcart_conformance import __version__
from fluentcart_conformance.contract.fingerprint import contract_hash
from fluentcart_conformance.contract.requirements import load_requirements
from fluentcart_conformance.journal.journal import Journal
from fluentcart_conformance.journal.provision import provided
from fluentcart_conformance.plugin.embedded import EmbeddedProcess, EmbeddedStoreError
from fluentcart_conformance.plugin.narrowing import Narrowing, fingerprints
from fluentcart_conformance.plugin.options import chosen, narrowed
from fluentcart_conformance.plugin.turns import forget_turns
from fluentcart_conformance.target.errors import ConfigError, TargetError
from fluentcart_conformance.target.preflight import TargetReport, preflight
from fluentcart_conformance.target.settings import Settings
from fluentcart_conformance.target.settings_load import load_settings
from fluentcart_conformance.verdict.compute import compute_verdict
from fluentcart_conformance.verdict.deviations import DeviationError, load_deviations
from fluentcart_conformance.verdict.earlier import finished_events
from fluentcart_conformance.verdict.merge import renamed
from fluentcart_conformance.verdict.record import RecordError, RecordWriter
from fluentcart_conformance.verdict.tally import Tally
from fluentcart_conformance.verdict.verdict import Verdict

if TYPE_CHECKING:
    from fluentcart_conformance.plugin.worker import Assignment

_INTERRUPTED = 2
_INTERNAL = (3, 4)
_NOTHING_COLLECTED = 5


class Listener(Protocol):
    """Somebody who watches a run (the progress on a terminal, the step summary of a CI)."""

    def ready(self, report: TargetReport, scenarios: int) -> None:
        """The target has been looked at."""

    def running(self, title: str) -> None:
        """A scenario begins."""

    def seen(self, event: dict[str, Any]) -> None:
        """An event went into the record."""

    def done(self, verdict: Verdict) -> None:
        """The verdict stands and the record is closed."""


class Lead:
    """One run: `open`, `take` events, `close` with the exit code.

    `when_idle` does a piece of work at once, or when the process next waits for the store.
    """

    leading: ClassVar[Lead | None] = None
    refused: ClassVar[Exception | None] = None
    settings_given: ClassVar[Settings | None] = None
    narrowing_given: ClassVar[Narrowing] = Narrowing()
    listeners: ClassVar[list[Listener]] = []

    def __init__(self, settings: Settings, only: Sequence[str] = ()) -> None:
        self.settings = settings
        self.only = list(only)
        self.narrowing = Lead.narrowing_given
        self.run = f"r-{datetime.now(UTC):%Y%m%d}-{secrets.token_hex(3)}"
        self.store: EmbeddedProcess | None = None
        self.writer = RecordWriter(settings.reports / "run.jsonl")
        self.tally = Tally()
        self.report: TargetReport
        self.journal: Journal
        self.verdict: Verdict | None = None
        self.unwritten: RecordError | None = None
        self.when_idle: Callable[[Callable[[], None]], None] = lambda work: work()

    @classmethod
    def of(cls, config: pytest.Config) -> Lead:
        """The lead of a pytest session, from the CLI's settings or from pytest's options.

        Raises:
            pytest.UsageError: for settings that cannot be used.
        """
        settings = cls.settings_given
        if settings is None:
            try:
                settings = load_settings(chosen(config))
            except TargetError as error:
                raise pytest.UsageError(str(error)) from error
        return cls(settings, narrowed(config))

    @property
    def record(self) -> Path:
        """Where the record is."""
        return self.writer.path

    def open(self) -> None:
        """Start the embedded store if it is meant, look at the target, begin the record.

        Raises:
            pytest.exit.Exception: with the documented exit code, when the run cannot begin.
        """
        Lead.leading = self
        try:
            self._open()
        except (TargetError, RecordError, DeviationError, EmbeddedStoreError) as error:
            self.stop()
            Lead.refused = error
            pytest.exit(f"{error}", returncode=getattr(error, "exit_code", 4))

    def _open(self) -> None:
        self.deviations = load_deviations(self.settings.deviations)
        self.writer.__enter__()
        if self.settings.base_url is None:
            profile = self.settings.profile
            self.store = EmbeddedProcess(
                "documented" if profile == "auto" else profile,
                *shlex.split(self.settings.store_arguments),
            )
            self.settings = self.store.settings(self.settings)
        self.report = preflight(self.settings)
        self.journal = Journal(
            self.settings.reports / f"journal-{self.run}.jsonl",
            self.run,
            target=str(self.settings.base_url),
            durable=not self.report.embedded,
        )
        self.report = provided(self.settings, self.report, self.journal)
        self._append(self._header())
        if self.narrowing.resumes is not None:
            self.take(renamed(one, "p-") for one in finished_events(self.narrowing.resumes))
        for listener in self.listeners:
            listener.ready(self.report, 0)

    def _header(self) -> dict[str, Any]:
        report = self.report
        identities = ["admin"]
        identities += [
            name
            for name in ("low", "manager")
            if getattr(self.settings, f"{name}_app_password") is not None
        ]
        return {
            "type": "header",
            "schema": 1,
            "run": self.run,
            "started": datetime.now(UTC).isoformat(),
            "tool": __version__,
            "profile": report.profile,
            "target": report.facts(),
            "selection": {
                "areas": self.settings.areas or None,
                "keyword": self.settings.keyword,
                **({"only": self.only} if self.only else {}),
                **self.narrowing.selection(),
                **({"withheld": withheld} if (withheld := self.settings.withheld) else {}),
            },
            "contract_sha256": contract_hash(),
            "identities": identities,
            "capabilities": {name: one.as_json() for name, one in report.capabilities.items()},
            "deviations": [str(path) for path in self.settings.deviations],
            "seed": self.settings.seed or 0,
            "suites": fingerprints(),
            **({"resumes": self.narrowing.resumes.name} if self.narrowing.resumes else {}),
        }

    def assignment(self, name: str) -> Assignment:
        """What a worker needs to know."""
        from fluentcart_conformance.plugin.worker import Assignment  # noqa: PLC0415

        return Assignment(
            name,
            self.run,
            self.settings,
            self.report,
            self.journal.path,
            self.journal.namespace,
            self.narrowing,
        )

    # -- while it runs -----------------------------------------------------------------------

    def started(self, title: str) -> None:
        """A scenario begins."""
        for listener in self.listeners:
            listener.running(title)

    def expect(self, scenarios: int) -> None:
        """So many scenarios will run."""
        for listener in self.listeners:
            listener.ready(self.report, scenarios)

    def take(self, events: Iterable[Any]) -> None:
        """Write events to the record, in their order.

        A record that cannot be written any more (`unwritten`) hinders nobody: the run is to end,
        and what it created is to be taken away all the same.
        """
        together = list(events)
        self._append(*together)
        for event in together:
            for listener in self.listeners:
                listener.seen(event)

    def _append(self, *events: Any) -> None:
        if self.unwritten is None:
            try:
                self.writer.append(*events)
            except RecordError as error:
                self.unwritten = error
        for event in events:
            self.tally.add(event)

    # -- the end -----------------------------------------------------------------------------

    def close(self, exitstatus: int) -> int:
        """Clean up, compute the verdict, close the record; returns the exit code."""
        from fluentcart_conformance.plugin.ending import Patience, clean_up  # noqa: PLC0415

        if exitstatus in _INTERNAL:
            words = f"pytest ended with its own error {exitstatus}"
            self.take([{"type": "problem", "where": "harness", "message": words}])
        forget_turns(self.journal.path)
        with Patience(tried=exitstatus == _INTERRUPTED) as patience:
            self.take(clean_up(self.settings, self.report, self.journal))
        ended = datetime.now(UTC)
        verdict = compute_verdict(
            self.tally,
            load_requirements(),
            self.deviations,
            ended=ended,
            # Workers that are called back look to pytest as if somebody had interrupted them.
            interrupted=patience.tried and not self.tally.stopped,
        )
        self._append({"type": "footer", "ended": ended.isoformat(), "verdict": verdict.summary()})
        if self.unwritten is not None:
            Lead.refused = RecordError(f"{self.unwritten}; {_cleaned(verdict)}")
            return RecordError.exit_code
        self.writer.close()
        # A part of a run may be left with nothing to do.
        whole = not self.narrowing.selection() and self.narrowing.resumes is None
        if exitstatus == _NOTHING_COLLECTED and self.settings.keyword and whole:
            Lead.refused = ConfigError(f"-k {self.settings.keyword!r} matches no scenario")
            return ConfigError.exit_code
        self.verdict = verdict
        for listener in self.listeners:
            listener.done(verdict)
        return verdict.exit_code

    def stop(self) -> None:
        """Stop the embedded store; doing so twice does no harm."""
        store, self.store = self.store, None
        if store is not None:
            store.stop()
        with suppress(RecordError):
            self.writer.close()
        Lead.leading = None


def _cleaned(verdict: Verdict) -> str:
    """What became of the things that a run created which ends here."""
    left = verdict.cleanup["leftovers"] if verdict.cleanup else []
    if not left:
        return "the run ended early and took away what it had created"
    return f"the run ended early and left {len(left)} objects behind; `sweep` takes them away"
