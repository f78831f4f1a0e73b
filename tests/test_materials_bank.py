"""The bank of materials problems: what is particular to it."""

from __future__ import annotations

import pytest
from bank_tests import *  # noqa: F403

from prodkit import Plant, materials
from prodkit.exercises import Attempt, Verdict, all_problems, draw, judge
from prodkit.exercises.variant import draw_given

SUBJECT = "materials"
BANK = all_problems(SUBJECT)


def test_the_discount_decision_is_the_subjects_own(metal: Plant) -> None:
    seen = set()
    for seed in range(1, 21):
        v = draw(BANK["materials.discount_all_units"], metal, seed)
        breaks = [(r["from_quantity"], r["unit_price"]) for r in v.g.steps]
        best = materials.discount_quantity(v.g.demand, v.g.order_cost, breaks, holding_rate=v.g.holding_rate)
        assert (best.quantity == breaks[-1][0]) == (v.key.best == "last")
        seen.add(v.key.best)
    assert seen == {"middle", "last"}


def test_shelf_life_decides_against_the_price_break(metal: Plant) -> None:
    seen = set()
    for seed in range(1, 21):
        g = (v := draw(BANK["materials.price_break_shelf_life"], metal, seed)).g
        breaks = [(0, g.price), (g.break_quantity, g.low_price)]
        kept = materials.discount_quantity(
            52 * g.weekly, g.order_cost, breaks, holding_rate=g.holding_rate, max_quantity=g.weekly * g.shelf
        )
        assert (kept.unit_price == g.low_price) == (v.key.answer == "take")
        seen.add(v.key.answer)
    assert seen == {"take", "split"}


@pytest.mark.parametrize(
    ("problem_id", "part", "answers"),
    [
        ("materials.lots_tell", "tell", {"two", "each"}),
        ("materials.late_supplier", "say", {"open", "worse"}),
        ("materials.late_supplier", "do", {"ask", "act"}),
        ("materials.two_suppliers", "prefer", {"one", "two"}),
        ("materials.supplier_slips", "act", {"express", "move"}),
    ],
)
def test_a_decision_goes_either_way(problem_id: str, part: str, answers: set[str], metal: Plant) -> None:
    assert {getattr(draw(BANK[problem_id], metal, seed).key, part) for seed in range(1, 21)} == answers


def test_a_plan_made_by_hand_is_judged_by_cost_and_capacity(metal: Plant) -> None:
    v = draw(BANK["materials.capacity_plan"], metal, 3)
    needs = {name: list(line["needs"]) for name, line in zip(("one", "two"), v.g.lines, strict=True)}

    def verdict() -> Verdict:
        typed = {name: {str(t): str(x) for t, x in enumerate(row, 1)} for name, row in needs.items()}
        return judge(v, {"lots": typed}).verdicts["lots"]

    assert "Week 4 needs 44.8 hours; there are 40." in verdict().text
    needs["two"][3] -= 50
    assert "week 4 is 50 units short" in verdict().text
    needs["two"][2] += 50
    by_hand = verdict()
    assert 0.4 < by_hand.credit < 0.95
    assert "above the best" in by_hand.title


@pytest.mark.parametrize("industry", ["metal", "food"])
def test_what_is_made_and_what_is_bought_is_called_so(industry: str) -> None:
    plant = Plant.sample(industry)
    kinds = plant.table("items").set_index("item")["kind"]
    for seed in range(1, 11):
        for problem_id in ("materials.packed_lots", "materials.lots_tell"):
            assert kinds[draw(BANK[problem_id], plant, seed).g.item] == "buy"
        g = draw(BANK["materials.capacity_plan"], plant, seed).g
        assert g.shared == "made"
        assert {kinds[g.one], kinds[g.two]} == {"make"}


def test_figures_stay_near_the_plant_and_are_worth_a_talk(metal: Plant) -> None:
    items = metal.table("items").set_index("item")
    for seed in range(1, 16):
        g = draw(BANK["materials.silver_meal"], metal, seed).g
        assert 0.2 < g.order_cost / items["order_cost"][g.item] < 2.5
        g = (v := draw(BANK["materials.buffer_decision"], metal, seed)).g
        assert v.key.keep >= 200
        assert min(g.surcharge, g.hours) >= 25
        assert draw(BANK["materials.supplier_slips"], metal, seed).g.fee >= 120
        assert 10 <= draw(BANK["materials.ready_buffers"], metal, seed).g.days <= 20
        g = draw(BANK["materials.price_break_shelf_life"], metal, seed).g
        own = items["shelf_life_weeks"][g.item]
        assert g.spoils.startswith("Suppose") != (own / 2 <= g.shelf <= 1.5 * own)


def test_order_costs_stay_near_the_plants_own_where_a_lot_would_last_for_months(metal: Plant) -> None:
    tables = {name: metal.table(name) for name in metal.tables}
    tables["items"]["order_cost"] *= 25
    slow, own = Plant(tables), tables["items"].set_index("item")["order_cost"]
    for name in ("lot_for_lot", "packed_lots", "silver_meal", "lots_tell"):
        for seed in range(1, 6):
            g = draw_given(BANK[f"materials.{name}"], slow, seed, 0)
            assert 0.3 < g.order_cost / own[g.item] < 3, name
    for line in draw_given(BANK["materials.capacity_plan"], slow, 1, 0).lines:
        assert 0.3 < line["setup_cost"] / own[line["item"]] < 3


def test_most_problems_run_on_a_small_plant_itself(bakery: Plant) -> None:
    lacking = [i for i in BANK if Attempt(i, bakery).notice]
    assert len(lacking) < len(BANK) / 2, lacking


def test_figures_far_from_the_plants_own_are_called_made_up() -> None:
    """The small print of a card follows from its figures: weekly needs, order cost, standard, bins."""
    plants = [Plant.sample(name) for name in ("metal", "chemical")]
    told = set()
    for plant in plants:
        use = plant.yearly_use() / 52
        items = plant.items.set_index("item")
        for seed in range(12):
            for pid in ("materials.lots_tell", "materials.wagner_whitin"):
                turn = Attempt(pid, plant, seed)
                g = turn.variant.g
                week, cost = (
                    sum(g.needs) / len(g.needs) / use[g.item],
                    g.order_cost / items["order_cost"][g.item],
                )
                near = all(1 / 3 <= x <= 3 for x in (week, cost))
                assert turn.view()["figures"].startswith(
                    "Figures near those of" if near else "Made-up figures"
                )
                told.add(near)
            g = Attempt("materials.ready_weeks", plant, seed).variant.g
            assert 1 / 3 <= g.year_cost / (items["unit_cost"][g.item] * plant.holding_rate) <= 3
        assert (
            Attempt("materials.abc_counts", plant, 1).view()["figures"]
            == f"Made-up figures, with names of {plant.name}"
        )
    assert told == {True, False}
