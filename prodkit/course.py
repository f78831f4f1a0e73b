"""The course's plant: chosen once in lesson 00, remembered in the data folder, asked for by every lesson."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

from .errors import InputError, ProdkitError
from .home import home, write_whole
from .plant import Plant
from .plant.plant import sample_folder

__all__ = ["begin", "choices", "choose", "chosen", "plants_folder"]

DEFAULT = "metal"


def begin(
    plant: str | Plant | None = None,
    *,
    needs: tuple[str, ...] = (),
    fits: Callable[[Plant], object] | None = None,
) -> Plant:
    """What a lesson's first cell calls: the lesson's plant, with figures shown as people write them.

    pandas then shows 2,480 and not 2480.0, six digits at most; nowhere else does prodkit touch its settings.
    Where the chosen plant cannot be read, or lacks a table or rows that the lesson needs, a line says so and
    the sample of its industry is taken.

    Parameters
    ----------
    plant
        For this lesson alone: the name of a sample, of one of the learner's own plants, a path to a
        workbook or a folder of CSV files, or a Plant. None for the course's plant.
    needs
        Tables without which the lesson cannot be shown.
    fits
        What the lesson works out of the plant first, such as `cast`: where it raises an error of prodkit's,
        the plant has not the rows for it.

    Raises
    ------
    PlantError
        If the plant named here has faults; its message lists them.
    InputError
        If there is no plant of that name.

    Examples
    --------
    >>> begin("metal").name
    'Halden Metal'
    """
    import pandas as pd

    pd.options.display.float_format = "{:,.6g}".format
    if plant is not None:
        own = plant if isinstance(plant, Plant) else _read(plant)
    else:
        try:
            own = _read(chosen())
        except ProdkitError as fault:
            print(f"The plant chosen in lesson 00 cannot be used: {fault}\nThe sample is shown.\n")
            own = Plant.sample(DEFAULT)
    lacking = _lacking(own, needs, fits)
    if not lacking:
        return own
    sample = Plant.sample(own.industry if own.industry in Plant.samples() else DEFAULT)
    print(f"{own.name} {lacking}: {sample.name} is shown.\n")
    return sample


def _lacking(plant: Plant, needs: tuple[str, ...], fits: Callable[[Plant], object] | None) -> str:
    """Why a lesson cannot be shown on a plant; "" where it can."""
    missing = [name for name in needs if name not in plant.tables or plant.table(name).empty]
    if missing:
        return f"has no rows in {', '.join(missing)}, which is needed here"
    try:
        if fits is not None:
            fits(plant)
    except ProdkitError as fault:
        return f"cannot be used here ({' '.join(str(fault).split()).rstrip('.')})"
    return ""


def chosen() -> str:
    """What was chosen for the course: the name of a sample, or the file name of a plant of the learner's own."""
    try:
        name = json.loads(_note().read_text(encoding="utf-8"))["plant"]
    except (OSError, ValueError, KeyError, TypeError):
        return DEFAULT
    return name if isinstance(name, str) else DEFAULT


def choose(name: str) -> Plant:
    """Take a plant for the course, from now on and until another is chosen.

    Parameters
    ----------
    name
        One of `choices`.

    Returns
    -------
    Plant
        It, read and without a fault.

    Raises
    ------
    InputError
        If there is no such plant.
    PlantError
        If it has faults; then the choice stays as it was.
    """
    if name not in choices():
        raise InputError("plant", name, "one of " + ", ".join(choices()))
    plant = _read(name)
    write_whole(_note(), json.dumps({"plant": name}).encode())
    return plant


def choices() -> dict[str, str]:
    """What can be chosen, with what it is called: the samples, then the learner's own plants by file name."""
    samples = {name: f"{_sample_name(name)}, {name}" for name in Plant.samples()}
    own = {path.name: f"{path.stem}, your own" for path in _own() if path.name not in samples}
    return samples | own


def plants_folder() -> Path:
    """Where the learner's own plants lie: workbooks, or folders of CSV files; made when it is first asked for."""
    folder = home() / "plants"
    folder.mkdir(exist_ok=True)
    return folder


def _sample_name(industry: str) -> str:
    """What a sample is called, without reading all of it."""
    folder = sample_folder(industry)
    assert folder is not None
    with (folder / "about.csv").open(encoding="utf-8", newline="") as file:
        return next(csv.DictReader(file))["name"]


def _own() -> list[Path]:
    folder = home() / "plants"
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(
        path
        for path in found
        if not path.name.startswith((".", "~"))
        and (path.suffix.lower() == ".xlsx" if path.is_file() else (path / "about.csv").is_file())
    )


def _read(name: str) -> Plant:
    if name in Plant.samples():
        return Plant.sample(name)
    own = {path.name: path for path in _own()} | {path.stem: path for path in _own()}
    path = own.get(name, Path(name).expanduser())
    if not path.exists():
        raise InputError(
            "plant", name, "a sample, one of your own plants, or a path: " + ", ".join(choices())
        )
    return Plant.read(path)


def _note() -> Path:
    return home() / "course.json"
