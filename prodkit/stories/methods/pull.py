"""Sitting 4: where the days go, shorter changeovers, cards, and an even mix."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ... import methods
from ...charts.style import amount, worded
from ...errors import MissingTableError
from ...methods.flow_plant import operations
from ...plant import assembly_line
from ...plant.roles import unit_name
from ..said import Said, percent

if TYPE_CHECKING:
    import pandas as pd

    from ...methods import LevelSchedule, QuickChangeover, ValueStream
    from ...plant import Plant

__all__ = [
    "Pulled",
    "cards_said",
    "changed",
    "freed",
    "halved",
    "loop",
    "mix",
    "mixed_order",
    "own_streams",
    "pulled",
    "stream_said",
    "tell_pull",
    "under_way",
]


def under_way(stream: ValueStream) -> pd.DataFrame:
    """Step by step: days waiting before it, days in the batch, minutes of work, load (percent)."""
    day = stream.hours_per_day
    table = stream.table.set_index("step")
    out = table[[]].copy()
    out["waits (days)"] = (table["wait_hours"] / day).round(1)
    out["in the batch (days)"] = (table["batch_hours"] / day).round(1)
    out["work (minutes)"] = (60 * table["work_hours"]).round(1)
    out["load (%)"] = (100 * table["load"]).round()
    return out


def stream_said(stream: ValueStream) -> Said:
    """How much of the way is work, and where the longest wait is."""
    share = stream.value_added_share
    work = stream.value_added_time
    hours = f"{worded(work)} hours" if work >= 1 else f"{worded(60 * work)} minutes"
    told = f"So a unit is {worded(stream.lead_time_days)} working days on its way, and is worked on for {hours} of them"
    told += f": one part in {round(1 / share):,}. " if 0 < share < 0.05 else f", {percent(share)}. "
    day = stream.hours_per_day
    if stream.longest_wait == "finished":
        told += f"The longest wait, {worded(stream.finished_hours / day)} days, is that of the finished ones before they are sold."
    else:
        before: Any = stream.table.set_index("step").loc[str(stream.longest_wait)]
        wait = float(before["wait_hours"])
        told += f"The longest wait, {worded(wait / day)} days, lies before {stream.longest_wait}."
    if stream.too_slow:
        return Said(
            told
            + f" And {_and(stream.too_slow)} cannot keep the customers’ beat: there the first thing to mend is not the wait but the hours."
        )
    return Said(
        told
        + " Every step keeps the customers’ beat, so a faster machine would shorten none of this. What shortens it is less stock "
        "and smaller batches."
    )


def changed(quick: QuickChangeover) -> Said:
    """What the two stages save, and who does the moved work."""
    moved, short = quick.today - quick.moved, quick.moved - quick.improved
    told = f"So the machine stands {worded(quick.improved / 60)} minutes in place of {worded(quick.today / 60)}. "
    told += (
        f"{'The larger part' if moved > short else 'Half of what is saved'}, {worded(moved / 60)} minutes, comes from doing steps while it still runs: no tool was bought for that. "
        if moved >= short
        else f"Moving steps gives {worded(moved / 60)} minutes, for nothing; making the rest shorter gives {worded(short / 60)}, and "
        "costs fixtures, clamps and practice. "
    )
    outside = quick.work_improved - quick.improved
    return Said(
        told
        + f"Somebody still does the {worded(outside / 60)} minutes of work beside the running machine. If nobody has the time, they "
        "slip back inside within a month."
    )


def freed(quick: QuickChangeover, times: float) -> Said:
    """The two ways to spend what a shorter changeover saves."""
    told = (
        f"With {amount(times)} changeovers a week you have a choice. Keep the lots, and win {worded(quick.hours_freed(times))} "
        "machine hours a week. "
    )
    if quick.lot_share < 0.02:
        return Said(
            told + "Or make each thing on the day on which it is wanted: the machine hardly stands any more."
        )
    return Said(
        f"{told}Or keep the hours, and change over {worded(1 / quick.lot_share)} times as often: lots are then "
        f"{percent(quick.lot_share)} of today’s, and so is the stock that they leave. Away from the bottleneck, take the smaller "
        "lots. Nobody needs the hours there."
    )


@dataclass(frozen=True)
class Pulled:
    """An item made here that one place draws from another, card by card."""

    plant: str
    item: str
    name: str
    unit: str
    """In the plural."""
    workcenter: str
    """Where it is set up longest."""
    daily: float
    """Units used a working day."""
    lot: float
    """Units of a lot today."""
    setup_hours: float
    """Of a lot, over its steps."""
    run_hours: float
    """Of a unit, over its steps."""
    wait_hours: float
    """Usual waits and transport on its way (hours)."""
    day_hours: float
    """Working hours of a day."""
    container: int
    """Units in a container: supposed, about a quarter of a day's use."""

    def days(self, lot: float, setup_hours: float) -> float:
        """From the card's taking off to the full container's coming back (working days)."""
        return (self.wait_hours + setup_hours + lot * self.run_hours) / self.day_hours

    def cards(self, lot: float, setup_hours: float, safety_share: float = 0.1) -> int:
        """Cards that it takes with such lots and such a setup."""
        time = self.days(lot, setup_hours)
        return methods.kanban_cards(self.daily, time, self.container, safety_share=safety_share)


