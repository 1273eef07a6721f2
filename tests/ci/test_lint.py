"""What lives in other people's CI is linted here, offline; a linter that is not there fails.

No Docker engine is at hand: the Dockerfile is linted and its sources are checked, not built.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
WORKFLOWS = sorted((ROOT / "ci" / "github").glob("*.yml"))
GITLAB = sorted((ROOT / "ci" / "gitlab").glob("*.yml"))
PINNED = re.compile(r"@[0-9a-f]{40} # v\d")


def lint(program: str, *words: str | Path, given: str = "") -> subprocess.CompletedProcess[str]:
    path = shutil.which(program, path=str(BIN))
    assert path is not None, f"{program} comes with the dev extra: pip install -e '.[dev]'"
    return subprocess.run(  # noqa: S603 - a linter of the dev extra
        [path, *map(str, words)], cwd=ROOT, input=given, capture_output=True, text=True,
        check=False, timeout=120,
    )  # fmt: skip


def passes(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 0, done.stdout + done.stderr


def yaml_of(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


def test_there_is_something_to_lint() -> None:
    assert len(WORKFLOWS) == len(GITLAB) == 2


def test_zizmor_finds_nothing_in_action_and_workflows() -> None:
    passes(
        lint(
            "zizmor", "--offline", "--persona=auditor", "--strict-collection", "--no-progress",
            "action.yml", *WORKFLOWS,
        )
    )  # fmt: skip


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-actions", [ROOT / "action.yml"]),
        ("vendor.github-workflows", WORKFLOWS),
        ("vendor.gitlab-ci", GITLAB),
    ],
)
def test_the_forms_are_right(schema: str, files: list[Path]) -> None:
    more = ["--data-transform", "gitlab-ci"] if "gitlab" in schema else []
    passes(lint("check-jsonschema", "--builtin-schema", schema, *more, *files))


def steps(path: Path) -> list[dict[str, Any]]:
    content = yaml_of(path)
    if "runs" in content:
        return list(content["runs"]["steps"])
    return [step for job in content["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize("path", [ROOT / "action.yml", *WORKFLOWS], ids=lambda path: path.name)
def test_shellcheck_finds_nothing_and_no_script_holds_an_expression(path: Path) -> None:
    for step in steps(path):
        if "run" in step:
            assert "${{" not in step["run"]
            passes(lint("shellcheck", "--shell=bash", "--severity=style", "-", given=step["run"]))


def test_shellcheck_finds_nothing_in_the_gitlab_scripts() -> None:
    for path in GITLAB:
        for job in yaml_of(path).values():
            for part in ("before_script", "script"):
                script = "\n".join(job.get(part, [])) if isinstance(job, dict) else ""
                passes(lint("shellcheck", "--shell=sh", "-", given=script))


def test_other_peoples_actions_are_pinned_by_commit() -> None:
    lines = [
        line
        for path in (ROOT / "action.yml", *WORKFLOWS)
        for line in path.read_text("utf-8").splitlines()
        if "uses:" in line
    ]
    assert lines
    assert all(PINNED.search(line) for line in lines)


def test_examples_give_only_inputs_that_the_action_has() -> None:
    known = set(yaml_of(ROOT / "action.yml")["inputs"])
    for path in WORKFLOWS:
        for step in steps(path):
            if "fluentcart-conformance@" in step.get("uses", ""):
                assert set(step["with"]) <= known


def test_gitlab_variables_are_settings() -> None:
    from fluentcart_conformance.target.settings import Settings  # noqa: PLC0415

    named = {
        name.removeprefix("FLUENTCART_").lower()
        for path in GITLAB
        for job in yaml_of(path).values()
        if isinstance(job, dict)
        for name in job.get("variables", {})
        if name.startswith("FLUENTCART_") and not name.endswith("_PACKAGE")
    }
    assert named
    assert named <= set(Settings.model_fields)


def test_hadolint_accepts_the_dockerfile() -> None:
    passes(lint("hadolint", "--format", "json", "Dockerfile"))


def test_the_dockerfile_copies_what_is_there_and_what_is_let_in() -> None:
    text = (ROOT / "Dockerfile").read_text("utf-8")
    let_in = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    copied = [
        word.removeprefix("./")
        for line in text.splitlines()
        if line.startswith("COPY ") and "--from" not in line
        for word in line.split()[1:-1]
    ]
    assert copied
    for name in copied:
        assert (ROOT / name).exists()
        assert f"!{name}" in let_in
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    for needed in re.findall(r'^"(openapi|suites)" = ', project, re.MULTILINE):
        assert needed in copied
    assert json.loads(text.rpartition("CMD ")[2]) == ["--help"]
