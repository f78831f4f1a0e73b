"""`prodkit doctor`: what is missing or at odds, and what to do about it."""

from __future__ import annotations

import importlib.metadata
import socket
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from . import __version__
from .errors import ProdkitError
from .home import home, shipped

__all__ = ["Check", "examine"]


@dataclass(frozen=True)
class Check:
    """One thing that was looked at."""

    fine: bool
    what: str  # "numpy 2.4.1"
    do: str = ""  # what to do where it is not fine
    needed: bool = True  # without it the lessons do not run

    def __str__(self) -> str:
        sign = "✓" if self.fine else "✗" if self.needed else "–"
        return f"{sign} {self.what}" + (f": {self.do}" if self.do else "")


def examine() -> list[Check]:
    """Look at everything that a lesson needs.

    Returns
    -------
    list of Check
        Python, each package with its version, the data folder, the journal, lessons, datasets, the font
        cache, a free port.
    """
    looks: list[Callable[[], Iterable[Check]]] = [
        _python,
        _packages,
        _clashes,
        _data_folder,
        _journal,
        _shipped,
        _fonts,
        _port,
    ]
    checks: list[Check] = []
    for look in looks:
        try:
            checks += look()
        except ModuleNotFoundError as error:  # then its own package is among the missing
            name = str(error.name).partition(".")[0]
            checks.append(Check(False, f"{name} is missing", f"pip install {name}"))
    return list(dict.fromkeys(checks))


def _version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def _python() -> Iterator[Check]:
    version = ".".join(map(str, sys.version_info[:3]))
    fine = (3, 11) <= sys.version_info[:2] < (3, 14)
    yield Check(True, f"prodkit {__version__} in {Path(__file__).parent}")
    yield Check(fine, f"Python {version}", "" if fine else "prodkit needs Python 3.11, 3.12 or 3.13")


def _requirements() -> list[str]:
    """What prodkit requires, by its own metadata, or by pyproject.toml in a clone that is not installed."""
    try:
        return importlib.metadata.requires("prodkit") or []
    except importlib.metadata.PackageNotFoundError:
        from .home import clone

        root = clone()
        if root is None:
            return []
        import tomllib

        project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        extras = project["optional-dependencies"]["lab"]
        return [*project["dependencies"], *(f"{line.split(';')[0]}; extra == 'lab'" for line in extras)]


def _packages() -> Iterator[Check]:
    from packaging.requirements import Requirement

    found = False
    for line in _requirements():
        requirement = Requirement(line)
        marker = requirement.marker
        core = marker is None or marker.evaluate({"extra": ""})
        if not core and not (marker and marker.evaluate({"extra": "lab"})):
            continue  # for tests only, or for another platform
        found = True
        version = _version(requirement.name)
        install = f"pip install '{requirement.name}{requirement.specifier}'"
        if version is None:
            yield Check(False, f"{requirement.name} is missing", install)
        elif not requirement.specifier.contains(version, prereleases=True):
            yield Check(False, f"{requirement.name} {version} does not fit", install)
        else:
            yield Check(True, f"{requirement.name} {version}")
    if not found:
        yield Check(
            False,
            "prodkit's own list of packages is missing",
            "install prodkit again: pip install 'prodkit[lab]'",
        )


def _clashes() -> Iterator[Check]:
    from packaging.version import Version

    highs, tools = _version("highspy"), _version("ortools")
    if highs and tools and Version(highs) >= Version("1.15"):
        yield Check(
            False,
            f"highspy {highs} and ortools {tools} cannot share a process: each carries its own HiGHS library",
            "pip install 'highspy<1.15'",
        )


def _data_folder() -> Iterator[Check]:
    try:
        folder = home()
        probe = folder / ".doctor"
        probe.write_bytes(b"")
        probe.unlink()
        yield Check(True, f"data folder {folder}")
    except ProdkitError as error:
        yield Check(False, "data folder", str(error))
    except OSError as error:
        yield Check(
            False, "data folder", f"{error.strerror}: free some space, or set PRODKIT_HOME to another folder"
        )


def _journal() -> Iterator[Check]:
    from .study import Journal, JournalError

    try:
        journal = Journal()
        fine = journal.check() == "ok"
        do = "" if fine else f"{journal.path} is damaged; move it aside and a new one begins"
        yield Check(fine, "journal", do, needed=False)
    except JournalError as error:
        yield Check(False, "journal", str(error), needed=False)


def _shipped() -> Iterator[Check]:
    for name, pattern in (("notebooks", "*.ipynb"), ("datasets", "*")):
        try:
            folder = shipped(name)
        except ProdkitError as error:
            yield Check(False, name, str(error))
            continue
        count = sum(1 for path in folder.glob(pattern) if not path.name.startswith("."))
        what = "lessons" if name == "notebooks" else name
        yield Check(count > 0, f"{what}: {count} in {folder}", "" if count else "install prodkit again")


def _fonts() -> Iterator[Check]:
    try:
        warm = any((home() / "matplotlib").glob("fontlist*.json"))
    except ProdkitError:
        warm = False
    do = "" if warm else "not built yet; the first prodkit lab does it"
    yield Check(warm, "font cache", do, needed=False)


def _port() -> Iterator[Check]:
    try:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
    except OSError as error:
        yield Check(
            False,
            "ports",
            f"none can be opened on 127.0.0.1 ({error.strerror}); ask whoever runs this machine",
        )
        return
    with socket.socket() as probe:
        taken = probe.connect_ex(("127.0.0.1", 8888)) == 0
    yield Check(True, f"port 8888 is {'taken; prodkit lab takes the next that is free' if taken else 'free'}")
