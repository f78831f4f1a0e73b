"""An installed kit works without the clone: the wheel is built, installed alone, and used from elsewhere."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = {
    "prodkit": "prodkit",
    "notebooks": "prodkit/_share/notebooks",
    "datasets": "prodkit/_share/datasets",
}


def pip(*arguments: object) -> None:
    command = [sys.executable, "-m", "pip", *map(str, arguments), "--quiet", "--disable-pip-version-check"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def sources() -> set[str]:
    """What the wheel must hold, by its names there; listed before it is built."""
    found = {
        f"{there}/{path.relative_to(ROOT / here).as_posix()}"
        for here, there in SHIPPED.items()
        for path in (ROOT / here).rglob("*")
        if path.is_file()
        and not any(
            part.startswith((".", "__pycache__")) for part in path.relative_to(ROOT).parts
        )  # no caches
    }
    assert len(found) > 100
    return found


@pytest.fixture(scope="module")
def wheel(sources: set[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", ROOT, "--no-deps", "--wheel-dir", folder)
    [built] = folder.glob("prodkit-*.whl")
    return built


@pytest.fixture(scope="module")
def kit(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """The folder that the kit is installed in, and the environment that finds it there."""
    folder = tmp_path_factory.mktemp("installed")
    pip("install", "--no-deps", "--no-index", "--target", folder, wheel)
    away = ("PRODKIT_LESSONS", "PYTHONSAFEPATH", "PYTHONHOME")
    env = {name: value for name, value in os.environ.items() if name not in away}
    return folder, env | {"PYTHONPATH": str(folder), "PRODKIT_HOME": str(tmp_path_factory.mktemp("home"))}


def run(kit: tuple[Path, dict[str, str]], elsewhere: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=elsewhere, env=kit[1], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_wheel_holds_all_that_the_kit_is_made_of(wheel: Path, sources: set[str]) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert sorted(sources - names) == []
    extra = {name for name in names - sources if ".dist-info/" not in name}
    assert sorted(extra) == []


def test_plant_lessons_and_cards_are_found_without_the_clone(
    kit: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    code = """
import prodkit
from prodkit import Plant, home, lessons
from prodkit.widgets import exercise
print(prodkit.__file__)
print(home.clone())
print(len(Plant.sample("metal").items) >= 40)
print("00_start_here.ipynb" in lessons.names())
card = exercise("materials.eoq")
print(len(card._esm) > 10_000, len(card._css) > 5_000)
"""
    where, *rest = run(kit, tmp_path, "-c", code).splitlines()
    assert Path(where) == kit[0] / "prodkit" / "__init__.py"
    assert rest == ["None", "True", "True", "True True"]


def test_the_doctor_finds_nothing_amiss(kit: tuple[Path, dict[str, str]], tmp_path: Path) -> None:
    assert str(kit[0]) in run(kit, tmp_path, "-m", "prodkit", "doctor")


def test_lab_starts_serves_a_lesson_and_ends_on_ctrl_c(
    kit: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "prodkit", "lab", "--no-browser", "--port", str(port)],
        cwd=tmp_path,
        env=kit[1],
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    too_long = threading.Timer(120, process.kill)
    too_long.start()
    try:
        assert process.stdout is not None
        said = [process.stdout.readline().strip() for _ in range(2)]
        address = urlsplit(said[1])
        assert address.path == "/lab/tree/00_start_here.ipynb", said
        for path, content in (
            ("api/contents/00_start_here.ipynb", b"run_on_open"),
            ("lab/extensions/prodkit-run-on-open/package.json", b"prodkit-run-on-open"),
        ):
            with urllib.request.urlopen(
                f"http://{address.netloc}/{path}?{address.query}", timeout=60
            ) as answer:
                assert content in answer.read()
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=60)
        assert (process.returncode, rest) == (0, "")
    finally:
        too_long.cancel()
        process.kill()
