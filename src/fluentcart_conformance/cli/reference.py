"""Every command, argument, option and variable as one Markdown page, from the commands themselves.

`python -m fluentcart_conformance.cli.reference > docs/reference.md` writes it anew.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from textwrap import dedent

import click

from .main import group

NAME = "fluentcart-conformance"
_HEAD = """\
# Reference

Every command with its arguments, options and examples, as `--help` prints them. What they are for
is told in [commands.md](commands.md). This page is made by
`python -m fluentcart_conformance.cli.reference`; a test compares it with the commands.

Options go before environment variables, these before the settings file (`fluentcart.toml`, or
`--config FILE`), this before the defaults. Colours and moving lines are off when `NO_COLOR` or `CI`
is set, and when standard output is no terminal.

| exit code | |
|---|---|
| 0 | conforms; the command did what it should |
| 1 | findings, regressions, a refused certificate |
| 2 | usage or configuration |
| 3 | the store is unreachable or refuses the credentials |
| 4 | the tool itself failed |
| 130 | interrupted |
"""
_VARIABLES = """\
## Environment

Each setting is a variable, and a key of the settings file without its prefix and in lower case.

| variable | |
|---|---|
"""

_SAID = {
    "low_app_password": "its application password",
    "manager_app_password": "its application password",
    "deviations": "lists of known deviations: files, or names of bundled ones",
    "products": "products that scenarios may sell, where the store cannot make its own",
    "retries": "how often a read is sent again after 429, 503 or a broken line",
    "respect_documented_limits": "keep to the documented hourly limits",
    "ca_bundle": "certificates to trust",
    "client_key": "the key of the client certificate, where it is a file of its own",
    "client_key_password": "the password of that key",
    "proxy": "the address of a proxy to go through",
    "seed": "repeats a run's random choices",
}
"""What the settings themselves leave unsaid because the name says it."""


def reference() -> str:
    """The page."""
    parts = [_HEAD]
    context = click.Context(group, info_name=NAME)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is not None:
            parts += _command(command, click.Context(command, context, info_name=name))
    parts.append(_VARIABLES + "".join(_variables()))
    return "\n".join(parts)


def _command(command: click.Command, context: click.Context) -> Iterator[str]:
    usage = " ".join(command.collect_usage_pieces(context))
    yield f"## {context.command_path.removeprefix(f'{NAME} ')}\n"
    yield f"```text\n{context.command_path} {usage}\n```\n"
    yield _prose(command.help or "")
    rows = [row for one in command.params if (row := _row(one, context))]
    if rows:
        yield "| option | |\n|---|---|\n" + "".join(rows)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None:
                yield from _command(below, click.Context(below, context, info_name=name))


def _prose(text: str) -> str:
    """Help text: paragraphs as they are, what is not to be wrapped as a block."""
    parts = []
    for paragraph in dedent(inspect.cleandoc(text)).split("\n\n"):
        if paragraph.startswith("\b\n"):
            parts.append(f"```text\n{paragraph[2:]}\n```")
        else:
            parts.append(_escaped(paragraph))
    return "\n\n".join(parts) + "\n"


def _row(option: click.Parameter, context: click.Context) -> str:
    record = option.get_help_record(context) if isinstance(option, click.Option) else None
    return f"| `{_cell(record[0])}` | {_cell(record[1])} |\n" if record else ""


def _cell(text: str) -> str:
    return _escaped(" ".join(text.split())).replace("|", "\\|")


def _escaped(text: str) -> str:
    return text.replace("<", "&lt;")


def _variables() -> Iterator[str]:
    from fluentcart_conformance.target.settings import Settings  # noqa: PLC0415

    for name, field in Settings.model_fields.items():
        said = field.description or _SAID.get(name, "")
        yield f"| `FLUENTCART_{name.upper()}` | {_cell(said)} |\n"


if __name__ == "__main__":
    click.echo(reference(), nl=False)
