"""What every chart is held to: a finding, units, alt text, and words that stay in the picture and off each other."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable

from matplotlib.text import Text

from prodkit.charts.style import Chart


def check_words(chart: Chart, name: str, *, longest: int = 90, least: int = 60) -> None:
    """A finding of at most so many characters, both axes with their units, an alt text of at least so many."""
    assert 15 < len(chart.title) < longest, (name, chart.title)
    assert len(chart.alt) > least, name
    assert chart.alt.endswith("."), name
    assert chart.ax.get_xlabel(), name
    assert chart.ax.get_ylabel(), name
    assert chart.ax.get_legend() is None, name
    assert not re.search(r"nan|inf\b|None|\(\)", repr(chart)), name


def check_size(chart: Chart, name: str, most: int = 40_000, dpi: int | None = None) -> None:
    """Small enough to be kept in a notebook (bytes)."""
    source = chart.source() if dpi is None else chart.source(dpi)
    assert len(base64.b64decode(source.split(",")[1])) < most, name


def check_inside(chart: Chart, name: str, texts: Iterable[Text] | None = None, left: float = 0) -> None:
    """No text leaves the picture; the chart has been drawn before."""
    renderer = chart.figure.canvas.get_renderer()  # type: ignore[attr-defined]
    width, height = chart.figure.canvas.get_width_height()
    for text in chart.ax.texts if texts is None else texts:
        if text.get_text():
            box = text.get_window_extent(renderer)
            assert box.x0 >= left, (name, text)
            assert box.x1 <= width + 1, (name, text)
            assert box.y0 >= 0, (name, text)
            assert box.y1 <= height, (name, text)


def check_apart(chart: Chart, name: str) -> None:
    """No note lies across another; the chart has been drawn before."""
    renderer = chart.figure.canvas.get_renderer()  # type: ignore[attr-defined]
    boxes = [(t.get_text(), t.get_window_extent(renderer)) for t in chart.ax.texts]
    for i, (a, one) in enumerate(boxes):
        for b, two in boxes[i + 1 :]:
            overlap = min(one.y1, two.y1) - max(one.y0, two.y0)
            beside = min(one.x1, two.x1) - max(one.x0, two.x0)
            assert overlap <= 3 or beside <= 0, (name, a, b)
