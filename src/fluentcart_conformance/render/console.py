"""Whether to print plainly, and the console to print on."""

from __future__ import annotations

import os
import sys
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

PLAIN_WIDTH = 120


def plain_wanted(stream: IO[str] | None = None) -> bool:
    """Plain lines when the stream is no terminal, in CI, or when NO_COLOR is set."""
    target = stream or sys.stdout
    in_ci = os.environ.get("CI", "").lower() not in ("", "0", "false")
    return in_ci or "NO_COLOR" in os.environ or not target.isatty()


def make_console(stream: IO[str] | None = None) -> Console:
    """A console for `stream` (standard output by default), plain where plain is wanted."""
    from rich.console import Console  # noqa: PLC0415 - slow to import, and pipes never need it

    target = stream or sys.stdout
    if plain_wanted(target):
        return Console(file=target, width=PLAIN_WIDTH, color_system=None, force_terminal=False)
    return Console(file=target)
