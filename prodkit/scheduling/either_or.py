"""The job shop as a mixed-integer model with a large number: what a lesson shows, beside CP-SAT, which `job_shop` uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd
    import pulp

__all__ = ["shop_model"]


def shop_model(operations: pd.DataFrame, *, is_relaxed: bool = False) -> pulp.LpProblem:
    r"""A small shop as a model for `prodkit.solver.solve`: starts, and an either-or for each two lots that meet.

    Parameters
    ----------
    operations
        job, step, machine, hours, by job and step; one machine each.
    is_relaxed
        Whether either-or may be answered by a fraction, as a solver does before it branches.

    Returns
    -------
    pulp.LpProblem
        Minimizes `end` (hours). `start_k` is the start of the k-th row; `first_j_k` is 1 where row j goes before row k.

    Notes
    -----
    :math:`s_k \ge s_j + p_j - M (1 - y)` and :math:`s_j \ge s_k + p_k - M y`, with M the sum of all hours (A. S. Manne,
    "On the job-shop scheduling problem", Operations Research 8, 1960; from memory, unchecked). Relaxed, it knows little
    more than the longest job.

    Examples
    --------
    >>> import pandas as pd
    >>> from prodkit import solver
    >>> work = pd.DataFrame({"job": ["A", "A", "B", "B"], "step": [1, 2, 1, 2],
    ...                      "machine": ["saw", "lathe", "lathe", "saw"], "hours": [3, 2, 2, 4]})
    >>> solver.solve(shop_model(work)).objective, solver.solve(shop_model(work, is_relaxed=True)).objective
    (7.0, 6.0)
    """
    import pulp

    rows = operations.to_dict("records")
    big = float(operations["hours"].sum())
    model = pulp.LpProblem("shop", pulp.LpMinimize)
    end = model.add_variable("end", 0)
    start = [model.add_variable(f"start_{k}", 0) for k in range(len(rows))]
    model += end
    for k, row in enumerate(rows):
        model += start[k] + row["hours"] <= end, f"end_after_{k}"
        if k and rows[k - 1]["job"] == row["job"]:
            model += start[k] >= start[k - 1] + rows[k - 1]["hours"], f"step_{k}"
        for j, other in enumerate(rows[:k]):
            if other["machine"] == row["machine"] and other["job"] != row["job"]:
                kind = pulp.LpContinuous if is_relaxed else pulp.LpBinary
                first = model.add_variable(f"first_{j}_{k}", 0, 1, kind)
                model += start[k] >= start[j] + other["hours"] - big * (1 - first), f"either_{j}_{k}"
                model += start[j] >= start[k] + row["hours"] - big * first, f"or_{j}_{k}"
    return model
