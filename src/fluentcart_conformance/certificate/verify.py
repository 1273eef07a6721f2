"""Verifies a bundle: container, seal, hashes, completeness, and the verdict from its exchanges."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import ValidationError

from fluentcart_conformance import __version__
from fluentcart_conformance.contract.fingerprint import contract_hash, suites_hash

from .assess import Assessment, assess
from .bundle import Pages, in_words
from .claim import Claim
from .content import FORMAT
from .errors import RefusedError, UnreadableBundleError
from .pack import LARGEST_BUNDLE, RECORD, unpack, unsqueeze
from .seal import canonical, check_seal, read_canonical

_NUMBERS = re.compile(r"\d+")
_LARGEST_MANIFEST = 1 << 16
_FACTS = frozenset(
    {"format", "tool", "contract_sha256", "suites_sha256", "profile", "record_bytes", "files"}
)


@dataclass(frozen=True)
class Verified:
    """A bundle that holds: its certificate, how much was judged again, and who signed it."""

    certificate: Mapping[str, Any]
    assessment: Assessment
    key: str


def verify_bundle(path: Path, pages: Pages, key: Ed25519PublicKey | None = None) -> Verified:
    """Verify a bundle in memory; nothing is written.

    Raises UnreadableBundleError for what is none, or is of a newer tool or another contract;
    RefusedError for everything that does not hold.
    """
    data = _read(path)
    try:
        return _verify(data, pages, key)
    except (RefusedError, UnreadableBundleError) as error:
        raise type(error)(f"{path}: {error}") from error


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_BUNDLE:
            raise UnreadableBundleError(f"{path}: is larger than any bundle")
        return path.read_bytes()
    except OSError as error:
        raise UnreadableBundleError(f"{path} cannot be read: {error.strerror or error}") from error


def _verify(data: bytes, pages: Pages, key: Ed25519PublicKey | None) -> Verified:
    _check_format(data)
    contents = unpack(data)
    signer = check_seal(contents["manifest.json"], contents["seal.json"], key)
    facts = read_canonical("manifest.json", contents["manifest.json"])
    if set(facts) != _FACTS:
        raise RefusedError("the manifest has other members than a manifest")
    _check_origin(facts)
    _check_hashes(facts, contents)
    record = unsqueeze(contents[RECORD], facts["record_bytes"])
    certificate = read_canonical("certificate.json", contents["certificate.json"])
    try:
        claim = Claim.model_validate(certificate.get("claim"))
    except ValidationError as error:
        raise RefusedError("the certificate holds no claim") from error
    found = assess(record, claim)
    if found.against:
        raise RefusedError(
            f"the verdict does not follow from the bundle: {in_words(found.against)}"
        )
    _check_certificate(facts, certificate, found)
    _check_pages(contents, certificate, pages)
    return Verified(certificate, found, signer)


def _check_format(data: bytes) -> None:
    """A bundle of a later format may have other parts; say so before looking at them."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entry = archive.getinfo("manifest.json")
            if entry.file_size > _LARGEST_MANIFEST or entry.compress_type != zipfile.ZIP_STORED:
                return
            facts = json.loads(archive.read(entry))
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError, RecursionError):
        return  # whatever is wrong with it, unpacking will say
    except (NotImplementedError, RuntimeError, OverflowError):
        return
    if (
        isinstance(facts, dict)
        and isinstance(facts.get("format"), int)
        and facts["format"] > FORMAT
    ):
        raise UnreadableBundleError(
            f"has format {facts['format']}, this tool reads {FORMAT}; "
            f"it was made by fluentcart-conformance {str(facts.get('tool'))[:20]}"
        )


def _check_origin(facts: Mapping[str, Any]) -> None:
    tool = str(facts["tool"])
    if _version(tool) > _version(__version__):
        raise UnreadableBundleError(
            f"was made by fluentcart-conformance {tool}, which is newer than this {__version__}"
        )
    for name, ours, what in (
        ("contract_sha256", contract_hash(), "contract"),
        ("suites_sha256", suites_hash(), "set of scenarios"),
    ):
        if facts[name] != ours:
            raise UnreadableBundleError(
                f"was made with another {what} ({str(facts[name])[:12]}, this tool has "
                f"{ours[:12]}); verify it with fluentcart-conformance {tool}"
            )


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in _NUMBERS.findall(text)[:3])


def _check_hashes(facts: Mapping[str, Any], contents: Mapping[str, bytes]) -> None:
    hashed = {name: data for name, data in contents.items() if name not in _UNLISTED}
    listed = {
        name: {"bytes": len(data), "sha256": sha256(data).hexdigest()}
        for name, data in hashed.items()
    }
    if facts["files"] != listed:
        wrong = [name for name in hashed if facts["files"].get(name) != listed[name]]
        raise RefusedError(f"{', '.join(wrong) or 'a file'} is not what the manifest says")


_UNLISTED = ("manifest.json", "seal.json")


def _check_certificate(
    facts: Mapping[str, Any], certificate: Mapping[str, Any], found: Assessment
) -> None:
    header = found.verdict.header
    if header["contract_sha256"] != facts["contract_sha256"]:
        raise RefusedError("the run was made with another contract than the manifest says")
    if (header["tool"], header["profile"]) != (facts["tool"], facts["profile"]):
        raise RefusedError("the run was made by another tool or profile than the manifest says")
    if canonical(certificate) != canonical(found.certificate):
        names = [one for one in found.certificate if certificate.get(one) != found.certificate[one]]
        raise RefusedError(f"the certificate does not follow from the record: {', '.join(names)}")


def _check_pages(
    contents: Mapping[str, bytes], certificate: Mapping[str, Any], pages: Pages
) -> None:
    if contents["summary.json"] != canonical(certificate["summary"]):
        raise RefusedError("summary.json does not follow from the record")
    if certificate["tool"] != __version__:
        # An earlier tool drew them in its own way; their hashes have been checked.
        return
    for name, text in pages(certificate).items():
        if contents[name] != text.encode():
            raise RefusedError(f"{name} does not show what the certificate says")
