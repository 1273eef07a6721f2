"""What a run left in its reports folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def events(record: Path) -> list[dict[str, Any]]:
    """The events of a record."""
    return [json.loads(line) for line in record.read_text("utf-8").splitlines()]


def scenarios(record: Path) -> list[str]:
    """The scenarios of a record, in their order."""
    return [one["id"] for one in events(record) if one["type"] == "scenario"]


def states(folder: Path, record: str) -> dict[str, Any]:
    """Every requirement's state, and result and findings, of a record below `folder`."""
    from fluentcart_conformance.contract.requirements import load_requirements  # noqa: PLC0415
    from fluentcart_conformance.verdict.compute import verdict_of_record  # noqa: PLC0415

    verdict = verdict_of_record(folder / record, load_requirements())
    found: dict[str, Any] = {name: one.state for name, one in verdict.requirements.items()}
    # Two orders on one page: in a run of two areas it is chance whether a part of it sees that.
    del found["GEN-PAGING-UNIQUE"]
    found["result"], found["exit code"] = verdict.result, verdict.exit_code
    found["findings"] = sorted(one.cause for one in verdict.findings)
    return found
