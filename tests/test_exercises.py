"""The exercise engine: what the judge says of right, following, slipping, coarse and unreadable answers."""

from __future__ import annotations

import json

import pytest
from exercise_samples import ALL, BOXES, BUY, LOT, PICK, PLANT, RANK, RECORD, SHEET
from hypothesis import given, settings
from hypothesis import strategies as st

from prodkit.exercises import FactorOf, Number, Problem, Slip, audit, draw, judge, seed_for


def variant(problem=LOT, seed=1):
    return draw(problem, PLANT, seed)


def say(v, **answers):
    return judge(v, answers).verdicts


def test_the_key_scores_right_and_shows_the_exact_value() -> None:
    v = variant()
    verdicts = say(v, quantity=repr(v.key.quantity), orders=repr(v.key.orders), days=repr(v.key.days))
    assert [x.kind for x in verdicts.values()] == ["right"] * 3
    assert verdicts["quantity"].exact.endswith("units")


@pytest.mark.parametrize("side", [-1, 1])
def test_tolerance_is_half_a_percent_on_both_sides(side: int) -> None:
    v = variant()
    q = v.key.quantity
    assert say(v, quantity=repr(q * (1 + side * 0.0049)))["quantity"].kind == "right"
    near = say(v, quantity=repr(q * (1 + side * 0.0051)))["quantity"]
    assert (near.kind, near.state, near.credit) == ("near", "partly", 0.5)
    assert say(v, quantity=repr(q * (1 + side * 0.03)))["quantity"].kind == "wrong"


@pytest.mark.parametrize(
    ("typed", "kind", "says"),
    [
        ("55", "right", ""),
        ("230", "wrong", "too high"),
        ("40", "wrong", "too low"),
        ("700", "wrong", "too high"),
        ("-100", "wrong", "too low"),
    ],
)
def test_an_estimate_is_right_within_its_factor_and_no_other_fault_is_read_into_it(
    typed: str, kind: str, says: str
) -> None:
    rough = Number("rough", "Estimate", unit="weeks", key=lambda g, a: 100, tolerance=FactorOf(2))
    problem = Problem(
        "materials.sample_rough", "Rough", 1, 1, (), lambda rng, plant: {}, "How many?", (rough,)
    )
    got = say(variant(problem), rough=typed)["rough"]
    assert got.kind == kind
    assert says in got.text


def test_a_slip_is_named_with_its_text_and_its_id_is_the_same_over_seeds() -> None:
    for seed in range(1, 40):
        v = variant(seed=seed)
        got = say(v, quantity=repr(v.key.quantity / 2**0.5))["quantity"]
        assert (got.kind, got.slip, got.text) == ("slip", "no_two", "The 2 is missing.")


def test_an_answer_that_follows_from_an_earlier_wrong_one_earns_and_says_so() -> None:
    v = variant()
    wrong = v.key.quantity / 2**0.5
    got = say(v, quantity=repr(wrong), orders=repr(v.g.demand / wrong), days="")
    assert (got["orders"].kind, got["orders"].state, got["orders"].credit) == ("follows", "partly", 1.0)
    assert got["days"].kind == "empty"


def test_follows_counts_as_right_while_all_earlier_answers_are_right() -> None:
    v = variant()
    rounded = round(v.key.quantity * 1.0045, 6)
    got = say(v, quantity=repr(rounded), orders=repr(v.g.demand / rounded * 0.9965))
    assert got["quantity"].kind == "right"
    assert got["orders"].kind == "right"


def test_an_unreadable_earlier_answer_is_replaced_by_the_key() -> None:
    v = variant()
    got = say(v, quantity="many", orders=repr(v.key.orders))
    assert (got["quantity"].kind, got["orders"].kind) == ("unreadable", "right")


@pytest.mark.parametrize("junk", ["0", "-3", "1e308", "1e-308"])
def test_follow_through_is_guarded(junk: str) -> None:
    v = variant()
    got = say(v, quantity=junk, orders="5000000", days="5000000")
    assert got["orders"].kind in ("wrong", "general", "near")


def test_another_convention_is_right_and_said() -> None:
    v = variant()
    got = say(v, days=repr(v.key.days * 360 / 365))["days"]
    assert (got.kind, got.text, got.credit) == ("convention", "By 360 days a year.", 1.0)


