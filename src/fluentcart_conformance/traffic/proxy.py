"""mitmproxy between clients and a store: what passes is recorded and can be judged at once."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from . import mitmproxy_addon
from .errors import TrafficError
from .judging import without_secrets
from .recording import exchange_of_row

PROGRAM = "mitmdump"
_PATIENCE = 10.0
_LINES = 4


class Proxy:
    """mitmproxy as a reverse proxy on loopback, a process of its own.

    Its Python packages do not fit beside those of this tool, so it is installed apart.
    Raises TrafficError when it is not there or does not start.
    """

    def __init__(self, upstream: str, port: int) -> None:
        found = shutil.which(PROGRAM)
        if found is None:
            raise TrafficError(
                f"{PROGRAM} is not there; install mitmproxy apart from this tool, for example with "
                "`pipx install mitmproxy` or `uv tool install mitmproxy`"
            )
        self._command = [
            found, "--quiet", "--mode", f"reverse:{upstream}", "--listen-host", "127.0.0.1",
            "--listen-port", str(port), "--scripts", str(Path(mitmproxy_addon.__file__)),
        ]  # fmt: skip
        self._errors: IO[str] | None = None
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        self._errors = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")
        # A session of its own: Ctrl-C ends this tool, which then ends mitmproxy in order.
        self._process = subprocess.Popen(  # noqa: S603 - the operator's own program
            self._command, stdout=subprocess.PIPE, stderr=self._errors, text=True,
            encoding="utf-8", start_new_session=True,
        )  # fmt: skip
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        process = self._process
        if process is not None:
            process.terminate()
            try:
                process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            if process.stdout is not None:
                process.stdout.close()
        if self._errors is not None:
            self._errors.close()

    def wait_until_ready(self) -> None:
        """Returns once mitmproxy listens."""
        for row in self.rows():
            if "ready" in row:
                return
        raise TrafficError(f"{PROGRAM} did not start: {self._last_words()}")

    def rows(self) -> Iterator[dict[str, Any]]:
        """What passes, as rows of a recording, until mitmproxy ends."""
        if self._process is None or self._process.stdout is None:
            return
        for line in self._process.stdout:
            try:
                row = json.loads(line)
            except ValueError:
                continue
            if isinstance(row, dict):
                yield row

    def _last_words(self) -> str:
        if self._errors is None:
            return "it said nothing"
        self._errors.seek(0)
        lines = [line.strip() for line in self._errors if line.strip()]
        return " ".join(lines[-_LINES:]) or "it said nothing"


def kept(row: dict[str, Any]) -> str:
    """A row as a line of a recording, without secrets in its headers."""
    exchange_of_row(row)
    for part in ("request", "response"):
        row[part]["headers"] = without_secrets(row[part]["headers"].items())
    return json.dumps(row) + "\n"
