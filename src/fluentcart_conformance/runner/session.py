"""Run the suites against a target: settings in, reports written, exit code out."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from fluentcart_conformance.contract.requirements import load_requirements
from fluentcart_conformance.paths import suites_dir
from fluentcart_conformance.plugin.lead import Lead, Listener
from fluentcart_conformance.plugin.narrowing import Narrowing
from fluentcart_conformance.runner.log import open_log
from fluentcart_conformance.runner.progress import Progress
from fluentcart_conformance.runner.reports import ReportWriter
from fluentcart_conformance.target.settings import Settings

LOG = "pytest.log"
_USAGE = 2
_HARNESS = 4
# pytest's own words for the ways in which it ends without having run anything.
_PYTEST_USAGE = 4
_NOTHING_COLLECTED = 5


def run(
    settings: Settings,
    *,
    listeners: Sequence[Listener] = (),
    requirements: Sequence[str] = (),
    scenarios: Sequence[str] = (),
    narrowing: Narrowing | None = None,
) -> int:
    """Run the suites and return the documented exit code.

    `requirements` and `scenarios` (ids as in the record) narrow the run to those, `narrowing` to a
    part of the suites. What pytest itself prints goes to `pytest.log` beside the reports.

    Raises:
        RecordError: when the reports folder cannot be written.
        TargetError, DeviationError: when the run cannot begin; each carries its exit code.
    """
    reports = ReportWriter(settings)
    progress = Progress(len(load_requirements()))
    reports.prepare()
    try:
        code = drive(
            settings,
            [*listeners, progress, reports],
            requirements=requirements,
            scenarios=scenarios,
            narrowing=narrowing,
        )
    finally:
        progress.stop()
    if reports.verdict is not None:
        return reports.verdict.exit_code
    return _without_verdict(code, settings.reports / LOG)


def drive(
    settings: Settings,
    listeners: Sequence[Listener],
    *,
    requirements: Sequence[str] = (),
    scenarios: Sequence[str] = (),
    narrowing: Narrowing | None = None,
) -> int:
    """Run pytest over the suites with these listeners and no reports; returns pytest's exit code.

    Raises:
        TargetError, DeviationError: when the run cannot begin.
    """
    Lead.settings_given = settings
    Lead.narrowing_given = narrowing or Narrowing()
    Lead.listeners = list(listeners)
    arguments = pytest_arguments(settings, requirements, scenarios)
    log = settings.reports / LOG
    try:
        with open_log(log) as file, redirect_stdout(file), redirect_stderr(file):
            code = int(pytest.main(arguments))
    finally:
        Lead.settings_given = None
        Lead.narrowing_given = Narrowing()
        Lead.listeners = []
    refused, Lead.refused = Lead.refused, None
    if refused is not None:
        raise refused
    return code


def pytest_arguments(
    settings: Settings, requirements: Sequence[str], scenarios: Sequence[str]
) -> list[str]:
    """The words pytest is called with for a run of the suites."""
    suites = suites_dir()
    chosen = [str(suites / one) for one in scenarios] or [str(suites)]
    words = [
        *chosen,
        f"--rootdir={suites}",
        "-c",
        str(suites / "pytest.ini"),
        # What else is installed beside the tool has no say in a run, and costs no time.
        "--disable-plugin-autoload",
        "-p",
        "fluentcart_conformance.pytest_plugin",
        "-p",
        "xdist",
        "-p",
        "no:cacheprovider",
        # They collect garbage to look for errors of coroutines and threads, which a run has not.
        "-p",
        "no:unraisableexception",
        "-p",
        "no:threadexception",
        "-s",
        "-q",
    ]
    if settings.keyword:
        words += ["-k", settings.keyword]
    if settings.workers > 1:
        words += ["-n", str(settings.workers), "--dist", "loadfile"]
    for requirement in requirements:
        words += ["--requirement", requirement]
    return words


def _without_verdict(code: int, log: Path) -> int:
    """The exit code of a run that ended before there was a verdict."""
    if code in (_PYTEST_USAGE, _NOTHING_COLLECTED):
        return _USAGE
    return _HARNESS if _crashed(log) else code


def _crashed(log: Path) -> bool:
    return "INTERNALERROR" in log.read_text("utf-8", "replace")
