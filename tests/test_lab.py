"""The learner's copy of the lessons, the kit's own Jupyter settings, and the server's life and death."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from prodkit import lab, lessons
from prodkit.home import HomeError, home, shipped

ROOT = Path(__file__).resolve().parents[1]
EXTENSIONS = ROOT / "prodkit" / "labextension"


def notebook(*code: str, text: str = "# Lesson", **metadata: Any) -> str:
    cells: list[dict[str, Any]] = [{"cell_type": "markdown", "id": "t", "metadata": {}, "source": [text]}]
    cells += [
        {
            "cell_type": "code",
            "id": f"c{i}",
            "metadata": {},
            "execution_count": None,
            "outputs": [],
            "source": [c],
        }
        for i, c in enumerate(code)
    ]
    return json.dumps(
        {
            "cells": cells,
            "metadata": {"prodkit": {"run_on_open": True}, **metadata},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    )


@pytest.fixture
def kit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A kit of two lessons and a picture, and an empty data folder; gives the shipped folder."""
    folder = tmp_path / "shipped"
    folder.mkdir()
    (folder / "00_start_here.ipynb").write_text(notebook("1 + 1"))
    (folder / "05_materials.ipynb").write_text(notebook("2 + 2"))
    (folder / "picture.png").write_bytes(b"png")
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / ".ipynb_checkpoints" / "old.ipynb").write_text("{}")
    monkeypatch.setenv("PRODKIT_LESSONS", str(folder))
    monkeypatch.setenv("PRODKIT_HOME", str(tmp_path / "home"))
    for name in (
        "JUPYTER_CONFIG_DIR",
        "JUPYTER_DATA_DIR",
        "JUPYTER_RUNTIME_DIR",
        "IPYTHONDIR",
        "MPLCONFIGDIR",
    ):
        monkeypatch.setenv(name, os.environ.get(name, ""))  # prepare() sets them; undone after the test
    return folder


# ---------------------------------------------------------------- the data folder


def test_the_data_folder_is_made_on_demand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRODKIT_HOME", str(tmp_path / "a" / "b"))
    assert home() == tmp_path / "a" / "b"
    assert home().is_dir()


def test_without_a_name_it_is_where_the_system_keeps_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRODKIT_HOME", " ")
    monkeypatch.setattr("platformdirs.user_data_dir", lambda name, appauthor: str(tmp_path / name))
    assert home() == tmp_path / "prodkit"


def test_a_data_folder_that_cannot_be_made_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("PRODKIT_HOME", str(tmp_path / "file" / "x"))
    with pytest.raises(HomeError, match="set PRODKIT_HOME to a folder you can write"):
        home()


def test_a_lessons_folder_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRODKIT_LESSONS", "/nowhere/at/all")
    with pytest.raises(HomeError, match="mend it or unset it"):
        shipped("notebooks")


def test_what_ships_is_found_in_the_clone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PRODKIT_LESSONS", raising=False)
    assert shipped("notebooks") == ROOT / "notebooks"
    assert shipped("datasets") == ROOT / "datasets"


# ---------------------------------------------------------------- the learner's copy


def test_the_first_update_lays_down_everything_that_ships(kit: Path) -> None:
    done = lessons.update()
    assert done.new == ("00_start_here.ipynb", "05_materials.ipynb", "picture.png")
    assert sorted(p.name for p in lessons.folder().iterdir()) == sorted(done.new)
    assert lessons.update() == lessons.Update((), (), ())


def test_an_update_brings_new_replaces_unchanged_and_keeps_changed(kit: Path) -> None:
    lessons.update()
    mine = lessons.folder() / "05_materials.ipynb"
    mine.write_text(notebook("2 + 2", text="# Lesson\nMy own note"))
    (kit / "00_start_here.ipynb").write_text(notebook("1 + 100"))
    (kit / "05_materials.ipynb").write_text(notebook("2 + 200"))
    (kit / "06_more.ipynb").write_text(notebook("3"))
    done = lessons.update()
    assert done == lessons.Update(("06_more.ipynb",), ("00_start_here.ipynb",), ("05_materials.ipynb",))
    assert "My own note" in mine.read_text()
    assert "1 + 100" in (lessons.folder() / "00_start_here.ipynb").read_text()


def test_a_changed_lesson_without_a_newer_one_is_no_news(kit: Path) -> None:
    lessons.update()
    (lessons.folder() / "05_materials.ipynb").write_text(notebook("2 + 2", "my = 1"))
    assert lessons.update() == lessons.Update((), (), ())


def test_a_run_that_only_wrote_outputs_is_no_change(kit: Path) -> None:
    lessons.update()
    mine = lessons.folder() / "05_materials.ipynb"
    ran = json.loads(mine.read_text())
    ran["cells"][1] |= {
        "execution_count": 7,
        "outputs": [{"output_type": "stream", "name": "stdout", "text": "4"}],
    }
    ran["metadata"]["language_info"] = {"name": "python"}
    mine.write_text(json.dumps(ran))
    (kit / "05_materials.ipynb").write_text(notebook("2 + 200"))
    assert lessons.update().replaced == ("05_materials.ipynb",)


