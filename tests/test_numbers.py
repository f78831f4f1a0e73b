"""Numbers as people type them."""

from __future__ import annotations

import contextlib
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodkit.exercises.numbers import Unreadable, read_number, show, time_unit


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("1250.5", [1250.5]),
        ("1,250.5", [1250.5]),
        ("1.250,5", [1250.5]),
        ("1 250", [1250]),
        ("1 250,75", [1250.75]),
        ("1\u00a0250", [1250]),
        ("1'250", [1250]),
        ("141,42", [141.42]),
        ("0,125", [0.125]),
        ("0.125", [0.125]),
        ("1,250", [1250, 1.25]),
        ("1.250", [1.25, 1250]),
        ("720,000", [720000, 720]),
        ("1,234,567", [1234567]),
        ("1.234.567,8", [1234567.8]),
        ("7.2e5", [720000]),
        ("7,2E5", [720000]),
        ("12%", [0.12]),
        ("12 %", [0.12]),
        ("12.5 percent", [0.125]),
        ("$1,250.50", [1250.5]),
        ("-$20", [-20]),
        ("USD 20", [20]),
        ("20 EUR", [20]),
        ("850 units", [850]),
        ("850 units a year", [850]),
        ("12k", [12000]),
        ("(120)", [-120]),
        ("−5", [-5]),
        ("+5", [5]),
        (".5", [0.5]),
        (",5", [0.5]),
        ("5.", [5]),
        ("3/4", [0.75]),
        ("４２", [42]),
    ],
)
def test_reads_what_people_type(typed: str, values: list[float]) -> None:
    assert [r.value for r in read_number(typed)] == pytest.approx(values)


@pytest.mark.parametrize(
    "typed",
    ["", "abc", "1,2,3", "1.2.3", "12 50", "1,23,456.7", "--5", "=1+1", "=SQRT(2)", "1e400", "e5", "🙂", "<b>5</b>",
     "9" * 10_000, "1 2", "5/0", "nan", "inf", "(5", "5)", "1,250.5.3"],
)  # fmt: skip
def test_says_what_would_do_where_it_cannot_read(typed: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_number(typed)
    assert str(caught.value).endswith(".")
    assert len(str(caught.value)) < 120


def test_both_readings_of_a_lone_separator_say_which_they_are() -> None:
    first, second = read_number("1,250")
    assert (first.note, second.note) == ("read as 1,250", "read as 1.25")


def test_a_typed_unit_is_kept() -> None:
    assert read_number("2 weeks")[0].unit == "weeks"
    assert [time_unit(x) for x in ("wks", "hrs", "working days", "units", "")] == [
        "week",
        "hour",
        "day",
        "",
        "",
    ]


@given(st.floats(min_value=-1e12, max_value=1e12))
def test_what_is_shown_with_all_digits_reads_back(value: float) -> None:
    rounded = float(f"{value:.6g}")
    assert any(
        math.isclose(r.value, rounded, rel_tol=1e-9, abs_tol=1e-11) for r in read_number(show(rounded, 9))
    )


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    found = []
    with contextlib.suppress(Unreadable):
        found = read_number(text)
    assert all(math.isfinite(r.value) for r in found)
