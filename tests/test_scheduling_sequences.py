"""One machine, machines side by side, flow shops: by hand, against every order there is, and what is refused."""

from __future__ import annotations

import dataclasses
import itertools
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prodkit import scheduling
from prodkit.errors import InputError, MissingTableError, PlantError
from prodkit.plant import Plant
from prodkit.scheduling import flow_proof, flow_times, setups_model, single_bounds, single_jobs, single_search

FIVE = {
    "A": {"hours": 6, "due": 8},
    "B": {"hours": 2, "due": 6},
    "C": {"hours": 8, "due": 18},
    "D": {"hours": 3, "due": 15},
    "E": {"hours": 9, "due": 23},
}
DUE = ("max_lateness", "number_late", "weighted_tardiness")


# By hand


@pytest.mark.parametrize(
    ("rule", "order", "flow", "tardiness", "jobs"),
    [
        ("fcfs", "ABCDE", 77, 11, 77 / 28),
        ("spt", "BDACE", 65, 9, 65 / 28),
        ("edd", "BADCE", 68, 6, 68 / 28),
        ("lpt", "ECADB", 103, 48, 103 / 28),
    ],
)
def test_the_indicators_of_a_rule(rule: str, order: str, flow: float, tardiness: float, jobs: float) -> None:
    s = scheduling.sequence(FIVE, rule)
    assert "".join(s.order) == order
    assert s.makespan == 28
    assert sum(s.flow_time) == flow
    assert s.mean_flow_time == pytest.approx(flow / 5)
    assert sum(s.tardiness) == tardiness
    assert s.mean_tardiness == pytest.approx(tardiness / 5)
    assert s.mean_jobs == pytest.approx(jobs)
    assert s.utilization == pytest.approx(28 / flow)
    assert s.n_late == sum(t > 0 for t in s.tardiness)
    assert (s.status, s.bound, s.value, s.gap) == ("rule", None, None, None)
    assert list(s.table["job"]) == list(order)
    assert s.table["is_late"].sum() == s.n_late
    with pytest.raises(dataclasses.FrozenInstanceError):
        s.rule = "spt"  # type: ignore[misc]


def test_urgency_counts_from_today_and_on_the_work_left() -> None:
    jobs = {
        "A": {"hours": 4, "due": 29, "remaining_hours": 8, "operations": 2},
        "B": {"hours": 9, "due": 27, "remaining_hours": 9, "operations": 1},
        "C": {"hours": 1, "due": 40, "remaining_hours": 20, "operations": 5},
    }
    # ratios 9/8, 7/9, 20/20; slack 1, -2, 0; slack an operation 0.5, -2, 0
    assert scheduling.sequence(jobs, "cr", now=20).order == ("B", "C", "A")
    assert scheduling.sequence(jobs, "slack", now=20).order == ("B", "C", "A")
    assert scheduling.sequence(jobs, "slack_per_operation", now=20).order == ("B", "C", "A")
    # without taking today off: 29/8, 27/9, 40/20
    assert scheduling.sequence(jobs, "cr", now=0).order == ("C", "B", "A")
    assert scheduling.sequence(jobs, "cr", now=20).completion[-1] == 34


def test_critical_ratios_may_be_worked_out_anew() -> None:
    jobs = {"A": {"hours": 5, "due": 5}, "B": {"hours": 2, "due": 8}, "C": {"hours": 8, "due": 24}}
    # at 0: 1, 4, 3; once A is done, at 5: B 1.5, C 2.375
    assert scheduling.sequence(jobs, "cr").order == ("A", "C", "B")
    assert scheduling.sequence(jobs, "cr", is_updated=True).order == ("A", "B", "C")


def test_ties_go_by_the_order_given_and_no_due_date_comes_last() -> None:
    jobs = {"A": {"hours": 3}, "B": {"hours": 3, "due": 9}, "C": {"hours": 3, "due": 9}}
    assert scheduling.sequence(jobs, "spt").order == ("A", "B", "C")
    assert scheduling.sequence(jobs, "edd").order == ("B", "C", "A")
    s = scheduling.sequence(jobs, "fcfs")
    assert np.isnan(s.lateness[0])
    assert s.tardiness == (0, 0, 0)
    assert s.due_dates == {"B": 9, "C": 9}
    assert np.isnan(scheduling.sequence({"A": 3}).max_lateness)


