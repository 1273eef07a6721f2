"""The words and numbers that all reports share."""

from __future__ import annotations

from fluentcart_conformance.verdict.states import State
from fluentcart_conformance.verdict.verdict import Result, Verdict

_MARKUP = frozenset("&<>\\`*_[]|!#")
STATE_WORDS = {
    State.PASSED: "passed",
    State.FAILED: "failed",
    State.DEVIATING: "deviating",
    State.NOT_TESTABLE: "not testable",
    State.NOT_APPLICABLE: "not applicable",
    State.DISABLED: "disabled",
    State.UNTESTED: "untested",
}
RESULT_WORDS = {
    Result.CONFORMS: "CONFORMS",
    Result.FINDINGS: "FINDINGS",
    Result.HARNESS_ERROR: "HARNESS ERROR",
    Result.INTERRUPTED: "INTERRUPTED",
    Result.NO_VERDICT: "NO VERDICT",
}


def plural(number: int, noun: str) -> str:
    """`1 finding`, `1,204 requests`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def headline(verdict: Verdict) -> str:
    """`CONFORMS`, or `CONFORMS with 3 known deviations`."""
    word = RESULT_WORDS[verdict.result]
    known = len(verdict.known_deviations)
    if verdict.result is Result.CONFORMS and known:
        return f"{word} with {plural(known, 'known deviation')}"
    return word


def counts(verdict: Verdict) -> list[str]:
    """`412 requirements passed`, `0 failed`, ... ; what is nought and harmless is left out."""
    states = verdict.states
    failed = sum(area.failed for area in verdict.areas.values())
    warned = sum(area.warnings for area in verdict.areas.values())
    parts = [f"{plural(states[State.PASSED], 'requirement')} passed", f"{failed:,} failed"]
    if warned:
        parts.append(plural(warned, "warning"))
    parts += [
        f"{states[state]:,} {STATE_WORDS[state]}"
        for state in (
            State.DEVIATING,
            State.NOT_TESTABLE,
            State.NOT_APPLICABLE,
            State.DISABLED,
            State.UNTESTED,
        )
        if states[state]
    ]
    return parts


def last_line(verdict: Verdict) -> str:
    """The one clear last line of a run."""
    parts = [
        headline(verdict),
        verdict.header["profile"],
        ", ".join(counts(verdict)),
        plural(verdict.requests, "request"),
    ]
    if verdict.complete:
        parts.append(f"{verdict.seconds:.1f} s")
    return "  ".join(parts)


def economy(verdict: Verdict) -> str:
    """How many requirements each request of the scenarios proved; generated ones are apart."""
    suites = verdict.suites
    words = f"{suites.per_request:.2f} requirements proved per request of the scenarios"
    generated = verdict.requests - suites.requests
    apart = f"; {plural(generated, 'generated request')} apart" if generated else ""
    return f"{words} ({suites.proved:,} by {suites.requests:,}){apart}"


def reach(verdict: Verdict) -> str:
    """How many of the operations that were sent had an accepted request, and which had none.

    An operation that needs what the target does not have is named and not counted.
    """
    sent = {name: one for name, one in verdict.timing.items() if one.requests}
    lacking = _lacking(verdict)
    silent = {
        name: f"{name} ({one.requests} sent" for name, one in sent.items() if not one.accepted
    }
    none = [f"{words})" for name, words in silent.items() if name not in lacking]
    apart = [
        f"{words}, needs {lacking[name]})" for name, words in silent.items() if name in lacking
    ]
    counted = len(sent) - len(apart)
    words = f"{counted - len(none)} of {plural(counted, 'operation')} had an accepted request"
    words += f"; none: {', '.join(none)}" if none else ""
    return words + (f"; not counted: {', '.join(apart)}" if apart else "")


def _lacking(verdict: Verdict) -> dict[str, str]:
    """The operations that cannot be accepted, each with the capability that the target lacks."""
    present = {name for name, one in verdict.header["capabilities"].items() if one["present"]}
    return {
        operation: one.requirement.capability
        for one in verdict.requirements.values()
        if one.requirement.id.endswith("-ENDPOINT")
        and one.requirement.capability
        and one.requirement.capability not in present
        for operation in one.requirement.operations
    }


def visible(text: str, limit: int = 300) -> str:
    """Untrusted text on one line: control characters shown, never sent; cut at `limit`."""
    shown = _escaped(text[: limit + 1], "")
    return shown if len(shown) <= limit else shown[:limit] + "…"


def visible_block(text: str) -> str:
    """Untrusted text on its own lines, other control characters shown, never sent."""
    return _escaped(text, "\n\t")


def markdown_text(text: str) -> str:
    """Untrusted text on one line in which nothing is Markdown or HTML."""
    return "".join(f"&#{ord(char)};" if char in _MARKUP else char for char in visible(text))


def _escaped(text: str, kept: str) -> str:
    if text.isprintable():
        return text
    return "".join(
        char
        if char.isprintable() or char in kept
        else char.encode("unicode_escape").decode("ascii")
        for char in text
    )