@pytest.mark.parametrize(
    ("factor", "detector"),
    [
        (-1, "sign"),
        (100, "percent"),
        (10, "decimal"),
        (0.1, "decimal"),
        (12, "time"),
        (1 / 52, "time"),
        (60, "time"),
    ],
)
def test_general_detectors(factor: float, detector: str) -> None:
    v = variant()
    got = say(v, quantity=repr(v.key.quantity * factor))["quantity"]
    assert (got.kind, got.slip) == ("general", f"general.{detector}")


def test_upside_down_is_detected_where_no_slip_says_it() -> None:
    v = variant()
    assert say(v, quantity=repr(1 / v.key.quantity))["quantity"].slip == "general.upside_down"


def test_a_time_unit_that_was_not_asked_is_said() -> None:
    v = variant()
    weeks = f"{v.key.days / 7!r} weeks"
    got = say(v, days=weeks)["days"]
    assert (got.slip, "The amount is right" in got.text) == ("general.unit", True)
    assert say(v, days=f"{v.key.days!r} days")["days"].kind == "right"


def test_rounding_up_has_its_own_detectors() -> None:
    v = variant(BOXES)
    assert say(v, boxes=str(int(v.key.boxes) - 1))["boxes"].slip == "general.rounded"
    assert say(v, boxes=f"{v.g.need / v.g.box:.2f}")["boxes"].slip == "general.not_rounded"
    assert say(v, boxes=str(int(v.key.boxes)))["boxes"].kind == "right"


def test_either_reading_of_a_lone_separator_scores_and_is_said() -> None:
    problem = Problem(
        "materials.sample_one",
        "One",
        1,
        1,
        (),
        lambda rng, plant: {},
        "?",
        (Number("x", "x", key=lambda g, a: 1.25),),
    )
    v = draw(problem, PLANT, 1)
    got = say(v, x="1,250")["x"]
    assert (got.kind, got.reading) == ("right", "read as 1.25")


def test_a_draw_in_which_a_slip_equals_the_key_is_drawn_again() -> None:
    problem = Problem(
        "materials.sample_fair", "Fair", 1, 1, (), lambda rng, plant: {"n": int(rng.integers(1, 3))}, "{n}",
        (Number("x", "x", key=lambda g, a: g.n * g.n, slips=(Slip("same", lambda g, a: g.n, "Squared?"),)),),
    )  # fmt: skip
    drawn = [draw(problem, PLANT, seed) for seed in range(1, 60)]
    assert {v.g.n for v in drawn} == {2}
    assert any(v.unfair_first for v in drawn)
    assert not any(v.off for v in drawn)


def test_where_no_draw_is_fair_the_slip_is_off_and_the_audit_says_so() -> None:
    problem = Problem(
        "materials.sample_unfair", "Unfair", 1, 1, (), lambda rng, plant: {"n": 2}, "{n}",
        (Number("x", "x", key=lambda g, a: g.n, slips=(Slip("same", lambda g, a: g.n, "Never told apart."),)),),
    )  # fmt: skip
    assert draw(problem, PLANT, 1).off == {("x", "same")}
    report = audit(problem, PLANT, range(1, 4))
    text = "part x: slip same is right: it cannot be told from the key, in all 50 draws"
    assert report.faults[text] == 3
    assert "prodkit show materials.sample_unfair --seed 1" in report.examples[text]


# grids


def test_a_grid_is_right_by_its_key() -> None:
    v = variant(RECORD)
    part = RECORD.part("record")
    got = say(v, record=part.type(v.key.record))["record"]
    assert (got.kind, got.credit) == ("right", 1.0)


def typed(v, **changed):
    rows = RECORD.part("record").type(v.key.record)
    for line, cells in changed.items():
        rows[line] = {**rows[line], **cells}
    return rows


def test_a_wrong_cell_is_marked_and_what_follows_from_it_earns() -> None:
    v = variant(RECORD)
    t = next(t for t, x in v.key.record["receipt"].items() if x)
    lots = {"receipt": {str(t): repr(v.key.record["receipt"][t] + 50)}}
    later = {str(k): repr(x + 50) for k, x in v.key.record["available"].items() if k >= t}
    got = say(v, record=typed(v, **lots, available=later))["record"]
    assert got.cells["receipt"][str(t)]["state"] == "wrong"
    assert got.cells["available"][str(t)] == {"state": "partly", "text": "Follows from your other cells."}
    assert 0 < got.credit < 1


