"""The action's steps in a plain shell, with the runner's environment faked."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.tool import clean_environment

ROOT = Path(__file__).parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
INPUT = re.compile(r"\$\{\{ inputs\.([\w-]+) \}\}")
FAKE_PYTHON = """#!/bin/sh
echo "python $*" >> "$CALLS"
[ "$2" = venv ] || exit 9
mkdir -p "$3/bin"
printf '#!/bin/sh\\necho "pip $*" >> "$CALLS"\\n' > "$3/bin/pip"
printf '#!/bin/sh\\nexec "%s" -m fluentcart_conformance "$@"\\n' "$REAL" \\
  > "$3/bin/fluentcart-conformance"
chmod +x "$3/bin/pip" "$3/bin/fluentcart-conformance"
"""


class Runner:
    """A runner of GitHub Actions, as far as the steps can see."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.python = folder / "python"
        self.python.write_text(FAKE_PYTHON, "utf-8")
        self.python.chmod(0o755)
        for name in ("temp", "workspace"):
            (folder / name).mkdir()
        self.environment = clean_environment(
            GITHUB_ACTIONS="true",
            GITHUB_ACTION_PATH=str(ROOT),
            GITHUB_OUTPUT=str(folder / "output"),
            GITHUB_STEP_SUMMARY=str(folder / "summary.md"),
            GITHUB_SERVER_URL="https://github.example",
            GITHUB_REPOSITORY="shop/api",
            GITHUB_RUN_ID="42",
            RUNNER_TEMP=str(folder / "temp"),
            CALLS=str(folder / "calls"),
            REAL=sys.executable,
        )

    def step(self, name: str, **inputs: str) -> subprocess.CompletedProcess[str]:
        """Run one step as the runner does: bash with errexit and pipefail."""
        step: dict[str, Any] = next(s for s in ACTION["runs"]["steps"] if s["name"] == name)
        values = {key: one.get("default", "") for key, one in ACTION["inputs"].items()}
        values |= {key.replace("_", "-"): value for key, value in inputs.items()}
        values["python"] = str(self.python)
        environment = {
            key: INPUT.sub(lambda found: values[found[1]], text)
            for key, text in step["env"].items()
        }
        script = self.folder / "step.sh"
        script.write_text(step["run"], "utf-8")
        return subprocess.run(  # noqa: S603 - the action's own script
            ["/bin/bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=self.folder / "workspace", env={**self.environment, **environment},
            capture_output=True, text=True, check=False, timeout=600,
        )  # fmt: skip

    def output(self) -> dict[str, str]:
        lines = (self.folder / "output").read_text("utf-8").splitlines()
        return dict(line.split("=", 1) for line in lines)


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    made = Runner(tmp_path)
    done = made.step("Install")
    assert done.returncode == 0, done.stderr
    return made


def test_install_makes_an_environment_of_its_own_from_the_actions_commit(runner: Runner) -> None:
    calls = (runner.folder / "calls").read_text("utf-8").splitlines()
    assert calls[0] == f"python -m venv {runner.folder}/temp/fluentcart-conformance"
    assert calls[1].endswith(str(ROOT))


def test_a_clean_run_gives_summary_and_outputs(runner: Runner) -> None:
    done = runner.step("Judge", areas="shipping  refunds", fuzz="smoke", reports="out put")
    assert done.returncode == 0, done.stdout + done.stderr
    assert runner.output() == {"exit-code": "0", "reports": "out put"}
    summary = (runner.folder / "summary.md").read_text("utf-8")
    assert summary.startswith("## CONFORMS")
    assert "| refunds | passed |" in summary
    assert "::error" not in done.stdout
    reports = runner.folder / "workspace" / "out put"
    assert (reports / "report.html").exists()
    executor = (reports / "allure-results" / "executor.json").read_text("utf-8")
    assert "https://github.example/shop/api/actions/runs/42" in executor


def test_findings_are_annotated_at_their_scenario_and_fail_the_step(runner: Runner) -> None:
    runner.environment["FLUENTCART_STORE_ARGUMENTS"] = "--fault refund-cent-more"
    done = runner.step("Judge", areas="refunds", fuzz="smoke")
    assert done.returncode == 1, done.stdout + done.stderr
    assert runner.output()["exit-code"] == "1"
    errors = [line for line in done.stdout.splitlines() if line.startswith("::error ")]
    assert errors
    assert any("title=RFD-" in line for line in errors)
    places = [re.search(r"file=([^,]+),line=\d+", line) for line in errors]
    assert any(place and place[1].endswith(".py") for place in places)
    summary = (runner.folder / "summary.md").read_text("utf-8")
    assert summary.startswith("## FINDINGS")
    assert "### Findings" in summary


def test_inputs_are_words_and_never_commands(runner: Runner) -> None:
    hostile = "$(touch pwned) `touch pwned`; touch pwned"
    for name in ("base_url", "profile", "areas", "deviations", "baseline", "rate"):
        done = runner.step("Judge", **{name: hostile})
        assert done.returncode == 2, name
        assert "fluentcart-conformance:" in done.stderr
    assert not list(runner.folder.rglob("pwned"))


def test_the_store_must_be_reachable(runner: Runner) -> None:
    runner.environment |= {"FLUENTCART_USER": "a", "FLUENTCART_APP_PASSWORD": "b"}
    done = runner.step("Judge", base_url="http://127.0.0.1:9")
    assert done.returncode == 3
    assert runner.output()["exit-code"] == "3"


def test_the_journal_is_not_uploaded() -> None:
    upload = ACTION["runs"]["steps"][-1]
    assert "!${{ inputs.reports }}/journal-*.jsonl" in upload["with"]["path"]
    assert "always()" in upload["if"]
