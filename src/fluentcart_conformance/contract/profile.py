"""Profiles: named, frozen sets of rulings, and the rulings themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from ..paths import data_dir
from .errors import ContractError
from .sources import compiled, read_yaml, yaml_files

_KNOWN = {
    "name",
    "title",
    "description",
    "extends",
    "overlays",
    "wire",
    "refusals",
    "absent",
    "detect",
}


@dataclass(frozen=True, slots=True)
class Profile:
    """How a family of stores spells the contract.

    One profile may extend another and then only says what differs. `overlays` are file names in
    the order they are applied, those of the extended profile first. `wire` holds the spellings the
    drivers use, `refusals` the refusal's status within its class, `absent` what has no wire form
    in this profile, each with its reason, `detect` what preflight goes by.
    """

    name: str
    title: str = ""
    overlays: tuple[str, ...] = ()
    wire: Mapping[str, Any] = field(default_factory=dict)
    refusals: Mapping[str, Any] = field(default_factory=dict)
    absent: Mapping[str, Any] = field(default_factory=dict)
    detect: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ruling:
    """The decision on one point where documents disagree; `form` is keyed by profile."""

    id: str
    point: str
    documents: tuple[str, ...]
    ruling: str
    form: Mapping[str, str]
    reason: str = ""


def profile_names(folder: Path | None = None) -> list[str]:
    """The names of all profiles, `documented` first."""
    names = [path.stem for path in yaml_files((folder or data_dir()) / "profiles")]
    return sorted(names, key=lambda name: (name != "documented", name))


@cache
def load_profile(name: str, folder: Path | None = None) -> Profile:
    """One profile by name. Raises ContractError for an unknown name or key."""
    root = folder or data_dir()
    profile, base_name = _read(name, root)
    if base_name is None:
        return profile
    base, further = _read(base_name, root)
    if further is not None:
        # One level is enough, and a circle cannot come about.
        raise ContractError(f"{name}.yaml extends {base_name}, which itself extends {further}")
    return _extended(base, profile)


def _read(name: str, root: Path) -> tuple[Profile, str | None]:
    """The profile as its own file tells it, and the name of the one it extends."""
    known = profile_names(root)
    if name not in known:
        raise ContractError(f"unknown profile {name!r}; there are: {', '.join(known) or 'none'}")
    path = root / "profiles" / f"{name}.yaml"
    content = compiled(f"profile-{name}", [path], lambda: read_yaml(path))
    return read_profile(content, path.name), content.get("extends")


def _extended(base: Profile, profile: Profile) -> Profile:
    """`profile` on top of `base`: its overlays come last, its keys replace those of the base."""
    return replace(
        profile,
        overlays=base.overlays + profile.overlays,
        wire={**base.wire, **profile.wire},
        refusals={**base.refusals, **profile.refusals},
        absent={**base.absent, **profile.absent},
        detect={**base.detect, **profile.detect},
    )


def read_profile(content: Any, where: str) -> Profile:
    """Build a profile from the content of its file."""
    if not isinstance(content, dict) or "name" not in content:
        raise ContractError(f"{where}: a profile with a name was expected")
    unknown = [key for key in content if key not in _KNOWN and not key.startswith("x-")]
    if unknown:
        raise ContractError(f"{where} has the unknown key {', '.join(unknown)}")
    return Profile(
        name=content["name"],
        title=content.get("title", ""),
        overlays=tuple(content.get("overlays") or ()),
        wire=content.get("wire") or {},
        refusals=content.get("refusals") or {},
        absent=content.get("absent") or {},
        detect=content.get("detect") or {},
    )


@cache
def load_rulings(folder: Path | None = None) -> tuple[Ruling, ...]:
    """Every ruling, in the order of `rulings.yaml`."""
    path = (folder or data_dir()) / "rulings.yaml"
    return tuple(
        Ruling(
            id=row["id"],
            point=row["point"],
            documents=tuple(map(str, row.get("documents") or ())),
            ruling=row["ruling"],
            form=row.get("form") or {},
            reason=row.get("reason", ""),
        )
        for row in compiled("rulings", [path], lambda: read_yaml(path)) or ()
    )
