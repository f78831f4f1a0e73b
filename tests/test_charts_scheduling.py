"""Charts of sequences and schedules, tested by what they show."""

from __future__ import annotations

import pandas as pd
import pytest
from chart_checks import check_inside, check_size, check_words

from prodkit import scheduling
from prodkit.charts.scheduling import gantt, rule_race
from prodkit.charts.style import Chart
from prodkit.errors import InputError
from prodkit.plant import Plant

FIVE = {
    "A": {"hours": 6, "due": 8, "setup_hours": 1},
    "B": {"hours": 2, "due": 6},
    "C": {"hours": 8, "due": 18},
    "D": {"hours": 3, "due": 15},
    "E": {"hours": 9, "due": 23},
}
TIMES = {"A": (3, 6, 2), "B": (5, 2, 4), "C": (1, 2, 9), "D": (6, 6, 0), "E": (7, 5, 3)}
LATE = (0xA2 / 255, 0x3A / 255, 0x3A / 255, 1.0)


def every() -> dict[str, Chart]:
    plant = Plant.sample("metal")
    jobs = scheduling.work_center_jobs(plant, "coat", weeks=1)
    many = pd.DataFrame(
        [(f"machine {m}", f"order {j}", 3 * m + j, 3 * m + j + 1) for m in range(20) for j in range(12)],
        columns=["machine", "job", "start", "end"],
    )
    down = pd.DataFrame(
        {"machine": ["saw"] * 3, "job": ["A", "upkeep", "B"], "start": [0, 2, 5], "end": [2, 5, 9]}
    ).assign(kind=["run", "down", "run"])
    return {
        "sequence": gantt(scheduling.sequence(FIVE, "spt", machine="lathe"), now=4),
        "on time": gantt(scheduling.sequence({"A": {"hours": 2, "due": 9}}, "edd")),
        "flow": gantt(scheduling.johnson({j: t[:2] for j, t in TIMES.items()})),
        "flow of three": gantt(scheduling.flow_shop(TIMES), title="My own finding of this flow shop"),
        "side by side": gantt(scheduling.parallel_machines(FIVE, 2, "edd")),
        "plant": gantt(scheduling.sequence(jobs, "edd", changeovers=plant.changeovers, machine="coat")),
        "many": gantt(many),
        "down": gantt(down),
        "race": rule_race(scheduling.compare_rules(FIVE)),
        "late": rule_race(scheduling.compare_rules(FIVE), "n_late", optimum=1),
        "early": rule_race(
            scheduling.compare_rules({j: r | {"due": 60} for j, r in FIVE.items()}), "max_lateness"
        ),
        "use": rule_race(scheduling.compare_rules(FIVE), "utilization"),
        "alike": rule_race(scheduling.compare_rules(FIVE), "makespan"),
    }


@pytest.fixture(scope="module")
def drawn() -> dict[str, Chart]:
    return every()


def test_each_has_a_finding_units_alt_text_and_fits_the_picture(drawn: dict[str, Chart]) -> None:
    for name, chart in drawn.items():
        check_words(chart, name, least=40)
        check_size(chart, name, 80_000)
        check_inside(chart, name, [*chart.ax.texts, *chart.ax.get_yticklabels()])


def test_a_sequence_has_a_bar_a_job_setups_hatched_and_late_jobs_red_and_crossed(
    drawn: dict[str, Chart],
) -> None:
    chart = drawn["sequence"]
    s = scheduling.sequence(FIVE, "spt")
    assert chart.title == f"{s.n_late} of 5 jobs are late, E the most, by 6 hours"
    hatched = [p for p in chart.ax.patches if p.get_hatch()]
    assert [(p.get_x(), p.get_width()) for p in hatched] == [(5, 1)]
    runs = [p for p in chart.ax.patches if not p.get_hatch()]
    assert [p.get_x() for p in runs] == list(s.start)
    assert [p.get_x() + p.get_width() for p in runs] == list(s.completion)
    red = [p.get_facecolor() == LATE for p in runs]
    assert red == list(s.table["is_late"])
    shown = {t.get_text() for t in chart.ax.texts}
    assert {"B", "D", "✗ A", "✗ E", "now", "hatched: setup · ✗ red: late"} <= shown
    diamonds = [line for line in chart.ax.lines if line.get_marker() == "D"]
    assert sorted(line.get_xdata()[0] for line in diamonds) == [6, 8, 15, 18, 23]
    assert "Late: A, C and E." in chart.alt
    assert [t.get_text() for t in chart.ax.get_yticklabels()] == ["lathe", "due"]
    assert drawn["on time"].title == "Every job is on time; the last is done at 2 hours"


