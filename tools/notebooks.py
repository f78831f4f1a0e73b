"""Run lessons afresh and store what they show: the only thing that writes a notebook's outputs.

    python tools/notebooks.py            every lesson and every notebook under tests/notebooks
    python tools/notebooks.py 05 card    those whose file name holds one of the words

Each runs in a fresh kernel, top to bottom, with an empty data folder. Cell ids are kept; widget state
(which would hold answer keys), widget view ids and volatile metadata are dropped, so that two runs
give the same bytes.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parent.parent
WIDGET = "application/vnd.jupyter.widget-view+json"


def run(path: Path) -> None:
    """Execute one notebook and write it back with its outputs."""
    notebook = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory() as home:
        os.environ["PRODKIT_HOME"] = home
        NotebookClient(
            notebook,
            timeout=120,
            kernel_name="python3",
            store_widget_state=False,
            resources={"metadata": {"path": str(path.parent)}},
        ).execute()
    path.write_text(nbformat.writes(clean(notebook)) + "\n", encoding="utf-8")


def clean(notebook: Any) -> Any:
    """Drop what differs from run to run, and what would give a key away."""
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
        **{k: v for k, v in notebook.metadata.items() if k == "prodkit"},
    }
    for cell in notebook.cells:
        cell.metadata = {
            k: v for k, v in cell.metadata.items() if k in ("tags", "jupyter", "editable", "deletable")
        }
        if "outputs" in cell:
            cell.outputs = whole_streams(cell.outputs)
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(WIDGET, None)
            if "metadata" in output:
                output.metadata = {k: v for k, v in output.metadata.items() if k != WIDGET}
    return notebook


def whole_streams(outputs: list[Any]) -> list[Any]:
    """Join what was printed in one go: where the kernel cuts it is chance."""
    joined: list[Any] = []
    for output in outputs:
        same = (
            joined
            and output.output_type == "stream" == joined[-1].output_type
            and output.name == joined[-1].name
        )
        if same:
            joined[-1].text += output.text
        else:
            joined.append(output)
    return joined


def main(words: list[str]) -> int:
    """Run the notebooks whose name holds one of the words; all of them if there is none."""
    found = sorted([*ROOT.glob("notebooks/*.ipynb"), *ROOT.glob("tests/notebooks/*.ipynb")])
    chosen = [p for p in found if not words or any(word in p.name for word in words)]
    if not chosen:
        print(f"No notebook's name holds {' or '.join(words)}.", file=sys.stderr)
        return 2
    for path in chosen:
        print(f"Running {path.relative_to(ROOT)} …", flush=True)
        run(path)
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("words", nargs="*", metavar="WORD", help="part of a file name")
    raise SystemExit(main(parser.parse_args().words))
