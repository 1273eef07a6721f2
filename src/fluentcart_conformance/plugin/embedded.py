"""The embedded store as a process of its own, for a run without a base URL."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from fluentcart_conformance.target.settings import Settings

_PATIENCE = 10.0


class EmbeddedStoreError(Exception):
    """The embedded store did not start; the tool's own fault."""

    exit_code = 4


class EmbeddedProcess:
    """Starts the embedded store and stops it again; a process, so that it shares no interpreter
    lock with the judge.
    """

    def __init__(self, profile: str, *arguments: str) -> None:
        command = [sys.executable, "-m", "fluentcart_conformance.store", "--port", "0"]
        self._process = subprocess.Popen(  # noqa: S603  (our own interpreter and module)
            [*command, "--profile", profile, *arguments],
            stdout=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
            # Ctrl-C is for the run, which still has to clean up in this store.
            start_new_session=True,
        )
        self.announcement = self._read()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None  # noqa: S101  (a pipe was asked for)
        line = self._process.stdout.readline()
        try:
            told = json.loads(line)
        except ValueError as error:
            self.stop()
            raise EmbeddedStoreError("the embedded store did not start") from error
        if not isinstance(told, dict):
            raise EmbeddedStoreError("the embedded store did not say where it is")
        return told

    def settings(self, given: Settings) -> Settings:
        """The operator's settings with this store as the target."""
        told = self.announcement
        settings = given.for_embedded(told["base_url"], told["identities"])
        return settings.model_copy(update={"profile": told["profile"]})

    def stop(self) -> None:
        """Stop the store; it keeps nothing."""
        self._process.terminate()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
