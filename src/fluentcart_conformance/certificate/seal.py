"""The manifest (a hash of everything) and the seal on it, with an Ed25519 signature if wanted."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from .errors import KeyTroubleError, RefusedError

_CONTEXT = b"fluentcart-conformance certificate 1\n"


def canonical(value: Any) -> bytes:
    """JSON with one spelling: sorted members, two blanks, a newline at the end."""
    return (json.dumps(value, indent=2, sort_keys=True, ensure_ascii=True) + "\n").encode()


def read_canonical(name: str, data: bytes) -> dict[str, Any]:
    """An object in its one spelling. Raises RefusedError for anything else."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise RefusedError(f"{name} is no JSON") from error
    if not isinstance(value, dict) or canonical(value) != data:
        raise RefusedError(f"{name} is not written as the tool writes it")
    return value


def manifest(facts: Mapping[str, Any], contents: Mapping[str, bytes], record: int) -> bytes:
    """The manifest of these contents; `record` is the length of the record unpacked."""
    return canonical(
        {
            **facts,
            "record_bytes": record,
            "files": {
                name: {"bytes": len(data), "sha256": sha256(data).hexdigest()}
                for name, data in contents.items()
            },
        }
    )


def seal(manifest_bytes: bytes, key: Ed25519PrivateKey | None) -> bytes:
    """The seal of a manifest, signed when there is a key."""
    signed = {
        "manifest_sha256": sha256(manifest_bytes).hexdigest(),
        "public_key": None,
        "signature": None,
    }
    if key is not None:
        raw = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        signed["public_key"] = base64.b64encode(raw).decode()
        signed["signature"] = base64.b64encode(key.sign(_CONTEXT + manifest_bytes)).decode()
    return canonical(signed)


def check_seal(manifest_bytes: bytes, seal_bytes: bytes, wanted: Ed25519PublicKey | None) -> str:
    """Who signed: the fingerprint of the key, or "" for an unsigned bundle.

    Raises RefusedError when seal and manifest do not fit, the signature is wrong or by another
    key than `wanted`, or there is none although one is wanted.
    """
    given = read_canonical("seal.json", seal_bytes)
    if set(given) != {"manifest_sha256", "public_key", "signature"}:
        raise RefusedError("seal.json has other members than a seal")
    if given["manifest_sha256"] != sha256(manifest_bytes).hexdigest():
        raise RefusedError("the manifest is not the one that was sealed")
    if given["signature"] is None and given["public_key"] is None:
        if wanted is not None:
            raise RefusedError("the bundle is not signed")
        return ""
    raw, signature = _bytes(given["public_key"]), _bytes(given["signature"])
    if wanted is not None and raw != wanted.public_bytes(Encoding.Raw, PublicFormat.Raw):
        raise RefusedError("the bundle is signed with another key")
    try:
        Ed25519PublicKey.from_public_bytes(raw).verify(signature, _CONTEXT + manifest_bytes)
    except (InvalidSignature, ValueError) as error:
        raise RefusedError("the signature is wrong") from error
    return sha256(raw).hexdigest()


def _bytes(text: object) -> bytes:
    try:
        data = base64.b64decode(str(text), validate=True)
    except (binascii.Error, ValueError) as error:
        raise RefusedError("the signature is no base64") from error
    # The last character has bits that mean nothing; only one spelling counts.
    if base64.b64encode(data).decode() != text:
        raise RefusedError("the signature is not written as the tool writes it")
    return data


def private_key(file: Path, password: str | None) -> Ed25519PrivateKey:
    """An Ed25519 key in PEM. Raises KeyTroubleError."""
    try:
        key = load_pem_private_key(_text(file), password.encode() if password else None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyTroubleError(
            f"{file} is no private key that can be read (PEM; the password of an encrypted one "
            "comes from FLUENTCART_SIGNING_PASSWORD)"
        ) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyTroubleError(f"{file} is a key of another kind; Ed25519 is needed")
    return key


def public_key(file: Path) -> Ed25519PublicKey:
    """An Ed25519 public key in PEM. Raises KeyTroubleError."""
    try:
        key = load_pem_public_key(_text(file))
    except (ValueError, UnsupportedAlgorithm) as error:
        raise KeyTroubleError(f"{file} is no public key that can be read (PEM)") from error
    if not isinstance(key, Ed25519PublicKey):
        raise KeyTroubleError(f"{file} is a key of another kind; Ed25519 is needed")
    return key


def _text(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise KeyTroubleError(f"{file} cannot be read: {error.strerror or error}") from error
