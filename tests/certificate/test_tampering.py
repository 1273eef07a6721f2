"""Two hundred ways to tamper with a bundle; none of them verifies."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fluentcart_conformance.certificate.assess import assess
from fluentcart_conformance.certificate.bundle import sealed
from fluentcart_conformance.certificate.claim import Claim
from fluentcart_conformance.certificate.errors import RefusedError, UnreadableBundleError
from fluentcart_conformance.certificate.pack import NAMES, RECORD, pack, squeeze, unpack
from fluentcart_conformance.certificate.seal import canonical, manifest, public_key, seal
from fluentcart_conformance.certificate.verify import verify_bundle
from fluentcart_conformance.render.certificate import certificate_pages
from tests.certificate.conftest import Certified

SEED = 20261120
BYTES = 150
Record = list[dict[str, Any]]
Wrong = (RefusedError, UnreadableBundleError)


def refused(path: Path, data: bytes) -> str:
    """Why the bundle is refused; "" when it verifies."""
    path.write_bytes(data)
    try:
        verify_bundle(path, certificate_pages)
    except Wrong as error:
        return str(error)
    return ""


def test_a_changed_byte_anywhere_is_refused(certified: Certified, tmp_path: Path) -> None:
    chosen = random.Random(SEED)  # noqa: S311 - repeatable, not secret
    whole = certified.bundle
    # Half of them where most of the bytes are, half in the small parts and between them.
    start = whole.index(RECORD.encode())
    places = [chosen.randrange(start) for _ in range(BYTES // 2)]
    places += [chosen.randrange(len(whole)) for _ in range(BYTES - len(places))]
    for place in places:
        data = bytearray(whole)
        data[place] ^= 1 << chosen.randrange(8)
        assert refused(tmp_path / "x.zip", bytes(data)), f"byte {place}"


def rezipped(contents: dict[str, bytes], change: Callable[[zipfile.ZipFile], None]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in NAMES:
            entry = zipfile.ZipInfo(name)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            archive.writestr(entry, contents[name])
        change(archive)
    return buffer.getvalue()


def named(name: str, mode: int = 0o100644) -> Callable[[zipfile.ZipFile], None]:
    def change(archive: zipfile.ZipFile) -> None:
        entry = zipfile.ZipInfo(name)
        entry.create_system, entry.external_attr = 3, mode << 16
        archive.writestr(entry, b"/etc/passwd")

    return change


def structures(whole: bytes) -> Iterator[tuple[str, bytes]]:
    """Bundles with a wrong structure, each with what is wrong."""
    contents = unpack(whole)
    for name in ("../evil", "/etc/evil", "a/../../b", "C:\\evil", "extra.txt", "manifest.json/"):
        yield f"an entry {name}", rezipped(contents, named(name))
    yield "a link", rezipped(contents, named("link", 0o120777))
    yield "a name twice", rezipped(contents, named("manifest.json"))
    for name in NAMES:
        others = {one: data for one, data in contents.items() if one != name}
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for one, data in others.items():
                archive.writestr(one, data)
        yield f"without {name}", buffer.getvalue()
        yield f"{name} empty", pack({**contents, name: b""})
        yield f"{name} longer", pack({**contents, name: contents[name] + b"\n"})
    yield "something before", b"#!/bin/sh\n" + whole
    yield "something behind", whole + b"\0"
    yield "cut", whole[:-30]
    yield "half", whole[: len(whole) // 2]
    comment = io.BytesIO(whole)
    with zipfile.ZipFile(comment, "a") as archive:
        archive.comment = b"harmless"
    yield "a comment", comment.getvalue()
    squeezed = io.BytesIO()
    with zipfile.ZipFile(squeezed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in NAMES:
            archive.writestr(name, contents[name])
    yield "compressed", squeezed.getvalue()
    yield from _sealed_anew(contents)


def _sealed_anew(contents: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Changes by somebody who can make hashes, but has not the key."""
    facts = json.loads(contents["manifest.json"])
    bomb = squeeze(b"\0" * 80_000_000)
    for size in (80_000_000, 10, 10**15, -1):
        listed = manifest(
            {name: facts[name] for name in facts if name not in ("files", "record_bytes")},
            {**_listed(contents), RECORD: bomb},
            size,
        )
        yield (
            f"a bomb said to have {size}",
            pack(
                {**contents, RECORD: bomb, "manifest.json": listed, "seal.json": seal(listed, None)}
            ),
        )
    listed = contents["manifest.json"]
    old = json.loads(contents["seal.json"])
    for change in ({"signature": "AAAA"}, {"public_key": None}, {"signature": None}, {"more": 1}):
        yield f"seal {change}", pack({**contents, "seal.json": canonical({**old, **change})})
    page = contents["certificate.html"].replace(b"Embedded Store", b"Better Store")
    changed = {**_listed(contents), "certificate.html": page}
    plain = {name: facts[name] for name in facts if name not in ("files", "record_bytes")}
    listed = manifest(plain, changed, facts["record_bytes"])
    yield (
        "another page",
        pack({**contents, **changed, "manifest.json": listed, "seal.json": seal(listed, None)}),
    )


