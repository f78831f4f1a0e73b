"""Problems on lots and machines: decisions fall either way, keys are the subject's own, plans are judged with reasons."""

from __future__ import annotations

import pandas as pd
import pytest

from prodkit import Plant, scheduling
from prodkit.exercises import all_problems, draw, judge

BANK = all_problems("scheduling")


@pytest.mark.parametrize(
    ("problem_id", "part", "answers"),
    [
        ("which_order", "rule", {"spt", "edd", "moore"}),
        ("johnson_three", "why", {"first", "third"}),
        ("backward", "do", {"go", "queue"}),
        ("hot_order", "do", {"behind", "owner", "decline"}),
        ("operator_absent", "do", {"lend", "wait"}),
        ("overtime_or_late", "do", {"overtime", "late"}),
        ("why_late", "why", {"material", "machine", "labor", "no time left"}),
        ("which_clash", "clash", {"machine", "order", "release", "closed", "none"}),
        ("which_method", "method", {"sequence", "johnson", "parallel", "job_shop", "project"}),
        ("ready_changes", "late", {"yes", "no"}),
    ],
)
def test_a_decision_falls_either_way(problem_id: str, part: str, answers: set[str], metal: Plant) -> None:
    problem, seen = BANK[f"scheduling.{problem_id}"], set()
    for seed in range(1, 41):
        seen.add(getattr(draw(problem, metal, seed).key, part))
        if seen >= answers:
            break
    assert seen == answers


def test_another_order_that_is_as_good_is_right(metal: Plant) -> None:
    v = draw(BANK["scheduling.moore"], metal, 2)
    late = v.key.late
    order = list(v.key.order)
    assert late >= 1
    order[0], order[1] = order[1], order[0]
    jobs = {r["job"]: {"hours": r["hours"], "due": r["due"]} for r in v.g.jobs}
    n_late = scheduling.sequence(jobs, order).n_late
    assert (judge(v, {"order": order}).verdicts["order"].kind == "right") == (n_late == late)


def test_a_schedule_by_hand_is_told_where_it_clashes_and_how_far_it_is_from_the_best(metal: Plant) -> None:
    v = draw(BANK["scheduling.shop_plan"], metal, 3)

    def verdict(plan: dict[str, dict[str, float]]) -> object:
        typed = {lot: {k: str(x) for k, x in row.items()} for lot, row in plan.items()}
        return judge(v, {"plan": typed}).verdicts["plan"]

    at_once = verdict({lot: dict.fromkeys("123", 1.0) for lot in "ABC"})
    assert at_once.title == "Cannot be carried out"  # type: ignore[attr-defined]
    assert "overlap" in at_once.text  # type: ignore[attr-defined]
    assert verdict(v.key.plan).credit == 1  # type: ignore[attr-defined]
    later = {lot: {k: x + 1 for k, x in row.items()} for lot, row in v.key.plan.items()}
    assert 0 < verdict(later).credit < 1  # type: ignore[attr-defined]


def test_the_operations_hit_by_a_stop_run_there_while_it_lasts(metal: Plant) -> None:
    for seed in range(1, 4):
        v = draw(BANK["scheduling.machine_stands"], metal, seed)
        table = pd.DataFrame(v.g.work)
        there = (table["center"] == v.g.down) & (table["start"] < v.g.again) & (table["end"] > v.g.stop)
        assert v.key.hit == tuple(f"op{i}" for i in table.index[there])
        assert len(v.key.hit) < v.key.moved
