"""Walks along the links of the description: what was made is read, changed, paid and deleted.

Sources: orders-api and customers-api (Endpoints).
"""

from __future__ import annotations

from fluentcart_conformance.plugin.fuzzing import Fuzzer


def test_every_link_leads_to_what_it_names(fuzzer: Fuzzer) -> None:
    fuzzer.links()
