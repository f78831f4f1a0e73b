"""Sitting 1: how long the work takes, what people really do, the better way, and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ... import methods
from ...charts.style import amount, worded
from ..said import Said, money, percent

if TYPE_CHECKING:
    import pandas as pd

    from ...methods import LayoutPlan, PredeterminedTime, StandardTime, WorkSampling
    from ...plant import Plant, Watched

__all__ = [
    "carried",
    "enough",
    "looks",
    "meet",
    "more_readings",
    "moved",
    "one_saturday",
    "own_studies",
    "readings",
    "same_hands",
    "standard",
    "study_sheet",
    "tell",
]


def meet(one: Watched) -> Said:
    """Whose plant it is, and what the first sitting watches."""
    elements = f"{len(one.elements)} elements, from “{one.elements[0]}” to “{one.elements[-1]}”"
    return Said(
        f"This is {one.plant}. The lesson begins beside one person’s work: {one.operation}, in {elements}. From there it "
        "goes on to a line, to the place where work waits, and to everything that lies between two steps."
    )


def study_sheet(plant: Plant, one: Watched, cycles: int = 6) -> pd.DataFrame:
    """Some cycles as they stand on the observer's sheet: seconds, a star where something foreign came in.

    Of all cycles in a row those that hold most of what is foreign or rare.
    """
    import pandas as pd

    table = plant.table("time_studies")
    table = table[table["operation"] == one.operation]
    every = sorted(table["cycle"].unique())
    odd = table[table["foreign"] | (table["element"] == one.rare)].groupby("cycle").size()
    starts = range(max(1, len(every) - cycles + 1))
    first = max(starts, key=lambda i: int(odd.reindex(every[i : i + cycles]).fillna(0).sum()))
    shown = every[first : first + cycles]
    rows: dict[str, dict[str, str]] = {
        element: dict.fromkeys(map(str, shown), "") for element in one.elements
    }
    for row in table[table["cycle"].isin(shown)].to_dict("records"):
        rows[row["element"]][str(row["cycle"])] = f"{row['seconds']:g}{' *' if row['foreign'] else ''}"
    return pd.DataFrame(rows).T.rename_axis("element")


def readings(plant: Plant, one: Watched) -> Said:
    """How many readings there are, and which two kinds want a second look."""
    table = plant.table("time_studies")
    table = table[table["operation"] == one.operation]
    told = f"The sheet goes on: {len(table)} readings in all"
    told += (
        f", {one.foreign} of them with a star: something happened that does not belong to the work."
        if one.foreign
        else ", and nothing happened in them that does not belong to the work."
    )
    if one.rare:
        told += f" And {one.rare} came only once in about {amount(one.every)} cycles."
    return Said(told)


def standard(study: StandardTime, plant: Plant) -> Said:
    """What the rating and the allowance make of the plain readings, and what a shift gives."""
    hours = _hours(plant)
    pace = study.normal / study.observed
    told = f"So a cycle takes {worded(study.observed)} seconds as read. "
    if pace > 1.01:
        told += (
            f"The people watched were faster than normal, so a normal cycle takes {worded(study.normal)}. "
        )
    elif pace < 0.99:
        told += (
            f"The people watched were slower than normal, so a normal cycle takes {worded(study.normal)}. "
        )
    else:
        told += f"The people watched worked at about normal pace: {worded(study.normal)}. "
    whole, fair = int(3600 * hours / study.observed), int(study.units_in(3600 * hours))
    gap = whole - fair
    if fair < 1:
        each = 3600 * hours / study.standard
        return Said(
            f"{told}With time for rest and delays it is {worded(study.standard)}, and {amount(hours)} hours give "
            f"{worded(each)}."
        )
    told += f"With time for rest and delays it is {worded(study.standard)}. "
    if gap > 0:
        return Said(
            f"{told}A shift of {amount(hours)} hours gives {fair:,}, and not the {whole:,} that the stopwatch alone would "
            f"promise. Whoever plans with {whole:,} is {gap:,} short every day, and will ask the crew why."
        )
    return Said(
        f"{told}A shift of {amount(hours)} hours gives {fair:,}; the stopwatch alone would say {whole:,}, too few."
    )


def enough(plant: Plant, one: Watched) -> pd.DataFrame:
    """By element: readings that count, and how many it takes to be within 5 % of the mean in 95 of 100 studies."""
    import pandas as pd

    table = plant.table("time_studies")
    table = table[(table["operation"] == one.operation) & ~table["foreign"]]
    rows = []
    for element in one.elements:
        seconds = table.loc[table["element"] == element, "seconds"].tolist()
        needed = methods.observations_needed(seconds) if len(seconds) > 1 else None
        rows.append((element, len(seconds), "too few to say" if needed is None else needed))
    return pd.DataFrame(rows, columns=["element", "read", "needed"]).set_index("element")


def more_readings(sheet: pd.DataFrame) -> Said:
    """Which elements have been read often enough."""
    short = [
        str(name)
        for name, read, needed in zip(sheet.index, sheet["read"], sheet["needed"], strict=True)
        if isinstance(needed, str) or read < needed
    ]
    if not short:
        return Said(
            "So every element has been read often enough. More readings would cost time and tell nothing new."
        )
    done = len(sheet) - len(short)
    told = f"So {_and(short)} {'has' if len(short) == 1 else 'have'} been read too seldom"
    told += f", and the other {done} often enough." if done else "."
    return Said(
        told
        + " Where an element is short and rare, a rough figure does little harm; where it is long, go back with the watch."
    )


def looks(sampling: WorkSampling, plant: Plant) -> Said:
    """What the looks found beside the state looked for, in minutes of a shift."""
    hours = _hours(plant)
    states = sampling.states
    assert states is not None
    told = (
        f"So people were found {sampling.state} in {percent(sampling.share)} of the looks; the truth lies between "
        f"{percent(sampling.low)} and {percent(sampling.high)}, with 95 chances in 100."
    )
    others = states[states["state"] != sampling.state]
    if len(others):
        worst: Any = others.iloc[0]
        minutes = 60 * hours * float(worst["share"])
        told += (
            f" The largest of the rest is “{worst['state']}”: {percent(float(worst['share']))}, or {minutes:.0f} minutes "
            f"of each person’s {amount(hours)} hours. No stopwatch on the work itself would have found them."
        )
    odd = len(sampling.days_outside)
    told += (
        f" {odd} day{'s stand' if odd > 1 else ' stands'} out of the limits: ask what was different then."
        if odd
        else " No day stands out: what you see is how it always is."
    )
    return Said(told)


def same_hands(now: PredeterminedTime, then: PredeterminedTime) -> Said:
    """What the other way saves, and what each hand does in it."""
    saved = now.normal - then.normal
    if saved <= 0:
        return Said(
            f"So the other way is no faster: {worded(then.normal)} seconds in place of {worded(now.normal)}. Good that "
            "nobody built it."
        )
    old, new = now.hands_busy, then.hands_busy
    idle = "left" if old["left"] < old["right"] else "right"
    told = (
        f"So the other way takes {worded(then.normal)} seconds in place of {worded(now.normal)}, {percent(saved / now.normal)} "
        f"less, and nobody has to hurry. Today the {idle} hand moves {percent(old[idle])} of the time"
    )
    if new[idle] > old[idle] + 0.02:
        return Said(
            f"{told}, in the other way {percent(new[idle])}: a hand that only held something now works as well."
        )
    return Said(f"{told}, and no more in the other way: what goes is reaching, looking for and laying aside.")


def carried(plan: LayoutPlan, unit: str, currency: str) -> Said:
    """Which flow costs most as areas stand today."""
    flows = plan.flows.sort_values("total_today", ascending=False, kind="stable")
    top: Any = flows.iloc[0]
    busiest: Any = plan.flows.sort_values("trips", ascending=False, kind="stable").iloc[0]
    told = (
        f"So the dearest way is from {top['from_area']} to {top['to_area']}: {worded(float(top['trips']))} trips a day over "
        f"{worded(float(top['distance_today']), unit)}, {money(float(top['total_today']), currency)} of "
        f"{money(plan.cost_today, currency)}."
    )
    if (busiest["from_area"], busiest["to_area"]) != (top["from_area"], top["to_area"]):
        told += f" It is not the busiest way: that goes from {busiest['from_area']} to {busiest['to_area']}, and is short."
    return Said(told)


def moved(plan: LayoutPlan, currency: str) -> Said:
    """How much of the gain the first exchange brings, and what would not fit."""
    gain = plan.cost_today - plan.cost
    if gain <= 1e-9:
        return Said("So no exchange of areas saves anything: leave the floor as it is, and look elsewhere.")
    told = (
        f"So at best carrying costs {money(plan.cost, currency)} a day in place of {money(plan.cost_today, currency)}, with "
        f"{len(plan.moved)} areas moved."
    )
    steps = plan.exchanges
    if len(steps):
        first: Any = steps.iloc[0]
        part = (plan.cost_today - float(first["cost"])) / gain
        told += f" But one exchange alone, {first['area']} with {first['with_area']}, brings {percent(min(part, 1.0))} of that gain"
        told += (
            ". Begin there, or end there." if part >= 0.5 else "; the rest takes the whole chain of moves."
        )
    small = plan.too_small
    if small:
        fits = "would stand on a place" if len(small) == 1 else "would stand on places"
        told += f" And look before you lift: {_and(small)} {fits} smaller than today’s."
    return Said(told)


def tell(study: StandardTime, sampling: WorkSampling) -> Said:
    """The standard, told to four listeners."""
    states = sampling.states
    assert states is not None
    others = states[states["state"] != sampling.state]
    wait = f"‘{others.iloc[0]['state']}’" if len(others) else "what keeps you from work"
    return Said(
        f"- To those who were watched: “You saw the sheet and how we got to {worded(study.standard)} seconds. If a "
        "part of it is wrong, show me; we measure again. It is for planning, not for docking anyone’s pay.”",
        f"- To the team leader: “The looks say that {wait} is the largest loss. What do you need from me so that it goes?”",
        f"- To the planner: “Plan with {worded(study.standard)} seconds from Monday, and not with the {worded(study.observed)} "
        "on the watch.”",
        f"- To the plant manager: “What we lose most on is not in the work itself but beside it: {wait}. I would begin there, "
        "and not with a faster pace.”",
    )


def one_saturday(
    sampling: WorkSampling, now: PredeterminedTime, then: PredeterminedTime, plan: LayoutPlan, plant: Plant
) -> Said:
    """What each of three things to mend would bring a day: an exchange of areas, the other way, the largest loss."""
    told = []
    saved = plan.cost_today - float(plan.exchanges["cost"].iloc[0]) if len(plan.exchanges) else 0.0
    if saved > 0:
        first: Any = plan.exchanges.iloc[0]
        told.append(
            f"- Exchange {first['area']} and {first['with_area']}: {money(saved, plant.currency)} a day. A move that costs "
            f"{money(50 * saved, plant.currency)} is paid back in ten weeks of five days."
        )
    else:
        told.append("- Exchange two areas: it saves nothing here.")
    gain = now.normal - then.normal
    told.append(
        f"- Build what the other way needs: {worded(gain)} seconds a piece. It takes {3600 / gain:,.0f} pieces a day to win an hour."
        if gain > 0
        else "- Build what the other way needs: it is no faster."
    )
    states = sampling.states
    assert states is not None
    others = states[states["state"] != sampling.state]
    if len(others):
        worst: Any = others.iloc[0]
        half = 60 * _hours(plant) * float(worst["share"]) / 2
        told.append(
            f"- Go after “{worst['state']}”: half of it is {half:.0f} minutes a day for each person there. Five people, "
            f"{worded(5 * half / 60)} hours a day."
        )
    return Said(
        "What each of them brings:",
        *told,
        "The last one needs no purchase, only a question to those who do it; begin there, unless the pieces are many or the move is "
        "cheap. And whichever it is, look again at random in a month: what did not change was not mended.",
    )


def own_studies(plant: Plant, allowance: float) -> pd.DataFrame:
    """Every timed operation of a plant: readings, observed, normal and standard time (seconds)."""
    import pandas as pd

    rows = []
    for name in dict.fromkeys(plant.need("time_studies", 1, "a time study")["operation"]):
        study = methods.standard_time(plant, operation=str(name), allowance=allowance)
        rows.append(
            (name, int(study.elements["readings"].sum()), study.observed, study.normal, study.standard)
        )
    return (
        pd.DataFrame(rows, columns=["operation", "readings", "observed", "normal", "standard"])
        .set_index("operation")
        .round(1)
    )


def _hours(plant: Plant) -> float:
    return float(plant.about["hours_per_shift"].iloc[0])


def _and(names: Any) -> str:
    listed = [str(name) for name in names]
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} and {listed[-1]}"
