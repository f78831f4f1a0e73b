"""Charts of projects, tested by what they show."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from chart_checks import check_inside, check_size, check_words

from prodkit import Plant, scheduling
from prodkit.charts import scheduling as charts
from prodkit.charts.style import Chart
from prodkit.errors import InputError

BOOTH = pd.DataFrame(
    {
        "activity": ["A", "B", "C", "D", "E"],
        "name": ["plan", "order", "foundation", "set up", "release"],
        "after": ["", "A", "A", "B;C", "D"],
        "days": [3, 9, 4, 5, 0],
        "days_optimistic": [2, 7, 3, 4, 0],
        "days_pessimistic": [5, 14, 8, 7, 0],
        "cost": [300, 900, 800, 500, 0],
        "crash_days": [2, 6, 4, 3, 0],
        "crash_cost": [500, 1800, 800, 800, 0],
        "resource": ["office", "office", "builder", "builder", ""],
    }
)


def every() -> dict[str, Chart]:
    out = {}
    for sample in Plant.samples():
        plant = Plant.sample(sample)
        for project in plant.activities["project"].unique():
            rows = plant.activities.query("project == @project")
            capacity = rows.groupby("resource")["resource_units"].max().to_dict()
            shared = scheduling.resource_schedule(plant, capacity, project=project, rule="longest")
            out[f"{project}: path"] = charts.project_gantt(scheduling.critical_path(plant, project=project))
            out[f"{project}: shared"] = charts.project_gantt(shared)
            out[f"{project}: use"] = charts.resource_use(shared, str(rows["resource"].iloc[0]))
            estimate = scheduling.pert(plant, project=project, runs=500)
            out[f"{project}: chance"] = charts.project_chance(estimate)
    crash = scheduling.crash
    out["crash"] = charts.crash_curve(crash(BOOTH, target_days=13), currency="USD")
    out["crash in all"] = charts.crash_curve(crash(BOOTH, indirect_cost_per_day=250), currency="USD")
    out["nothing"] = charts.crash_curve(crash(BOOTH, target_days=99), currency="USD")
    out["no room"] = charts.crash_curve(crash(BOOTH.assign(crash_days=BOOTH["days"]), target_days=99))
    out["certain"] = charts.project_chance(
        scheduling.pert(BOOTH.assign(days_optimistic=BOOTH["days"], days_pessimistic=BOOTH["days"]), runs=100)
    )
    out["all critical"] = charts.project_gantt(scheduling.critical_path(BOOTH[["activity", "days"]].iloc[:1]))
    return out


@pytest.fixture(scope="module")
def drawn() -> dict[str, Chart]:
    return every()


def test_each_has_a_finding_units_alt_text_and_fits_the_picture(drawn: dict[str, Chart]) -> None:
    assert len(drawn) > 45
    for name, chart in drawn.items():
        check_words(chart, name, least=40)
        check_size(chart, name, dpi=72)
        check_inside(
            chart, name, [*chart.ax.texts, *chart.ax.get_yticklabels(), chart.ax._left_title], left=-1
        )


def test_bars_stand_at_the_earliest_times_and_show_float() -> None:
    plan = scheduling.critical_path(BOOTH)
    chart = charts.project_gantt(plan)
    bars = [(p.get_y() + p.get_height() / 2, p.get_x(), p.get_width()) for p in chart.ax.patches]
    assert bars[:3] == [(pytest.approx(y), x, w) for y, x, w in [(0, 0, 3), (1, 3, 9), (2, 3, 4)]]
    assert bars[3] == (pytest.approx(2), 7, 5)  # the float of C, behind it
    assert len(bars) == 5
    assert len(chart.ax.lines) == 1  # E takes no time: a diamond
    assert chart.ax.get_yticklabels()[0].get_text() == "A  plan"
    assert chart.title == "17 days: A, B, D and E may not be late"
    assert "With float: C 5 days." in chart.alt


def test_waits_are_drawn_from_when_all_else_was_ready() -> None:
    crew = pd.DataFrame(
        {"activity": ["A", "B", "C"], "days": [4, 2, 3], "after": ["", "", "B"], "resource": ["f", "g", "f"]}
    )
    chart = charts.project_gantt(scheduling.resource_schedule(crew, {"f": 1}))
    hatched = [p for p in chart.ax.patches if p.get_hatch()]
    assert [(p.get_x(), p.get_width()) for p in hatched] == [(2, 2)]
    assert chart.title == "7 days within the limits, 2 more than without; no schedule is shorter"
    assert "Waits: C 2 days for A." in chart.alt


def test_the_chance_lines_are_the_estimate() -> None:
    estimate = scheduling.pert(BOOTH, due=19)
    chart = charts.project_chance(estimate)
    normal, simulated = chart.ax.lines[:2]
    for x, low, high in zip(normal.get_xdata(), normal.get_ydata(), simulated.get_ydata(), strict=True):
        assert low == pytest.approx(100 * estimate.chance_normal(x))
        assert high == pytest.approx(100 * estimate.chance_simulated(x))
    assert normal.get_linestyle() != simulated.get_linestyle()
    assert chart.title.startswith(
        f"Done in 19 days: {100 * estimate.chance_normal():.0f} % by the normal curve"
    )
    assert {"due: 19"} <= {t.get_text() for t in chart.ax.texts}


def test_the_crash_curve_has_a_dot_at_the_plan() -> None:
    plan = scheduling.crash(BOOTH, indirect_cost_per_day=250)
    chart = charts.crash_curve(plan, currency="USD")
    assert len(chart.ax.lines) >= 5  # three costs, the dot, the limit
    total = chart.ax.lines[2]
    at = list(total.get_xdata()).index(plan.length)
    assert total.get_ydata()[at] == pytest.approx(plan.total_cost) == min(total.get_ydata())
    assert np.array_equal(total.get_xdata(), sorted(plan.curve["days"]))
    assert chart.ax.get_ylabel() == "Cost (USD)"


def test_use_of_a_resource_is_drawn_in_steps() -> None:
    plan = scheduling.resource_schedule(BOOTH, {"builder": 2})
    chart = charts.resource_use(plan, "builder")
    bars = [(p.get_x(), p.get_width(), p.get_height()) for p in chart.ax.patches]
    assert bars == [(3, 4, 1), (7, 5, 0), (12, 5, 1)]
    with pytest.raises(InputError, match="one of office, builder"):
        charts.resource_use(plan, "welder")
