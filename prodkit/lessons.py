"""The learner's own copy of the lessons: laid down, updated, reset; and which cells are the kit's own.

The copy is ``home()/lessons``. Beside it, ``home()/lessons.json`` notes what was laid down, so that an
update replaces only what the learner left alone. A lesson counts as changed when its cells differ; a
run that only wrote outputs is no change.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from .errors import ProdkitError
from .home import home, shipped, write_whole

__all__ = [
    "LessonError",
    "LessonList",
    "Update",
    "code_digest",
    "folder",
    "lesson_list",
    "names",
    "reset",
    "run_digests",
    "sign",
    "update",
]


class LessonError(ProdkitError):
    """A lesson that cannot be found, laid down or reset."""


@dataclass(frozen=True)
class Update:
    """What an update did, as file names relative to the lessons' folder."""

    new: tuple[str, ...]  # laid down for the first time, or again after a deletion
    replaced: tuple[str, ...]  # a newer version took the place of an unchanged one
    kept: tuple[str, ...]  # a newer version is there, but the learner changed theirs


def folder() -> Path:
    """The folder of the learner's own copy (it may not exist yet)."""
    return home() / "lessons"


def names() -> list[str]:
    """What ships, as relative paths in order: every lesson and whatever stands with them."""
    root = shipped("notebooks")
    found = (path.relative_to(root) for path in root.rglob("*") if path.is_file())
    return sorted(p.as_posix() for p in found if not any(part.startswith((".", "_")) for part in p.parts))


@dataclass(frozen=True)
class Lesson:
    """A lesson as its first cell presents it."""

    file: str
    title: str
    about: str  # one sentence
    sittings: tuple[str, ...]  # what each decides

    @property
    def number(self) -> str:
        """Of its file's name: 05."""
        return self.file[:2]


