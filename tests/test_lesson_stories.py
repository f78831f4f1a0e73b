"""What the lessons say: each sentence on both sides of the figure that turns it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from prodkit import charts, materials
from prodkit.errors import InputError, MissingTableError
from prodkit.plant import Bought, Plant, bought, cast
from prodkit.stories import Said
from prodkit.stories import materials as story

METAL = Plant.sample("metal")
WHO = cast(METAL)
BUSY, LATE, SALE = WHO.busy, WHO.late, WHO.season


def listed(*rows: tuple[float, float], kind: str = "all_units") -> pd.DataFrame:
    return pd.DataFrame([[*row, kind] for row in rows], columns=["from_quantity", "unit_price", "kind"])


def deal_for(one: Bought) -> Any:
    return materials.discount_quantity(
        one.use, one.order_cost, one.price_list, kind=one.price_kind, holding_rate=one.holding_rate
    )


# ---- who is who


def test_the_roles_of_the_metal_plant_by_hand() -> None:
    year = METAL.past_orders[METAL.past_orders["ordered"] >= "2025-01-06"]
    counts = year["item"].value_counts()
    assert (BUSY.item, BUSY.orders) == (counts.index[0], counts.iloc[0])
    mine = year[year["item"] == BUSY.item]
    assert BUSY.supplier == mine.groupby("supplier")["quantity"].sum().idxmax()
    assert pytest.approx(mine["quantity"].mean()) == BUSY.today
    row = METAL.items.set_index("item").loc[BUSY.item]
    assert pytest.approx(0.22 * row["unit_cost"]) == BUSY.holding_cost
    assert (
        pytest.approx(materials.economic_order_quantity(BUSY.use, 80, BUSY.holding_cost).quantity)
        == BUSY.best
    )
    supplier = METAL.suppliers.query("item == @LATE.item and supplier == @LATE.supplier").iloc[0]
    assert (LATE.lead_time, LATE.lead_time_sd) == (
        supplier["lead_time_weeks"],
        supplier["lead_time_sd_weeks"],
    )
    every = [bought(METAL, item) for item in METAL.yearly_use().index.intersection(METAL.suppliers["item"])]
    weight = {
        one.item: (1 - (one.on_time_share or 0)) * one.lead_time_sd * one.use * one.unit_cost
        for one in every
        if one.item != BUSY.item
    }
    assert LATE.item == max(weight, key=weight.__getitem__)
    promoted = METAL.demand[METAL.demand["promotion"]].groupby("item").size()
    assert promoted[SALE.item] == promoted.max() == len(SALE.weeks)
    assert SALE.salvage < SALE.unit_cost < SALE.price


def without(*tables: str) -> Plant:
    return Plant({name: METAL.table(name) for name in METAL.tables if name not in tables})


def test_a_plant_with_fewer_tables_still_has_its_cast() -> None:
    alone = cast(without("suppliers", "price_breaks", "past_orders"))
    assert (alone.busy.supplier, alone.busy.orders, alone.busy.quantity) == ("", 0, None)
    assert alone.busy.today == alone.busy.best
    assert list(alone.busy.price_list["unit_price"]) == [alone.busy.unit_cost]
    quiet = METAL.demand.assign(promotion=False)
    calm = cast(Plant({**{name: METAL.table(name) for name in METAL.tables}, "demand": quiet}))
    assert not calm.season.is_promotion
    assert len(calm.season.weeks) == 13


def test_a_plant_without_bought_items_says_what_is_missing() -> None:
    items = METAL.items[METAL.items["kind"] != "buy"]
    demand = METAL.demand[METAL.demand["item"].isin(items["item"])]
    only = Plant({"about": METAL.about, "items": items, "demand": demand})
    with pytest.raises(MissingTableError, match="two bought items"):
        cast(only)
    with pytest.raises(InputError, match="a bought item that is used"):
        bought(METAL, "nothing")


# ---- sitting 1


@pytest.mark.parametrize(
    ("orders", "quantity", "words"),
    [
        (40, 50.0, "fewer, larger orders"),
        (4, 500.0, "smaller orders, more often"),
        (16, 132.0, "cannot be far off"),
    ],
)
def test_the_two_costs_say_in_which_direction(orders: int, quantity: float, words: str) -> None:
    assert words in str(story.three_costs(replace(BUSY, orders=orders, quantity=quantity)))


def test_orders_of_two_suppliers_are_told_apart() -> None:
    mine = METAL.past_orders[METAL.past_orders["ordered"] >= "2025-01-06"].query("item == @BUSY.item")
    assert BUSY.from_supplier == (mine["supplier"] == BUSY.supplier).sum()
    assert 0 < BUSY.from_supplier < BUSY.orders
    told = str(story.meet(WHO))
    assert (
        f"{BUSY.orders} times in the last 52 weeks, {BUSY.from_supplier} of them from {BUSY.supplier}" in told
    )
    assert "whose terms the lesson follows" in told
    alone = str(story.meet(replace(WHO, busy=replace(BUSY, from_supplier=BUSY.orders))))
    assert f"{BUSY.orders} times in the last 52 weeks, from {BUSY.supplier}." in alone
    assert "No order of it is on record" in str(story.meet(replace(WHO, busy=replace(BUSY, orders=0))))


def test_what_was_bought_beyond_what_the_bills_explain_is_said_and_not_reckoned_with() -> None:
    twice = replace(BUSY, orders=64)
    told = str(story.terms(twice))
    assert (
        f"So {64 * BUSY.today:,.0f} coils were bought, and demand and bills explain {BUSY.use:,.0f}" in told
    )
    assert "check the bill" in told
    assert "check the bill" not in str(story.terms(BUSY))
    assert twice.times == pytest.approx(BUSY.use / BUSY.today)
    assert str(story.three_costs(twice)) == str(story.three_costs(BUSY))
    curve = materials.economic_order_quantity(BUSY.use, BUSY.order_cost, BUSY.holding_cost)
    paid = twice.times * twice.order_cost + twice.today / 2 * twice.holding_cost
    assert paid == pytest.approx(curve.cost_at(twice.today))
    assert "No order of" in str(story.terms(replace(BUSY, orders=0, quantity=None)))


def test_the_safety_stock_is_blamed_only_where_it_weighs_most() -> None:
    assert "why is the store full" in str(story.three_costs(BUSY))
    assert "no order quantity will change" in str(story.three_costs(replace(BUSY, safety_stock=10)))
    assert "nothing is kept" in str(story.three_costs(replace(BUSY, safety_stock=0)))
    assert "Nothing is kept" in str(story.terms(replace(BUSY, safety_stock=0)))


def test_a_rank_in_each_class() -> None:
    abc = materials.abc_classes(["a", "b", "c", "d"], [80, 12, 5, 3], [1, 1, 1, 1])
    said = [str(story.rank(abc, replace(BUSY, item=item))) for item in "abd"]
    assert "first of 4, in class A" in said[0] and "largest as well" in said[0]  # noqa: PT018
    assert "second of 4, in class B" in said[1] and "6.7 times as much as it" in said[1]  # noqa: PT018
    assert "fourth of 4, in class C" in said[2] and "27 times as much as it" in said[2]  # noqa: PT018


def test_a_price_step_taken_left_or_had_already() -> None:
    take = replace(BUSY, price_list=listed((0, 86.4), (250, 83.81)))
    leave = replace(BUSY, price_list=listed((0, 86.4), (900, 86.0)))
    free = replace(BUSY, price_list=listed((0, 86.4), (100, 83.81)))
    one = replace(BUSY, price_list=listed((0, 86.4)))
    assert str(story.answer(take, deal_for(take))).startswith("So take it: 250 at a time")
    told = str(story.answer(leave, deal_for(leave)))
    assert told.startswith("So leave it. At 900")
    assert "would save 830 a year" in told  # (86.4 - 86.0) x 2,063 = 825
    assert "it costs you nothing" in str(story.answer(free, deal_for(free)))
    assert "no better price" in str(story.answer(one, deal_for(one)))
    assert "less than the economic order quantity" in str(story.offer(free))
    assert "one price whatever" in str(story.offer(one))
    assert "The list goes on" in str(story.offer(replace(BUSY, price_list=listed((0, 9), (50, 8), (90, 7)))))


def test_an_incremental_list_is_answered_by_what_it_costs() -> None:
    steps = replace(BUSY, price_list=listed((0, 86.4), (250, 70.0), kind="incremental"))
    deal = deal_for(steps)
    told = str(story.answer(steps, deal))
    assert told.startswith("So take it") == (deal.quantity > 250)


def test_messages_go_with_the_change() -> None:
    deal = deal_for(BUSY)
    up = str(story.change(BUSY, deal))
    assert "8.3 times a year instead of 32, 250 at a time" in up
    assert "“From March, " in up  # the plan begins in January
    assert "“From January, " in str(story.change(replace(BUSY, first_day="2026-11-23"), deal))
    assert "“From December, " in str(story.change(replace(BUSY, first_day="2026-10-05"), deal))
    assert "more room" in up and "at the lower price" in up  # noqa: PT018
    flat = replace(BUSY, price_list=listed((0, 86.4)), orders=16, quantity=132.0)
    assert "Nothing is to be gained there" in str(story.change(flat, deal_for(flat)))
    down = replace(BUSY, price_list=listed((0, 86.4)), orders=4, quantity=500.0)
    told = str(story.change(down, deal_for(down)))
    assert "The stack will be lower" in told and "coils less on average" in told  # noqa: PT018


def test_freight_moves_the_quantity_or_does_not() -> None:
    deal = deal_for(BUSY)
    assert "from 132 to 238" in str(story.freight(BUSY, deal))
    assert "even without a discount" in str(story.freight(BUSY, deal))
    assert "even without a discount" not in str(story.freight(replace(BUSY, freight=5.0), deal))
    assert "no freight on top" in str(story.freight(replace(BUSY, freight=0.0), deal))


def test_items_that_are_off_are_named() -> None:
    frame = pd.DataFrame({"ordered": [63.0, 65.0, None], "eoq": [62.0, 132.0, 9.0]}, index=["a", "b", "c"])
    assert "two or more: b." in str(story.own_orders(frame))
    assert "nothing to mend there" in str(story.own_orders(frame))
    assert "none of them is off" in str(story.own_orders(frame.head(1)))
    assert str(story.own_orders(frame.tail(1))) == "No orders are on record for them."


# ---- sitting 2


@pytest.mark.parametrize(
    ("stock", "words"), [(448, "32 times as many"), (14, "about that"), (5, "only"), (0, "keeps none")]
)
def test_what_is_kept_beside_what_is_needed(stock: float, words: str) -> None:
    assert words in str(story.kept(replace(BUSY, safety_stock=stock), 14.0))


@pytest.mark.parametrize(
    ("shaky", "words"),
    [(879.0, "No forecast will save"), (250.0, "Both a better"), (170.0, "A better forecast would")],
)
def test_whose_uncertainty_it_is(shaky: float, words: str) -> None:
    assert words in str(story.split(LATE, 153.0, shaky))


def test_a_supplier_to_the_day_costs_nothing_more() -> None:
    assert "delivers on the day" in str(story.split(replace(LATE, lead_time_sd=0.0), 153.0, 153.0))


def test_the_dial_that_helps_is_found_by_the_formula() -> None:
    for one in (BUSY, LATE, replace(BUSY, lead_time_sd=0.05), replace(BUSY, lead_time_sd=0.0)):
        told = str(story.lever(one))
        terms = {"demand": one.week_mean, "lead_time_sd": one.lead_time_sd}
        most = materials.safety_stock(one.week_sd, one.lead_time, 0.95, **terms)
        steady = materials.safety_stock(one.week_sd, one.lead_time, 0.98)
        assert ("does it, with" in told) == (steady <= most and one.lead_time_sd > 0)
        at_once = materials.safety_stock(one.week_sd, 0, 0.98, **terms)
        assert ("A faster one does it" in told) == (at_once < most)


def test_a_promise_kept_broken_or_beaten() -> None:
    weeks = pd.Series([5.0, 6.0])
    assert "must count 5.5 weeks, not 4" in str(story.late_mean(LATE, weeks, 900.0))
    assert "all of the safety stock" in str(story.late_mean(LATE, weeks, 5.0))
    assert "keeps the promise of 4 weeks" in str(story.late_mean(LATE, weeks - 1.45, 900.0))
    punctual, tardy = replace(LATE, on_time_share=0.9), replace(LATE, on_time_share=0.71)
    assert "could be" in str(story.late_mean(punctual, weeks - 2.5, 900.0))
    told = str(story.late_mean(tardy, weeks - 2.5, 900.0))
    assert "faster than promised" in told and "only 71 % of the deliveries come on time" in told  # noqa: PT018
    assert "lower" not in told
    assert "keeps the promise" in str(story.late_mean(LATE, pd.Series([], dtype=float), 900.0))


def test_the_cheaper_error_of_a_season() -> None:
    dear = materials.newsvendor(price=102, unit_cost=65.51, salvage_value=50, mean=112, sd=25)
    none = materials.newsvendor(price=102, unit_cost=65.51, salvage_value=0, mean=112, sd=25)
    told = str(story.season_error(dear, none))
    assert "a few more rather than a few less" in told and "fewer than the mean. That is not timid" in told  # noqa: PT018
    assert "a few less rather than a few more" in str(story.season_error(none, none))
    rich = materials.newsvendor(price=500, unit_cost=65.51, salvage_value=0, mean=112, sd=25)
    assert "still more than the mean" in str(story.season_error(rich, rich))


WEEKS = METAL.weekly_use(BUSY.item)["quantity"]
RUN = materials.simulate_policy(
    WEEKS,
    reorder_point=191,
    order_quantity=250,
    lead_time=3,
    order_cost=80,
    holding_cost=0.4,
    shortage_cost=43,
)


def trial(today: float, first: float, second: float) -> dict[str, Any]:
    """The same run at three costs."""
    costs = {"today": today, "first try": first, "second try": second}
    return {name: replace(RUN, cost=cost, shortage_cost=0.0) for name, cost in costs.items()}


TRIES = {"first try": (20.0, 150.0), "second try": (32.3, 191.0)}


@pytest.mark.parametrize(
    ("costs", "best"),
    [
        ((210, 88, 72), "second try"),
        ((23.5, 21.4, 23.5), "first try"),
        ((21.4, 23.5, 23.5), "today"),
        ((21.4, 21.3, 23.5), "today"),  # within 1 %: no gain
        ((30, 21.4, 21.5), "second try"),
    ],
)
def test_one_verdict_on_the_policies_is_told_everywhere(costs: tuple[float, float, float], best: str) -> None:
    tested = trial(*costs)
    title = charts.policy_costs(tested).title.lower()
    read, told = str(story.runs(BUSY, tested)), str(story.buffer_change(BUSY, LATE, tested, TRIES))
    assert best in title
    if best == "today":
        assert "Keep today’s" in read
        assert "We leave it" in told
        assert "stays as it is" in told
    else:
        assert f"the {best} costs least" in read
        assert f"448 in reserve to {TRIES[best][0]:.0f}" in told
        assert f"position of {TRIES[best][1]:.0f}" in told
        assert f"costs {costs[1 if best == 'first try' else 2]:g} USD a week" in told
    assert ("it was not needed" in read) == (best == "first try")


def test_policies_that_cost_the_same_are_called_so() -> None:
    assert (
        charts.policy_costs(trial(21.4, 21.3, 23.5)).title
        == "Today and first try cost about the same: 21.3 a week"
    )
    assert charts.policy_costs(trial(9, 9, 9)).title == "3 of 3 cost about the same: 9 a week"


def test_a_buffer_goes_down_or_up() -> None:
    tested = trial(210, 88, 72)
    assert "down from 448 in reserve to 32" in str(story.buffer_change(BUSY, LATE, tested, TRIES))
    low = replace(BUSY, safety_stock=10)
    assert "up from 10 in reserve to 32" in str(story.buffer_change(low, LATE, tested, TRIES))


def test_names_are_text_and_never_markup() -> None:
    hostile = "<img src=x onerror=alert(1)>"
    bad = replace(BUSY, item=hostile, supplier=hostile, name=hostile, unit=hostile, currency=hostile)
    for said in (
        story.terms(bad),
        story.change(bad, deal_for(bad)),
        story.meet(replace(WHO, plant=hostile, busy=bad)),
    ):
        assert hostile in str(said)
        assert "<img" not in said._repr_html_()
        assert "&lt;img" in said._repr_html_()


def test_paragraphs_and_lists() -> None:
    said = Said("One.", "- To the store: from March.", "- plain", "", "Two.")
    assert (
        said._repr_html_()
        == "<p>One.</p><ul><li><em>To the store:</em> from March.</li><li>plain</li></ul><p>Two.</p>"
    )
    assert repr(said) == str(said) == "One.\n\n- To the store: from March.\n\n- plain\n\nTwo."
