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

__all__ = ["begin", "choices", "choose", "chosen", "find", "notation", "plants_folder", "read", "remember"]

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

    pd.options.display.float_format = _as_written
    if plant is not None:
        own = plant if isinstance(plant, Plant) else read(plant)
    else:
        try:
            own = _read_choice(chosen())
        except ProdkitError as fault:
            print(f"The plant chosen in lesson 00 cannot be used: {fault}\nThe sample is shown.\n")
            own = Plant.sample(DEFAULT)
    lacking = _lacking(own, needs, fits)
    if not lacking:
        return own
    sample = Plant.sample(own.industry if own.industry in Plant.samples() else DEFAULT)
    print(f"{own.name} {lacking}: {sample.name} is shown.\n")
    return sample


def _as_written(value: float) -> str:
    """A figure as people write it: 2,480 and not 2480.0, 2,799,200 and not 2.7992e+06."""
    return f"{value:,.0f}" if abs(value) >= 1e5 else f"{value:,.6g}"


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
    plant = _read_choice(name)
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


def find(name: str) -> Path:
    """Where a plant lies that is called by name: the one way that lessons and commands look for it.

    Parameters
    ----------
    name
        The name of a sample; else a path; else one of the learner's own plants, by its file name, with or
        without its ending.

    Returns
    -------
    Path
        A file or folder that exists.

    Raises
    ------
    InputError
        If there is none.

    Examples
    --------
    >>> find("metal").name
    'metal'
    """
    if name in Plant.samples():
        folder = sample_folder(name)
        assert folder is not None
        return folder
    path = Path(name).expanduser()
    if not _is_plant(path):
        own = {own.stem: own for own in _own()} | {own.name: own for own in _own()}
        path = own.get(name, path)
    if not path.exists():
        known = ", ".join(choices())
        raise InputError("plant", name, f"a path, a sample, or a file in {home() / 'plants'} ({known})")
    return path


def read(name: str, *, decimal: str | None = None, date_format: str = "") -> Plant:
    """The plant of that name; see `find`.

    Parameters
    ----------
    name
        What `find` finds.
    decimal, date_format
        How its numbers and days are written, as in `Plant.read`; where they are left out, as `remember` was told.

    Raises
    ------
    InputError
        If there is no plant of that name.
    PlantError
        If it has faults.
    """
    return Plant.sample(name) if name in Plant.samples() else _read_path(find(name), decimal, date_format)


def notation(path: Path) -> dict[str, str]:
    """How one of the learner's own plants is written, as `remember` was told: decimal, date_format or neither."""
    try:
        kept = json.loads(_notations().read_text(encoding="utf-8"))[path.name] if _is_own(path) else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    words = kept.items() if isinstance(kept, dict) else ()
    return {key: word for key, word in words if key in ("decimal", "date_format") and isinstance(word, str)}


def remember(path: Path, decimal: str | None, date_format: str) -> bool:
    """Keep how a plant in the learner's folder of plants is written, so that every lesson reads it so.

    Returns
    -------
    bool
        Whether it was kept: not where it lies elsewhere.
    """
    if not _is_own(path):
        return False
    try:
        kept = json.loads(_notations().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        kept = {}
    told = {"decimal": decimal, "date_format": date_format}
    kept = kept if isinstance(kept, dict) else {}
    kept[path.name] = notation(path) | {key: word for key, word in told.items() if word}
    write_whole(_notations(), json.dumps(kept, indent=1).encode())
    return True


def _sample_name(industry: str) -> str:
    """What a sample is called, without reading all of it."""
    folder = sample_folder(industry)
    assert folder is not None
    with (folder / "about.csv").open(encoding="utf-8", newline="") as file:
        return next(csv.DictReader(file))["name"]


def _own() -> list[Path]:
    folder = home() / "plants"
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(path for path in found if not path.name.startswith((".", "~")) and _is_plant(path))


def _is_plant(path: Path) -> bool:
    return path.suffix.lower() == ".xlsx" if path.is_file() else (path / "about.csv").is_file()


def _is_own(path: Path) -> bool:
    place = path.absolute().parent
    return place.name == "plants" and place.resolve() == (home() / "plants").resolve()


def _read_choice(name: str) -> Plant:
    """A plant of the picker's: never one that happens to lie where the lesson runs."""
    own = home() / "plants" / name
    return _read_path(own) if name not in Plant.samples() and own.exists() else read(name)


def _read_path(path: Path, decimal: str | None = None, date_format: str = "") -> Plant:
    kept = notation(path)
    return Plant.read(
        path,
        decimal=decimal or kept.get("decimal"),
        date_format=date_format or kept.get("date_format", ""),
    )


def _notations() -> Path:
    return home() / "plants" / ".notation.json"


def _note() -> Path:
    return home() / "course.json"