def test_moore_puts_off_the_longest_so_far_not_the_late_one() -> None:
    jobs = {"A": {"hours": 5, "due": 5}, "B": {"hours": 3, "due": 7}, "C": {"hours": 2, "due": 8}}
    s = scheduling.sequence(jobs, "moore", objective="number_late")
    assert s.order == ("B", "C", "A")
    assert (s.n_late, s.status, s.bound) == (1, "optimal", 1.0)


def test_no_job_starts_before_its_release_and_a_shorter_one_waits_its_turn() -> None:
    jobs = {
        "A": {"hours": 9, "release": 0},
        "B": {"hours": 1, "release": 2},
        "C": {"hours": 4, "release": 20},
    }
    s = scheduling.sequence(jobs, "spt")
    assert s.order == ("A", "B", "C")
    assert s.start == (0, 9, 20)
    assert s.flow_time == (9, 8, 4)


def test_changeovers_take_the_listed_hours_else_the_usual_ones() -> None:
    jobs = pd.DataFrame(
        {
            "job": [1, 2, 3, 4],
            "hours": [2.0, 2, 2, 2],
            "item": ["x", "y", "x", "z"],
            "setup_hours": [1.0, 1, 1, 1],
        }
    )
    pairs = {("x", "y"): 3.0, ("y", "x"): 0.25}
    s = scheduling.sequence(jobs, ["1", "3", "2", "4"], changeovers=pairs, start_item="y")
    assert s.setup_hours == (0.25, 0, 3, 1)
    assert (s.total_setup, s.makespan) == (4.25, 12.25)
    best = scheduling.sequence(jobs, "optimal", objective="makespan", changeovers=pairs, start_item="y")
    assert best.total_setup == 1.25
    assert scheduling.sequence(jobs, "least_setup", changeovers=pairs, start_item="y").order[0] == "2"
    table = pd.DataFrame({"from_item": ["x", "y"], "to_item": ["y", "x"], "hours": [3.0, 0.25]})
    assert scheduling.sequence(jobs, "fcfs", changeovers=table).setup_hours == (1, 3, 0.25, 1)
    kinds = s.bars.groupby("kind").size()
    assert (kinds["run"], kinds["setup"]) == (4, 3)


def test_all_rules_side_by_side_leave_out_what_does_not_suit() -> None:
    compared = scheduling.compare_rules(FIVE)
    assert list(compared["rule"]) == [r for r in scheduling.SEQUENCE_RULES if r != "least_setup"]
    spt = compared.set_index("rule").loc["spt"]
    assert spt["order"] == ("B", "D", "A", "C", "E")
    assert spt["mean_flow_time"] == compared["mean_flow_time"].min() == 13
    bare = scheduling.compare_rules({"A": 3, "B": 2})
    assert set(bare["rule"]) == {"fcfs", "spt", "lpt", "wspt"}
    late = scheduling.compare_rules({"A": {"hours": 3, "due": 5, "release": 1}, "B": {"hours": 2, "due": 3}})
    assert "moore" not in set(late["rule"])


# Against every order there is


def tables(most: int, *, with_more: bool, least_jobs: int = 1) -> st.SearchStrategy[dict[str, Any]]:
    figure = st.integers(1, 9).map(float)
    columns: dict[str, Any] = {
        "hours": figure,
        "due": st.integers(1, 20).map(float),
        "weight": st.integers(0, 4),
    }
    more = {
        "release": st.integers(0, 12),
        "item": st.sampled_from("xyz"),
        "setup_hours": st.sampled_from((0, 0.5)),
    }
    job = st.fixed_dictionaries(columns | (more if with_more else {}))
    job = job.map(lambda row: row | {"due": row["due"] + row.get("release", 0)})
    return st.lists(job, min_size=least_jobs, max_size=most).map(
        lambda rows: {f"J{i}": row for i, row in enumerate(rows)}
    )


pairs_of_items = st.dictionaries(
    st.sampled_from([(a, b) for a in "xyz" for b in "xyz" if a != b]), st.integers(0, 5), max_size=6
)


