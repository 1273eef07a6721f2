"""The wire layer: how a profile spells requests, records, lists and refusals."""

from __future__ import annotations

from fluentcart_conformance.store.profiles import Profile
from fluentcart_conformance.store.wire.base import Wire
from fluentcart_conformance.store.wire.documented import DocumentedWire
from fluentcart_conformance.store.wire.fluentcart import FluentCartWire

__all__ = ["Wire", "wire_for"]


def wire_for(profile: Profile) -> Wire:
    """Return the wire layer of a profile."""
    return DocumentedWire(profile) if profile.is_documented else FluentCartWire(profile)
