"""A fleet file: the sites of a fleet, how each is judged, and where its credentials come from.

    parallel = 4            # sites at once
    per_host = 1            # sites at once on one host
    timeout = 3600          # seconds for one site

    [defaults]              # settings of every site, as in fluentcart.toml
    allow_writes = true

    [[site]]
    name = "alpha"
    base_url = "https://alpha.example"
    profile = "fluentcart-1.3"
    deviations = ["fluentcart-1.3.25"]
    credentials = { user = "ALPHA_USER", app_password = "ALPHA_PASSWORD" }

`credentials` name environment variables; the file itself holds no secret.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fluentcart_conformance.target.errors import ConfigError
from fluentcart_conformance.target.settings import SECRET_KEYS, Settings
from fluentcart_conformance.target.settings_load import read_toml, suggestion

_NAME = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")
_TOP = ("parallel", "per_host", "timeout", "defaults", "site")
_OWN = ("name", "credentials")
_FORBIDDEN = SECRET_KEYS | {"reports", "store_arguments"}
CREDENTIALS = (
    "user",
    "app_password",
    "low_user",
    "low_app_password",
    "manager_user",
    "manager_app_password",
    "client_key_password",
    "proxy",
)


@dataclass(frozen=True)
class Site:
    """One site: `settings` as in fluentcart.toml, `credentials` by name of the variable."""

    name: str
    settings: Mapping[str, Any]
    credentials: Mapping[str, str]

    @property
    def host(self) -> str:
        """Host and port; sites without an address are embedded stores, on this machine."""
        return urlsplit(str(self.settings.get("base_url", ""))).netloc or "localhost"


@dataclass(frozen=True)
class Fleet:
    """The sites of a file and how many may run at once; `timeout` in seconds for one site."""

    sites: tuple[Site, ...]
    parallel: int = 4
    per_host: int = 1
    timeout: float | None = None
    variables: frozenset[str] = field(default_factory=frozenset)


def read_fleet(path: Path, find: Callable[[Path], Path] = Path) -> Fleet:
    """Read a fleet file. `find` turns a deviation list's path or bundled name into its path.

    Raises:
        ConfigError: naming the file, the site and the key, also for a variable that is not set.
    """
    data = read_toml(path)
    _known(path, "the file", data, _TOP)
    defaults = _table(path, "defaults", data.get("defaults", {}))
    rows = data.get("site", [])
    if not isinstance(rows, list) or not rows:
        raise ConfigError(f"{path}: no [[site]] in it")
    sites = tuple(_site(path, number, row, defaults, find) for number, row in enumerate(rows, 1))
    names = [one.name.lower() for one in sites]
    for name in names:
        if names.count(name) > 1:
            raise ConfigError(f"{path}: two sites have the name {name}")
    timeout = data.get("timeout")
    return Fleet(
        sites,
        _count(path, "parallel", data.get("parallel", 4)),
        _count(path, "per_host", data.get("per_host", 1)),
        None if timeout is None else float(_count(path, "timeout", timeout)),
        frozenset(name for one in sites for name in one.credentials.values()),
    )


def _site(
    path: Path, number: int, row: Any, defaults: Mapping[str, Any], find: Callable[[Path], Path]
) -> Site:
    table = _table(path, f"site {number}", row)
    name = table.get("name")
    if not isinstance(name, str) or not _NAME.match(name):
        raise ConfigError(
            f"{path}: site {number} needs a name of letters, digits, '.', '_' or '-'; "
            "it becomes the folder of its reports"
        )
    settings = {**defaults, **{key: one for key, one in table.items() if key not in _OWN}}
    known = tuple(sorted(set(Settings.model_fields) - _FORBIDDEN))
    for key in settings:
        if key in SECRET_KEYS:
            raise ConfigError(
                f"{path}: {name}: {key} must not stand in a fleet file; name the variable that "
                f'holds it: credentials = {{ {key} = "VARIABLE" }}'
            )
    _known(path, name, settings, known)
    for key in ("ca_bundle", "client_cert", "client_key"):
        if key in settings:
            settings[key] = str((path.parent / str(settings[key])).resolve())
    if lists := settings.get("deviations"):
        settings["deviations"] = [str(_deviations(path.parent, str(one), find)) for one in lists]
    credentials = _table(path, f"{name}: credentials", table.get("credentials", {}))
    _known(path, f"{name}: credentials", credentials, CREDENTIALS)
    for key, variable in credentials.items():
        if not isinstance(variable, str) or variable not in os.environ:
            raise ConfigError(f"{path}: {name}: the variable {variable} for {key} is not set")
    return Site(name, settings, {key: str(one) for key, one in credentials.items()})


def _deviations(folder: Path, name: str, find: Callable[[Path], Path]) -> Path:
    beside = folder / name
    return beside.resolve() if beside.is_file() else find(Path(name)).resolve()


def _table(path: Path, where: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ConfigError(f"{path}: {where} must be a table")
    return value


def _known(path: Path, where: str, table: Mapping[str, Any], known: tuple[str, ...]) -> None:
    for key in table:
        if key not in known:
            raise ConfigError(f"{path}: {where}: unknown key {key}{suggestion(key, list(known))}")


def _count(path: Path, key: str, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ConfigError(f"{path}: {key} must be a number from 1")
    return value
