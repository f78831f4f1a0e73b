"""The bank of materials problems: each one audited, nothing left out, nothing asked twice, fit to be read."""

from __future__ import annotations

import re
from itertools import combinations

import pandas as pd
import pytest

from prodkit import Plant, materials
from prodkit.exercises import (
    Attempt,
    Choice,
    Choices,
    Grid,
    Number,
    Order,
    Plan,
    Problem,
    Verdict,
    all_problems,
    audit,
    coverage,
    draw,
    judge,
)

BANK = all_problems("materials")
SEEDS = range(1, 7)


@pytest.fixture(scope="module")
def metal() -> Plant:
    return Plant.sample("metal")


@pytest.fixture(scope="module")
def bakery() -> Plant:
    """A small plant of another trade: five items, no bill, no price breaks, one supplier of two items."""
    items = pd.DataFrame(
        [
            ("loaf", "make", 0.9, 45.0, 2.4, None, 900.0),
            ("roll", "make", 0.2, 30.0, 0.6, None, 2400.0),
            ("flour", "buy", 0.6, 38.0, None, 26.0, 4100.0),
            ("yeast", "buy", 3.5, 20.0, None, 3.0, 55.0),
            ("jam", "buy", 2.1, 25.0, 3.9, 52.0, 160.0),
        ],
        columns=["item", "kind", "unit_cost", "order_cost", "price", "shelf_life_weeks", "on_hand"],
    ).assign(name=lambda t: t["item"], unit="kg", lead_time_weeks=1, planner="")
    weeks = pd.date_range("2025-01-06", periods=52, freq="7D")
    demand = pd.DataFrame(
        [
            (w, i, q + 7.0 * (k % 5))
            for k, w in enumerate(weeks)
            for i, q in (("loaf", 800), ("roll", 2100), ("jam", 60))
        ],
        columns=["week", "item", "quantity"],
    )
    plant = Plant(
        {
            "about": pd.DataFrame(
                [
                    {
                        "name": "Corner Bakery",
                        "industry": "metal",
                        "currency": "EUR",
                        "first_day": pd.Timestamp("2026-01-05"),
                        "holding_rate": 0.25,
                    }
                ]
            ),
            "items": items,
            "demand": demand,
        }
    )
    assert [str(f) for f in plant.check() if f.sheet in ("about", "items", "demand")] == []
    return plant


@pytest.fixture(scope="module", params=[(0.01, 100.0), (100.0, 0.01)], ids=["few and dear", "many and cheap"])
def scaled(request: pytest.FixtureRequest, metal: Plant) -> Plant:
    """The sample with other figures: a handful a week of dear things, or a hundred thousand cheap ones."""
    units, money = request.param
    tables = {
        name: metal.table(name) for name in ("about", "items", "bom", "suppliers", "demand", "price_breaks")
    }
    tables["about"]["name"] = f"Scaled by {units:g}"
    tables["demand"]["quantity"] = (units * tables["demand"]["quantity"]).round()
    for table, column in (("items", "unit_cost"), ("items", "price"), ("price_breaks", "unit_price")):
        tables[table][column] *= money
    plant = Plant(tables)
    assert plant.check() == []
    return plant


def _plant_for(problem: Problem, metal: Plant) -> Plant:
    """The metal sample, or where it has no rows of what is drawn from, the chemical one."""
    return metal if set(problem.needs) <= set(metal.tables) else Plant.sample("chemical")


def _options(problem: object) -> list[Choice | Choices]:
    return [p for p in problem.parts if isinstance(p, Choice | Choices)]  # type: ignore[attr-defined]


@pytest.mark.parametrize("problem_id", BANK)
def test_the_audit_finds_nothing(problem_id: str, metal: Plant) -> None:
    report = audit(BANK[problem_id], _plant_for(BANK[problem_id], metal), range(1, 26))
    assert not report.faults, str(report)
    assert not report.missing


@pytest.mark.parametrize("problem_id", BANK)
def test_the_audit_finds_nothing_on_a_plant_of_few_or_of_many_units(problem_id: str, scaled: Plant) -> None:
    report = audit(BANK[problem_id], scaled, range(1, 7))
    shares = {fault for fault in report.faults if "unfair" in fault or "is live in" in fault}
    assert set(report.faults) <= shares, str(report)  # six seeds say little about shares
    assert report.unfair_first <= 0.5, str(report)


@pytest.mark.parametrize("lacking", ["suppliers", "price_breaks", "demand", "items"])
def test_a_plant_without_a_table_is_told_which(lacking: str, metal: Plant) -> None:
    bare = Plant({name: metal.table(name) for name in metal.tables if name != lacking})
    needing = [p for p in BANK.values() if lacking in p.needs]
    assert needing
    for problem in needing:
        report = audit(problem, bare, (1, 2))
        assert not report.faults, str(report)
        turn = Attempt(problem, bare)
        if lacking in report.missing:
            assert lacking in turn.notice
    assert any(lacking in audit(problem, bare, (1,)).missing for problem in needing)


