"""Writes the reports when the verdict stands, and prints it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from fluentcart_conformance.contract.requirements import load_requirements
from fluentcart_conformance.render.everything import write_reports
from fluentcart_conformance.render.terminal import make_console, print_verdict
from fluentcart_conformance.verdict.record import RecordError
from fluentcart_conformance.verdict.verdict import Verdict

if TYPE_CHECKING:
    from fluentcart_conformance.target.preflight import TargetReport
    from fluentcart_conformance.target.settings import Settings


class ReportWriter:
    """Listens to a run; at its end renders every report from the record."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.verdict: Verdict | None = None
        # The run redirects standard output to a log; the verdict is for the terminal.
        self._console = make_console(sys.stdout)

    def prepare(self) -> None:
        """Make the reports folder.

        Raises:
            RecordError: when that cannot be.
        """
        folder = self.settings.reports
        try:
            folder.mkdir(parents=True, exist_ok=True)
            probe = folder / ".writable"
            probe.touch()
            probe.unlink()
        except OSError as error:
            raise RecordError(
                f"cannot write to {folder}: {error.strerror or error}; "
                "choose another folder with --reports DIR"
            ) from error

    def ready(self, report: TargetReport, scenarios: int) -> None:
        """Nothing to do yet."""

    def running(self, title: str) -> None:
        """Nothing to do."""

    def seen(self, event: dict[str, Any]) -> None:
        """Nothing to do: the record has it."""

    def done(self, verdict: Verdict) -> None:
        """Render the reports and print the verdict."""
        self.verdict = verdict
        folder = self.settings.reports
        rendered = write_reports(
            folder / "run.jsonl",
            folder,
            load_requirements(),
            verdict=verdict,
        )
        print_verdict(self._console, rendered.verdict, rendered.exchanges)