def worth(
    jobs: dict[str, Any],
    order: tuple[str, ...],
    objective: str,
    pairs: dict[tuple[str, str], float],
    item: Any,
) -> float:
    """The objective of an order, worked out apart from the kit."""
    clock, done = 0.0, {}
    for job in order:
        row = jobs[job]
        after = row.get("item", job)
        setup = pairs.get((item, after), 0.0 if item == after else row.get("setup_hours", 0.0))
        clock, item = max(clock, row.get("release", 0.0)) + setup + row["hours"], after
        done[job] = clock
    if objective == "makespan":
        return clock
    if objective == "weighted_flow_time":
        return float(sum(jobs[j]["weight"] * (c - jobs[j].get("release", 0.0)) for j, c in done.items()))
    late = {j: c - jobs[j]["due"] for j, c in done.items()}
    if objective == "max_lateness":
        return max(late.values())
    if objective == "number_late":
        return float(sum(x > 1e-9 for x in late.values()))
    return float(sum(jobs[j]["weight"] * max(0.0, x) for j, x in late.items()))


def least(jobs: dict[str, Any], objective: str, **given: Any) -> float:
    pairs, item = given.get("changeovers", {}), given.get("start_item")
    return min(worth(jobs, order, objective, pairs, item) for order in itertools.permutations(jobs))


@settings(max_examples=10, deadline=None)
@given(tables(7, with_more=False, least_jobs=7))
def test_the_proven_rules_are_the_best_of_seven_jobs_orders(jobs: dict[str, Any]) -> None:
    proven = {"wspt": "weighted_flow_time", "edd": "max_lateness", "moore": "number_late", "fcfs": "makespan"}
    for rule, objective in proven.items():
        s = scheduling.sequence(jobs, rule, objective=objective)
        assert s.is_optimal
        assert s.proof
        assert s.value == pytest.approx(s.bound)
        assert s.value == pytest.approx(least(jobs, objective))
    assert scheduling.sequence(jobs, "optimal").value == pytest.approx(least(jobs, "weighted_tardiness"))


@settings(max_examples=12, deadline=None)
@given(tables(5, with_more=True), pairs_of_items)
def test_the_best_order_is_the_best_and_no_bound_is_above_it(
    jobs: dict[str, Any], pairs: dict[tuple[str, str], float]
) -> None:
    given = {"changeovers": pairs, "start_item": jobs["J0"]["item"]}
    for objective in scheduling.SEQUENCE_OBJECTIVES:
        best = least(jobs, objective, **given)
        s = scheduling.sequence(jobs, "optimal", objective=objective, time_limit=5, **given)
        assert s.value == pytest.approx(best)
        assert (s.bound or 0.0) <= best + 1e-6
        for rule in ("fcfs", "spt", "edd"):
            r = scheduling.sequence(jobs, rule, objective=objective, **given)
            assert r.bound is not None
            assert r.bound <= best + 1e-6
            assert not r.is_optimal or r.value == pytest.approx(best)


@settings(max_examples=6, deadline=None)
@given(tables(6, with_more=True), pairs_of_items)
def test_the_solver_agrees_where_the_subsets_are_not_gone_through(
    jobs: dict[str, Any], pairs: dict[tuple[str, str], float]
) -> None:
    plain = {job: {k: row[k] for k in ("hours", "due", "weight")} for job, row in jobs.items()}
    exact = scheduling.sequence(plain, "optimal")
    shortest = scheduling.sequence(jobs, "optimal", objective="makespan", changeovers=pairs)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(single_search, "MOST_FOR_SETUPS", 0)
        patch.setattr(single_search, "MOST_FOR_TARDINESS", 0)
        assert scheduling.sequence(plain, "optimal").value == pytest.approx(exact.value)
        again = scheduling.sequence(jobs, "optimal", objective="makespan", changeovers=pairs)
        assert again.value == pytest.approx(shortest.value)
        assert (again.bound or 0.0) <= (shortest.value or 0.0) + 1e-6


