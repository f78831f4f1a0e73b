"""Charts are tested by what they show: titles, labels, limits, bars, alt text; never by pixels."""

from __future__ import annotations

import base64
import io
import re
import subprocess
import sys
import warnings
from itertools import combinations, pairwise

import numpy as np
import pandas as pd
import pytest
from chart_checks import check_apart, check_inside
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from PIL import Image

from prodkit import Plant, charts, materials
from prodkit.charts.style import Chart, _apart, _legible, amount, worded
from prodkit.errors import InputError

EOQ = materials.economic_order_quantity(7200, 80, 19)
RUN = materials.simulate_policy(
    [4, 6, 3, 7, 5, 5],
    reorder_point=5,
    order_quantity=12,
    lead_time=1,
    order_cost=20,
    holding_cost=1,
    shortage_cost=8,
    opening_stock=9,
)
SURE = materials.simulate_policy([4] * 8, order_up_to=30, lead_time=1, holding_cost=1, shortage_cost=8)
BREAKS = [(0, 0.75), (400, 0.72), (800, 0.68)]


def every() -> dict[str, Chart]:
    """One of each chart, and of its variants."""
    plant = Plant.sample("metal")
    news = materials.newsvendor(price=4, unit_cost=1, mean=100, sd=30)
    cover = {"demand_sd": 20, "lead_time": 4, "demand": 100, "lead_time_sd": 0.5}
    return {
        "eoq": charts.eoq_curve(EOQ, unit="coils", currency="USD"),
        "eoq at": charts.eoq_curve(EOQ, at=130),
        "eoq far": charts.eoq_curve(EOQ, at=9000),
        "epq": charts.eoq_curve(materials.production_quantity(1300, 8, 0.225, 2000)),
        "abc": charts.abc_curve(
            materials.abc_classes(["bolt", "coil", "motor"], [9000, 400, 50], [0.1, 19, 60])
        ),
        "weeks": charts.weekly_demand(plant, "coil-2mm"),
        "path": charts.stock_path(RUN, reorder_point=5, safety_stock=1),
        "path sure": charts.stock_path(SURE),
        "service": charts.service_curve(0.95, **cover, holding_cost=3, currency="USD"),
        "service before": charts.service_curve(
            0.98, **cover, before={"service_level": 0.95, "lead_time_sd": 1.0}
        ),
        "bell": charts.demand_in_lead_time(100, 20, 4, 465.8),
        "discount": charts.discount_curve(materials.discount_quantity(1300, 8, BREAKS, holding_rate=0.3)),
        "incremental": charts.discount_curve(
            materials.discount_quantity(1300, 8, BREAKS, holding_rate=0.3, kind="incremental")
        ),
        "news": charts.newsvendor_curve(news),
        "news at": charts.newsvendor_curve(news, at=80),
        "policies": charts.policy_costs({"tight": RUN, "loose": SURE}, currency="USD"),
    }


@pytest.fixture(scope="module")
def drawn() -> dict[str, Chart]:
    return every()


def texts(chart: Chart) -> list[str]:
    return [text.get_text() for text in chart.ax.texts]


def test_every_chart_has_a_finding_units_alt_text_and_the_size_of_the_course(drawn) -> None:
    assert len(drawn) == 16
    for name, chart in drawn.items():
        assert tuple(chart.figure.get_size_inches()) == (8.0, 4.5), name
        assert 15 < len(chart.title) < 110, name
        assert chart.title == " ".join(chart.ax.get_title(loc="left").split()), name
        assert len(chart.alt) > 60, name
        assert chart.alt.endswith("."), name
        assert chart.ax.get_xlabel(), name
        assert chart.ax.get_ylabel(), name
        assert chart.ax.get_legend() is None, name
        assert not re.search(r"nan|inf\b|None|\(\)", chart.title + chart.alt), name
        assert repr(chart) == f"{chart.title}\n{chart.alt}"


def test_two_runs_give_the_same_words_and_the_same_picture(drawn) -> None:
    again = every()
    for name, chart in drawn.items():
        assert repr(chart) == repr(again[name])
    assert drawn["eoq"].png() == again["eoq"].png() == drawn["eoq"].png()


