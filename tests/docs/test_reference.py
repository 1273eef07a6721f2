"""The reference names every command, option and variable, because it is made from them."""

from __future__ import annotations

from pathlib import Path

import click
from click.testing import CliRunner

from fluentcart_conformance.cli.main import group
from fluentcart_conformance.cli.reference import reference

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reference.md"


def test_the_page_is_what_the_commands_say() -> None:
    assert PAGE.read_text("utf-8") == reference(), (
        "write it anew: python -m fluentcart_conformance.cli.reference > docs/reference.md"
    )


def test_the_list_of_faults_is_what_the_command_prints() -> None:
    told = CliRunner().invoke(group, ["faults", "--format", "markdown"]).output
    assert (ROOT / "docs" / "faults.md").read_text("utf-8").endswith(told), (
        "write it anew: fluentcart-conformance faults --format markdown"
    )


def test_every_option_is_explained() -> None:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        commands = [command]
        if isinstance(command, click.Group):
            commands += [command.commands[one] for one in command.list_commands(context)]
        for one in commands:
            for option in one.params:
                if isinstance(option, click.Option) and not option.hidden:
                    assert option.help, f"{name} {option.name}"


def test_the_guide_tells_of_every_command() -> None:
    text = (ROOT / "docs" / "commands.md").read_text("utf-8")
    pages = [path.read_text("utf-8") for path in (ROOT / "docs").glob("*.md") if path != PAGE]
    for name in group.list_commands(click.Context(group)):
        told = (f"fluentcart-conformance {name}", f"`{name}")
        assert any(words in "".join(pages) for words in told), name
    assert "reference.md" in text
