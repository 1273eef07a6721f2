"""Every command of the README and the docs is run, in its order, as it stands there.

Lines may end with `# exit 0 or 1`; without it a command must end with 0. The address
https://staging.example stands for an embedded store that the test starts.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from fluentcart_conformance.store.server import EmbeddedStore
from tests.synthetic import check, exchange, run, write

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.DOTALL | re.MULTILINE)
EXITS = re.compile(r"\s+# exit (\d+(?: or \d+)*)$")
STAGING = "https://staging.example"
NOT_HERE = {
    "python3 -m venv": "builds environments from the network; the CI runs the second of them",
    "npx": "needs Node.js and the network",
    "fluentcart-conformance proxy": "needs mitmproxy; tests/cli/test_proxy.py has a stand-in",
    "fluentcart-conformance report --open-allure": "needs Node.js and the network",
}


def commands(page: Path) -> list[str]:
    blocks = BLOCK.findall(page.read_text("utf-8"))
    return [line for block in blocks for line in block.splitlines() if line.strip()]


@pytest.fixture
def surroundings(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A folder with a record in it, a store to talk to, and the environment for both."""
    (tmp_path / "reports").mkdir()
    write(tmp_path / "reports" / "run.jsonl", run(exchange(), check("RFD-PARTIAL-TOTAL")))
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("FLUENTCART_", "GITHUB_"))}
    with EmbeddedStore("documented").start() as store:
        admin = store.app.shop.identities.described()["admin"]
        yield {
            **kept,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "STORE": store.base_url,
            "FLUENTCART_USER": admin["user"],
            "FLUENTCART_APP_PASSWORD": admin["password"],
            # The documented commands are tried here, not every scenario anew.
            "FLUENTCART_AREAS": "refunds",
            "FLUENTCART_FUZZ_EXAMPLES": "0",
        }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_does_what_the_page_says(
    page: Path, surroundings: dict[str, str], tmp_path: Path
) -> None:
    for line in commands(page):
        command = EXITS.sub("", line).replace(STAGING, surroundings["STORE"])
        if command.startswith("export ") or any(command.startswith(one) for one in NOT_HERE):
            continue
        found = EXITS.search(line)
        allowed = {int(code) for code in found[1].split(" or ")} if found else {0}
        if command.startswith("fluentcart-conformance serve"):
            serve(shlex.split(command), surroundings, tmp_path)
            continue
        done = subprocess.run(  # noqa: S603 - the project's own documents
            shlex.split(command),
            cwd=tmp_path,
            env=surroundings,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode in allowed, f"{line}\n{done.stdout[-3000:]}\n{done.stderr}"
        assert "Traceback" not in done.stdout + done.stderr, line


def serve(words: list[str], environment: dict[str, str], folder: Path) -> None:
    """`serve` runs until stopped: its first line is what counts."""
    with subprocess.Popen(  # noqa: S603 - the project's own documents
        words, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            announced = json.loads(process.stdout.readline())
        finally:
            process.terminate()
        process.wait(timeout=10)
    assert announced["base_url"].startswith("http://127.0.0.1:")
    assert {"admin", "low"} <= set(announced["identities"])
    assert process.returncode == 0


def test_every_page_that_the_readme_links_to_is_there() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_ci_runs_the_readmes_test_command() -> None:
    second = commands(ROOT / "README.md")[1]
    assert second in (ROOT / ".ci" / "run").read_text("utf-8").splitlines()


def test_every_option_of_run_that_the_pages_name_exists() -> None:
    from fluentcart_conformance.cli.run import command  # noqa: PLC0415 - the one test that asks

    known = {word for option in command.params for word in option.opts}
    text = (ROOT / "docs" / "real-stores.md").read_text("utf-8")
    named = set(re.findall(r"`(--[a-z-]+)", text))
    assert named <= known