@settings(max_examples=25, deadline=None)
@given(tables(8, with_more=True), pairs_of_items, st.sampled_from(scheduling.SEQUENCE_RULES))
def test_nothing_overlaps_and_every_figure_agrees_with_the_table(
    jobs: dict[str, Any], pairs: dict[tuple[str, str], float], rule: str
) -> None:
    if rule == "moore":
        return
    s = scheduling.sequence(
        jobs, rule, changeovers=pairs, start_item="x" if jobs["J0"]["item"] == "x" else None
    )
    assert sorted(s.order) == sorted(jobs)
    clock = 0.0
    for job, setup, start, end in zip(s.order, s.setup_hours, s.start, s.completion, strict=True):
        assert start - setup >= max(clock, jobs[job]["release"]) - 1e-9
        assert end == pytest.approx(start + jobs[job]["hours"])
        clock = end
    bars = s.bars
    assert (bars["start"].iloc[1:].to_numpy() >= bars["end"].iloc[:-1].to_numpy() - 1e-9).all()
    assert s.weighted_tardiness == pytest.approx(
        sum(
            jobs[j]["weight"] * max(0, c - jobs[j]["due"]) for j, c in zip(s.order, s.completion, strict=True)
        )
    )


@settings(max_examples=25, deadline=None)
@given(tables(5, with_more=True, least_jobs=2), pairs_of_items)
def test_each_bound_holds_by_itself_and_the_solver_mends_a_bad_order(
    jobs: dict[str, Any], pairs: dict[tuple[str, str], float]
) -> None:
    case = single_jobs.read_jobs(jobs, changeovers=pairs)
    for objective in scheduling.SEQUENCE_OBJECTIVES:
        best = least(jobs, objective, changeovers=pairs)
        assert single_search.proven_by_rule(case, objective, best)[0] <= best + 1e-6
        if objective not in ("makespan", "max_lateness"):
            assert single_bounds.priced_bound(case, objective, best) <= best + 1e-6
        worst = max(
            itertools.permutations(range(len(jobs))),
            key=lambda order: single_search.worth(case, order, objective),
        )
        found = setups_model.search_model(case, objective, worst, time_limit=10, seed=0)
        assert found is not None
        assert found.bound <= best + 1e-6
        assert single_search.worth(case, found.order, objective) == pytest.approx(best)


def test_prices_come_near_the_best_and_not_above_it() -> None:
    jobs = {
        f"J{i}": {"hours": float(h), "due": float(d)}
        for i, (h, d) in enumerate(zip("5371926", "4682391", strict=True))
    }
    best = least({j: row | {"weight": 1} for j, row in jobs.items()}, "weighted_tardiness")
    bound = single_bounds.priced_bound(single_jobs.read_jobs(jobs), "weighted_tardiness", best)
    assert 0.9 * best < bound <= best + 1e-6


def test_many_jobs_are_searched_and_the_bound_is_said() -> None:
    rng = np.random.default_rng(3)
    jobs = {
        f"J{i}": {
            "hours": float(rng.integers(2, 30)),
            "due": float(rng.integers(20, 400)),
            "weight": 1 + i % 5,
        }
        for i in range(30)
    }
    s = scheduling.sequence(jobs, "optimal", time_limit=0.5)
    assert s.bound is not None
    assert s.value is not None
    assert s.gap is not None
    assert 0 < s.bound <= s.value
    assert s.value <= min(
        scheduling.sequence(jobs, r).weighted_tardiness for r in ("edd", "spt", "wspt", "atc")
    )
    assert s.gap < 0.4
    assert s.is_optimal or "not proven the best: none is below" in str(s)


