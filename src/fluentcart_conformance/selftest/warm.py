"""What every run needs and none changes is loaded once, before the first fork."""

from __future__ import annotations

import importlib
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from fluentcart_conformance.paths import suites_dir


def loaded() -> list[str]:
    """The modules this process has, those of the suites apart: pytest loads them anew."""
    suites = suites_dir().resolve()
    found = []
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if file is None or suites not in Path(file).resolve().parents:
            found.append(name)
    return found


def load(names: Iterable[str]) -> None:
    """Import modules that an earlier run had; one that is not there is no harm."""
    for name in names:
        if name not in sys.modules:
            with suppress(ImportError):
                importlib.import_module(name)


@contextmanager
def shared_bytecode() -> Iterator[None]:
    """Let what pytest makes of the suites be kept in a temporary folder for the next run."""
    before = sys.dont_write_bytecode, sys.pycache_prefix
    with tempfile.TemporaryDirectory(prefix="selftest-bytecode-") as folder:
        sys.dont_write_bytecode, sys.pycache_prefix = False, folder
        try:
            yield
        finally:
            sys.dont_write_bytecode, sys.pycache_prefix = before
