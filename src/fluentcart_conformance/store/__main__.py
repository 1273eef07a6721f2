"""`python -m fluentcart_conformance.store`: print one JSON line, serve until told to stop."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading

from fluentcart_conformance.store.faults import FaultError, put_on
from fluentcart_conformance.store.personality import PersonalityError, chosen_switches, dressed
from fluentcart_conformance.store.profiles import PROFILES
from fluentcart_conformance.store.server import EmbeddedStore


def main(argv: list[str] | None = None) -> int:
    """Serve the embedded store; returns the exit code."""
    parser = argparse.ArgumentParser(prog="fluentcart_conformance.store")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--profile", choices=sorted(PROFILES), default="documented")
    parser.add_argument("--db", default=None, help="SQLite file; memory when left out")
    parser.add_argument("--fault", action="append", default=[], help="a defect to have")
    parser.add_argument("--personality", default="", help="a dress by name")
    parser.add_argument("--with", dest="switches", default="", help="switches, with commas")
    arguments = parser.parse_args(argv)
    try:
        switches = chosen_switches(arguments.personality, arguments.switches)
        store = dressed(
            switches, arguments.profile, arguments.db, arguments.port, host=arguments.host
        )
        if arguments.fault:
            put_on(store, arguments.fault)
    except (FaultError, PersonalityError) as error:
        parser.error(str(error))
    return serve(store)


def serve(store: EmbeddedStore) -> int:
    """Start a store, announce it on standard output, wait for SIGTERM or SIGINT."""
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    with store.start():
        sys.stdout.write(json.dumps(announcement(store)) + "\n")
        sys.stdout.flush()
        stopping.wait()
    return 0


def announcement(store: EmbeddedStore) -> dict[str, object]:
    """Return `{base_url, profile, identities: {name: {user, password}}}`."""
    return {
        "base_url": store.base_url,
        "profile": store.profile.name,
        "identities": store.app.shop.identities.described(),
    }


if __name__ == "__main__":
    raise SystemExit(main())
