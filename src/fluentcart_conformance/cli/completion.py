"""`completion`: tab completion for the shell."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

PROGRAM = "fluentcart-conformance"
VARIABLE = "_FLUENTCART_CONFORMANCE_COMPLETE"


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the completion script of a shell.

    \b
    Examples:
      fluentcart-conformance completion bash > ~/.fluentcart-conformance.bash
      fluentcart-conformance completion fish > ~/.fluentcart-conformance.fish
    """
    from .main import group  # noqa: PLC0415 - the group imports its commands, not they it

    chosen = get_completion_class(shell)
    if chosen is None:
        raise click.UsageError(f"no completion for {shell}")
    click.echo(chosen(group, {}, PROGRAM, VARIABLE).source())
