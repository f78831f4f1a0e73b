"""The lot race and the MRP grid without a browser."""

from __future__ import annotations

import re
from typing import Any

import pytest

from prodkit import Plant, materials
from prodkit.charts import Chart
from prodkit.errors import MissingTableError
from prodkit.exercises import audit
from prodkit.exercises.numbers import Unreadable
from prodkit.plant import needed
from prodkit.widgets import explorers
from prodkit.widgets.explorers import Explorer, Pick, Row

METAL = Plant.sample("metal")
PLAN = materials.mrp(METAL)
COIL = needed(METAL, PLAN.records, "coil-2mm")


@pytest.fixture(autouse=True)
def _undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Chart, "png", lambda *_, **__: b"")  # drawn elsewhere


@pytest.fixture
def race() -> Explorer:
    return explorers.lot_race(METAL, "coil-2mm")


def shown(explorer: Explorer) -> dict[str, float]:
    return {
        label: float(re.match(r"[\d,.]+", now).group().replace(",", ""))  # type: ignore[union-attr]
        for label, now, _ in explorer.state["figures"]
    }


def test_the_race_shows_each_rules_own_cost(race: Explorer) -> None:
    figures = shown(race)
    for label, rule in (
        ("Lot for lot", "lot_for_lot"),
        ("Silver-Meal", "silver_meal"),
        ("Wagner-Whitin, the cheapest", "wagner_whitin"),
    ):
        plan = materials.lot_sizes(COIL.needs, rule, **COIL.costs)
        assert figures[label] == pytest.approx(plan.cost, abs=0.5)
    assert race.reached == (False, False)
    assert race.values["order_cost"] == METAL.items.set_index("item").loc["coil-2mm", "order_cost"]


def test_a_plan_of_ones_own_is_costed_by_its_ticks(race: Explorer) -> None:
    race.set(own=["1", "7"])
    needs = COIL.needs
    kept = sum((t % 6) * need for t, need in enumerate(needs))
    cost = 2 * COIL.order_cost + COIL.holding_cost * kept
    assert shown(race)["Your own plan"] == pytest.approx(cost, abs=0.5)
    race.set(own=[])
    kept = sum(t * need for t, need in enumerate(needs))
    assert shown(race)["Your own plan"] == pytest.approx(COIL.order_cost + COIL.holding_cost * kept, abs=0.5)


def test_the_first_target_is_a_plan_within_three_percent_at_todays_costs(race: Explorer) -> None:
    best = materials.lot_sizes(COIL.needs, **COIL.costs)
    own = [str(t) for t, lot in enumerate(best.receipts, start=1) if lot > 0]
    race.set(order_cost=0)
    race.set(own=own)
    assert race.reached[0] is False, "at other costs it does not count"
    said = race.set(order_cost=COIL.order_cost)
    assert race.reached[0] is True
    assert "You skipped a" in said
    worse = explorers.lot_race(METAL, "coil-2mm")
    worse.set(own=["1", "7"])
    assert shown(worse)["Your own above the cheapest"] > 3
    assert worse.reached[0] is False


def test_the_second_target_is_where_lot_for_lot_wins(race: Explorer) -> None:
    least = (
        min(COIL.needs[1:]) * COIL.holding_cost
    )  # below this an order is cheaper than keeping any week's need
    race.set(order_cost=1.02 * least)
    assert race.reached[1] is False
    race.set(order_cost=0.98 * least)
    assert race.reached[1] is True
    dearer = explorers.lot_race(METAL, "coil-2mm")
    dearer.set(holding_cost=4 * COIL.holding_cost, order_cost=1)
    assert dearer.reached[1] is False, "dearer keeping is no answer"


def test_every_sample_plant_has_its_race_with_both_targets_within_reach() -> None:
    for name in Plant.samples():
        plant = Plant.sample(name)
        it = needed(plant, materials.mrp(plant).records)
        race = explorers.lot_race(plant)
        assert it.item in race.view["title"]
        assert not race.view["notice"]
        assert race.reached == (False, False), name
        best = materials.lot_sizes(it.needs, **it.costs)
        race.set(own=[str(t) for t, lot in enumerate(best.receipts, start=1) if lot > 0])
        race.set(order_cost=0)
        assert race.reached == (True, True), name


def test_the_plan_in_the_picture_is_the_one_chosen(race: Explorer) -> None:
    before = race.state["finding"]
    race.set(shown="wagner_whitin")
    assert race.state["finding"] != before
    orders = materials.lot_sizes(COIL.needs, **COIL.costs).orders
    assert race.state["finding"].startswith(f"{orders} orders in 12 weeks")