def pulled(plant: Plant) -> Pulled:
    """The item to pull: made here with a setup and used often; of those that go into others, then of all, the one with most hours.

    Raises
    ------
    MissingTableError
        If no item that is used has a routing with a setup.
    """
    steps = operations(plant)
    by_item: Any = steps.groupby("item").agg(
        setup=("setup_hours", "sum"), run=("run_hours", "sum"), lot=("lot", "first"), hours=("hours", "sum")
    )
    days = 52 * float(plant.about["days_per_week"].iloc[0])
    daily = plant.yearly_use() / days
    by_item["daily"] = daily.reindex(by_item.index)
    parents = set(plant.bom["component"]) if "bom" in plant.tables else set()
    by_item["inside"] = by_item.index.isin(parents)
    by_item["often"] = by_item["daily"] >= 10
    rows = by_item[(by_item["setup"] > 0) & (by_item["run"] > 0) & (by_item["daily"] > 0)]
    if rows.empty:
        raise MissingTableError("routings", "an item that is used must have a step with a setup")
    code = str(rows.sort_values(["often", "inside", "hours"], ascending=False, kind="stable").index[0])
    row: Any = rows.loc[code]
    mine = steps[steps["item"] == code]
    centers = plant.workcenters.set_index("workcenter")
    wait = float(
        centers.loc[mine["workcenter"], ["queue_hours", "move_hours"]].astype(float).to_numpy().sum()
    )
    about: Any = plant.about.iloc[0]
    slow: Any = mine.iloc[int(mine["setup_hours"].to_numpy().argmax())]
    return Pulled(
        plant=plant.name,
        item=code,
        name=str(plant.items.set_index("item").loc[code, "name"]),
        unit=unit_name(plant, code),
        workcenter=str(slow["workcenter"]),
        daily=float(row["daily"]),
        lot=float(row["lot"]),
        setup_hours=float(row["setup"]),
        run_hours=float(row["run"]),
        wait_hours=wait,
        day_hours=float(about["hours_per_shift"]) * float(about["shifts_per_day"]),
        container=max(1, int(float(f"{row['daily'] / 4:.1g}"))),
    )


def loop(one: Pulled) -> Said:
    """The figures that the number of cards is worked out from."""
    return Said(
        f"The item is {one.item}, {one.name}. {worded(one.daily)} {one.unit} are used a working day. It is made {worded(one.lot)} at a time, with "
        f"{worded(one.setup_hours)} hours of setup and {60 * one.run_hours:.3g} minutes for each; on its way it usually waits "
        f"{worded(one.wait_hours)} hours.",
        f"From taking off a card until the full container is back, that is ({worded(one.wait_hours)} + {worded(one.setup_hours)} + "
        f"{worded(one.lot)} × {60 * one.run_hours:.3g} ÷ 60) ÷ {amount(one.day_hours)} = {worded(one.days(one.lot, one.setup_hours))} days. "
        f"What a container holds no table says; suppose {one.container:,}.",
    )


def halved(one: Pulled) -> pd.DataFrame:
    """Today, with the setup halved, and with the lots halved too: setup (hours), lot, loop (days), cards, stock at most (units)."""
    import pandas as pd

    rows = []
    for name, lot, setup in (
        ("today", one.lot, one.setup_hours),
        ("setup halved, lots as today", one.lot, one.setup_hours / 2),
        ("setup and lots halved", one.lot / 2, one.setup_hours / 2),
    ):
        cards = one.cards(lot, setup)
        rows.append((name, setup, lot, one.days(lot, setup), cards, cards * one.container))
    names = ["", "setup (h)", "lot", "loop (days)", "cards", "stock at most"]
    return pd.DataFrame(rows, columns=names).set_index("").round(2)


