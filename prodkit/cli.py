"""The prodkit command. Each error is one line that says what to do.

Exit codes: 0 done, 1 something is wrong (a check failed, a server did not start), 2 the command was
given wrongly, 130 ended by Ctrl-C.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from .errors import ProdkitError

__all__ = ["main"]

cli = typer.Typer(
    help="Production management: lessons, judged exercises and tools.",
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None,
)

Browser = Annotated[bool, typer.Option("--browser/--no-browser", help="Open the browser, or only print the address.")]
Port = Annotated[int | None, typer.Option(min=1, max=65535, help="The port to take; else the usual one or the next free.")]
Ip = Annotated[str, typer.Option(help="The address to listen on; 0.0.0.0 in a container whose port is published.")]


@cli.callback()
def prodkit() -> None:
    """Production management: lessons, judged exercises and tools."""


@cli.command()
def lab(
    browser: Browser = True,
    here: Annotated[bool, typer.Option("--here", help="For authors: the clone's own lessons, not your copy.")] = False,
    port: Port = None,
    ip: Ip = "localhost",
    reset: Annotated[
        list[str] | None, typer.Option(metavar="LESSON", help="First lay a lesson (05) down afresh; yours is saved aside.")
    ] = None,
) -> None:
    """Open the lessons in JupyterLab."""
    from . import lab as server

    server.lab(browser=browser, here=here, port=port, ip=ip, reset=reset or ())


@cli.command()
def app(browser: Browser = True, port: Port = None, ip: Ip = "localhost") -> None:
    """Show the lessons as pages, without code and already run."""
    from . import lab as server

    server.app(browser=browser, port=port, ip=ip)


@cli.command()
def doctor() -> None:
    """Say what is missing or at odds, and what to do."""
    from .doctor import examine

    checks = examine()
    for check in checks:
        typer.echo(str(check))
    raise typer.Exit(0 if all(check.fine for check in checks if check.needed) else 1)


def main() -> None:
    """Run the command that the command line names, and end the process."""
    try:
        cli(prog_name="prodkit")
    except ProdkitError as error:
        typer.echo(f"prodkit: {error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
