"""The command line: one file per command, imported only when the command is called."""

from __future__ import annotations

from .main import main

__all__ = ["main"]
