"""The one place that solves linear and mixed-integer models and reads their answer.

A model is a `pulp.LpProblem`, as a learner reads it. It is solved by HiGHS, in this process; where highspy
is not installed, by the HiGHS that SciPy carries.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from ._common import number, spoken
from .errors import InputError, SolverError

if TYPE_CHECKING:
    import numpy as np
    import pulp
    from numpy.typing import NDArray

__all__ = ["Solution", "solve"]

_CLASH_SECONDS = 2.0


@dataclass(frozen=True)
class Solution:
    """What came out of a model. Made by `solve`."""

    status: str
    """optimal (proven) · feasible (an answer, not proven best) · infeasible · unbounded · stopped (the
    time was over before any answer)."""
    objective: float | None
    """Value of the objective, in the model's own sense; None without an answer."""
    bound: float | None
    """Proven: no answer is better than this; None where nothing is proven."""
    values: dict[str, float] = field(repr=False)
    """Value of each variable by name; empty without an answer."""
    duals: dict[str, float] = field(repr=False)
    """Shadow price of each constraint by name: change of the objective for one more on its right-hand
    side. Empty where a variable is integer (no such prices exist) and where nothing is proven optimal."""
    reduced_costs: dict[str, float] = field(repr=False)
    """Change of the objective for one more of each variable at its bound; empty as `duals` is."""
    slacks: dict[str, float] = field(repr=False)
    """Room left in each constraint, zero or more; zero where it binds."""
    clash: tuple[str, ...]
    """Of an infeasible model: constraints, and bounds such as `x <= 40`, that cannot hold together, while
    any one of them left out, the rest can. Empty where the time did not suffice to find them."""
    solver: str
    """What solved it."""
    seconds: float = field(compare=False)
    """Time taken."""

    @property
    def is_optimal(self) -> bool:
        """Whether the answer is proven the best."""
        return self.status == "optimal"

    @property
    def has_answer(self) -> bool:
        """Whether there is an answer at all."""
        return self.status in ("optimal", "feasible")

    @property
    def gap(self) -> float | None:
        """Distance of the bound from the objective, as a share of the objective; None without both."""
        if self.objective is None or self.bound is None:
            return None
        return abs(self.objective - self.bound) / max(abs(self.objective), 1e-9)

    def require(self) -> Solution:
        """This solution, where it has an answer; else a SolverError that says why not."""
        if not self.has_answer:
            raise SolverError(str(self))
        return self

    def __str__(self) -> str:
        if self.objective is not None:
            how = "proven the best" if self.is_optimal else "not proven the best"
            if self.bound is not None and not self.is_optimal:
                how += f" (no answer beats {spoken(self.bound)})"
            return f"Objective {spoken(self.objective)}, {how}.\nSolved by {self.solver}."
        if self.status == "infeasible":
            which = f"these cannot hold together: {', '.join(self.clash)}"
            return f"The model has no answer: {which if self.clash else 'which constraints clash was not found'}."
        if self.status == "unbounded":
            return "The model has no best answer: its objective improves without end. A limit is missing."
        return "The time was over before any answer was found. Allow more, or make the model smaller."


