"""Charts of bills and material plans, tested by what they show."""

from __future__ import annotations

import base64
import re

import pandas as pd
import pytest

from prodkit import Plant, charts, materials
from prodkit.errors import InputError

METAL = Plant.sample("metal")
PLAN = materials.mrp(METAL)


def test_a_tree_shows_each_line_under_its_parent() -> None:
    bill = materials.explode_bom(METAL, "shelf-4")
    chart = charts.bill_tree(bill, marked=["bolt-m6"])
    texts = [t.get_text() for t in chart.ax.texts]
    assert texts[0] == "shelf-4"
    assert len(texts) == len(bill.lines) + 1
    for text, line in zip(texts[1:], bill.lines.to_dict("records"), strict=True):
        assert text.endswith(f"× {line['component']}")
        assert float(text.split(" ")[0].replace(",", "")) == pytest.approx(line["quantity_per"], rel=0.005)
    places = [t.get_position() for t in chart.ax.texts]
    levels = [0, *bill.lines["level"]]
    assert [x for x, _ in places] == [float(level) for level in levels]
    assert [y for _, y in places] == [float(i) for i in range(len(places))]
    marked = next(t for t in chart.ax.texts if t.get_text().endswith("bolt-m6"))
    plain = next(t for t in chart.ax.texts if t.get_text().endswith("nut-m6"))
    assert marked.get_color() != plain.get_color()
    assert (
        chart.title == f"shelf-4: {len(bill.summary)} items below it, on {bill.lines['level'].max()} levels"
    )
    assert "0 coil" not in re.sub(r"[\d.]*[1-9]0* coil", "", chart.alt), (
        "a small quantity is not shown as nothing"
    )


def test_a_bill_too_long_is_cut_and_says_so() -> None:
    bill = materials.explode_bom(METAL, "cabinet-tall")
    chart = charts.bill_tree(bill)
    shown = [t.get_text() for t in chart.ax.texts]
    hidden = len(bill.lines) - (len(shown) - 2)
    assert shown[-1] == f"… and {hidden} more lines"
    assert f"{hidden} more lines are not shown" in chart.alt
    flat = pd.DataFrame(
        {"parent": ["kit"] * 40, "component": [f"p{i}" for i in range(40)], "quantity_per": [1] * 40}
    )
    assert "… and 14 more lines" in [
        t.get_text() for t in charts.bill_tree(materials.explode_bom(flat, "kit")).ax.texts
    ]


def test_a_record_shows_what_comes_and_what_is_left() -> None:
    chart = charts.mrp_record(PLAN, "coil-2mm", weeks=12, safety_stock=448, unit="coils")
    record = PLAN.record("coil-2mm").iloc[:, 1:13]
    heights = [bar.get_height() for bar in chart.ax.patches if hasattr(bar, "get_height")]
    assert heights[:12] == pytest.approx(record.loc["receipt"].tolist())
    assert heights[12:24] == pytest.approx(record.loc["scheduled"].tolist())
    dots = next(line for line in chart.ax.lines if line.get_marker() == "o")
    assert list(dots.get_ydata()) == pytest.approx(record.loc["gross"].tolist())
    orders = int((record.loc["receipt"] > 0).sum())
    assert chart.title == f"coil-2mm: {orders} planned orders come in over 12 weeks"
    assert "coils" in chart.alt


def test_a_shortage_and_an_empty_plan_are_in_the_title() -> None:
    short = PLAN.messages.query("kind == 'short'")["item"].iloc[0]
    record = PLAN.record(short).loc["available"].iloc[1:].to_numpy(dtype=float)
    week = int((record < 0).argmax()) + 1
    assert charts.mrp_record(PLAN, short).title.endswith(f"and in week {week} it is short")
    idle = materials.mrp(
        items=pd.DataFrame({"item": ["a"], "on_hand": [9]}),
        demand=pd.DataFrame({"week": [1], "item": ["a"], "quantity": [3]}),
        weeks=4,
    )
    assert charts.mrp_record(idle, "a").title == "a: nothing to order over 4 weeks"
    with pytest.raises(InputError):
        charts.mrp_record(idle, "b")


def test_both_are_drawn_small_enough_to_keep() -> None:
    for chart in (
        charts.bill_tree(materials.explode_bom(METAL, "shelf-4")),
        charts.mrp_record(PLAN, "coil-2mm"),
    ):
        png = base64.b64decode(chart.source().partition(",")[2])
        assert png[:4] == b"\x89PNG"
        assert len(png) < 60_000
        assert chart._repr_html_().count("alt=") == 1
