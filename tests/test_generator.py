"""The generator's machinery on a few declared items: bills, costs, weights, calendars, stories."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "datasets"))

import goods
import money
import shop
import shoplog
from industries import load
from industry import Buy, Change, Coproduct, Industry, Make, Phantom, Source, Supplier
from stories import Story, planted

from prodkit.plant import Plant

SOURCES = (Source("Somebody", 2),)


def buy(item: str, cost: float, weight: float | None = None) -> Buy:
    return Buy(item, item, "pcs", cost, 50, 4, 1, SOURCES, weight=weight)


SMALL = Industry(
    key="small",
    seed=1,
    about={"first_day": "2026-01-05", "jurisdiction": "US", "hours_per_shift": 8, "shifts_per_day": 2},
    items=(
        Make(
            "chair", "Chair", {"seat": 1, "legs": 1, "screw": 8}, 12.0, 40, yield_share=0.98,
            scrap={"screw": 0.2}, steps={"screw": 20}, others={"old": {"seat": 1, "screw": 12}},
            changes=(Change("seat", "seat-new", "2026-03-02"),),
        ),
        Phantom("legs", "Legs", {"leg": 4}, shares={"leg": 0.5}),
        buy("seat", 5.0, 2.0), buy("seat-new", 6.0, 1.8), buy("leg", 1.5, 0.5), buy("screw", 0.02),
    ),
    suppliers=(Supplier("Somebody", -0.1, 0.2, 100, 10),),
    promotions=(),
    seasons={},
    trends={},
)  # fmt: skip

SHOP = shop.Shop(
    centers=(
        shop.WorkCenter("saw", "Saw", "Saw", 1_000, 20.0, 4.0, 6.0, "saw", "wood", crew=0.5),
        shop.WorkCenter("bench", "Bench", "Bench", 500, 20.0, 2.0, 3.0, "bench", "wood", setup=0.0),
    ),
    routes={"chair": (("cut", "saw", 0.25), ("join", "bench", 0.75))},
    detours=(shop.Detour("ch*", "cut", "bench", 2.0),),
)


def test_bills_with_changes_and_alternatives() -> None:
    rows = goods.bom_rows(goods.Scaled(SMALL, 1))
    lines = {(r["parent"], r["component"], r["alternative"]): r for r in rows}
    assert set(lines) == {
        ("chair", "seat", ""), ("chair", "seat-new", ""), ("chair", "legs", ""), ("chair", "screw", ""),
        ("chair", "seat", "old"), ("chair", "screw", "old"), ("legs", "leg", ""),
    }  # fmt: skip
    assert lines["chair", "seat", ""]["valid_to"] == date(2026, 3, 1)
    assert lines["chair", "seat-new", ""]["valid_from"] == date(2026, 3, 2)
    assert lines["chair", "screw", ""]["step"] == 20
    assert lines["chair", "screw", ""]["scrap_share"] == 0.2
    assert lines["legs", "leg", ""]["planning_share"] == 0.5


def test_costs_by_hand() -> None:
    cost = money.costs(SMALL)
    assert cost["legs"] == 3.0
    assert cost["chair"] == round((5 + 3 + 8 * 0.02 / 0.8) / 0.98 + 12, 2)
    assert money.costs(replace(SMALL, shop=SHOP))["chair"] == pytest.approx(cost["chair"], abs=0.01)
    stool = Make("stool", "Stool of offcuts", {"screw": 4}, 0.0, 0.0)
    joint = replace(SMALL, items=(*SMALL.items, stool), coproducts=(Coproduct("chair", "stool", 0.5, 0.1),))
    shared = money.costs(joint)
    assert shared["chair"] == pytest.approx(0.9 * cost["chair"], abs=0.01)
    assert shared["stool"] == pytest.approx(4 * 0.02 + 0.1 * cost["chair"] / 0.5, abs=0.01)


def test_routing_hours_are_the_declared_work() -> None:
    small = replace(SMALL, shop=SHOP)
    chair = small.items[0]
    assert isinstance(chair, Make)
    steps = shop.routing(small, chair)
    assert [(s["step"], s["workcenter"]) for s in steps] == [(10, "saw"), (20, "bench")]
    assert SHOP.center("saw").rate == 20.0
    assert steps[0]["run_hours"] == pytest.approx(12 * 0.98 * 0.25 / 20, rel=1e-4)
    assert steps[0]["setup_hours"] == pytest.approx(0.8 * 40 / 20)
    assert steps[1]["setup_hours"] == 0
    rows = shop.routing_rows(small, str)
    assert [(r["step"], r["alternative"]) for r in rows] == [(10, ""), (10, "bench"), (20, "")]
    assert rows[1]["run_hours"] == pytest.approx(2 * rows[0]["run_hours"], rel=1e-4)


def test_an_item_without_a_route_is_named() -> None:
    lost = replace(SMALL, shop=replace(SHOP, routes={}))
    with pytest.raises(SystemExit, match="small: no route fits chair"):
        shop.routing_rows(lost, str)


def test_weights_come_from_the_bill() -> None:
    weights = goods.weights(SMALL)
    assert weights["legs"] == 1.0  # half of four legs
    assert weights["chair"] == 3.0
    assert weights["screw"] is None


def test_holidays() -> None:
    us = shop.holidays("US", 2026)
    assert us[date(2026, 11, 26)] == "Thanksgiving"
    assert us[date(2026, 7, 3)] == "Independence Day"  # the 4th is a Saturday
    assert us[date(2026, 5, 25)] == "Memorial Day"
    quebec = shop.holidays("CA-QC", 2026)
    assert quebec[date(2026, 4, 3)] == "Good Friday"
    assert quebec[date(2026, 6, 24)] == "Fete nationale"
    assert quebec[date(2026, 5, 18)] == "Victoria Day"
    assert quebec[date(2026, 10, 12)] == "Thanksgiving"
    assert quebec[date(2026, 12, 28)] == "Boxing Day"  # the 26th is a Saturday
    assert date(2026, 6, 24) not in shop.holidays("CA-ON", 2026)
    assert all(day.weekday() < 5 for year in range(2024, 2032) for day in shop.holidays("US", year))


def test_stories_of_suppliers_and_items() -> None:
    stories = (
        Story("late_supplier", "Somebody", late=1.5, sd=2.0),
        Story("bad_lots", "Somebody", share=0.2, ppm=900),
        Story("overstock", "leg", safety_stock=77),
    )
    told = planted(replace(SMALL, stories=stories))
    supplier = told.suppliers[0]
    assert (supplier.late, supplier.sd, supplier.bad_lots, supplier.ppm) == (1.5, 2.0, 0.2, 900)
    assert next(i.safety_stock for i in told.items if i.item == "leg") == 77
    assert planted(SMALL) == SMALL


def test_a_machine_s_false_lead_is_the_worst_of_equally_likely_months() -> None:
    small = replace(SMALL, shop=SHOP)
    led = replace(small, stories=(Story("false_lead", "saw-1"),))
    plain, bad = (shoplog.breakdowns(industry, "saw-1", 260) for industry in (small, led))
    assert shoplog.breakdowns(led, "bench-1", 260) == shoplog.breakdowns(small, "bench-1", 260)
    month = [sum(map(sum, history[-40:])) for history in (plain, bad)]
    assert month[1] > 1.5 * month[0]
    assert (
        sum(map(len, bad)) < 260 * 0.12 + 3 * (260 * 0.12) ** 0.5
    )  # over the half year as many as chance allows


@pytest.mark.parametrize("name", Plant.samples())
def test_every_declared_story_names_something_there(name: str) -> None:
    industry = load(name)
    assert industry.shop is not None
    assert industry.quality is not None
    assert industry.safety is not None
    there = {s.name for s in industry.suppliers} | {i.item for i in industry.items}
    there |= {c.code for c in industry.shop.centers} | {c.team for c in industry.shop.centers}
    there |= {asset for c in industry.shop.centers for asset in shop.assets(c)}
    there |= {c.name for c in industry.quality.characteristics} | {p.name for p in industry.quality.processes}
    there |= {d.name for d in industry.quality.defects} | {j.name for j in industry.safety.jobs}
    assert {s.where for s in industry.stories} <= there
