"""What preflight learnt of a target; JSON-able for `doctor --format json` and for the workers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .address import ApiRoot
from .settings import Product


@dataclass(frozen=True, slots=True)
class Capability:
    """Whether the target has something that some requirements need, and how that is known.

    `declared` is True when the operator said so in the settings.
    """

    present: bool
    reason: str
    declared: bool = False

    def as_json(self) -> dict[str, Any]:
        """The form of the record's header."""
        shown: dict[str, Any] = {"present": self.present, "reason": self.reason}
        if self.declared:
            shown["declared"] = True
        return shown


@dataclass
class TargetReport:
    """One target as preflight found it.

    `full_name_mode` is None when nothing told. `mode` is test, live or "" (unknown). `identities`
    says of each identity what it may do. `latency_ms` is the median of preflight's requests;
    `expected_seconds` an estimate for a whole run. `notes` are remarks for the operator.
    """

    base_url: str
    root: ApiRoot
    profile: str = "documented"
    profile_reason: str = ""
    software: str = ""
    version: str = ""
    loopback: bool = False
    embedded: bool = False
    writes: bool = False
    destructive: bool = False
    full_name_mode: bool | None = None
    full_name_reason: str = ""
    currency: str = ""
    mode: str = ""
    products: tuple[Product, ...] = ()
    products_source: str = ""
    shipping_methods: tuple[int, ...] = ()
    labels: int = 0
    capabilities: dict[str, Capability] = field(default_factory=dict)
    identities: dict[str, str] = field(default_factory=dict)
    admin_user_id: int | None = None
    latency_ms: float = 0.0
    expected_seconds: float = 0.0
    requests: int = 0
    notes: list[str] = field(default_factory=list)

    def facts(self) -> dict[str, Any]:
        """The part that goes into the record's header."""
        return {
            "base_url": self.base_url,
            "api_root": str(self.root),
            "software": self.software,
            "version": self.version,
            "loopback": self.loopback,
            "embedded": self.embedded,
            "full_name_mode": bool(self.full_name_mode),
            "currency": self.currency,
            "mode": self.mode,
            "profile_reason": self.profile_reason,
            "latency_ms": self.latency_ms,
        }

    def as_json(self) -> dict[str, Any]:
        """Everything, in a form that `from_json` reads."""
        shown = {name: getattr(self, name) for name in self.__dataclass_fields__}
        shown["root"] = self.root.as_json()
        shown["api_root"] = str(self.root)
        shown["products"] = [one.model_dump() for one in self.products]
        shown["shipping_methods"] = list(self.shipping_methods)
        shown["capabilities"] = {name: one.as_json() for name, one in self.capabilities.items()}
        return shown

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> TargetReport:
        """The report that `as_json` gave."""
        given = {name: stored[name] for name in cls.__dataclass_fields__ if name in stored}
        given["root"] = ApiRoot.from_json(stored["root"])
        given["products"] = tuple(Product(**one) for one in stored["products"])
        given["shipping_methods"] = tuple(stored["shipping_methods"])
        given["capabilities"] = {
            name: Capability(one["present"], one["reason"], one.get("declared", False))
            for name, one in stored["capabilities"].items()
        }
        return cls(**given)

    def rows(self) -> list[tuple[str, str]]:
        """The report as label and value, for a terminal."""
        names = {True: "full_name", False: "first_name and last_name", None: "unknown"}
        may = "creates and deletes its own objects" if self.destructive else "creates own objects"
        rows = [
            ("API root", str(self.root)),
            ("software", f"{self.software} {self.version}".strip() or "unknown"),
            ("profile", f"{self.profile}: {self.profile_reason}"),
            ("customer names", f"{names[self.full_name_mode]}: {self.full_name_reason}"),
            ("currency", self.currency or "unknown"),
            ("mode", self.mode or "unknown"),
            ("this run", may if self.writes else "only reads"),
            ("products", f"{len(self.products)} {self.products_source}".strip()),
            ("latency", f"{self.latency_ms:.0f} ms"),
            ("expected duration", f"about {max(1, round(self.expected_seconds))} s"),
        ]
        rows += [(f"identity {name}", words) for name, words in self.identities.items()]
        rows += [
            (f"capability {name}", f"{'yes' if one.present else 'no'}: {one.reason}")
            for name, one in sorted(self.capabilities.items())
        ]
        return rows + [("note", words) for words in self.notes]
