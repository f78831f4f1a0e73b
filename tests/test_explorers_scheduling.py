"""The benches of the scheduling lesson without a browser: targets, figures, faults, what is moved and typed."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pandas as pd
import pytest
from bench_checks import SENTENCE, feed_garbage, learned, shown, undrawn  # noqa: F401

from prodkit import Plant, scheduling
from prodkit.errors import InputError, MissingTableError
from prodkit.widgets import explorers
from prodkit.widgets.explorers import scheduling as benches

METAL = Plant.sample("metal")
SAMPLES = Plant.samples()


# ---- one machine


def jobs_of(plant: Plant, workcenter: str | None = None) -> Any:
    return benches._chosen(plant, workcenter)


def every_order(it: Any) -> list[scheduling.JobSequence]:
    return [it.run(list(order)) for order in permutations(it.table["job"])]


@pytest.mark.parametrize("name", SAMPLES)
def test_every_plant_has_its_sequence_with_both_targets_within_reach(name: str) -> None:
    plant = Plant.sample(name)
    bench = explorers.sequence_bench(plant)
    it = jobs_of(plant)
    assert not bench.view["notice"]
    assert bench.reached == (False, False)
    assert len(it.table) == 7
    moore = it.run("moore")
    assert moore.is_optimal
    assert shown(bench)["Fewest late that there can be"] == moore.n_late
    assert 1 <= moore.n_late < it.run("edd").n_late, "the rules differ"
    bench.set(rule="moore")
    assert bench.reached == (True, False), "the mean flow time is still to be found"
    bench.set(order=best_order(it))
    assert bench.reached == (True, True)
    assert all(SENTENCE.fullmatch(said) for said in learned(bench)), learned(bench)


def best_order(it: Any) -> list[str]:
    every = it.every
    few = every.late == every.least
    return [it.table["job"][j] for j in every.orders[few][every.flow[few].argmin()]]


def test_all_orders_tried_at_once_are_what_the_subject_says_of_each() -> None:
    for workcenter in ("hinge", "coat"):  # without changeovers, and with
        it = jobs_of(METAL, workcenter)
        it = benches._Jobs(it.plant, it.workcenter, it.table[:5], it.changeovers, it.taken)
        one_by_one = every_order(it)
        assert (it.changeovers is None) is (workcenter == "hinge")
        assert it.every.late.tolist() == [s.n_late for s in one_by_one]
        assert it.every.flow == pytest.approx([s.mean_flow_time for s in one_by_one])
        assert it.every.least == min(s.n_late for s in one_by_one)


def test_the_sequence_bench_shows_the_subjects_figures() -> None:
    bench = explorers.sequence_bench(METAL)
    it = jobs_of(METAL)
    order = list(it.table["job"])[::-1]
    bench.set(order=order)
    same = it.run(order)
    figures = shown(bench)
    assert figures["Late orders"] == same.n_late
    assert figures["Mean tardiness"] == pytest.approx(same.mean_tardiness, abs=0.006)
    assert figures["Largest lateness"] == pytest.approx(same.max_lateness, abs=0.006)
    assert figures["Mean flow time"] == pytest.approx(same.mean_flow_time, abs=0.006)
    faults = bench.state["boards"]["order"]["faults"]
    assert set(faults) == {j for j, late in zip(same.order, same.tardiness, strict=True) if late > 0}
    assert bench.state["finding"].startswith(f"{same.n_late} of 7 jobs ")


def test_its_orders_are_the_plants_own_on_the_clock_of_the_work_center() -> None:
    it = jobs_of(METAL)
    own = scheduling.work_center_jobs(METAL, it.workcenter).set_index("job")
    for row in it.table.to_dict("records"):
        assert row["hours"] == pytest.approx(own.loc[row["job"], "hours"], abs=0.051)
        assert row["due"] == pytest.approx(own.loc[row["job"], "due"] - it.taken, abs=0.051)
    bench = explorers.sequence_bench(METAL)
    assert f"first {it.taken:g} working hours" in bench.view["about"]


def test_a_rule_lays_the_chips_and_a_chip_moved_makes_it_ones_own() -> None:
    bench = explorers.sequence_bench(METAL)
    it = jobs_of(METAL)
    assert bench.values["rule"] == "fcfs"
    for rule in ("spt", "edd", "cr", "moore", "fcfs"):
        bench.set(rule=rule)
        assert bench.values == {"rule": rule, "order": {"machine": it.run(rule).order}}
    a, b, *rest = bench.values["order"]["machine"]
    bench.set(order=[b, a, *rest])
    assert bench.values == {"rule": "own", "order": {"machine": (b, a, *rest)}}
    assert bench.state["texts"]["rule"] == "Your own order"
    bench.set(rule="own")
    assert bench.values["order"]["machine"] == (b, a, *rest), "one's own is left as it lies"
    bench.set(rule="spt", order=[a, b, *rest])
    assert bench.values == {"rule": "own", "order": {"machine": (a, b, *rest)}}
    said = bench.set(rule="fastest")
    assert "Choose one of Your own order" in said
    assert bench.values["order"]["machine"] == (a, b, *rest)


def test_where_setups_depend_on_what_was_before_they_count_and_moore_is_not_offered() -> None:
    bench = explorers.sequence_bench(METAL, "coat")
    it = jobs_of(METAL, "coat")
    assert bench.reached == (False, False)
    rules = {option["id"] for option in bench.view["dials"][0]["options"]}
    assert "least_setup" in rules
    assert "moore" not in rules
    bench.set(order=best_order(it))
    assert bench.reached == (True, True)
    assert "were tried" in learned(bench)[0]
    assert "hours of setup" in learned(bench)[1]
    setups = {rule: it.run(rule).total_setup for rule in ("spt", "edd", "least_setup")}
    assert len(set(setups.values())) > 1
    for rule, hours in setups.items():
        bench.set(rule=rule)
        assert shown(bench)["Setup"] == pytest.approx(hours, abs=0.006)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_work_center_with_orders_has_a_sequence_or_says_what_is_missing(name: str) -> None:
    plant = Plant.sample(name)
    made, said = 0, {}
    for code in plant.workcenters["workcenter"]:
        try:
            it = jobs_of(plant, code)
        except MissingTableError as fault:
            said[code] = str(fault)
            continue
        made += 1
        assert 3 <= len(it.table) <= 7
        assert it.every.least < it.every.late.max(), "the order matters"
    assert made >= 4
    assert all(code in text for code, text in said.items())


def test_a_work_center_without_orders_takes_the_sample_and_an_unknown_one_is_refused() -> None:
    with pytest.raises(InputError, match="workcenter must be one of shear, laser"):
        explorers.sequence_bench(METAL, "nosuch")
    tables = {n: METAL.table(n) for n in ("items", "workcenters", "routings")}
    tables["about"] = METAL.about.assign(name="Elsewhere")
    bare = Plant(tables)
    assert "'orders' is missing or too short" in explorers.sequence_bench(bare).view["notice"]
    two = Plant(tables | {"customers": METAL.customers, "orders": METAL.orders[:2]})
    said = explorers.sequence_bench(two)
    assert "3 orders due within 4 weeks" in said.view["notice"]
    assert METAL.name in said.view["title"]
    assert said.reached == (False, False)


def few(rows: list[tuple[float, int]]) -> Plant:
    """Orders at the saw: hours, and the day due."""
    item = METAL.routings.query("workcenter == 'saw'").iloc[0]
    speed = METAL.workcenters.set_index("workcenter").loc["saw", "efficiency"]
    first = pd.Timestamp(METAL.first_day)
    sample = METAL.orders[METAL.orders["status"] != "shipped"].iloc[[0] * len(rows)].reset_index(drop=True)
    days = [first + pd.Timedelta(days=day) for _, day in rows]
    orders = sample.assign(
        order=[f"O{i}" for i in range(len(rows))], item=item["item"], due=days, promised=days,
        quantity=[max(1.0, round(hours / item["run_hours"] * speed)) for hours, _ in rows],
    )  # fmt: skip
    tables = {n: METAL.table(n) for n in METAL.tables if n not in ("receipts", "orders")}
    return Plant(tables | {"orders": orders})


@pytest.mark.parametrize(
    "rows",
    [
        [(1, 1), (2, 1), (3, 1)],
        [(9, 1), (1, 2), (1, 3), (1, 4)],
        [(4, 3), (4, 4), (4, 5), (4, 8), (4, 9)],
        [(40, 1), (1, 25), (2, 20)],
        [(i % 5 + 1, i % 9 + 1) for i in range(30)],
        [(2, -3), (1, -1), (3, 1), (4, 2)],
    ],
)
def test_orders_of_every_number_and_size_have_a_sequence(rows: list[tuple[float, int]]) -> None:
    plant = few(rows)
    bench = explorers.sequence_bench(plant, "saw")
    assert bench.view["notice"] == ""
    it = jobs_of(plant, "saw")
    assert len(it.table) == min(7, len(rows))
    bench.set(order=best_order(it))
    assert bench.reached == (True, True)
    assert all(SENTENCE.fullmatch(said) for said in learned(bench)), learned(bench)


def test_orders_all_alike_are_no_sequence() -> None:
    with pytest.raises(MissingTableError, match="differ in hours or in due date"):
        jobs_of(few([(2, 1)] * 4), "saw")


def test_nothing_that_comes_in_breaks_the_sequence_bench() -> None:
    feed_garbage(explorers.sequence_bench(METAL))