def test_every_function_and_topic_has_a_problem() -> None:
    table = coverage("materials")
    assert {"economic_order_quantity", "newsvendor", "order point", "which method"} <= set(table)
    assert [name for name, problems in table.items() if not problems] == []


def test_every_part_kind_is_used() -> None:
    used = {type(part) for problem in BANK.values() for part in problem.parts}
    assert used >= {Number, Choice, Choices, Order, Grid, Plan}


def test_problems_name_only_what_there_is() -> None:
    from prodkit.exercises.bank.materials import TOPICS

    for problem in BANK.values():
        assert set(problem.covers) <= set(materials.__all__), problem.id
        assert set(problem.topics) <= set(TOPICS), problem.id


def test_no_two_problems_share_key_and_asked_figure(metal: Plant) -> None:
    figures: dict[tuple[str, str], tuple[str, list[float]]] = {}
    for problem in BANK.values():
        variants = [draw(problem, _plant_for(problem, metal), seed) for seed in SEEDS]
        for part in problem.parts:
            if isinstance(part, Number):
                figures[problem.id, part.id] = (part.unit, [getattr(v.key, part.id) for v in variants])
    assert len(figures) > 50
    same = [
        (one, other)
        for one, other in combinations(figures, 2)
        if one[0] != other[0]
        and figures[one][0] == figures[other][0]
        and figures[one][1] == pytest.approx(figures[other][1], rel=1e-6)
    ]
    assert same == []


def test_titles_tell_problems_apart() -> None:
    titles = [p.title for p in BANK.values()]
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize("problem_id", BANK)
def test_a_problem_is_short_enough_to_be_read(problem_id: str) -> None:
    turn = Attempt(problem_id, seed=3)
    view = turn.view()
    assert 5 <= len(" ".join(view["prompt"]).split()) <= 120
    assert 1 <= len(view["parts"]) <= 5
    assert all(len(part["label"]) <= 72 for part in view["parts"])
    assert len(turn.problem.hints) >= 1
    assert len(turn.problem.steps) >= 1


@pytest.mark.parametrize("problem_id", BANK)
def test_hints_do_not_hold_the_key(problem_id: str, metal: Plant) -> None:
    for seed in SEEDS:
        v = draw(BANK[problem_id], _plant_for(BANK[problem_id], metal), seed)
        hints = " ".join(v.text(h) for h in v.problem.hints)
        given = " ".join(str(x) for x in v.given()) + v.text(v.problem.prompt)
        for part in v.problem.parts:
            if isinstance(part, Number):
                shown = part.show(v, getattr(v.key, part.id)).removesuffix(v.text(part.unit)).strip()
                if len(shown.strip("0.,")) >= 3 and shown not in given:
                    assert shown not in hints, (part.id, shown)


@pytest.mark.parametrize("problem_id", BANK)
def test_slips_are_named_in_one_style_and_say_what_to_do(problem_id: str, metal: Plant) -> None:
    v = draw(BANK[problem_id], _plant_for(BANK[problem_id], metal), 2)
    for part in v.problem.parts:
        for slip_id, raw in part.slip_answers(v):
            name = slip_id.rpartition(".")[2]
            assert re.fullmatch(r"[a-zA-Z][a-zA-Z0-9]*(_[a-zA-Z0-9]+)*", name), name
            if raw is not None and (part.id, slip_id) not in v.off:
                verdict = judge(v, {part.id: raw}).verdicts[part.id]
                assert verdict.kind == "slip", (part.id, slip_id)
                assert len(verdict.text.split()) >= 5, (part.id, slip_id)
                assert "{" not in verdict.text, (part.id, slip_id)


@pytest.mark.parametrize("problem_id", [i for i, p in BANK.items() if _options(p)])
def test_every_option_has_a_reason_in_every_variant(problem_id: str, metal: Plant) -> None:
    for seed in SEEDS:
        v = draw(BANK[problem_id], _plant_for(BANK[problem_id], metal), seed)
        for part in _options(v.problem):
            texts = [v.text(o.text) for o in part.options]
            assert len(texts) == len(set(texts))
            for option in part.options:
                raw = option.id if isinstance(part, Choice) else [option.id]
                verdict = judge(v, {part.id: raw}).verdicts[part.id]
                reason = verdict.text if isinstance(part, Choice) else verdict.cells[option.id]["text"]
                assert len(reason.split()) >= 3, (part.id, option.id)
                assert "{" not in reason, (part.id, option.id)


