"""The rules of the house: layers, cheap import, versions said once, public names with a docstring."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "prodkit"

# A module imports only what stands in a row above its own in this list.
ROWS = (
    ("errors",),
    ("_common", "home"),
    ("solver", "plant"),
    ("demand", "money"),
    ("people", "machines", "methods", "materials", "quality", "safety", "production"),
    ("planning", "scheduling", "budgeting", "supply_chain"),
    ("improvement", "leading"),
    ("charts", "exercises"),
    ("study", "course", "stories"),
    ("widgets", "exports"),
    ("lessons",),
    ("lab", "doctor"),
    ("cli",),
    ("__main__",),
)
RANK = {name: rank for rank, row in enumerate(ROWS) for name in row}
ONLY_IMPORTER = {
    "matplotlib": {"charts", "lab", "doctor"},
    "ipywidgets": {"widgets"},
    "anywidget": {"widgets"},
    "pulp": {"solver", "materials", "methods", "scheduling"},  # subjects state models; solver solves them
}
SUBJECTS = ("materials", "methods", "scheduling")
HEAVY = ("pandas", "scipy", "ortools", "matplotlib", "statsmodels", "ipywidgets", "pulp", "openpyxl", "typer")


def _module(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(path: Path) -> list[str]:
    """Full names of what a file imports, in functions too; type-checking imports aside."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    hints = {
        id(node) for branch in ast.walk(tree)
        if isinstance(branch, ast.If) and "TYPE_CHECKING" in ast.dump(branch.test) for node in ast.walk(branch)
    }  # fmt: skip
    package = ["prodkit", *path.relative_to(PACKAGE).parent.parts]
    found = []
    for node in ast.walk(tree):
        if id(node) in hints:
            continue
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            base = [*base, *([node.module] if node.module else [])]
            found += [".".join([*base, alias.name]) for alias in node.names]
    return found


def _sources() -> list[Path]:
    found = [p for p in PACKAGE.rglob("*.py") if p != PACKAGE / "__init__.py" and "_share" not in p.parts]
    assert len(found) > 20
    return found


@pytest.mark.parametrize("path", _sources(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_run_down(path: Path) -> None:
    me = _module(path)
    assert me in RANK, f"{me} has no place in the layers"
    for name in _imports(path):
        parts = name.split(".")
        if parts[0] == "prodkit" and len(parts) > 1 and parts[1] in RANK and parts[1] != me:
            assert RANK[parts[1]] < RANK[me], f"{me} imports {parts[1]}, which is not below it"
        if parts[0] in ONLY_IMPORTER:
            assert me in ONLY_IMPORTER[parts[0]], f"{me} imports {parts[0]}"


@pytest.mark.parametrize(
    "module", ["", ".errors", ".solver", ".plant", *(f".{s}" for s in SUBJECTS), ".exercises", ".study"]
)
def test_a_lower_layer_loads_nothing_of_the_upper_ones(module: str) -> None:
    code = f"import sys, prodkit{module}; print(' '.join(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    above = {"": ROWS[0:], ".exercises": ROWS[8:], ".study": ROWS[9:]}.get(module, ROWS[7:])
    upper = {f"prodkit.{name}" for row in above for name in row}
    assert not upper & set(loaded)
    assert not {"matplotlib", "ipywidgets", "anywidget", "typer"} & set(loaded)
    if not module:
        assert not set(HEAVY) & set(loaded)


def test_public_names_are_listed_exist_and_are_explained() -> None:
    for name in ("solver", "plant", *SUBJECTS, "exercises", "study", "charts", "widgets"):
        module = importlib.import_module(f"prodkit.{name}")
        assert module.__all__
        for public in module.__all__:
            thing = getattr(module, public)
            assert not callable(thing) or inspect.getdoc(thing), f"{name}.{public} has no docstring"


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_function_of_a_subject_has_an_example_that_runs_and_says_its_errors(subject: str) -> None:
    module = importlib.import_module(f"prodkit.{subject}")
    functions = [getattr(module, n) for n in module.__all__ if inspect.isfunction(getattr(module, n))]
    assert len(functions) >= 10
    for function in functions:
        doc = inspect.getdoc(function) or ""
        for part in ("Parameters", "Returns", "Raises", "Examples", ">>> "):
            assert part in doc, f"{function.__name__} lacks {part}"


def _pyproject() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]  # type: ignore[no-any-return]


def _requirements() -> dict[str, str]:
    project = _pyproject()
    lines = [
        *project["dependencies"],
        *(x for extra in project["optional-dependencies"].values() for x in extra),
    ]  # type: ignore[index, attr-defined, misc]
    split = [re.match(r"([\w-]+)(.*?)(?:;.*)?$", line) for line in lines]
    return {m[1]: m[2].strip() for m in split if m}


def test_environment_yml_holds_the_versions_of_pyproject() -> None:
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^  - ([a-z]+)([<>=][^\s]*)$", text, re.MULTILINE))
    assert {"python", "jupyterlab", "ipywidgets", "pandas", "pulp", "matplotlib", "nbval"} == set(listed)
    wanted = _requirements() | {"python": str(_pyproject()["requires-python"])}
    assert listed == {name: wanted[name].replace(" ", "") for name in listed}


def test_constraints_pin_every_requirement_within_its_range() -> None:
    from packaging.specifiers import SpecifierSet

    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    pins = {n.lower().replace("_", "-"): v for n, v in re.findall(r"^([\w.-]+)==(\S+)$", text, re.MULTILINE)}
    for name, specifier in _requirements().items():
        assert name.lower() in pins, f"{name} is not pinned in constraints.txt"
        assert pins[name.lower()] in SpecifierSet(specifier), (
            f"{name}: {pins[name.lower()]} is outside {specifier}"
        )