def cards_said(one: Pulled, table: pd.DataFrame) -> Said:
    """What halving the setup does to the cards, and what it takes."""
    now, setup, both = (int(count) for count in table["cards"])
    told = (
        f"So {now} cards today. Halving the setup alone leaves {setup}"
        + (": the setup is the smaller part of the loop" if now - setup <= 0.5 * (now - both) else "")
        + f". With lots half as large as well, {both} are enough, at the same hours of setup a week"
    )
    if both > 0.65 * now:
        return Said(
            f"{told}. That is not half: {worded(one.wait_hours)} of the hours in the loop are waiting and transport, and no setup "
            "touches those. The queue is the next thing to shorten, and sitting 3 said how."
        )
    return Said(
        f"{told}. So the stock goes nearly as far down as the setup did: the lot was most of the loop."
    )


def mix(plant: Plant, of: int = 20) -> dict[str, int]:
    """What is built, out of so many units: the models of a line that builds several; else the items sold most.

    Raises
    ------
    MissingTableError
        If the plant has neither.
    """
    shares: dict[str, float] = {}
    if "tasks" in plant.tables:
        for name in dict.fromkeys(map(str, plant.table("tasks")["line"])):
            line = assembly_line(plant, name)
            if line.is_mixed and len(line.models) > len(shares):
                table = plant.table("tasks")
                part = table[table["line"] == name].drop_duplicates("model")
                shares = dict(zip(part["model"].astype(str), part["mix_share"].astype(float), strict=True))
    if not shares:
        sold: Any = plant.need("demand", 2, "a mix of items").groupby("item")["quantity"].sum()
        top = sold[sold > 0].sort_values(ascending=False, kind="stable").head(3)
        shares = {str(code): float(units) for code, units in top.items()}
    if len(shares) < 2:
        raise MissingTableError("demand", "a mix needs two items that are sold")
    total = math.fsum(shares.values())
    return {model: max(1, round(of * share / total)) for model, share in shares.items()}


def mixed_order(level: LevelSchedule, batches: LevelSchedule) -> Said:
    """What the even order does to the places before the line, and what it asks of changeovers."""
    far = batches.worst / level.worst if level.worst else math.inf
    more = level.changeovers - batches.changeovers
    told = (
        f"So in the even order there is never more than {level.longest_run} of one model in a row, and use never strays more than "
        f"{worded(level.worst)} units from a steady pace; in batches it strays {worded(batches.worst)}"
    )
    told += f", {worded(far)} times as far. " if far < 100 else ". "
    return Said(
        told
        + f"So much less stock can stand before the line. The price: {more} changeover{'s' * (more != 1)} more in every "
        f"{len(level.sequence)} units. That is why the quick changeover comes first, and the even mix after it."
    )


def own_streams(plant: Plant, most: int = 5) -> pd.DataFrame:
    """The items sold for most money that are made here: days on the way, worked on (hours), where the longest wait is."""
    import pandas as pd

    made = set(operations(plant)["item"])
    items = plant.items.set_index("item")
    value = (items["price"].astype(float) * plant.yearly_use()).reindex(items.index).fillna(0.0)
    rows = []
    for code in value[value.index.isin(made) & (value > 0)].nlargest(most).index:
        stream = methods.value_stream(plant, item=str(code))
        where = "the finished stock" if stream.longest_wait == "finished" else stream.longest_wait
        rows.append((code, stream.lead_time_days, stream.value_added_time, where))
    names = ["item", "days on the way", "worked on (h)", "longest wait before"]
    return pd.DataFrame(rows, columns=names).set_index("item").round(2)


def tell_pull(one: Pulled, table: pd.DataFrame) -> Said:
    """Cards, told to four listeners."""
    now, both = int(table["cards"].iloc[0]), int(table["cards"].iloc[-1])
    return Said(
        f"- To the people at {one.workcenter}: “No card, no container. If the board is empty, stop and call; then we use the time "
        "for the next changeover, and nobody is blamed for standing still.”",
        f"- To those who use {one.item}: “Hang the card when you take the first piece out, not the last. A card in a pocket is a "
        "container that nobody makes.”",
        "- To the supplier before us: “From now on you get orders of the same size every day. Small, and never a surprise.”",
        f"- To the plant manager: “{now} cards now. Each month we take one away and see what stops; what stops is what we mend next. "
        f"With the setup halved {both} will do.”",
    )


def _and(names: Any) -> str:
    listed = [str(name) for name in names]
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} and {listed[-1]}"
