"""The tool called as a user calls it: a process of its own, in a folder of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

CLEAN = ("FLUENTCART_", "GITHUB_", "GITLAB_")


def clean_environment(**more: str) -> dict[str, str]:
    """The caller's environment without settings of the tool or of a CI."""
    return {**{k: v for k, v in os.environ.items() if not k.startswith(CLEAN)}, **more}


def tool(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """`fluentcart-conformance WORDS` in `folder`."""
    return subprocess.run(  # noqa: S603 - our own interpreter and words
        [sys.executable, "-m", "fluentcart_conformance", *words],
        cwd=folder,
        env=clean_environment(**more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )


def spawned(folder: Path, *words: str, **more: str) -> subprocess.Popen[str]:
    """Start `fluentcart-conformance WORDS` in `folder`, in a session of its own.

    What it prints, on either stream, is in `stdout`; bytes that are no UTF-8 stay recoverable.
    """
    return subprocess.Popen(  # noqa: S603 - our own interpreter and words
        [sys.executable, "-m", "fluentcart_conformance", *words],
        cwd=folder,
        env=clean_environment(**more),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="surrogateescape",
        start_new_session=True,
    )


def events(folder: Path) -> list[dict[str, Any]]:
    """The events of the record in a reports folder."""
    return [json.loads(line) for line in (folder / "run.jsonl").read_text("utf-8").splitlines()]
