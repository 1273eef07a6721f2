"""One certificate of the embedded store, made once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from tests.tool import tool

CLAIM = """vendor = "Example <Ltd>"
product = "Embedded Store"
version = "0.1"
contact = "api@vendor.example"

[capabilities]
pro_licences = false
"""


@dataclass(frozen=True)
class Certified:
    """The folder with claim, keys and reports, and the bundle in it."""

    folder: Path
    said: str

    @property
    def bundle(self) -> bytes:
        return (self.folder / "certificate.zip").read_bytes()

    @property
    def record(self) -> bytes:
        return (self.folder / "reports" / "run.jsonl").read_bytes()


def keys(folder: Path, name: str) -> None:
    """An Ed25519 key pair: NAME.pem and NAME-public.pem."""
    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (folder / f"{name}.pem").write_bytes(private)
    (folder / f"{name}-public.pem").write_bytes(public)


@pytest.fixture(scope="package")
def certified(tmp_path_factory: pytest.TempPathFactory) -> Certified:
    folder = tmp_path_factory.mktemp("certificate")
    (folder / "claim.toml").write_text(CLAIM, "utf-8")
    keys(folder, "vendor")
    keys(folder, "other")
    done = tool(
        folder, "certify", "claim.toml", "--fuzz", "smoke", "--sign-with", "vendor.pem",
        "--out", "certificate.zip",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return Certified(folder, done.stdout)