def test_without_the_solver_the_order_found_comes_back_labeled(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (setups_model, scheduling.parallel_model):
        monkeypatch.setattr(module, "has_solver", lambda: False)
    jobs = {f"J{i}": {"hours": 3 + i % 4, "due": 4.0 * i, "item": "xyz"[i % 3]} for i in range(12)}
    pairs = {("x", "y"): 2.0, ("y", "z"): 1.0, ("z", "x"): 3.0}
    s = scheduling.sequence(jobs, "optimal", changeovers=pairs)
    assert s.status in ("feasible", "optimal")
    assert (s.bound or 0.0) <= (s.value or 0.0)
    made = scheduling.parallel_machines(jobs, 3, "optimal", objective="weighted_tardiness")
    assert (made.bound or 0.0) <= (made.value or 0.0)
    assert scheduling.flow_shop({j: (r["hours"], 2, r["due"]) for j, r in jobs.items()}).is_optimal


def test_jobs_of_one_item_run_together_where_no_detour_saves_setup() -> None:
    jobs = {f"J{i}": {"hours": 1.0 + i % 3, "item": "abcde"[i % 5]} for i in range(40)}
    pairs = {(a, b): 1.0 + abs(ord(a) - ord(b)) for a in "abcde" for b in "abcde" if a != b}
    s = scheduling.sequence(jobs, "optimal", objective="makespan", changeovers=pairs, start_item="c")
    assert s.is_optimal
    changes = sum(jobs[a]["item"] != jobs[b]["item"] for a, b in itertools.pairwise(s.order))
    assert changes == 4
    # from c to one end and through to the other: to b, a then d, e is 2 + 2 + 4 + 2
    assert s.total_setup == 10


# Machines side by side


def test_longest_first_on_four_machines_by_hand() -> None:
    hours = {"A": 7, "B": 7, "C": 6, "D": 6, "E": 5, "F": 5, "G": 4, "H": 4, "I": 4}
    s = scheduling.parallel_machines(hours, 4)
    assert (s.makespan, s.bound, s.is_optimal) == (15, 12, False)
    assert s.gap == pytest.approx(0.2)
    assert sum(s.load_hours.values()) == 48
    assert max(s.load_hours.values()) == 15
    best = scheduling.parallel_machines(hours, 4, "optimal")
    assert (best.makespan, best.is_optimal) == (12, True)
    assert scheduling.parallel_machines(hours, ["p", "q"], "spt").jobs_of["p"][0] == "G"


@settings(max_examples=12, deadline=None)
@given(tables(5, with_more=True), st.integers(1, 3))
def test_the_best_of_all_lists_on_machines_side_by_side(jobs: dict[str, Any], m: int) -> None:
    for objective in scheduling.SEQUENCE_OBJECTIVES:
        lists = [
            scheduling.parallel_machines(jobs, m, list(order), objective=objective).value or 0.0
            for order in itertools.permutations(jobs)
        ]
        s = scheduling.parallel_machines(jobs, m, "optimal", objective=objective, time_limit=5)
        assert s.value == pytest.approx(min(lists))
        for rule in scheduling.PARALLEL_RULES:
            r = scheduling.parallel_machines(jobs, m, rule, objective=objective)
            assert r.bound is not None
            assert r.bound <= min(lists) + 1e-6
            if rule == "lpt" and objective == "makespan" and not any(j["release"] for j in jobs.values()):
                assert (r.value or 0.0) <= (4 / 3 - 1 / (3 * m)) * min(lists) + 1e-9
            for _, bars in r.bars.groupby("machine"):
                assert (bars["start"].iloc[1:].to_numpy() >= bars["end"].iloc[:-1].to_numpy() - 1e-9).all()


# Flow shops


def times(most: int, machines: int) -> st.SearchStrategy[dict[str, list[int]]]:
    row = st.lists(st.integers(0, 9), min_size=machines, max_size=machines)
    return st.lists(row, min_size=1, max_size=most).map(lambda rows: {f"J{i}": r for i, r in enumerate(rows)})


@settings(max_examples=15, deadline=None)
@given(times(6, 2))
def test_johnson_is_the_best_of_all_orders(given_times: dict[str, list[int]]) -> None:
    every = [scheduling.flow_shop(given_times, list(p)).makespan for p in itertools.permutations(given_times)]
    s = scheduling.johnson(given_times)
    assert s.makespan == min(every)
    assert s.is_optimal
    assert len(s.steps) == len(given_times)


def test_johnson_on_three_machines_where_the_middle_one_is_dominated() -> None:
    dominated = {"A": (6, 4, 5), "B": (7, 2, 9), "C": (5, 5, 3), "D": (9, 1, 7)}
    every = [scheduling.flow_shop(dominated, list(p)).makespan for p in itertools.permutations(dominated)]
    assert scheduling.johnson(dominated).makespan == min(every)
    with pytest.raises(InputError, match="5 or less: Johnson's rule on three machines holds where"):
        scheduling.johnson({"A": (6, 4, 5), "B": (7, 8, 9), "C": (5, 5, 3)})
    with pytest.raises(InputError, match="machines must be two, or three"):
        scheduling.johnson({"A": (1, 2, 3, 4)})


def test_johnson_says_how_it_placed_each_job_and_how_machine_2_waits() -> None:
    s = scheduling.johnson({"A": (3, 6), "B": (5, 2), "C": (1, 2), "D": (6, 6), "E": (7, 5)})
    assert [(p.job, p.time, p.machine) for p in s.steps] == [
        ("C", 1, 1), ("B", 2, 2), ("A", 3, 1), ("E", 5, 2), ("D", 6, 1),
    ]  # fmt: skip
    table = s.machine_table.set_index("machine").loc["machine 2"]
    assert table["idle_before"] == 1
    assert (
        table["idle_before"] + table["idle_between"] + table["work_hours"] + table["idle_after"] == s.makespan
    )
    assert s.idle_hours["machine 2"] == table["idle_before"] + table["idle_between"]
    assert s.makespan == 24
    assert s.table.query("job == 'B' and machine == 'machine 2'")["end"].item() == 24


@settings(max_examples=12, deadline=None)
@given(times(5, 3), st.sampled_from(("allowed", "blocking", "no_wait")))
def test_a_flow_shop_is_the_best_of_all_orders_and_keeps_the_rules_of_waiting(
    given_times: dict[str, list[int]], waiting: str
) -> None:
    every = [
        scheduling.flow_shop(given_times, list(p), waiting=waiting).makespan
        for p in itertools.permutations(given_times)
    ]
    s = scheduling.flow_shop(given_times, waiting=waiting)
    assert s.is_optimal
    assert s.makespan == pytest.approx(min(every))
    for rule in ("neh", "cds"):
        r = scheduling.flow_shop(given_times, rule, waiting=waiting)
        assert r.bound <= min(every) + 1e-9 <= r.makespan + 2e-9
    begin, end = np.array(s.start), np.array(s.completion)
    assert (begin[1:] >= end[:-1] - 1e-9).all()
    assert (begin[:, 1:] >= end[:, :-1] - 1e-9).all()
    if waiting == "no_wait":
        assert np.allclose(begin[:, 1:], end[:, :-1])
    if waiting == "blocking":
        assert (begin[1:, :-1] >= begin[:-1, 1:] - 1e-9).all()


@settings(max_examples=25, deadline=None)
@given(times(6, 3), st.sampled_from(("allowed", "blocking")))
def test_the_proof_finds_the_best_from_a_bad_order(given_times: dict[str, list[int]], waiting: str) -> None:
    hours = np.array(list(given_times.values()), dtype=float)
    every = {
        p: flow_times.total(hours.tolist(), p, waiting) for p in itertools.permutations(range(len(hours)))
    }
    worst = max(every, key=lambda p: every[p])
    order, bound = flow_proof.prove(hours, list(worst), waiting, time_limit=10)
    assert every[tuple(order)] == bound == min(every.values())


def test_a_search_that_is_cut_short_says_so() -> None:
    rng = np.random.default_rng(5)
    given_times = {f"J{i}": rng.integers(1, 100, 12).tolist() for i in range(20)}
    s = scheduling.flow_shop(given_times, time_limit=0.2)
    assert s.bound <= s.makespan <= scheduling.flow_shop(given_times, "neh").makespan
    assert s.is_optimal == (s.makespan == pytest.approx(s.bound))
    assert s.is_optimal or "not proven the best" in str(s)
    assert s.gap < 0.3


# Plants


@pytest.mark.parametrize("industry", Plant.samples())
def test_every_plant_has_a_work_center_to_be_sequenced(industry: str) -> None:
    plant = Plant.sample(industry)
    center = plant.changeovers["workcenter"].iloc[0]
    done = 0
    for orders in (None, plant.receipts):
        for workcenter in dict.fromkeys([center, *plant.workcenters["workcenter"]]):
            try:
                jobs = scheduling.work_center_jobs(plant, workcenter, orders, weeks=1)
            except MissingTableError:
                continue
            changes = plant.changeovers.query("workcenter == @workcenter")
            compared = scheduling.compare_rules(jobs, ["fcfs", "edd", "spt"], changeovers=changes)
            assert (compared["makespan"] >= jobs["hours"].sum() - 1e-6).all()
            best = scheduling.sequence(
                jobs, "optimal", objective="makespan", changeovers=changes, time_limit=1
            )
            assert best.makespan <= compared["makespan"].min() + 1e-6
            assert (best.bound or 0.0) <= best.makespan + 1e-9
            machines = int(plant.workcenters.set_index("workcenter").loc[workcenter, "machines"])
            made = scheduling.parallel_machines(jobs, machines, "edd", objective="weighted_tardiness")
            assert sorted(made.order) == sorted(jobs["job"])
            done += 1
    assert done >= 5


def test_the_clock_of_a_work_center_leaves_out_what_is_not_worked() -> None:
    plant = Plant.sample("metal")
    orders = pd.DataFrame(
        {
            "order": ["P", "Q", "R"],
            "item": ["cabinet-wall"] * 3,
            "quantity": [10.0, 10, 10],
            "due": pd.to_datetime(["2026-01-05", "2026-01-12", "2026-01-02"]),
        }
    )
    jobs = scheduling.work_center_jobs(plant, "coat", orders).set_index("job")
    center = plant.workcenters.set_index("workcenter").loc["coat"]
    day = 2 * 8 * center["utilization"]
    assert jobs.loc["P", "due"] == pytest.approx(day)
    assert jobs.loc["Q", "due"] == pytest.approx(6 * day)
    assert jobs.loc["R", "due"] == pytest.approx(0)  # the weekend is not worked
    steps = plant.routings.query("item == 'cabinet-wall' and alternative == ''").sort_values("step")
    own = steps.query("workcenter == 'coat'").iloc[0]
    assert jobs.loc["P", "hours"] == pytest.approx(10 * own["run_hours"] / center["efficiency"])
    later = steps[steps["step"] > own["step"]]
    assert jobs.loc["P", "operations"] == len(later) + 1
    efficiency = plant.workcenters.set_index("workcenter")["efficiency"][later["workcenter"]].to_numpy()
    rest = (10 * later["run_hours"].to_numpy() / efficiency + later["setup_hours"].to_numpy()).sum()
    assert jobs.loc["P", "remaining_hours"] == pytest.approx(jobs.loc["P", "hours"] + rest)


# What is refused


@pytest.mark.parametrize(
    ("jobs", "given", "message"),
    [
        ({}, {}, "jobs must be one job or more"),
        ([3, 4], {}, "jobs must be a DataFrame with the columns job and hours"),
        (pd.DataFrame({"job": ["A"]}), {}, "a table with the columns job and hours"),
        ({"A": {"due": 4}}, {}, "hours of A must be above zero"),
        ({"A": 0}, {}, "hours of A must be above zero"),
        ({"A": {"hours": 3, "due": "soon"}}, {}, "due of A must be a time on the clock"),
        (
            {"A": {"hours": 3, "due": 2, "release": 5}},
            {},
            "due of A must be not before its release at 5, got 2",
        ),
        ({"A": {"hours": 3, "remaining_hours": 2}}, {}, "remaining_hours of A must be the work left"),
        (
            pd.DataFrame({"job": ["A", "A"], "hours": [1, 2]}),
            {},
            "job must be a name that no other job has, got 'A'",
        ),
        ({"A": 3}, {"rule": "shortest"}, "rule must be one of fcfs, spt"),
        ({"A": 3}, {"rule": "edd"}, "due must be given, since the rule is edd"),
        ({"A": 3}, {"rule": "optimal"}, "due must be given, since the objective is weighted_tardiness"),
        ({"A": 3}, {"objective": "cost"}, "objective must be one of makespan"),
        ({"A": 3}, {"rule": ["B"]}, "the order has 2 faults"),
        ({"A": 3}, {"rule": ["A", "A"]}, "rule must be named once"),
        ({"A": 3}, {"rule": 7}, "rule must be a rule's name, or the jobs in an order"),
        ({"A": 3}, {"changeovers": {"A": 2}}, r"by pairs \(item before, item after\)"),
        ({"A": 3}, {"changeovers": {("A", "B"): -1}}, "hours from A to B must be zero or more"),
        ({"A": 3}, {"start_item": "B"}, "start_item must be an item of the jobs"),
        ({"A": 3}, {"time_limit": 0}, "time_limit must be above zero"),
        (
            {"A": {"hours": 3, "due": 9, "release": 2}},
            {"rule": "moore"},
            "moore knows no changeovers and no later",
        ),
    ],
)
def test_bad_jobs_are_named(jobs: Any, given: dict[str, Any], message: str) -> None:
    with pytest.raises((InputError, PlantError), match=message):
        scheduling.sequence(jobs, **given)


def test_everything_wrong_is_listed_at_once() -> None:
    with pytest.raises(PlantError) as caught:
        scheduling.sequence(
            {"A": {"hours": -1}, "B": {"hours": 2, "weight": -3}, "C": {"hours": float("nan")}}
        )
    assert len(caught.value.faults) == 3
    assert all(name in str(caught.value) for name in ("hours of A", "weight of B", "hours of C"))
    twice = pd.DataFrame({"from_item": ["a", "a"], "to_item": ["b", "b"], "hours": [1, 2]})
    with pytest.raises(InputError, match="one row a pair: those of one work center"):
        scheduling.sequence({"a": 1, "b": 2}, changeovers=twice)


def test_bad_machines_and_times_are_named() -> None:
    for machines, message in (
        (0, "1 or more"),
        (1.5, "whole number"),
        ("m", "or their names"),
        (["a", "a"], "no other"),
    ):
        with pytest.raises(InputError, match=message):
            scheduling.parallel_machines({"A": 3}, machines)  # type: ignore[arg-type]
    for times_given, message in (
        ({}, "one job or more"),
        ({"A": (1, -2)}, "hours of A on machine 2 must be zero or more"),
        ({"A": (1, 2), "B": (1,)}, "2 figures, one for each machine"),
        ({"A": {"cut": 1}, "B": {"bend": 2}}, "hours on each of cut"),
        (pd.DataFrame({"job": ["A"]}), "the column job, then one for each machine"),
        (3, "a DataFrame, or a dictionary"),
    ):
        with pytest.raises(InputError, match=message):
            scheduling.flow_shop(times_given)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="waiting must be one of allowed, blocking, no_wait"):
        scheduling.flow_shop({"A": (1, 2)}, waiting="never")
    with pytest.raises(InputError, match="an order of all the jobs, each once"):
        scheduling.flow_shop({"A": (1, 2), "B": (2, 1)}, ["A"])
    plant = Plant.sample("metal")
    with pytest.raises(InputError, match="workcenter must be one of shear"):
        scheduling.work_center_jobs(plant, "forge")
    with pytest.raises(MissingTableError, match="work at shear is wanted; these orders have some at"):
        scheduling.work_center_jobs(plant, "shear")


