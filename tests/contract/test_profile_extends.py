"""A profile that extends another says only what differs."""

from __future__ import annotations

from pathlib import Path

import pytest

from fluentcart_conformance.contract import ContractError, load_profile


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Profiles: `base`, and `child`, which extends it."""
    profiles = tmp_path / "profiles"
    profiles.mkdir()
    (profiles / "base.yaml").write_text(
        "name: base\ntitle: Base\noverlays: [one.yaml]\n"
        "wire: {money: cents, names: [a]}\nabsent: {thing: no form}\ndetect: {sign: a header}\n"
    )
    (profiles / "child.yaml").write_text(
        "name: child\ntitle: Child\nextends: base\noverlays: [two.yaml]\nwire: {names: [b]}\n"
    )
    return tmp_path


def test_what_the_child_does_not_say_is_the_base_s(folder: Path) -> None:
    child = load_profile("child", folder)

    assert (child.name, child.title) == ("child", "Child")
    assert child.overlays == ("one.yaml", "two.yaml")
    assert child.wire == {"money": "cents", "names": ["b"]}
    assert child.absent == {"thing": "no form"}
    assert child.detect == {"sign": "a header"}


def test_the_base_is_left_as_it_is(folder: Path) -> None:
    load_profile("child", folder)

    assert load_profile("base", folder).wire == {"money": "cents", "names": ["a"]}


def test_profiles_that_extend_each_other_are_refused(folder: Path) -> None:
    (folder / "profiles" / "base.yaml").write_text("name: base\nextends: child\n")

    with pytest.raises(
        ContractError, match=r"child\.yaml extends base, which itself extends child"
    ):
        load_profile("child", folder)


def test_an_unknown_base_is_told(folder: Path) -> None:
    (folder / "profiles" / "child.yaml").write_text("name: child\nextends: nobody\n")

    with pytest.raises(ContractError, match="unknown profile 'nobody'; there are: base, child"):
        load_profile("child", folder)
