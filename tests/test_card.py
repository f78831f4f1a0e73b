"""The card's Python half: one handler for button and `submit`, a stable text, errors as a line, the journal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from exercise_samples import ALL, BUY, LOT, PICK, RANK, RECORD
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prodkit.errors import InputError, MissingTableError
from prodkit.exercises import Fact, Number, Problem
from prodkit.plant import Plant
from prodkit.study import Journal, JournalError
from prodkit.widgets import Card, exercise


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the test's own."""
    monkeypatch.setenv("PRODKIT_HOME", str(tmp_path))
    return tmp_path


def replies(card: Card) -> list[dict[str, Any]]:
    """What the card sends to the browser from now on."""
    sent: list[dict[str, Any]] = []
    card.send = lambda content, buffers=None: sent.append(content)  # type: ignore[method-assign]
    return sent


def keyed(card: Card) -> dict[str, Any]:
    """The key as a learner would type it."""
    key = card.attempt.variant.key
    return {part.id: part.type(getattr(key, part.id)) for part in card.attempt.problem.parts}


@pytest.mark.parametrize("problem", ALL, ids=lambda p: p.id)
def test_submit_equals_the_browsers_message(problem: Problem) -> None:
    clicked, submitted = Card(problem), Card(problem)
    answers = keyed(clicked)
    clicked._handle_custom_msg({"do": "check", "answers": answers, "seq": 7}, [])
    said = submitted.submit(answers)
    assert clicked.verdict == submitted.verdict
    assert clicked.verdict["state"] == "right"
    assert clicked.answers == submitted.answers
    assert clicked.view == submitted.view
    assert repr(clicked) == repr(submitted)
    assert said == clicked.attempt.feedback()
    assert said.startswith("✓ Right.")


def test_submit_takes_parts_by_name_and_numbers_as_they_are() -> None:
    card = Card(LOT)
    quantity = card.attempt.variant.key.quantity
    card.submit(quantity=quantity)
    assert card.verdict["parts"]["quantity"]["state"] == "right"
    assert card.verdict["parts"]["orders"]["state"] == "empty"
    card.submit({"quantity": "5"}, orders="6")
    assert card.answers == {"quantity": "5", "orders": "6"}


def test_two_equal_verdicts_differ_in_their_count() -> None:
    card = Card(LOT)
    seen: list[int] = []
    card.observe(lambda change: seen.append(change["new"]["count"]), "verdict")
    for _ in range(3):
        card.submit(quantity="5")
    assert seen == [1, 2, 3]


def test_pressing_check_judges_what_stands_in_the_inputs() -> None:
    card = Card(LOT)
    card.answers = keyed(card)
    assert card.press("check").startswith("✓ Right.")


def test_hint_new_numbers_and_solution() -> None:
    card = Card(LOT)
    assert card.press("hint") == "Both costs are equal there."
    assert card.view["hints_left"] == 1
    assert card.press("solution").startswith("Q = root of 2DS/H = ")
    assert card.view["spent"] is True
    card.submit(quantity="5")
    first = card.view["prompt"]
    assert "How much at a time?" in card.press("new")
    assert card.view["prompt"] != first
    assert (card.verdict, card.answers, card.view["solution"], card.view["variant"]) == (
        None,
        {},
        None,
        "Numbers 2",
    )


def test_the_view_never_holds_a_key() -> None:
    card = Card(LOT)
    figures = [f"{value:.6g}" for value in vars(card.attempt.variant.key).values()]
    card.submit(quantity="5")
    shown = json.dumps([card.view, card.verdict, card.answers])
    assert not [figure for figure in figures if figure in shown]


# ---- the text


@pytest.mark.parametrize("problem", ALL, ids=lambda p: p.id)
def test_the_text_is_the_problem_and_the_same_in_every_run(problem: Problem) -> None:
    one, other = Card(problem), Card(problem)
    assert repr(one) == repr(other) == one.attempt.text()
    assert problem.title in repr(one)
    assert "0x" not in repr(one)
    assert one.model_id not in repr(one)
    bundle, _ = one._repr_mimebundle_()
    assert bundle["text/plain"] == repr(one)
    assert bundle["application/vnd.jupyter.widget-view+json"]["model_id"] == one.model_id


# ---- bad input

GARBAGE = [
    None,
    [],
    "check",
    5,
    {},
    {"do": None},
    {"do": "explode"},
    {"do": ["check"]},
    {"do": "check", "answers": None, "seq": {}},
    {"do": "check", "answers": [1, 2]},
    {"do": "check", "answers": "848"},
    {"do": "check", "answers": {"quantity": [["deep", [1]]], "orders": {"a": {"b": {"c": {"d": {"e": 1}}}}}}},
    {"do": "check", "answers": {"quantity": True, "orders": 10**5000, "days": float("nan")}},
    {"do": "check", "answers": {"quantity": "9" * 50_000, "orders": "\ud800", "days": "<b>=1+1</b>"}},
    {
        "do": "check",
        "answers": {"record": {"net": 5, "available": {"1": None, "x": []}}, "sequence": ["A", "A"]},
    },
    {"do": "check", "answers": {"sequence": "ABCDE", "plan": [1], "even": ["yes"], "holds": "pos"}},
]