class LessonList:
    """The lessons that are there; in a notebook a table with links."""

    def __init__(self, lessons: Iterable[Lesson]) -> None:
        self.lessons = tuple(lessons)

    def __repr__(self) -> str:
        lines = []
        for lesson in self.lessons:
            lines.append(f"{lesson.number} {lesson.title}: {lesson.about}")
            lines += [f"  Sitting {n}: {text}" for n, text in enumerate(lesson.sittings, start=1)]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        rows = []
        for lesson in self.lessons:
            sittings = "".join(f"<li>{escape(text)}</li>" for text in lesson.sittings)
            rows.append(
                f'<tr><td style="text-align: left">{lesson.number} <a href="{escape(quote(lesson.file))}">{escape(lesson.title)}</a></td>'
                f'<td style="text-align: left">{escape(lesson.about)}</td><td style="text-align: left"><ol>{sittings}</ol></td></tr>'
            )
        head = "".join(
            f'<th style="text-align: left">{name}</th>'
            for name in ("lesson", "in a sentence", "what you decide")
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def lesson_list() -> LessonList:
    """The lessons that ship, beside the first, each as its own first cell presents it.

    Examples
    --------
    >>> any(lesson.title == "Materials" and len(lesson.sittings) == 4 for lesson in lesson_list().lessons)
    True
    """
    root = shipped("notebooks")
    found = []
    for path in sorted(root.glob("[0-9][0-9]_*.ipynb")):
        if path.name.startswith("00"):
            continue
        cells = json.loads(path.read_text(encoding="utf-8")).get("cells", [])
        opening = "".join(cells[0]["source"]) if cells else ""
        paragraphs = [text.strip() for text in opening.split("\n\n") if text.strip()]
        sittings = re.findall(r"^\| \[Sitting \d+\]\([^)]*\) \| (.+?) \|", opening, re.MULTILINE)
        if len(paragraphs) > 1 and paragraphs[0].startswith("# "):
            found.append(
                Lesson(path.name, paragraphs[0][2:], " ".join(paragraphs[1].split()), tuple(sittings))
            )
    return LessonList(found)


def code_digest(notebook: dict[str, Any]) -> str:
    """SHA-256 of a notebook's code cells, in order; the Lab extension computes the same in the browser.

    Examples
    --------
    >>> code_digest({"cells": [{"cell_type": "code", "source": ["1 +\\n", "1"]}]})[:8]
    '3151d396'
    """
    sources = ["".join(c["source"]) for c in notebook.get("cells", []) if c.get("cell_type") == "code"]
    return _sha(json.dumps(sources, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace"))


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _digests(name: str, content: bytes) -> dict[str, str]:
    """What tells one version of a file from another (`content`), and what may run on opening (`code`)."""
    if name.endswith(".ipynb"):
        try:
            notebook = json.loads(content)
            cells = [[c["cell_type"], "".join(c["source"]), c.get("attachments")] for c in notebook["cells"]]
            whole = json.dumps([cells, notebook["metadata"].get("prodkit")], sort_keys=True)
            return {"content": _sha(whole.encode()), "code": code_digest(notebook)}
        except (ValueError, KeyError, TypeError, AttributeError):
            pass  # no notebook any more: compared byte by byte, never run
    return {"content": _sha(content)}


def _read_notes() -> dict[str, dict[str, str]]:
    try:
        notes = json.loads((home() / "lessons.json").read_bytes())
        return {str(name): dict(entry) for name, entry in notes.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}  # without notes every file that differs counts as the learner's: nothing is lost


def _write_notes(notes: dict[str, dict[str, str]]) -> None:
    write_whole(home() / "lessons.json", json.dumps(notes, indent=1, sort_keys=True).encode())


def update() -> Update:
    """Bring the learner's copy up to date: new lessons come, unchanged ones are replaced, changed ones kept.

    Raises
    ------
    LessonError
        If the copy cannot be written.
    """
    notes, new, replaced, kept = _read_notes(), [], [], []
    source, target = shipped("notebooks"), folder()
    try:
        target.mkdir(parents=True, exist_ok=True)
        for name in names():
            content, mine = (source / name).read_bytes(), target / name
            ours = _digests(name, content)
            theirs = _digests(name, mine.read_bytes()) if mine.exists() else None
            if theirs is None:
                new.append(name)
            elif theirs["content"] == ours["content"]:
                notes[name] = ours
                continue
            elif theirs["content"] == notes.get(name, {}).get("content"):
                replaced.append(name)
            else:
                if notes.get(name) != ours:
                    kept.append(name)
                continue
            write_whole(mine, content)
            notes[name] = ours
        _write_notes(notes)
    except OSError as error:
        raise LessonError(
            f"the lessons in {target} cannot be written ({error.strerror or error}): "
            "free some space, or set PRODKIT_HOME to a folder you can write"
        ) from None
    return Update(tuple(new), tuple(replaced), tuple(kept))


def reset(lesson: str) -> tuple[str, Path | None]:
    """Lay one lesson down again as it shipped; the learner's version is saved aside first.

    Parameters
    ----------
    lesson
        The lesson's number or the beginning of its name: ``"05"``, ``"05_materials"``.

    Returns
    -------
    tuple of str and Path or None
        The lesson's file name, and where the learner's version went (None if nothing differed).

    Raises
    ------
    LessonError
        If no lesson, or more than one, begins so; or the copy cannot be written.
    """
    lessons = [name for name in names() if name.endswith(".ipynb")]
    found = [name for name in lessons if lesson and name.startswith(lesson)]
    exact = [name for name in found if name in (lesson, f"{lesson}.ipynb")]
    if len(exact or found) != 1:
        raise LessonError(f"no one lesson begins with {lesson!r}; there are: {', '.join(lessons) or 'none'}")
    name = (exact or found)[0]
    content, mine, saved = (shipped("notebooks") / name).read_bytes(), folder() / name, None
    try:
        if mine.exists() and mine.read_bytes() != content:
            stamp = f"{datetime.now():%Y%m%d_%H%M%S_%f}"
            saved = folder() / "saved" / f"{Path(name).stem}_{stamp}.ipynb"
            write_whole(saved, mine.read_bytes())
        write_whole(mine, content)
        _write_notes(_read_notes() | {name: _digests(name, content)})
    except OSError as error:
        raise LessonError(
            f"{name} cannot be reset ({error.strerror or error}): free some space and try again"
        ) from None
    return name, saved


def run_digests() -> list[str]:
    """Code digests of the kit's lessons, now and as laid down here before: what may run on opening."""
    source = shipped("notebooks")
    now = (_digests(name, (source / name).read_bytes()) for name in names())
    return sorted({entry["code"] for entry in [*now, *_read_notes().values()] if "code" in entry})


def sign(paths: Iterable[Path], data_folder: Path) -> None:
    """Mark notebooks as trusted, by their content, in the signature store of one data folder."""
    import nbformat
    from nbformat.sign import NotebookNotary

    notary = NotebookNotary(data_dir=str(data_folder))  # type: ignore[no-untyped-call]
    try:
        for path in paths:
            notary.sign(nbformat.read(path, as_version=4))  # type: ignore[no-untyped-call]
    finally:
        notary.store.close()
