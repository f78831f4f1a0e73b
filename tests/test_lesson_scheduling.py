"""What the scheduling lesson says: its roles by hand, and each sentence on both sides of the figure that turns it."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from prodkit import scheduling, solver
from prodkit.errors import MissingTableError
from prodkit.plant import Lots, Plant, changing_center, lots, race, shown_project, two_machines
from prodkit.stories import scheduling as story
from prodkit.stories.scheduling import Changing, Queue

METAL = Plant.sample("metal")
SAMPLES = Plant.samples()


def without(*tables: str) -> Plant:
    return Plant({name: METAL.table(name) for name in METAL.tables if name not in tables})


def changed(table: str, frame: pd.DataFrame) -> Plant:
    return Plant({name: METAL.table(name) for name in METAL.tables} | {table: frame})


def paper_queue(now: float = 0.0, **jobs: tuple[float, float]) -> Queue:
    rows = [(name, "x", h, due, 1.0, h, 1.0) for name, (h, due) in jobs.items()]
    columns = ["job", "item", "hours", "due", "weight", "remaining_hours", "operations"]
    return Queue("P", "saw", "Saw", pd.DataFrame(rows, columns=columns), now)


def paper_lots(**jobs: list[tuple[str, float]]) -> Lots:
    rows = [(job, k + 1, m, h) for job, steps in jobs.items() for k, (m, h) in enumerate(steps)]
    table = pd.DataFrame(rows, columns=["job", "step", "machine", "hours"])
    return Lots("P", table, tuple(dict.fromkeys(table["machine"])))


# ---- who is who


def test_a_lot_is_what_is_on_order_else_what_a_customer_ordered() -> None:
    table = lots(METAL).set_index(["job", "step"])
    route = METAL.routings[METAL.routings["alternative"] == ""]
    speed = METAL.workcenters.set_index("workcenter")["efficiency"]
    receipts = METAL.receipts.sort_values(["due", "order"])
    checked = 0
    for row in route.to_dict("records"):
        mine = receipts[receipts["item"] == row["item"]]
        if len(mine):
            run = mine["quantity"].iloc[0] * row["run_hours"] / speed[row["workcenter"]]
            hours = float(table.loc[(row["item"], row["step"]), "hours"])
            assert hours == pytest.approx(max(0.1, row["setup_hours"] + run), abs=0.051)
            checked += 1
    assert checked > 20
    bare = lots(without("receipts", "orders"))
    slowest = bare[bare["job"] == "body-locker"]["hours"].max()
    assert 7 < slowest < 10, "no lot on record: one shift at its slowest step"


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_has_lots_for_two_machines_and_for_a_race(name: str) -> None:
    plant = Plant.sample(name)
    pair = two_machines(plant)
    assert 3 <= len(pair.jobs) <= 6
    assert (pair.times[list(pair.machines)] > 0).all(axis=None)
    case = race(plant)
    assert 3 <= len(case.jobs) <= 6
    assert (case.operations.groupby("job").size() > 1).all()
    assert case.times[list(case.machines)].sum().sum() == pytest.approx(case.operations["hours"].sum())
    busy = case.operations.groupby("machine")["job"].nunique()
    assert busy.max() >= 3, "they meet somewhere"
    assert shown_project(plant) in set(plant.activities["project"])


def test_roles_name_the_table_that_is_missing() -> None:
    for role, table in (
        (story.queue, "orders"), (two_machines, "routings"), (race, "workcenters"),
        (changing_center, "changeovers"), (shown_project, "activities"), (story.changing, "changeovers"),
    ):  # fmt: skip
        with pytest.raises(MissingTableError, match=table):
            role(without(table))
    single = METAL.routings.drop_duplicates("item")
    for role in (two_machines, race):
        with pytest.raises(MissingTableError, match="routings"):
            role(changed("routings", single))
    few = METAL.changeovers.iloc[[0, 0, 0]]
    with pytest.raises(MissingTableError, match="three items"):
        changing_center(
            changed("changeovers", few.assign(to_item=METAL.changeovers["to_item"].iloc[:3].to_numpy()))
        )
    with pytest.raises(MissingTableError, match="three open orders"):
        story.queue(changed("orders", METAL.orders.assign(status="shipped")))


# ---- sitting 1


@pytest.mark.parametrize("name", SAMPLES)
def test_the_queue_is_one_in_which_the_order_matters(name: str) -> None:
    line = story.queue(Plant.sample(name))
    late = {
        rule: scheduling.sequence(line.jobs, rule, now=line.now).n_late for rule in ("fcfs", "edd", "moore")
    }
    assert late["moore"] < max(late.values())
    everything = [
        scheduling.sequence(line.jobs, list(order), now=line.now).n_late
        for order in itertools.islice(itertools.permutations(line.jobs["job"]), 300)
    ]
    assert min(everything) >= late["moore"]
    assert line.jobs["job"].is_unique
    again = story.queue(Plant.sample(name), line.workcenter)
    assert (again.now, list(again.jobs["job"])) == (line.now, list(line.jobs["job"]))


def test_the_queue_is_told_with_and_without_a_stop() -> None:
    busy = paper_queue(now=5, A=(5, 6), B=(2, 8), C=(3, 5))
    told = str(story.queue_said(busy))
    assert "runs again in 5 hours" in told
    assert "at hour 15" in told
    assert "The machine is free." in str(story.queue_said(replace(busy, now=0.0)))
    assert "3 orders wait" in str(story.meet(busy))


def test_rules_are_told_by_the_columns() -> None:
    one = paper_queue(A=(5, 6), B=(2, 8), C=(3, 5))
    compared = scheduling.compare_rules(one.jobs, ["fcfs", "spt", "edd"])
    told = str(story.rules_said(compared))
    assert "shortest processing time has the shortest mean flow time, 5.7 hours against 7.3 at worst" in told
    assert "Earliest due date makes the latest order the least late: by 2 hours" in told
    assert (
        "The fewest late orders, 1, leave first come, first served and shortest processing time; the most, 2, earliest"
        in told
    )
    easy = scheduling.compare_rules(paper_queue(A=(5, 60), B=(2, 80)).jobs, ["spt", "edd"])
    assert "All of them leave no order late." in str(story.rules_said(easy))


def test_late_orders_and_what_moore_saves() -> None:
    one = paper_queue(A=(5, 6), B=(2, 8), C=(3, 5))
    edd = scheduling.sequence(one.jobs, "edd")
    assert "2 orders are late: A by 2 hours and B by 2 hours" in str(story.late_ones(one, edd))
    told = str(story.moore_said(one))
    assert "1 late in place of 2" in told
    assert "A waits till the end, and the latest order is 4 hours late in place of 2" in told
    calm = paper_queue(A=(5, 60), B=(2, 80))
    assert "every order is on time" in str(story.late_ones(calm, scheduling.sequence(calm.jobs, "edd")))
    assert "nothing need be late" in str(story.moore_said(calm))
    assert "one order is late with either rule" in str(story.moore_said(paper_queue(A=(5, 3), B=(2, 80))))
    assert "All dates hold" in str(story.tell_queue(calm))
    assert "A will be late, by 4 hours at most" in str(story.tell_queue(one))


def test_a_rush_order_is_placed_by_its_ratio_and_somebody_pays() -> None:
    one = story.rushed(paper_queue(A=(5, 6), B=(2, 8), C=(3, 5), D=(4, 11)))
    assert one.now == 3, "C, due first, is done"
    rush = one.jobs.set_index("job").loc["rush"]
    assert (rush["hours"], rush["due"]) == (4, 9)
    table = story.ratios(one)
    assert table.loc["A", "ratio"] == pytest.approx(3 / 5)
    assert list(table["ratio"]) == sorted(table["ratio"])
    ways = story.rush(one)
    assert ways.loc["first of all", "it is done at"] == 7
    assert ways.loc["last of all", "it is done at"] == 3 + 5 + 2 + 4 + 4
    by_hand = scheduling.sequence(one.jobs, ["rush", "A", "B", "D"], now=3.0)
    assert ways.loc["first of all", "late"] == by_hand.n_late
    told = str(story.rush_said(one, ways))
    more = int(ways.loc["first of all", "late"]) - int(ways.loc["without it", "late"])
    assert ("more" in told.split(".")[1]) == (more > 0)
    assert "nobody else becomes late" in str(story.rush_said(one, ways.assign(late=1)))
    itself = ways.assign(late=[1, 3, 3, 3, 3, 2])
    itself.loc["fewest late", "it is done at"] = 20.0
    assert "itself among the late" in str(story.rush_said(one, itself))


def test_every_queue_of_a_plant_stands_in_its_table() -> None:
    table = story.own_queues(METAL)
    assert (table["fewest late"] <= table["late by due date"]).all()
    assert (table["fewest late"] <= table["late as they came"]).all()
    assert table.loc["saw", "orders"] == 8


# ---- sitting 2

THREE = paper_lots(A=[("one", 3), ("two", 6)], B=[("one", 5), ("two", 2)], C=[("one", 1), ("two", 2)])


def test_two_machines_are_told_with_a_bound_and_the_waiting() -> None:
    best = scheduling.johnson(THREE.times)
    assert best.makespan == 12
    assert "No order can be done before hour 11" in str(story.two_said(THREE))
    told = str(story.johnson_said(THREE, best))
    assert "hour 12" in told
    assert "backwards 16" in told
    assert "The work is the same" in told
    flat = paper_lots(A=[("one", 9), ("two", 1)], B=[("one", 9), ("two", 1)], C=[("one", 9), ("two", 1)])
    assert "the order hardly matters" in str(story.johnson_said(flat, scheduling.johnson(flat.times)))


def best_of(case: Lots) -> Any:
    return scheduling.job_shop(case.operations, time_limit=60, work_limit=3)


def test_rules_are_held_against_the_optimum() -> None:
    case = race(METAL)
    best = best_of(case)
    table = story.race_rules(case, best)
    assert table["all done at (h)"].min() > best.makespan
    assert "less than the best rule" in str(story.race_said(table, best))
    equal = table.assign(**{"all done at (h)": best.makespan})
    told = str(story.race_said(equal, best))
    assert "every rule takes" in told
    assert "found the best there is (proved)" in told
    assert "nobody can do better" in str(story.bound_said(best))
    open_end = replace(best, bound=0.9 * best.value, method="best found")
    assert "nobody knows yet" in str(story.bound_said(open_end))
    assert "nothing is below" in str(story.race_said(table, open_end))


def test_the_model_with_a_large_number_is_right_and_its_relaxation_is_weak() -> None:
    answer = solver.solve(story.big_m(THREE))
    assert answer.objective == pytest.approx(scheduling.job_shop(THREE.operations).makespan)
    assert answer.is_optimal
    known = story.models(THREE)
    assert list(known["either-or pairs"]) == [2, 6]
    assert list(known["relaxed model knows (h)"]) == [9, 9], "the longest lot"
    told = str(story.models_said(THREE, known))
    assert "the longest lot by itself" in told
    assert "6 pairs leave 2 to the power of 6 ways" in told
    assert "longest lot" not in str(
        story.models_said(THREE, known.assign(**{"relaxed model knows (h)": 10.0}))
    )


def test_setups_are_told_by_what_the_order_saves() -> None:
    jobs = pd.DataFrame({"job": list("abc"), "hours": 1.0, "setup_hours": 0.0})
    pairs = pd.DataFrame(
        [
            ("a", "b", 1.0),
            ("b", "c", 1.0),
            ("a", "c", 0.1),
            ("c", "b", 0.1),
            ("b", "a", 1.0),
            ("c", "a", 1.0),
        ],
        columns=["from_item", "to_item", "hours"],
    )
    case = Changing("coat", jobs, pairs)
    table = story.setup_orders(case)
    assert table.loc["as they came", "setup (h)"] == 2
    assert table.loc["best order", "setup (h)"] == pytest.approx(0.2)
    assert "90 % less" in str(story.setups_said(case, table))
    assert "leaves the dear changes for last" in str(
        story.setups_said(case, table.assign(**{"setup (h)": [2.0, 1.0, 0.2]}))
    )
    assert "stand well already" in str(story.setups_said(case, table.assign(**{"setup (h)": 1.0})))
    assert "takes 6 minutes" in str(story.changing_said(case))
    for name in SAMPLES:
        plant = Plant.sample(name)
        mine = story.changing(plant)
        assert set(mine.jobs["job"]) <= set(plant.items["item"])
        assert (
            story.setup_orders(mine)["setup (h)"].iloc[2]
            <= story.setup_orders(mine)["setup (h)"].min() + 1e-9
        )


def test_the_drum_the_rope_and_a_lost_shift() -> None:
    case = race(METAL)
    best = best_of(case)
    work = case.operations.groupby("machine")["hours"].sum()
    assert story.drum(case) == work.idxmax()
    assert "done as soon as" in str(story.drum_said(case, best))
    slack = paper_lots(A=[("one", 3), ("two", 3), ("three", 4)], B=[("four", 1), ("one", 1)])
    assert "longest chain" in str(story.drum_said(slack, best_of(slack)))
    table = story.release(case, best, 2.0)
    for lot in table.index:
        row = table.loc[lot]
        assert row["release"] == pytest.approx(
            max(0, row["starts at the drum"] - row["work before it"] - 2), abs=0.051
        )
    both, tied = story.roped(case, best, 2.0)
    assert both.iloc[1, 1] < both.iloc[0, 1]
    assert scheduling.check_schedule(tied) == []
    told = str(story.roped_said(both))
    assert "shorter" in told
    assert "hardly changes" in str(story.roped_said(both.assign(**{both.columns[1]: 5.0})))
    assert "the end is the same" in str(story.roped_said(both.assign(**{both.columns[0]: 5.0})))
    later = both.copy()
    later.iloc[:, 0] = [10.0, 11.0]
    assert "1 hour later" in str(story.roped_said(later))
    stands = story.absent(case, best)
    assert (stands["all done at (h)"] >= best.makespan - 0.051).all()
    other = stands.index[1]
    calm = stands.assign(**{"later by (h)": 0.0})
    calm.loc[story.drum(case), "later by (h)"] = 8.0
    assert "nothing happens at all" in str(story.absent_said(case, calm))
    calm.loc[other, "later by (h)"] = 9.0
    assert f"see {other}: 9 hours" in str(story.absent_said(case, calm))
    assert story.drum(case) in str(story.tell_shop(case, best))


def test_late_orders_are_told_by_their_reasons() -> None:
    plan = scheduling.job_shop(METAL, objective="weighted_tardiness", method="rule")
    counts = plan.late_jobs["reason"].value_counts()
    told = str(story.late_why_said(plan))
    assert f"{len(plan.late_jobs)} of {len(plan.jobs)} orders are late" in told
    assert all(f"{n} " in told for n in counts)
    assert len(story.late_why(plan)) == min(8, len(plan.late_jobs))
    own = story.own_shop(plan)
    assert list(own["share"]) == sorted(own["share"], reverse=True)
    due = pd.DataFrame({"job": list("ABC"), "due": 100.0})
    calm = scheduling.job_shop(THREE.operations, jobs=due)
    assert "all 3 orders are on time" in str(story.late_why_said(calm))
    tight = scheduling.job_shop(THREE.operations, jobs=due.assign(due=[9.0, 8.0, 3.0]), method="rule")
    assert "had" not in str(story.late_why_said(tight))
    assert "late: " in str(story.late_why_said(tight))


# ---- sitting 3

PAPER = pd.DataFrame(
    {
        "activity": list("ABCD"), "name": ["dig", "pour", "wire", "test"], "after": ["", "A", "A", "B;C"],
        "days": [6, 5, 2, 4], "days_optimistic": [5, 4, 1, 3], "days_pessimistic": [9, 9, 3, 5],
        "cost": [600, 500, 200, 400], "crash_days": [4, 3, 2, 4], "crash_cost": [800, 800, 200, 400],
    }
)  # fmt: skip


def test_the_path_and_its_float_are_told() -> None:
    plan = scheduling.critical_path(PAPER)
    told = str(story.path_said(plan))
    assert "15 days, although all activities together have 17" in told
    assert "3 of 4 activities have no air" in told
    assert "Most air has wire, 3 days" in told
    assert "look at" not in told
    near = scheduling.critical_path(PAPER.assign(days=[6, 5, 4, 4]))
    assert "look at wire: 1 day" in str(story.path_said(near))
    chain = scheduling.critical_path(PAPER.assign(after=["", "A", "B", "C"]))
    assert "Most air" not in str(story.path_said(chain))


def test_a_slip_is_forgiven_as_far_as_the_float_goes() -> None:
    plant = changed("activities", METAL.activities)
    project = shown_project(plant)
    plan = scheduling.critical_path(plant, project=project)
    table = story.slip(plant, plan, days=3)
    air = table["its float"].astype(float)
    assert table["the project ends later by"].tolist() == [max(0.0, 3 - x) for x in air]
    told = str(story.slip_said(table, days=3))
    assert f"cost nothing at {(air >= 3).sum()} of {len(air)}" in told
    assert f"3 days at {(air == 0).sum()}" in told
    part = table.copy()
    part.iloc[0, 1] = 1.5
    assert "at 1 the float takes up a part" in str(story.slip_said(part, days=3))
    listed = story.project_list(METAL, project)
    assert set(listed.index) == set(plan.activities["activity"])


def test_a_date_is_told_by_formula_and_by_count() -> None:
    one = scheduling.pert(PAPER)
    due = story.promise(one)
    assert one.chance_normal(due) >= 0.8 > one.chance_normal(due - 1)
    told = str(story.chance_said(scheduling.pert(PAPER, due=due)))
    assert f"in {due} days" in told
    assert "one path rules" in told
    wide = pd.DataFrame({"activity": list("ABCDE"), "days_optimistic": 7, "days": 10, "days_pessimistic": 13})
    assert "too hopeful by nature" in str(story.chance_said(scheduling.pert(wide, due=11)))
    assert "nine times in ten" in str(story.tell_project(scheduling.critical_path(PAPER), one))


def test_days_are_bought_while_they_pay() -> None:
    free = scheduling.crash(PAPER, budget=0)
    assert story.supposed_daily(free) in (100.0, 150.0)
    best = scheduling.crash(PAPER, indirect_cost_per_day=120)
    told = str(story.crash_said(best, "USD"))
    assert "13 days in place of 15: 200.00 USD for shortening buy 2 days" in told
    assert "In all 40.00 USD less" in told
    assert "shortest length of all is 11 days" in told
    dear = scheduling.crash(PAPER, indirect_cost_per_day=50)
    assert "no day is worth buying at 50.00 USD" in str(story.crash_said(dear, "USD"))


@pytest.mark.parametrize(
    ("penalty", "words"), [(50, "buy no day, be late"), (120, "So neither: shorten to 13 days"), (400, "crash to 11 days, which keeps")]
)  # fmt: skip
def test_crash_or_be_late_follows_from_the_penalty(penalty: float, words: str) -> None:
    free = scheduling.crash(PAPER, budget=0)
    table = story.late_or_crash(free, penalty, days=4)
    assert table["in all"].tolist() == [
        bought + penalty * late for bought, late in zip([0, 100, 200, 350, 500], [4, 3, 2, 1, 0], strict=True)
    ]
    assert words in str(story.late_or_crash_said(table, "USD"))
    assert len(story.late_or_crash(free, penalty)) == 3, "half of the four days that there are"
    far = story.late_or_crash(free, 400, days=9)
    assert "as far as money goes" in str(story.late_or_crash_said(far, "USD"))


def test_every_project_of_a_plant_stands_in_its_table() -> None:
    table = story.own_projects(METAL)
    assert set(table.index) == set(METAL.activities["project"])
    assert (table["shortest"] < table["days"]).all()
    assert (table["nine in ten by"] > table["days"]).all()


# ---- sitting 4


@pytest.mark.parametrize("name", SAMPLES)
def test_a_stop_is_mended_three_ways(name: str) -> None:
    plan = story.promised(race(Plant.sample(name)))
    assert plan.n_late == 0
    stop = story.breakdown(plan)
    listed = story.dispatch_list(plan, stop)
    mine = plan.operations[
        (plan.operations["machine"] == stop.machine) & (plan.operations["end"] > stop.start)
    ]
    assert set(listed.index) == set(mine["job"])
    assert f"It is hour {stop.start:g}" in str(story.dispatch_said(plan, stop))
    table = story.repairs(plan, stop)
    assert table["hours late"].is_monotonic_decreasing
    assert table.loc["keep the plan", "moved"] <= table.loc["lateness alone", "moved"]
    done = story.mend(plan, stop, story.balance(plan))
    assert scheduling.check_schedule(done.schedule) == []
    assert len(done.moved) == table.loc["a balance", "moved"]
    assert f"{len(done.moved)} operations move" in str(story.breakdown_said(done))
    hours = story.overtime(plan, stop)
    assert hours["hours late"].is_monotonic_decreasing
    assert hours["hours late"].iloc[-1] == 0
    asked = story.hot(plan)
    assert asked["done at"].iloc[-1] <= asked["done at"].iloc[0]
    assert asked["moved"].iloc[0] <= asked["moved"].iloc[-1]
    assert stop.machine in str(story.tell_repair(plan, stop, done))


def test_what_moving_buys_is_told_on_each_side() -> None:
    columns = ["late", "hours late", "moved", "moved (%)"]
    names = ["keep the plan", "a balance", "lateness alone"]

    def told(*rows: tuple[float, float, float, float]) -> str:
        return str(story.repairs_said(pd.DataFrame(rows, index=names, columns=columns)))

    assert "Moving buys nothing" in told((2, 9, 3, 30), (2, 9, 3, 30), (2, 9, 5, 50))
    assert "has 50 % of that gain and moves 4 operations in place of 9" in told(
        (2, 9, 3, 30), (2, 7, 4, 40), (1, 5, 9, 90)
    )
    assert "worth its trouble" in told((2, 9, 3, 30), (2, 5, 9, 90), (1, 5, 9, 90))


def test_a_hot_order_and_overtime_are_told_on_each_side() -> None:
    columns = ["done at", "late by", "others late", "moved", "in the fence"]
    quiet = pd.DataFrame([(9, 0, 0, 0, 0)] * 3, columns=columns)
    assert "leave the fence shut" in str(story.hot_said(quiet))
    loud = pd.DataFrame([(9, 4, 0, 0, 0), (6, 1, 1, 4, 1), (5, 0, 2, 6, 3)], columns=columns)
    assert (
        "at best 4 hours sooner, with 3 operations moved within the frozen hours and 2 other lots late"
        in str(story.hot_said(loud))
    )
    stop = scheduling.MachineDown("saw", 2, 6)

    def hours(*late: float) -> str:
        table = pd.DataFrame({"late": 1, "hours late": late}, index=[0.0, 1.0, 2.0, 3.0, 4.0])
        return str(story.overtime_said(table, stop))

    assert "no overtime, and nobody late" in hours(0, 0, 0, 0, 0)
    assert "With 2 hours at saw every date holds; the whole of the stop need not" in hours(5, 2, 0, 0, 0)
    assert "that is all of the stop" in hours(8, 6, 4, 2, 0)
    assert "The first 1 hour buys 3 hours" in hours(5, 2, 0, 0, 0)
