"""A certificate is made of a whole clean run, and verifies; of anything else there is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fluentcart_conformance.certificate.claim import read_claim
from fluentcart_conformance.certificate.errors import ClaimError, UnreadableBundleError
from fluentcart_conformance.certificate.pack import pack, unpack
from fluentcart_conformance.certificate.seal import canonical, seal
from fluentcart_conformance.certificate.verify import verify_bundle
from fluentcart_conformance.render.certificate import certificate_pages
from tests.certificate.conftest import CLAIM, Certified
from tests.tool import tool


def test_a_certificate_verifies_with_and_without_the_key(certified: Certified) -> None:
    assert certified.said.splitlines()[-1] == (
        "CERTIFIED  Embedded Store 0.1  certificate.zip (signed)"
    )
    with_key = tool(
        certified.folder, "verify", "certificate.zip", "--public-key", "vendor-public.pem",
        "--format", "json", "--html", "page.html",
    )  # fmt: skip
    assert with_key.returncode == 0, with_key.stderr
    told = json.loads(with_key.stdout)
    assert told["exchanges_judged"] > 1000
    assert told["certificate"]["claim"]["vendor"] == "Example <Ltd>"
    page = (certified.folder / "page.html").read_text("utf-8")
    assert "Example &lt;Ltd&gt;" in page
    assert "Example <Ltd>" not in page
    assert "embedded store: a demonstration" in page

    without = tool(certified.folder, "verify", "certificate.zip")
    assert without.returncode == 0
    assert "only --public-key can tell" in without.stdout
    assert without.stdout.splitlines()[-1].startswith("VERIFIED  documented")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--public-key", "other-public.pem"], 1, "signed with another key"),
        (["--public-key", "vendor.pem"], 2, "no public key"),
        (["--public-key", "missing.pem"], 2, "cannot be read"),
    ],
)
def test_a_wrong_key_is_told(certified: Certified, words: list[str], code: int, said: str) -> None:
    done = tool(certified.folder, "verify", "certificate.zip", *words)
    assert done.returncode == code
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_no_secret_is_in_a_bundle(certified: Certified) -> None:
    contents = b"".join(unpack(certified.bundle).values()) + certified.record
    for secret in (b"Authorization: Basic Y", b"BEGIN PRIVATE KEY", b'"Basic Y'):
        assert secret not in contents


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"format": 2}, "has format 2, this tool reads 1"),
        ({"tool": "9.0.0"}, "9.0.0, which is newer than this"),
        ({"contract_sha256": "0" * 64}, "was made with another contract"),
        ({"suites_sha256": "0" * 64}, "was made with another set of scenarios"),
    ],
)
def test_a_bundle_of_another_tool_or_contract_is_told_from_a_forged_one(
    certified: Certified, tmp_path: Path, changes: dict[str, object], said: str
) -> None:
    contents = unpack(certified.bundle)
    facts = {**json.loads(contents["manifest.json"]), **changes}
    listed = canonical(facts)
    path = tmp_path / "other.zip"
    path.write_bytes(pack({**contents, "manifest.json": listed, "seal.json": seal(listed, None)}))
    with pytest.raises(UnreadableBundleError, match=said) as caught:
        verify_bundle(path, certificate_pages)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_bundle_is_told(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(data)
    done = tool(tmp_path, "verify", "x.zip")
    assert done.returncode == 2
    assert done.stderr == "fluentcart-conformance: x.zip: is not a bundle: no zip file\n"


def test_a_store_with_a_fault_gets_no_certificate(tmp_path: Path) -> None:
    (tmp_path / "claim.toml").write_text(CLAIM, "utf-8")
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "certificate.zip").write_bytes(b"of an earlier run")
    done = tool(
        tmp_path, "certify", "claim.toml", "--fuzz", "smoke",
        "--store-arguments", "--fault refund-cent-more", "--format", "json",
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    told = json.loads(done.stdout)
    assert told["certified"] is False
    assert "RFD-" in told["reason"]
    assert "RFD-UNIT, RFD-PARTIAL-TOTAL" in done.stderr
    assert (reports / "report.html").exists()
    assert not (reports / "certificate.zip").exists()


@pytest.mark.parametrize(
    ("words", "environment", "said"),
    [
        (["--base-url", "https://staging.example"], {}, "--allow-writes --allow-destructive"),
        ([], {"FLUENTCART_DEVIATIONS": "fluentcart-1.3.25"}, "allows no known deviations"),
        (["--sign-with", "claim.toml"], {}, "no private key that can be read"),
    ],
)
def test_what_cannot_be_certified_is_said_before_any_run(
    tmp_path: Path, words: list[str], environment: dict[str, str], said: str
) -> None:
    (tmp_path / "claim.toml").write_text(CLAIM, "utf-8")
    done = tool(tmp_path, "certify", "claim.toml", *words, **environment)
    assert done.returncode == 2
    assert said in done.stderr
    assert not (tmp_path / "reports").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("vendor = ", "is not valid TOML"),
        ('vendor = ""', "vendor"),
        (CLAIM.replace("vendor", "vendro"), "unknown key vendro; did you mean vendor"),
        (CLAIM + "coupons = 1\n", "capabilities.coupons"),
        (CLAIM.replace("0.1", "0.1\\u001b[31m"), "version"),
    ],
)
def test_a_claim_that_cannot_be_used_is_one_line(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "claim.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(ClaimError, match=said) as caught:
        read_claim(file)
    assert "\n" not in str(caught.value)