def test_a_chart_shows_itself_as_an_image_with_its_alt_text_and_small_enough_to_keep(drawn) -> None:
    for name, chart in drawn.items():
        shown = chart._repr_html_()
        alt, source = re.search(
            r'alt="([^"]*)" width="768" src="data:image/png;base64,([^"]*)"', shown
        ).groups()
        assert alt == f"{chart.title}. {chart.alt}", name
        png = base64.b64decode(source)
        assert len(png) < 40_000, name
        with Image.open(io.BytesIO(png)) as image:
            assert image.size == (1152, 648), name


def test_no_text_leaves_the_picture_and_notes_do_not_overlap(drawn) -> None:
    for name, chart in drawn.items():
        chart.png()
        check_inside(chart, name)
        check_apart(chart, name)


def test_pyplot_is_not_involved_and_importing_charts_loads_no_matplotlib() -> None:
    code = (
        "import sys; from prodkit import charts, materials; early = 'matplotlib' in sys.modules;"
        "charts.eoq_curve(materials.economic_order_quantity(7200, 80, 19)).png();"
        "print(early, 'matplotlib.figure' in sys.modules, 'matplotlib.pyplot' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["False", "True", "False"]
    assert ran.stderr == ""


def test_cost_curve_over_the_quantity() -> None:
    chart = charts.eoq_curve(EOQ, unit="coils", currency="USD")
    assert chart.title == "Order 246 at a time: 20 % more or less costs at most 2.5 % more"
    assert (chart.ax.get_xlabel(), chart.ax.get_ylabel()) == ("Order quantity (coils)", "Cost (USD a year)")
    assert {"Holding", "Ordering", "Both together", "lowest cost: 246"} == set(texts(chart))
    holding, ordering, total = (line.get_ydata() for line in chart.ax.lines[:3])
    q = chart.ax.lines[2].get_xdata()
    assert np.allclose(holding, 19 * q / 2)
    assert np.allclose(ordering, 80 * 7200 / q)
    assert np.allclose(total, holding + ordering)
    assert chart.ax.get_ylim()[0] == 0
    assert charts.eoq_curve(EOQ, at=123.12).title == "At 123 a time the year costs 25 % more than at 246"
    hidden = charts.eoq_curve(EOQ, at=123.12, mark_best=False, q_range=(50, 700))
    assert "246" not in repr(hidden) + " ".join(texts(hidden))
    assert tuple(np.asarray(hidden.ax.lines[0].get_xdata())[[0, -1]]) == (50, 700)


def test_a_run_is_made_not_ordered() -> None:
    chart = charts.eoq_curve(materials.production_quantity(1300, 8, 0.225, 2000))
    assert chart.title.startswith("Make 514 at a time")
    assert "Setup" in texts(chart)
    line = next(line for line in chart.ax.lines if line.get_label() == "Both together")
    assert min(line.get_ydata()) == pytest.approx(40.47, abs=0.01)


def test_classes_have_a_bar_an_item_and_a_running_sum_to_100() -> None:
    abc = materials.abc_classes(["a", "b", "c", "d"], [800, 120, 60, 20], [1, 1, 1, 1])
    chart = charts.abc_curve(abc)
    assert [bar.get_height() for bar in chart.ax.patches] == pytest.approx([80, 12, 6, 2])
    assert list(chart.ax.lines[0].get_ydata()) == pytest.approx([0, 80, 92, 98, 100])
    assert "A: 1 item, 80 %" in texts(chart)
    assert chart.title == "1 of 4 items carry 80 % of the yearly value"
    assert chart.ax.get_ylim()[0] == 0
    colors = {bar.get_facecolor() for bar in chart.ax.patches}
    assert len(colors) == 3


def test_weeks_show_the_mean_and_its_deviation_and_an_unknown_item_is_told() -> None:
    plant = Plant.sample("metal")
    use = plant.weekly_use("angle-40")["quantity"].tail(26)
    chart = charts.weekly_demand(plant, "angle-40", weeks=26)
    assert list(chart.ax.lines[0].get_ydata()) == use.tolist()
    assert f"mean {worded(use.mean())}" in texts(chart)
    assert chart.ax.get_ylim()[0] == 0
    with pytest.raises(InputError, match="an item of this plant"):
        charts.weekly_demand(plant, "no-such")
    with pytest.raises(InputError, match="weeks must be 2 or more, got 1"):
        charts.weekly_demand(plant, "angle-40", weeks=1)


def test_a_stock_path_goes_below_zero_where_something_is_owed() -> None:
    chart = charts.stock_path(RUN, reorder_point=5)
    assert chart.title == "Stock ran out in 2 of 6 weeks"
    assert list(chart.ax.lines[0].get_ydata()) == [5, -1, 8, 1, -4, 3]
    assert {"reorder point 5", "short, up to 4"} <= set(texts(chart))
    assert charts.stock_path(SURE).title.startswith("Stock never ran out in 8 weeks")
    assert charts.stock_path(pd.DataFrame({"period": [1], "on_hand": [3.0]})).png()
    with pytest.raises(InputError, match="a table with the column on_hand"):
        charts.stock_path(pd.DataFrame({"period": [1]}))


def test_service_is_bought_ever_more_dearly() -> None:
    chart = charts.service_curve(0.95, demand_sd=20, lead_time=4)
    line = chart.ax.lines[0]
    level, stock = np.asarray(line.get_xdata()), np.asarray(line.get_ydata())
    at95 = float(stock[np.argmin(abs(level - 95))])
    assert at95 == pytest.approx(materials.safety_stock(20, 4, level[np.argmin(abs(level - 95))] / 100))
    assert (np.diff(stock) > 0).all()
    before = charts.service_curve(0.95, demand_sd=20, lead_time=4, holding_cost=2, before={"lead_time": 16})
    assert before.title == "95 % service takes 132 a year, 50 % less than before"
    assert {"Before", "Now"} <= set(texts(before))
    same = charts.service_curve(0.95, demand_sd=20, lead_time=4, before={"service_level": 0.95})
    assert same.title == "95 % service takes 65.8 units of safety stock"


def test_the_tail_of_the_lead_time_demand_is_the_risk() -> None:
    chart = charts.demand_in_lead_time(100, 20, 4, 465.794, lead_time_sd=0)
    assert "runs short: 5 %" in texts(chart)
    assert {"mean 400", "reorder point 466"} <= set(texts(chart))
    with pytest.raises(InputError, match="demand_sd must be above zero"):
        charts.demand_in_lead_time(100, 0, 4, 400)


def test_a_price_list_is_one_piece_of_curve_a_price() -> None:
    chart = charts.discount_curve(materials.discount_quantity(1300, 8, BREAKS, holding_rate=0.3))
    assert {"0.75 each", "0.72 each", "0.68 each", "from 400", "from 800"} == set(texts(chart))
    assert chart.title == "Order 800 at a time, at 0.68 each to save 64.8 a year"
    whole = charts.discount_curve(
        materials.discount_quantity(1300, 8, [(0, 0.75), (9000, 0.749)], holding_rate=0.3)
    )
    assert whole.title.endswith("the discounts are not worth it")
    single = charts.discount_curve(materials.discount_quantity(1300, 8, [(0, 0.75)], holding_rate=0.3))
    assert single.title == "Order 304 at a time, at 0.75 each, the only price"
    capped = materials.discount_quantity(1300, 8, BREAKS, holding_rate=0.3, max_quantity=500)
    assert charts.discount_curve(capped).ax.get_xlim()[1] <= 500


def test_one_season_is_lowest_at_the_critical_ratio() -> None:
    order = materials.newsvendor(price=4, unit_cost=1, mean=100, sd=30)
    chart = charts.newsvendor_curve(order)
    short, left, total = (np.asarray(chart.ax.lines[i].get_ydata()) for i in (1, 0, 2))
    assert np.allclose(short + left, total)
    q = np.asarray(chart.ax.lines[2].get_xdata())
    assert q[np.argmin(total)] == pytest.approx(120.2, abs=2)
    assert "mean demand 100" in texts(chart)
    more = order.cost_at(80) - order.expected_cost
    assert charts.newsvendor_curve(order, at=80, currency="USD").title == (
        f"Ordering 80 loses {worded(more, 'USD')} more on average than ordering 120"
    )
    assert charts.newsvendor_curve(materials.newsvendor(2, 1, pmf={10: 0.5, 20: 0.3, 30: 0.2})).png()


def boxes(chart: Chart, artists: list[Text]) -> list[Bbox]:
    """Where texts stand once drawn (pixels)."""
    chart.png(72)
    return [artist.get_window_extent() for artist in artists if artist.get_text()]


@pytest.mark.parametrize(("scale", "price"), [(1, 12450.25), (125.5, 0.0214), (1_250_000, 2.135)])
def test_titles_stay_inside_the_picture_at_any_scale(scale: float, price: float) -> None:
    order = materials.newsvendor(price, 0.67 * price, salvage_value=0.1 * price, mean=scale, sd=scale / 4)
    eoq = materials.economic_order_quantity(20 * scale, 350, 0.2 * price)
    steps = materials.discount_quantity(
        20 * scale, 350, [(0, price), (3 * scale + 1, 0.9 * price)], holding_rate=0.2
    )
    for chart in (
        charts.newsvendor_curve(order, currency="USD"), charts.newsvendor_curve(order, at=1.3 * scale, currency="USD"),
        charts.eoq_curve(eoq, currency="USD"), charts.eoq_curve(eoq, at=3 * eoq.quantity, currency="USD"),
        charts.discount_curve(steps, currency="USD"),
    ):  # fmt: skip
        (box,) = boxes(chart, [chart.ax._left_title])
        assert box.x1 <= chart.figure.bbox.x1, chart.title
        assert box.y1 <= chart.figure.bbox.y1, chart.title
        assert "e+" not in chart.title


@pytest.mark.parametrize("n", [2, 4, 6])
def test_the_texts_of_policies_do_not_touch(n: int) -> None:
    names = [f"policy {i}: order up to 250,000 cartons" for i in range(n)]
    chart = charts.policy_costs(dict.fromkeys(names, RUN), currency="CAD")
    for texts_of in (chart.ax.texts, chart.ax.get_xticklabels()):
        placed = boxes(chart, list(texts_of))
        assert len(placed) >= n
        assert not any(a.overlaps(b) for a, b in combinations(placed, 2))
    assert all(box.y0 >= 0 for box in boxes(chart, [*chart.ax.get_xticklabels(), chart.ax.xaxis.label]))
    bar = max(p.get_window_extent().y1 for p in chart.ax.patches)
    assert min(box.y0 for box in boxes(chart, list(chart.ax.texts[-n:]))) > bar


def test_a_cost_that_no_policy_has_is_not_named() -> None:
    assert "Shortage" not in texts(charts.policy_costs({"loose": SURE}))


def test_policies_stack_to_their_cost() -> None:
    chart = charts.policy_costs({"tight": RUN, "loose": SURE}, currency="USD")
    assert len(chart.ax.patches) == 6
    tops = [
        max(p.get_y() + p.get_height() for p in chart.ax.patches if round(p.get_x() + p.get_width() / 2) == i)
        for i in (0, 1)
    ]
    assert tops == pytest.approx([RUN.cost, SURE.cost])
    with pytest.raises(InputError, match="one policy or more"):
        charts.policy_costs({})


def test_a_hostile_name_is_text_and_a_missing_glyph_is_no_red_line() -> None:
    name = 'a $x^2$ <b>"&\U0001f9e9'
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        chart = charts.abc_curve(materials.abc_classes([name], [5], [2]))
        shown = chart._repr_html_()
    assert "<b>" not in shown
    assert "&lt;b&gt;&quot;&amp;" in shown
    assert name in chart.alt
    runs = charts.policy_costs({"$x^{": RUN})
    assert runs.png()


def test_notes_move_apart_and_stay_inside() -> None:
    placed = _apart([0.5, 0.5, 0.99, 1.0], [0.1, 0.1, 0.1, 0.1])
    assert all(b - a >= 0.0999 for a, b in pairwise(placed))
    assert placed[-1] <= 1.02
    assert _apart([0.1, 0.6], [0.1, 0.1]) == pytest.approx([0.1, 0.6])


def test_label_colors_are_legible_and_amounts_read_well() -> None:
    def luminance(color: str) -> float:
        rgb = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for color in ("#0072B2", "#D55E00", "#009E73", "#E69F00", "#CC79A7", "#56B4E9", "#1f2a33"):
        assert 1.05 / (luminance(_legible(color)) + 0.05) >= 4.5
    assert [amount(x) for x in (0, 0.25, 1e6, 1234.5, -3)] == ["0", "0.25", "1,000,000", "1,234", "-3"]
    assert [worded(x) for x in (0, 0.026, 9.96, 99.6, 1234.5, -0.001)] == [
        "0",
        "0.03",
        "10",
        "100",
        "1,234",
        "0",
    ]