def test_the_discount_decision_is_the_subjects_own(metal: Plant) -> None:
    seen = set()
    for seed in range(1, 21):
        v = draw(BANK["materials.discount_all_units"], metal, seed)
        breaks = [(r["from_quantity"], r["unit_price"]) for r in v.g.steps]
        best = materials.discount_quantity(v.g.demand, v.g.order_cost, breaks, holding_rate=v.g.holding_rate)
        assert (best.quantity == breaks[-1][0]) == (v.key.best == "last")
        seen.add(v.key.best)
    assert seen == {"middle", "last"}


def test_shelf_life_decides_against_the_price_break(metal: Plant) -> None:
    seen = set()
    for seed in range(1, 21):
        g = (v := draw(BANK["materials.price_break_shelf_life"], metal, seed)).g
        breaks = [(0, g.price), (g.break_quantity, g.low_price)]
        kept = materials.discount_quantity(
            52 * g.weekly, g.order_cost, breaks, holding_rate=g.holding_rate, max_quantity=g.weekly * g.shelf
        )
        assert (kept.unit_price == g.low_price) == (v.key.answer == "take")
        seen.add(v.key.answer)
    assert seen == {"take", "split"}


@pytest.mark.parametrize(
    ("problem_id", "part", "answers"),
    [
        ("materials.lots_tell", "tell", {"two", "each"}),
        ("materials.late_supplier", "say", {"open", "worse"}),
        ("materials.late_supplier", "do", {"ask", "act"}),
        ("materials.two_suppliers", "prefer", {"one", "two"}),
        ("materials.supplier_slips", "act", {"express", "move"}),
    ],
)
def test_a_decision_goes_either_way(problem_id: str, part: str, answers: set[str], metal: Plant) -> None:
    assert {getattr(draw(BANK[problem_id], metal, seed).key, part) for seed in range(1, 21)} == answers


def test_a_plan_made_by_hand_is_judged_by_cost_and_capacity(metal: Plant) -> None:
    v = draw(BANK["materials.capacity_plan"], metal, 3)
    needs = {name: list(line["needs"]) for name, line in zip(("one", "two"), v.g.lines, strict=True)}

    def verdict() -> Verdict:
        typed = {name: {str(t): str(x) for t, x in enumerate(row, 1)} for name, row in needs.items()}
        return judge(v, {"lots": typed}).verdicts["lots"]

    assert "Week 4 needs 44.8 hours; there are 40." in verdict().text
    needs["two"][3] -= 50
    assert "week 4 is 50 units short" in verdict().text
    needs["two"][2] += 50
    by_hand = verdict()
    assert 0.4 < by_hand.credit < 0.95
    assert "above the best" in by_hand.title


@pytest.mark.parametrize("industry", ["metal", "food"])
def test_what_is_made_and_what_is_bought_is_called_so(industry: str) -> None:
    plant = Plant.sample(industry)
    kinds = plant.table("items").set_index("item")["kind"]
    for seed in range(1, 11):
        for problem_id in ("materials.packed_lots", "materials.lots_tell"):
            assert kinds[draw(BANK[problem_id], plant, seed).g.item] == "buy"
        g = draw(BANK["materials.capacity_plan"], plant, seed).g
        assert g.shared == "made"
        assert {kinds[g.one], kinds[g.two]} == {"make"}


def test_figures_stay_near_the_plant_and_are_worth_a_talk(metal: Plant) -> None:
    items = metal.table("items").set_index("item")
    for seed in range(1, 16):
        g = draw(BANK["materials.silver_meal"], metal, seed).g
        assert 0.2 < g.order_cost / items["order_cost"][g.item] < 2.5
        g = (v := draw(BANK["materials.buffer_decision"], metal, seed)).g
        assert v.key.keep >= 200
        assert min(g.surcharge, g.hours) >= 25
        assert draw(BANK["materials.supplier_slips"], metal, seed).g.fee >= 120
        assert 10 <= draw(BANK["materials.ready_buffers"], metal, seed).g.days <= 20
        g = draw(BANK["materials.price_break_shelf_life"], metal, seed).g
        own = items["shelf_life_weeks"][g.item]
        assert g.spoils.startswith("Suppose") != (own / 2 <= g.shelf <= 1.5 * own)


@pytest.mark.parametrize("problem_id", BANK)
def test_a_small_plant_of_another_trade_is_served_or_told_what_is_missing(
    problem_id: str, bakery: Plant
) -> None:
    turn = Attempt(problem_id, bakery)  # raises nothing: the sample stands in for what is missing
    assert (turn.variant.plant is bakery) != turn.notice.startswith("Corner Bakery")
    v = turn.variant
    full = {p.id: p.type(getattr(v.key, p.id)) for p in v.problem.parts}
    assert judge(v, full).score == pytest.approx(1)


def test_most_problems_run_on_a_small_plant_itself(bakery: Plant) -> None:
    lacking = [i for i in BANK if Attempt(i, bakery).notice]
    assert len(lacking) < len(BANK) / 2, lacking