def _listed(contents: dict[str, bytes]) -> dict[str, bytes]:
    return {k: v for k, v in contents.items() if k not in ("manifest.json", "seal.json")}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_changed_structure_is_refused(certified: Certified, tmp_path: Path) -> None:
    seen = 0
    for what, data in structures(certified.bundle):
        if data == certified.bundle:
            continue
        seen += 1
        assert refused(tmp_path / "x.zip", data), what
    assert seen >= 40


# -- forgeries: the record changed, everything sealed anew with right hashes ----------------------


def _first(events: Record, kind: str, **wanted: Any) -> dict[str, Any]:
    return next(
        one for one in events
        if one["type"] == kind and all(one[name] == value for name, value in wanted.items())
    )  # fmt: skip


def _body(events: Record) -> None:
    one = _first(events, "exchange", operation="get_order", status=200)
    one["response"]["body"] = one["response"]["body"].replace('"total_amount":', '"total_amount_":')


def _status(events: Record) -> None:
    _first(events, "exchange", operation="get_order", status=200)["status"] = 500


def _proved(events: Record) -> None:
    _first(events, "exchange", operation="get_order", status=200)["proved"].append("RFD-SEVERAL")


def _operation(events: Record) -> None:
    _first(events, "exchange", operation="get_order", status=200)["operation"] = "list_orders"


def _finding(events: Record) -> None:
    one = _first(events, "exchange", operation="get_order", status=200)
    one["findings"].append(
        {"requirement": "GEN-JSON", "pointer": "", "expected": "a", "got": "b", "kind": "law",
         "cause": "x"}
    )  # fmt: skip


def _lost_exchange(events: Record) -> None:
    named = next(one for one in events if one["type"] == "check" and one["exchanges"])
    events.remove(_first(events, "exchange", id=named["exchanges"][-1]))


def _quiet_exchange(events: Record) -> None:
    events.remove(_first(events, "exchange", operation="list_orders"))


def _twice(events: Record) -> None:
    events.insert(5, _first(events, "exchange"))


def _lost_scenario(events: Record) -> None:
    name = _first(events, "scenario")["id"]
    events[:] = [one for one in events if name not in (one.get("id"), one.get("scenario"))]


def _lost_check(events: Record) -> None:
    events.remove(_first(events, "check"))


def _failed(events: Record) -> None:
    _first(events, "check", outcome="passed")["outcome"] = "failed"


def _profile(events: Record) -> None:
    events[0]["profile"] = "fluentcart-1.3"


def _selection(events: Record) -> None:
    events[0]["selection"]["areas"] = ["orders"]


def _contract(events: Record) -> None:
    events[0]["contract_sha256"] = "0" * 64


def _deviations(events: Record) -> None:
    events[0]["deviations"] = ["shop.yaml"]


def _requests(events: Record) -> None:
    events[-1]["verdict"]["requests"] += 1


def _no_footer(events: Record) -> None:
    del events[-1]


def _headers(events: Record) -> None:
    events.insert(9, events[0])


def _problem(events: Record) -> None:
    events.insert(9, {"type": "problem", "where": "harness", "message": "x"})


def _malformed(events: Record) -> None:
    del _first(events, "exchange")["url"]


FORGERIES = [
    _body, _status, _proved, _operation, _finding, _lost_exchange, _quiet_exchange, _twice,
    _lost_scenario, _lost_check, _failed, _profile, _selection, _contract, _deviations, _requests,
    _no_footer, _headers, _problem, _malformed,
]  # fmt: skip


@pytest.mark.parametrize("forge", FORGERIES, ids=lambda one: one.__name__[1:])
def test_a_forged_record_is_refused_even_with_right_hashes(
    certified: Certified, tmp_path: Path, forge: Callable[[Record], None]
) -> None:
    events: Record = [json.loads(line) for line in certified.record.splitlines()]
    forge(events)
    record = b"".join(json.dumps(one).encode() + b"\n" for one in events)
    assert refused(tmp_path / "x.zip", _forged(certified, record))


def _forged(certified: Certified, record: bytes) -> bytes:
    """A bundle of this record, with the best certificate that the tool's own code would write."""
    old = json.loads(unpack(certified.bundle)["certificate.json"])
    try:
        told = assess(record, Claim.model_validate(old["claim"])).certificate
    except RefusedError:
        told = old
    return sealed(record, {**told, "result": "conforms"}, certificate_pages)


def test_a_bundle_signed_anew_is_refused_by_who_has_the_vendors_key(
    certified: Certified, tmp_path: Path
) -> None:
    old = json.loads(unpack(certified.bundle)["certificate.json"])
    forged = sealed(certified.record, old, certificate_pages, Ed25519PrivateKey.generate())
    path = tmp_path / "x.zip"
    path.write_bytes(forged)
    key = public_key(certified.folder / "vendor-public.pem")
    with pytest.raises(RefusedError, match="another key"):
        verify_bundle(path, certificate_pages, key)
    path.write_bytes(sealed(certified.record, old, certificate_pages))
    with pytest.raises(RefusedError, match="not signed"):
        verify_bundle(path, certificate_pages, key)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_there_are_two_hundred_of_them(certified: Certified) -> None:
    assert BYTES + len(FORGERIES) + sum(1 for _ in structures(certified.bundle)) >= 200
