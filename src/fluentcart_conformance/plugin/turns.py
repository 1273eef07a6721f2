"""Scenarios of several workers run side by side; one marked `alone` runs by itself."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_LOCKS = (".gate", ".floor")


class Turns:
    """The turns of one worker.

    The workers of a run share two locks beside its journal. Whoever begins passes through the
    gate; one that must be alone keeps it shut until the others have left the floor.
    """

    def __init__(self, journal: Path) -> None:
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
        self._gate, self._floor = (
            os.open(journal.with_suffix(suffix), flags, 0o600) for suffix in _LOCKS
        )

    @contextmanager
    def turn(self, *, alone: bool) -> Iterator[None]:
        """The time of one scenario."""
        fcntl.flock(self._gate, fcntl.LOCK_EX)
        try:
            fcntl.flock(self._floor, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        finally:
            fcntl.flock(self._gate, fcntl.LOCK_UN)
        try:
            yield
        finally:
            fcntl.flock(self._floor, fcntl.LOCK_UN)


def forget_turns(journal: Path) -> None:
    """Take the locks of a run away."""
    for suffix in _LOCKS:
        journal.with_suffix(suffix).unlink(missing_ok=True)
