"""The journal: what a learner did, event by event, in one SQLite file that is only ever added to.

SQLite's rollback journal with full synchronization, not its write-ahead log: the latter needs memory
shared between the processes, which network disks (where schools keep home folders) do not give. Each
event is one transaction on a connection of its own, so a kill at any moment loses at most the event in
hand, and notebooks side by side wait for each other for a few milliseconds.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..errors import ProdkitError
from ..home import home

__all__ = ["Event", "Journal", "JournalError"]

_VERSION = 1  # PRAGMA user_version of the file
_WAIT_S = 5.0  # for another process that is writing
_PAGE = 500  # events read at a time, so that a reader never holds up a writer
_SCHEMA = f"""
CREATE TABLE event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    learner TEXT,
    kind TEXT NOT NULL,
    problem TEXT,
    plant TEXT,
    seed TEXT,
    data TEXT NOT NULL
);
CREATE INDEX event_by_problem ON event (problem, plant, seed, kind);
CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
    BEGIN SELECT RAISE(ABORT, 'the journal is only ever added to'); END;
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
    BEGIN SELECT RAISE(ABORT, 'the journal is only ever added to'); END;
PRAGMA user_version = {_VERSION};
"""


class JournalError(ProdkitError):
    """A journal that cannot be read or written: why, and what to do. A card shows the text and goes on."""


@dataclass(frozen=True)
class Event:
    """One thing that happened."""

    id: int  # rises with time within one journal
    at: datetime  # UTC
    kind: str  # "check", "hint", "new", "solution", …
    problem: str | None  # "materials.eoq"
    plant: str | None  # "metal"
    seed: int | None  # the variant of the problem
    learner: str | None  # a code, never a name
    data: dict[str, Any]  # what belongs to the kind; a check has "answers"


class Journal:
    """The learner's journal, by default the one in the data folder.

    Nothing is opened or made before the first :meth:`add`; reading a journal that is not there finds
    nothing. An object holds no connection, so it may be shared by threads and survives a fork.

    Parameters
    ----------
    path
        Another file.

    Examples
    --------
    >>> import tempfile
    >>> journal = Journal(Path(tempfile.mkdtemp()) / "journal.sqlite")
    >>> journal.add("check", problem="materials.eoq", plant="metal", seed=1, data={"answers": {"quantity": "246"}})
    1
    >>> journal.last_answers("materials.eoq", "metal", 1)
    {'quantity': '246'}
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path

    @property
    def path(self) -> Path:
        """Where the file is, or will be."""
        return self._path or home() / "journal.sqlite"

    def add(
        self,
        kind: str,
        *,
        problem: str | None = None,
        plant: str | None = None,
        seed: int | None = None,
        learner: str | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> int:
        """Write one event; it is on the disk when this returns.

        Parameters
        ----------
        kind, problem, plant, seed, learner
            As in :class:`Event`.
        data
            Whatever JSON can hold.

        Returns
        -------
        int
            The event's id.

        Raises
        ------
        JournalError
            If it could not be written; then nothing was.
        """
        try:
            text = json.dumps(dict(data or {}), allow_nan=False)
        except (TypeError, ValueError) as error:
            raise JournalError(f"an event of kind {kind!r} cannot be written as JSON: {error}") from None
        row = (
            datetime.now(UTC).isoformat(timespec="milliseconds"),
            learner,
            kind,
            problem,
            plant,
            None if seed is None else str(seed),
            text,
        )
        try:
            path = self.path
            path.parent.mkdir(parents=True, exist_ok=True)
            with closing(self._connect(path)) as base:
                base.execute("BEGIN IMMEDIATE")  # the schema, if it is missing, in the same transaction
                if self._version(base, path) == 0:
                    for statement in _statements(_SCHEMA):
                        base.execute(statement)
                cursor = base.execute(
                    "INSERT INTO event (at, learner, kind, problem, plant, seed, data) VALUES (?, ?, ?, ?, ?, ?, ?)",
                    row,
                )
                base.execute("COMMIT")
                return int(cursor.lastrowid or 0)
        except (sqlite3.Error, OSError, ProdkitError) as error:
            raise self._explain(error) from None

    def events(
        self,
        *,
        kind: str | None = None,
        problem: str | None = None,
        plant: str | None = None,
        seed: int | None = None,
    ) -> Iterator[Event]:
        """Events in the order they happened, all of them or those of one kind, problem, plant or seed.

        Raises
        ------
        JournalError
            If the file cannot be read.
        """
        after = 0
        while page := self._read("id > ?", after, kind, problem, plant, seed, f"ORDER BY id LIMIT {_PAGE}"):
            yield from page
            after = page[-1].id

    def last(
        self,
        kind: str | None = None,
        *,
        problem: str | None = None,
        plant: str | None = None,
        seed: int | None = None,
    ) -> Event | None:
        """The latest such event, or None.

        Raises
        ------
        JournalError
            If the file cannot be read.
        """
        found = self._read("id > ?", 0, kind, problem, plant, seed, "ORDER BY id DESC LIMIT 1")
        return found[0] if found else None

    def last_answers(self, problem: str, plant: str, seed: int) -> dict[str, Any] | None:
        """The answers last checked for one variant, as typed, or None: what a card shows after a reload.

        Raises
        ------
        JournalError
            If the file cannot be read.
        """
        event = self.last("check", problem=problem, plant=plant, seed=seed)
        answers = event.data.get("answers") if event else None
        return dict(answers) if isinstance(answers, dict) else None

    def check(self) -> str:
        """SQLite's own examination of the file: ``"ok"`` (also where there is none yet), or what is wrong.

        Raises
        ------
        JournalError
            If the file cannot be read.
        """
        try:
            if not self.path.exists():
                return "ok"
            with closing(self._connect(self.path)) as base:
                self._version(base, self.path)
                return str(base.execute("PRAGMA quick_check(1)").fetchone()[0])
        except (sqlite3.Error, OSError, ProdkitError) as error:
            raise self._explain(error) from None

    def _read(
        self,
        where: str,
        after: int,
        kind: str | None,
        problem: str | None,
        plant: str | None,
        seed: int | None,
        tail: str,
    ) -> list[Event]:
        wanted = {
            "kind": kind,
            "problem": problem,
            "plant": plant,
            "seed": None if seed is None else str(seed),
        }
        named = {column: value for column, value in wanted.items() if value is not None}
        query = (
            "SELECT id, at, kind, problem, plant, seed, learner, data FROM event WHERE "
            + " AND ".join([where, *(f"{column} = ?" for column in named)])
            + f" {tail}"
        )
        try:
            path = self.path
            if not path.exists() or path.stat().st_size == 0:
                return []
            with closing(self._connect(path)) as base:
                if self._version(base, path) == 0:
                    return []
                rows = base.execute(query, (after, *named.values())).fetchall()
            return [
                Event(
                    number,
                    datetime.fromisoformat(at),
                    what,
                    which,
                    where_,
                    None if s is None else int(s),
                    who,
                    json.loads(text),
                )
                for number, at, what, which, where_, s, who, text in rows
            ]
        except (sqlite3.Error, OSError, ValueError, ProdkitError) as error:
            raise self._explain(error) from None

    @staticmethod
    def _connect(path: Path) -> sqlite3.Connection:
        base = sqlite3.connect(path, timeout=_WAIT_S, isolation_level=None)
        base.execute("PRAGMA synchronous = FULL")
        return base

    @staticmethod
    def _version(base: sqlite3.Connection, path: Path) -> int:
        version = int(base.execute("PRAGMA user_version").fetchone()[0])
        if version > _VERSION:
            raise JournalError(f"the journal {path} was written by a newer prodkit: update prodkit")
        return version

    def _explain(self, error: Exception) -> JournalError:
        if isinstance(error, ProdkitError):  # a JournalError as it is, the data folder's trouble told
            return error if isinstance(error, JournalError) else JournalError(f"nothing is kept: {error}")
        told = str(error)
        if "locked" in told:
            do = "another program holds it; close that and check again"
        elif "full" in told:
            do = "free some space on the disk"
        elif isinstance(error, (sqlite3.DatabaseError, ValueError)) and not isinstance(
            error, sqlite3.OperationalError
        ):
            do = "the file is damaged; move it aside and a new one begins"
        else:
            do = "see that the folder can be written, or set PRODKIT_HOME to one that can"
        return JournalError(f"the journal {self.path} cannot be used ({told}): {do}")


def _statements(script: str) -> list[str]:
    """Split a script into statements; sqlite3's own executescript would commit what is open."""
    found, part = [], ""
    for line in script.splitlines():
        part += line + "\n"
        if sqlite3.complete_statement(part):
            found.append(part.strip())
            part = ""
    return found
