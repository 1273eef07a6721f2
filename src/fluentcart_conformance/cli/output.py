"""What the commands share: tables or JSON, and names checked with a suggestion."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from difflib import get_close_matches
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def format_option(*choices: str) -> Callable[[F], F]:
    """`--format`, the first choice being the default; `table` and `json` without arguments."""
    names = choices or ("table", "json")
    return click.option(
        "--format",
        "form",
        type=click.Choice(names),
        default=names[0],
        show_default=True,
        help="How to print.",
    )


@contextmanager
def progress_apart(form: str) -> Iterator[None]:
    """With JSON on standard output, what a run says meanwhile goes to standard error."""
    if form != "json":
        yield
        return
    with redirect_stdout(sys.stderr):
        yield


def print_json(value: Any) -> None:
    """Print a value as indented JSON."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table: aligned and wrapped on a terminal, tab-separated when piped."""
    from fluentcart_conformance.render.console import make_console, plain_wanted  # noqa: PLC0415

    if plain_wanted():
        click.echo("\t".join(columns))
        for row in rows:
            click.echo("\t".join(row))
        return
    from rich.markup import escape  # noqa: PLC0415 - only a terminal needs it
    from rich.table import Table  # noqa: PLC0415

    table = Table(*columns, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(*(escape(cell) for cell in row))
    make_console().print(table)


def known_name(name: str, known: Iterable[str], what: str) -> str:
    """`name` if it is known; else a usage error with the nearest name."""
    names = list(known)
    if name in names:
        return name
    near = get_close_matches(name.upper() if what == "requirement" else name, names, 1)
    hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(names[:20])}"
    raise click.UsageError(f"unknown {what} {name!r}; {hint}")