@pytest.mark.parametrize(("line", "slip"), [("net", "no_safety"), ("net", "no_sr"), ("receipt", "lot_exact")])
def test_grid_slips_are_named_over_many_seeds(line: str, slip: str) -> None:
    part = RECORD.part("record")
    named = 0
    for seed in range(1, 40):
        v = variant(RECORD, seed)
        answers = dict(part.slip_answers(v))[f"{line}.{slip}"]
        named += f"{line}.{slip}" in say(v, record=answers)["record"].slip.split(",")
    assert named >= 36


def test_zeros_earn_nothing() -> None:
    for seed in range(1, 20):
        v = variant(RECORD, seed)
        zeros = {line: dict.fromkeys(cells, "0") for line, cells in typed(v).items()}
        assert say(v, record=zeros)["record"].credit == 0


def test_an_empty_cell_whose_key_is_zero_does_not_count() -> None:
    v = variant(RECORD)
    rows = {k: {t: x for t, x in cells.items() if float(x)} for k, cells in typed(v).items()}
    assert say(v, record=rows)["record"].credit == 1


def test_unreadable_cells_say_so_and_the_rest_is_judged() -> None:
    v = variant(RECORD)
    got = say(v, record=typed(v, net={"3": "x"}))["record"]
    assert got.cells["net"]["3"]["state"] == "unreadable"
    assert "not readable" in got.text


def test_a_grid_with_words_takes_any_case() -> None:
    v = variant(SHEET)
    rows = SHEET.part("abc").type(v.key.abc)
    rows["cls"] = {k: x.lower() for k, x in rows["cls"].items()}
    assert say(v, abc=rows)["abc"].kind == "right"
    assert say(v, abc={**rows, "cls": {"P": "Z"}})["abc"].cells["cls"]["P"]["state"] == "unreadable"


def test_a_class_follows_from_a_wrong_share() -> None:
    v = variant(SHEET)
    small = next(r["item"] for r in v.g.rows if r["use"] == 10)
    rows = SHEET.part("abc").type(v.key.abc)
    rows["share"][small], rows["cls"][small] = "80%", "A"
    got = say(v, abc=rows)["abc"]
    assert got.cells["cls"][small]["state"] == "partly"


# order, choice, plan


def test_order_right_turned_round_and_partly() -> None:
    v = variant(RANK)
    key = list(v.key.sequence)
    assert say(v, sequence=key)["sequence"].kind == "right"
    assert say(v, sequence=key[::-1])["sequence"].slip == "longest"
    swapped = [key[1], key[0], *key[2:]]
    assert 0 < say(v, sequence=swapped)["sequence"].credit < 1
    assert say(v, sequence=key[:-1])["sequence"].kind == "unreadable"
    assert [x["id"] for x in RANK.parts[0].view(v)["items"]] != key


def test_a_card_on_one_item_counts_in_its_own_unit_and_says_whose_figures_it_is_near() -> None:
    asked = Number("lot", "Lot", unit="{unit} a week", key=lambda g, a: 40)
    worked = (lambda g, a: f"40 {g.unit}", "Each costs 2 {currency} {a_unit}.")

    def problem(item: dict[str, str]) -> Problem:
        return Problem(
            "materials.sample_unit",
            "Unit",
            1,
            1,
            (),
            lambda rng, plant: item,
            "{unit}?",
            (asked,),
            steps=worked,
        )

    from prodkit.exercises import Attempt
    from prodkit.plant import Plant

    plant = Plant.sample("metal")
    first = plant.items.drop_duplicates("unit").set_index("unit")["item"]
    for item, unit, one in (
        ({"item": first["kg"]}, "kg", "a kg"),
        ({"item": first["pcs"]}, "pieces", "a piece"),
        ({"item": first["coil"]}, "coils", "a coil"),
        ({"item": "no such"}, "units", "a unit"),
        ({}, "units", "a unit"),
    ):
        turn = Attempt(problem(item), plant)
        assert turn.view()["prompt"] == [f"{unit}?"]
        assert turn.view()["parts"][0]["unit"] == f"{unit} a week"
        assert turn.variant.steps() == [f"40 {unit}", f"Each costs 2 USD {one}."]
        assert turn.text().splitlines()[1] == "Figures near those of Halden Metal, changed for practice."
        assert not audit(problem(item), plant, range(1, 3)).faults


