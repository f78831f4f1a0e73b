"""The problems on work measurement, balance and layout: what is particular to them."""

from __future__ import annotations

from itertools import permutations

import pytest

from prodkit import Plant, methods
from prodkit.errors import MissingTableError
from prodkit.exercises import Verdict, all_problems, draw, judge
from prodkit.exercises.bank.methods import balance_rows as rows
from prodkit.exercises.variant import draw_given

BANK = all_problems("methods")


@pytest.mark.parametrize(
    ("problem_id", "part", "answers"),
    [
        ("methods.takt_absence", "do", {"overtime", "lend"}),
        ("methods.new_method", "do", {"buy", "cheaper"}),
        ("methods.layout_swap", "best", {"pair1", "pair2", "pair3", "none"}),
        ("methods.which_work", "method", {"study", "sampling", "motions", "layout", "needed"}),
        ("methods.which_line", "method", {"takt", "balance", "check", "weights", "absence"}),
    ],
)
def test_the_figures_decide(problem_id: str, part: str, answers: set[str], metal: Plant) -> None:
    assert {getattr(draw(BANK[problem_id], metal, seed).key, part) for seed in range(1, 31)} == answers


def test_every_fault_of_a_balance_comes_up_and_is_told(metal: Plant) -> None:
    seen: set[str] = set()
    for seed in range(1, 31):
        v = draw(BANK["methods.balance_check"], metal, seed)
        groups = [row["tasks"].split(", ") for row in v.g.stations]
        found = methods.check_balance(rows.times(v.g), groups, after=rows.links(v.g), cycle_time=v.g.cycle)
        told = judge(v, {"wrong": list(v.key.wrong)}).verdicts["wrong"].cells
        assert all(any(fault in cell["text"] for cell in told.values()) for fault in found)
        seen |= set(v.key.wrong)
    assert seen == {"order", "left", "twice", "slow"}


def _far(task: str, after: dict[str, str]) -> set[str]:
    """All tasks that come anywhere before one."""
    direct = {code.strip() for code in after[task].split(";") if code.strip()}
    return direct.union(*(_far(code, after) for code in direct))


def test_tasks_drawn_keep_the_order_of_the_line_without_those_left_out(metal: Plant) -> None:
    table = metal.table("tasks")
    for seed in range(1, 16):
        g = draw_given(BANK["methods.balance_plan"], metal, seed, 0)
        own = (
            table[table["line"].str.partition(",")[0] == g.line]
            .drop_duplicates("task")
            .set_index("task")["after"]
            .to_dict()
        )
        kept = [row["task"] for row in g.tasks]
        for i, task in enumerate(kept):
            before = {x for x in kept if task in rows.followers(g, x)}
            assert before == _far(task, own) & set(kept)
            assert before <= set(kept[:i])


def test_a_balance_of_ones_own_is_judged_by_its_slowest_station(metal: Plant) -> None:
    v = draw(BANK["methods.balance_plan"], metal, 3)
    tasks = [row["task"] for row in v.g.tasks]

    def verdict(plan: dict[str, int]) -> Verdict:
        return judge(v, {"plan": {task: str(station) for task, station in plan.items()}}).verdicts["plan"]

    best = {task: int(station) for task, station in v.key.plan.items()}
    assert verdict(best).credit == 1
    at_one = verdict(dict.fromkeys(tasks, 1))
    assert at_one.credit == 0
    assert "above the best" in at_one.title
    last = max(tasks, key=lambda t: len([x for x in tasks if t in rows.followers(v.g, x)]))
    broken = verdict({**dict.fromkeys(tasks, 3), last: 1})
    assert "which it needs" in broken.text
    assert "stations are 1 to 3" in verdict({**best, last: 4}).text
    assert verdict({**best, last: 0}).credit == 0
    assert "do not make a plan" in judge(v, {"plan": dict.fromkeys(tasks, "1.5")}).verdicts["plan"].text
    by_rule = rows.station_of(rows.balanced(rows.rows_of(v.g), None, 3, "ranked_positional_weight"))
    assert 0 < verdict(by_rule).credit < 1


def test_equal_weights_may_stand_either_way(metal: Plant) -> None:
    problem = BANK["methods.positional_weights"]
    order = problem.part("order")
    v = draw(problem, metal, 5)
    weight = rows.weights(rows.rows_of(v.g))
    for one in permutations(v.key.order[-3:]):
        given = (*v.key.order[:-3], *one)
        right = [weight[t] for t in given] == sorted(weight.values(), reverse=True)
        assert (order.judge(v, list(given), v.key, clean=True).credit == 1) == right


def test_stations_by_weight_follow_from_a_cell_that_is_wrong(metal: Plant) -> None:
    v = draw(BANK["methods.balance_by_weight"], metal, 2)
    key = {task: str(int(x)) for task, x in v.key.plan["station"].items()}
    first = next(iter(key))
    verdict = judge(v, {"plan": {"station": {**key, first: "2"}}}).verdicts["plan"]
    assert verdict.cells["station"][first]["state"] == "wrong"
    assert 0 < verdict.credit < 1


def test_what_the_tables_lack_is_said(metal: Plant) -> None:
    tables = {name: metal.table(name) for name in metal.tables}
    few = Plant({**tables, "tasks": tables["tasks"].groupby("line").head(4).assign(after="")})
    with pytest.raises(MissingTableError, match="8 tasks of one line and model"):
        draw(BANK["methods.balance_plan"], few, 1)
    apart = Plant({**tables, "flows": tables["flows"].head(1)})
    with pytest.raises(MissingTableError, match="flows"):
        draw(BANK["methods.layout_swap"], apart, 1)
    short = Plant(
        {**tables, "motion_studies": tables["motion_studies"].groupby(["operation", "method"]).head(3)}
    )
    with pytest.raises(MissingTableError, match="five steps"):
        draw(BANK["methods.two_hands"], short, 1)