def solve(problem: pulp.LpProblem, *, time_limit: float = 60.0, gap: float = 0.0) -> Solution:
    """Solve a linear or mixed-integer model.

    Parameters
    ----------
    problem
        A `pulp.LpProblem`, minimised or maximised. Its variables get their `varValue` too.
    time_limit
        Seconds after which the best answer so far is taken.
    gap
        Share of the objective at which the proof may stop, for models with integers.

    Returns
    -------
    Solution
        `.status`, `.objective`, `.bound`, `.values`, `.slacks`, `.duals`, `.clash`; `.require()` raises
        where there is no answer.

    Raises
    ------
    InputError
        If the problem is not a PuLP model, holds a figure that is not finite, or a limit is out of range.

    Notes
    -----
    A shadow price is the change of the objective, in the model's own sense, for one more on the
    constraint's right-hand side: positive for scarce capacity when profit is maximised, and for demand to
    be met when cost is minimised. (PuLP's own `pi` has the wrong sign on maximisation with HiGHS.) It holds
    for small changes; where the optimum is degenerate it may hold to one side only.

    A model stopped by the time limit is "feasible", never "optimal", unless its bound proves it.

    Examples
    --------
    >>> import pulp
    >>> model = pulp.LpProblem("mix", pulp.LpMaximize)
    >>> a, b = model.add_variable("a", 0), model.add_variable("b", 0)
    >>> model += 30 * a + 50 * b
    >>> model += a + 2 * b <= 40, "welding"
    >>> model += 3 * a + b <= 60, "paint"
    >>> mix = solve(model)
    >>> mix.status, mix.objective, mix.values
    ('optimal', 1080.0, {'a': 16.0, 'b': 12.0})
    >>> mix.duals
    {'welding': 24.0, 'paint': 2.0}
    """
    import pulp

    if not isinstance(problem, pulp.LpProblem):
        raise InputError("problem", type(problem).__name__, "a pulp.LpProblem")
    limit = number("time_limit", time_limit, "above zero (seconds)", above=0)
    share = number("gap", gap, "a share, 0 or more and below 1", low=0, below=1)
    model = _Model(problem)
    begin = time.perf_counter()
    if model.crossed:
        return _no_answer("infeasible", model.crossed, "no solver: a variable's bounds cross", begin)
    raw = _by_highspy(problem, model, limit, share) if _has_highspy() else _by_scipy(model, limit, share)
    status = raw.status
    if status == "unclear":
        can = model.can_hold(range(len(model.items)), limit)
        status = {True: "unbounded", False: "infeasible", None: "stopped"}[can]
    if raw.x is None:
        clash = model.clash(_CLASH_SECONDS) if status == "infeasible" else ()
        return _no_answer(status, clash, raw.solver, begin)
    x = [_snap_integer(v) if i else _snap(v) for v, i in zip(raw.x, model.is_integer, strict=True)]
    objective = _snap(model.objective(x))
    bound = objective if raw.bound is None and status == "optimal" else raw.bound
    if bound is not None:
        bound = _snap(bound)
        proven = abs(bound - objective) <= 1e-6 * max(1.0, abs(objective))
        if proven:
            bound = objective
        status = "optimal" if proven else "feasible"
    for variable, value in zip(model.variables, x, strict=True):
        variable.varValue = value
    priced = status == "optimal" and not any(model.is_integer)
    return Solution(
        status=status,
        objective=objective,
        bound=bound,
        values={n: v for n, v in zip(model.names, x, strict=True) if n != "__dummy"},
        duals=_named(model.rows, raw.duals, model.sign) if priced else {},
        reduced_costs=_named(model.names, raw.reduced, model.sign) if priced else {},
        slacks=dict(zip(model.rows, model.slacks(x), strict=True)),
        clash=(),
        solver=raw.solver,
        seconds=time.perf_counter() - begin,
    )


def _has_highspy() -> bool:
    return find_spec("highspy") is not None


def _no_answer(status: str, clash: tuple[str, ...], solver: str, begin: float) -> Solution:
    return Solution(status, None, None, {}, {}, {}, {}, clash, solver, time.perf_counter() - begin)


def _named(names: Sequence[str], figures: Sequence[float], sign: float) -> dict[str, float]:
    out = {}
    for name, figure in zip(names, figures, strict=True):
        whole = round(figure)
        near = abs(figure - whole) <= 1e-9 * max(1.0, abs(figure))
        if name != "__dummy":
            out[name] = sign * (float(whole) if near else float(figure)) + 0.0
    return out


def _snap(x: float) -> float:
    """54.9999999 is 55 and -0.0 is 0: a solver's tolerance, not a figure."""
    whole = round(x)
    return float(whole) + 0.0 if abs(x - whole) <= min(2e-7 + 1e-9 * abs(x), 1e-5) else float(x)


def _snap_integer(x: float) -> float:
    return float(round(x)) + 0.0 if abs(x - round(x)) <= 1e-5 else float(x)


@dataclass(frozen=True)
class _Raw:
    """A solver's own answer, as if the model were minimised."""

    status: str
    x: Sequence[float] | None
    bound: float | None  # in the model's own sense
    duals: Sequence[float]
    reduced: Sequence[float]
    solver: str


