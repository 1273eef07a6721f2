"""The commands, called as a user calls them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from fluentcart_conformance.cli.main import call, group
from fluentcart_conformance.contract.requirements import load_requirements
from tests.synthetic import check, exchange, finding, run, write
from tests.tool import tool

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command runs in a folder of its own, without the caller's settings."""
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith("FLUENTCART_"):
            monkeypatch.delenv(name)


def ids() -> list[str]:
    return list(load_requirements())


def test_help_names_every_command_and_imports_none() -> None:
    code = (
        "import sys; from fluentcart_conformance.cli.main import call; call(['--help']);"
        "print([m for m in sys.modules if m.split('.')[0] in ('httpx', 'pytest', 'rich',"
        " 'jsonschema_rs', 'hypothesis', 'yaml')])"
    )
    done = subprocess.run(  # noqa: S603 - our own interpreter and words
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
    for name in group.list_commands(None):  # type: ignore[arg-type]  # it asks nothing of it
        assert f"\n  {name} " in done.stdout


@pytest.mark.parametrize("name", group.list_commands(None))  # type: ignore[arg-type]
def test_every_command_has_help_with_an_example(name: str, capsys: Capture) -> None:
    assert call([name, "--help"]) == 0
    text = capsys.readouterr().out
    assert "Example" in text
    assert f"fluentcart-conformance {name}" in text


def test_no_option_takes_a_credential() -> None:
    for name in group.list_commands(None):  # type: ignore[arg-type]
        command = group.get_command(None, name)  # type: ignore[arg-type]
        assert command is not None
        words = {word for option in command.params for word in option.opts}
        assert not {word for word in words if "pass" in word or "user" in word or "header" in word}


def test_requirements_are_listed(capsys: Capture) -> None:
    assert call(["requirements", "--area", "refunds", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert rows
    assert {row["area"] for row in rows} == {"refunds"}
    assert all(row["sources"] and row["text"] for row in rows)


def test_requirements_of_an_operation(capsys: Capture) -> None:
    assert call(["requirements", "--operation", "refund_order"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split("\t") == ["id", "level", "area", "operation", "text"]
    assert all("refund_order" in line or "\t*\t" in line for line in lines[1:])


def test_explain_gives_text_source_and_checks(capsys: Capture) -> None:
    name = ids()[0]
    assert call(["explain", name.lower()]) == 0
    text = capsys.readouterr().out
    known = load_requirements()[name]
    assert known.text in text
    assert known.sources[0].document in text
    assert "check" in text


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["explain", "NO-SUCH-THING"], 2, "unknown requirement"),
        (["requirements", "--operation", "refund_ordr"], 2, "did you mean refund_order?"),
        (["runn"], 2, "Did you mean 'run'?"),
        (["run", "--area", "refundz"], 2, "did you mean refunds?"),
        (["run", "--profile", "fluentcart-1.33"], 2, "did you mean fluentcart-1.3?"),
        (["run", "-k", "and and"], 2, "-k: 'and and' is no expression"),
        (["run", "--base-url", "shop.example"], 2, "must be an address"),
        (["run", "--base-url", "http://shop.example"], 2, "plain http"),
        (["run", "--base-url", "https://a:b@shop.example"], 2, "FLUENTCART_APP_PASSWORD"),
        (["run", "--deviations", "gone.yaml"], 2, "gone.yaml"),
        (["run", "--no-such-option"], 2, "--no-such-option"),
        (["run", "--config", "gone.toml"], 2, "gone.toml"),
        (["doctor"], 2, "--base-url URL"),
        (["doctor", "--base-url", "http://127.0.0.1:1"], 3, "127.0.0.1"),
        (["sweep", "--base-url", "http://127.0.0.1:1"], 2, "--run ID, or --all"),
        (["report"], 2, "run.jsonl"),
        (["serve", "--profile", "nonsense"], 2, "unknown profile"),
        (["compare", "a.jsonl", "b.jsonl"], 2, "a.jsonl"),
        (["judge", "gone.har"], 2, "gone.har"),
    ],
)
def test_mistakes_are_one_line_with_the_right_exit_code(
    arguments: list[str], code: int, words: str, capsys: Capture
) -> None:
    assert call(arguments) == code
    said = capsys.readouterr()
    lines = said.err.splitlines()
    assert len(lines) == 1, said.err
    assert lines[0].startswith("fluentcart-conformance: ")
    assert words in lines[0]
    assert "Traceback" not in said.out


def test_a_broken_settings_file_names_itself_and_the_line(capsys: Capture) -> None:
    Path("fluentcart.toml").write_text('app_password = "hunter2\n')
    assert call(["run"]) == 2
    said = capsys.readouterr().err
    assert "fluentcart.toml" in said
    assert "line 1" in said
    assert "hunter2" not in said


def test_an_unwritable_reports_folder_is_one_line(capsys: Capture) -> None:
    Path("taken").write_text("a file")
    assert call(["run", "--reports", "taken"]) == 2
    said = capsys.readouterr().err
    assert "--reports" in said
    assert "Traceback" not in said


def test_an_unexpected_error_is_the_tools_own_fault(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise KeyError("surprise")

    monkeypatch.setattr(group, "main", broken)
    assert call(["run"]) == 4
    assert "internal error, KeyError" in capsys.readouterr().err


def test_an_interrupted_command_ends_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(group, "main", stopped)
    assert call(["run"]) == 130


def test_an_interruption_while_the_tool_is_loaded_is_no_traceback() -> None:
    code = """
import sys
from fluentcart_conformance.__main__ import main

class Interrupted:
    def find_spec(self, name, path=None, target=None):
        if name == "fluentcart_conformance.cli":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupted())
main()
"""
    done = subprocess.run(  # noqa: S603 - our own interpreter and words
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 130
    assert done.stderr == "fluentcart-conformance: interrupted\n"


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_keyword_that_matches_nothing_is_a_mistake(workers: str, tmp_path: Path) -> None:
    done = tool(tmp_path, "run", "-k", "nothing_of_this_name", "--workers", workers)
    assert done.returncode == 2
    said = "fluentcart-conformance: -k 'nothing_of_this_name' matches no scenario\n"
    assert done.stderr == said
    assert "disabled" not in done.stdout


def test_report_renders_a_record_again(capsys: Capture) -> None:
    Path("reports").mkdir()
    name = ids()[0]
    selection = {"areas": ["refunds"], "keyword": "x"}
    write(Path("reports/run.jsonl"), run(exchange(), check(name), selection=selection))
    assert call(["report"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("CONFORMS  documented  1 requirem")
    assert {"report.html", "junit.xml", "allure-results", "badge.svg"} <= {
        path.name for path in Path("reports").iterdir()
    }


def test_deviations_init_covers_the_run_and_prune_drops_the_stale(capsys: Capture) -> None:
    Path("reports").mkdir()
    name = ids()[0]
    broken = exchange(findings=[finding(name, pointer="/orders/data/3/id")])
    write(Path("reports/run.jsonl"), run(broken))
    assert call(["deviations", "init", "--out", "shop.yaml"]) == 0
    assert call(["deviations", "init", "--out", "shop.yaml"]) == 2
    text = Path("shop.yaml").read_text()
    assert f"requirement: {name}" in text
    assert "pointer: /orders/data/*/id" in text
    Path("fixed").mkdir()
    write(Path("fixed/run.jsonl"), run(exchange(), check(name)))
    capsys.readouterr()
    assert call(["deviations", "prune", "shop.yaml", "--record", "reports/run.jsonl"]) == 0
    assert "1 of 1 deviations stay" in capsys.readouterr().out
    assert call(["deviations", "prune", "shop.yaml", "--record", "fixed/run.jsonl"]) == 0
    assert "0 of 1 deviations stay" in capsys.readouterr().out


def test_prune_drops_what_shows_by_chance_when_several_runs_miss_it(capsys: Capture) -> None:
    name = ids()[0]
    entry = {"requirement": name, "reason": "r", "evidence": "e", "since": "1"}
    entry |= {"expires": "2030-01-01", "only": "fuzzing"}
    Path("shop.yaml").write_text(json.dumps({"deviations": [entry]}), "utf-8")
    records = []
    for number in "123":
        Path(number).mkdir()
        write(Path(number, "run.jsonl"), run(exchange(), check(name)))
        records += ["--record", f"{number}/run.jsonl"]
    assert call(["deviations", "prune", "shop.yaml", *records[:4]]) == 0
    assert "1 of 1 deviations stay" in capsys.readouterr().out
    assert call(["deviations", "prune", "shop.yaml", *records]) == 0
    assert "seen in none of 3 runs" in capsys.readouterr().out


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_completion_prints_a_script(shell: str, capsys: Capture) -> None:
    assert call(["completion", shell]) == 0
    assert "_FLUENTCART_CONFORMANCE_COMPLETE" in capsys.readouterr().out
