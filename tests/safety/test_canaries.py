"""Canary credentials get into no file, no output and no process list, whatever the tool does.

The store is one that repeats the credentials of each request in its answer.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from fluentcart_conformance.store.server import EmbeddedStore
from tests.certificate.conftest import CLAIM
from tests.safety.canaries import (
    ADMIN,
    HEADER,
    Watched,
    canaries_below,
    found_in,
    spellings,
    store_with_canaries,
    variables,
    watch,
)

AREA = ("--area", "transactions")


@dataclass(frozen=True)
class Place:
    """A folder with the reports of a run, and the store that was judged."""

    folder: Path
    store: EmbeddedStore
    wanted: set[bytes]

    def does(self, *words: str, **more: str) -> Watched:
        """Call the tool with all credentials, and look for them in whatever comes of it."""
        done = watch(self.folder, words, {**variables(self.store), **more})
        self.assert_silent(done)
        return done

    def assert_silent(self, done: Watched) -> None:
        assert b"Traceback" not in done.said, done.said.decode()
        assert list(found_in("output", done.said, self.wanted)) == []
        assert list(found_in("process list", done.seen, self.wanted)) == []
        assert b"fluentcart_conformance" in done.seen
        assert canaries_below(self.folder, self.wanted) == []


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with store_with_canaries() as store:
        who = [(store.identities[name].user, store.identities[name].password)
               for name in ("admin", "low")]  # fmt: skip
        found = Place(tmp_path_factory.mktemp("canaries"), store, spellings(who))
        run = found.does("run", "--base-url", store.base_url, *AREA, "--workers", "2")
        assert run.code in (0, 1), run.said.decode()
        yield found


def test_the_store_told_what_it_heard(place: Place) -> None:
    record = (place.folder / "reports" / "run.jsonl").read_text("utf-8")
    assert "X-Heard" in record or "x-heard" in record
    assert '\\"debug\\"' in record


AT_THE_STORE = {
    "doctor": ("doctor",),
    "doctor as JSON": ("doctor", "--format", "json"),
    "reading only": ("run", "--read-only", "--area", "lists", "--reports", "read-only"),
    "fuzzing": ("run", "--area", "fuzz", "--max-examples", "2", "--reports", "fuzz"),
    "dry run": ("run", "--dry-run", "--area", "shipping", "--reports", "dry"),
    "replay": ("replay", "TRX-STATUS-ANSWER"),
    "sweep": ("sweep", "--all", "--yes"),
    "a budget used up": ("run", "--max-requests", "40", "--reports", "short"),
    "certify": ("certify", "claim.toml", "--max-requests", "60", "--reports", "certified"),
}  # fmt: skip


@pytest.mark.parametrize("mode", AT_THE_STORE)
def test_no_canary_at_the_store(mode: str, place: Place) -> None:
    (place.folder / "claim.toml").write_text(CLAIM, "utf-8")
    command, *more = AT_THE_STORE[mode]
    done = place.does(command, *more, "--base-url", place.store.base_url)
    assert done.code in (0, 1, 3), done.said.decode()


OF_RECORDS = {
    "judge": ("judge", "reports/run.jsonl", "--html", "judged.html"),
    "judge as SARIF": ("judge", "reports/run.jsonl", "--format", "sarif"),
    "report": ("report", "reports/run.jsonl"),
    "compare": ("compare", "reports/run.jsonl", "reports/run.jsonl", "--html", "compared.html"),
    "merge": ("merge", "reports/run.jsonl", "reports/run.jsonl"),
    "deviations": ("deviations", "init", "--out", "shop.yaml"),
    "explain": ("explain", "TRX-STATUS-ANSWER"),
}


@pytest.mark.parametrize("mode", OF_RECORDS)
def test_no_canary_from_records(mode: str, place: Place) -> None:
    done = place.does(*OF_RECORDS[mode])
    assert done.code in (0, 1, 2), done.said.decode()


def test_no_canary_of_two_stores(place: Place) -> None:
    with store_with_canaries() as other:
        urls = (place.store.base_url, other.base_url)
        more = variables(other, "FLUENTCART_OTHER_")
        done = place.does("compare", "--targets", *urls, "--area", "shipping", **more)
    assert done.code in (0, 1), done.said.decode()


def test_no_canary_after_a_crash(place: Place, tmp_path: Path) -> None:
    words = ("run", "--base-url", place.store.base_url, "--workers", "2")
    done = watch(tmp_path, words, variables(place.store), seconds=4)
    assert done.code == -9
    assert (tmp_path / "reports" / "run.jsonl").stat().st_size > 0
    Place(tmp_path, place.store, place.wanted).assert_silent(done)


@pytest.mark.parametrize("words", [("run", "--reports", "none"), ("doctor",)])
def test_no_canary_in_errors(words: tuple[str, ...], place: Place) -> None:
    nobody = {"FLUENTCART_USER": "nobody", "FLUENTCART_TRACEBACK": "1"}
    refused = place.does(*words, "--base-url", place.store.base_url, **nobody)
    assert refused.code == 3
    gone = place.does(*words, "--base-url", "http://127.0.0.1:9")
    assert gone.code == 3


def test_no_canary_of_a_settings_file_with_a_mistake(place: Place, tmp_path: Path) -> None:
    file = tmp_path / "fluentcart.toml"
    for text in (
        f'app_password = "{ADMIN}"\nbase_ulr = "x"\n',
        f'app_password = "{ADMIN}\n',
        f'base_url = "http://admin:{HEADER}@127.0.0.1:9"\n',
        f'[headers]\n"X-Access-Token" = ["{HEADER}"]\n',
    ):
        file.write_text(text, "utf-8")
        done = watch(tmp_path, ("doctor", "--base-url", "http://127.0.0.1:9"), {})
        assert done.code in (2, 3), done.said.decode()
        assert list(found_in("output", done.said, place.wanted)) == []


def test_captured_traffic_with_credentials_is_reported_without_them(place: Place) -> None:
    pair = base64.b64encode(f"admin:{ADMIN}".encode()).decode()
    who = {"name": "Authorization", "value": f"Basic {pair}"}
    entry = {
        "startedDateTime": "2026-11-20T00:00:00Z",
        "time": 1,
        "request": {
            "method": "GET",
            "url": f"{place.store.base_url}/wp-json/fluent-cart/v2/orders?per_page=1",
            "headers": [who, {"name": "X-Access-Token", "value": HEADER}],
        },
        "response": {
            "status": 500,
            "headers": [{"name": "Content-Type", "value": "application/json"}],
            "content": {"mimeType": "application/json", "text": json.dumps({"message": "no"})},
        },
    }
    # The captured file itself holds them, so it lies elsewhere.
    captured = place.folder.parent / "session.har"
    captured.write_text(json.dumps({"log": {"version": "1.2", "entries": [entry]}}), "utf-8")
    words = ("judge", str(captured), "--html", "har.html", "--profile", "fluentcart-1.3")
    done = place.does(*words)
    assert done.code == 1, done.said.decode()