def test_due_dates_far_off_stand_at_the_edge() -> None:
    bars = pd.DataFrame({"machine": "m", "job": ["A", "B", "C"], "start": [0, 4, 6], "end": [4, 6, 10]})
    chart = gantt(bars, due={"A": -30, "B": 200, "C": 12})
    diamonds = sorted(float(line.get_xdata()[0]) for line in chart.ax.lines if line.get_marker() == "D")
    assert diamonds == [0, 12, 14]
    assert {"earlier: ✗ A", "later: B", "C"} <= {t.get_text() for t in chart.ax.texts}
    assert chart.title == "1 of 3 jobs is late: A, by 34 hours"


def test_a_flow_shop_has_a_row_a_machine_and_a_color_a_job(drawn: dict[str, Chart]) -> None:
    chart = drawn["flow"]
    assert chart.title == "All is done at 24 hours; machine 1 is the busiest, with 22 hours"
    assert [t.get_text() for t in chart.ax.get_yticklabels()] == ["machine 1", "machine 2"]
    assert len(chart.ax.patches) == 10
    assert len({p.get_facecolor() for p in chart.ax.patches}) == 5
    assert drawn["flow of three"].title == "My own finding of this flow shop"
    assert len(drawn["flow of three"].ax.patches) == 14  # no bar for the one that needs no work there
    assert [t.get_text() for t in drawn["side by side"].ax.get_yticklabels()] == [
        "machine 1",
        "machine 2",
        "due",
    ]


def test_many_machines_make_a_higher_chart_and_names_without_room_are_left_off(
    drawn: dict[str, Chart],
) -> None:
    high, plain = (drawn[name].figure.get_size_inches()[1] for name in ("many", "flow"))
    assert high > plain
    assert len(drawn["many"].ax.patches) == 240
    assert len({p.get_facecolor() for p in drawn["many"].ax.patches}) == 1
    assert "order 3" not in {t.get_text() for t in drawn["many"].ax.texts}
    assert "gray: machine down" in {t.get_text() for t in drawn["down"].ax.texts}


def test_a_gantt_chart_refuses_what_it_cannot_draw() -> None:
    good = pd.DataFrame({"machine": ["m"], "job": ["A"], "start": [1.0], "end": [2.0]})
    for table, message in (
        (good.drop(columns="end"), "columns machine, job, start, end"),
        (good.iloc[:0], "a table with one row or more"),
        (good.assign(end=0.5), "end of A on m must be a time not before its start, 1"),
        (good.assign(kind="walk"), "kind of A on m must be one of run, setup, down"),
        (good.assign(start=float("nan")), "start of A on m must be a time"),
    ):
        with pytest.raises(InputError, match=message):
            gantt(table)


def test_the_rules_are_drawn_the_best_first(drawn: dict[str, Chart]) -> None:
    chart = drawn["race"]
    compared = scheduling.compare_rules(FIVE)
    assert chart.title.startswith("Least mean flow time, 13.6 hours: ")
    widths = [p.get_width() for p in chart.ax.patches]
    assert widths == sorted(compared["mean_flow_time"])
    assert chart.ax.get_xlabel() == "Mean flow time (hours)"
    assert drawn["late"].title == "Fewest late jobs, 1: Moore"
    assert all(float(at).is_integer() for at in drawn["late"].ax.get_xticks())
    assert "no order is better" in {t.get_text() for t in drawn["late"].ax.texts}
    assert [p.get_width() for p in drawn["use"].ax.patches] == pytest.approx(
        sorted(100 * compared["utilization"], reverse=True)
    )
    assert drawn["alike"].title == "Least makespan, 29 hours: all 10 rules"
    with pytest.raises(InputError, match="one of mean_flow_time"):
        rule_race(compared, "speed")
    with pytest.raises(InputError, match="one that these jobs have figures of"):
        rule_race(scheduling.compare_rules({"A": 2, "B": 3}), "max_lateness")
    with pytest.raises(InputError, match="a table from compare_rules"):
        rule_race(compared.drop(columns="n_late"), "n_late")