@pytest.mark.parametrize("problem", [LOT, RECORD, RANK, PICK, BUY], ids=lambda p: p.id)
@pytest.mark.parametrize("message", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage_gets_a_verdict_or_a_line(problem: Problem, message: Any) -> None:
    card = Card(problem)
    sent = replies(card)
    card._receive(card, message, [])
    assert len(sent) == 1
    if isinstance(message, dict) and message.get("do") == "check":
        assert card.verdict["state"] in ("wrong", "unreadable", "partly")
        assert card.error == ""
    else:
        assert "check, hint, new and solution" in sent[0]["error"]
    json.dumps([card.answers, card.verdict, sent], allow_nan=False).encode("utf-8")


LEAVES = st.none() | st.booleans() | st.floats() | st.integers() | st.text()
NAMES = st.text(max_size=4) | st.sampled_from(["quantity", "orders", "days"])
JSON = st.recursive(
    LEAVES, lambda x: st.lists(x, max_size=3) | st.dictionaries(NAMES, x, max_size=3), max_leaves=8
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(JSON)
def test_any_json_is_judged(answers: Any) -> None:
    card = Card(LOT)
    card.submit(answers if answers is not None else {})
    assert card.error == ""
    assert card.verdict["state"] in ("right", "partly", "wrong", "unreadable")


def test_what_goes_wrong_inside_becomes_one_line_and_the_card_lives_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    card = Card(LOT)
    sent = replies(card)
    with monkeypatch.context() as broken:
        broken.setattr(card.attempt, "hint", lambda: 1 / 0)
        card._receive(card, {"do": "hint", "seq": 3}, [])
    assert sent == [{"done": 3, "error": "Something went wrong (ZeroDivisionError: division by zero)."}]
    assert card.press("hint") == "Both costs are equal there."
    assert sent[-1] == {"done": None}


def test_an_unknown_problem_names_the_nearest() -> None:
    with pytest.raises(InputError, match=r"nearest: materials\.eoq"):
        exercise("materials.eoqq")


def test_too_many_given_steps_are_refused() -> None:
    with pytest.raises(InputError, match="given_steps"):
        exercise("materials.eoq", given_steps=99)


def test_exercise_starts_where_it_is_told() -> None:
    card = exercise("materials.eoq", seed=3, given_steps=1)
    assert len(card.view["given_steps"]) == 1
    assert card.view["given"] != exercise("materials.eoq").view["given"]


def test_a_plant_without_the_table_is_said_and_the_sample_taken() -> None:
    def drawn(rng: Any, plant: Any) -> dict[str, Any]:
        if plant.name == "Own works":
            raise MissingTableError("price_breaks", "two breaks of one item")
        return {"x": int(rng.integers(2, 9))}

    problem = Problem(
        id="sample.breaks", title="Breaks", level=1, minutes=1, outcomes=(), draw=drawn, prompt="{plant}: {x}.",
        facts=(Fact("x", "x", ""),), parts=(Number("y", "y", key=lambda g, a: 2 * g.x),),
    )  # fmt: skip
    card = Card(problem, plant=named(Plant.sample("metal"), "Own works"))
    assert "'price_breaks'" in card.view["notice"]
    assert card.view["plant"] == "Halden Metal"
    assert card.view["notice"] in repr(card)


def named(plant: Plant, name: str) -> Plant:
    """The same plant under another name."""
    tables = {key: plant.table(key).copy() for key in plant.tables}
    tables["about"]["name"] = name
    return Plant(tables)


# ---- the journal


def test_what_happens_goes_to_the_journal() -> None:
    card = exercise("materials.eoq")
    card.submit(quantity="5")
    card.press("hint")
    card.press("solution")
    card.press("new")
    events = list(Journal().events(problem="materials.eoq", plant="Halden Metal"))
    assert [event.kind for event in events] == ["check", "hint", "solution", "new"]
    assert events[0].data["answers"] == {"quantity": "5"}
    assert events[0].seed == 1


def test_a_new_card_takes_up_where_the_journal_left_off() -> None:
    first = exercise("materials.eoq")
    first.press("new")
    first.press("hint")
    first.submit(quantity="5", orders="1,5")
    again = exercise("materials.eoq")
    assert again.answers == {"quantity": "5", "orders": "1,5"}
    assert again.view == first.view
    assert again.verdict is None
    assert exercise("materials.eoq", given_steps=1).answers == {}  # another card of the same problem
    first.press("solution")
    assert exercise("materials.eoq").view["spent"] is True


def test_a_damaged_journal_is_said_and_judging_goes_on(home: Path) -> None:
    (home / "journal.sqlite").write_bytes(b"this is no database" * 100)
    card = exercise("materials.eoq")
    assert "Earlier work is not shown" in card.view["notice"]
    assert "\n" not in card.view["notice"]
    sent = replies(card)
    said = card.submit(keyed(card))
    assert said.startswith("✓ Right.")
    assert card.verdict["state"] == "right"
    assert sent[-1]["error"].startswith("Your work is judged but not kept: the journal")
    assert said.endswith(sent[-1]["error"])


def test_a_journal_that_fails_once_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> int:
        raise JournalError("the disk is full")

    card = exercise("materials.eoq")
    with monkeypatch.context() as broken:
        broken.setattr(Journal, "add", full)
        assert "the disk is full" in card.submit(quantity="5")
    assert "disk" not in card.submit(quantity="5")
