"""`python -m fluentcart_conformance` is the same as `fluentcart-conformance`."""

from __future__ import annotations

from fluentcart_conformance.cli import main

main()
