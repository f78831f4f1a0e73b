"""Charts of lots, tested by what they show."""

from __future__ import annotations

import numpy as np
import pytest
from chart_checks import check_inside, check_size, check_words

from prodkit import charts, materials
from prodkit.charts.style import Chart
from prodkit.errors import InputError

DEMAND = [22, 34, 32, 12, 8, 44, 54, 16, 76, 30]
RULES = ("lot_for_lot", "eoq", "periods", "silver_meal", "least_unit_cost", "part_period", "wagner_whitin")


def plan(
    rule: str = "wagner_whitin", demand: list[float] | None = None, **options: object
) -> materials.LotPlan:
    figures = {"order_cost": 200, "holding_cost": 3.25, **options}
    return materials.lot_sizes(DEMAND if demand is None else demand, rule, **figures)


def every() -> dict[str, Chart]:
    dear = {"order_cost": 1, "holding_cost": 1, "unit_cost": [5, 5, 9, 9]}
    year = np.random.default_rng(1).integers(0, 90, 52)
    return {
        "race": charts.lot_race({p.name: p for p in map(plan, RULES)}, currency="USD"),
        "one": charts.lot_race({"Wagner-Whitin": plan()}),
        "dearer": charts.lot_race(
            {"Early": plan(demand=[10] * 4, **dear), "In time": plan("lot_for_lot", [10] * 4, **dear)}
        ),
        "nothing": charts.lot_race({"Silver-Meal": plan("silver_meal", [0, 0]), "Best": plan(demand=[0, 0])}),
        "plan": charts.lot_plan(plan("silver_meal"), unit="pieces"),
        "year": charts.lot_plan(plan(demand=year, safety_stock=30, on_hand=50), unit="m", period="day"),
        "lot for lot": charts.lot_plan(plan("lot_for_lot")),
        "no order": charts.lot_plan(plan(demand=[0, 0])),
    }


@pytest.fixture(scope="module")
def drawn() -> dict[str, Chart]:
    return every()


def test_each_has_a_finding_units_alt_text_and_fits_the_picture(drawn: dict[str, Chart]) -> None:
    for name, chart in drawn.items():
        check_words(chart, name, least=60)
        check_size(chart, name)
        check_inside(chart, name, [*chart.ax.texts, *chart.ax.get_yticklabels()])


def test_the_race_has_a_bar_a_rule_the_cheapest_first(drawn: dict[str, Chart]) -> None:
    chart = drawn["race"]
    assert chart.title == "Silver-Meal comes nearest: 2 % above the cheapest plan"
    assert chart.ax.get_xlabel() == "Cost of the plan (USD)"
    names = [label.get_text() for label in chart.ax.get_yticklabels()]
    plans = {p.name: p for p in map(plan, RULES)}
    assert names == sorted(names, key=lambda n: plans[n].cost)
    assert names[0] == "Wagner-Whitin"
    ordering, holding = (chart.ax.patches[i : i + len(RULES)] for i in (0, len(RULES)))
    for name, first, second in zip(names, ordering, holding, strict=True):
        assert first.get_width() == pytest.approx(plans[name].ordering_cost)
        assert second.get_width() == pytest.approx(plans[name].holding_cost)
        assert second.get_x() == pytest.approx(first.get_width())
    shown = [text.get_text() for text in chart.ax.texts]
    assert {"Ordering", "Holding", "1,351", "1,442  + 6.7 %"} <= set(shown)
    assert chart.ax.get_xlim()[0] == 0
    assert "Wagner-Whitin 1,351 USD; Silver-Meal" in chart.alt


def test_the_race_says_who_wins_also_on_a_tie_and_without_the_optimum(drawn: dict[str, Chart]) -> None:
    assert drawn["one"].title == "Wagner-Whitin costs least: 1,351"
    assert drawn["dearer"].title == "In time comes nearest: 22.4 % above the cheapest plan"
    assert len(drawn["dearer"].ax.patches) == 6  # purchase too, since it differs
    assert "purchase, ordering and holding" in drawn["dearer"].alt
    flat = {
        n: plan(r, [40, 40, 40])
        for n, r in (("A", "silver_meal"), ("B", "part_period"), ("C", "lot_for_lot"))
    }
    costs = {n: p.cost for n, p in flat.items()}
    assert costs["A"] < costs["C"]
    title = charts.lot_race({"A": flat["A"], "C": flat["C"]}).title
    assert (
        title == f"A costs least: {costs['A']:.0f}, {100 * (1 - costs['A'] / costs['C']):.1f} % less than C"
    )
    tie = charts.lot_race({"A": flat["A"], "B": flat["A"], "Best": plan(demand=[40, 40, 40])}).title
    assert tie == "A and B find the cheapest plan"
    assert drawn["nothing"].title == "Silver-Meal finds the cheapest plan"


def test_the_race_takes_plans_for_one_demand_only() -> None:
    with pytest.raises(InputError, match="one plan or more"):
        charts.lot_race({})
    with pytest.raises(InputError, match=r"plans\['B'\] must be a plan for the same demand"):
        charts.lot_race({"A": plan(), "B": plan(demand=[1, 2])})


def test_a_plan_shows_receipts_demand_and_stock(drawn: dict[str, Chart]) -> None:
    chart = drawn["plan"]
    silver_meal = plan("silver_meal")
    assert chart.title == "4 orders in 10 weeks: at the end of a week 17.8 pieces left on average"
    assert (chart.ax.get_xlabel(), chart.ax.get_ylabel()) == ("Week", "Quantity (pieces)")
    bars = [p.get_height() for p in chart.ax.patches if hasattr(p, "get_height")]
    assert tuple(bars) == silver_meal.receipts
    stairs = [p for p in chart.ax.patches if hasattr(p, "get_data")]
    assert tuple(stairs[0].get_data().values) == silver_meal.ending_stock
    dots = next(line for line in chart.ax.lines if line.get_marker() == "o")
    assert list(dots.get_ydata()) == DEMAND
    assert {t.get_text() for t in chart.ax.texts} == {"Received", "Demand", "Stock at the end"}
    assert "highest, 70 pieces, in week 6" in chart.alt
    assert chart.ax.get_ylim()[0] == 0
    assert drawn["lot for lot"].title == "10 orders in 10 weeks: nothing is ever left"
    assert "safety stock 30" in {t.get_text() for t in drawn["year"].ax.texts}
    assert len(drawn["year"].ax.get_xticks()) == 26
