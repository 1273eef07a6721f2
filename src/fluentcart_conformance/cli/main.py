"""The command group, and the boundary where every error becomes one line and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from fluentcart_conformance import __version__

EXIT_USAGE = 2
EXIT_HARNESS = 4
EXIT_INTERRUPTED = 130

_COMMANDS = {
    "run": "Judge a store and write the reports.",
    "replay": "Run one finding, scenario or requirement of a run again.",
    "doctor": "Look at a store without touching it.",
    "requirements": "List the requirements.",
    "explain": "Everything about one requirement.",
    "coverage": "Requirements without a check, checks without a requirement.",
    "serve": "Run the embedded store.",
    "faults": "List the faults the embedded store can be given.",
    "selftest": "Do the suites find those faults?",
    "report": "Render the reports of a run again.",
    "judge": "Judge traffic that others captured.",
    "proxy": "Record and judge what passes between clients and a store.",
    "compare": "Compare two runs.",
    "merge": "Merge the records of a run in shards.",
    "fleet": "Judge many sites, with one overview.",
    "certify": "Run under stricter rules and write a certificate.",
    "verify": "Check a certificate.",
    "deviations": "Write or prune a list of known deviations.",
    "sweep": "Take away what a killed run left behind.",
    "completion": "Print the shell completion script.",
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called, so that --help is fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names of the commands, in the order of the table."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the command; None when there is none of this name."""
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"fluentcart_conformance.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Suggest the nearest command for a misspelt one."""
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches  # noqa: PLC0415 - only for a mistake

            near = get_close_matches(args[0], _COMMANDS, 1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise click.UsageError(f"No such command {args[0]!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The table of commands, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.command(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Run `fluentcart-conformance COMMAND --help` for options and examples.",
)
@click.version_option(__version__, prog_name="fluentcart-conformance")
def group() -> None:
    """Decide, with evidence, whether an HTTP API is FluentCart-compatible.

    \b
    Examples:
      fluentcart-conformance run
      fluentcart-conformance run --base-url https://staging.example --allow-writes
      fluentcart-conformance explain RFD-PARTIAL-TOTAL

    \b
    Exit codes: 0 conforms, 1 findings, 2 usage or configuration,
    3 target unreachable or refuses the credentials, 4 harness error, 130 interrupted.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Entry point of `fluentcart-conformance`; always ends with SystemExit."""
    sys.exit(call(arguments))


def call(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; every error is one line on standard error."""
    try:
        result = group.main(
            args=list(arguments) if arguments is not None else None,
            prog_name="fluentcart-conformance",
            standalone_mode=False,
        )
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        return _fail(error.format_message(), EXIT_USAGE)
    except (KeyboardInterrupt, click.Abort):
        return _fail("interrupted", EXIT_INTERRUPTED)
    except BrokenPipeError:
        # The reader (`| head`) has enough; what Python flushes at exit has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 - outermost boundary: a crash must not read as 1
        return _unexpected(error)
    return result if isinstance(result, int) else 0


def _unexpected(error: Exception) -> int:
    code = getattr(error, "exit_code", None)
    if isinstance(code, int):
        return _fail(str(error), code)
    if type(error).__name__ == "ContractError":
        return _fail(str(error), EXIT_USAGE)
    if os.environ.get("FLUENTCART_TRACEBACK"):
        raise error
    text = f"{type(error).__name__}: {error}"
    return _fail(
        f"internal error, {text}; set FLUENTCART_TRACEBACK=1 to see where, and report it",
        EXIT_HARNESS,
    )


def _fail(message: str, code: int) -> int:
    line = " ".join(message.split())
    click.echo(f"fluentcart-conformance: {line}", err=True)
    return code
