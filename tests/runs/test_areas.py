"""A run of one area has a verdict, wherever the requirements of that area are checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tool import tool

from .records import scenarios


@pytest.mark.parametrize("area", ["addresses", "errors", "shipping"])
def test_an_area_alone_has_a_verdict(tmp_path: Path, area: str) -> None:
    done = tool(tmp_path, "run", "--area", area, "--profile", "documented")
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    assert "not testable" not in done.stdout
    ran = scenarios(tmp_path / "reports/run.jsonl")
    # Others come along only where the area's own scenarios leave a requirement out.
    others = [one for one in ran if not one.startswith(f"{area}/")]
    assert bool(others) == (area != "shipping")