def test_choice_gives_the_reason_of_the_option_picked() -> None:
    v = variant(PICK)
    right, wrong = (v.key.even, "yes" if v.key.even == "no" else "no")
    assert say(v, even=right)["even"].kind == "right"
    got = say(v, even=wrong)["even"]
    assert (got.kind, got.slip, bool(got.text)) == ("slip", wrong, True)
    assert say(v, even="maybe")["even"].kind == "unreadable"


def test_choices_take_credit_for_what_does_not_hold() -> None:
    v = variant(PICK)
    assert say(v, holds=["pos", "small"])["holds"].credit == 1
    assert say(v, holds=["pos"])["holds"].credit == 0.5
    assert say(v, holds=["pos", "small", "neg", "big"])["holds"].credit == 0
    assert say(v, holds=["pos", "neg"])["holds"].cells["neg"]["state"] == "wrong"
    assert say(v, holds=[])["holds"].kind == "empty"


def test_a_plan_is_judged_by_cost_and_by_the_second_thing() -> None:
    v = variant(BUY)
    best = 100 + v.g.need
    assert say(v, plan={"q": str(v.g.need)})["plan"].kind == "right"
    assert say(v, plan={"q": str(v.g.need - 1)})["plan"].text == "1 short"
    middling = say(v, plan={"q": repr(v.g.need + 0.13 * best)})["plan"]
    assert 0.4 < middling.credit < 0.8
    assert "above the best" in middling.title
    assert say(v, plan={"q": ""})["plan"].kind == "empty"
    assert say(v, plan={"q": "lots"})["plan"].kind == "unreadable"


# the whole


def test_the_same_seed_gives_the_same_numbers_and_another_seed_others() -> None:
    assert vars(variant(seed=7).g) == vars(variant(seed=7).g)
    assert vars(variant(seed=7).g) != vars(variant(seed=8).g)
    assert (
        seed_for("ann", "materials.sample_lot", 2)
        == seed_for("ann", "materials.sample_lot", 2)
        != seed_for("bob", "materials.sample_lot", 2)
    )


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda x: (
        st.lists(x, max_size=3) | st.dictionaries(st.sampled_from(["net", "1", "q", "x"]), x, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(ALL), JUNK)
def test_nothing_a_learner_sends_raises(problem: Problem, junk: object) -> None:
    v = variant(problem)
    for answers in (junk, {p.id: junk for p in problem.parts}):
        judgment = judge(v, answers)
        assert 0 <= judgment.score <= 1
        json.dumps(judgment.view(), allow_nan=False)


def test_no_view_holds_markup_or_a_key() -> None:
    v = variant()
    text = json.dumps([v.given(), *[p.view(v) for p in LOT.parts]])
    assert f"{v.key.quantity:.3f}"[:6] not in text


def test_a_grids_advice_names_the_line_as_it_is_shown() -> None:
    from dataclasses import replace

    part = RECORD.part("record")
    for label in ("Net requirements", "{lot}-P7: Net"):
        lines = tuple(replace(x, label=label, slips=()) if x.id == "net" else x for x in part.lines)
        v = draw(replace(RECORD, parts=(replace(part, lines=lines),)), PLANT, 3)
        said = "Begin at net requirements, week" if label[0] == "N" else f"Begin at {v.g.lot}-P7: Net, week"
        rows = {"record": {"net": {str(t): "7" for t in range(1, 7)}}}
        assert said in judge(v, rows).verdicts["record"].text


def test_a_plant_that_lacks_the_table_gets_the_samples_figures_and_says_so() -> None:
    from prodkit import Plant
    from prodkit.exercises import Attempt

    sample = Plant.sample("metal")
    tables = {name: sample.table(name) for name in sample.tables if name != "suppliers"}
    bare = Plant({**tables, "about": tables["about"].assign(name="Thinworks")})
    problem = Problem(
        "materials.sample_needs", "Needs", 1, 1, (), lambda rng, plant: {"n": len(plant.need("suppliers", 1, "this card"))}, "{plant}: {n}",
        (Number("x", "x", key=lambda g, a: g.n),),
    )  # fmt: skip
    view = Attempt(problem, bare).view()
    assert "suppliers" in view["notice"]
    assert "Thinworks" in view["notice"]
    assert view["prompt"] == [f"Halden Metal: {len(sample.suppliers)}"]
