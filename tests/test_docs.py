"""The examples in the documents run, and their commands exist."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from prodkit import Plant
from prodkit.cli import cli
from prodkit.exercises import Problem, audit

ROOT = Path(__file__).resolve().parent.parent


def blocks(name: str, language: str) -> list[str]:
    fences = re.findall(
        r"^```(\w*)\n(.*?)^```", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    return [body for word, body in fences if word == language]


def test_the_problem_in_contributing_passes_the_audit() -> None:
    (source,) = blocks("CONTRIBUTING.md", "python")
    names: dict[str, object] = {}
    exec(source, names)
    (problem,) = [x for x in names.values() if isinstance(x, Problem)]
    report = audit(problem, Plant.sample("metal"), range(1, 101))
    assert not report.faults, str(report)


def test_the_example_in_the_readme_prints_what_it_says() -> None:
    (source,) = blocks("README.md", "python")
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True)
    assert done.stdout in blocks("README.md", "")


def commands(app: typer.Typer) -> set[str]:
    """The names of its commands."""
    return {command.name or command.callback.__name__ for command in app.registered_commands}  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_commands_and_links_in_the_documents_exist(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    known = commands(cli) | {
        f"{group.name} {command}"
        for group in cli.registered_groups
        for command in commands(group.typer_instance)
    }
    groups = "|".join(str(group.name) for group in cli.registered_groups)
    for command in re.findall(
        rf"\bprodkit ((?:(?:{groups}) )?[a-z]+)\b(?! (?:package|authors))",
        "\n".join(re.findall(r"`[^`\n]+`|^\.?\S*prodkit .*$", text, re.MULTILINE)),
    ):
        assert command in known, f"{name} names prodkit {command}"
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (ROOT / target).exists(), f"{name} links to {target}"
    targets = re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    for target in re.findall(
        r"\bmake ([a-z]+)\b", "\n".join(re.findall(r"`[^`]+`|^make .*$", text, re.MULTILINE))
    ):
        assert target in targets, f"{name} names make {target}"


def test_the_changelog_knows_this_version() -> None:
    import prodkit

    assert f"## {prodkit.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_readme_lists_every_lesson() -> None:
    lessons = sorted(path.stem for path in (ROOT / "notebooks").glob("[0-9]*.ipynb"))
    assert len(lessons) >= 2
    rows = re.findall(r"^\| \[?(\d\d)\b", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert rows == [name[:2] for name in lessons]
