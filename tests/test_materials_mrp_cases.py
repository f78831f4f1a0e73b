"""Material plans by hand: each feature alone, the messages, the reasons, and what is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from prodkit import Plant, materials
from prodkit.errors import InputError, PlantError, ProdkitError


def table(*names: str, rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(names))


def plan(
    items: list[dict[str, Any]],
    demand: list[tuple[int, str, float]],
    bom: list[tuple[str, str, float]] | pd.DataFrame = (),  # type: ignore[assignment]
    receipts: list[tuple[str, str, float, int]] = (),  # type: ignore[assignment]
    **options: Any,
) -> materials.MrpPlan:
    lines = (
        bom if isinstance(bom, pd.DataFrame) else table("parent", "component", "quantity_per", rows=list(bom))
    )
    return materials.mrp(
        items=pd.DataFrame(items),
        demand=table("week", "item", "quantity", rows=list(demand)),
        bom=lines if len(lines) else None,
        receipts=table("order", "item", "quantity", "due", rows=list(receipts)) if receipts else None,
        **{"weeks": 6, **options},
    )


def line(made: materials.MrpPlan, item: str, name: str) -> list[float]:
    return [float(x) for x in made.record(item).loc[name].iloc[1:]]


def test_netting_by_hand_with_safety_stock_netted_once() -> None:
    made = plan(
        [{"item": "a", "on_hand": 30, "allocated": 5, "safety_stock": 10, "lead_time_weeks": 2}],
        [(1, "a", 10), (2, "a", 20), (3, "a", 15), (5, "a", 40)],
        receipts=[("P1", "a", 12, 2)],
    )
    assert line(made, "a", "available") == [15, 10, 10, 10, 10, 10]
    assert line(made, "a", "net") == [0, 3, 15, 0, 40, 0]
    assert line(made, "a", "receipt") == [0, 3, 15, 0, 40, 0]
    assert line(made, "a", "release") == [18, 0, 40, 0, 0, 0]  # 3 of the 18 should have gone out a week ago
    assert line(made, "a", "past_due") == [3, 0, 0, 0, 0, 0]
    assert made.record("a").loc["available", "start"] == 25
    assert made.orders["release"].tolist() == [0, 1, 3]


def test_a_shared_component_is_netted_once_after_all_its_parents() -> None:
    made = plan(
        [{"item": i, "on_hand": s} for i, s in (("top", 0), ("mid", 0), ("bolt", 50))],
        [(2, "top", 10), (3, "bolt", 5)],
        [("top", "mid", 1), ("top", "bolt", 2), ("mid", "bolt", 4)],
    )
    assert made.levels == {"top": 0, "mid": 1, "bolt": 2}
    assert line(made, "bolt", "gross") == [0, 60, 5, 0, 0, 0]
    assert line(made, "bolt", "net") == [0, 10, 5, 0, 0, 0]


def test_a_phantom_passes_its_needs_on_less_its_own_stock() -> None:
    items = [
        {"item": "top", "kind": "make", "lead_time_weeks": 1},
        # What stands here beside the stock does not count for a phantom.
        {"item": "kit", "kind": "phantom", "on_hand": 4, "lead_time_weeks": 3, "safety_stock": 9, "yield_share": 0.5,
         "lot_rule": "fixed", "lot_size": 100, "firm_weeks": 6},
        {"item": "screw", "kind": "buy", "lead_time_weeks": 1},
    ]  # fmt: skip
    made = plan(items, [(4, "top", 10)], [("top", "kit", 1), ("kit", "screw", 6)])
    assert line(made, "kit", "release") == [0, 0, 6, 0, 0, 0]
    assert line(made, "screw", "gross") == [0, 0, 36, 0, 0, 0]
    assert made.orders["item"].tolist() == ["screw", "top"]
    up = made.pegs_to(int(made.orders["order"].iloc[0]))
    assert up[["item", "parent", "for_order", "quantity"]].values.tolist() == [["kit", "top", 2, 6.0]]


def test_yield_and_component_scrap() -> None:
    items = [{"item": "a", "yield_share": 0.8}, {"item": "b"}]
    bom = table("parent", "component", "quantity_per", "scrap_share", rows=[("a", "b", 2, 0.2)])
    made = plan(items, [(3, "a", 40)], bom)
    assert line(made, "a", "receipt")[2] == 40
    assert line(made, "a", "release")[2] == pytest.approx(50)
    assert line(made, "b", "gross")[2] == pytest.approx(50 * 2 / 0.8)


def test_lots_hold_for_what_is_ordered_or_for_good_units() -> None:
    items = [{"item": "a", "yield_share": 0.8, "lot_rule": "multiple", "lot_multiple": 30}]
    ordered = plan(items, [(2, "a", 40)])
    assert (line(ordered, "a", "release")[1], line(ordered, "a", "receipt")[1]) == (60, 48)
    good = plan(items, [(2, "a", 40)], lots_of="good")
    assert (line(good, "a", "release")[1], line(good, "a", "receipt")[1]) == (75, 60)


def test_a_safety_lead_time_brings_the_receipt_forward() -> None:
    made = plan([{"item": "a", "lead_time_weeks": 1, "safety_lead_weeks": 2}], [(5, "a", 10)])
    assert line(made, "a", "net") == [0, 0, 0, 0, 10, 0]
    assert line(made, "a", "receipt") == [0, 0, 10, 0, 0, 0]
    assert line(made, "a", "release") == [0, 10, 0, 0, 0, 0]
    assert line(made, "a", "available") == [0, 0, 10, 10, 0, 0]


def test_nothing_new_comes_in_the_firm_weeks() -> None:
    made = plan([{"item": "a", "firm_weeks": 2}], [(1, "a", 4), (2, "a", 5), (4, "a", 6)])
    assert line(made, "a", "receipt") == [0, 0, 9, 6, 0, 0]
    assert line(made, "a", "available") == [-4, -9, 0, 0, 0, 0]
    assert made.messages["text"].tolist() == ["a: 9 short in week 1 to week 2."]


def test_late_orders_keep_their_week_or_move() -> None:
    items = [{"item": "a", "lead_time_weeks": 3}]
    kept = plan(items, [(2, "a", 10)])
    assert line(kept, "a", "receipt") == [0, 10, 0, 0, 0, 0]
    assert kept.messages["text"].tolist() == [
        "a: planned order 1 for 10 should have been released 2 weeks ago. Release it now; to be there in week 2 it must "
        "take 1 week instead of 3 weeks."
    ]
    moved = plan(items, [(2, "a", 10)], late="move")
    assert line(moved, "a", "receipt") == [0, 0, 0, 10, 0, 0]
    assert moved.messages["kind"].tolist() == ["short"]


def test_firm_weeks_hold_longer_than_a_short_lead_time() -> None:
    made = plan([{"item": "a", "lead_time_weeks": 1, "firm_weeks": 3}], [(2, "a", 10)], late="move")
    assert line(made, "a", "receipt") == [0, 0, 0, 10, 0, 0]


def test_alternative_and_dated_bills() -> None:
    bom = pd.DataFrame(
        {
            "parent": ["a"] * 4,
            "component": ["old", "new", "other", "glue"],
            "quantity_per": [2, 3, 5, 1],
            "alternative": ["", "", "hand", "hand"],
            "valid_from": [None, 4, None, None],
            "valid_to": [3, None, None, None],
        }
    )
    items = [{"item": i} for i in ("a", "old", "new", "other", "glue")]
    made = plan(items, [(3, "a", 10), (4, "a", 10)], bom)
    assert line(made, "old", "gross") == [0, 0, 20, 0, 0, 0]
    assert line(made, "new", "gross") == [0, 0, 0, 30, 0, 0]
    assert line(made, "other", "gross") == [0] * 6
    drawn = made.pegs[made.pegs["need"] == "order"]
    assert drawn[["item", "week", "quantity"]].values.tolist() == [["old", 3, 20.0], ["new", 4, 30.0]]
    by_hand = plan(items, [(3, "a", 10)], bom, alternatives={"a": "hand"})
    assert line(by_hand, "old", "gross") == [0] * 6
    assert line(by_hand, "other", "gross") == [0, 0, 50, 0, 0, 0]


def test_dates_in_place_of_week_numbers() -> None:
    bom = pd.DataFrame(
        {
            "parent": ["a", "a"],
            "component": ["old", "new"],
            "quantity_per": [1, 1],
            "valid_from": ["", "2026-01-14"],
            "valid_to": ["2026-01-13", ""],
        }
    )
    made = materials.mrp(
        items=pd.DataFrame({"item": ["a", "old", "new"]}),
        bom=bom,
        demand=pd.DataFrame({"week": ["2026-01-12", "2026-01-22"], "item": "a", "quantity": [4, 6]}),
        receipts=pd.DataFrame({"item": ["new"], "quantity": [2], "due": [pd.Timestamp("2026-01-20")]}),
        start="2026-01-05",
        weeks=4,
    )
    assert list(made.record("a").columns) == ["start", "2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26"]
    assert line(made, "old", "gross") == [0, 4, 0, 0]
    assert line(made, "new", "gross") == [0, 0, 6, 0]  # valid on the Wednesday: from the next week on
    assert line(made, "new", "net") == [0, 0, 4, 0]
    assert made.orders["due"].max() == pd.Timestamp("2026-01-19")


def test_a_coproduct_comes_in_with_its_parent() -> None:
    made = plan(
        [{"item": "steak"}, {"item": "hide", "on_hand": 1}],
        [(2, "steak", 10), (3, "hide", 8)],
        coproducts=table("parent", "item", "quantity_per", rows=[("steak", "hide", 0.5)]),
    )
    assert line(made, "hide", "coproduct") == [0, 5, 0, 0, 0, 0]
    assert line(made, "hide", "net") == [0, 0, 2, 0, 0, 0]
    up = made.pegs_to(1, full=True)
    assert up[["item", "need", "quantity"]].values.tolist() == [
        ["steak", "demand", 10.0],
        ["hide", "demand", 5.0],
    ]


def test_messages_say_what_to_move() -> None:
    items = [
        {"item": "early", "on_hand": 10},
        {"item": "late", "on_hand": 0},
        {"item": "never", "on_hand": 50},
        {"item": "gone", "on_hand": 0},
        {"item": "thin", "on_hand": 12, "safety_stock": 10, "firm_weeks": 3},
    ]
    made = plan(
        items,
        [(4, "early", 15), (2, "late", 5), (3, "never", 20), (1, "gone", 5), (1, "thin", 5)],
        receipts=[("P1", "early", 5, 1), ("P2", "late", 5, 5), ("P3", "never", 9, 2), ("P4", "gone", 5, -1)],
    )
    assert made.messages[["kind", "item", "order", "week", "to_week", "quantity"]].values.tolist() == [
        ["past due", "gone", "P4", -1, 1, 5.0],
        ["expedite", "late", "P2", 5, 2, 5.0],
        ["below safety", "thin", None, 1, 3, 3.0],
        ["defer", "early", "P1", 1, 4, 5.0],
        ["cancel", "never", "P3", 2, 2, 9.0],
    ]
    text = dict(zip(made.messages["kind"], made.messages["text"], strict=True))
    assert text["expedite"] == "late: bring open order P2 for 5 forward from week 5 to week 2."
    assert (
        text["past due"]
        == "gone: open order P4 for 5 was due 2 weeks ago and is counted in week 1. Find out when it comes."
    )
    assert str(made) == (
        "5 items over 6 weeks from week 1: 2 planned orders, 0 of them to release now.\n"
        "Messages: 1 past due, 1 expedite, 1 below safety, 1 defer, 1 cancel."
    )


def test_a_firm_week_is_not_put_off_and_a_safety_lead_counts_as_wanted() -> None:
    made = plan(
        [{"item": "a", "firm_weeks": 2}, {"item": "b", "safety_lead_weeks": 1}],
        [(5, "a", 5), (4, "b", 5)],
        receipts=[("P1", "a", 5, 2), ("P2", "b", 5, 4)],
    )
    assert made.messages[["kind", "item", "to_week"]].values.tolist() == [["expedite", "b", 3]]


def test_open_orders_of_one_item_are_needed_one_after_another() -> None:
    made = plan(
        [{"item": "a"}],
        [(1, "a", 5), (4, "a", 5)],
        receipts=[("P1", "a", 5, 1), ("P2", "a", 5, 2), ("P3", "a", 5, 3)],
    )
    assert made.messages[["kind", "order", "to_week"]].values.tolist() == [
        ["defer", "P2", 4],
        ["cancel", "P3", 3],
    ]


def test_open_orders_as_due_or_rescheduled() -> None:
    items, demand, open_orders = [{"item": "a"}], [(2, "a", 5)], [("P1", "a", 8, 4)]
    as_due = plan(items, demand, receipts=open_orders)
    assert line(as_due, "a", "receipt") == [0, 5, 0, 0, 0, 0]
    moved = plan(items, demand, receipts=open_orders, open_orders="rescheduled")
    assert line(moved, "a", "scheduled") == [0, 8, 0, 0, 0, 0]
    assert line(moved, "a", "receipt") == [0] * 6
    assert moved.messages["kind"].tolist() == ["expedite"]


def test_overdue_open_orders_count_are_left_out_or_refused() -> None:
    items, demand, open_orders = [{"item": "a"}], [(2, "a", 5)], [("P1", "a", 8, 0)]
    counted = plan(items, demand, receipts=open_orders)
    assert line(counted, "a", "scheduled")[0] == 8
    assert counted.messages["kind"].tolist() == ["past due", "defer"]
    left_out = plan(items, demand, receipts=open_orders, overdue="leave_out")
    assert line(left_out, "a", "receipt") == [0, 5, 0, 0, 0, 0]
    assert left_out.remarks == ("1 open order due before the first week: left out",)
    with pytest.raises(InputError, match="due of order P1 must be not before the first week"):
        plan(items, demand, receipts=open_orders, overdue="refuse")


def test_what_lies_outside_the_weeks_is_said() -> None:
    made = plan([{"item": "a"}], [(0, "a", 3), (9, "a", 5)], receipts=[("P1", "a", 8, 7)])
    assert line(made, "a", "gross") == [3, 0, 0, 0, 0, 0]
    assert made.remarks == (
        "1 demand due before the first week: counted in it",
        "1 demand due after the last week: left out",
        "1 open order due after the last week: left out",
    )


def test_more_allocated_than_there_is_must_be_made_good() -> None:
    made = plan([{"item": "a", "on_hand": 3, "allocated": 10}], [(2, "a", 5)])
    assert line(made, "a", "receipt") == [7, 5, 0, 0, 0, 0]
    assert made.pegs[["need", "quantity"]].values.tolist() == [["allocated", 7.0], ["demand", 5.0]]


CHAIN = [
    {"item": "cart", "lead_time_weeks": 1, "on_hand": 2, "kind": "make"},
    {"item": "frame", "lead_time_weeks": 1, "kind": "make", "lot_rule": "fixed", "lot_size": 8, "safety_stock": 1,
     "on_hand": 3},
    {"item": "tube", "lead_time_weeks": 2, "kind": "buy", "on_hand": 2},
]  # fmt: skip
LINES = [("cart", "frame", 1), ("frame", "tube", 3)]


def chain() -> materials.MrpPlan:
    return materials.mrp(
        items=pd.DataFrame(CHAIN),
        bom=table("parent", "component", "quantity_per", rows=LINES),
        demand=table(
            "week", "item", "quantity", "order", "customer",
            rows=[(4, "cart", 4, "C1", "Oak Stores"), (5, "cart", 6, "C2", "Birch Ltd")],
        ),
        receipts=table("order", "item", "quantity", "due", rows=[("P7", "tube", 20, 2)]),
        weeks=8,
    )  # fmt: skip


def test_which_customer_hangs_on_a_late_receipt() -> None:
    made = chain()
    assert made.orders[["order", "item", "quantity", "release"]].values.tolist() == [
        [1, "tube", 2.0, 1],
        [2, "cart", 2.0, 3],
        [3, "frame", 8.0, 3],
        [4, "cart", 6.0, 4],
    ]
    assert made.pegs_to("P7")[
        ["level", "item", "order", "parent", "for_order", "quantity"]
    ].values.tolist() == [[1, "tube", "P7", "frame", 3, 20.0]]
    up = made.pegs_to("P7", full=True)
    assert up[["level", "item", "need", "for_order", "customer", "week", "quantity"]].values.tolist() == [
        [1, "tube", "order", 3, "", 3, 20.0],
        [2, "frame", "order", 4, "", 4, 6.0],
        [2, "frame", "left over", None, "", 8, 2.0],
        [3, "cart", "demand", "C2", "Birch Ltd", 5, 6.0],
    ]
    # C1 is served from the frames in stock: it does not hang on the tubes.
    assert made.pegs_to(2, full=True)["for_order"].tolist() == ["C1"]


def test_an_order_met_twice_on_the_way_up_is_followed_once() -> None:
    lines = [("top", "left", 1), ("top", "right", 1), ("left", "bolt", 2), ("right", "bolt", 3)]
    items = [{"item": i, "lead_time_weeks": 1} for i in ("top", "left", "right", "bolt")]
    made = plan(items, [(5, "top", 4)], lines)
    up = made.pegs_to(1, full=True)
    assert up[["level", "item", "parent", "quantity"]].values.tolist() == [
        [1, "bolt", "left", 8.0],
        [1, "bolt", "right", 12.0],
        [2, "left", "top", 4.0],
        [3, "top", "", 4.0],
        [2, "right", "top", 4.0],
    ]


def test_why_an_order_is_there() -> None:
    made = chain()
    assert made.why(3) == (
        "Planned order 3: start 8 of frame in week 3, due in week 4. Needed in week 4: 6. There before: 1. Coming in: 0. "
        "Safety stock: 1. So the net requirement is 6; lots are of 8. It serves planned order 4 of cart (6), stock left "
        "over (2). In the end it serves demand for cart."
    )
    assert made.why(1) == (
        "Planned order 1: order 2 of tube in week 1, due in week 3. Needed in week 3: 24. There before: 22. Coming in: 0. "
        "Safety stock: 0. So the net requirement is 2; the rule is lot for lot. It serves planned order 3 of frame (2). In "
        "the end it serves demand for cart."
    )


def test_why_names_lateness_yield_safety_lead_and_modified_lots() -> None:
    item = {"item": "a", "lead_time_weeks": 2, "safety_lead_weeks": 1, "yield_share": 0.5, "lot_rule": "periods",
            "lot_periods": 2, "lot_min": 5, "lot_multiple": 6}  # fmt: skip
    text = plan([item], [(3, "a", 10), (4, "a", 1)]).why(1)
    assert text == (
        "Planned order 1: start 24 of a in week 1, due in week 2. That is 1 week late: its lead time is 2 weeks. At a yield "
        "of 50 % that brings 12 good ones. Needed in week 3: 10. There before: 0. Coming in: 0. Safety stock: 0. So the net "
        "requirement is 10; a lot covers the needs of 2 weeks, at least 5, in multiples of 6. It is to come 1 week before "
        "that week, its safety lead time. It serves demand (10), demand (1), stock left over (1)."
    )


def test_bad_input_is_named() -> None:
    a, demand = {"item": "a"}, [(2, "a", 5)]
    cases: list[tuple[str, dict[str, Any]]] = [
        (r"bom: parent must be an item of the table items, got 'x'", {"bom": [("x", "a", 1)]}),
        (r"bom: component must be an item of the table items, got 'y'", {"bom": [("a", "y", 1)]}),
        (r"demand: item must be an item of the table items, got 'z'", {"demand": [(1, "z", 1)]}),
        (r"receipts: item must be an item of the table items, got 'w'", {"receipts": [("P", "w", 1, 1)]}),
        (r"items: yield_share of a must be a share .* above 0.*, got 0", {"items": [a | {"yield_share": 0}]}),
        (r"items: yield_share of a must be .*, got -0.5", {"items": [a | {"yield_share": -0.5}]}),
        (r"lot_multiple of a must be .*above 0, got 0", {"items": [a | {"lot_rule": "multiple", "lot_multiple": 0}]}),
        (r"lot_multiple of a must be given, since its rule is multiple", {"items": [a | {"lot_rule": "multiple"}]}),
        (r"lead time of a must be 6 weeks or less.*got 7", {"items": [a | {"lead_time_weeks": 7}]}),
        (r"lead_time_weeks of a must be a whole number.*got 1.5", {"items": [a | {"lead_time_weeks": 1.5}]}),
        (r"one row an item, so that each has one planning rule, got 'a'", {"items": [a, a]}),
        (
            r"lot_size of a must be left out, since its rule is lot_for_lot: one planning rule",
            {"items": [a | {"lot_size": 5}]},
        ),
        (
            r"lot_multiple of a must be left out, since its rule is fixed",
            {"items": [a | {"lot_rule": "fixed", "lot_size": 5, "lot_multiple": 5}]},
        ),
        (r"lot_rule of a must be one of lot_for_lot", {"items": [a | {"lot_rule": "by feel"}]}),
        (r"bom: quantity_per of a must be .*above 0, got 0", {"bom": [("a", "b", 0)], "items": [a, {"item": "b"}]}),
        (r"quantity of a must be .*zero or more, got -5", {"demand": [(1, "a", -5)]}),
        (r"on_hand of a must be a number .*, got 'many'", {"items": [a | {"on_hand": "many"}]}),
        (r"demand: week in row 1 must be a week's number", {"demand": [("2026-01-05", "a", 5)]}),
        (r"alternatives\['a'\] must be the name of one of its bills", {
            "alternatives": {"a": "hand"}, "bom": [("a", "b", 1)], "items": [a, {"item": "b"}]}),
        (r"lot_rules must be an item", {"lot_rules": {"q": "fixed"}}),
        (r"weeks must be a whole number", {"weeks": 0}),
        (r"late must be one of keep, move", {"late": "never"}),
        (r"start must be a day", {"start": "soon"}),
        (r"holding_rate must be above zero", {"lot_rules": {"a": "silver_meal"}}),
    ]  # fmt: skip
    for message, change in cases:
        with pytest.raises(InputError, match=message):
            plan(**{"items": [a], "demand": demand, **change})


def test_numbers_are_no_days_and_days_no_numbers() -> None:
    with pytest.raises(InputError, match=r"demand: week in row 1 must be a day.* got 2"):
        plan([{"item": "a"}], [(2, "a", 5)], start="2026-01-05")
    with pytest.raises(InputError, match="demand: week in row 1 must be a week's number"):
        plan([{"item": "a"}], [(pd.Timestamp("2026-01-05"), "a", 5)])  # type: ignore[list-item]
    with pytest.raises(InputError, match=r"demand: week in row 1 must be a week's number.* got 1.5"):
        plan([{"item": "a"}], [(1.5, "a", 5)])  # type: ignore[list-item]
    with pytest.raises(InputError, match="week of a must be the Monday of a week"):
        plan([{"item": "a"}], [(None, "a", 5)], start="2026-01-05")  # type: ignore[list-item]


ODD = [None, "", float("nan"), float("inf"), -1, 1e18, "x", "5", True, pd.NaT, pd.NA, pd.Timestamp("2026-01-07"),
       "2026-13-01", [1], {"a": 1}, 2**70, 1.5]  # fmt: skip


def test_whatever_stands_in_a_cell_is_planned_or_named() -> None:
    rng = np.random.default_rng(3)
    whole = {
        "items": pd.DataFrame(CHAIN),
        "bom": table("parent", "component", "quantity_per", rows=LINES).assign(
            scrap_share=0.1, alternative="", valid_from="2026-01-05", valid_to=None
        ),
        "demand": table("week", "item", "quantity", "order", rows=[("2026-01-12", "cart", 4, "C1")]),
        "receipts": table(
            "order", "item", "quantity", "due", "firm", rows=[("P1", "tube", 4, "2026-01-12", "yes")]
        ),
    }
    refused = 0
    for _ in range(150):
        tables = dict(whole)
        name = str(rng.choice(list(tables)))
        column = str(rng.choice(tables[name].columns))
        cells = tables[name][column].tolist()
        cells[int(rng.integers(len(cells)))] = ODD[int(rng.integers(len(ODD)))]
        tables[name] = tables[name].assign(**{column: pd.Series(cells, dtype=object)})
        try:
            made = materials.mrp(**tables, start="2026-01-05", weeks=6)
            assert np.isfinite(made.records["available"]).all()
        except ProdkitError:
            refused += 1
    assert 30 < refused < 140


def test_empty_tables_are_no_fault() -> None:
    made = materials.mrp(
        items=pd.DataFrame({"item": ["a"], "safety_stock": [4]}),
        demand=pd.DataFrame(columns=["week", "item", "quantity"]),
        bom=pd.DataFrame(columns=["parent", "component", "quantity_per"]),
        receipts=pd.DataFrame(columns=["order", "item", "quantity", "due"]),
        coproducts=pd.DataFrame(columns=["parent", "item", "quantity_per"]),
        weeks=1,
    )
    assert line(made, "a", "receipt") == [4]
    assert len(made.messages) == 0
    assert made.pegs[["need", "supply", "quantity"]].values.tolist() == [
        ["safety stock", "planned order", 4.0]
    ]
    with pytest.raises(InputError, match="a table with at least one item"):
        materials.mrp(
            items=pd.DataFrame(columns=["item"]), demand=pd.DataFrame(columns=["week", "item", "quantity"])
        )


def test_a_loop_is_named() -> None:
    items = [{"item": i} for i in "abcd"]
    with pytest.raises(InputError, match="b > c > d > b"):
        plan(items, [(1, "a", 1)], [("a", "b", 1), ("b", "c", 1), ("c", "d", 1), ("d", "b", 1)])


def test_everything_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(PlantError) as error:
        plan(
            [{"item": "a", "yield_share": 0, "lead_time_weeks": 9}, {"item": "b", "lot_rule": "fixed"}],
            [(1, "nothing", 1)],
            [("a", "b", 1), ("b", "a", 1)],
        )
    names = [fault.name for fault in error.value.faults]  # type: ignore[attr-defined]
    assert names == [
        "items: yield_share of a",
        "items: lot_size of b",
        "demand: item",
        "items: lead time of a",
        "bom",
    ]
    assert "a > b > a" in str(error.value)


def test_orders_that_do_not_exist() -> None:
    made = chain()
    for bad in (0, 99, 1.5, "P9"):
        with pytest.raises(InputError):
            made.pegs_to(bad)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="an open order of frame"):
        made.pegs_to("P7", item="frame")
    with pytest.raises(InputError, match="number of a planned order, 1 to"):
        made.why(0)
    with pytest.raises(InputError, match="an item of this plan"):
        made.record("wheel")


@pytest.mark.parametrize("industry", Plant.samples())
def test_every_sample_plant_is_planned(industry: str) -> None:
    plant = Plant.sample(industry)
    made = materials.mrp(plant)
    assert made.start == plant.first_day
    assert len(made.records) == 26 * len(plant.items)
    assert made.remarks[0].startswith("demand is the")
    assert len(made.orders) > 20
    top = made.orders[made.orders["kind"] == "make"]["order"].iloc[-1]
    assert f"Planned order {top}" in made.why(int(top))


def test_a_plant_with_forecast_and_orders_takes_the_greater_of_the_two() -> None:
    metal = Plant.sample("metal")
    tables = {
        name: metal.table(name) for name in metal.tables if name not in ("forecast", "orders", "customers")
    }
    first = pd.Timestamp(metal.first_day)
    tables["forecast"] = pd.DataFrame(
        {"week": [first, first + pd.Timedelta(weeks=1)], "item": "bench-15", "quantity": [10.0, 10.0]}
    )
    tables["orders"] = pd.DataFrame(
        {
            "order": ["C1", "C2", "C3"],
            "item": "bench-15",
            "quantity": [4.0, 25.0, 99.0],
            "due": [first + pd.Timedelta(days=2), first + pd.Timedelta(days=9), first],
            "status": ["open", "released", "shipped"],
        }
    )
    plant = Plant(tables)
    assert plant.check() == []
    made = materials.mrp(plant)
    assert line(made, "bench-15", "gross")[:3] == [10, 25, 0]
    needs = made.pegs[(made.pegs["item"] == "bench-15") & (made.pegs["need"] == "demand")]
    assert needs.groupby("for_order")["quantity"].sum().to_dict() == {"C1": 4.0, "C2": 25.0, "forecast": 6.0}


def test_a_table_takes_the_place_of_the_plants_own() -> None:
    plant = Plant.sample("metal")
    late = plant.receipts.assign(due=plant.receipts["due"] + pd.Timedelta(weeks=2))
    before, after = materials.mrp(plant), materials.mrp(plant, receipts=late)
    short = [int((p.messages["kind"] == "expedite").sum()) for p in (before, after)]
    assert short[1] > short[0]


def test_a_plant_is_a_plant() -> None:
    with pytest.raises(InputError, match="tables go by name"):
        materials.mrp(pd.DataFrame({"item": ["a"]}))  # type: ignore[arg-type]
    with pytest.raises(InputError, match="items must be a DataFrame"):
        materials.mrp(demand=pd.DataFrame({"week": [1], "item": ["a"], "quantity": [1]}))
