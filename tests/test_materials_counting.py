"""ABC classes, turns, days of supply, cycle counts, record accuracy."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prodkit import materials
from prodkit.errors import InputError

relaxed = settings(deadline=None, max_examples=60)
TEN = [("c", 5000, 9.0), ("a", 100, 300.0), ("b", 50, 200.0), ("d", 900, 1.0), ("e", 1, 0.0)]


def ten() -> pd.DataFrame:
    return pd.DataFrame(TEN, columns=["item", "yearly_use", "unit_cost"])


def test_abc_by_hand() -> None:
    """Values 45,000, 30,000, 10,000, 900, 0 of 85,900: running shares 0.524, 0.873, 0.990, 1, 1."""
    abc = materials.abc_classes(ten())
    assert list(abc.table["item"]) == ["c", "a", "b", "d", "e"]
    assert abc.classes == {"c": "A", "a": "A", "b": "B", "d": "C", "e": "C"}
    strict = materials.abc_classes(ten(), crossing="lower")
    assert strict.classes == {"c": "A", "a": "B", "b": "C", "d": "C", "e": "C"}
    assert abc.items_in("A") == ("c", "a")
    assert list(abc.summary["items"]) == [2, 1, 2]
    assert abc.summary["value_share"].sum() == pytest.approx(1)
    assert abc.summary["item_share"].tolist() == [0.4, 0.2, 0.4]
    names, use, cost = zip(*TEN, strict=True)
    assert materials.abc_classes(names, use, cost).classes == abc.classes
    assert materials.abc_classes(ten(), thresholds=(0.5,)).classes["a"] == "B"


def test_abc_at_the_very_line() -> None:
    """Exactly 80 % before an item: it belongs below, whatever floating point makes of the sum."""
    names, use = list("vwxyz"), [5.0, 3.0, 1.0, 0.5, 0.5]
    for crossing in ("upper", "lower"):
        abc = materials.abc_classes(names, use, [0.1] * 5, crossing=crossing)
        assert abc.classes == {"v": "A", "w": "A", "x": "B", "y": "B", "z": "C"}


@relaxed
@given(
    st.lists(st.tuples(st.floats(0, 1e6), st.floats(0, 1e4)), min_size=1, max_size=30).filter(
        lambda rows: sum(u * c for u, c in rows) > 1e-3
    ),
    st.sampled_from(["upper", "lower"]),
)
def test_abc_properties(rows: list[tuple[float, float]], crossing: str) -> None:
    names = [f"i{k}" for k in range(len(rows))]
    use, cost = zip(*rows, strict=True)
    abc = materials.abc_classes(names, use, cost, crossing=crossing)
    values = abc.table["yearly_value"].to_numpy()
    assert (np.diff(values) <= 0).all()
    assert sorted(abc.table["item"]) == sorted(names)
    assert abc.table["abc_class"].is_monotonic_increasing
    share_a = float(abc.table.loc[abc.table["abc_class"] == "A", "value_share"].sum())
    if crossing == "upper":
        assert abc.table.loc[0, "abc_class"] == "A"
        smallest = float(abc.table.loc[abc.table["abc_class"] == "A", "value_share"].iloc[-1])
        assert share_a - smallest < 0.8
        assert share_a >= 0.8 - 1e-6
    else:
        assert share_a <= 0.8 + 1e-6
    shuffled = materials.abc_classes(ten().sample(frac=1, random_state=1))
    assert shuffled.classes == materials.abc_classes(ten()).classes


def test_abc_refusals() -> None:
    with pytest.raises(InputError, match="a table with the column unit_cost"):
        materials.abc_classes(ten().drop(columns="unit_cost"))
    with pytest.raises(InputError, match="items must be named once each, got 'x'"):
        materials.abc_classes(["x", "y", "x"], [1, 2, 3], [1, 1, 1])
    with pytest.raises(InputError, match=r"yearly_use\[1\] must be zero or more .* got -2"):
        materials.abc_classes(["x", "y"], [1, -2], [1, 1])
    with pytest.raises(InputError, match="unit_cost must be 2 values, one for each item, got '1 values'"):
        materials.abc_classes(["x", "y"], [1, 2], [1])
    with pytest.raises(InputError, match="unit_cost must be a sequence of numbers"):
        materials.abc_classes(["x"], [1])
    with pytest.raises(InputError, match="of some value for at least one item"):
        materials.abc_classes(["x"], [0], [5])
    with pytest.raises(InputError, match="thresholds must be rising shares"):
        materials.abc_classes(ten(), thresholds=(0.95, 0.8))
    with pytest.raises(InputError, match=r"thresholds\[0\] must be between 0 and 1, got 80"):
        materials.abc_classes(ten(), thresholds=(80, 95))
    with pytest.raises(InputError, match="crossing must be one of upper, lower"):
        materials.abc_classes(ten(), crossing="both")
    with pytest.raises(InputError, match="at least one item"):
        materials.abc_classes([], [], [])
    with pytest.raises(InputError, match="left out with a table"):
        materials.abc_classes(ten(), [1] * 5)
    with pytest.raises(InputError, match="items must be a table or a sequence of names"):
        materials.abc_classes("item", [1], [1])


@relaxed
@given(st.floats(1, 1e9), st.floats(1, 1e9), st.floats(1, 366))
def test_turns_and_days_are_one_figure(cost: float, stock: float, days: float) -> None:
    turns = materials.inventory_turns(cost, stock)
    assert turns * materials.days_of_supply(stock, cost, days_per_year=days) == pytest.approx(days)
    assert materials.inventory_turns(cost, [stock, stock]) == pytest.approx(turns)
    assert materials.inventory_turns(cost, [0.5 * stock, 1.5 * stock]) == pytest.approx(turns)


def test_turns_refusals() -> None:
    with pytest.raises(InputError, match=r"stock must be above zero \(money\), got 0"):
        materials.inventory_turns(100, 0)
    with pytest.raises(InputError, match="stock must be above zero on average"):
        materials.inventory_turns(100, [0, 0])
    with pytest.raises(InputError, match=r"stock\[1\] must be zero or more"):
        materials.inventory_turns(100, [5, -1])
    with pytest.raises(InputError, match="yearly_use must be above zero"):
        materials.days_of_supply(5, 0)
    with pytest.raises(InputError, match="days_per_year must be above zero"):
        materials.days_of_supply(5, 10, days_per_year=400)


@relaxed
@given(
    st.dictionaries(st.sampled_from("ABCD"), st.tuples(st.integers(0, 500), st.floats(0, 24)), min_size=1),
    st.integers(1, 366),
    st.floats(1, 60),
)
def test_cycle_count_people_cover_the_counts(
    classes: dict[str, tuple[int, float]], days: int, each: float
) -> None:
    plan = materials.cycle_count_plan(
        {c: n for c, (n, _) in classes.items()},
        {c: f for c, (_, f) in classes.items()},
        working_days=days,
        counts_per_person=each,
    )
    total = sum(n * f for n, f in classes.values())
    assert plan.counts_per_year == pytest.approx(total)
    assert plan.counts_per_day == pytest.approx(total / days)
    assert plan.people * each * days >= total - 1e-6 * max(1, total)
    assert (plan.people - 1) * each * days < total or plan.people == 0
    for row in plan.table.to_dict("records"):
        assert row["days_between"] == (
            math.inf if row["counts_per_item"] == 0 else days / row["counts_per_item"]
        )


def test_cycle_count_exact_people_are_not_rounded_up() -> None:
    plan = materials.cycle_count_plan({"A": 30}, {"A": 10}, working_days=100, counts_per_person=0.3)
    assert plan.people_exact == pytest.approx(10)
    assert plan.people == 10


def test_cycle_count_refusals() -> None:
    with pytest.raises(InputError, match="a figure for each class: A, B"):
        materials.cycle_count_plan({"A": 1, "B": 2}, {"A": 1}, counts_per_person=5)
    with pytest.raises(InputError, match=r"items\['A'\] must be a whole number of items"):
        materials.cycle_count_plan({"A": 1.5}, {"A": 1}, counts_per_person=5)  # type: ignore[dict-item]
    with pytest.raises(InputError, match="counts_per_person must be above zero"):
        materials.cycle_count_plan({"A": 1}, {"A": 1}, counts_per_person=0)
    with pytest.raises(InputError, match="working_days must be a whole number of days"):
        materials.cycle_count_plan({"A": 1}, {"A": 1}, counts_per_person=5, working_days=0)
    with pytest.raises(InputError, match="items must be a mapping"):
        materials.cycle_count_plan({}, {}, counts_per_person=5)


def test_record_accuracy_counts_hits_not_value() -> None:
    """One too many here and one too few there: the value agrees, both records are wrong."""
    found = materials.record_accuracy([11, 9, 30, 40], [10, 10, 30, 40])
    assert (found.hits, found.counts, found.accuracy) == (2, 4, 0.5)
    assert found.table["difference"].sum() == 0
    assert found.by_class == {}


def test_record_accuracy_tolerance() -> None:
    counted, record = [102, 98, 103, 0, 5], [100, 100, 100, 0, 0]
    assert materials.record_accuracy(counted, record, tolerance=0.02).table["is_hit"].tolist() == [
        True, True, False, True, False,
    ]  # fmt: skip
    # 2 % of a record of 100 is 2.00; of a count of 98 it is 1.96.
    by_count = materials.record_accuracy(counted, record, tolerance=0.02, tolerance_of="count")
    assert by_count.table["is_hit"].tolist() == [True, False, False, True, False]
    by_class = materials.record_accuracy(
        counted, record, classes=list("AABBC"), tolerance={"A": 0.0, "B": 0.05, "C": 0.0}
    )
    assert by_class.by_class == {"A": 0.0, "B": 1.0, "C": 0.0}
    assert "By class: A 0 %, B 100 %, C 0 %." in str(by_class)


def test_record_accuracy_refusals() -> None:
    with pytest.raises(InputError, match="record must be 2 values"):
        materials.record_accuracy([1, 2], [1])
    with pytest.raises(InputError, match=r"counted\[0\] must be zero or more \(units\), got -1"):
        materials.record_accuracy([-1], [1])
    with pytest.raises(InputError, match="classes must be given where the tolerance goes by class"):
        materials.record_accuracy([1], [1], tolerance={"A": 0.1})
    with pytest.raises(InputError, match="given for class B too"):
        materials.record_accuracy([1, 2], [1, 2], tolerance={"A": 0.1}, classes=["A", "B"])
    with pytest.raises(InputError, match="classes must be 2 values, one for each count"):
        materials.record_accuracy([1, 2], [1, 2], classes=["A"])
    with pytest.raises(InputError, match="tolerance must be a share, 0 to 1, got 5"):
        materials.record_accuracy([1], [1], tolerance=5)
    with pytest.raises(InputError, match="counted must be at least one number"):
        materials.record_accuracy([], [])
