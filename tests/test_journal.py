"""The journal keeps every event through kills, crowds and bad disks, and says what is wrong in one line."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from prodkit.study import Journal, JournalError

WRITER = """
import sys
from pathlib import Path
from prodkit.study import Journal
journal, who, count = Journal(Path(sys.argv[1])), sys.argv[2], int(sys.argv[3])
for number in range(count):
    journal.add("check", problem=who, data={"number": number})
    print(number, flush=True)
"""


def writer(path: Path, who: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), who, str(count)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[1],
    )


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "journal.sqlite")


def test_events_come_back_as_they_went_in(journal: Journal) -> None:
    journal.add(
        "check",
        problem="materials.eoq",
        plant="metal",
        seed=2**80,
        learner="k7",
        data={"answers": {"q": "1,5 😀"}},
    )
    journal.add("hint", problem="materials.eoq", plant="metal", seed=1)
    first, second = journal.events()
    assert (first.kind, first.problem, first.plant, first.seed, first.learner) == (
        "check",
        "materials.eoq",
        "metal",
        2**80,
        "k7",
    )
    assert first.data == {"answers": {"q": "1,5 😀"}}
    assert second.id > first.id
    assert second.at >= first.at
    assert first.at.tzinfo is not None
    assert [e.kind for e in journal.events(kind="hint")] == ["hint"]
    assert [e.seed for e in journal.events(seed=2**80)] == [2**80]
    assert journal.check() == "ok"


def test_last_answers_are_those_of_this_variant(journal: Journal) -> None:
    for seed, typed in ((1, "10"), (2, "20"), (1, "11"), (1, "\ud83d")):
        journal.add("check", problem="p", plant="metal", seed=seed, data={"answers": {"q": typed}})
    journal.add("hint", problem="p", plant="metal", seed=1)
    journal.add("check", problem="p", plant="food", seed=1, data={"answers": {"q": "30"}})
    assert journal.last_answers("p", "metal", 1) == {"q": "\ud83d"}
    assert journal.last_answers("p", "metal", 2) == {"q": "20"}
    assert journal.last_answers("p", "metal", 3) is None
    assert journal.last_answers("other", "metal", 1) is None


def test_reading_makes_no_file(journal: Journal) -> None:
    assert list(journal.events()) == []
    assert journal.last_answers("p", "metal", 1) is None
    assert journal.check() == "ok"
    assert not journal.path.exists()


def test_the_default_is_in_the_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRODKIT_HOME", str(tmp_path / "new" / "folder"))
    Journal().add("check")
    assert (tmp_path / "new" / "folder" / "journal.sqlite").is_file()


def test_more_events_than_a_page(journal: Journal) -> None:
    journal.add("check")
    with sqlite3.connect(journal.path) as base:
        base.executemany(
            "INSERT INTO event (at, kind, data) VALUES ('2026-01-01T00:00:00+00:00', 'x', '{}')", [()] * 1200
        )
    base.close()
    assert len([e.id for e in journal.events()]) == 1201


def test_nothing_written_is_ever_changed(journal: Journal) -> None:
    journal.add("check")
    with sqlite3.connect(journal.path) as base:
        for statement in ("UPDATE event SET kind = 'x'", "DELETE FROM event"):
            with pytest.raises(sqlite3.IntegrityError, match="only ever added to"):
                base.execute(statement)
    base.close()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def test_a_kill_in_the_middle_loses_nothing_that_was_said_to_be_written(journal: Journal) -> None:
    said = 0
    for wait in (0.05, 0.11, 0.23):
        process = writer(journal.path, "a", 100_000)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(wait)
        os.kill(process.pid, signal.SIGKILL)
        said += 1 + len(process.stdout.read().splitlines())
        process.wait()
    kept = len(list(journal.events()))
    assert said >= 3
    assert said <= kept <= said + 3  # an event in hand at each kill may have been written
    assert journal.check() == "ok"
    journal.add("check")
    assert len(list(journal.events())) == kept + 1


def test_two_notebooks_at_once_lose_nothing(journal: Journal) -> None:
    both = [writer(journal.path, who, 60) for who in ("a", "b")]
    for process in both:
        process.communicate(timeout=60)
        assert process.returncode == 0
    for who in ("a", "b"):
        assert [e.data["number"] for e in journal.events(problem=who)] == list(range(60))


def test_one_journal_shared_by_threads(journal: Journal) -> None:
    threads = [threading.Thread(target=lambda: [journal.add("check") for _ in range(10)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(list(journal.events())) == 40


def test_reading_holds_up_no_writer(journal: Journal) -> None:
    journal.add("check")
    events = journal.events()
    next(events)
    journal.add("hint")
    assert [e.kind for e in events] == ["hint"]


def test_a_damaged_file_is_said_and_left_alone(journal: Journal) -> None:
    journal.path.write_bytes(b"this is no database" * 100)
    for attempt in (lambda: journal.add("check"), lambda: list(journal.events()), journal.check):
        with pytest.raises(JournalError, match="damaged; move it aside"):
            attempt()
    assert journal.path.read_bytes().startswith(b"this is no database")


def test_a_locked_file_is_said(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prodkit.study.journal._WAIT_S", 0.05)
    journal.add("check")
    other = sqlite3.connect(journal.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(JournalError, match="another program holds it"):
        journal.add("check")
    other.execute("ROLLBACK")
    other.close()
    journal.add("check")
    assert len(list(journal.events())) == 2


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("PRODKIT_HOME", str(tmp_path / "file" / "home"))
    with pytest.raises(JournalError, match=r"nothing is kept: .* set PRODKIT_HOME"):
        Journal().add("check")
    with pytest.raises(JournalError, match="set PRODKIT_HOME"):
        Journal(tmp_path / "file" / "journal.sqlite").add("check")


def test_a_newer_journal_is_not_written_to(journal: Journal) -> None:
    journal.add("check")
    with sqlite3.connect(journal.path) as base:
        base.execute("PRAGMA user_version = 99")
    base.close()
    with pytest.raises(JournalError, match="newer prodkit: update"):
        journal.add("check")


@pytest.mark.parametrize("data", [{"x": float("nan")}, {"x": object()}])
def test_what_json_cannot_hold_is_said(journal: Journal, data: dict[str, object]) -> None:
    with pytest.raises(JournalError, match="cannot be written as JSON"):
        journal.add("check", data=data)
    assert not journal.path.exists()