@pytest.mark.parametrize("given", ["nosuch", "", None, 3, ["lot_for_lot"], {}, "<b>own</b>"])
def test_a_choice_that_is_none_is_refused(race: Explorer, given: Any) -> None:
    before = race.values["shown"]
    race._receive(race, {"do": "set", "values": {"shown": given}, "seq": 1}, [])
    assert race.values["shown"] == before
    assert "Choose one of" in race.state["faults"]["shown"]


def test_a_pick_of_many_keeps_the_lists_order_and_refuses_strangers() -> None:
    pick = Pick("w", "Weeks", (("1", "one"), ("2", "two"), ("3", "three")), ("1",))
    assert pick.read(["3", "1"]) == ("1", "3")
    assert pick.read([]) == ()
    assert pick.text(("1", "3")) == "one, three"
    assert pick.text(()) == "none"
    for bad in (["4"], [1], "4", 5, None):
        with pytest.raises(Unreadable, match="any of one, two, three"):
            pick.read(bad)
    one = Pick("w", "Week", (("1", "one"), ("2", "two")), "1")
    assert one.read("2") == "2"
    with pytest.raises(Unreadable):
        one.read(["2"])
    with pytest.raises(Unreadable):
        Pick("w", "Week", (("1", "one"),), "9")


def test_a_pick_works_in_an_explorer_of_ones_own() -> None:
    chart = Chart("a", "b").finish("A finding of some length", "An alt text.")
    explorer = Explorer(
        title="T",
        about="",
        dials=[Pick("w", "Week", (("1", "one"), ("2", "two")), "1")],
        compute=lambda w: int(w),
        figures=lambda w: [Row("Week", w)],
        picture=lambda _: chart,
        targets=[],
    )
    assert "Week: two (one of one, two)" in explorer.set(w="2")
    assert explorer.reset().splitlines()[1] == "Week: one (one of one, two)"


# ---- the record


@pytest.mark.parametrize("name", Plant.samples())
def test_the_grid_is_the_plants_own_and_takes_its_key(
    name: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRODKIT_HOME", str(tmp_path))
    plant = Plant.sample(name)
    card = explorers.mrp_grid(plant)
    assert card.view["plant"] == plant.name
    assert not card.view["notice"]
    g, key = card.attempt.variant.g, card.attempt.variant.key
    row = plant.items.set_index("item").loc[g.item]
    assert (g.lead, g.safety) == (row["lead_time_weeks"], round(row["safety_stock"]))
    assert g.rule["lot_rule"] == row["lot_rule"]
    gross = materials.mrp(plant).record(g.item).loc["gross"].iloc[1:9].to_numpy(dtype=float)
    assert g.gross == pytest.approx(gross, rel=0.1, abs=0.5)
    assert sum(x > 0 for x in key.record["receipt"].values()) >= 2, "there is something to plan"
    typed = card.attempt.problem.parts[0].type(key.record)
    assert "Right" in card.submit({"record": typed})


def test_one_slip_costs_one_cell_and_what_follows_counts(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRODKIT_HOME", str(tmp_path))
    card = explorers.mrp_grid(METAL, "coil-2mm")
    grid = card.attempt.problem.parts[0]
    key = card.attempt.variant.key.record
    assert card.attempt.variant.g.on_hand == METAL.items.set_index("item").loc["coil-2mm", "on_hand"]
    typed = grid.type(key)
    week = next(t for t in range(2, 8) if key["net"][t] > 0)
    typed["available"][str(week)] = str(key["available"][week] + 10)
    # the next week worked out from that figure
    typed["available"][str(week + 1)] = str(key["available"][week + 1] + 10)
    typed["net"][str(week + 1)] = str(max(0.0, key["net"][week + 1] - 10))
    card.submit({"record": typed})
    cells = card.verdict["parts"]["record"]["cells"]
    assert cells["available"][str(week)]["state"] == "wrong"
    for line in ("net", "available"):  # right from what was typed before, and so counted
        assert cells[line].get(str(week + 1), {"state": "right"})["state"] in ("partly", "right")
    assert card.verdict["state"] == "partly"


def test_its_problem_passes_the_audit_over_many_numbers() -> None:
    report = audit(explorers.mrp_grid(METAL).attempt.problem, METAL, range(1, 7))
    # Which slips can show depends on the item's figures; all else must hold.
    rough = [text for text in report.faults if not re.search("unfair|is live in|in all 50 draws", text)]
    assert not rough, report


def test_an_item_that_cannot_be_filled_by_hand_is_refused() -> None:
    with pytest.raises(MissingTableError, match="nosuch"):
        explorers.mrp_grid(METAL, "nosuch")
    with pytest.raises(MissingTableError, match="nosuch"):
        explorers.lot_race(METAL, "nosuch")
