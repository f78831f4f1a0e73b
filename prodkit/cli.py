"""The prodkit command. Each error is one line that says what to do.

Exit codes: 0 done, 1 something is wrong (a check failed, a server did not start), 2 the command was
given wrongly, 130 ended by Ctrl-C.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from .errors import InputError, ProdkitError

if TYPE_CHECKING:
    from .exercises import Attempt
    from .plant import Plant

__all__ = ["main"]

cli = typer.Typer(
    help="Production management: lessons, judged exercises and tools.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Browser = Annotated[
    bool, typer.Option("--browser/--no-browser", help="Open the browser, or only print the address.")
]
Port = Annotated[
    int | None, typer.Option(min=1, max=65535, help="The port to take; else the usual one or the next free.")
]
Ip = Annotated[
    str, typer.Option(help="The address to listen on; 0.0.0.0 in a container whose port is published.")
]


@cli.callback()
def prodkit() -> None:
    """Production management: lessons, judged exercises and tools."""


@cli.command()
def lab(
    browser: Browser = True,
    here: Annotated[
        bool, typer.Option("--here", help="For authors: the clone's own lessons, not your copy.")
    ] = False,
    port: Port = None,
    ip: Ip = "localhost",
    reset: Annotated[
        list[str] | None,
        typer.Option(metavar="LESSON", help="First lay a lesson (05) down afresh; yours is saved aside."),
    ] = None,
) -> None:
    """Open the lessons in JupyterLab."""
    from . import lab as server

    server.lab(browser=browser, here=here, port=port, ip=ip, reset=reset or ())
    _end()


@cli.command()
def app(browser: Browser = True, port: Port = None, ip: Ip = "localhost") -> None:
    """Show the lessons as pages, without code and already run."""
    from . import lab as server

    server.app(browser=browser, port=port, ip=ip)
    _end()


def _end() -> None:
    """End the process: a thread of the server's, left waiting for work by a request in flight, would keep it."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


@cli.command()
def doctor() -> None:
    """Say what is missing or at odds, and what to do."""
    from .doctor import examine

    checks = examine()
    for check in checks:
        typer.echo(str(check))
    raise typer.Exit(0 if all(check.fine for check in checks if check.needed) else 1)


PlantOption = Annotated[
    str,
    typer.Option(
        "--plant",
        metavar="NAME|PATH",
        help="A sample, one of your own plants by name, or a folder or workbook.",
    ),
]
Seed = Annotated[int, typer.Option(min=0, help="Which numbers.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for another program.")]
ProblemId = Annotated[str, typer.Argument(metavar="ID", help="A problem, as `prodkit problems` lists it.")]


@cli.command()
def problems(
    as_json: AsJson = False,
    coverage: Annotated[
        bool, typer.Option(help="List functions and exam topics with the problems on each.")
    ] = False,
) -> None:
    """List the problems."""
    from .exercises import all_problems, subjects
    from .exercises import coverage as covered

    if coverage:
        table = {subject: covered(subject) for subject in subjects()}
        if as_json:
            _print_json(table)
            return
        for subject, rows in table.items():
            typer.echo(subject)
            for name, ids in rows.items():
                typer.echo(f"  {name:38} {', '.join(i.partition('.')[2] for i in ids) or 'NONE'}")
        return
    bank = all_problems().values()
    if as_json:
        _print_json([
            {"id": p.id, "title": p.title, "level": p.level, "minutes": p.minutes, "outcomes": p.outcomes,
             "parts": {part.id: part.kind for part in p.parts}, "covers": p.covers, "topics": p.topics}
            for p in bank
        ])  # fmt: skip
        return
    for p in bank:
        typer.echo(f"{p.id:34} level {p.level}  {p.minutes:2} min  {p.title}")


