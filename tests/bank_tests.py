"""What holds for every bank of problems: each one audited, nothing left out, nothing asked twice, fit to be read.

A bank's own test module says its SUBJECT and takes these in with a star; conftest.py hands them its problems.
"""

from __future__ import annotations

import importlib
import re
from itertools import combinations

import pytest

from prodkit import Plant
from prodkit.exercises import (
    Attempt,
    Choice,
    Choices,
    Grid,
    Number,
    Order,
    Plan,
    Problem,
    all_problems,
    audit,
    coverage,
    draw,
    find,
    judge,
)
from prodkit.exercises.registry import topics

SEEDS = range(1, 7)


@pytest.fixture(scope="module")
def subject(request: pytest.FixtureRequest) -> str:
    return str(request.module.SUBJECT)


@pytest.fixture(scope="module")
def bank(subject: str) -> dict[str, Problem]:
    return all_problems(subject)


def _plant_for(problem: Problem, metal: Plant) -> Plant:
    """The metal sample, or where it has no rows of what is drawn from, the chemical one."""
    return metal if set(problem.needs) <= set(metal.tables) else Plant.sample("chemical")


def _options(problem: object) -> list[Choice | Choices]:
    return [p for p in problem.parts if isinstance(p, Choice | Choices)]  # type: ignore[attr-defined]


def test_the_audit_finds_nothing(problem_id: str, metal: Plant) -> None:
    report = audit(find(problem_id), _plant_for(find(problem_id), metal), range(1, 26))
    assert not report.faults, str(report)
    assert not report.missing


def test_the_audit_finds_nothing_on_a_plant_of_few_or_of_many_units(problem_id: str, scaled: Plant) -> None:
    report = audit(find(problem_id), scaled, range(1, 7))
    shares = {fault for fault in report.faults if "unfair" in fault or "is live in" in fault}
    assert set(report.faults) <= shares, str(report)  # six seeds say little about shares
    assert report.unfair_first <= 0.5, str(report)


def test_the_audit_finds_nothing_on_the_other_samples(problem_id: str) -> None:
    others = [industry for industry in Plant.samples() if industry != "metal"]
    reports = [audit(find(problem_id), Plant.sample(industry), (1, 2)) for industry in others]
    drawn = [report for report in reports if not report.missing]
    assert len(drawn) >= 1
    for report in drawn:
        shares = {fault for fault in report.faults if "unfair" in fault or "is live in" in fault}
        assert set(report.faults) <= shares, str(report)  # two seeds say nothing about shares


def test_a_plant_without_a_table_is_told_which(bank: dict[str, Problem], metal: Plant) -> None:
    lacking = sorted({name for problem in bank.values() for name in problem.needs} & set(metal.tables))
    assert lacking
    for table in lacking:
        bare = Plant({name: metal.table(name) for name in metal.tables if name != table})
        needing = [p for p in bank.values() if table in p.needs]
        missed = []
        for problem in needing:
            report = audit(problem, bare, (1, 2))
            assert not report.faults, str(report)
            if table in report.missing:
                missed.append(problem.id)
                assert table in Attempt(problem, bare).notice
        assert missed, table


def test_every_function_and_topic_has_a_problem(subject: str) -> None:
    table = coverage(subject)
    assert len(table) > 10
    assert [name for name, problems in table.items() if not problems] == []


def test_every_part_kind_is_used(bank: dict[str, Problem]) -> None:
    used = {type(part) for problem in bank.values() for part in problem.parts}
    assert used >= {Number, Choice, Choices, Order, Grid, Plan}


def test_problems_name_only_what_there_is(subject: str, bank: dict[str, Problem]) -> None:
    public = importlib.import_module(f"prodkit.{subject}").__all__
    for problem in bank.values():
        assert set(problem.covers) <= set(public), problem.id
        assert set(problem.topics) <= set(topics(subject)), problem.id


