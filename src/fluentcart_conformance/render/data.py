"""A verdict as data, for JSON output."""

from __future__ import annotations

from typing import Any

from fluentcart_conformance.verdict.findings import Finding
from fluentcart_conformance.verdict.verdict import Verdict


def verdict_data(verdict: Verdict) -> dict[str, Any]:
    """The summary and every finding."""
    return {
        "profile": verdict.header["profile"],
        **verdict.summary(),
        "list": [finding_data(one) for one in verdict.findings],
    }


def finding_data(finding: Finding) -> dict[str, Any]:
    """One finding; `deviations` names the known ones that cover it."""
    first = finding.first
    return {
        "id": finding.id,
        "level": finding.level,
        "requirements": list(finding.requirements),
        "operation": first.operation,
        "pointer": first.pointer,
        "expected": first.expected,
        "got": first.got,
        "message": first.message,
        "kind": first.kind,
        "seen": len(finding.occurrences),
        "exchange": finding.exchange,
        "scenarios": list(finding.scenarios),
        "deviating": finding.deviating,
        "deviations": list(dict.fromkeys(one.key for one in finding.deviations)),
    }
