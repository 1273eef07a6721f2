"""JUnit XML, written from the verdict: a suite per area, a case per scenario."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from fluentcart_conformance.verdict.verdict import Verdict

from .curl import replay_command
from .files import printable, write_whole
from .stories import Kind, Story, sentence
from .words import last_line

_TAG = {
    Kind.HARNESS_ERROR: "error",
    Kind.FINDING: "failure",
    # A skip would read as green.
    Kind.NOT_TESTABLE: "failure",
    Kind.DEVIATION: "skipped",
}


def write_junit(path: Path, verdict: Verdict, told: Sequence[Story]) -> None:
    """Write `junit.xml`."""
    root = Element("testsuites", name="fluentcart-conformance")
    totals: Counter[str] = Counter()
    for area in dict.fromkeys(story.scenario["area"] for story in told):
        suite = _suite(verdict, area, [one for one in told if one.scenario["area"] == area])
        totals.update({name: int(suite.get(name, "0")) for name in _COUNTED})
        root.append(suite)
    for name in _COUNTED:
        root.set(name, str(totals[name]))
    root.set("time", f"{verdict.seconds:.3f}")
    indent(root)
    text = tostring(root, encoding="unicode")
    write_whole(path, f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n')


def operations_junit(verdict: Verdict) -> str:
    """Judged traffic as JUnit XML: a case per operation, its findings as failures."""
    broken: dict[str, list[str]] = {}
    for finding in verdict.open_findings("MUST"):
        broken.setdefault(finding.first.operation or "?", []).append(sentence(finding))
    root = Element("testsuites", name="fluentcart-conformance")
    suite = SubElement(
        root, "testsuite", name="traffic", tests=str(len(verdict.timing)), failures=str(len(broken))
    )
    for operation in verdict.timing:
        case = SubElement(suite, "testcase", classname="traffic", name=operation)
        lines = [printable(line) for line in broken.get(operation, ())]
        if lines:
            failure = SubElement(case, "failure", message=lines[0], type=Kind.FINDING.value)
            failure.text = "\n".join(lines)
    indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(root, encoding="unicode")}\n'


_COUNTED = ("tests", "failures", "errors", "skipped")


def _suite(verdict: Verdict, area: str, told: Sequence[Story]) -> Element:
    tags = Counter(_TAG.get(story.kind, "") for story in told)
    suite = Element(
        "testsuite",
        name=area,
        tests=str(len(told)),
        failures=str(tags["failure"]),
        errors=str(tags["error"]),
        skipped=str(tags["skipped"]),
        time=f"{sum(story.scenario['seconds'] for story in told):.3f}",
        timestamp=verdict.header["started"],
    )
    properties = SubElement(suite, "properties")
    for name, value in (("profile", verdict.header["profile"]), ("verdict", last_line(verdict))):
        SubElement(properties, "property", name=name, value=printable(value))
    for story in told:
        suite.append(_case(story))
    return suite


def _case(story: Story) -> Element:
    scenario = story.scenario
    name = printable(scenario["id"].rpartition("::")[2])
    case = Element(
        "testcase",
        name=name,
        classname=scenario["file"].removesuffix(".py").replace("/", "."),
        file=scenario["file"],
        line=str(scenario["line"]),
        time=f"{scenario['seconds']:.3f}",
    )
    tag = _TAG.get(story.kind)
    message = printable(story.message)
    if tag:
        first = message.partition("\n")[0]
        child = SubElement(case, tag, message=first, type=story.kind.value)
        if tag != "skipped":
            child.text = f"{message}\n{replay_command(scenario['id'])}"
    elif message:
        SubElement(case, "system-out").text = message
    return case
