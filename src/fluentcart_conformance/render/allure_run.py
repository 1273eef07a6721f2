"""What Allure shows of the run as a whole: environment, executor, categories."""

from __future__ import annotations

import os
from datetime import datetime

from fluentcart_conformance import __version__
from fluentcart_conformance.verdict.verdict import Verdict

from .words import headline, last_line, visible

# Allure 2 reads these as expressions of Java, Allure 3 of JavaScript, which knows no (?s).
CATEGORIES = [
    {"name": "Finding", "matchedStatuses": ["failed"]},
    {
        "name": "Known deviation",
        "matchedStatuses": ["skipped"],
        "messageRegex": r"Known deviation[\s\S]*",
    },
    {
        "name": "Not testable",
        "matchedStatuses": ["broken"],
        "messageRegex": r"Not testable[\s\S]*",
    },
    {
        "name": "Harness error",
        "matchedStatuses": ["broken"],
        "messageRegex": r"Harness error[\s\S]*",
    },
]
KEPT_RUNS = 30


def configuration(verdict: Verdict) -> dict[str, object]:
    """The content of `allurerc.json`: Allure 3 takes name and categories from there."""
    return {
        "name": f"FluentCart conformance: {headline(verdict)}",
        "historyLimit": KEPT_RUNS,
        "categories": CATEGORIES,
    }


def environment(verdict: Verdict) -> str:
    """The content of `environment.properties`."""
    escape = str.maketrans({"\\": "\\\\", "\n": " ", "\r": " "})
    lines = (f"{name}={value.translate(escape)}\n" for name, value in facts(verdict).items())
    return "".join(lines)


def facts(verdict: Verdict) -> dict[str, str]:
    """What Allure shows of the run as a whole."""
    header = verdict.header
    target = header["target"]
    pairs = {
        "Verdict": last_line(verdict),
        "Profile": header["profile"],
        "Target": target.get("base_url", ""),
        "Software": f"{target.get('software', '')} {target.get('version', '')}".strip(),
        "Tool": f"fluentcart-conformance {__version__}",
        "Run": header["run"],
        "Seed": header["seed"],
    }
    return {name: visible(str(value)) for name, value in pairs.items() if value != ""}


def executor(verdict: Verdict) -> dict[str, object]:
    """The content of `executor.json`: the CI job where there is one."""
    build: dict[str, object] = {
        "buildName": verdict.header["run"],
        # Trends are in the order of the builds; a run knows its time and no number.
        "buildOrder": round(datetime.fromisoformat(verdict.header["started"]).timestamp()),
        "reportName": "FluentCart conformance",
    }
    if os.environ.get("GITHUB_ACTIONS") == "true":
        server, repository = (
            os.environ.get("GITHUB_SERVER_URL"),
            os.environ.get("GITHUB_REPOSITORY"),
        )
        number = os.environ.get("GITHUB_RUN_ID", "")
        url = f"{server}/{repository}/actions/runs/{number}"
        return {"name": "GitHub Actions", "type": "github", "buildUrl": url, **build}
    if os.environ.get("GITLAB_CI"):
        url = os.environ.get("CI_JOB_URL", "")
        return {"name": "GitLab CI", "type": "gitlab", "buildUrl": url, **build}
    return {"name": "fluentcart-conformance", "type": "local", **build}
