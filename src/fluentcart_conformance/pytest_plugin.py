"""The pytest plugin: options, the life of a run, selection, fixtures, events of scenarios.

It wakes only when the suites of this project are among pytest's arguments. The process that pytest
was started in leads the run (embedded store, preflight, record, cleanup, verdict); under xdist the
workers only run scenarios and hand their events over with their reports.
"""

from __future__ import annotations

import pickle
from collections.abc import Generator, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from fluentcart_conformance.paths import suites_dir

if TYPE_CHECKING:
    from fluentcart_conformance.drivers.shop import Shop
    from fluentcart_conformance.plugin.context import Workbench
    from fluentcart_conformance.plugin.lead import Lead
    from fluentcart_conformance.plugin.worker import Worker
    from fluentcart_conformance.target.preflight import TargetReport

_LEAD: pytest.StashKey[Lead] = pytest.StashKey()
_WORKER: pytest.StashKey[Worker] = pytest.StashKey()
EVENTS = "fluentcart_conformance"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of a run; the settings file and the environment say the rest."""
    from fluentcart_conformance.plugin.options import add_options  # noqa: PLC0415

    add_options(parser)


def _concerns(config: pytest.Config) -> bool:
    suites = suites_dir().resolve()
    for word in config.args:
        path = Path(str(word).split("::", maxsplit=1)[0])
        if not path.is_absolute():
            path = config.invocation_params.dir / path
        resolved = path.resolve()
        if resolved == suites or suites in resolved.parents:
            return True
    return False


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Wake up where the suites are meant: lead the run, or work for the process that leads."""
    config.addinivalue_line("markers", "needs(*capabilities): capabilities a scenario stands on")
    config.addinivalue_line("markers", "proves(*ids): requirement ids not written in the scenario")
    config.addinivalue_line("markers", "late: a scenario that gains by what came before it")
    config.addinivalue_line("markers", "reading_run: a scenario for runs that write nothing")
    config.addinivalue_line("markers", "alone: a scenario that no other may run beside")
    workerinput = getattr(config, "workerinput", None)
    if workerinput is None and not _concerns(config):
        return
    if workerinput is not None and EVENTS not in workerinput:
        return
    from fluentcart_conformance.plugin.worker import Worker  # noqa: PLC0415

    if workerinput is not None:
        # The controller of this very run made the bytes; they came over its own pipe.
        config.stash[_WORKER] = Worker(pickle.loads(workerinput[EVENTS]), config)  # noqa: S301
        return
    from fluentcart_conformance.plugin.lead import Lead  # noqa: PLC0415

    lead = Lead.of(config)
    config.stash[_LEAD] = lead
    lead.open()
    if not config.getoption("numprocesses", None):
        worker = config.stash[_WORKER] = Worker(lead.assignment("w0"), config)
        lead.when_idle = worker.bench.later


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Hand the assignment to an xdist worker, over its pipe and never on its command line."""
    lead = node.config.stash.get(_LEAD, None)
    if lead is not None:
        name = node.gateway.id.replace("gw", "w")
        node.workerinput[EVENTS] = pickle.dumps(lead.assignment(name))


@pytest.hookimpl(optionalhook=True, tryfirst=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object | None:
    """Keep the order of the scenarios, whatever `--dist` says."""
    if config.stash.get(_LEAD, None) is None:
        return None
    from fluentcart_conformance.plugin.dealing import InOrder  # noqa: PLC0415

    return InOrder(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Drop what the operator did not choose; under xdist every worker drops the same."""
    worker = config.stash.get(_WORKER, None)
    if worker is not None:
        worker.select(items)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Open the scenario around set-up, call and teardown."""
    worker = item.config.stash.get(_WORKER, None)
    if worker is None:
        return (yield)
    with worker.scenario(item):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, None, None]:
    """Leave out what has no form in the profile; say what the target lacks."""
    worker = item.config.stash.get(_WORKER, None)
    if worker is not None:
        worker.before(item)
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
) -> Generator[None, object, object]:
    """Know what shared arrangements sent: scenarios that come later stand on it."""
    worker = request.config.stash.get(_WORKER, None)
    if worker is None or fixturedef.scope == "function":
        return (yield)
    with worker.arranging(fixturedef.argname):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Settle the scenario's outcome and send its events with the last report."""
    report = yield
    worker = item.config.stash.get(_WORKER, None)
    if worker is not None:
        worker.settle(item, call, report)
    return report


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Take in the events of a scenario where the run is led (the one writer)."""
    from fluentcart_conformance.plugin.lead import Lead  # noqa: PLC0415

    lead = Lead.leading
    if lead is not None and report.when == "teardown":
        for name, events in report.user_properties:
            if name == EVENTS and isinstance(events, list):
                lead.when_idle(partial(lead.take, events))
        # JUnit or other plugins have no use for whole exchanges.
        report.user_properties = [pair for pair in report.user_properties if pair[0] != EVENTS]
        if lead.unwritten is not None:
            pytest.exit(f"{lead.unwritten}", returncode=lead.unwritten.exit_code)


def pytest_runtest_logstart(location: tuple[str, int | None, str]) -> None:
    """Tell the progress which scenario runs now."""
    from fluentcart_conformance.plugin.lead import Lead  # noqa: PLC0415

    if Lead.leading is not None:
        Lead.leading.started(location[2])


def pytest_collection_finish(session: pytest.Session) -> None:
    """Tell the progress how many scenarios there are."""
    worker = session.config.stash.get(_WORKER, None)
    lead = session.config.stash.get(_LEAD, None)
    if worker is not None and lead is not None:
        lead.expect(len(session.items))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Clean up, compute the verdict, write the reports; the verdict's exit code is pytest's."""
    worker = session.config.stash.get(_WORKER, None)
    lead = session.config.stash.get(_LEAD, None)
    if worker is not None:
        rest = worker.close()
        if lead is not None:
            lead.take(rest)
        elif workeroutput := getattr(session.config, "workeroutput", None):
            workeroutput[EVENTS] = rest
    if lead is not None:
        session.exitstatus = lead.close(int(exitstatus))


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """Take the last events of an xdist worker; note a worker that died."""
    lead = node.config.stash.get(_LEAD, None)
    if lead is None:
        return
    lead.take(getattr(node, "workeroutput", {}).get(EVENTS, []))
    if error:
        lead.take([{"type": "problem", "where": "harness", "message": f"a worker died: {error}"}])


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the embedded store whatever happened."""
    lead = config.stash.get(_LEAD, None)
    if lead is not None:
        lead.stop()


# -- fixtures -------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def workbench(request: pytest.FixtureRequest) -> Iterator[Workbench]:
    """The process's client, judge and journal."""
    worker = request.config.stash.get(_WORKER, None)
    if worker is None:
        raise pytest.UsageError("the suites run with `pytest suites` or `fluentcart-conformance`")
    yield worker.bench


@pytest.fixture(scope="session")
def shop(workbench: Workbench) -> Shop:
    """The shop under test, in the administrator's name."""
    return workbench.shop()


@pytest.fixture(scope="session")
def target(workbench: Workbench) -> TargetReport:
    """What preflight learnt of the target."""
    return workbench.report
