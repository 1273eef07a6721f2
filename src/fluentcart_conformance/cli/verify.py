"""`verify`: does a certificate hold?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .output import format_option, print_json

if TYPE_CHECKING:
    from fluentcart_conformance.certificate.verify import Verified

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("verify")
@click.argument("bundle", type=_FILE)
@click.option(
    "--public-key", type=_FILE, metavar="KEY.pem", help="The bundle must be signed with this key."
)
@click.option("--html", type=_FILE, help="Also write the certificate's page here.")
@format_option("text", "json")
def command(bundle: Path, public_key: Path | None, html: Path | None, form: str) -> int:
    """Check a certificate offline: hashes, signature, completeness, and every exchange anew.

    Each recorded exchange is judged again, and the verdict computed again from the record; a
    bundle that says anything else is refused with exit code 1. Nothing is unpacked to disk. A
    bundle of a newer tool or another contract cannot be checked: exit code 2.

    \b
    Examples:
      fluentcart-conformance verify certificate.zip
      fluentcart-conformance verify certificate.zip --public-key vendor.pem --format json
    """
    from fluentcart_conformance.certificate.seal import public_key as read_key  # noqa: PLC0415
    from fluentcart_conformance.certificate.verify import verify_bundle  # noqa: PLC0415
    from fluentcart_conformance.render.certificate import certificate_pages  # noqa: PLC0415
    from fluentcart_conformance.render.files import write_whole  # noqa: PLC0415

    key = read_key(public_key) if public_key else None
    found = verify_bundle(bundle, certificate_pages, key)
    if html:
        write_whole(html, certificate_pages(found.certificate)["certificate.html"])
    if form == "json":
        print_json(
            {
                "verified": True,
                "signed_by": found.key or None,
                "key_was_given": key is not None,
                "exchanges_judged": found.assessment.rejudged.exchanges,
                "certificate": found.certificate,
            }
        )
        return 0
    _print(found, given=key is not None)
    return 0


def _print(found: Verified, *, given: bool) -> None:
    from fluentcart_conformance.render.words import visible  # noqa: PLC0415

    one = found.certificate
    claim = one["claim"]
    lines = [
        ("product", f"{claim['product']} {claim['version']}"),
        ("vendor", f"{claim['vendor']}, {claim['contact']}"),
        ("profile", one["profile"]),
        ("run", f"{one['run']}, ended {one['ended'][:19]}"),
        ("exchanges", f"{found.assessment.rejudged.exchanges:,} judged again, all as recorded"),
        ("signature", _signature(found.key, given)),
    ]
    for label, value in lines:
        click.echo(f"{label:<10} {visible(value)}")
    passed = one["summary"]["requirements"]["passed"]
    click.echo(f"VERIFIED  {one['profile']}  {passed} requirements passed, 0 MUST failed")


def _signature(key: str, given: bool) -> str:
    if not key:
        return "none: anybody could have made this bundle"
    shown = f"Ed25519 key {key[:16]}"
    return shown if given else f"{shown}; whose it is, only --public-key can tell"