def test_a_deleted_lesson_comes_back(kit: Path) -> None:
    lessons.update()
    (lessons.folder() / "00_start_here.ipynb").unlink()
    assert lessons.update().new == ("00_start_here.ipynb",)


@pytest.mark.parametrize("notes", ["", "[1]", '{"a": 1}', '{"05_materials.ipynb": {"content": 5}}'])
def test_lost_notes_lose_no_work(kit: Path, notes: str) -> None:
    lessons.update()
    mine = lessons.folder() / "05_materials.ipynb"
    mine.write_text(notebook("2 + 2", "mine = True"))
    (home() / "lessons.json").write_text(notes)
    lessons.update()
    assert "mine = True" in mine.read_text()


@pytest.mark.parametrize(
    "broken", [b"", b"{", b"[]", b'{"cells": 5}', b"\xff\xfe", b'{"cells": [{}], "metadata": 1}']
)
def test_a_broken_lesson_is_kept_until_it_is_reset(kit: Path, broken: bytes) -> None:
    lessons.update()
    mine = lessons.folder() / "05_materials.ipynb"
    mine.write_bytes(broken)
    lessons.update()
    assert mine.read_bytes() == broken
    name, saved = lessons.reset("05")
    assert mine.read_bytes() == (kit / name).read_bytes()
    assert saved is not None
    assert saved.read_bytes() == broken


def test_a_reset_saves_the_learners_version_each_time(kit: Path) -> None:
    lessons.update()
    mine = lessons.folder() / "05_materials.ipynb"
    saved = []
    for number in range(2):
        mine.write_text(notebook(f"mine = {number}"))
        saved.append(lessons.reset("05_materials")[1])
        assert mine.read_bytes() == (kit / "05_materials.ipynb").read_bytes()
    assert [f"mine = {n}" in path.read_text() for n, path in enumerate(filter(None, saved))] == [True, True]
    assert lessons.reset("05_materials.ipynb")[1] is None


@pytest.mark.parametrize("lesson", ["", "0", "7", "../05", "picture.png"])
def test_a_reset_of_no_one_lesson_is_said(kit: Path, lesson: str) -> None:
    lessons.update()
    with pytest.raises(lessons.LessonError, match=r"there are: 00_start_here\.ipynb, 05_materials\.ipynb"):
        lessons.reset(lesson)


def test_lessons_that_cannot_be_written_are_said(kit: Path) -> None:
    (home() / "lessons").write_text("a file where the folder belongs")
    with pytest.raises(lessons.LessonError, match="set PRODKIT_HOME"):
        lessons.update()


# ---------------------------------------------------------------- what may run on opening


def test_the_digest_is_of_the_code_alone_and_of_all_of_it() -> None:
    digest = lessons.code_digest(json.loads(notebook("a", "b")))
    assert digest == lessons.code_digest(json.loads(notebook("a", "b", text="other prose")))
    others = [("b", "a"), ("a",), ("ab",), ("a", "b", "c"), ("a", "b "), ('a","b',)]
    assert digest not in {lessons.code_digest(json.loads(notebook(*code))) for code in others}


def test_a_lesson_that_was_kept_may_still_run_by_its_old_code(kit: Path) -> None:
    lessons.update()
    old = json.loads(notebook("2 + 2", text="with my note"))
    (lessons.folder() / "05_materials.ipynb").write_text(json.dumps(old))
    (kit / "05_materials.ipynb").write_text(notebook("2 + 200"))
    lessons.update()
    known = lessons.run_digests()
    assert lessons.code_digest(old) in known
    assert lessons.code_digest(json.loads(notebook("2 + 200"))) in known
    assert lessons.code_digest(json.loads(notebook("import os"))) not in known


def test_only_the_kits_own_lessons_are_signed(kit: Path) -> None:
    import nbformat
    from nbformat.sign import NotebookNotary

    lessons.update()
    (lessons.folder() / "05_materials.ipynb").write_text(notebook("import os  # changed"))
    (lessons.folder() / "stranger.ipynb").write_text(notebook("import os"))
    own = lab.prepare()
    lab._sign(lessons.folder(), own)
    notary = NotebookNotary(data_dir=str(own / "data"))
    signed = {
        p.name: notary.check_signature(nbformat.read(p, as_version=4))
        for p in lessons.folder().glob("*.ipynb")
    }
    notary.store.close()
    assert signed == {"00_start_here.ipynb": True, "05_materials.ipynb": False, "stranger.ipynb": False}


def test_the_settings_are_the_kits_own(kit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTER_TOKEN", "")  # this would switch the token off
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "/somewhere/else")
    own = lab.prepare()
    assert own == home() / "jupyter"
    assert "JUPYTER_TOKEN" not in os.environ
    assert "JUPYTER_CONFIG_PATH" not in os.environ
    for name in (
        "JUPYTER_CONFIG_DIR",
        "JUPYTER_DATA_DIR",
        "JUPYTER_RUNTIME_DIR",
        "IPYTHONDIR",
        "MPLCONFIGDIR",
    ):
        assert Path(os.environ[name]).is_relative_to(home())
    page = json.loads((own / "config" / "labconfig" / "page_config.json").read_text())
    assert page["prodkitLessons"].split(",") == lessons.run_digests()
    assert page["disabledExtensions"]["@voila-dashboards/jupyterlab-preview"]


