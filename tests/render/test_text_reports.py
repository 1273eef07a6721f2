"""JUnit, badge, terminal, curl and what CI sees."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest

from fluentcart_conformance.render.console import make_console
from fluentcart_conformance.render.curl import curl
from fluentcart_conformance.render.everything import Rendered, write_reports
from fluentcart_conformance.render.terminal import print_verdict
from fluentcart_conformance.verdict.record import RecordError
from tests.synthetic import catalogue, check, exchange, requirement, run, write


def printed(rendered: Rendered) -> str:
    stream = io.StringIO()
    print_verdict(make_console(stream), rendered.verdict, rendered.exchanges)
    return stream.getvalue()


def test_junit_counts_and_never_skips_what_could_not_be_tested(
    rendered: Rendered, folder: Path
) -> None:
    root = fromstring((folder / "junit.xml").read_text("utf-8"))  # noqa: S314 - our own file
    suite = root.find("testsuite")
    assert suite is not None
    assert {name: suite.get(name) for name in ("tests", "failures", "errors", "skipped")} == {
        "tests": "5",
        "failures": "2",
        "errors": "0",
        "skipped": "1",
    }
    assert [one.get("type") for one in suite.iter("failure")] == ["finding", "not testable"]


def test_the_badge_says_the_verdict(rendered: Rendered, folder: Path) -> None:
    shield = json.loads((folder / "badge.json").read_text())
    assert shield == {
        "schemaVersion": 1,
        "label": "FluentCart API",
        "message": "findings | documented",
        "color": "red",
    }
    assert fromstring((folder / "badge.svg").read_text()).tag.endswith("svg")  # noqa: S314


def test_the_last_line_is_the_verdict(rendered: Rendered) -> None:
    lines = printed(rendered).splitlines()
    assert lines[-1] == (
        "FINDINGS  documented  1 requirement passed, 1 failed, 1 warning, 1 deviating, "
        "1 not testable, 1 not applicable, 1 untested  4 requests  18.2 s"
    )


def test_a_clean_run_says_so_in_one_line(tmp_path: Path) -> None:
    record = write(tmp_path / "run.jsonl", run(exchange(), check("RFD-A")))
    rendered = write_reports(record, tmp_path, catalogue(requirement("RFD-A")))
    assert printed(rendered).splitlines()[-1] == (
        "CONFORMS  documented  1 requirement passed, 0 failed  1 request  18.2 s"
    )


def test_what_the_target_lacks_is_told_apart_from_what_it_refuses(tmp_path: Path) -> None:
    events = run(
        exchange("w0-1"),
        exchange("w0-2", operation="accept_dispute", status=422),
        exchange("w0-3", operation="create_order", status=500),
        capabilities={"live_gateway": {"present": False, "reason": "not said"}},
    )
    known = catalogue(
        requirement("RFD-A"),
        requirement(
            "TRX-DISPUTE-ENDPOINT", operations=("accept_dispute",), capability="live_gateway"
        ),
    )
    rendered = write_reports(write(tmp_path / "run.jsonl", events), tmp_path, known)
    (line,) = [one for one in printed(rendered).splitlines() if one.startswith("reach")]
    assert line == (
        "reach: 1 of 2 operations had an accepted request; none: create_order (1 sent); "
        "not counted: accept_dispute (1 sent, needs live_gateway)"
    )


def test_no_escape_code_reaches_the_terminal(rendered: Rendered) -> None:
    text = printed(rendered)
    assert "\x1b" not in text
    assert "\x00" not in text
    assert "\\x1b[31m" in text


def test_a_finding_carries_everything_needed_to_repeat_it(rendered: Rendered) -> None:
    text = printed(rendered)
    assert "The store keeps RFD-FAILED." in text
    assert "orders-api, Refund Order" in text
    assert 'curl -sS -i -X POST -u "$FLUENTCART_USER:$FLUENTCART_APP_PASSWORD"' in text
    assert "fluentcart-conformance replay 'suites/" in text
    assert "leftover: order 7" in text


@pytest.mark.parametrize(
    ("identity", "part"),
    [
        ("admin", '-u "$FLUENTCART_USER:$FLUENTCART_APP_PASSWORD"'),
        ("low", '-u "$FLUENTCART_LOW_USER:$FLUENTCART_LOW_APP_PASSWORD"'),
        ("wrong", '-u "$FLUENTCART_USER:wrong-password"'),
        ("garbled", "-H 'Authorization: Bearer x'"),
    ],
)
def test_curl_names_credentials_and_never_holds_them(identity: str, part: str) -> None:
    sent: Any = {"headers": {"Authorization": "Bearer x"}, "body": "@/etc/passwd"}
    command = curl(exchange(identity=identity, request=sent))
    assert part in command
    assert "--data-raw @/etc/passwd" in command


def test_an_anonymous_curl_has_no_credentials() -> None:
    assert "-u" not in curl(exchange(identity="none")).split()


def test_an_unwritable_folder_is_one_sentence(tmp_path: Path) -> None:
    record = write(tmp_path / "run.jsonl", run(exchange(), check("RFD-A")))
    taken = tmp_path / "taken"
    taken.write_text("a file")
    with pytest.raises(RecordError, match="cannot write"):
        write_reports(record, taken, catalogue(requirement("RFD-A")))
