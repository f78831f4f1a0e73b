"""The errors that prodkit raises. Each says what came, where, and what would do."""

from __future__ import annotations

__all__ = ["InputError", "MissingTableError", "PlantError", "ProdkitError", "SolverError"]


class ProdkitError(Exception):
    """Any error of the kit's own; its text is a sentence for the user."""


class InputError(ProdkitError, ValueError):
    """A value outside what the model allows: which, what came, what would do.

    Examples
    --------
    >>> str(InputError("demand", -5, "zero or more (units a year)"))
    'demand must be zero or more (units a year), got -5'
    """

    def __init__(self, name: str, got: object, expected: str) -> None:
        self.name, self.got, self.expected = name, got, expected
        super().__init__(f"{name} must be {expected}, got {got!r}")


class PlantError(ProdkitError):
    """A plant that cannot be read. `faults` holds every one of them, not only the first."""

    def __init__(self, message: str, faults: tuple[object, ...] = ()) -> None:
        self.faults = faults
        super().__init__(message)


class MissingTableError(ProdkitError, LookupError):
    """A plant that lacks the table, or the rows, that a lesson or a problem needs."""

    def __init__(self, table: str, need: str) -> None:
        self.table, self.need = table, need
        super().__init__(f"the plant's table {table!r} is missing or too short: {need}")


class SolverError(ProdkitError, RuntimeError):
    """A model without an answer: infeasible, unbounded, or stopped before any answer."""