def test_the_extensions_package_file_is_what_lab_reads() -> None:
    from jupyterlab_server.config import get_federated_extensions

    found = get_federated_extensions([str(EXTENSIONS)])  # a malformed one would raise here, and in Lab
    assert set(found) == {"prodkit-run-on-open"}
    build = found["prodkit-run-on-open"]["jupyterlab"]["_build"]
    entry = EXTENSIONS / "prodkit-run-on-open" / build["load"]
    assert "window._JUPYTERLAB" in entry.read_text()
    assert "'prodkit-run-on-open'" in entry.read_text()


# ---------------------------------------------------------------- the command


def run(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "prodkit", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )


def start(*arguments: str) -> tuple[subprocess.Popen[str], list[str]]:
    """Start a server and read its terminal up to the address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "prodkit", *arguments, "--no-browser"],
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line.strip())
        if line.startswith("http"):
            break
    return process, said


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


@pytest.mark.parametrize(
    ("command", "page"),
    [("lab", "/lab/tree/00_start_here.ipynb"), ("app", "/voila/render/00_start_here.ipynb")],
)
def test_two_lines_are_said_and_ctrl_c_ends_it(kit: Path, command: str, page: str) -> None:
    process, said = start(command)
    try:
        assert len(said) == 2
        assert said[0].endswith("Ctrl-C ends it.")
        address = re.fullmatch(rf"http://localhost:(\d+){re.escape(page)}\?token=[0-9a-f]{{48}}", said[1])
        assert address, said
        assert not is_free(int(address[1]))
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=10)
        assert rest == ""
        assert process.returncode == 0
        assert is_free(int(address[1]))
        assert list((home() / "jupyter" / "runtime").glob("jpserver*")) == []
    finally:
        process.kill()


def test_a_port_in_use_is_passed_over_unless_it_was_asked_for(kit: Path) -> None:
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # one closed a moment ago is no hindrance
        try:
            taken.bind(("127.0.0.1", 8888))
            taken.listen()
        except OSError:
            pass  # something else has it: as good
        process, said = start("lab")
        try:
            assert ":8888/" not in said[-1]
            process.send_signal(signal.SIGTERM)
            assert process.wait(10) == 0
        finally:
            process.kill()
        answer = run("lab", "--no-browser", "--port", "8888")
    assert answer.returncode == 1
    assert (
        answer.stderr.strip()
        == "prodkit: port 8888 is taken or not allowed: leave --port away, or name another"
    )


def test_a_newer_lesson_and_a_reset_are_told(kit: Path) -> None:
    lessons.update()
    (lessons.folder() / "05_materials.ipynb").write_text(notebook("mine"))
    (kit / "05_materials.ipynb").write_text(notebook("2 + 200"))
    for arguments, told in (
        ((), "yours was kept. To take it: prodkit lab --reset 05_materials"),
        (("--reset", "05"), "05_materials.ipynb is as it shipped; your version is in"),
    ):
        process, said = start("lab", *arguments)
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
        assert any(told in line for line in said[:-2]), said


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("lab", "--reset", "77"), 1, "no one lesson begins with '77'"),
        (("lab", "--port", "0"), 2, "--port"),
        (("lab", "--nonsense"), 2, "No such option"),
        (("nonsense",), 2, "No such command"),
    ],
)
def test_errors_are_told_in_a_line(kit: Path, arguments: tuple[str, ...], code: int, told: str) -> None:
    answer = run(*arguments)
    assert answer.returncode == code
    assert told in answer.stderr
    assert "Traceback" not in answer.stderr + answer.stdout


def test_a_data_folder_that_is_a_file_is_told_in_a_line(
    kit: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("PRODKIT_HOME", str(tmp_path / "file"))
    answer = run("lab", "--no-browser")
    assert answer.returncode == 1
    assert answer.stderr.count("\n") == 1
    assert "set PRODKIT_HOME" in answer.stderr


def test_the_list_of_lessons_is_read_from_their_first_cells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening = "# Pull & push\n\nWhat to\nmake.\n\n| | what you decide | minutes |\n| --- | --- | ---: |\n"
    opening += "| [Sitting 1](#Sitting-1) | how many <b> | 40 |\n| [Sitting 2](#Sitting-2) | when | 40 |\n"
    cell = {"cell_type": "markdown", "source": opening.splitlines(keepends=True)}
    for name in ("07_pull.ipynb", "00_start_here.ipynb"):
        (tmp_path / name).write_text(json.dumps({"cells": [cell]}))
    monkeypatch.setenv("PRODKIT_LESSONS", str(tmp_path))
    shown = lessons.lesson_list()
    assert str(shown) == "07 Pull & push: What to make.\n  Sitting 1: how many <b>\n  Sitting 2: when"
    html = shown._repr_html_()
    assert 'href="07_pull.ipynb">Pull &amp; push</a>' in html
    assert "<li>how many &lt;b&gt;</li>" in html