class _Model:
    """A PuLP model as arrays, read with the calls that PuLP 3 and 4 both know."""

    def __init__(self, problem: pulp.LpProblem) -> None:
        import numpy as np
        import pulp
        from scipy import sparse

        if problem.objective is None:
            problem += pulp.lpSum([])
        self.sign = -1.0 if problem.sense == pulp.LpMaximize else 1.0
        self.variables = list(problem.variables())
        self.names = [v.name for v in self.variables]
        place = {n: i for i, n in enumerate(self.names)}
        self.is_integer = [v.cat == pulp.LpInteger for v in self.variables]
        self.low = np.array(
            [-math.inf if v.lowBound is None else v.lowBound for v in self.variables], dtype=float
        )
        self.high = np.array(
            [math.inf if v.upBound is None else v.upBound for v in self.variables], dtype=float
        )
        self.cost = np.zeros(len(self.names))
        for v, c in problem.objective.items():
            if v.name in place:
                self.cost[place[v.name]] += c
        self.constant = float(problem.objective.constant)
        constraints = list(problem.constraints())
        self.rows = [c.name for c in constraints]
        self.senses = [c.sense for c in constraints]
        self.right = np.array([-c.constant for c in constraints], dtype=float)
        entries = [(i, place[v.name], a) for i, c in enumerate(constraints) for v, a in c.items()]
        at_row, at_column, figures = zip(*entries, strict=True) if entries else ((), (), ())
        self.matrix = sparse.csr_matrix(
            (np.array(figures, dtype=float), (np.array(at_row, dtype=int), np.array(at_column, dtype=int))),
            shape=(len(self.rows), len(self.names)),
        )
        for what, array in (
            ("objective", self.cost),
            ("right-hand side", self.right),
            ("constraint", self.matrix.data),
            ("bound", self.low[~np.isinf(self.low)]),
            ("bound", self.high[~np.isinf(self.high)]),
        ):
            if not np.isfinite(array).all():
                raise InputError(f"the model's {what}", "a figure that is not finite", "finite numbers only")
        self.row_low = np.where([s >= 0 for s in self.senses], self.right, -np.inf)
        self.row_high = np.where([s <= 0 for s in self.senses], self.right, np.inf)
        self.crossed = tuple(
            f"{lo:g} <= {n} <= {hi:g}"
            for n, lo, hi in zip(self.names, self.low, self.high, strict=True)
            if lo > hi
        )
        # What can clash: every constraint, every upper bound, every lower bound but 0 and a binary's 0 and 1.
        self.items: list[tuple[str, str, int]] = [("row", n, i) for i, n in enumerate(self.rows)]
        for i, n in enumerate(self.names):
            binary = self.is_integer[i] and self.low[i] == 0 and self.high[i] == 1
            if math.isfinite(self.high[i]) and not binary:
                self.items.append(("high", f"{n} <= {self.high[i]:g}", i))
            if math.isfinite(self.low[i]) and self.low[i] != 0:
                self.items.append(("low", f"{n} >= {self.low[i]:g}", i))

    def objective(self, x: Sequence[float]) -> float:
        return float(self.cost @ x) + self.constant

    def slacks(self, x: Sequence[float]) -> list[float]:
        gaps = self.right - self.matrix @ x
        return [
            _snap(max(0.0, -g if s > 0 else g)) if s else 0.0 for g, s in zip(gaps, self.senses, strict=True)
        ]

    def can_hold(self, kept: Sequence[int] | range, seconds: float) -> bool | None:
        """Whether these items can hold together; None where the time was too short to tell."""
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp

        if seconds <= 0:
            return None
        low, high = self.low.copy(), self.high.copy()
        chosen = {self.items[i][::2] for i in kept}
        for kind, _, i in self.items:
            if kind == "high" and (kind, i) not in chosen:
                high[i] = np.inf
            if kind == "low" and (kind, i) not in chosen:
                low[i] = -np.inf
        rows = sorted(i for kind, i in chosen if kind == "row")
        limits = LinearConstraint(self.matrix[rows], self.row_low[rows], self.row_high[rows]) if rows else ()
        out = milp(
            np.zeros(len(self.names)),
            integrality=np.array(self.is_integer, dtype=int),
            bounds=Bounds(low, high),
            constraints=limits,
            options={"time_limit": seconds},
        )
        return {0: True, 2: False}.get(out.status)

    def clash(self, seconds: float) -> tuple[str, ...]:
        """An irreducible set of items that cannot hold together: QuickXplain (Junker, 2004)."""
        end = time.perf_counter() + seconds

        def holds(kept: list[int]) -> bool:
            answer = self.can_hold(kept, end - time.perf_counter())
            if answer is None:
                raise TimeoutError
            return answer

        def explain(background: list[int], grew: bool, items: list[int]) -> list[int]:
            if grew and not holds(background):
                return []
            if len(items) == 1:
                return items
            half = len(items) // 2
            first, second = items[:half], items[half:]
            of_second = explain([*background, *first], True, second)
            of_first = explain([*background, *of_second], bool(of_second), first)
            return of_first + of_second

        everything = list(range(len(self.items)))
        try:
            if not everything or holds(everything):
                return ()
            return tuple(self.items[i][1] for i in sorted(explain([], True, everything)))
        except TimeoutError:
            return ()


