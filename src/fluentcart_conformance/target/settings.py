"""What the operator may set: flags, environment, `fluentcart.toml`, defaults, in this order.

The environment variable of a key is `FLUENTCART_` and the key in upper case. Lists may be written
with commas there, tables as JSON. `load_settings` is in `settings_load`.
"""

from __future__ import annotations

import ast
import ipaddress
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    SecretStr,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

MIB = 1024 * 1024
SECRET_KEYS = frozenset(
    {"app_password", "low_app_password", "manager_app_password", "headers", "client_key_password"}
)
_JOINTS = frozenset({"and", "or", "not", "(", ")"})
_NAME = re.compile(r"[\w:+\-.\[\]\\/]+")
Names = Annotated[list[str], NoDecode]
Numbers = Annotated[list[int], NoDecode]


class Product(BaseModel):
    """A product of the target that scenarios may order.

    `post_id` is the product, `object_id` its variation, `unit_price` integer cents.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    post_id: int = Field(gt=0)
    object_id: int = Field(gt=0)
    unit_price: int = Field(ge=0, description="integer cents")
    fulfillment_type: Literal["digital", "physical"] = "digital"
    title: str = ""


class Settings(BaseSettings):
    """Everything an operator can set. Unknown keys are errors."""

    model_config = SettingsConfigDict(
        env_prefix="FLUENTCART_",
        extra="forbid",
        validate_default=False,
        hide_input_in_errors=True,
        title="fluentcart.toml",
    )

    base_url: str | None = Field(
        None, description="a site root or an API root; nothing means the embedded store"
    )
    profile: str = Field("auto", description="a profile's name, or auto to detect it")
    full_name: Literal["auto", "full", "first_last"] = Field(
        "auto", description="whether the store takes a customer's name as full_name"
    )

    user: str | None = Field(None, description="the administrator's user name")
    app_password: SecretStr | None = Field(None, description="its application password")
    low_user: str | None = Field(None, description="a user without any permission in the store")
    low_app_password: SecretStr | None = None
    manager_user: str | None = Field(None, description="a user with some of the permissions")
    manager_app_password: SecretStr | None = None

    areas: Names = Field(default_factory=list, description="only these areas; empty means all")
    keyword: str | None = Field(None, description="pytest's -k expression")
    reports: Path = Field(Path("reports"), description="the folder that reports are written to")
    deviations: Annotated[list[Path], NoDecode] = Field(default_factory=list)
    capabilities: dict[str, bool] = Field(
        default_factory=dict, description="what the target has or lacks, overriding preflight"
    )
    products: list[Product] = Field(default_factory=list)
    attachable_users: Numbers = Field(
        default_factory=list,
        description="ids of WordPress users that scenarios may attach to their customers",
    )

    read_only: bool = Field(False, description="send nothing that could write, loopback included")
    allow_writes: bool = Field(False, description="off loopback: create and change own objects")
    allow_destructive: bool = Field(False, description="off loopback: bulk deletes and the like")
    i_know_this_is_live: bool = Field(False, description="write to a shop in live mode")
    insecure_http: bool = Field(False, description="allow plain http off loopback")
    dry_run: bool = Field(False, description="list what would be sent, send nothing that writes")

    rate: float | None = Field(None, gt=0, description="requests per second, all workers together")
    workers: int = Field(0, ge=0, le=32, description="0 lets the runner choose")
    request_timeout: float = Field(30.0, gt=0, description="seconds for one whole answer")
    run_timeout: float | None = Field(None, gt=0, description="seconds for the whole run")
    max_requests: int | None = Field(None, gt=0, description="the run's request budget")
    max_body: int = Field(10 * MIB, ge=1024, description="bytes of an answer that are read")
    retries: int = Field(3, ge=0, le=20)
    max_wait: float = Field(120.0, ge=0, description="seconds: the longest Retry-After obeyed")
    respect_documented_limits: bool = False

    store_arguments: str = Field(
        "", description="further words for the embedded store's command line, e.g. --fault ID"
    )

    headers: dict[str, SecretStr] = Field(
        default_factory=dict, description="sent with every request, e.g. for an access proxy"
    )
    ca_bundle: Path | None = None
    client_cert: Path | None = Field(None, description="PEM with the certificate and its key")
    client_key: Path | None = None
    client_key_password: SecretStr | None = None
    proxy: str | None = None

    _embedded: bool = PrivateAttr(default=False)
    _rehearses_remote: bool = PrivateAttr(default=False)

    fuzz: Literal["smoke", "default", "deep"] = Field("default", description="how much of it")
    fuzz_examples: int | None = Field(None, ge=0, description="generated requests per operation")
    fuzz_requests: int | None = Field(None, ge=0, description="generated requests in all")
    fuzz_time: float | None = Field(None, ge=0, description="seconds for all fuzzing")
    seed: int | None = None

    @field_validator("areas", "deviations", "attachable_users", mode="before")
    @classmethod
    def _commas(cls, value: Any) -> Any:
        """`a, b` from the environment is a list of two."""
        if isinstance(value, str):
            return [part.strip() for part in value.split(",") if part.strip()]
        return value

    @field_validator("areas")
    @classmethod
    def _known_areas(cls, value: list[str]) -> list[str]:
        from fluentcart_conformance.contract.requirements import AREAS  # noqa: PLC0415

        unknown = [area for area in value if area not in (*AREAS, "fuzz")]
        if unknown:
            raise ValueError(f"{', '.join(unknown)} is no area; known: {', '.join(AREAS)}, fuzz")
        return value

    @field_validator("keyword")
    @classmethod
    def _expression(cls, value: str | None) -> str | None:
        """Names joined by `and`, `or`, `not` and brackets: Python's own grammar, other names."""
        words = [
            word if word in _JOINTS else "name" if _NAME.fullmatch(word) else "?"
            for word in re.findall(r"[()]|[^\s()]+", value or "name")
        ]
        try:
            ast.parse(" ".join(words) or "name", mode="eval")
        except (SyntaxError, RecursionError, MemoryError):
            raise ValueError(f"{value!r} is no expression of names, and, or, not") from None
        return value

    @field_validator("base_url")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        value = value.strip()
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("must be an address that begins with http:// or https://")
        if parts.username or parts.password:
            raise ValueError(
                "must not hold a user or password; set FLUENTCART_USER and FLUENTCART_APP_PASSWORD"
            )
        if parts.fragment:
            raise ValueError("must not hold a #fragment")
        return value

    @model_validator(mode="after")
    def _plain_http(self) -> Settings:
        if self.base_url is None or self.loopback or self.insecure_http:
            return self
        if urlsplit(self.base_url).scheme == "http":
            raise ValueError(
                "base_url is plain http on another machine, so the password would travel in the "
                "clear; use https, or insecure_http if the network is trusted"
            )
        return self

    @property
    def embedded(self) -> bool:
        """Whether the target is the store that this run started itself."""
        return self._embedded

    def for_embedded(self, base_url: str, identities: Mapping[str, Mapping[str, str]]) -> Settings:
        """These settings with the embedded store as the target.

        `identities` is what the store announced: by name, `user` and `password`.
        """
        update: dict[str, Any] = {"base_url": base_url}
        for name, prefix in (("admin", ""), ("low", "low_"), ("manager", "manager_")):
            if name in identities:
                update[f"{prefix}user"] = identities[name]["user"]
                update[f"{prefix}app_password"] = SecretStr(identities[name]["password"])
        copy = self.model_copy(update=update)
        copy._embedded = True
        return copy

    def for_rehearsal(self, reports: Path, profile: str, lacks: Iterable[str]) -> Settings:
        """These settings for a rehearsal on the embedded store, with what the target `lacks`.

        What may be written stays what may be written to the target; the pace is nobody's concern.
        """
        update: dict[str, Any] = {
            "base_url": None,
            "reports": reports,
            "profile": profile,
            "capabilities": {**self.capabilities, **dict.fromkeys(lacks, False)},
            "products": [],
            "attachable_users": [],
            "deviations": [],
            "headers": {},
            "dry_run": False,
            "workers": 1,
        }
        for key in ("proxy", "ca_bundle", "client_cert", "client_key", "client_key_password"):
            update[key] = None
        for key in ("rate", "run_timeout", "max_requests"):
            update[key] = None
        update["respect_documented_limits"] = False
        copy = self.model_copy(update=update)
        copy._rehearses_remote = not self.loopback
        return copy

    @property
    def loopback(self) -> bool:
        """Whether the target is on this machine; the embedded store is."""
        if self._rehearses_remote:
            return False
        return self.base_url is None or is_loopback(urlsplit(self.base_url).hostname or "")

    @property
    def writes_allowed(self) -> bool:
        """Whether this run may create and change its own objects."""
        if self.read_only or self.dry_run:
            return False
        return self.loopback or self.allow_writes

    @property
    def destructive_allowed(self) -> bool:
        """Whether this run may bulk-delete its own objects and do what cannot be undone."""
        return self.writes_allowed and (self.loopback or self.allow_destructive)

    @property
    def withheld(self) -> str:
        """What this run is not allowed to do, as a sentence; "" when it may do everything."""
        if not self.writes_allowed:
            return "this run only reads"
        return "" if self.destructive_allowed else "this run destroys nothing"

    def secrets(self) -> dict[str, str]:
        """Every secret by a name that may be shown in its place."""
        found: dict[str, str] = {}
        for name in ("app_password", "low_app_password", "manager_app_password"):
            value: SecretStr | None = getattr(self, name)
            if value is not None:
                found[name] = value.get_secret_value()
        if self.client_key_password is not None:
            found["client_key_password"] = self.client_key_password.get_secret_value()
        for header, secret in self.headers.items():
            found[f"header {header}"] = secret.get_secret_value()
        if self.proxy and (password := urlsplit(self.proxy).password):
            found["proxy password"] = password
        return found


def is_loopback(host: str) -> bool:
    """Whether `host` (a name or an address without brackets) can only be this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
