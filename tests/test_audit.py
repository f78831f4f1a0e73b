"""The audit: what an author can get wrong in a declaration is found, named and located; it never raises."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace
from math import ceil
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from exercise_samples import ALL, PICK, PLANT, RANK, RECORD

from prodkit import Plant
from prodkit.exercises import (
    AuditReport,
    Choice,
    Convention,
    Fact,
    FactTable,
    Number,
    Option,
    Order,
    Problem,
    Relative,
    Slip,
    audit,
)
from prodkit.exercises.arithmetic import wrong_sums
from prodkit.exercises.outcomes import outcome_fault

SEEDS = range(1, 6)


def plain(**changes: Any) -> Problem:
    """A sound problem of one figure, with some of it changed."""
    base: dict[str, Any] = {
        "id": "materials.sample_plain", "title": "Plain", "level": 1, "minutes": 1, "outcomes": ("lesson.05.1",),
        "draw": lambda rng, plant: {"stock": int(rng.integers(20, 90)), "use": 3.25}, "prompt": "{stock} at {use}.",
        "facts": (Fact("stock", "Stock", "units"), Fact("use", "Use", "units")),
        "parts": (figure(),), "hints": ("{stock} ÷ {use}",), "steps": ("{stock} × {use} = {value}.",),
    }  # fmt: skip
    return Problem(**{**base, **changes})


def figure(**changes: Any) -> Number:
    base: dict[str, Any] = {
        "id": "value",
        "label": "Value",
        "unit": "USD",
        "key": lambda g, a: g.stock * g.use,
    }
    return Number(**{**base, **changes})


def slip(value: Any) -> tuple[Number]:
    return (figure(slips=(Slip("odd", value, "Odd: look again at {stock}."),)),)


def faults(problem: Problem, plant: Any = PLANT) -> str:
    return str(audit(problem, plant, SEEDS))


def test_a_sound_problem_has_no_fault() -> None:
    assert not audit(plain(), PLANT, range(1, 51)).faults
    assert faults(plain()).startswith("ok")


@pytest.mark.parametrize("problem", ALL, ids=lambda p: p.id)
def test_the_samples_pass_the_audit(problem: Problem) -> None:
    report = audit(problem, PLANT, range(1, 26))
    allowed = {"slip quantity.never is live in 0% of the variants only"}
    assert set(report.faults) <= allowed, str(report)


# names


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"facts": (Fact("stok", "Stock"),)}, "fact 'stok': draw gives no such name (nearest: stock)"),
        ({"prompt": "{stok}"}, "prompt asks for {stok}, which is not given (nearest: stock)"),
        ({"prompt": "{value}"}, "prompt asks for {value}, an answer; only steps and feedback may"),
        ({"hints": ("", "{usee}")}, "hint 2 asks for {usee}, which is not given (nearest: use)"),
        ({"steps": ("{stock} {valu}", "{value}")}, "step 1 asks for {valu}, which is not given (nearest: value)"),
        ({"hints": (lambda g, a: f"{g.stok}",)}, "hint 1 asks for g.stok: draw gives no such name (nearest: stock)"),
        ({"steps": (lambda g, a: f"{a.vale}",)}, "step 1 asks for a.vale: no earlier part has that id (nearest: value)"),
        ({"hints": (lambda g, a: [][1],)}, "hint 1 raises IndexError"),
        ({"hints": ("{stock} {{",)}, "hint 1 has an open brace left"),
        ({"parts": (figure(label="{stok}"),)}, "part value: its label asks for {stok}, which is not given (nearest: stock)"),
        ({"parts": (figure(unit="{curency}"),)}, "part value: its unit asks for {curency}"),
        ({"parts": (figure(key=lambda g, a: g.stok),)}, "part value: its key asks for g.stok: draw gives no such name (nearest: stock)"),
        ({"parts": (figure(key=lambda g, a: a.cost),)}, "part value: its key asks for a.cost: no earlier part has that id"),
        ({"parts": (figure(), figure())}, "two parts have the id 'value'"),
        ({"facts": (Fact("stock", "Stock", "{curency}"),)}, "unit of fact 'stock' asks for {curency}, which is not given (nearest: currency)"),
    ],
)  # fmt: skip
def test_a_name_that_is_not_there_is_said_with_the_nearest(changes: dict[str, Any], says: str) -> None:
    assert says in faults(plain(**changes))


def test_a_slips_text_with_a_wrong_name_is_found() -> None:
    part = figure(slips=(Slip("half", lambda g, a: g.stock, "Not {stok}."),))
    assert "part value: slip half asks for {stok}, which is not given (nearest: stock)" in faults(
        plain(parts=(part,))
    )


def test_a_column_that_the_rows_lack_is_found() -> None:
    table = FactTable("rows", "Rows", (Fact("item", "Item"), Fact("us", "Use")))
    problem = plain(
        draw=lambda rng, plant: {"stock": 4, "use": 3, "rows": [{"item": "P", "use": 3}]}, facts=(table,)
    )
    assert "fact 'rows': its rows have no 'us' (nearest: use)" in faults(problem)


# code that raises


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (lambda g, a: undefined_name, "slip odd raises NameError: name 'undefined_name' is not defined"),  # noqa: F821
        (lambda g, a: g.us, "slip odd asks for g.us: draw gives no such name (nearest: use)"),
        (lambda g, a: a.vale, "slip odd asks for a.vale: no earlier part has that id (nearest: value)"),
        (lambda g, a: "3" + g.stock, "slip odd raises TypeError"),
        (lambda g: g.stock, "slip odd raises TypeError"),
        (lambda g, a: {}["x"], "slip odd raises KeyError"),
    ],
)
def test_a_slip_with_a_programming_error_is_a_fault(value: Any, says: str) -> None:
    assert f"part value: {says}" in faults(plain(parts=slip(value)))


@pytest.mark.parametrize(
    "value", [lambda g, a: 1 / 0, lambda g, a: (-1.0) ** 0.5, lambda g, a: float("x"), lambda g, a: None]
)
def test_a_slip_that_cannot_be_made_is_only_undefined(value: Any) -> None:
    report = audit(plain(parts=slip(value)), PLANT, SEEDS)
    assert set(report.faults) == {"slip value.odd is live in 0% of the variants only"}


def _raises(*arguments: Any) -> Any:
    raise RuntimeError("the author's own")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"draw": _raises}, "draw raises RuntimeError: the author's own"),
        ({"draw": lambda rng: {}}, "draw raises TypeError"),
        ({"draw": lambda rng, plant: None}, "draw raises TypeError"),
        ({"parts": (figure(key=_raises),)}, "part value: its key raises RuntimeError"),
        ({"parts": (figure(check=_raises),)}, "part value: check raises RuntimeError"),
        ({"parts": (figure(raw=_raises),)}, "part value: raw raises RuntimeError"),
        ({"parts": (figure(by_hand=(_raises,)),)}, "part value: hand work 1 raises RuntimeError"),
        ({"parts": (figure(conventions=(Convention("odd", _raises, "Odd."),)),)}, "part value: convention odd raises"),
        ({"parts": (figure(slips=(Slip("odd", lambda g, a: g.stock, _raises),)),)}, "part value: slip odd raises"),
        ({"parts": (Order("rank", "Rank", over=lambda g: "ab", key=lambda g, a: "ab", slips=(Slip("odd", lambda g, a: 3, ""),)),)},
         "part rank: slip odd raises TypeError: 'int' object is not iterable"),
        ({"minutes": "two"}, "the check of the declaration faults raises TypeError"),
    ],
)  # fmt: skip
def test_whatever_an_author_wrote_raises_only_a_fault(changes: dict[str, Any], says: str) -> None:
    report = audit(plain(**changes), PLANT, SEEDS)
    assert says in str(report)
    assert "seed 1" in str(report) or "minutes" in changes


def test_faults_of_a_grid_an_order_and_a_choice_are_located() -> None:
    grid = RECORD.part("record")
    lines = [
        replace(x, slips=(Slip("odd", lambda g, a, t: a.nett[t], "Odd."),)) if x.id == "net" else x
        for x in grid.lines
    ]
    assert "part record: slip net.odd asks for a.nett" in faults(
        replace(RECORD, parts=(replace(grid, lines=tuple(lines)),))
    )
    lines = [replace(x, rule=lambda g, a, t: g.los) if x.id == "net" else x for x in grid.lines]
    assert "part record: the rules asks for g.los" in faults(
        replace(RECORD, parts=(replace(grid, lines=tuple(lines)),))
    )
    lines = [
        replace(
            x,
            open_at=lambda g, t: t > 1,
            slips=(Slip("odd", lambda g, a, t: dict.fromkeys(range(2, 7), 1)[t], "Odd."),),
        )
        if x.id == "net"
        else x
        for x in grid.lines
    ]
    closed = faults(replace(RECORD, parts=(replace(grid, lines=tuple(lines)),)))
    assert "slip net.odd raises" not in closed  # a cell that is not asked is no place for a slip
    order = replace(RANK.parts[0], slips=(Slip("odd", lambda g, a: g.hour, "Odd."),))
    assert "part sequence: slip odd asks for g.hour: draw gives no such name (nearest: hours)" in faults(
        replace(RANK, parts=(order,))
    )
    pick = Choice(
        "even",
        "Even?",
        key=lambda g, a: "yess",
        options=(Option("yes", "Yes", "Is."), Option("no", "No", "Is not.")),
    )
    assert "part even: its key 'yess' is none of its options (nearest: yes)" in faults(replace(PICK, parts=(pick,)))  # fmt: skip


@pytest.mark.parametrize("late", [False, True])
def test_a_name_that_a_row_of_draw_lacks_is_said_of_draw(late: bool) -> None:
    def weeks(row: Any) -> Any:
        return row.lead_day

    def draw(rng: Any, plant: Any) -> dict[str, Any]:
        stock = int(rng.integers(1, 4))
        row = SimpleNamespace(lead_days=3)
        return {"stock": stock, "use": row.lead_days if late and stock == 1 else weeks(row)}

    one = (figure(slips=(Slip("square", lambda g, a: g.stock**2 * g.use, "Not squared."),)),)
    found = faults(plain(draw=draw, parts=one))
    assert "draw asks for .lead_day, which is not there (nearest: lead_days)" in found
    assert "no earlier part" not in found


# references


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"id": "stock_weeks"}, "id 'stock_weeks' is not <subject>.<name>"),
        ({"id": "material.weeks"}, "id 'material.weeks' is not <subject>.<name>"),
        ({"id": "materials.Stock Weeks"}, "is not <subject>.<name>"),
        ({"level": 4}, "level is 4, not 1, 2 or 3"),
        ({"minutes": 0}, "minutes are 0, not above 0"),
        ({"outcomes": ("cpim.inventry",)}, "outcome 'cpim.inventry': no such exam module (nearest: cpim.inventory)"),
        ({"outcomes": ("lesson.05.9",)}, "outcome 'lesson.05.9': lesson 05 has sittings 1 to 4"),
        ({"outcomes": ("lesson.5.1",)}, "outcome 'lesson.5.1': no such lesson"),
        ({"covers": ("day_of_supply",)}, "covers 'day_of_supply': prodkit.materials has no such function (nearest: days_of_supply)"),
        ({"covers": ("AbcClasses",)}, "covers 'AbcClasses': prodkit.materials has no such function"),
        ({"topics": ("order pint",)}, "topic 'order pint' is not in the bank's TOPICS (nearest: order point)"),
        ({"needs": ("item",)}, "needs 'item': a plant has no such table (nearest: items)"),
    ],
)  # fmt: skip
def test_what_a_declaration_refers_to_must_be_there(changes: dict[str, Any], says: str) -> None:
    report = audit(plain(**changes), PLANT, SEEDS)
    assert says in str(report)
    assert len(report.faults) == 1


def test_two_slips_options_or_conventions_of_one_id_are_found() -> None:
    twice = Slip("odd", lambda g, a: g.stock, "Odd."), Slip("odd", lambda g, a: 7 * g.stock, "Odder.")
    ways = (Convention("way", lambda g, a: 8 * g.stock, "Way."),) * 2
    found = faults(plain(parts=(figure(slips=twice, conventions=ways),)))
    assert "part value: two slips have the id 'odd'" in found
    assert "part value: two conventions have the id 'way'" in found
    options = (Option("yes", "Yes", "Is."), Option("yes", "No", "Is not."))
    pick = Choice("even", "Even?", key=lambda g, a: "yes", options=options)
    assert "part even: two options have the id 'yes'" in faults(plain(parts=(pick,), steps=()))
    grid = RECORD.part("record")
    odd = (Slip("odd", lambda g, a, t: 7, "Odd."),) * 2
    lines = tuple(replace(x, slips=odd) if x.id == "net" else x for x in grid.lines)
    assert "part record, line net: two slips have the id 'odd'" in faults(
        replace(RECORD, parts=(replace(grid, lines=lines),))
    )


def test_every_outcome_kind_is_known() -> None:
    for outcome in (
        "cpim.detailed_schedules",
        "greenbelt.measure",
        "cmq.quality_tools",
        "lesson.00.1",
        "lesson.18.1",
    ):
        assert outcome_fault(outcome) == ""
    assert all(outcome_fault(outcome) for outcome in ("", "lesson", "cpim", "cpim.inventory.1"))


def test_a_table_that_draw_reads_and_needs_does_not_name_is_found() -> None:
    def draw(rng: Any, plant: Any) -> dict[str, Any]:
        plant.yearly_use(), plant.need("suppliers", 1, "this"), plant.price_breaks, plant.name
        return {"stock": int(rng.integers(20, 90)), "use": 3.25}

    metal = Plant.sample("metal")
    report = audit(plain(draw=draw, needs=("items", "price_breaks")), metal, SEEDS)
    assert set(report.faults) == {
        "draw reads the table 'demand', which needs does not name",
        "draw reads the table 'suppliers', which needs does not name",
    }
    full = ("items", "demand", "suppliers", "price_breaks")
    assert not audit(plain(draw=draw, needs=full), metal, SEEDS).faults


def test_a_table_that_the_plant_lacks_is_said_and_is_no_fault() -> None:
    metal = Plant.sample("metal")
    bare = Plant({name: metal.table(name) for name in ("about", "items")})
    problem = plain(
        draw=lambda rng, plant: {"n": len(plant.need("suppliers", 1, "this card"))}, needs=("suppliers",)
    )
    report = audit(problem, bare, SEEDS)
    assert not report.faults
    assert str(report).startswith("n/a")
    assert "'suppliers' is missing" in str(report)


# chance


COUNT = itertools.count()


@pytest.mark.parametrize(
    "chance",
    [
        lambda: random.randrange(10**9),
        lambda: int(np.random.randint(10**9)),
        lambda: int(np.random.default_rng().integers(10**9)),
        lambda: next(COUNT),
    ],
)
def test_chance_that_does_not_come_from_the_seed_is_found(chance: Any) -> None:
    problem = plain(draw=lambda rng, plant: {"stock": chance() + 10, "use": 3.25})
    assert "draw: 'stock' is another when it is drawn again; take every chance from rng" in faults(problem)


def test_the_global_generators_are_left_as_they_were() -> None:
    before = random.getstate(), np.random.get_state()[1].tolist()
    audit(plain(), PLANT, SEEDS)
    assert (random.getstate(), np.random.get_state()[1].tolist()) == before


def test_given_tables_and_arrays_are_compared_by_what_they_hold() -> None:
    import pandas as pd

    problem = plain(
        draw=lambda rng, plant: {
            "stock": 40,
            "use": 3.25,
            "grid": rng.random(3),
            "rows": pd.DataFrame({"x": rng.random(3)}),
            "none": float("nan"),
            "nested": [{"x": rng.random(2)}],
        }
    )
    assert not audit(problem, PLANT, SEEDS).faults


# the worked solution


@pytest.mark.parametrize(
    "text",
    [
        "Use: 52 × 130 = 6,760 units.", "√(2 × 200 × 20 ÷ 5) = 40", "Q = √(2 × 5,600 × 86 ÷ 0.41) = 1,532.7 units",
        "3 − 5 = −2", "-3 + 5 = 2", "2^3 = 8 and 3² + 1 = 10", "18 % of 2.3 = 0.414", "12 ÷ 80 = 15 %", "12 ÷ 80 × 100 = 15 %",
        "686.55 × (1 - 0.3714) = 431.55", "1 ÷ 3 = 0.333", "2 ÷ 3 = 0.67 of a year", "4 = 2 + 2", "10 / 4 = 5 / 2 = 2.5",
        "z × 3 = 12", "half of 3 × 4 = 6", "10 weeks × 4 = 40", "a(2 + 3) = 20", "Total = 5 × price", "5 = 7", "3 ÷ 0 = 9",
        "1 ÷ 8 = 0.1", "(2 + 3 = 9", "x = 3 (2 + 2 = 4)", "= = =", "2 + = 5", "7 × 8 = 56, 9 × 2 = 18", "1" * 60 + "x = 3", "a >= 3 + 4 = 7",
        "31 ÷ 12, rounded up = 3 boxes", "31 ÷ 12 = 2.58, rounded down = 2", "24 ÷ 12, rounded up = 2", "31 ÷ 12, rounded = 3",
        "1 ÷ 3, rounded up = 0.34", "0.1 × 3 × 10, rounded up = 3", "31 ÷ 12, rounded up to boxes of 5 = 5", "12.2 %, rounded up = 13 %",
    ],
)  # fmt: skip
def test_sums_that_hold_or_cannot_be_read_are_passed(text: str) -> None:
    assert list(wrong_sums(text)) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Use: 52 × 130 = 6,670 units.", "52 × 130 = 6,670 (it is 6,760)"),
        ("√(2 × 200 × 20 ÷ 5) = 41", "√(2 × 200 × 20 ÷ 5) = 41 (it is 40)"),
        ("Q = √(2 × 5,600 × 86 ÷ 0.41) = 1,523.7 units", "(it is 1,532.7)"),
        ("Average: 410 ÷ 2 + 180 = 295 units", "(it is 385)"),
        ("410 ÷ (2 + 180) = 385", "(it is 2.25"),
        ("1 ÷ 3 = 0.334", "(it is 0.33333)"),
        ("12 ÷ 80 = 25 %", "(it is 0.15)"),
        ("3 × 4 = 12 = 7 + 4", "12 = 7 + 4 (it is 12)"),
        ("2 + 2 = 4 and 2 × 3 = 7", "2 × 3 = 7 (it is 6)"),
        ("3² = 6", "(it is 9)"),
        ("5 − 8 = 3", "(it is -3)"),
        ("31 ÷ 12, rounded up = 2", "31 ÷ 12, rounded up = 2 (it is 3)"),
        ("31 ÷ 12 rounded down = 3 boxes", "(it is 2)"),
        ("31 ÷ 12, rounded = 2", "(it is 2.5833)"),
        ("25 ÷ 12, rounded up to whole boxes = 2", "(it is 3)"),
        ("31 ÷ 12 = 2.58, rounded up = 2", "2.58, rounded up = 2 (it is 3)"),
        ("2 ÷ 3, rounded down = 0.67", "(it is 0.66)"),
    ],
)
def test_sums_that_do_not_hold_are_found(text: str, says: str) -> None:
    (found,) = wrong_sums(text, given=(5600, 86, 0.41))
    assert says in found


def test_a_given_figure_is_exact_and_a_unit_is_read_over() -> None:
    assert list(wrong_sums("0.41 × 2,000 = 829")) == []  # 0.41 may stand for 0.4145
    assert list(wrong_sums("0.41 × 2,000 = 829", given=(0.41, 2000)))
    assert list(wrong_sums("28 + 420 = 448.004")) == []  # 420 may stand for 420.004, shown to five digits
    assert list(wrong_sums("28 + 420 = 448.004", given=(28, 420)))
    assert list(wrong_sums("15 USD × 3 = 46", units=("USD",))) == ["15 × 3 = 46 (it is 45)"]
    assert list(wrong_sums("15 units × 3 = 46", units=("USD",))) == []


def test_a_wrong_step_is_reported_with_its_place_and_a_seed() -> None:
    report = audit(plain(steps=("Twice: 2 × {stock} = {stock}.", "{stock} × {use} = {value}.")), PLANT, SEEDS)
    assert set(report.faults) == {"step 1: a sum does not hold"}
    assert report.faults["step 1: a sum does not hold"] == len(SEEDS)
    assert report.examples["step 1: a sum does not hold"].startswith("seed 1: 2 × ")


def test_a_worked_solution_that_does_not_end_at_the_key_is_found() -> None:
    assert "part value: the worked solution does not show the key" in faults(plain(steps=("It is 4.",)))


@pytest.mark.parametrize(
    ("unit", "step", "says"),
    [
        ("workdays", "{stock} × {use} = {value} workdays.", " workdays workdays"),
        ("{currency} a year", "{stock} × {use} = {value} a year.", " a year a year"),
    ],
)
def test_a_unit_said_twice_is_found(unit: str, step: str, says: str) -> None:
    report = audit(plain(parts=(figure(unit=unit),), steps=(step,)), PLANT, SEEDS)
    assert set(report.faults) == {"step 1 says a unit twice: an answer is shown with its unit"}
    assert says in str(report)
    told = figure(
        unit=unit, slips=(Slip("odd", lambda g, a: 7 * g.stock, f"It is {step.partition('= ')[2]}"),)
    )
    assert "part value: slip odd says a unit twice" in faults(plain(parts=(told,)))
    assert not audit(plain(parts=(figure(unit=unit),)), PLANT, SEEDS).faults


def test_a_unit_that_cannot_be_read_is_said_once_and_stops_nothing() -> None:
    report = audit(plain(parts=(figure(unit="{curency}"),), steps=("It is.",)), PLANT, SEEDS)
    assert "part value: its unit asks for {curency}" in str(report)
    assert "the check of the text" not in str(report)


def test_an_answer_rounded_in_a_step_is_worked_out() -> None:
    part = figure(key=lambda g, a: ceil(g.stock * g.use), unit="boxes")
    step = "{stock} × {use}, rounded up = {value}."
    assert not audit(plain(parts=(part,), steps=(step,)), PLANT, SEEDS).faults
    assert "step 1: a sum does not hold" in faults(
        plain(parts=(part,), steps=(step.replace("rounded up", "rounded down"),))
    )


# figures, keys, slips


def test_figures_not_shown_in_full_are_one_line_for_each_name() -> None:
    rows = FactTable("rows", "Rows", (Fact("item", "Item"), Fact("use", "Use")))
    problem = plain(
        draw=lambda rng, plant: {
            "stock": 40, "use": 3.25, "long": 1e6 + 1 / 3,
            "rows": [{"item": k, "use": 1e6 + 1 / 3} for k in "PQR"],
        },
        facts=(Fact("long", "Long"), rows),
    )  # fmt: skip
    report = audit(problem, PLANT, SEEDS)
    assert report.faults == {
        "the figure long is not shown in full: round it in draw": 5,
        "the figure use is not shown in full: round it in draw": 15,
    }
    assert all("seed 1: 1000000." in seen for seen in report.examples.values())


@pytest.mark.parametrize(
    ("part", "says"),
    [
        (figure(key=lambda g, a: float("inf")), "part value: the key is not finite"),
        (figure(check=lambda g: g.stock), "part value: the key and the subject's call disagree"),
        (figure(by_hand=(lambda g, a: 4,)), "part value: hand work 1 does not score right"),
        (figure(tolerance=Relative(0.0, 0.0), key=lambda g, a: g.stock / 3), "the key as displayed does not score right"),
        (figure(slips=(Slip("rare", lambda g, a: None, "Rare."),)), "slip value.rare is live in 0%"),
    ],
)  # fmt: skip
def test_a_wrong_key_or_slip_is_found(part: Number, says: str) -> None:
    assert says in faults(plain(parts=(part,), steps=()))


def test_slips_that_collide_are_named_with_what_they_collide_with() -> None:
    part = figure(
        slips=(
            Slip("one", lambda g, a: 7 * g.stock, "One."),
            Slip("two", lambda g, a: 7 * g.stock, "Two."),
            Slip("close", lambda g, a: 1.01 * g.stock * g.use, "Close."),
            Slip("other", lambda g, a: 1.5 * g.stock * g.use, "Other."),
        ),
        conventions=(Convention("other_way", lambda g, a: 1.5 * g.stock * g.use, "Another way."),),
    )
    report = audit(plain(parts=(part,)), PLANT, SEEDS)
    found = str(report)
    for says in (
        "part value: slip two cannot be told from one, in all 50 draws",
        "part value: slip close is within 3 tolerances of the key, in all 50 draws",
        "part value: slip other is right by the convention other_way, in all 50 draws",
        "`prodkit show materials.sample_plain --seed 1`",
        "100% of first draws are unfair: shape the draw",
        "unfair at first: part value: slip two cannot be told from one (first draw of seed 1: the slip gives",
        "stock ",
    ):
        assert says in found, found


def test_a_key_with_chance_of_its_own_is_found() -> None:
    problem = plain(parts=(figure(key=lambda g, a: g.stock * g.use + np.random.uniform(0, 1e-4)),))
    text = "part value: its key is another when it is worked out again; draw the chance in draw"
    assert text in faults(problem)


def test_a_slip_that_never_works_says_why() -> None:
    def never(g: Any, a: Any) -> float:
        raise ValueError("review_period must be above 0")

    report = audit(plain(parts=slip(never)), PLANT, SEEDS)
    text = "slip value.odd is live in 0% of the variants only"
    assert report.examples[text] == "it raises ValueError: review_period must be above 0 in 5 of 5"
    assert audit(plain(parts=slip(lambda g, a: None)), PLANT, SEEDS).examples.get(text) is None


def test_a_choice_that_is_always_the_same_is_noted_and_no_fault() -> None:
    def choice(key: Any) -> Problem:
        options = (Option("a", "A", "Because it is A."), Option("b", "B", "Because it is B."))
        return plain(parts=(Choice("pick", "Pick", options=options, key=key),), steps=("Look.",))

    report = audit(choice(lambda g, a: "a"), PLANT, SEEDS)
    assert not report.faults, str(report)
    assert "note: part pick: 'a' is right in every variant" in str(report)
    assert audit(choice(lambda g, a: "ab"[g.stock % 2]), PLANT, SEEDS).notes == []


def test_what_a_learner_is_answered_is_never_empty() -> None:
    options = (Option("a", "A", ""), Option("b", "B", "Because it is B."))
    problem = plain(parts=(Choice("pick", "Pick", options=options, key=lambda g, a: "a"),), steps=("Look.",))
    assert "part pick: reason of option a is empty: say why, and what to try" in faults(problem)
    wordless = plain(parts=(figure(slips=(Slip("odd", lambda g, a: g.stock, ""),)),))
    assert "part value: slip odd is empty: say why, and what to try" in faults(wordless)


def test_unfair_first_draws_say_in_which_figures() -> None:
    problem = plain(
        draw=lambda rng, plant: {"stock": int(rng.integers(1, 3)), "use": 3.25},
        parts=(figure(slips=(Slip("square", lambda g, a: g.stock**2 * g.use, "Not squared."),)),),
    )
    report = audit(problem, PLANT, range(1, 31))
    text = "unfair at first: part value: slip square is right: it cannot be told from the key"
    assert 5 < report.faults[text] < 25
    assert "the slip gives 3.25, the key is 3.25; stock 1, use 3.25" in report.examples[text]
    assert not any("in all 50 draws" in fault for fault in report.faults)


def test_a_slip_with_the_keys_own_formula_is_said_to_be_that() -> None:
    part = figure(slips=(Slip("own", lambda g, a: g.use * g.stock, "Own."),))
    found = str(audit(plain(parts=(part,)), PLANT, SEEDS))
    says = "part value: slip own: the formula is the key's own: correct it or drop the slip"
    assert f"100% of first draws are unfair: {says}" in found
    assert "shape the draw" not in found
    near = figure(slips=(Slip("near", lambda g, a: 1.001 * g.use * g.stock, "Near."),))
    found = faults(plain(parts=(near,)))
    assert "shape the draw" in found
    assert "key's own" not in found


def test_a_rounded_up_answer_too_near_a_whole_number_is_told_apart_from_slips() -> None:
    part = figure(key=lambda g, a: g.stock, raw=lambda g, a: g.stock - 0.05)
    assert (
        "part value: the figure before rounding up is not 0.15 to 0.85 above a whole number, in all 50 draws"
        in faults(plain(parts=(part,), steps=()))
    )


def test_a_report_says_each_fault_once_with_its_count() -> None:
    report = AuditReport("materials.x", "Testworks", 3)
    report.add("wrong", "seed 1: 5")
    report.add("wrong", "seed 2: 6")
    assert str(report).splitlines()[1:] == ["      2 x wrong (seed 1: 5)"]
