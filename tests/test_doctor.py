"""The doctor names what is missing or at odds, says what to do, and survives what it finds."""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys
from pathlib import Path

import pytest

from prodkit import doctor

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    (shipped / "00_start_here.ipynb").write_text("{}")
    monkeypatch.setenv("PRODKIT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PRODKIT_LESSONS", str(shipped))
    return tmp_path


def pretend(monkeypatch: pytest.MonkeyPatch, **versions: str | None) -> None:
    """Let packages have another version, or be missing."""
    real = importlib.metadata.version

    def version(name: str) -> str:
        if name in versions and versions[name] is None:
            raise importlib.metadata.PackageNotFoundError(name)
        return versions.get(name) or real(name)

    monkeypatch.setattr(importlib.metadata, "version", version)


def faults() -> list[str]:
    return [str(check) for check in doctor.examine() if check.needed and not check.fine]


def run() -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "prodkit", "doctor"], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_a_sound_install_has_no_faults() -> None:
    assert faults() == []
    lines = [str(check) for check in doctor.examine()]
    for package in ("numpy", "ortools", "jupyterlab", "voila"):
        assert f"✓ {package} {importlib.metadata.version(package)}" in lines
    assert not any(line.split()[1] in ("pytest", "nbval") for line in lines)  # those are for tests only
    answer = run()
    assert answer.returncode == 0
    assert answer.stdout.startswith("✓ prodkit")


def test_a_missing_package_is_named_with_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, voila=None)
    assert faults() == ["✗ voila is missing: pip install 'voila>=0.5.13'"]


def test_a_version_out_of_range_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, pulp="4.0.1")
    (told,) = faults()
    assert told.startswith("✗ pulp 4.0.1 does not fit: pip install 'pulp")


def test_the_clash_of_highspy_and_ortools_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, highspy="1.15.0", ortools="9.15.6755")
    assert (
        "✗ highspy 1.15.0 and ortools 9.15.6755 cannot share a process: each carries its own HiGHS library: "
        "pip install 'highspy<1.15'" in faults()
    )
    pretend(monkeypatch, highspy="1.15.0", ortools=None)
    assert not any("cannot share" in told for told in faults())


def test_another_python_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    assert "✗ Python 3.10.4: prodkit needs Python 3.11, 3.12 or 3.13" in faults()


def test_a_data_folder_that_cannot_be_written_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRODKIT_HOME", str(folder / "shipped" / "00_start_here.ipynb"))
    told = faults()
    assert len(told) == 1
    assert "set PRODKIT_HOME" in told[0]
    answer = run()
    assert answer.returncode == 1
    assert answer.stderr == ""


def test_a_damaged_journal_is_told_but_does_not_stop_the_lessons(folder: Path) -> None:
    (folder / "home").mkdir()
    (folder / "home" / "journal.sqlite").write_bytes(b"x" * 5000)
    assert faults() == []
    assert any("damaged; move it aside" in str(check) for check in doctor.examine())


def test_missing_lessons_are_told(folder: Path) -> None:
    (folder / "shipped" / "00_start_here.ipynb").unlink()
    assert any(told.startswith("✗ lessons: 0 in") for told in faults())
    (folder / "shipped").rmdir()
    assert any("PRODKIT_LESSONS" in told for told in faults())


def test_it_runs_without_the_packages_it_asks_about() -> None:
    """Nothing but the standard library and typer: the doctor itself must not be the next thing that fails."""
    code = """
import sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"packaging", "platformdirs", "numpy", "matplotlib", "jupyterlab", "nbformat"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Missing())
from prodkit.doctor import examine
print("\\n".join(map(str, examine())))
"""
    answer = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={k: v for k, v in os.environ.items() if k != "PRODKIT_HOME"},
    )
    assert answer.returncode == 0, answer.stderr
    assert "✗ packaging is missing: pip install packaging" in answer.stdout
    assert "✗ platformdirs is missing: pip install platformdirs" in answer.stdout
