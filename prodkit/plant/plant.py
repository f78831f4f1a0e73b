"""A plant: named, checked tables, read, shown and written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import InputError, MissingTableError
from . import bills
from .checking import check_sheets, inspect
from .reading import from_frames
from .sheets import Fault, refuse
from .tables import INDUSTRIES, TABLES
from .writing import write_folder, write_workbook

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Plant"]


class Plant:
    """The tables of one plant, each a DataFrame with the documented columns.

    `plant.items`, `plant.demand` and so on, or `plant.table("items")`. Each access hands out a copy: a plant never
    changes. `datasets/README.md` lists every table and column. A plant that was read is free of faults; one that is
    built from DataFrames fills in what is optional, and says by `check()` what is wrong with it.

    Parameters
    ----------
    tables
        DataFrames by the name of the table.

    Examples
    --------
    >>> plant = Plant.sample("metal")
    >>> plant.name, plant.currency
    ('Halden Metal', 'USD')
    >>> plant.items.loc[plant.items["item"] == "coil-2mm", "order_cost"].item()
    80.0
    """

    def __init__(self, tables: Mapping[str, pd.DataFrame]) -> None:
        for name in tables:
            if name not in TABLES:
                raise InputError("table", name, "one of " + ", ".join(TABLES))
        frames, self._faults = check_sheets(from_frames(tables))
        self._tables = {
            name: frames.get(name, tables[name]).copy()
            for name in TABLES
            if name in tables and (len(tables[name]) or not TABLES[name].optional)
        }
        self.remarks: tuple[str, ...] = ()  # what reading left aside

    @classmethod
    def _of(cls, frames: dict[str, pd.DataFrame], remarks: tuple[str, ...] = ()) -> Plant:
        """A plant of tables that were checked already."""
        plant = cls({})
        plant._tables, plant._faults, plant.remarks = frames, [], remarks
        return plant

    @classmethod
    def read(
        cls,
        path: str | Path,
        *,
        decimal: str | None = None,
        date_format: str = "",
        progress: Callable[[float], object] | None = None,
    ) -> Plant:
        """A plant from a folder of CSV files or an .xlsx workbook.

        Every table, column, cell, key and reference is checked, and nothing is guessed: a number is a number, a day
        is written as 2026-01-05. Columns that the kit does not know are kept, as text. Formulas are never run; the
        value stored with them counts. CSV files may be parted by commas, semicolons or tabs, and be UTF-8 or
        Windows-1252; `remarks` says what was read how, and what was left aside.

        Parameters
        ----------
        path
            The folder or the workbook.
        decimal
            The decimal mark of numbers written as text, "." or ",". Where it is left out it is a point, or in files
            parted by semicolons or tabs what their numbers show; numbers that can be read both ways are a fault.
        date_format
            How days are written as text if not as 2026-01-05: YYYY, MM and DD in any order, such as DD.MM.YYYY.
        progress
            Called again and again with the share that was read since the last call.

        Raises
        ------
        PlantError
            If anything is wrong; its message and its `faults` name all of it.
        InputError
            If the decimal mark or the date format is none.
        """
        seen = inspect(Path(path), decimal, date_format, progress)
        if seen.faults:
            raise refuse(seen.source, seen.faults)
        return cls._of(seen.frames, tuple(seen.remarks))

    @classmethod
    def sample(cls, industry: str) -> Plant:
        """The kit's made plant of one industry.

        Raises
        ------
        InputError
            If there is no sample of that name.
        """
        return _sample(industry)

    @staticmethod
    def samples() -> tuple[str, ...]:
        """The industries that the kit has a made plant of.

        >>> "metal" in Plant.samples()
        True
        """
        return tuple(name for name in INDUSTRIES if sample_folder(name))

    def write(self, path: str | Path) -> None:
        """Write every table: to an .xlsx workbook if the name ends so, else as CSV files into a folder.

        Text that starts with = + - or @ stays text. Files are replaced only once all are whole.
        """
        target = Path(path)
        if target.suffix.lower() == ".xlsx":
            write_workbook(self._tables, target)
        else:
            write_folder(self._tables, target)

    def check(self) -> list[Fault]:
        """Everything that is wrong with the tables; an empty list if nothing is."""
        return list(self._faults)

    def table(self, name: str) -> pd.DataFrame:
        """A copy of one table.

        Raises
        ------
        MissingTableError
            If this plant has no such table.
        InputError
            If the kit knows no table of that name.
        """
        if name not in TABLES:
            raise InputError("table", name, "one of " + ", ".join(TABLES))
        if name not in self._tables:
            raise MissingTableError(name, TABLES[name].meaning)
        return self._tables[name].copy()

    def need(self, name: str, rows: int = 1, purpose: str = "this") -> pd.DataFrame:
        """A copy of one table that has at least so many rows.

        Raises
        ------
        MissingTableError
            If it is missing or shorter; the message says for what it is needed.
        """
        found = len(self._tables.get(name, ()))
        if found < rows:
            raise MissingTableError(name, f"{purpose} needs {rows} rows of it, and there are {found}")
        return self.table(name)

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables that this plant has."""
        return tuple(self._tables)

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name.startswith("_") or name not in TABLES:
            raise AttributeError(f"a plant has no table or property {name!r}")
        return self.table(name)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self.tables})

    def __repr__(self) -> str:
        rows = ", ".join(f"{name} {len(frame):,}" for name, frame in self._tables.items() if name != "about")
        if self._faults:
            return f"Plant with {len(self._faults)} faults: {rows}"
        return f"{self.name} ({self.industry}, {self.jurisdiction}, {self.currency}, {self.units}): {rows}"

    def _fact(self, name: str) -> Any:
        return self.table("about")[name].iloc[0]

    @property
    def name(self) -> str:
        """What the plant is called."""
        return str(self._fact("name"))

    @property
    def industry(self) -> str:
        """One of the six industries."""
        return str(self._fact("industry"))

    @property
    def jurisdiction(self) -> str:
        """Whose law applies: US, CA, or with a state or province."""
        return str(self._fact("jurisdiction"))

    @property
    def currency(self) -> str:
        """Currency of every amount, as a three-letter code."""
        return str(self._fact("currency"))

    @property
    def units(self) -> str:
        """System of weights and lengths: metric or US."""
        return str(self._fact("units"))

    def unit(self, table: str, column: str) -> str:
        """The unit that a column of this plant is counted in.

        >>> Plant.sample("metal").unit("items", "weight")
        'kg'
        """
        return TABLES[table].column(column).unit_in(self.units)

    @property
    def first_day(self) -> date:
        """Today: the Monday on which planning starts."""
        day: date = self._fact("first_day").date()
        return day

    @property
    def holding_rate(self) -> float:
        """Cost of keeping one unit for a year (share of its unit cost)."""
        return float(self._fact("holding_rate"))

    @cached_property
    def _use(self) -> pd.DataFrame:
        return bills.weekly_use(self.table("items"), self._tables.get("bom"), self.table("demand"))

    def weekly_use(self, item: str | None = None) -> pd.DataFrame:
        """What was sold of each item and what went into other items, week by week.

        Parameters
        ----------
        item
            One item; every item where it is left out.

        Returns
        -------
        DataFrame
            week (Monday), item, quantity (units); one row for every item and week of the demand, in that order.

        Raises
        ------
        InputError
            If the plant has no such item.

        Notes
        -----
        Demand is exploded through the usual bills: quantity_per / (1 - scrap_share) of the component for each parent
        started, and 1 / yield_share parents started for each good one. Use counts in the week of the sale: lead times
        are not taken off, nor is stock of what was made ahead. Weeks that ran out of stock count with what was sold.
        """
        if item is None:
            return self._use.copy()
        use = self._use[self._use["item"] == item]
        if use.empty:
            raise InputError("item", item, "an item of this plant")
        return use.reset_index(drop=True)

    def yearly_use(self) -> pd.Series[float]:
        """Use of each item in the last 52 weeks of the demand (units a year), by item; see `weekly_use`.

        Shorter histories are scaled up to 52 weeks.
        """
        return self._yearly.copy()

    @cached_property
    def _yearly(self) -> pd.Series[float]:
        use = self._use
        weeks = use["week"].drop_duplicates().sort_values().tail(52)
        total = use[use["week"] >= weeks.iloc[0]].groupby("item", sort=False)["quantity"].sum()
        yearly: pd.Series[float] = (total * 52 / len(weeks)).rename("use")
        return yearly


def sample_folder(industry: str) -> Path | None:
    """Where the tables of a sample are: beside the package in a clone, inside it once installed."""
    package = Path(__file__).resolve().parents[1]
    roots = (package.parent / "datasets", package / "_share" / "datasets")
    return next((root / industry for root in roots if (root / industry / "about.csv").is_file()), None)


@lru_cache(maxsize=len(INDUSTRIES))
def _sample(industry: str) -> Plant:
    folder = sample_folder(industry) if industry in INDUSTRIES else None
    if folder is None:
        raise InputError("industry", industry, "one of the samples: " + ", ".join(Plant.samples()))
    return Plant.read(folder)
