"""Runs jobs in forked processes: each has a fresh interpreter's state without its start-up time."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from typing import Any

_FORK = multiprocessing.get_context("fork")


@dataclass
class Broken:
    """A job that gave no result: its process died, raised or ran too long."""

    words: str


@dataclass
class _Job:
    key: Any
    process: ForkProcess
    line: Connection
    until: float


def work(
    keys: Iterable[Any], job: Callable[[Any], Any], *, workers: int, patience: float
) -> Iterator[tuple[Any, Any]]:
    """Yield `(key, result)` as they come; a Broken in place of a result that never came.

    At most `workers` processes run at once; one that takes longer than `patience` seconds is
    killed.
    """
    waiting = list(keys)[::-1]
    running: list[_Job] = []
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                running.append(_start(waiting.pop(), job, patience))
            wait([one.line for one in running], timeout=1.0)
            for one in list(running):
                if one.line.poll() or not one.process.is_alive() or time.monotonic() > one.until:
                    running.remove(one)
                    yield one.key, _result(one)
    finally:
        for one in running:
            one.process.kill()


def _start(key: Any, job: Callable[[Any], Any], patience: float) -> _Job:
    ours, theirs = _FORK.Pipe(duplex=False)
    process = _FORK.Process(target=_child, args=(theirs, job, key), daemon=True)
    process.start()
    theirs.close()
    return _Job(key, process, ours, time.monotonic() + patience)


def _child(line: Connection, job: Callable[[Any], Any], key: Any) -> None:
    try:
        result = job(key)
    except Exception as error:  # noqa: BLE001 - handed over to the parent, which reports it
        result = Broken(f"{type(error).__name__}: {error}")
    line.send(result)
    line.close()


def _result(job: _Job) -> Any:
    try:
        return job.line.recv() if job.line.poll() else Broken("its process died or took too long")
    except EOFError:
        return Broken("its process died")
    finally:
        job.line.close()
        job.process.kill()
        job.process.join()