def test_no_two_problems_share_key_and_asked_figure(bank: dict[str, Problem], metal: Plant) -> None:
    figures: dict[tuple[str, str], tuple[str, list[float]]] = {}
    for problem in bank.values():
        variants = [draw(problem, _plant_for(problem, metal), seed) for seed in SEEDS]
        for part in problem.parts:
            if isinstance(part, Number):
                figures[problem.id, part.id] = (part.unit, [getattr(v.key, part.id) for v in variants])
    assert len(figures) > len(bank) / 2
    same = [
        (one, other)
        for one, other in combinations(figures, 2)
        if one[0] != other[0]
        and figures[one][0] == figures[other][0]
        and figures[one][1] == pytest.approx(figures[other][1], rel=1e-6)
    ]
    assert same == []


def test_titles_tell_problems_apart() -> None:
    titles = [p.title for p in all_problems().values()]
    assert len(titles) == len(set(titles))


def test_a_problem_is_short_enough_to_be_read(problem_id: str) -> None:
    turn = Attempt(problem_id, seed=3)
    view = turn.view()
    assert 5 <= len(" ".join(view["prompt"]).split()) <= 120
    assert 1 <= len(view["parts"]) <= 5
    assert all(len(part["label"]) <= 72 for part in view["parts"])
    assert len(turn.problem.hints) >= 1
    assert len(turn.problem.steps) >= 1


def test_hints_do_not_hold_the_key(problem_id: str, metal: Plant) -> None:
    for seed in SEEDS:
        v = draw(find(problem_id), _plant_for(find(problem_id), metal), seed)
        hints = " ".join(v.text(h) for h in v.problem.hints)
        given = " ".join(str(x) for x in v.given()) + v.text(v.problem.prompt)
        for part in v.problem.parts:
            if isinstance(part, Number):
                shown = part.show(v, getattr(v.key, part.id)).removesuffix(v.text(part.unit)).strip()
                if len(shown.strip("0.,")) >= 3 and shown not in given:
                    assert shown not in hints, (part.id, shown)


def test_slips_are_named_in_one_style_and_say_what_to_do(problem_id: str, metal: Plant) -> None:
    v = draw(find(problem_id), _plant_for(find(problem_id), metal), 2)
    for part in v.problem.parts:
        for slip_id, raw in part.slip_answers(v):
            name = slip_id.rpartition(".")[2]
            assert re.fullmatch(r"[a-zA-Z][a-zA-Z0-9]*(_[a-zA-Z0-9]+)*", name), name
            if raw is not None and (part.id, slip_id) not in v.off:
                verdict = judge(v, {part.id: raw}).verdicts[part.id]
                assert verdict.kind == "slip", (part.id, slip_id)
                assert len(verdict.text.split()) >= 5, (part.id, slip_id)
                assert "{" not in verdict.text, (part.id, slip_id)


def test_every_option_has_a_reason_in_every_variant(problem_id: str, metal: Plant) -> None:
    for seed in SEEDS:
        v = draw(find(problem_id), _plant_for(find(problem_id), metal), seed)
        for part in _options(v.problem):
            texts = [v.text(o.text) for o in part.options]
            assert len(texts) == len(set(texts))
            for option in part.options:
                raw = option.id if isinstance(part, Choice) else [option.id]
                verdict = judge(v, {part.id: raw}).verdicts[part.id]
                reason = verdict.text if isinstance(part, Choice) else verdict.cells[option.id]["text"]
                assert len(reason.split()) >= 3, (part.id, option.id)
                assert "{" not in reason, (part.id, option.id)


def test_a_small_plant_of_another_trade_is_served_or_told_what_is_missing(
    problem_id: str, bakery: Plant
) -> None:
    turn = Attempt(problem_id, bakery)  # raises nothing: the sample stands in for what is missing
    assert (turn.variant.plant is bakery) != turn.notice.startswith("Corner Bakery")
    v = turn.variant
    full = {p.id: p.type(getattr(v.key, p.id)) for p in v.problem.parts}
    assert judge(v, full).score == pytest.approx(1)
