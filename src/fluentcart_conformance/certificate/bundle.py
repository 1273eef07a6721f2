"""Makes a bundle of a run that may be certified."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from .assess import assess
from .claim import Claim
from .content import FORMAT
from .errors import RefusedError
from .pack import RECORD, pack, squeeze
from .seal import canonical, manifest, seal

Pages = Callable[[Mapping[str, Any]], dict[str, str]]
"""Draws certificate.html, badge.svg and badge.json from the certificate's data."""
_SHOWN = 10


def make_bundle(
    record: bytes, claim: Claim, pages: Pages, key: Ed25519PrivateKey | None = None
) -> bytes:
    """The bundle of a record. Raises RefusedError with the reasons when none may be had."""
    found = assess(record, claim)
    if found.against:
        raise RefusedError(f"no certificate: {in_words(found.against)}")
    return sealed(record, found.certificate, pages, key)


def sealed(
    record: bytes,
    certificate: Mapping[str, Any],
    pages: Pages,
    key: Ed25519PrivateKey | None = None,
) -> bytes:
    """The bundle of a record and its certificate, whatever they say."""
    # Drawn from the data as a reader of the bundle gets it, so that the bytes are the same.
    certificate = json.loads(canonical(certificate))
    contents = {
        "certificate.json": canonical(certificate),
        "summary.json": canonical(certificate["summary"]),
        RECORD: squeeze(record),
        **{name: text.encode() for name, text in pages(certificate).items()},
    }
    facts = {
        "format": FORMAT,
        **{
            name: certificate[name]
            for name in ("tool", "contract_sha256", "suites_sha256", "profile")
        },
    }
    listed = manifest(facts, contents, len(record))
    return pack({**contents, "manifest.json": listed, "seal.json": seal(listed, key)})


def in_words(reasons: list[str]) -> str:
    """The first reasons, and how many more there are."""
    more = f"; and {len(reasons) - _SHOWN} more" if len(reasons) > _SHOWN else ""
    return "; ".join(reasons[:_SHOWN]) + more
