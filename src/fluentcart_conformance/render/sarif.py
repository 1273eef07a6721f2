"""Findings as SARIF 2.1.0, for code-scanning views."""

from __future__ import annotations

from typing import Any

from fluentcart_conformance import __version__
from fluentcart_conformance.verdict.findings import Finding
from fluentcart_conformance.verdict.verdict import Verdict

from .stories import sentence
from .words import visible

_LEVELS = {"MUST": "error", "SHOULD": "warning", "MAY": "note"}
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(verdict: Verdict) -> dict[str, Any]:
    """One SARIF log with one run; rules are the requirements that were broken."""
    names = dict.fromkeys(one.first.requirement for one in verdict.findings)
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "fluentcart-conformance",
                        "version": __version__,
                        "rules": [_rule(verdict, name) for name in names],
                    }
                },
                "results": [_result(one) for one in verdict.findings],
            }
        ],
    }


def _rule(verdict: Verdict, name: str) -> dict[str, Any]:
    known = verdict.requirements.get(name)
    text = known.requirement.text if known else "unknown requirement"
    return {"id": name, "shortDescription": {"text": text}}


def _result(finding: Finding) -> dict[str, Any]:
    place = finding.exchange or ""
    file, _, line = place.rpartition(":") if ":" in place else (place.partition("#")[0], "", "")
    physical: dict[str, Any] = {"artifactLocation": {"uri": file or "run.jsonl"}}
    if line.isdigit():
        physical["region"] = {"startLine": int(line)}
    result: dict[str, Any] = {
        "ruleId": finding.first.requirement,
        "level": _LEVELS[finding.level],
        "message": {"text": visible(sentence(finding), 1000)},
        "locations": [
            {
                "physicalLocation": physical,
                "logicalLocations": [{"fullyQualifiedName": finding.first.operation or "?"}],
            }
        ],
        "partialFingerprints": {"cause": finding.id},
    }
    if finding.deviating:
        reasons = "; ".join(dict.fromkeys(one.reason for one in finding.deviations))
        result["suppressions"] = [{"kind": "external", "justification": reasons}]
    return result
