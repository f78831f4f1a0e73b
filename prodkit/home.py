"""Where things are: the learner's data folder, and what ships with the kit (lessons, datasets)."""

from __future__ import annotations

import os
from pathlib import Path

from .errors import ProdkitError

__all__ = ["HomeError", "clone", "home", "shipped", "write_whole"]

_PACKAGE = Path(__file__).resolve().parent


class HomeError(ProdkitError, OSError):
    """A data folder that cannot be made or written, or a kit that lacks its lessons."""


def home() -> Path:
    """The learner's data folder, made when it is first asked for.

    It holds the journal, the learner's copy of the lessons, and the kit's own Jupyter settings.
    The environment variable ``PRODKIT_HOME`` names another one.

    Returns
    -------
    Path
        An absolute path to a folder that exists and can be written.

    Raises
    ------
    HomeError
        If the folder cannot be made or written.
    """
    named = os.environ.get("PRODKIT_HOME", "").strip()
    if named:
        folder = Path(named).expanduser()
    else:
        import platformdirs

        folder = Path(platformdirs.user_data_dir("prodkit", appauthor=False))
    folder = folder.absolute()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        why = error.strerror or error
        raise HomeError(
            f"the data folder {folder} cannot be made ({why}): set PRODKIT_HOME to a folder you can write"
        ) from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise HomeError(
            f"the data folder {folder} cannot be written: set PRODKIT_HOME to a folder you can write"
        )
    return folder


def clone() -> Path | None:
    """The root of the clone that this package is imported from, or None for an installed kit."""
    root = _PACKAGE.parent
    return root if (root / "pyproject.toml").is_file() and (root / "notebooks").is_dir() else None


def shipped(name: str) -> Path:
    """A folder that ships with the kit: ``"notebooks"`` or ``"datasets"``.

    It stands beside the package in a clone, and inside it in an installed kit. The environment
    variable ``PRODKIT_LESSONS`` names a folder of lessons to take in place of the kit's own: an
    instructor's selection, or a test's.

    Parameters
    ----------
    name
        ``"notebooks"`` or ``"datasets"``.

    Raises
    ------
    HomeError
        If the folder is nowhere.
    """
    named = os.environ.get("PRODKIT_LESSONS", "").strip() if name == "notebooks" else ""
    if named:
        folder = Path(named).expanduser().absolute()
        if not folder.is_dir():
            raise HomeError(f"PRODKIT_LESSONS names {folder}, which is no folder: mend it or unset it")
        return folder
    root = clone()
    for folder in ([root / name] if root else []) + [_PACKAGE / "_share" / name]:
        if folder.is_dir():
            return folder
    raise HomeError(f"the kit's {name} are missing: install prodkit again")


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: to a temporary one beside it, moved into place."""
    import tempfile

    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
