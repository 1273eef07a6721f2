"""`certify`: a run under stricter rules, and a bundle that others can check."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from .options import pace_options, settings_of, target_options
from .output import format_option, print_json, progress_apart

_FILE = click.Path(dir_okay=False, path_type=Path)
EXIT_CONFORMS = 0
EXIT_FINDINGS = 1


@click.command("certify")
@click.argument("claim", metavar="CLAIM.toml", type=_FILE)
@target_options()
@click.option("--out", type=_FILE, help="The bundle [default: certificate.zip in the reports].")
@click.option("--sign-with", type=_FILE, metavar="KEY.pem", help="An Ed25519 private key.")
@click.option(
    "--reports",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder for the reports [default: reports].",
)
@click.option("--allow-writes", is_flag=True, default=None, help="Off loopback: needed.")
@click.option("--allow-destructive", is_flag=True, default=None, help="Off loopback: needed.")
@click.option("--store-arguments", metavar="WORDS", hidden=True)
@pace_options()
@format_option()
def command(claim: Path, out: Path | None, sign_with: Path | None, form: str, **given: Any) -> int:
    """Run everything under stricter rules and, if all is well, write a certificate.

    Every area, with fuzzing; no known deviation, no skip and no disabled check on a MUST. CLAIM
    says who certifies what: vendor, product, version, contact, and a table of capabilities that
    the product has (true) or lacks (false). The bundle is a zip with the record, the exchanges
    without secrets, the verdict, a page, a badge, and a hash of everything; `verify` checks it
    without the store. A run that does not qualify writes its reports, but no bundle.

    The password of an encrypted key comes from FLUENTCART_SIGNING_PASSWORD.

    \b
    Examples:
      fluentcart-conformance certify claim.toml
      fluentcart-conformance certify claim.toml --format json
      fluentcart-conformance certify claim.toml --base-url https://staging.example \\
        --allow-writes --allow-destructive --sign-with vendor.pem --out certificate.zip
    """
    from fluentcart_conformance.certificate.claim import read_claim  # noqa: PLC0415
    from fluentcart_conformance.certificate.seal import private_key  # noqa: PLC0415

    said = read_claim(claim)
    password = os.environ.get("FLUENTCART_SIGNING_PASSWORD")
    key = private_key(sign_with, password) if sign_with else None
    settings = settings_of(given)
    if not settings.destructive_allowed:
        raise click.UsageError(
            "a certificate needs a run that writes: --allow-writes --allow-destructive"
        )
    if settings.deviations:
        raise click.UsageError("a certificate allows no known deviations; leave deviations out")
    whole: dict[str, Any] = {
        "areas": [],
        "keyword": None,
        # A certificate's fuzzing is a level as a whole, not what is left of one.
        "fuzz_examples": None,
        "fuzz_requests": None,
        "capabilities": {**settings.capabilities, **said.capabilities},
    }
    settings = settings.model_copy(update=whole)
    bundle = out or settings.reports / "certificate.zip"
    from fluentcart_conformance.certificate.bundle import make_bundle  # noqa: PLC0415
    from fluentcart_conformance.certificate.errors import RefusedError  # noqa: PLC0415
    from fluentcart_conformance.render.certificate import certificate_pages  # noqa: PLC0415
    from fluentcart_conformance.render.files import write_bytes  # noqa: PLC0415
    from fluentcart_conformance.runner.session import run  # noqa: PLC0415

    # A certificate of an earlier run must not stand beside the reports of this one.
    bundle.unlink(missing_ok=True)
    with progress_apart(form):
        code = run(settings)
    if code not in (EXIT_CONFORMS, EXIT_FINDINGS):
        return code
    record = (settings.reports / "run.jsonl").read_bytes()
    try:
        data = make_bundle(record, said, certificate_pages, key)
    except RefusedError as error:
        if form == "json":
            print_json({"certified": False, "reason": str(error)})
        else:
            click.echo(f"NOT CERTIFIED  {error}")
        return EXIT_FINDINGS
    write_bytes(bundle, data)
    if form == "json":
        told = {"product": said.product, "version": said.version, "signed": key is not None}
        print_json({"certified": True, "bundle": str(bundle), **told})
    else:
        signed = "signed" if key else "not signed"
        click.echo(f"CERTIFIED  {said.product} {said.version}  {bundle} ({signed})")
    return EXIT_CONFORMS