def test_orders_of_which_none_has_a_routing_are_told() -> None:
    plant = Plant.sample("metal")
    bought = plant.items.loc[plant.items["kind"] == "buy", "item"].iloc[0]
    orders = plant.receipts.assign(item=bought)
    with pytest.raises(MissingTableError, match="none of these orders is for an item that has a routing"):
        scheduling.work_center_jobs(plant, "coat", orders)


def test_urgency_by_hand_and_as_the_rules_see_it() -> None:
    jobs = {
        "A": {"hours": 2, "due": 30, "remaining_hours": 5, "operations": 2},
        "B": {"hours": 4, "due": 26},
        "C": {"hours": 1, "due": 22, "remaining_hours": 4, "operations": 4},
        "D": {"hours": 3},
    }
    table = scheduling.urgency(jobs, now=20).set_index("job")
    assert table["critical_ratio"].tolist()[:3] == [2, 1.5, 0.5]
    assert table["slack"].tolist()[:3] == [5, 2, -2]
    assert table["slack_per_operation"].tolist()[:3] == [2.5, 2, -0.5]
    assert table.loc["D"][["time_left", "critical_ratio", "slack"]].isna().all()
    for rule, figure in (("cr", "critical_ratio"), ("slack", "slack"), ("slack_per_operation",) * 2):
        by_figure = table[figure].sort_values(kind="stable").index
        assert scheduling.sequence(jobs, rule, now=20).order == tuple(by_figure)
    with pytest.raises(InputError, match="remaining_hours of A"):
        scheduling.urgency({"A": {"hours": 3, "due": 9, "remaining_hours": 2}})
