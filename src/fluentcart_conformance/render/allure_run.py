"""What Allure shows of the run as a whole: environment, executor, categories."""

from __future__ import annotations

import os

from fluentcart_conformance import __version__
from fluentcart_conformance.verdict.verdict import Verdict

from .words import last_line

CATEGORIES = [
    {"name": "Finding", "matchedStatuses": ["failed"]},
    {
        "name": "Known deviation",
        "matchedStatuses": ["skipped"],
        "messageRegex": "(?s)Known deviation.*",
    },
    {"name": "Not testable", "matchedStatuses": ["broken"], "messageRegex": "(?s)Not testable.*"},
    {"name": "Harness error", "matchedStatuses": ["broken"], "messageRegex": "(?s)Harness error.*"},
]


def environment(verdict: Verdict) -> str:
    """The content of `environment.properties`."""
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
    escape = str.maketrans({"\\": "\\\\", "\n": " ", "\r": " "})
    return "".join(f"{name}={str(value).translate(escape)}\n" for name, value in pairs.items())


def executor(verdict: Verdict) -> dict[str, object]:
    """The content of `executor.json`: the CI job where there is one."""
    run = verdict.header["run"]
    if os.environ.get("GITHUB_ACTIONS") == "true":
        server, repository = (
            os.environ.get("GITHUB_SERVER_URL"),
            os.environ.get("GITHUB_REPOSITORY"),
        )
        number = os.environ.get("GITHUB_RUN_ID", "")
        url = f"{server}/{repository}/actions/runs/{number}"
        return {"name": "GitHub Actions", "type": "github", "buildName": run, "buildUrl": url}
    if os.environ.get("GITLAB_CI"):
        url = os.environ.get("CI_JOB_URL", "")
        return {"name": "GitLab CI", "type": "gitlab", "buildName": run, "buildUrl": url}
    return {"name": "fluentcart-conformance", "type": "local", "buildName": run}
