"""Run a lesson's code cells in this process, on any plant, and keep what each shows."""

from __future__ import annotations

import ast
import contextlib
import io
import json
from pathlib import Path
from typing import Any

from prodkit import course
from prodkit.plant import Plant

ROOT = Path(__file__).resolve().parent.parent


def run(lesson: Path, plant: Plant) -> dict[str, tuple[Any, str]]:
    """By cell id: what the last line gives, and what was printed.

    The lesson asks `begin` for the course's plant, as every lesson does; here it is handed this one.
    """
    names: dict[str, Any] = {}
    shown = {}
    usual = course.begin
    course.begin = lambda own=None, **more: usual(plant if own is None else own, **more)  # type: ignore[assignment]
    try:
        for cell in json.loads(lesson.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] != "code":
                continue
            tree = ast.parse("".join(cell["source"]))
            last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                try:
                    exec(compile(tree, cell["id"], "exec"), names)
                    value = None
                    if isinstance(last, ast.Expr):
                        value = eval(compile(ast.Expression(last.value), cell["id"], "eval"), names)
                except Exception as fault:
                    fault.add_note(f"in cell {cell['id']} of {lesson.name}, on {plant.name}")
                    raise
            shown[cell["id"]] = (value, printed.getvalue())
    finally:
        course.begin = usual
    return shown
