"""Thousands of spoiled workbooks and folders, the same ones every time: a plant or a list of faults, and nothing else.

PRODKIT_MUTANTS=50000 tries more than the usual 1,500 of each kind.
"""

from __future__ import annotations

import io
import os
import random
import zipfile
from pathlib import Path

import plant_inputs as made
import pytest

from prodkit.errors import PlantError
from prodkit.plant import Fault, Plant

MUTANTS = int(os.environ.get("PRODKIT_MUTANTS", "1500"))
TOKENS = [
    b"", b" ", b",", b";", b"\t", b'"', b"'", b"\n", b"\r\n", b"\x00", b"\xff", b"\xef\xbb\xbf", b"=1+1", b"-", b"1e308",
    b"nan", b"1,250", b"1.250", b"12,5", b"2026-01-05", b"5.1.2026", b"yes", b"#N/A", b"item", b"quantity", b"cart",
    b"sep=;\n", b"9" * 400, b"<", b"/>", b"</c>", b"<c", b"<row>", b'r="A1"', b'r="ZZZZ9"', b't="s"', b't="d"', b't="b"',
    b's="77"', b"<v>-1</v>", b"<v>1e99</v>", b"<f>1</f>", b"&amp;", b"&#0;", b"&x;", b"_xD800_", b"<!DOCTYPE a>",
    b'<mergeCell ref="?"/>', b'date1904="1"', b'state="hidden"', b'formatCode="d"',
]  # fmt: skip


def spoil(content: bytes, chance: random.Random) -> bytes:
    """One to three small changes at random places."""
    for _ in range(chance.randint(1, 3)):
        a = chance.randrange(len(content) + 1)
        b = min(len(content), a + chance.choice((1, 1, 2, 5, 30, 200)))
        piece = content[a:b]
        kind = chance.randrange(6)
        if kind == 0:
            new = chance.choice(TOKENS)  # something else in its place
        elif kind == 1:
            new = chance.choice(TOKENS) + piece
        elif kind == 2:
            new = piece * 2
        elif kind == 3:
            new = b""
        elif kind == 4:
            new = bytes(byte ^ (1 << chance.randrange(8)) for byte in piece)
        else:
            lines = content.split(b"\n")
            chance.shuffle(lines)
            content, a, b, new = b"\n".join(lines), 0, 0, b""
        content = content[:a] + new + content[b:]
    return content


def read_or_refuse(path: Path, again: bool) -> bool:
    """Whether it was read; what was read is the same once written."""
    refused = None
    try:
        plant = Plant.read(path)
    except PlantError as error:
        refused = error
    if refused:
        assert refused.faults
        assert all(isinstance(fault, Fault) and str(fault) for fault in refused.faults)
        assert str(refused).startswith(path.name)
        return False
    if again:
        plant.write(path.parent / "again.xlsx")
        other = Plant.read(path.parent / "again.xlsx")
        assert all(plant.table(name).equals(other.table(name)) for name in plant.tables)
        assert plant.tables == other.tables
    return True


@pytest.mark.parametrize(
    "dialect", [(",", "."), (";", ","), ("\t", ".")], ids=["commas", "semicolons", "tabs"]
)
def test_spoiled_folders(tmp_path: Path, dialect: tuple[str, str]) -> None:
    from test_plant_reading import write_folder

    folder = write_folder(tmp_path / "p", *dialect)
    whole = {path: path.read_bytes() for path in sorted(folder.iterdir())}
    chance = random.Random(f"folders {dialect}")
    good = 0
    for number in range(MUTANTS // 3):
        path = chance.choice(list(whole))
        path.write_bytes(spoil(whole[path], chance))
        good += read_or_refuse(folder, number % 25 == 0)
        path.write_bytes(whole[path])
    assert MUTANTS // 100 < good < MUTANTS // 4  # some changes do no harm, most are found


@pytest.mark.parametrize("traits", [made.LIBREOFFICE, made.BARE], ids=["shared", "bare"])
def test_spoiled_parts_of_a_workbook(tmp_path: Path, traits: made.Traits) -> None:
    path = made.write(tmp_path / "plant.xlsx", traits._replace(blank_styled=0))
    with zipfile.ZipFile(path) as archive:
        whole = {name: archive.read(name) for name in archive.namelist()}
    chance = random.Random(f"parts {traits.inline}")
    good = 0
    for number in range(MUTANTS // 2):
        part = chance.choice(list(whole))
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as archive:
            for name, content in whole.items():
                if name != part or chance.random() > 0.03:  # else it is left out
                    archive.writestr(name, spoil(content, chance) if name == part else content)
        path.write_bytes(held.getvalue())
        good += read_or_refuse(path, number % 25 == 0)
    assert MUTANTS // 100 < good < MUTANTS // 3


def test_spoiled_bytes_of_a_workbook(tmp_path: Path) -> None:
    path = made.write(tmp_path / "plant.xlsx")
    whole = path.read_bytes()
    chance = random.Random("bytes")
    good = 0
    for number in range(MUTANTS):
        path.write_bytes(spoil(whole, chance))
        good += read_or_refuse(path, number % 25 == 0)
    assert good < MUTANTS // 2