def _by_highspy(problem: pulp.LpProblem, model: _Model, limit: float, share: float) -> _Raw:
    import highspy
    import pulp

    problem.solve(pulp.HiGHS(msg=False, timeLimit=limit, gapRel=share))
    highs: Any = problem.solverModel
    name = f"HiGHS {highs.version()} through PuLP"
    problem.solverModel = None  # it cannot be copied or pickled with the model
    ended = highs.getModelStatus()
    states = highspy.HighsModelStatus
    words = {
        states.kOptimal: "optimal",
        states.kInfeasible: "infeasible",
        states.kUnbounded: "unbounded",
        states.kUnboundedOrInfeasible: "unclear",
        states.kModelEmpty: "optimal",
    }
    status = words.get(ended, "stopped")
    info = highs.getInfo()
    if status == "stopped" and info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
        status = "feasible"
    answer = highs.getSolution()
    bound = None
    if any(model.is_integer) and math.isfinite(info.mip_dual_bound):
        bound = model.sign * info.mip_dual_bound + model.constant
    if status not in ("optimal", "feasible"):
        return _Raw(status, None, bound, (), (), name)
    at = [v.index for v in model.variables]  # PuLP may have put a column of its own before them
    x, reduced = [answer.col_value[i] for i in at], [answer.col_dual[i] for i in at]
    return _Raw(status, x, bound, list(answer.row_dual), reduced, name)


def _by_scipy(model: _Model, limit: float, share: float) -> _Raw:
    import numpy as np
    import scipy
    from scipy.optimize import Bounds, LinearConstraint, linprog, milp

    name = f"HiGHS in SciPy {scipy.__version__} (highspy is not installed)"
    words = {0: "optimal", 1: "stopped", 2: "infeasible", 3: "unbounded", 4: "unclear"}
    cost = model.sign * model.cost
    senses = np.array(model.senses, dtype=int)
    if any(model.is_integer):
        limits = LinearConstraint(model.matrix, model.row_low, model.row_high) if model.rows else ()
        out = milp(
            cost,
            integrality=np.array(model.is_integer, dtype=int),
            bounds=Bounds(model.low, model.high),
            constraints=limits,
            options={"time_limit": limit, "mip_rel_gap": share},
        )
        bound = None
        if out.mip_dual_bound is not None and math.isfinite(out.mip_dual_bound):
            bound = model.sign * out.mip_dual_bound + model.constant
        status = "feasible" if out.x is not None and out.status == 1 else words[out.status]
        return _Raw(status, None if out.x is None else out.x.tolist(), bound, (), (), name)
    up, same = senses != 0, senses == 0
    turn: NDArray[np.float64] = np.where(senses[up] > 0, -1.0, 1.0)
    out = linprog(
        cost,
        A_ub=model.matrix[up].multiply(turn[:, None]).tocsr() if up.any() else None,
        b_ub=model.right[up] * turn if up.any() else None,
        A_eq=model.matrix[same] if same.any() else None,
        b_eq=model.right[same] if same.any() else None,
        bounds=np.column_stack([model.low, model.high]),
        method="highs",
        options={"time_limit": limit},
    )
    if out.status != 0:
        return _Raw(words[out.status], None, None, (), (), name)
    duals = np.zeros(len(model.rows))
    duals[up] = out.ineqlin.marginals * turn
    duals[same] = out.eqlin.marginals
    return _Raw(
        "optimal",
        out.x.tolist(),
        None,
        duals.tolist(),
        (out.lower.marginals + out.upper.marginals).tolist(),
        name,
    )
