"""The sample plants, a folder each: what each is, as declarations. `load(name)` gives one.

A folder holds `items.py` (BASE: the plant, its items, bills, suppliers, seasons), `operations.py` (its shop, people,
trade, money and their stories), `methods.py`, `quality_safety.py`, and an `__init__.py` that puts them together as INDUSTRY.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from industry import Industry

NAMES = tuple(sorted(path.parent.name for path in Path(__file__).parent.glob("*/__init__.py")))


def load(name: str) -> Industry:
    """The declared industry of this name."""
    industry = import_module(f"industries.{name}").INDUSTRY
    assert isinstance(industry, Industry)
    return industry
