"""Many sites: the file, the environments of their runs, and the overview."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fluentcart_conformance.render.fleet import Row, broken_where, overview_html
from fluentcart_conformance.runner.fleet import Outcome, environment, worst
from fluentcart_conformance.runner.fleet_file import Site, read_fleet
from fluentcart_conformance.target.errors import ConfigError
from tests.tool import tool

TWO = """
parallel = 2
per_host = 2
[defaults]
areas = ["shipping"]
[[site]]
name = "good"
[[site]]
name = "gone"
base_url = "http://127.0.0.1:9"
request_timeout = 2
credentials = { user = "GONE_USER", app_password = "GONE_PASSWORD" }
"""


def site(**more: str) -> Site:
    return Site("one", more, {})


def written(folder: Path, text: str) -> Path:
    path = folder / "sites.toml"
    path.write_text(text, "utf-8")
    return path


def test_two_sites_make_one_overview_and_the_worst_exit_code(tmp_path: Path) -> None:
    written(tmp_path, TWO)
    words = ("fleet", "sites.toml", "--format", "json")
    done = tool(tmp_path, *words, GONE_USER="u", GONE_PASSWORD="canary-77-secret")
    assert done.returncode == 3, done.stderr
    reports = tmp_path / "fleet-reports"
    data = json.loads((reports / "fleet.json").read_text("utf-8"))
    assert [one["result"] for one in data["sites"]] == ["conforms", "no_verdict"]
    assert json.loads(done.stdout) == data
    assert (reports / data["sites"][0]["report"]).is_file()
    assert (reports / data["sites"][1]["report"]).is_file()
    page = (reports / "index.html").read_text("utf-8")
    assert "1 of 2 sites conform" in page
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or b"canary-77-secret" not in path.read_bytes()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no \\[\\[site\\]\\]"),
        ("[[site]]\nname='../x'", "needs a name"),
        ("[[site]]\nname='a'\n[[site]]\nname='A'", "two sites"),
        ("[[site]]\nname='a'\nbase_ulr='x'", "unknown key base_ulr .did you mean base_url"),
        ("[[site]]\nname='a'\napp_password='x'", "must not stand in a fleet file"),
        ("[[site]]\nname='a'\ncredentials={user='NOT_SET_HERE'}", "NOT_SET_HERE for user"),
        ("[[site]]\nname='a'\ncredentials={usr='X'}", "unknown key usr"),
        ("[[site]]\nname='a'\nreports='x'", "unknown key reports"),
        ("paralell=2\n[[site]]\nname='a'", "did you mean parallel"),
        ("parallel=0\n[[site]]\nname='a'", "a number from 1"),
        ("site = 1", "no \\[\\[site"),
    ],
)
def test_a_wrong_file_is_told_in_one_line(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        read_fleet(written(tmp_path, text))


def test_a_site_sees_its_own_credentials_and_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("A_PASSWORD", "secret-a")
    monkeypatch.setenv("B_PASSWORD", "secret-b")
    monkeypatch.setenv("FLUENTCART_APP_PASSWORD", "of the operator")
    text = "".join(
        f"[[site]]\nname='{one}'\nworkers=2\nareas=['orders','refunds']\nallow_writes=true\n"
        f"credentials={{app_password='{one}_PASSWORD'}}\n"
        for one in "AB"
    )
    fleet = read_fleet(written(tmp_path, text))
    found = environment(fleet.sites[0], fleet)
    assert found["FLUENTCART_APP_PASSWORD"] == "secret-a"
    assert "secret-b" not in found.values()
    assert "A_PASSWORD" not in found
    assert found["FLUENTCART_AREAS"] == "orders,refunds"
    assert (found["FLUENTCART_WORKERS"], found["FLUENTCART_ALLOW_WRITES"]) == ("2", "true")


def test_deviations_are_found_beside_the_file_or_by_name(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").touch()
    text = "[[site]]\nname='a'\ndeviations=['own.yaml','bundled']"
    fleet = read_fleet(written(tmp_path, text), lambda name: Path("/lists") / f"{name}.yaml")
    assert fleet.sites[0].settings["deviations"] == [
        str((tmp_path / "own.yaml").resolve()),
        "/lists/bundled.yaml",
    ]


def test_sites_of_one_host_are_told_by_host_and_port() -> None:
    assert site(base_url="https://a.example/shop").host == site(base_url="https://a.example").host
    assert site(base_url="https://a.example:8443").host == "a.example:8443"
    assert site().host == "localhost"


@pytest.mark.parametrize(("codes", "code"), [([], 0), ([0, 0], 0), ([0, 3, 1], 3), ([130, 4], 130)])
def test_the_worst_site_decides(codes: list[int], code: int) -> None:
    assert worst([Outcome(site(), one, None) for one in codes]) == code


def test_names_and_words_are_escaped() -> None:
    row = Row("a", "https://x.example/<script>", 3, None, "<script>alert(1)</script>\x1b[31m")
    page = overview_html([row])
    assert "<script>" not in page
    assert "\x1b" not in page
    assert broken_where([row]) == {}