@cli.command()
def show(
    problem: ProblemId,
    seed: Seed = 1,
    plant: PlantOption = "metal",
    key: Annotated[bool, typer.Option("--key", help="Show the key and the worked solution too.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show a problem with its numbers."""
    attempt = _attempt(problem, seed, plant)
    v = attempt.variant
    keys = {part.id: part.type(getattr(v.key, part.id)) for part in v.problem.parts} if key else {}
    if as_json:
        _print_json({**attempt.view(), "seed": seed, **({"key": keys, "steps": v.steps()} if key else {})})
        return
    typer.echo(attempt.text())
    if key:
        for part in v.problem.parts:
            typer.echo(f"Key, {v.text(part.label)}: {part.show(v, getattr(v.key, part.id))}")
        for i, step in enumerate(v.steps(), 1):
            typer.echo(f"Step {i}: {step}")


@cli.command()
def judge(
    problem: ProblemId,
    answers: Annotated[
        str, typer.Option(metavar="JSON", help="""What was typed: '{"quantity": "848,5"}'.""")
    ],
    seed: Seed = 1,
    plant: PlantOption = "metal",
    as_json: AsJson = False,
) -> None:
    """Judge answers to a problem. Exits 0 if all is right, 1 if not."""
    import json

    try:
        typed = json.loads(answers)
    except ValueError as fault:
        raise InputError("--answers", answers[:80], 'JSON such as \'{"quantity": "848,5"}\'') from fault
    attempt = _attempt(problem, seed, plant)
    parts = [part.id for part in attempt.problem.parts]
    if not isinstance(typed, dict) or not set(typed) <= set(parts):
        raise InputError("--answers", answers[:80], f"a JSON object with the parts {', '.join(parts)}")
    verdict = attempt.check(typed)
    if as_json:
        slips = {part: v.slip for part, v in attempt.judgment.verdicts.items()} if attempt.judgment else {}
        _print_json({**verdict, "slips": slips})
    else:
        typer.echo(attempt.feedback())
    raise typer.Exit(0 if verdict["state"] == "right" else 1)


@cli.command()
def audit(
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="Problems; all of them if none.")
    ] = None,
    seeds: Annotated[int, typer.Option(min=1, help="How many sets of numbers each.")] = 25,
    plant: PlantOption = "metal",
    every_plant: Annotated[bool, typer.Option("--every-plant", help="On every sample plant.")] = False,
) -> None:
    """Check problems over many sets of numbers: keys, slips, texts, displayed figures. Exits 1 on a fault."""
    from . import exercises
    from .plant import Plant

    chosen = [exercises.find(i) for i in ids] if ids else list(exercises.all_problems().values())
    plants = [Plant.sample(name) for name in Plant.samples()] if every_plant else [_plant(plant)]
    bad = 0
    with typer.progressbar(length=len(chosen) * len(plants), file=sys.stderr, label="Auditing") as bar:
        reports = []
        for one in plants:
            for problem in chosen:
                reports.append(exercises.audit(problem, one, range(1, seeds + 1)))
                bad += bool(reports[-1].faults)
                bar.update(1)
    for report in reports:
        typer.echo(str(report))
    typer.echo(f"{len(reports) - bad} passed, {bad} failed")
    raise typer.Exit(1 if bad else 0)


plant_app = typer.Typer(
    help="Your own plant: a workbook to fill in, its check, and what stands in it.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
cli.add_typer(plant_app, name="plant")

Source = Annotated[
    str,
    typer.Argument(
        metavar="NAME|PATH",
        help="An .xlsx workbook or a folder of CSV files; a name for one of your own plants.",
    ),
]
Decimal = Annotated[
    str | None,
    typer.Option(metavar="MARK", help="Decimal mark of numbers in CSV files, if not clear: . or ,"),
]
DateFormat = Annotated[
    str, typer.Option(metavar="FORMAT", help="How days are written if not as 2026-01-05: DD.MM.YYYY")
]


@plant_app.command()
def new(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="The .xlsx workbook to write.")],
    like: Annotated[
        str, typer.Option(metavar="NAME", help="The sample whose rows are the examples.")
    ] = "metal",
    tables: Annotated[
        str,
        typer.Option(
            metavar="NAMES",
            help="Only these beside the needed ones: bom,suppliers. Left out: what the lessons of today need.",
        ),
    ] = "",
    every: Annotated[
        bool, typer.Option("--all", help="A sheet for every table of the kit; most are empty.")
    ] = False,
    full: Annotated[bool, typer.Option("--full", help="All rows of the sample, in place of a few.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Write a workbook for your own plant: a guide, and a sheet a table with notes, lists and examples."""
    from .course import plants_folder
    from .plant import Plant
    from .plant.tables import LESSON_TABLES
    from .plant.template import write_template

    if path.suffix.lower() != ".xlsx":
        raise InputError("PATH", str(path), "the name of an .xlsx file")
    if path.exists() and not force:
        raise InputError("PATH", str(path), "a new file; --force writes over the one that is there")
    if like not in Plant.samples():
        raise InputError("--like", like, f"the name of a sample: {', '.join(Plant.samples())}")
    if tables and every:
        raise InputError("--tables", tables, "left out where --all is given")
    sample = Plant.sample(like)
    chosen = [name.strip() for name in tables.split(",") if name.strip()]
    if not chosen and not every:
        chosen = [name for needed, _ in LESSON_TABLES.values() for name in needed]
    sheets = write_template(path, {name: sample.table(name) for name in sample.tables}, chosen, full)
    typer.echo(
        f"{path}: a guide and {len(sheets)} tables{'' if every or tables else ', those that the lessons of today need'}. "
        f"Fill it in, then: prodkit plant check {quote(str(path))}\n"
        f"Then put it into {plants_folder()} and choose it in lesson 00."
    )


@plant_app.command()
def check(
    source: Source,
    report: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Also write a copy with the faulty cells marked.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="A line for each faulty cell.")] = False,
    decimal: Decimal = None,
    date_format: DateFormat = "",
) -> None:
    """Name everything that is wrong: the cell, what was found, what is wanted. Exits 1 if anything is.

    Where a plant in your folder of plants is without a fault, the lessons read it with the same options from then on.
    """
    from . import course
    from .plant.checking import advice, inspect
    from .plant.report import target, write_report
    from .plant.sheets import fault_lines

    if report:
        target(report)  # refused before anything is read
    path = course.find(source)
    kept = course.notation(path)
    mark, days = decimal or kept.get("decimal"), date_format or kept.get("date_format", "")
    with typer.progressbar(length=1000, file=sys.stderr, label="Reading") as bar:
        done = 0.0

        def step(share: float) -> None:
            nonlocal done
            done += 1000 * share
            bar.update(int(done) - bar.pos)

        seen = inspect(path, mark, days, step)
    for line in map(str, seen.faults) if every else fault_lines(seen.faults):
        typer.echo(line)
    for remark in [*seen.remarks, *advice(seen)]:
        typer.echo(f"note: {remark}")
    if (decimal or date_format) and not seen.faults:
        typer.echo(
            "note: the lessons read it with these options, too"
            if course.remember(path, decimal, date_format)
            else f"note: for the lessons, put it into {course.plants_folder()} and check it there in the same way"
        )
    elif kept and not (decimal or date_format):
        typer.echo(f"note: read as remembered: {', '.join(filter(None, (days, mark and f'decimal {mark}')))}")
    if report and not (seen.sheets or seen.unchecked):
        typer.echo("nothing could be read, so no report was written")
    elif report:
        write_report(seen, report)
        typer.echo(f"{'marked in' if seen.faults else 'nothing to mark; a copy stands in'} {report}")
    count = len(seen.faults)
    rows = ", ".join(f"{name} {len(frame):,}" for name, frame in seen.frames.items())
    typer.echo(f"{count:,} {'fault' if count == 1 else 'faults'}" if count else f"no faults; rows: {rows}")
    raise typer.Exit(1 if count else 0)


@plant_app.command(name="show")
def show_plant(
    plant: Annotated[
        str,
        typer.Argument(
            metavar="NAME|PATH", help="A sample, one of your own plants by name, or a folder or workbook."
        ),
    ] = "metal",
    table: Annotated[str, typer.Option(metavar="NAME", help="The rows of one table.")] = "",
    rows: Annotated[int, typer.Option(min=1, help="How many of them.")] = 20,
    schema: Annotated[bool, typer.Option("--schema", help="What each column must hold.")] = False,
    as_json: AsJson = False,
    decimal: Decimal = None,
    date_format: DateFormat = "",
) -> None:
    """Show a plant, the rows of one of its tables, or what the tables must hold."""
    from . import course
    from .plant import TABLES
    from .plant import report as reports
    from .plant.template import needed_by

    if table:
        needed_by([table])  # names the nearest if there is no such table
    shown = course.read(plant, decimal=decimal, date_format=date_format)
    if schema:
        chosen = [TABLES[table]] if table else list(TABLES.values())
        if as_json:
            _print_json([reports.schema_record(each) for each in chosen])
        else:
            typer.echo("\n".join(reports.schema_lines(chosen, shown.units)))
    elif as_json:
        _print_json(reports.plant_record(shown, table))
    else:
        lines = reports.describe_table(shown, table, rows) if table else reports.describe(shown)
        typer.echo("\n".join(lines))


def _plant(name: str) -> Plant:
    from .course import read

    return read(name)


def _attempt(problem: str, seed: int, plant: str) -> Attempt:
    from .exercises import Attempt

    return Attempt(problem, _plant(plant), seed)


def _print_json(data: object) -> None:
    import json

    typer.echo(json.dumps(data, ensure_ascii=False, indent=1))


def main() -> None:
    """Run the command that the command line names, and end the process."""
    try:
        cli(prog_name="prodkit")
    except ProdkitError as error:
        typer.echo(f"prodkit: {error}", err=True)
        sys.exit(1)
    except OSError as error:  # a disk that is full, a file that a spreadsheet holds open
        if error.filename is None:
            raise
        typer.echo(f"prodkit: {error.filename}: {error.strerror}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
