"""Write the notebooks that drive a copy of each lesson's cards, with literal answers typed in.

    python tools/drivers.py && python tools/notebooks.py cards_

Run it when a lesson gets another card or a problem changes, and read the difference: the figures it
writes are typed into the notebook, so that from then on they hold the code, not the other way round.
A notebook whose cells come out as they stand is left alone, with its stored outputs; one that changed
has none until tools/notebooks.py runs it.
"""

from __future__ import annotations

import argparse
import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from pprint import pformat
from typing import Any

import nbformat

from prodkit.exercises import Attempt, Number, Variant
from prodkit.widgets.practice_card import problems_of

ROOT = Path(__file__).resolve().parent.parent


def cards(lesson: Path) -> list[str]:
    """The calls that show each card of a lesson, each once: as they stand there, then what its lists offer."""
    notebook = nbformat.read(lesson, as_version=4)
    found: list[str] = []
    offered: dict[str, str] = {}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            for node in ast.walk(ast.parse(cell.source)):
                if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                    continue
                if node.func.id == "exercise":
                    found.append(ast.unparse(node))
                elif node.func.id == "practice":
                    topics = [ast.literal_eval(each) for each in node.args]
                    for problem in problems_of(*topics):
                        call = f"practice({', '.join(map(repr, topics))}, plant=plant, start={problem.id!r})"
                        offered.setdefault(problem.id, call)
    shown = {ast.literal_eval(ast.parse(call, mode="eval").body.args[0]) for call in found}  # type: ignore[attr-defined]
    return list(dict.fromkeys([*found, *(call for id, call in offered.items() if id not in shown)]))


def answers(v: Variant) -> Iterator[tuple[str, dict[str, Any]]]:
    """What to type, and what it is: the key, just inside and outside of right, every slip, nonsense."""
    key = {p.id: short(p.type(getattr(v.key, p.id))) for p in v.problem.parts}
    yield "the key", key
    for part in v.problem.parts:
        if isinstance(part, Number):
            value = getattr(v.key, part.id)
            width = part.width(v, value, v.key)
            for name, share in (("just inside, below", -0.97), ("just inside, above", 0.97),
                                ("just outside, below", -1.05), ("just outside, above", 1.05)):  # fmt: skip
                yield f"{part.id}: {name}", {**key, part.id: f"{value + share * width:.10g}"}
        for slip, raw in part.slip_answers(v):
            if raw is not None and (part.id, slip) not in v.off:
                yield f"{part.id}: {slip}", {**key, part.id: short(raw)}
        for option in part.view(v).get("options", []):
            picked = [option["id"]] if part.kind == "choices" else option["id"]
            yield f"{part.id}: {option['id']}", {**key, part.id: picked}
        if part.kind == "order":
            yield f"{part.id}: turned round", {**key, part.id: key[part.id][::-1]}
    yield "a decimal comma", {k: x.replace(".", ",") if isinstance(x, str) else x for k, x in key.items()}
    yield "nonsense", {p.id: "<b>many</b>" for p in v.problem.parts}


def short(raw: Any) -> Any:
    """Figures with ten digits, as far as a person could type them."""
    if isinstance(raw, dict):
        return {k: short(x) for k, x in raw.items()}
    try:
        return f"{float(raw):.10g}"
    except (TypeError, ValueError):
        return raw


def driver(lesson: Path) -> Any:
    """The notebook that drives the cards of one lesson."""
    cells = [
        nbformat.v4.new_markdown_cell(
            f"# The cards of {lesson.stem}, driven\n\nWritten by `tools/drivers.py`. Each card gets literal answers by "
            "its Check button; the feedback is stored and compared. The answers stand here: not for learners.",
            id="title",
        ),
        nbformat.v4.new_code_cell(
            "from prodkit import Plant, exercise, practice\nplant = Plant.sample('metal')", id="start"
        ),
    ]
    for i, call in enumerate(cards(lesson), 1):
        node = ast.parse(call, mode="eval").body
        assert isinstance(node, ast.Call)
        said = {k.arg: ast.literal_eval(k.value) for k in node.keywords if k.arg != "plant"}
        turn = Attempt(said.pop("start", None) or ast.literal_eval(node.args[0]), **said)
        typed = "\n".join(
            f"    # {name}\n    {pformat(each, width=110, sort_dicts=False).replace(chr(10), chr(10) + '    ')},"
            for name, each in answers(turn.variant)
        )
        source = f"card = {call}\nfor typed in [\n{typed}\n]:\n    card.answers = typed\n    print(card.press('check'), end='\\n\\n')"
        cells += [
            nbformat.v4.new_markdown_cell(f"## {turn.problem.title} ({turn.problem.id})", id=f"h{i}"),
            nbformat.v4.new_code_cell(source, id=f"card{i}"),
        ]
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    return notebook


def write(notebook: Any, path: Path) -> bool:
    """Write a notebook unless the file holds the same cells already: its stored outputs stay. Whether it was."""
    before = nbformat.read(path, as_version=4).cells if path.exists() else []
    if [source_of(cell) for cell in before] == [source_of(cell) for cell in notebook.cells]:
        return False
    nbformat.write(notebook, path)
    return True


def source_of(cell: Any) -> tuple[str, str, str]:
    """What makes a cell what it is, its outputs left out."""
    return cell.id, cell.cell_type, cell.source


def main() -> int:
    """Write one driver a lesson."""
    argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    ).parse_args()
    for lesson in sorted(ROOT.glob("notebooks/*.ipynb")):
        if cards(lesson):
            path = ROOT / "tests" / "notebooks" / f"cards_{lesson.stem[:2]}.ipynb"
            done = "Wrote" if write(driver(lesson), path) else "Nothing new in"
            print(f"{done} {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
