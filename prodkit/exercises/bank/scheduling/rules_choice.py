"""Which rule for what: choosing an order by the plant's goal, what a rule needs, a guess first, setups."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from .... import scheduling
from ...draws import shaped
from ...numbers import show
from ...parts import Choice, Choices, Number, Option, Order, Slip
from ...problem import Fact, FactTable, Problem
from ...tolerance import Absolute, FactorOf
from .rules_draw import NEEDS, OUTCOMES, RULES, lots_due, run, said, waiting

if TYPE_CHECKING:
    import numpy as np

    from ....plant import Plant

# An order for a goal

_TRIED = ("fcfs", "spt", "edd", "moore")
_GOALS = {
    "mean_flow_time": "The aisle is full of lots that wait. What counts is that a lot stays as short as possible on average.",
    "max_lateness": "Every customer bears a small delay, none a large one. What counts is the lot that is latest.",
    "n_late": "Each lot that misses its truck costs the same, by however much it misses it. What counts is how many do.",
}
_WHY = {
    "mean_flow_time": "the mean stay is the shortest there",
    "max_lateness": "the latest lot is the least late there",
    "n_late": "the fewest lots miss their truck there",
}


@lru_cache(maxsize=512)
def _compared(jobs: tuple[tuple[str, int, int], ...]) -> dict[str, dict[str, Any]]:
    table = {job: {"hours": hours, "due": due} for job, hours, due in jobs}
    rows = scheduling.compare_rules(table, _TRIED).to_dict("records")
    return {str(row["rule"]): {str(k): x for k, x in row.items()} for row in rows}


def _table(jobs: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return _compared(tuple((r["job"], r["hours"], r["due"]) for r in jobs))


def _best(g: Any) -> str:
    return _least_by(g, g.goal)


def _least_by(g: Any, goal: str) -> str:
    table = _table(g.jobs)
    return min(table, key=lambda rule: float(table[rule][goal]))


def _draw_goal(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    goal = str(rng.choice(list(_GOALS)))
    letters = dict(zip(_TRIED, (str(x) for x in rng.permutation(list("ABCD"))), strict=True))

    def draw() -> dict[str, Any]:
        given = lots_due(rng, plant, 6, 0.12, 0.8)
        table = _table(given["jobs"])
        plans = [
            {"plan": letters[rule], "flow": round(float(row["mean_flow_time"]), 1), "latest": float(row["max_lateness"]),
             "late": int(row["n_late"])}
            for rule, row in table.items()
        ]  # fmt: skip
        plans.sort(key=lambda r: str(r["plan"]))
        return {**given, "goal": goal, "wish": _GOALS[goal], "letters": letters, "plans": plans}

    def good(g: Any) -> bool:
        table = _table(g.jobs)
        firsts = {goal: sorted(row[goal] for row in table.values())[:2] for goal in _GOALS}
        best = {_least_by(g, goal) for goal in _GOALS}
        return len(best) == 3 and all(y - x >= 0.9 for x, y in firsts.values()) and "fcfs" not in best

    return shaped(draw, good, 200)


def _plan_reason(letter: str) -> Any:
    def reason(g: Any, a: Any) -> str:
        rule = next(r for r in _TRIED if g.letters[r] == letter)
        row = _table(g.jobs)[rule]
        figures = f"mean stay {show(row['mean_flow_time'], 3)} h, latest {show(row['max_lateness'])} h late, {row['n_late']} late"
        return (
            f"Yes, {_WHY[g.goal]}: {figures}."
            if rule == _best(g)
            else f"It has {figures}. Compare the column that the goal speaks of."
        )

    return reason


def _rule_reason(rule: str, does: str) -> Any:
    def reason(g: Any, a: Any) -> str:
        return f"It {does}." + ("" if rule == _best(g) else " That is another goal than this one.")

    return reason


WHICH_ORDER = Problem(
    id="scheduling.which_order", title="Four orders, one goal", level=2, minutes=4, outcomes=OUTCOMES,
    covers=("compare_rules", "sequence"), topics=("which method", RULES), needs=NEEDS, draw=_draw_goal,
    prompt=(
        "At {center} six lots wait. A colleague has worked out four orders of them, A to D, and put their figures side by side. "
        "{wish} Which order do you run, and how can you make such an order yourself next time?"
    ),
    facts=(
        FactTable("plans", "The four orders", (
            Fact("plan", "Order"), Fact("flow", "Mean flow time", "hours"), Fact("latest", "Latest lot late by", "hours"),
            Fact("late", "Late lots"))),
    ),
    parts=(
        Choice(
            "plan", "Which order do you run?", shuffle=False, key=lambda g, a: f"plan_{g.letters[_best(g)]}",
            options=tuple(
                Option(f"plan_{x}", f"Order {x}",
                       _plan_reason(x))
                for x in "ABCD"
            ),
        ),
        Choice(
            "rule", "How is such an order made?", key=lambda g, a: _best(g),
            options=(
                Option("spt", "The shortest lot first", _rule_reason("spt", "gets many lots out early, and so makes the mean stay as short as can be")),
                Option("edd", "The earliest due date first", _rule_reason("edd", "keeps the latest lot as little late as can be")),
                Option("moore", "By due date; when one is late, the longest so far goes to the end",
                       _rule_reason("moore", "leaves as few lots late as can be, and these may be very late")),
                Option("fcfs", "As they came", _rule_reason("fcfs", "is fair to those who wait, and best for no figure of these")),
            ),
        ),
    ),
    hints=("Which of the three columns does the goal speak of?", "Find the smallest figure in that column. Then ask which rule looks at just that."),
    steps=(
        lambda g, a: f"The goal is about this: {_WHY[g.goal].removesuffix(' there')}.",
        lambda g, a: f"The smallest figure in that column has order {g.letters[_best(g)]}.",
        lambda g, a: f"It was made by this rule: {_table(g.jobs)[_best(g)]['name']}.",
    ),
)  # fmt: skip


# What a rule needs

_RULE_WORDS = {
    "edd": "the earliest due date",
    "spt": "the shortest processing time",
    "cr": "the critical ratio",
    "slack_per_operation": "the least slack per operation left",
    "wspt": "the weighted shortest processing time",
}
_RULE_NEEDS = {
    "edd": ("due",),
    "spt": ("hours",),
    "cr": ("due", "left", "now"),
    "slack_per_operation": ("due", "left", "now", "operations"),
    "wspt": ("hours", "weight"),
}
_COLUMNS = {
    "due": "When the lot is due",
    "hours": "Hours of the lot here",
    "left": "Hours of work left, here and later",
    "operations": "Operations left",
    "now": "What hour it is",
    "weight": "How much an hour of its stay costs",
    "quantity": "Pieces in the lot",
    "price": "Price of a piece",
}


def _need_reason(column: str) -> Any:
    def reason(g: Any, a: Any) -> str:
        if column in _RULE_NEEDS[g.rule]:
            return "Yes, without it the rule cannot be worked out."
        if column in ("quantity", "price"):
            return "No rule here looks at it: what counts is already in the hours or in the weight."
        return "Other rules look at it. This one does not."

    return reason


RULE_NEEDS = Problem(
    id="scheduling.rule_needs", title="What must you know of a lot?", level=1, minutes=2, outcomes=OUTCOMES,
    covers=("sequence",), topics=("data not needed", RULES), needs=NEEDS,
    draw=lambda rng, plant: {
        "center": waiting(rng, plant, 2, "a problem on rules")[0], "rule": (r := str(rng.choice(list(_RULE_WORDS)))), "words": _RULE_WORDS[r]},
    prompt=(
        "From now on {center} at {plant} runs its lots by {words}. The sheet for each lot has eight boxes, and filling them takes the "
        "planner an hour a day. Which of them does this rule need? Tick those, and no others."
    ),
    parts=(
        Choices("needs", "Needed by this rule", key=lambda g, a: _RULE_NEEDS[g.rule],
                options=tuple(Option(k, text, _need_reason(k)) for k, text in _COLUMNS.items())),
    ),
    hints=("Write down what the rule divides, subtracts or compares.",),
    steps=(
        lambda g, a: f"By {g.words} a lot is placed by: " + ", ".join(_COLUMNS[k].lower() for k in _RULE_NEEDS[g.rule]) + ".",
        "All else can stay off the sheet, as long as this rule is used.",
    ),
)  # fmt: skip


# A guess first


def _draw_guess(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    center, _, _ = waiting(rng, plant, 2, "an estimate")
    return {"center": center, "n": int(rng.integers(24, 60)), "each": int(rng.integers(2, 7)) / 2}


def _alike(g: Any) -> scheduling.JobSequence:
    return run([{"job": str(k), "hours": g.each} for k in range(int(g.n))], "fcfs")


ESTIMATE = Problem(
    id="scheduling.flow_estimate", title="A guess before you count", level=1, minutes=2, outcomes=OUTCOMES, covers=("sequence",),
    topics=("estimate first",), needs=NEEDS, draw=_draw_guess,
    prompt=(
        "{n} lots wait at {center}, each of about {each} hours. All of them run, one after another, and nothing new comes in. How "
        "many hours will a lot have stayed on average when it is done? Estimate in your head: within 30 % is right."
    ),
    parts=(
        Number(
            "stay", "Mean flow time, about", unit="hours", tolerance=FactorOf(1.3), key=lambda g, a: _alike(g).mean_flow_time,
            slips=(
                Slip("flow_is_process", lambda g, a: g.each,
                     "That is the work on one lot. Nearly all of its stay is waiting for the others."),
                Slip("makespan", lambda g, a: _alike(g).makespan,
                     "So long stays the last one. The first is done at once; the mean lies about halfway."),
            ),
        ),
    ),
    hints=("How long does the first lot stay, and how long the last one? The mean lies between.",),
    steps=(
        lambda g, a: f"The last lot stays {show(g.n)} × {show(g.each)} = {show(g.n * g.each)} hours, the first one {show(g.each)}.",
        "Halfway between lies {stay}. Only about one part in so many of it is work; the rest is waiting.",
    ),
)  # fmt: skip


# Setups that depend on the order


def _draw_setups(rng: np.random.Generator, plant: Plant) -> dict[str, Any]:
    def draw() -> dict[str, Any]:
        center, names, hours = waiting(rng, plant, 4, "a problem on setups")
        jobs = [{"job": k, "hours": h} for k, h in zip(names, hours, strict=True)]
        rows = []
        for start in ["as it is set up now", *names]:
            cells = {
                f"to{i}": "–" if start == k else int(rng.integers(1, 13)) / 4 for i, k in enumerate(names)
            }
            rows.append({"from": start, **cells})
        return {"center": center, "jobs": jobs, "setups": rows, **{f"lot{i}": k for i, k in enumerate(names)}}

    def good(g: Any) -> bool:
        best, greedy = _least(g), _nearest(g)
        return (
            greedy.total_setup - best.total_setup >= 0.5
            and _as_listed(g).total_setup - greedy.total_setup >= 0.5
        )

    return shaped(draw, good, 200)


def _changes(g: Any) -> dict[tuple[str, str], float]:
    return {
        (row["from"], r["job"]): float(row[f"to{i}"])
        for row in g.setups
        for i, r in enumerate(g.jobs)
        if row["from"] != r["job"]
    }


def _with(g: Any, rule: Any, **options: Any) -> scheduling.JobSequence:
    return run(g.jobs, rule, changeovers=_changes(g), start_item="as it is set up now", **options)


def _least(g: Any) -> scheduling.JobSequence:
    return _with(g, "optimal", objective="makespan")


def _nearest(g: Any) -> scheduling.JobSequence:
    return _with(g, "least_setup")


def _as_listed(g: Any) -> scheduling.JobSequence:
    return _with(g, [r["job"] for r in g.jobs])


LEAST_SETUP = Problem(
    id="scheduling.least_setup", title="Setups that depend on the order", level=3, minutes=8, outcomes=("cpim.detailed_schedules", "lesson.09.2"),
    covers=("sequence",), topics=("changeovers",), needs=NEEDS, draw=_draw_setups,
    prompt=(
        "{center} runs four lots next: 1 {lot0}, 2 {lot1}, 3 {lot2}, 4 {lot3}. How long a setup takes depends on the lot before. "
        "Which order takes the fewest hours of setup in all, and how many are they? None of the lots is urgent. Another order "
        "with as few counts as right."
    ),
    facts=(
        FactTable("setups", "Hours of setup, from the row to the column", (
            Fact("from", "From"), Fact("to0", "to 1"), Fact("to1", "to 2"), Fact("to2", "to 3"), Fact("to3", "to 4"))),
    ),
    parts=(
        Order(
            "order", "Order with the least setup", over=lambda g: {r["job"]: str(i) for i, r in enumerate(g.jobs, 1)},
            key=lambda g, a: _least(g).order, accepts=lambda g, a, x: _with(g, x).total_setup <= _least(g).total_setup + 1e-9,
            slips=(
                Slip("least_setup_next", lambda g, a: _nearest(g).order,
                     "You took the shortest setup at each step. What is left at the end can then be dear: try a dearer first step."),
                Slip("as_listed", lambda g, a: _as_listed(g).order,
                     "That is the order of the list. Look for short setups in the table."),
            ),
        ),
        Number(
            "setup", "Setup in all", unit="hours", tolerance=Absolute(0.01), key=lambda g, a: _with(g, a.order).total_setup,
            check=lambda g: _least(g).total_setup,
            slips=(
                Slip("least_setup_next", lambda g, a: _nearest(g).total_setup,
                     "So much it is with the shortest setup at each step. Another order takes less in all."),
                Slip("no_first", lambda g, a: sum(_with(g, a.order).setup_hours[1:]),
                     "The first setup is left out: the machine must be set up for the first lot as well."),
            ),
        ),
    ),
    hints=(
        "Begin with the shortest setup at each step. Then look at the dearest one of that order: can you avoid it?",
        "Four lots have 24 orders. Cross out those with one of the dearest setups.",
    ),
    steps=(
        lambda g, a: f"The shortest setup at each step gives {said(_nearest(g).order)}, {show(_nearest(g).total_setup)} hours.",
        lambda g, a: f"Better is {said(a.order)}: " + " + ".join(show(x) for x in _with(g, a.order).setup_hours) + f" = {show(a.setup)} hours.",
    ),
)  # fmt: skip

PROBLEMS = (WHICH_ORDER, RULE_NEEDS, ESTIMATE, LEAST_SETUP)
